"""What an update is known by, before anybody opens it."""

import pytest

from bot.envelopes import seal

MESSAGE = {"message_id": 7, "date": 1, "chat": {"id": -5}, "text": "hello"}


def known_by(update: object) -> str:
    return seal(update).fingerprint


@pytest.mark.parametrize(
    "content",
    [
        {"message": MESSAGE},
        {"edited_message": {**MESSAGE, "edit_date": 2}},
        {"channel_post": MESSAGE},
        {"callback_query": {"id": "4711", "message": MESSAGE}},
        {"my_chat_member": {"chat": {"id": -5}, "date": 1}},
        {"telepathy": {"what": "ever"}},
    ],
)
def test_a_repetition_is_known_whatever_its_update_id(content: dict[str, object]) -> None:
    assert known_by({"update_id": 1, **content}) == known_by({"update_id": 900_000, **content})


def test_different_updates_are_known_apart() -> None:
    updates = [
        {"message": MESSAGE},
        {"message": {**MESSAGE, "message_id": 8}},
        {"message": {**MESSAGE, "chat": {"id": -6}}},
        {"message": {**MESSAGE, "date": 2}},
        {"channel_post": MESSAGE},
        {"edited_message": {**MESSAGE, "edit_date": 2}},
        {"edited_message": {**MESSAGE, "edit_date": 3}},
        {"callback_query": {"id": "1", "message": MESSAGE}},
        {"callback_query": {"id": "2", "message": MESSAGE}},
        {"my_chat_member": {"chat": {"id": -5}, "date": 1}},
        {"my_chat_member": {"chat": {"id": -5}, "date": 2}},
        "no object",
        {},
    ]

    assert len({known_by(update) for update in updates}) == len(updates)


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"message": MESSAGE}, -5),
        ({"callback_query": {"id": "1", "message": MESSAGE}}, -5),
        ({"my_chat_member": {"chat": {"id": 9}}}, 9),
        ({"callback_query": {"id": "1"}}, 0),
        ({"message": {"chat": {"id": 2**70}}}, 0),
        ({"message": {"chat": {"id": "5"}}}, 0),
        ([1, 2], 0),
        (None, 0),
    ],
)
def test_the_lane_is_the_chat_where_there_is_one(update: object, chat: int) -> None:
    assert seal(update).chat == chat
