"""Sending, editing and deleting, as strict as Telegram."""

import pytest

from bot.playground.payloads import Json
from tests.playground.towns import Setting, button, keyboard

SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


async def test_a_message_counts_code_points_after_parsing(setting: Setting) -> None:
    just_fits = await setting.send(f"<b>{'😀' * 4096}</b>", parse_mode="HTML")
    too_long = await setting.send(f"<b>{'😀' * 4096}x</b>", parse_mode="HTML")

    assert just_fits.ok
    assert too_long.description == "Bad Request: message is too long"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n\u2003 ", "text must be non-empty"),
        ("<b> </b>", "text must be non-empty"),
        ("ä" * 20_000, "text is too long"),
        ("5 < 6", 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
    ],
)
async def test_a_text_telegram_refuses_is_refused_with_its_words(setting: Setting, text: str, reason: str) -> None:
    call = await setting.send(text, parse_mode="HTML")

    assert (call.status, call.description) == (400, f"Bad Request: {reason}")
    assert setting.chat.messages == {}


async def test_blanks_around_a_text_are_trimmed_and_entities_move_along(setting: Setting) -> None:
    message = await setting.sent("\n  <b>Frist</b> &amp; <i>Amt </i>\n", parse_mode="HTML")

    assert message.text == "Frist & Amt"
    assert [(e.type, e.offset, e.length) for e in message.entities] == [("bold", 0, 5), ("italic", 8, 3)]


async def test_formatting_inside_code_is_dropped_without_a_word(setting: Setting) -> None:
    message = await setting.sent("<code>a<b>b</b></code>", parse_mode="HTML")

    assert [e.type for e in message.entities] == ["code"]


async def test_without_a_parse_mode_tags_stay_text(setting: Setting) -> None:
    assert (await setting.sent("<b>5 < 6</b>")).text == "<b>5 < 6</b>"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        (keyboard([button(data="")]), "BUTTON_DATA_INVALID"),
        (keyboard([button(data="ä" * 33)]), "BUTTON_DATA_INVALID"),
        (keyboard([button()] * 9), "reply markup is too long"),
        (keyboard(*[[button()]] * 101), "reply markup is too long"),
        (
            keyboard([{"text": "nothing"}]),
            "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
        ),
        ("{", "can't parse reply markup JSON object"),
    ],
)
async def test_a_keyboard_telegram_refuses_is_refused(setting: Setting, markup: Json, reason: str) -> None:
    assert (await setting.send(reply_markup=markup)).description == f"Bad Request: {reason}"


async def test_data_of_64_bytes_is_taken_and_a_button_without_text_dropped(setting: Setting) -> None:
    message = await setting.sent(reply_markup=keyboard([button("go", "ä" * 32), button("", "x")], [button("", "x")]))

    assert message.buttons == (("go",),)


async def test_an_unknown_chat_is_refused(setting: Setting) -> None:
    assert (await setting.send(chat_id=1)).description == "Bad Request: chat not found"
    assert (await setting.send(chat_id="")).description == "Bad Request: chat_id is empty"


async def test_a_person_who_blocked_the_bot_gets_nothing(setting: Setting) -> None:
    setting.api.doings.blocks(setting.kim)

    call = await setting.send()

    assert (call.status, call.description) == (403, "Forbidden: bot was blocked by the user")


async def test_a_topic_must_exist_and_be_open(setting: Setting) -> None:
    forum = setting.api.town.group("Forum", setting.kim, forum=True)
    topic = setting.api.town.topic(forum, "Fristen")

    inside = await setting.send(chat_id=forum.id, message_thread_id=topic.id)
    unknown = await setting.send(chat_id=forum.id, message_thread_id=topic.id + 1)
    topic.closed = True
    closed = await setting.send(chat_id=forum.id, message_thread_id=topic.id)

    assert inside.ok
    assert forum.last.thread == topic.id
    assert unknown.description == "Bad Request: message thread not found"
    assert closed.description == "Bad Request: TOPIC_CLOSED"


