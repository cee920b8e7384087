"""The way of every change: shown, confirmed, done once, taken back; and what may come between."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from registry.deeds import Subject
from registry.measures import Measure
from registry.people import Chat, ChatKind, Person, Reader, Role, reader_in
from registry.visibility import Clearance
from storage.errors import ChangedMeanwhile, NotAllowed
from tests.handlers.a_register import CONCEPT, IMPORTED_AT, PUBLIC
from tests.handlers.conversing import ADMIN, BOT, EDITOR, GROUP, READER, Conversation, Json, a_city, screen

COLLEAGUE, COORDINATOR = 7_004, 7_005
SAVE, UNDO, ADD, LEAVE = "✓ Speichern", "↶ Rückgängig", "✎ Text ergänzen", "✕ Nicht speichern"
OUTDATED = "(Diese Schaltfläche passt nicht mehr. Bitte fragen Sie noch einmal.)"
EXPIRED = "(Diese Schaltfläche ist abgelaufen. Bitte beginnen Sie neu.)"
NOT_ALLOWED = "(Das dürfen Sie nicht mehr ändern.)"
EVERYTHING = Reader(person=0, chat=0, role=Role.ADMIN, clearance=Clearance.CONTENT)

PREVIEW = """\
1.5.M1 · WLAN in allen Unterkünften
Status: ◐ teilweise umgesetzt → ● vollständig umgesetzt
Aktueller Stand:
Alles fertig
Stand: Di., 30.06.2026 → Mo., 23.11.2026

So speichern?
[✓ Speichern] [✎ Text ändern]
[✕ Nicht speichern]"""
SAVED = """\
(Gespeichert.)

✓ Gespeichert.
1.5.M1 · WLAN in allen Unterkünften
Status: ◐ teilweise umgesetzt → ● vollständig umgesetzt
Aktueller Stand:
Alles fertig
Stand: Di., 30.06.2026 → Mo., 23.11.2026
[↶ Rückgängig] [1.5.M1]"""
NOTHING_CHANGED = "Es wurde nichts geändert.\n[1.5.M1]\n[Was ist offen?] [Hilfe]"


@pytest.fixture
async def editor(chat: Conversation) -> Conversation:
    return replace(chat, person=EDITOR)


@pytest.fixture
async def coordinator(chat: Conversation) -> Conversation:
    await chat.store.people.set_role(COORDINATOR, Role.COORDINATOR)
    return replace(chat, person=COORDINATOR)


@pytest.fixture
async def colleague(chat: Conversation) -> Conversation:
    await chat.store.people.set_role(COLLEAGUE, Role.EDITOR, ("A50",))
    return replace(chat, person=COLLEAGUE)


@pytest.fixture
async def group(chat: Conversation) -> Conversation:
    """The editor in a group of the city."""
    await replace(chat, person=ADMIN, chat=GROUP).says("/admit")
    return replace(chat, person=EDITOR, chat=GROUP)


@pytest.fixture
async def cleared(tmp_path: Path) -> AsyncIterator[Conversation]:
    """The editor in a city whose messenger may carry what is non-public."""
    async with a_city(tmp_path, with_secrets=True, non_public=Clearance.CONTENT) as conversation:
        yield replace(conversation, person=EDITOR)


async def subject(chat: Conversation, ref: str = "1.5.M1") -> Subject:
    found = await chat.store.register(EVERYTHING).subject(ref)
    assert found is not None
    return found


async def deeds_of(chat: Conversation) -> int:
    return int((await chat.store.database.read("SELECT count(*) AS n FROM deeds"))[0]["n"])


def data(chat: Conversation, label: str) -> str:
    """What the button of that label carries."""
    assert chat.shown is not None
    keyboard = chat.shown.payload["reply_markup"]["inline_keyboard"]  # type: ignore[index]
    return {str(button["text"]): str(button["callback_data"]) for row in keyboard for button in row}[label]


# Said, shown, confirmed, taken back


async def test_a_status_is_shown_confirmed_and_saved(editor: Conversation) -> None:
    shown = await editor.says("/status 1.5.M1 voll Alles fertig")
    saved = await editor.taps(SAVE)

    assert (shown, saved) == (PREVIEW, SAVED)
    measure = await subject(editor)
    assert isinstance(measure, Measure)
    assert (measure.status, measure.current_state, measure.version) == ("fully", "Alles fertig", 2)


async def test_the_same_in_english(editor: Conversation) -> None:
    english = replace(editor, language="en")

    shown = await english.says("/status 1.5.M1 full")
    saved = await english.taps("✓ Save")

    assert (
        shown
        == """\
