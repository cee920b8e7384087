"""The way out: what an answer becomes, in each place."""

from dataclasses import replace
from pathlib import Path

from handlers.context import Answer
from handlers.incoming import Called, Incoming, Place, Tapped
from handlers.posting import post
from registry.changes import KeepData, SetPersonLanguage
from registry.people import ChatKind
from registry.visibility import Clearance, Visibility
from storage.outgoing import Outgoing, OutgoingKind
from tests.handlers.conversing import EDITOR, Conversation, a_city
from views.message import Button, Message, Style

PRIVATE = Place(chat=7, kind=ChatKind.PRIVATE, message=5)
TOPIC = Place(chat=-1, kind=ChatKind.GROUP, title="Team", thread=9, message=5)
SAID, TAPPED = Called("open", "A50"), Tapped("qo", "p1")

PUBLIC = Message(html="<b>offen</b>", refs=("Q1",))
SECRET = PUBLIC.model_copy(update={"label": Visibility.NONPUBLIC})
BODY = {"text": "<b>offen</b>", "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


def posted(answer: Answer, act: Called | Tapped, place: Place = PRIVATE) -> tuple[Outgoing, ...]:
    return post(answer, Incoming(person=7, place=place, act=act))[0]


def test_in_private_a_question_is_answered_with_a_message() -> None:
    assert posted(Answer(PUBLIC), SAID) == (
        Outgoing(7, "sendMessage", {"chat_id": 7, **BODY}, OutgoingKind.REPLY, Visibility.PUBLIC, ("Q1",)),
    )


def test_in_a_topic_it_stays_there_quotes_and_is_silent() -> None:
    manners = {
        "disable_notification": True,
        "reply_parameters": {"message_id": 5, "allow_sending_without_reply": True},
        "message_thread_id": 9,
    }

    assert posted(Answer(PUBLIC), SAID, TOPIC) == (
        Outgoing(-1, "sendMessage", {"chat_id": -1, **BODY, **manners}, refs=("Q1",)),
    )


def test_a_press_is_answered_by_a_toast_and_an_edit() -> None:
    assert posted(Answer(PUBLIC, toast="Gut."), TAPPED) == (
        Outgoing(
            7,
            "answerCallbackQuery",
            {"callback_query_id": "p1", "text": "Gut.", "show_alert": False},
            OutgoingKind.TOAST,
        ),
        Outgoing(7, "editMessageText", {"chat_id": 7, "message_id": 5, **BODY}, OutgoingKind.EDIT, refs=("Q1",)),
    )


def test_a_press_without_words_is_answered_all_the_same() -> None:
    assert posted(Answer(), TAPPED) == (
        Outgoing(7, "answerCallbackQuery", {"callback_query_id": "p1"}, OutgoingKind.TOAST),
    )


def test_what_is_not_public_is_sent_protected() -> None:
    assert posted(Answer(SECRET), SAID)[0].payload == {"chat_id": 7, **BODY, "protect_content": True}


def test_what_is_not_public_never_replaces_a_message_that_can_be_forwarded() -> None:
    unprotected = posted(Answer(SECRET), TAPPED)
    protected = posted(Answer(SECRET), replace(TAPPED, protected=True))

    assert [call.method for call in unprotected] == ["answerCallbackQuery", "sendMessage"]
    assert [call.method for call in protected] == ["answerCallbackQuery", "editMessageText"]


def test_leaving_comes_last() -> None:
    assert [call.method for call in posted(Answer(PUBLIC, leave=True), SAID)] == ["sendMessage", "leaveChat"]


def test_buttons_keep_their_rows_and_styles() -> None:
    rows = (
        (Button(text="a", data="qo"), Button(text="b", copy_text="7")),
        (Button(text="c", data="x", style=Style.DANGER),),
    )

    (call,) = posted(Answer(PUBLIC.model_copy(update={"buttons": rows})), SAID)

    assert call.payload["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "a", "callback_data": "qo"}, {"text": "b", "copy_text": {"text": "7"}}],
            [{"text": "c", "style": "danger", "callback_data": "x"}],
        ]
    }


def test_data_without_room_in_a_button_is_kept_under_the_same_token_each_time() -> None:
    message = PUBLIC.model_copy(update={"buttons": ((Button(text="a", data="q" + "ü" * 40),),)})
    change = SetPersonLanguage(person=7, language="de")
    incoming = Incoming(person=7, place=PRIVATE, act=SAID)

    calls, changes = post(Answer(message, changes=(change,)), incoming)
    again, _ = post(Answer(message), incoming)

    data = _first_data(calls[0])
    assert changes == (change, KeepData(token=data.removeprefix("k"), data="q" + "ü" * 40))
    assert len(data) == 21
    assert _first_data(again[0]) == data


async def test_a_button_with_kept_data_works_like_any_other(chat: Conversation) -> None:
    asked = "Überflüssige Wohnungsbaugesellschaft Blaubeerkuchen Ölübung"

    await chat.says(asked)
    assert chat.shown is not None
    kept = _first_data(chat.shown)

    assert kept.startswith("k")
    assert await chat.presses(kept) == f"„{asked}“: nichts gefunden\n[Was ist offen?] [Hilfe]"


def _first_data(call: Outgoing) -> str:
    markup = call.payload["reply_markup"]
    assert isinstance(markup, dict)
    return str(markup["inline_keyboard"][0][0]["callback_data"])


async def test_non_public_content_reaches_a_cleared_editor_protected_and_labelled(tmp_path: Path) -> None:
    async with a_city(tmp_path, with_secrets=True, non_public=Clearance.CONTENT) as city:
        editor = replace(city, person=EDITOR)

        card = await editor.says("7.1.M1")

        assert card.splitlines()[:2] == ["🔒 nicht öffentlich", "7.1.M1 · Geheimer Grundstückskauf"]
        assert editor.shown is not None
        assert (editor.shown.label, editor.shown.payload["protect_content"]) == (Visibility.NONPUBLIC, True)
