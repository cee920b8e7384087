"""``/undo``: the last deed of one's own of whatever kind, said in one line, and what cannot be taken back any more."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.changes import Do, KeepDraft
from registry.deeds import ImportDocument
from registry.drafts import Draft
from registry.measures import Status
from registry.people import Role
from registry.reading import Form, Reading
from registry.visibility import Clearance
from storage import offices
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, GUEST, NOW, READER, Conversation
from tests.handlers.test_people import given
from tests.handlers.test_rounds import COORDINATOR, OPENING, city, measure, opened, said_in

__all__ = ["city", "opened"]

AS_OF = date(2026, 10, 31)
NOTHING = "Es gibt nichts zurückzunehmen."
ASKED = "Ihre letzte Änderung zurücknehmen?\n{line}\n[↶ Rückgängig] [✕ So lassen]"


def later(chat: Conversation, minutes: float) -> Conversation:
    return replace(chat, now=NOW + timedelta(minutes=minutes))


async def status(chat: Conversation, words: str) -> None:
    await chat.says(f"/status {words}")
    await chat.taps("✓ Speichern")


async def imported(chat: Conversation) -> Conversation:
    """A document that reports 1.5.M1 to the open round as fully implemented, applied by coordination."""
    known = await measure(chat, "1.5.M1")
    said = {"status": Status.FULLY, "current_state": "Aus dem Dokument.", "as_of": AS_OF}
    reading = Reading(source="bericht.txt", form=Form.EVALUATION, measures=(known.model_copy(update=said),))
    draft = Draft(id="draft", person=COORDINATOR, chat=COORDINATOR, reading=reading, expires_at=NOW + timedelta(days=1))
    await chat.write((KeepDraft(draft=draft),))
    change = Do(
        id="import",
        deed=ImportDocument(draft="draft", source="bericht.txt", public=True),
        person=COORDINATOR,
        chat=COORDINATOR,
        clearance=Clearance.CONTENT,
        version=await offices.revision(chat.store.database.read),
        at=chat.now,
        today=chat.now.date(),
    )
    await chat.write((change,))
    return chat


async def close(chat: Conversation) -> None:
    await chat.says("/runde schließen")
    await chat.taps("✓ Abschließen")


async def test_an_import_is_not_taken_back_once_its_round_is_closed(opened: Conversation) -> None:
    await imported(later(opened, 1))
    undo = await later(opened, 2).says("/undo")
    button = later(opened, 4)
    await button.says("/undo")
    await close(later(opened, 3))
    said = await said_in(opened, AS_OF)

    refused = await button.taps("↶ Rückgängig")

    assert undo == ASKED.format(line="Import: bericht.txt")
    assert refused == (
        "Das lässt sich nicht mehr zurücknehmen.\n"
        "Die Evaluation Integrationskonzept, Stichtag Sa., 31.10.2026 ist seitdem abgeschlossen; "
        "was darin steht, bleibt.\n"
        "Öffnen Sie die Evaluation zuerst wieder, und senden Sie dann /rueckgaengig.\n[Wieder öffnen]"
    )
    assert said["1.5.M1"] == (Status.FULLY, "Aus dem Dokument.")
    assert await said_in(opened, AS_OF) == said
    assert (await measure(opened, "1.5.M1")).status is Status.FULLY


async def test_once_the_round_is_open_again_the_import_is_taken_back(opened: Conversation) -> None:
    await imported(later(opened, 1))
    await close(later(opened, 2))
    here = later(opened, 3)

    closing = await here.says("/undo")
    reopened = await here.taps("↶ Rückgängig")
    document = await here.says("/undo")
    undone = await here.taps("↶ Rückgängig")

    assert closing == ASKED.format(line="Integrationskonzept, Stichtag Sa., 31.10.2026: Evaluation abgeschlossen")
    assert "✓ Die Evaluation ist wieder offen." in reopened
    assert document == ASKED.format(line="Import: bericht.txt")
    assert "↶ Zurückgenommen: bericht.txt" in undone
    assert await said_in(opened, AS_OF) == {}
    assert (await measure(opened, "1.5.M1")).status is Status.PARTLY


async def test_a_round_closed_between_decision_and_writing_stays_as_it_is(opened: Conversation) -> None:
    await imported(later(opened, 1))
    here = later(opened, 2)
    await here.says("/undo")
    decided = await here.outcome({"callback_query": here.press(button(here, "↶ Rückgängig"))})
    await close(here)
    said = await said_in(opened, AS_OF)

    with pytest.raises(Exception, match="import"):
        await here.write(decided.changes)

    assert await said_in(opened, AS_OF) == said


async def test_a_report_to_a_round_that_was_closed_since_stays(opened: Conversation) -> None:
    editor = replace(later(opened, 1), person=EDITOR)
    await status(editor, "1.5.M1 voll Fertig")
    await close(later(opened, 2))

    refused = await editor.taps("↶ Rückgängig")

    assert refused.splitlines()[2:] == [
        "Nur die Koordination kann die Evaluation wieder öffnen.",
        "[Evaluationen]",
    ]
    assert (await measure(opened, "1.5.M1")).current_state == "Fertig"


def button(chat: Conversation, label: str) -> str:
    assert chat.shown is not None
    markup = chat.shown.payload["reply_markup"]
    assert isinstance(markup, dict)
    return next(str(b["callback_data"]) for row in markup["inline_keyboard"] for b in row if b["text"] == label)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("/status 1.5.M1 voll", "Status von 1.5.M1: ◐ teilweise umgesetzt → ● vollständig umgesetzt"),
        (
            "/status 1.5.M1 voll Fertig",
            "Status von 1.5.M1: ◐ teilweise umgesetzt → ● vollständig umgesetzt; "
            "Aktueller Stand von 1.5.M1: Zwei von fünf Häusern sind angeschlossen. → Fertig",
        ),
        ("/edit 1.5.M1 frist 31.12.2026", "Frist von 1.5.M1: „4. Quartal 2025“ – überfällig seit Mi., 31.12.2025 → "),
        ("/notiz Q1 Bitte anrufen", "Notiz zu Q1"),
        ("/zuweisen Q2 A51", "Zuständigkeit von Q2: "),
        ("/sichtbarkeit 1.5.M1 nonpublic", "Ihre letzte Änderung zurücknehmen?\n[↶ Rückgängig]"),
    ],
)
async def test_the_line_says_what_was_done(city: Conversation, said: str, line: str) -> None:
    await city.says(said)
    await city.taps("✓ Speichern")

    assert line in await city.says("/undo")


async def test_the_line_in_english(city: Conversation) -> None:
    await status(city, "1.5.M1 voll")

    assert await replace(city, language="en").says("/undo") == (
        "Take back your last change?\nStatus of 1.5.M1: ◐ partly implemented → ● fully implemented\n"
        "[↶ Undo] [✕ Leave it]"
    )


async def test_a_role_that_was_given_is_taken_back_by_the_command(chat: Conversation) -> None:
    admin = replace(chat, person=ADMIN)
    await admin.says(f"/rolle {GUEST} lesen")
    await admin.taps("✓ Speichern")

    asked = await later(admin, 9).says("/undo")
    here = later(admin, 9)
    await here.says("/undo")
    await here.taps("↶ Rückgängig")

    assert asked == ASKED.format(line="Person 7009: kein Zugang → Lesezugriff")
    assert (await given(admin, GUEST)).role is Role.GUEST
    assert (await here.says("/undo")).startswith(NOTHING)


async def test_after_ten_minutes_a_role_stays_however_often_it_was_asked(chat: Conversation) -> None:
    admin = replace(chat, person=ADMIN)
    await admin.says(f"/rolle {GUEST} lesen")
    await admin.taps("✓ Speichern")
    late = later(admin, 9)
    await late.says("/undo")

    too_late = replace(late, now=NOW + timedelta(minutes=11))

    assert (await too_late.taps("↶ Rückgängig")).startswith("(Diese Schaltfläche ist abgelaufen.")
    assert (await too_late.says("/undo")).startswith(NOTHING)
    assert (await given(admin, GUEST)).role is Role.READER


async def test_a_role_that_was_changed_again_since_is_not_offered(chat: Conversation) -> None:
    admin = replace(chat, person=ADMIN)
    await admin.says(f"/rolle {GUEST} lesen")
    await admin.taps("✓ Speichern")
    await admin.store.people.set_role(GUEST, Role.EDITOR, ("A50",))

    assert (await admin.says("/undo")).startswith(NOTHING)


async def test_the_latest_deed_is_taken_back_of_whatever_kind(chat: Conversation) -> None:
    admin = replace(chat, person=ADMIN)
    await status(admin, "1.5.M1 voll")
    one = later(admin, 1)
    await one.says(f"/rolle {GUEST} lesen")
    await one.taps("✓ Speichern")

    first = await later(admin, 2).says("/undo")
    await status(later(admin, 3), "1.5.M2 teil")
    second = await later(admin, 4).says("/undo")

    assert "Person 7009" in first
    assert "Status von 1.5.M2" in second


async def test_what_was_done_in_private_is_not_spoken_of_in_a_group(chat: Conversation) -> None:
    admin = replace(chat, person=ADMIN)
    group = replace(admin, chat=GROUP)
    await group.says("/admit")
    await admin.says(f"/rolle {READER} koordination")
    await admin.taps("✓ Speichern")

    assert (await group.says("/undo")).startswith(NOTHING)


async def test_a_round_that_was_opened_is_taken_back_until_somebody_reports(city: Conversation) -> None:
    await city.says(OPENING)
    await city.taps("✓ Eröffnen")

    asked = await later(city, 1).says("/undo")
    await status(replace(later(city, 2), person=EDITOR), "1.5.M1 voll")
    reported = await later(city, 3).says("/undo")

    assert asked == ASKED.format(line="Integrationskonzept, Stichtag Sa., 31.10.2026: Evaluation eröffnet")
    assert reported.startswith(NOTHING)


async def test_an_opening_that_is_taken_back_leaves_no_round(city: Conversation) -> None:
    await city.says(OPENING)
    await city.taps("✓ Eröffnen")
    await city.says("/undo")

    assert "↶ Die Evaluation ist zurückgenommen." in await city.taps("↶ Rückgängig")
    assert (await city.says("/undo")).startswith(NOTHING)