1.5.M1 · Wi-Fi in all homes
Status: ◐ partly implemented → ● fully implemented
As of: Tue, 30 Jun 2026 → Mon, 23 Nov 2026

Save this?
[✓ Save] [✎ Add text]
[✕ Do not save]"""
    )
    assert saved.startswith("(Saved.)\n\n✓ Saved.\n1.5.M1 · Wi-Fi in all homes\n")


async def test_what_is_not_saved_changes_nothing(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll")
    save = data(editor, SAVE)

    left = await editor.taps(LEAVE)
    after_all = await editor.presses(save)

    assert (left, after_all) == (NOTHING_CHANGED, "(Schon erledigt.)")
    assert ((await subject(editor)).version, await deeds_of(editor)) == (1, 0)


async def test_a_button_saves_once_however_often_it_is_tapped(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll Alles fertig")
    save = data(editor, SAVE)

    taps = [await editor.presses(save) for _ in range(3)]

    assert taps == [SAVED, "(Schon erledigt.)", "(Schon erledigt.)"]
    assert ((await subject(editor)).version, await deeds_of(editor)) == (2, 1)


async def test_two_taps_decided_at_the_same_time_save_once(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll Alles fertig")
    press: Json = {"callback_query": editor.press(data(editor, SAVE))}

    first, second = await editor.outcome(press), await editor.outcome(press)
    await editor.write(first.changes)

    with pytest.raises(ChangedMeanwhile):
        await editor.write(second.changes)
    assert ((await subject(editor)).version, await deeds_of(editor)) == (2, 1)


async def test_a_change_is_taken_back_by_its_button_once(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll Alles fertig")
    before = await subject(editor)
    await editor.taps(SAVE)
    undo = data(editor, UNDO)

    taps = [await editor.presses(undo) for _ in range(2)]

    assert taps == ["(Zurückgenommen.)\n\n↶ Zurückgenommen: 1.5.M1\n[1.5.M1]", "(Schon erledigt.)"]
    assert await subject(editor) == before.model_copy(update={"version": 3})


async def test_a_change_taken_back_in_one_chat_cannot_be_taken_back_in_another(group: Conversation) -> None:
    private = replace(group, chat=None)
    await private.says("/status 1.5.M1 voll")
    await private.taps(SAVE)
    await group.says("/undo")

    here = await private.taps(UNDO)
    there = await group.taps(UNDO)

    assert (here.splitlines()[0], there) == ("(Zurückgenommen.)", "(Schon erledigt.)")
    assert (await subject(private)).version == 3


async def test_after_ten_minutes_a_change_stays(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll")
    await editor.taps(SAVE)
    await editor.says("/undo")
    asked = data(editor, UNDO)

    later = replace(editor, now=editor.now + timedelta(minutes=10, seconds=1))

    assert (await later.presses(asked)) == EXPIRED
    assert (await later.says("/undo")).startswith("Es gibt nichts zurückzunehmen.")
    assert (await subject(editor)).version == 2


async def test_who_changed_nothing_has_nothing_to_take_back(editor: Conversation, colleague: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll")
    await editor.taps(SAVE)

    assert (await colleague.says("/undo")).startswith("Es gibt nichts zurückzunehmen.")
    assert (await colleague.presses(data(editor, UNDO))) == OUTDATED


async def test_a_note_taken_back_leaves_its_mark_in_the_history(editor: Conversation) -> None:
    await editor.says("/note 1.5.M1 bitte anrufen")
    await editor.taps(SAVE)
    await editor.taps(UNDO)

    events = await editor.store.register(EVERYTHING).history("1.5.M1")

    assert [(e.what, e.before, e.after, e.why) for e in events[-2:]] == [
        ("note", "", "bitte anrufen", ""),
        ("note", "bitte anrufen", "", "undone"),
    ]


async def test_a_report_taken_back_leaves_the_round_as_if_it_had_not_been(editor: Conversation) -> None:
    reports = "SELECT as_of, status, current_state FROM all_measure_reports ORDER BY measure, as_of"
    before = [tuple(row) for row in await editor.store.database.read(reports)]
    await editor.says("/status 1.5.M1 voll Alles fertig")
    await editor.taps(SAVE)
    between = [tuple(row) for row in await editor.store.database.read(reports)]

    await editor.taps(UNDO)

    assert ("2026-11-23", "fully", "Alles fertig") in between
    assert [tuple(row) for row in await editor.store.database.read(reports)] == before


# What comes between


async def test_of_two_editors_the_second_sees_the_first_ones_change(
    editor: Conversation, colleague: Conversation
) -> None:
    await editor.says("/status 1.5.M1 voll Alles fertig")
    await colleague.says("/status 1.5.M1 nicht Kein Geld")
    await editor.taps(SAVE)

    shown = await colleague.taps(SAVE)
    saved = await colleague.taps(SAVE)

    assert (
        shown
        == """\