async def test_a_reply_needs_its_message_unless_told_otherwise(setting: Setting) -> None:
    question = setting.api.doings.says(setting.chat, setting.kim, "was ist offen")

    answer = await setting.sent(reply_parameters={"message_id": question.id})
    lost = await setting.send(reply_parameters={"message_id": 999})
    kept = await setting.send(reply_parameters={"message_id": 999, "allow_sending_without_reply": True})

    assert answer.reply_to is question
    assert lost.description == "Bad Request: message to be replied not found"
    assert kept.ok


async def test_private_chats_and_basic_groups_share_one_count_of_messages(setting: Setting) -> None:
    basic = setting.api.town.group("Basic", setting.kim, basic=True)
    big = setting.api.town.group("Super", setting.kim)

    rooms = (setting.chat, basic, big, setting.chat, big)
    ids = [setting.api.doings.says(room, setting.kim, "/x").id for room in rooms]

    assert ids == [1, 2, 1, 3, 2]


async def test_an_edit_that_changes_nothing_is_refused(setting: Setting) -> None:
    message = await setting.sent("a", reply_markup=keyboard([button()]))

    same = await setting.edit(message, text="a", reply_markup=keyboard([button()]))

    assert same.description == SAME


async def test_an_edit_without_a_keyboard_removes_it(setting: Setting) -> None:
    message = await setting.sent("a", reply_markup=keyboard([button()]))

    edited = await setting.edit(message, text="a")

    assert edited.ok
    assert message.keyboard == ()
    assert message.edited_at == setting.clock()


async def test_only_own_messages_can_be_edited(setting: Setting) -> None:
    theirs = setting.api.doings.says(setting.chat, setting.kim, "mine")

    refused = await setting.edit(theirs, text="yours")
    unknown = await setting.api.call("editMessageText", chat_id=setting.chat.id, message_id=99, text="x")

    assert refused.description == "Bad Request: message can't be edited"
    assert unknown.description == "Bad Request: message to edit not found"


async def test_a_message_can_be_deleted_for_48_hours(setting: Setting) -> None:
    first, second = await setting.sent("a"), await setting.sent("b")

    setting.clock.passes(hours=47)
    in_time = await setting.api.call("deleteMessage", chat_id=setting.chat.id, message_id=first.id)
    setting.clock.passes(hours=2)
    late = await setting.api.call("deleteMessage", chat_id=setting.chat.id, message_id=second.id)

    assert in_time.ok
    assert late.description == "Bad Request: message can't be deleted"
    assert [*setting.chat.messages.values()] == [second]


async def test_a_press_is_answered_once(setting: Setting) -> None:
    message = await setting.sent(reply_markup=keyboard([button("go", "d")]))
    press = setting.api.doings.taps(message, setting.kim, message.keyboard[0][0])
    [update] = await setting.updates()

    first = await setting.api.call("answerCallbackQuery", callback_query_id=press.id, text="done")
    second = await setting.api.call("answerCallbackQuery", callback_query_id=press.id)

    assert isinstance(update["callback_query"], dict)
    assert update["callback_query"]["data"] == "d"
    assert first.ok
    assert second.description == ("Bad Request: query is too old and response timeout expired or query ID is invalid")


async def test_a_toast_has_at_most_200_characters(setting: Setting) -> None:
    message = await setting.sent(reply_markup=keyboard([button()]))
    press = setting.api.doings.taps(message, setting.kim, message.keyboard[0][0])

    call = await setting.api.call("answerCallbackQuery", callback_query_id=press.id, text="x" * 201)

    assert call.description == "Bad Request: MESSAGE_TOO_LONG"


async def test_one_reaction_is_enough(setting: Setting) -> None:
    message = setting.api.doings.says(setting.chat, setting.kim, "hi")
    place: dict[str, Json] = {"chat_id": setting.chat.id, "message_id": message.id}
    thumb: Json = {"type": "emoji", "emoji": "👍"}
    heart: Json = {"type": "emoji", "emoji": "❤"}

    two = await setting.api.call("setMessageReaction", **place, reaction=[thumb, heart])
    one = await setting.api.call("setMessageReaction", **place, reaction=[thumb])

    assert two.description == "Bad Request: REACTIONS_TOO_MANY"
    assert one.ok
    assert message.reactions == {setting.api.town.bot.id: "👍"}
