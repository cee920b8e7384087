"""Groups: admitted by an administrator, answered quietly and publicly."""

from dataclasses import replace

import pytest

from registry.changes import AdmitChat, NoteChat
from tests.handlers.conversing import ADMIN, BOT, EDITOR, GROUP, GUEST, NOW, Conversation
from tests.handlers.test_asking import OPEN_DE
from tests.handlers.test_records import MEASURE_DE

ADMITTED_DE = """\
Diese Gruppe ist freigeschaltet: Ich beantworte hier Fragen zum öffentlichen Register.

Fragen Sie mich mit einem Befehl: /offen A50
oder mit meinem Namen: @amtsbote_bot was ist offen für A50
oder als Antwort auf eine meiner Nachrichten.

Alles andere, was hier geschrieben wird, kann und muss ich nicht lesen.
[Was ist offen?] [Freischaltung beenden]"""


@pytest.fixture
def group(chat_with_secrets: Conversation) -> Conversation:
    return replace(chat_with_secrets, chat=GROUP)


@pytest.fixture
async def admitted(group: Conversation) -> Conversation:
    assert await replace(group, person=ADMIN).says("/freischalten") == ADMITTED_DE
    return group


async def test_a_group_that_is_not_admitted_is_told_so_once(group: Conversation) -> None:
    assert await group.says("/offen A50") == (
        "Diese Gruppe ist nicht freigeschaltet.\n"
        "Die Administration kann sie mit /freischalten freischalten; bis dahin antworte ich hier nicht."
    )
    assert await group.says("/offen A50") == ""
    assert await group.says("/freischalten") == ""
    assert await group.presses("qo|oA50") == "(Diese Gruppe ist nicht freigeschaltet.)"


async def test_only_an_administrator_admits_a_group_and_ends_it(admitted: Conversation) -> None:
    admin = replace(admitted, person=ADMIN)

    for data in ("x", "xy", "xn"):
        assert await admitted.presses(data) == "(Das darf nur die Administration.)"
    assert await admin.presses("xy") == (
        "Diese Gruppe ist nicht mehr freigeschaltet. Ich antworte hier nicht mehr.\n[Gruppe freischalten]"
    )
    assert await admitted.says("/offen A50") == ""
    assert await admitted.presses("a") == "(Diese Gruppe ist nicht freigeschaltet.)"
    assert await admin.presses("a") == ADMITTED_DE


async def test_the_end_of_an_admission_has_to_be_confirmed(admitted: Conversation) -> None:
    admin = replace(admitted, person=ADMIN)
    asked = (
        "Soll ich in dieser Gruppe nicht mehr antworten?\nDie Administration kann sie jederzeit wieder freischalten.\n"
        "[Ja, beenden] [Nein, weiter]"
    )

    assert await admin.presses("x") == asked
    assert await admin.taps("Nein, weiter") == ADMITTED_DE
    assert await admin.taps("Freischaltung beenden") == asked
    assert await admitted.says("/offen A50") == OPEN_DE
    assert (await admin.taps("Ja, beenden")).startswith("Diese Gruppe ist nicht mehr freigeschaltet.")
    assert await admitted.says("/offen A50") == ""


async def test_members_ask_whoever_they_are(admitted: Conversation) -> None:
    for person in (GUEST, EDITOR, ADMIN):
        member = replace(admitted, person=person)
        assert await member.says("/offen A50") == OPEN_DE
        assert await member.says("@amtsbote_bot was ist offen für A50") == OPEN_DE
        assert await member.says("1.5.M1") == ""
        assert await member.says("1.5.M1", reply_to_message=reply_to_bot(member)) == MEASURE_DE


async def test_what_is_hidden_is_not_even_counted_in_a_group(admitted: Conversation) -> None:
    editor = replace(admitted, person=EDITOR)

    assert await editor.says("/zeige 7.1.M1") == "7.1.M1 finde ich im Register nicht.\n[Was ist offen?] [Hilfe]"