⚠ Der Vorgang wurde inzwischen geändert. So sähe er nun aus:

1.5.M1 · WLAN in allen Unterkünften
Status: ● vollständig umgesetzt → ○ nicht umgesetzt
Aktueller Stand:
Kein Geld

So speichern?
[✓ Speichern] [✎ Text ändern]
[✕ Nicht speichern]"""
    )
    assert saved.startswith("(Gespeichert.)")
    assert (await subject(editor)).version == 3


async def test_who_wants_what_was_done_meanwhile_is_told_so(editor: Conversation, colleague: Conversation) -> None:
    for one in (editor, colleague):
        await one.says("/status 1.5.M1 voll")
    await editor.taps(SAVE)

    told = await colleague.taps(SAVE)

    assert told == (
        "So steht es bereits im Register.\n1.5.M1 · WLAN in allen Unterkünften\n[✎ Text ergänzen]\n[1.5.M1]"
    )
    assert (await subject(editor)).version == 2


async def test_a_role_that_ends_between_preview_and_confirmation_saves_nothing(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll")
    await editor.store.people.set_role(EDITOR, Role.READER, ("A50",))

    told = await editor.taps(SAVE)

    assert told.startswith("1.5.M1 dürfen Sie nicht ändern.")
    assert ((await subject(editor)).version, await deeds_of(editor)) == (1, 0)


async def test_an_office_that_is_lost_between_preview_and_confirmation_saves_nothing(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll")
    await editor.store.people.set_role(EDITOR, Role.EDITOR, ("A51",))

    told = await editor.taps(SAVE)

    assert told.startswith("1.5.M1 dürfen Sie nicht ändern.")
    assert (await subject(editor)).version == 1


@pytest.mark.parametrize("lost", [(Role.READER, ("A50",)), (Role.EDITOR, ("A51",)), (Role.GUEST, ())])
async def test_a_role_that_ends_between_decision_and_writing_saves_nothing(
    editor: Conversation, lost: tuple[Role, tuple[str, ...]]
) -> None:
    await editor.says("/status 1.5.M1 voll")
    decided = await editor.outcome({"callback_query": editor.press(data(editor, SAVE))})
    await editor.store.people.set_role(EDITOR, *lost)

    with pytest.raises(NotAllowed):
        await editor.write(decided.changes)
    assert ((await subject(editor)).version, await deeds_of(editor)) == (1, 0)


async def test_who_may_no_longer_change_a_record_can_take_nothing_back(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll")
    await editor.taps(SAVE)
    await editor.store.people.set_role(EDITOR, Role.EDITOR, ("A51",))

    assert await editor.taps(UNDO) == NOT_ALLOWED
    assert (await editor.says("/undo")).startswith("Es gibt nichts zurückzunehmen.")
    assert (await subject(editor)).version == 2


async def test_who_is_no_longer_coordinator_cannot_take_back_what_only_coordinators_do(
    coordinator: Conversation,
) -> None:
    await coordinator.says("/visibility 1.5.M1 nonpublic")
    await coordinator.taps(SAVE)
    await coordinator.store.people.set_role(COORDINATOR, Role.EDITOR, ("A50",))

    assert await coordinator.taps(UNDO) == NOT_ALLOWED
    assert (await subject(coordinator)).visibility == "nonpublic"


async def test_after_somebody_elses_change_nothing_is_taken_back(editor: Conversation, colleague: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll")
    await editor.taps(SAVE)
    await colleague.says("/note 1.5.M1 gesehen")
    await colleague.taps(SAVE)

    told = await editor.taps(UNDO)

    assert (
        told
        == """\
