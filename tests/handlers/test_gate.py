"""Which updates act at all: the gate in front of everything."""

import pytest
from telegram import Update

from handlers.gate import Refusal, Self, open_gate
from handlers.incoming import Act, Added, Asked, Called, Incoming, Place, Shown, Tapped
from registry.people import ChatKind

ME = Self(id=4242, name="amtsbote_bot")
Json = dict[str, object]

KIM: Json = {"id": 7, "is_bot": False, "first_name": "Kim", "language_code": "de"}
BOT: Json = {"id": 4242, "is_bot": True, "first_name": "Amtsbote", "username": "amtsbote_bot"}
OTHER_BOT: Json = {"id": 4343, "is_bot": True, "first_name": "Other", "username": "other_bot"}
PRIVATE: Json = {"id": 7, "type": "private", "first_name": "Kim"}
GROUP: Json = {"id": -100, "type": "supergroup", "title": "Team"}
CHANNEL: Json = {"id": -200, "type": "channel", "title": "News"}
MENTION: Json = {"type": "mention", "offset": 0, "length": 13}


def a_message(text: str | None = "/open A50", *, chat: Json = PRIVATE, sender: Json = KIM, **shape: object) -> Json:
    return {"message_id": 5, "date": 1, "chat": chat, "from": sender, "text": text, **shape}


def opened(update: Json) -> Incoming | Refusal:
    return open_gate(Update.de_json({"update_id": 1, **update}, None), ME)


def act_of(message: Json) -> Act | Refusal:
    incoming = opened({"message": message})
    return incoming.act if isinstance(incoming, Incoming) else incoming