async def test_an_answer_in_a_group_stays_in_its_topic_quotes_and_makes_no_sound(admitted: Conversation) -> None:
    topic = replace(admitted, thread=9)
    await topic.says("/hilfe")

    assert topic.shown is not None
    assert {name: topic.shown.payload.get(name) for name in _MANNERS} == {
        "message_thread_id": 9,
        "disable_notification": True,
        "reply_parameters": {"message_id": 77, "allow_sending_without_reply": True},
        "link_preview_options": {"is_disabled": True},
        "protect_content": None,
    }


_MANNERS = (
    "message_thread_id",
    "disable_notification",
    "reply_parameters",
    "link_preview_options",
    "protect_content",
)


async def test_the_language_of_a_group_is_set_by_an_administrator(admitted: Conversation) -> None:
    admin = replace(admitted, person=ADMIN)
    for asked in ("/sprache", "/sprache en"):
        assert await admitted.says(asked) == (
            "Die Sprache dieser Gruppe legt die Administration fest.\n"
            "Ihre eigene wählen Sie, indem Sie mir privat /sprache senden.\n[Hilfe]"
        )
    assert await admin.says("/sprache") == ("Welche Sprache soll ich in dieser Gruppe sprechen?\n[✓ Deutsch] [English]")
    assert await admitted.presses("len") == "(Das darf nur die Administration.)"
    assert (await admin.presses("len")).startswith("(I speak English from now on.)")
    assert (await admitted.says("/overdue")).splitlines()[0] == "Overall: 1 measure overdue"


async def test_help_in_a_group_says_what_the_bot_can_read(admitted: Conversation) -> None:
    assert (
        "In einer Gruppe beginnen Sie mit @amtsbote_bot oder einem Befehl, "
        "oder Sie antworten auf eine meiner Nachrichten."
    ) in (await admitted.says("/hilfe")).splitlines()


async def test_added_by_an_administrator_the_bot_waits_to_be_admitted(group: Conversation) -> None:
    outcome = await group.handle(added_by(ADMIN))

    assert [call.method for call in outcome.outgoing] == ["sendMessage"]
    assert outcome.changes == (NoteChat(chat=GROUP, title="Team Soziales"),)


async def test_added_by_a_stranger_the_bot_says_why_and_leaves(group: Conversation) -> None:
    outcome = await group.handle(added_by(GUEST))

    assert [(call.method, call.payload.get("text")) for call in outcome.outgoing] == [
        ("sendMessage", "<b>Diese Gruppe ist nicht freigeschaltet. Ich verlasse sie.</b>"),
        ("leaveChat", None),
    ]
    assert outcome.changes == ()


async def test_from_a_strangers_channel_the_bot_goes_without_a_word(group: Conversation) -> None:
    outcome = await group.handle(added_by(GUEST, chat={"id": -300, "type": "channel", "title": "News"}))

    assert [call.method for call in outcome.outgoing] == ["leaveChat"]


async def test_admitting_says_who_did_it_and_where(group: Conversation) -> None:
    admin = replace(group, person=ADMIN)

    outcome = await admin.handle({"message": admin.message("/admit")})

    assert outcome.changes == (AdmitChat(chat=GROUP, title="Team Soziales", by=ADMIN, on=NOW.date(), at=NOW),)


async def test_in_private_an_administrator_is_told_where_to_admit(chat: Conversation) -> None:
    assert await replace(chat, person=ADMIN).says("/admit") == (
        "Bitte senden Sie /freischalten in der Gruppe, in der ich antworten soll.\n[Chats] [Hilfe]"
    )
    assert await chat.says("/admit") == "Das darf nur die Administration.\n[Hilfe]"


def reply_to_bot(chat: Conversation) -> dict[str, object]:
    return {"message_id": 3, "date": 1, "chat": chat.place(), "from": BOT, "text": "x"}


def added_by(person: int, chat: dict[str, object] | None = None) -> dict[str, object]:
    return {
        "my_chat_member": {
            "chat": chat or {"id": GROUP, "type": "supergroup", "title": "Team Soziales"},
            "from": {"id": person, "is_bot": False, "first_name": "Kim", "language_code": "de"},
            "date": 1,
            "old_chat_member": {"user": BOT, "status": "left"},
            "new_chat_member": {"user": BOT, "status": "member"},
        }
    }
