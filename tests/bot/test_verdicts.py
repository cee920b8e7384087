"""What Telegram's answers mean, one by one."""

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.transport import Flooded, NeverSent, Unanswered
from bot.verdicts import Step, verdict
from storage.outbox import Parcel
from storage.outgoing import OutgoingKind


def a_parcel(*, attempt: int = 0, kind: OutgoingKind = OutgoingKind.REPLY) -> Parcel:
    return Parcel(1, 7, kind, "sendMessage", "{}", attempt, is_repeated=False)


@pytest.mark.parametrize(
    ("error", "step"),
    [
        (BadRequest("Message is not modified: specified new message content is the same"), Step.SENT),
        (BadRequest("Message to edit not found"), Step.ANEW),
        (BadRequest("Message can't be edited"), Step.ANEW),
        (BadRequest('Can\'t parse entities: unsupported start tag "p" at byte offset 2'), Step.UNFORMATTED),
        (BadRequest("Message thread not found"), Step.NO_TOPIC),
        (BadRequest("TOPIC_CLOSED"), Step.NO_TOPIC),
        (BadRequest("Message to be replied not found"), Step.UNQUOTED),
        (BadRequest("Query is too old and response timeout expired or query id is invalid"), Step.STALE),
        (BadRequest("Chat not found"), Step.GONE),
        (BadRequest("Not enough rights to send text messages to the chat"), Step.GONE),
        (BadRequest("Message is too long"), Step.REFUSED),
        (Forbidden("bot was blocked by the user"), Step.GONE),
        (ChatMigrated(-100), Step.MOVED),
        (Flooded(7), Step.LATER),
        (InvalidToken("Unauthorized"), Step.LOCKED_OUT),
        (EndPointNotFound("Not Found"), Step.LOCKED_OUT),
        (NeverSent("refused"), Step.CLOSED),
        (Unanswered("reset"), Step.UNCERTAIN),
        (NetworkError("Bad Gateway"), Step.LATER),
        (TelegramError("new kinds of trouble"), Step.REFUSED),
    ],
)
def test_each_answer_leads_to_one_step(error: TelegramError, step: Step) -> None:
    assert verdict(error, a_parcel()).step is step


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("Message to delete not found", Step.STALE),
        ("Message to edit not found", Step.STALE),
        ("MESSAGE_ID_INVALID", Step.STALE),
        ("Message can't be edited", Step.REFUSED),
        ("Message can't be deleted", Step.REFUSED),
        ("Message is not modified", Step.SENT),
    ],
)
def test_what_withdraws_a_message_is_never_sent_as_a_new_one(words: str, step: Step) -> None:
    assert verdict(BadRequest(words), a_parcel(kind=OutgoingKind.ACT)).step is step


def test_a_flood_names_its_pause_and_a_moved_chat_its_new_id() -> None:
    assert verdict(Flooded(3600), a_parcel()).seconds == 3600
    assert verdict(ChatMigrated(-100), a_parcel()).chat == -100


def test_a_flood_without_a_chat_pauses_everything() -> None:
    assert verdict(Flooded(3), a_parcel(kind=OutgoingKind.TOAST)).step is Step.CLOSED


def test_a_message_that_is_never_answered_is_repeated_ever_more_rarely_and_at_last_given_up() -> None:
    found = [verdict(Unanswered("reset"), a_parcel(attempt=attempt)) for attempt in range(32)]

    assert [each.step for each in found] == [Step.UNCERTAIN] * 30 + [Step.REFUSED] * 2
    assert 300 <= found[29].seconds <= 600
    assert sum(each.seconds for each in found) > 3600


def test_however_often_a_message_waited_without_harm_its_first_unanswered_try_is_not_its_last() -> None:
    assert verdict(Unanswered("reset"), a_parcel(), postponed=500).step is Step.UNCERTAIN
    assert verdict(NetworkError("Bad Gateway"), a_parcel(attempt=29), postponed=500).step is Step.LATER


def test_pauses_grow_and_stay_under_a_minute() -> None:
    pauses = [verdict(NetworkError("Bad Gateway"), a_parcel(), postponed=times).seconds for times in (0, 4, 50)]

    assert pauses[0] <= 0.5 < pauses[1] <= 8 < pauses[2] <= 60
