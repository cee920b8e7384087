"""What people are told is stored about them, and how it is erased."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.envelopes import seal
from registry.people import Role
from storage import audit
from storage.outgoing import Outgoing
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, GUEST, NOW, Conversation

SECOND_ADMIN = 7_020
PERSONAL = (
    *("people", "inbox", "outbox", "prepared", "entries", "drafts", "deeds", "deed_records", "history"),
    *("people_history", "access_requests", "invitations", "chats", "suspended_chat", "recalls"),
)
PRIVATE_ONLY_DE = (
    "Das geht nur im privaten Chat.\n"
    "Bitte senden Sie mir den Befehl dort: Was über Sie gespeichert ist, geht sonst niemanden etwas an.\n"
    "[Datenschutz]"
)
REALLY_EN = (
    "Erase what is stored about you?\n\n"
    "• Gone are: your number, role, offices and language, and the texts of our chat that I keep.\n"
    "• Records and their history stay. They name offices and a pseudonym that leads to nobody then.\n"
    "• In nightly copies of the register it is gone after 30 days.\n"
    "• What you see in Telegram stays there until you delete this chat yourself.\n\n"
    "You lose your role with it: only an administrator can let you in again.\n"
    "[Erase it]\n[✕ Leave it]"
)
ERASED_DE = (
    "✓ Gelöscht.\n"
    "Auch diese Antwort wird gelöscht, spätestens nach 30 Tagen. Damit sie hier verschwindet, löschen Sie den Chat.\n"
    "[Hilfe]"
)


@pytest.fixture
def editor(chat: Conversation) -> Conversation:
    return replace(chat, person=EDITOR)


async def has_done_something(editor: Conversation) -> None:
    """A change, a half-finished entry, words in private and in a group, and answers."""
    await editor.says("/status 1.5.M1 voll Alles fertig")
    await editor.taps("✓ Speichern")
    await editor.says("/note 1.5.M1")
    group = replace(editor, chat=GROUP)
    store = editor.store
    letters = [{"update_id": n, "message": one.message("Worte")} for n, one in enumerate((editor, group))]
    letters[1]["message"] |= {"message_id": 78}  # type: ignore[operator]  # a message is a mapping
    await store.inbox.receive([seal(letter) for letter in letters], NOW)
    for waiting in await store.inbox.waiting(limit=10):
        answer = Outgoing(waiting.chat, "sendMessage", {"chat_id": waiting.chat, "text": "Antwort"})
        await store.inbox.settle(waiting.id, [answer], at=NOW)


async def test_one_is_told_all_that_is_stored_about_oneself(editor: Conversation) -> None:
    await has_done_something(editor)

    told = await editor.says("/meinedaten")

    text, _, data = told.partition("\n\nDasselbe als JSON, zum Kopieren:\n")
    assert text == (
        "Das ist über Sie gespeichert.\n\n"
        "• Die Nummer Ihres Telegram-Kontos: 7003\n"
        "• Ihre Rolle: Bearbeitung\n"
        "• Ihre Ämter: A50\n"
        "• 2 Nachrichten von Ihnen, aufbewahrt 7 Tage, seit Mo., 23.11.2026\n"
        "• 1 Nachricht von mir an Sie, aufbewahrt 30 Tage, seit Mo., 23.11.2026\n"
        "• 4 Schaltflächen und angefangene Eingaben\n"
        "• 1 Änderung, die Sie vor Kurzem gemacht haben, unter Pseudonym, seit Mo., 23.11.2026\n"
        "• 3 Einträge im Verlauf von Vorgängen, unter Pseudonym, seit Mo., 23.11.2026"
    )
    data, *buttons = data.rsplit("\n", 2)
    assert buttons == ["[Datenschutz]", "[Das löschen …]"]
    assert json.loads(data) == {
        "number": 7003,
        "role": "editor",
        "offices": ["A50"],
        "traces": {
            "messages": {"count": 2, "since": "2026-11-23"},
            "answers": {"count": 1, "since": "2026-11-23"},
            "begun": {"count": 4},
            "deeds": {"count": 1, "since": "2026-11-23"},
            "history": {"count": 3, "since": "2026-11-23"},
        },
    }


async def test_an_administrator_by_the_settings_is_told_the_same_role_in_words_and_in_json(chat: Conversation) -> None:
    told = await replace(chat, person=ADMIN, language="en").says("/mydata")

    text, _, data = told.partition("\n\nThe same as JSON, to copy:\n")
    assert "• Your role: administration\n" in f"{text}\n"
    assert json.loads(data.rsplit("\n", 2)[0]) == {
        "number": ADMIN,
        "role": "admin",
        "is_set": True,
        "traces": {"administration": {"count": 1, "since": "2026-11-23"}},
    }


async def test_a_guest_is_told_that_there_is_next_to_nothing(chat: Conversation) -> None:
    guest = replace(chat, person=GUEST, language="en")

    assert await guest.says("/mydata") == (
        "This is stored about you.\n\n"
        "• The number of your Telegram account: 7009\n\n"
        "The same as JSON, to copy:\n"
        '{"number": 7009, "role": "guest"}\n'
        "[Privacy]\n[Erase this …]"
    )


@pytest.mark.parametrize("command", ["/meinedaten", "/loeschen"])
async def test_in_a_group_nothing_of_anybody_is_told(editor: Conversation, command: str) -> None:
    await replace(editor, person=ADMIN, chat=GROUP).says("/admit")

    assert await replace(editor, chat=GROUP).says(command) == PRIVATE_ONLY_DE


async def test_erasing_is_asked_about_first(editor: Conversation) -> None:
    assert await replace(editor, language="en").says("/forgetme") == REALLY_EN
    assert "rolle: Bearbeitung" in (await editor.says("/meinedaten")).replace("Rolle", "rolle")


async def test_erasing_leaves_no_trace_of_the_number_and_nobody_to_a_pseudonym(editor: Conversation) -> None:
    await has_done_something(editor)
    await editor.says("/loeschen")

    assert await editor.taps("Löschen") == ERASED_DE

    fetch = editor.store.database.read
    for table in PERSONAL:
        rows = [dict(row) for row in await fetch(f"SELECT * FROM {table}")]
        left = [row for row in rows if str(EDITOR) in json.dumps({k: v for k, v in row.items() if k != "fingerprint"})]
        assert left == [], table


async def test_records_their_history_and_its_seals_stay(editor: Conversation) -> None:
    await has_done_something(editor)
    before = await editor.says("/history 1.5.M1")
    await editor.says("/loeschen")
    await editor.taps("Löschen")

    reader = replace(editor, person=ADMIN)
    assert await reader.says("/history 1.5.M1") == before
    path = editor.store.database.path
    verdict = await audit.verify(path, audit.read_key(audit.key_beside(path)))
    assert verdict.broken is None


async def test_who_was_erased_has_no_access_and_no_undo_any_more(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll Alles fertig")
    saved = await editor.taps("✓ Speichern")
    undo = editor.shown
    await editor.says("/loeschen")
    await editor.taps("Löschen")

    assert "↶ Rückgängig" in saved
    editor.shown = undo
    assert (await editor.taps("↶ Rückgängig")).startswith("(")
    assert (await editor.says("was ist offen")).startswith("Dieser Dienst ist für Beschäftigte")
    assert "Alles fertig" in await replace(editor, person=ADMIN).says("1.5.M1")


async def test_the_button_works_for_its_person_once_and_for_a_day(editor: Conversation) -> None:
    await editor.says("/loeschen")
    shown = editor.shown
    other = replace(editor, person=ADMIN, chat=EDITOR, shown=shown)
    late = replace(editor, now=NOW + timedelta(days=2), shown=shown)

    assert (await other.taps("Löschen")).startswith("(")
    assert (await late.taps("Löschen")).startswith("(")
    assert "Ihre Rolle" in await editor.says("/meinedaten")
    editor.shown = shown
    await editor.taps("Löschen")
    editor.shown = shown
    assert (await editor.taps("Löschen")).startswith("(")


async def test_the_last_administrator_is_told_why_not(chat: Conversation) -> None:
    admin = replace(chat, person=ADMIN)

    assert await admin.says("/loeschen") == (
        "Außer Ihnen hat niemand die Rolle Administration, deshalb können Sie nicht gelöscht werden.\n"
        "Sonst könnte niemand mehr Rollen geben oder entziehen. Geben Sie diese Rolle zuerst einer anderen Person.\n"
        "[Was ist über mich gespeichert?]"
    )


async def test_an_administrator_by_the_settings_is_told_who_can(chat: Conversation) -> None:
    await chat.store.people.set_role(SECOND_ADMIN, Role.ADMIN)

    assert await replace(chat, person=ADMIN, language="en").says("/forgetme") == (
        "You are an administrator by the settings, so I cannot erase you.\n"
        "Whoever runs me has to take your number out of AMTSBOTE_ADMINS first.\n"
        "[What is stored about me]"
    )


async def test_who_becomes_the_last_administrator_meanwhile_stays(chat: Conversation) -> None:
    await chat.store.people.set_role(SECOND_ADMIN, Role.ADMIN)
    second = replace(chat, person=SECOND_ADMIN)
    await second.says("/loeschen")
    outcome = await second.outcome({"callback_query": second.press(_data(second, "Löschen"))})
    await chat.store.people.set_admins([], NOW)

    again = await second.taps("Löschen")

    assert outcome.changes
    assert again.startswith("Außer Ihnen hat niemand")
    assert "Administration" in await second.says("/meinedaten")


def _data(chat: Conversation, label: str) -> str:
    assert chat.shown is not None
    markup = chat.shown.payload["reply_markup"]
    assert isinstance(markup, dict)
    return next(str(b["callback_data"]) for row in markup["inline_keyboard"] for b in row if b["text"] == label)