REFUSED: dict[str, tuple[Json, Refusal]] = {
    "an edited message": ({"edited_message": a_message()}, Refusal.NOT_A_MESSAGE),
    "an edited channel post": ({"edited_channel_post": a_message(chat=CHANNEL)}, Refusal.NOT_A_MESSAGE),
    "a channel post": ({"channel_post": a_message(chat=CHANNEL)}, Refusal.NOT_A_MESSAGE),
    "a business message": ({"business_message": a_message()}, Refusal.NOT_A_MESSAGE),
    "an inline query": (
        {"inline_query": {"id": "1", "from": KIM, "query": "A50", "offset": ""}},
        Refusal.NOT_A_MESSAGE,
    ),
    "an update of a kind to come": ({"something_new": {}}, Refusal.NOT_A_MESSAGE),
    "a message without a sender": ({"message": {**a_message(chat=GROUP), "from": None}}, Refusal.NO_SENDER),
    "an anonymous administrator": (
        {"message": a_message(chat=GROUP, sender_chat=GROUP, sender={**KIM, "id": 1087968824, "is_bot": True})},
        Refusal.STAND_IN,
    ),
    "somebody who sends as a channel": (
        {"message": a_message(chat=GROUP, sender_chat=CHANNEL, sender={**KIM, "id": 136817688, "is_bot": True})},
        Refusal.STAND_IN,
    ),
    "a post from the linked channel": (
        {"message": a_message(chat=GROUP, is_automatic_forward=True, sender={**KIM, "id": 777000})},
        Refusal.STAND_IN,
    ),
    "a stand-in's id alone": ({"message": a_message(sender={**KIM, "id": 1087968824})}, Refusal.STAND_IN),
    "another bot": ({"message": a_message(chat=GROUP, sender=OTHER_BOT)}, Refusal.BOT),
    "a forwarded message": (
        {"message": a_message(forward_origin={"type": "user", "date": 1, "sender_user": KIM})},
        Refusal.FORWARDED,
    ),
    "a message via a bot": ({"message": a_message(via_bot=OTHER_BOT)}, Refusal.VIA_BOT),
    "another bot's command": ({"message": a_message("/open@other_bot A50", chat=GROUP)}, Refusal.OTHER_BOTS_COMMAND),
    "talk in a group": ({"message": a_message("was ist offen für A50", chat=GROUP)}, Refusal.NOT_ADDRESSED),
    "a command in the middle of talk": ({"message": a_message("nimm /open A50", chat=GROUP)}, Refusal.NOT_ADDRESSED),
    "another bot's mention": (
        {"message": a_message("@other_bot_xy A50", chat=GROUP, entities=[MENTION])},
        Refusal.NOT_ADDRESSED,
    ),
    "a picture in a group": ({"message": a_message(None, chat=GROUP, photo=[])}, Refusal.NOT_ADDRESSED),
    "a pinned message": (
        {"message": {**a_message(), "text": None, "pinned_message": a_message("x")}},
        Refusal.NOT_ADDRESSED,
    ),
    "a button without a message": (
        {"callback_query": {"id": "1", "from": KIM, "chat_instance": "x", "inline_message_id": "i", "data": "q"}},
        Refusal.NO_MESSAGE,
    ),
    "a button pressed by a bot": (
        {"callback_query": {"id": "1", "from": OTHER_BOT, "chat_instance": "x", "message": a_message(), "data": "q"}},
        Refusal.BOT,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_is_passed_over_in_silence(case: str) -> None:
    update, why = REFUSED[case]

    assert opened(update) is why


def test_a_private_message_says_who_asks_what_and_where() -> None:
    assert opened({"message": a_message("was ist offen")}) == Incoming(
        person=7,
        place=Place(chat=7, kind=ChatKind.PRIVATE, message=5),
        act=Asked("was ist offen"),
        sender_language="de",
    )


def test_a_message_in_a_topic_says_which_one() -> None:
    message = a_message(chat=GROUP, is_topic_message=True, message_thread_id=9)

    assert opened({"message": message}) == Incoming(
        person=7,
        place=Place(chat=-100, kind=ChatKind.GROUP, title="Team", thread=9, message=5),
        act=Called("open", "A50"),
        sender_language="de",
    )


ACTS = {
    "a command": (a_message("/OFFEN  A50"), Called("offen", "A50")),
    "a command without words": (a_message("/help"), Called("help", "")),
    "a command over two lines": (a_message("/suche a\nb"), Called("suche", "a\nb")),
    "a command by our name": (a_message("/open@Amtsbote_Bot A50", chat=GROUP), Called("open", "A50")),
    "a command after our name": (
        a_message("@amtsbote_bot /open A50", chat=GROUP, entities=[MENTION]),
        Called("open", "A50"),
    ),
    "a slash that is no command": (a_message("/ A50"), Asked("/ A50")),
    "our name before a question": (
        a_message("@amtsbote_bot was ist offen?", chat=GROUP, entities=[MENTION]),
        Asked("was ist offen?"),
    ),
    "our name after a question": (
        a_message("offen? @Amtsbote_bot", chat=GROUP, entities=[{**MENTION, "offset": 7}]),
        Asked("offen?"),
    ),
    "a mention of our id": (
        a_message(
            "Amtsbote: A50", chat=GROUP, entities=[{"type": "text_mention", "offset": 0, "length": 8, "user": BOT}]
        ),
        Asked("Amtsbote: A50"),
    ),
    "an answer to us": (
        a_message("und A51?", chat=GROUP, reply_to_message={**a_message(chat=GROUP), "from": BOT}),
        Asked("und A51?", replied=5),
    ),
    "an answer to somebody else": (
        a_message("und A51?", chat=GROUP, reply_to_message=a_message(chat=GROUP)),
        Refusal.NOT_ADDRESSED,
    ),
    "talk in a topic that we opened": (
        a_message(
            "hallo",
            chat=GROUP,
            reply_to_message={
                **a_message(None, chat=GROUP),
                "from": BOT,
                "forum_topic_created": {"name": "Fristen", "icon_color": 1},
            },
        ),
        Refusal.NOT_ADDRESSED,
    ),
    "a voice message": (
        {**a_message(), "text": None, "voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
        Shown(),
    ),
}


@pytest.mark.parametrize("case", ACTS)
def test_is_understood_as(case: str) -> None:
    message, act = ACTS[case]

    assert act_of(message) == act


def test_a_tapped_button_says_what_it_carries() -> None:
    message = {**a_message(chat=GROUP), "from": BOT, "has_protected_content": True}
    press = {"id": "p1", "from": KIM, "chat_instance": "x", "message": message, "data": "qo"}

    assert opened({"callback_query": press}) == Incoming(
        person=7,
        place=Place(chat=-100, kind=ChatKind.GROUP, title="Team", message=5),
        act=Tapped("qo", "p1", protected=True),
        sender_language="de",
    )


def test_a_button_of_a_message_too_old_to_see_still_acts() -> None:
    message = {"message_id": 5, "date": 0, "chat": GROUP}
    press = {"id": "p1", "from": KIM, "chat_instance": "x", "message": message, "data": "qo"}

    assert opened({"callback_query": press}) == Incoming(
        person=7,
        place=Place(chat=-100, kind=ChatKind.GROUP, title="Team", message=5),
        act=Tapped("qo", "p1"),
        sender_language="de",
    )


def a_membership(chat: Json, before: str, after: str) -> Json:
    return {
        "my_chat_member": {
            "chat": chat,
            "from": KIM,
            "date": 1,
            "old_chat_member": {"user": BOT, "status": before, "until_date": 0},
            "new_chat_member": {"user": BOT, "status": after, "until_date": 0},
        }
    }


def test_being_added_is_heard_and_other_news_of_membership_is_not() -> None:
    added = opened(a_membership(GROUP, "left", "member"))

    assert isinstance(added, Incoming)
    assert added.act == Added()
    assert opened(a_membership(GROUP, "member", "left")) is Refusal.NOT_JOINED
    assert opened(a_membership(GROUP, "member", "kicked")) is Refusal.NOT_JOINED
    assert opened(a_membership(PRIVATE, "kicked", "member")) is Refusal.NOT_JOINED