Das lässt sich nicht mehr zurücknehmen.
1.5.M1 wurde seitdem wieder geändert. Bitte ändern Sie es neu.
[1.5.M1]"""
    )
    assert (await subject(editor)).version == 3


async def test_a_record_hidden_between_preview_and_confirmation_is_answered_like_an_unknown_one(
    editor: Conversation, coordinator: Conversation, group: Conversation
) -> None:
    await group.says("/status 1.5.M1 voll")
    await coordinator.says("/visibility 1.5.M1 nonpublic")
    await coordinator.taps(SAVE)

    told = await group.taps(SAVE)
    unknown = await group.says("/status 1.5.M9 voll")

    assert told == unknown.replace("1.5.M9", "1.5.M1")
    assert (await subject(editor)).version == 2


async def test_a_record_hidden_after_a_change_is_not_named_when_that_is_taken_back(
    coordinator: Conversation, group: Conversation
) -> None:
    await group.says("/status 1.5.M1 voll")
    await group.taps(SAVE)
    await coordinator.says("/visibility 1.5.M1 nonpublic")
    await coordinator.taps(SAVE)

    told = await group.taps(UNDO)

    assert told == "Das lässt sich nicht mehr zurücknehmen.\nSeitdem wurde wieder etwas geändert.\n[Was ist offen?]"


async def test_a_number_that_means_another_record_meanwhile_is_shown_anew(editor: Conversation) -> None:
    """The later round's measure of that number wins; the one that was shown stays as it is."""
    await editor.says("/status 1.5.M1 voll Alles fertig")
    twin = PUBLIC.measures[0].model_copy(
        update={"concept": "Zweites Konzept", "as_of": editor.now.date(), "title": "Anderes Vorhaben"}
    )
    other = PUBLIC.model_copy(
        update={"measures": (twin,), "inquiries": (), "lists": (), "fields": (), "recommendations": ()}
    )
    await editor.store.apply(other, public=True, by="operator", at=IMPORTED_AT)

    told = await editor.taps(SAVE)

    assert told.startswith("⚠ Der Vorgang wurde inzwischen geändert. So sähe er nun aus:\n\n1.5.M1 · Anderes Vorhaben")
    measures = await editor.store.register(EVERYTHING).measures()
    assert {one.concept: one.version for one in measures if one.number == "1.5.M1"} == {CONCEPT: 1, twin.concept: 1}


async def test_a_group_that_is_dismissed_between_decision_and_writing_saves_nothing(group: Conversation) -> None:
    await group.says("/status 1.5.M1 voll")
    decided = await group.outcome({"callback_query": group.press(data(group, SAVE))})
    await group.store.database.write_rows(("UPDATE chats SET admitted = 0", [{}]))

    with pytest.raises(NotAllowed):
        await group.write(decided.changes)
    assert (await subject(group)).version == 1


# Whose button it is


async def test_in_a_group_nobody_else_presses_the_button(group: Conversation, colleague: Conversation) -> None:
    await group.says("/status 1.5.M1 voll")

    told = await replace(group, person=COLLEAGUE).presses(data(group, SAVE))

    assert told == "(Diese Schaltfläche ist für jemand anderen bestimmt.)"
    assert (await subject(group)).version == 1


async def test_a_button_from_another_chat_is_none(group: Conversation) -> None:
    private = replace(group, chat=None)
    await private.says("/status 1.5.M1 voll")

    told = await group.presses(data(private, SAVE))

    assert told == OUTDATED
    assert (await subject(group)).version == 1


@pytest.mark.parametrize(
    "forged", ["t", "ty", "tyAAAAAAAAAAAAAAAAAAAAAAAA", "tx{token}", "t{token}", "tn", "ty{token}="]
)
async def test_a_forged_button_does_nothing(editor: Conversation, forged: str) -> None:
    await editor.says("/status 1.5.M1 voll")
    token = data(editor, SAVE)[2:]

    told = await editor.presses(forged.format(token=token))

    assert told == OUTDATED
    assert (await subject(editor)).version == 1


async def test_a_button_older_than_a_day_has_expired(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll")

    told = await replace(editor, now=editor.now + timedelta(days=1)).presses(data(editor, SAVE))

    assert told == EXPIRED
    assert (await subject(editor)).version == 1


async def test_who_reads_the_file_cannot_press_its_buttons(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll")
    rows = await editor.store.database.read("SELECT * FROM prepared")

    kept = {str(value) for row in rows for value in tuple(row)}

    assert len(rows) == 2
    assert not any(data(editor, SAVE)[2:] in value for value in kept)


# What is not public


async def test_a_record_that_a_change_hides_is_not_named_and_can_be_brought_back(coordinator: Conversation) -> None:
    await coordinator.says("/visibility 1.5.M1 nonpublic")

    saved = await coordinator.taps(SAVE)
    assert coordinator.shown is not None
    label, method = coordinator.shown.label, coordinator.shown.method
    back = await coordinator.taps(UNDO)

    assert (
        saved
        == """\
(Gespeichert.)

✓ Gespeichert.
Der Vorgang wird in diesem Chat nicht mehr gezeigt.
Keine meiner Nachrichten enthält den Vorgang dort, wo er nicht gelesen werden darf.
Hier sieht ihn dann niemand mehr. Nach zehn Minuten kann ihn nur ein Import wieder öffentlich machen.
[↶ Rückgängig]"""
    )
    assert (label, method) == ("public", "editMessageText")
    assert back == "(Zurückgenommen.)\n\n↶ Zurückgenommen.\n[Was ist offen?]"
    assert ((await subject(coordinator)).visibility, (await subject(coordinator)).version) == ("public", 3)


async def test_where_it_may_be_read_a_hidden_record_is_named_under_its_label(cleared: Conversation) -> None:
    shown = await cleared.says("/status 7.1.M1 voll")
    assert cleared.shown is not None
    labels = [cleared.shown.label]
    await cleared.taps(SAVE)
    labels.append(cleared.shown.label)
    await cleared.taps(UNDO)
    labels.append(cleared.shown.label)

    assert shown.startswith("7.1.M1 · Geheimer Grundstückskauf")
    assert labels == ["nonpublic"] * 3


async def test_a_group_does_not_hear_of_what_its_member_changed_in_private(cleared: Conversation) -> None:
    await replace(cleared, person=ADMIN, chat=GROUP).says("/admit")
    group = replace(cleared, chat=GROUP)
    nothing = await group.says("/undo")
    await cleared.says("/status 7.1.M1 voll")
    await cleared.taps(SAVE)

    assert await group.says("/undo") == nothing
    assert (await cleared.says("/undo")).startswith(
        "Ihre letzte Änderung zurücknehmen?\nStatus von 7.1.M1: ◐ teilweise umgesetzt → ● vollständig umgesetzt"
    )


async def test_a_group_takes_back_the_last_change_that_may_be_spoken_of_there(cleared: Conversation) -> None:
    await replace(cleared, person=ADMIN, chat=GROUP).says("/admit")
    await cleared.says("/status 1.5.M1 voll")
    await cleared.taps(SAVE)
    await cleared.says("/status 7.1.M1 voll")
    await cleared.taps(SAVE)

    told = await replace(cleared, chat=GROUP).says("/undo")

    assert told.startswith(
        "Ihre letzte Änderung zurücknehmen?\nStatus von 1.5.M1: ◐ teilweise umgesetzt → ● vollständig umgesetzt"
    )


async def test_a_hidden_inquiry_does_not_take_what_was_meant_for_the_public_one(cleared: Conversation) -> None:
    """Q12 is the twelfth hidden inquiry only as long as there is no public one of that number."""
    found = await cleared.store.register(EVERYTHING).subject("Q3")

    await cleared.says("/note Q3 bitte")
    await cleared.taps(SAVE)

    assert found is not None
    assert found.visibility == "public"
    hidden = await cleared.store.register(EVERYTHING).subject("QN3")
    assert hidden is not None
    assert hidden.version == 1


# Words that are asked for


async def test_what_is_missing_is_asked_for_step_by_step(editor: Conversation) -> None:
    choice = await editor.says("/status 1.5.M1")
    asked = await editor.taps("✕ verworfen")
    shown = await editor.says("Kein Geld mehr da")

    assert choice.splitlines()[:2] == ["1.5.M1 · WLAN in allen Unterkünften", "Welchen Status soll ich eintragen?"]
    assert (
        asked
        == """\
1.5.M1 · WLAN in allen Unterkünften
Zwei von fünf Häusern sind angeschlossen.
Bitte schreiben Sie die Begründung: Eine verworfene Maßnahme braucht eine.
Ich warte 15 Minuten darauf. /abbrechen beendet die Eingabe.
[Abbrechen]"""
    )
    assert "Status: ◐ teilweise umgesetzt → ✕ verworfen\nAktueller Stand:\nKein Geld mehr da" in shown


async def test_words_are_awaited_for_fifteen_minutes_even_by_another_process(editor: Conversation) -> None:
    await editor.says("/note 1.5.M1")
    fourteen, fifteen = (replace(editor, now=editor.now + timedelta(minutes=m)) for m in (14, 15))

    late = await fifteen.outcome({"message": fifteen.message("bitte anrufen")})
    in_time = await fourteen.says("bitte anrufen")

    assert "Notiz:\nbitte anrufen" in in_time
    assert late.changes == ()


async def test_a_command_is_no_answer_and_the_answer_is_still_awaited(editor: Conversation) -> None:
    await editor.says("/note 1.5.M1")

    between = await editor.says("/offen A50")
    shown = await editor.says("bitte anrufen")

    assert between.startswith("A50")
    assert "Notiz:\nbitte anrufen" in shown


async def test_another_deed_takes_the_place_of_what_was_awaited(editor: Conversation) -> None:
    await editor.says("/note 1.5.M1")
    await editor.says("/status 1.5.M2 teil")

    told = await editor.says("was ist offen für A50")

    assert told.startswith("A50")


async def test_after_giving_up_words_are_a_question_again(editor: Conversation) -> None:
    await editor.says("/note 1.5.M1")

    gave_up = await editor.says("/abbrechen")

    assert gave_up == NOTHING_CHANGED
    assert (await editor.says("was ist offen für A50")).startswith("A50")


async def test_a_message_without_words_asks_again_and_takes_nothing_away(group: Conversation) -> None:
    await group.says("/status 1.5.M1 voll")
    asked = await group.taps(ADD)

    again = await group.says("@amtsbote_bot")
    shown = await group.says("@amtsbote_bot Alles fertig")

    assert again == asked
    assert "Aktueller Stand:\nAlles fertig" in shown


async def test_a_text_that_is_too_long_is_refused_and_a_shorter_one_awaited(editor: Conversation) -> None:
    await editor.says("/note 1.5.M1")

    refused = await editor.says("x" * 4001)
    shown = await editor.says("kürzer")

    assert refused.startswith("Der Text ist zu lang; höchstens 4.000 Zeichen passen.")
    assert "Notiz:\nkürzer" in shown


async def test_the_longest_text_is_shown_and_saved_whole(editor: Conversation) -> None:
    longest = ("Wort & <b>Satz</b> 😀 " * 300)[:4000].strip()
    await editor.says("/status 1.5.M1")
    await editor.taps("✕ verworfen")

    await editor.says(longest)
    await editor.taps(SAVE)

    measure = await subject(editor)
    assert isinstance(measure, Measure)
    assert measure.current_state == longest


async def test_words_awaited_in_private_are_not_taken_from_a_group(group: Conversation) -> None:
    await replace(group, chat=None).says("/note 1.5.M1")

    told = await group.says("@amtsbote_bot was ist offen für A50")

    assert told.startswith("A50")


async def test_words_are_taken_from_nobody_else(group: Conversation, colleague: Conversation) -> None:
    await group.says("/note 1.5.M1")

    told = await replace(group, person=COLLEAGUE).says("@amtsbote_bot was ist offen für A50")

    assert told.startswith("A50")


async def test_who_loses_the_right_while_words_are_awaited_saves_none(editor: Conversation) -> None:
    await editor.says("/note 1.5.M1")
    await editor.store.people.set_role(EDITOR, Role.READER, ("A50",))

    told = await editor.says("bitte anrufen")

    assert told.startswith("1.5.M1 dürfen Sie nicht ändern.")


async def test_who_lost_the_right_is_not_asked_for_words_either(editor: Conversation) -> None:
    await editor.says("/status 1.5.M1 voll")
    await editor.store.people.set_role(EDITOR, Role.READER, ("A50",))

    told = await editor.taps(ADD)

    assert told.startswith("1.5.M1 dürfen Sie nicht ändern.")


async def test_in_a_group_words_are_asked_for_as_a_reply_and_given_up_by_a_button(group: Conversation) -> None:
    outcome = await group.handle({"message": group.message("/status 1.5.M1 verworfen")})
    asked = [screen(call) for call in outcome.outgoing]
    group.shown = outcome.outgoing[0]
    others = await replace(group, person=COLLEAGUE).taps("Abbrechen")
    given_up = await group.taps("Abbrechen")

    assert asked == [
        "Dafür brauche ich Worte von Ihnen: Bitte beantworten Sie meine Frage darunter.\n[Abbrechen]",
        "1.5.M1 · WLAN in allen Unterkünften\nZwei von fünf Häusern sind angeschlossen.\n"
        "Bitte schreiben Sie die Begründung: Eine verworfene Maßnahme braucht eine.\n"
        "Bitte schreiben Sie es als Antwort auf diese Nachricht. Ich warte 15 Minuten darauf; "
        "/abbrechen beendet die Eingabe.",
    ]
    assert others == "(Diese Schaltfläche ist für jemand anderen bestimmt.)"
    assert given_up.startswith("Es wurde nichts geändert.\n[1.5.M1]")
    assert (await group.request()).entry is None


async def test_the_button_that_gives_up_takes_nothing_back(group: Conversation) -> None:
    outcome = await group.handle({"message": group.message("/note 1.5.M1")})
    await group.says("@amtsbote_bot bitte anrufen")

    group.shown = outcome.outgoing[0]

    assert await group.taps("Abbrechen") == "(Schon erledigt.)"


async def test_in_a_group_the_reply_is_opened_for_who_is_asked_alone(group: Conversation) -> None:
    """A tap answers a message of the bot's; quoting that would open the reply for nobody."""
    await group.says("/note 1.5.M1")
    assert group.shown is not None
    asked_by_command = group.shown.payload
    await group.says("/status 1.5.M1 voll")
    press = group.press(data(group, ADD))
    theirs = {"message_id": 5, "date": 1, "chat": group.place(), "from": {"id": EDITOR, "is_bot": False}}

    async def asked(reply_to: object) -> dict[str, object]:
        tapped = press | {"message": {**press["message"], "reply_to_message": reply_to}}  # type: ignore[dict-item]
        outgoing = (await group.outcome({"callback_query": tapped})).outgoing
        return dict(outgoing[-1].payload)

    of_theirs = await asked(theirs | {"from": theirs["from"] | {"first_name": "Kim"}})  # type: ignore[operator]
    of_anothers = await asked(theirs | {"from": BOT})

    assert asked_by_command["reply_markup"] == {"force_reply": True, "selective": True}
    assert (of_theirs["reply_markup"], of_theirs["reply_parameters"]) == (
        {"force_reply": True, "selective": True},
        {"message_id": 5, "allow_sending_without_reply": True},
    )
    assert of_anothers["reply_markup"] == {"force_reply": True}


# Two chats of one person at the same time


async def test_one_person_in_two_chats_at_once_changes_a_record_once_and_sees_so(group: Conversation) -> None:
    private = replace(group, chat=None)
    await private.says("/status 1.5.M1 voll")
    await group.says("/status 1.5.M1 voll")

    told = await asyncio.gather(private.taps(SAVE), group.taps(SAVE))

    assert sorted(one.splitlines()[0] for one in told) == ["(Gespeichert.)", "So steht es bereits im Register."]
    assert ((await subject(group)).version, await deeds_of(group)) == (2, 1)


# What the shelves keep


async def test_what_was_asked_before_a_change_is_answered_anew_after_it(editor: Conversation) -> None:
    reader = replace(editor, person=READER)
    before = await reader.says("was ist offen für A50")
    await editor.says("/status 1.5.M1 voll")
    await editor.taps(SAVE)

    after = await reader.says("was ist offen für A50")

    assert "1 Maßnahme" in before.splitlines()[0]
    assert "Maßnahme" not in after.splitlines()[0]


def test_a_city_reads_private_chats_as_far_as_its_setting_allows() -> None:
    """What these tests rest on."""
    private, person = Chat(id=1, kind=ChatKind.PRIVATE), Person(id=1, role=Role.EDITOR)

    assert reader_in(private, person, non_public=Clearance.REFERENCE).clearance is Clearance.REFERENCE
