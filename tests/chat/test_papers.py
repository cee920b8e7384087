"""Council papers and programmes over HTTP, through the local Bot API: steps, mandates, dates, results, decisions."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from registry.papers import ConsultationRole, Paper
from registry.people import Role
from registry.programmes import Programme
from tests.chat.places import (
    EVERYTHING,
    EVERYWHERE,
    IN_BOTH_LANGUAGES,
    SHAPES,
    Member,
    members,
    rewrites,
    says_in_shape,
    toasts,
    told,
)
from tests.chatting import City, a_city
from tests.handlers.a_register import fill

SAVE = ("✓ Speichern", "✓ Save")
SAVED = ("✓ Gespeichert.\n", "✓ Saved.\n")
HEADING = ("0112/23 · Bewerbung um das Programm Beispielstadt\n", "0112/23 · Application for the programme\n")
RESULT = ("/auftrag 0112/23 ergebnis", "/mandate 0112/23 result")
DUE = ("/auftrag 0112/23 frist 21.12.2026", "/mandate 0112/23 due 21.12.2026")
AGAIN = ("✎ Noch einmal schreiben", "✎ Write it again")
REFUSED = ("Das darf nur die Koordination.", "Only coordination may do that.")


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=True)
        yield running


async def coordination(city: City, language: str, place: str) -> tuple[Member, ...]:
    """Two who coordinate."""
    people = [await city.person(name, role=Role.COORDINATOR, language=language) for name in ("Chris", "Alex")]
    return await members(city, place, *people)


async def paper(city: City) -> Paper:
    found = await city.store.register(EVERYTHING).subject("0112/23")
    assert isinstance(found, Paper)
    return found


async def programme(city: City) -> Programme:
    found = await city.store.register(EVERYTHING).subject("BeSta")
    assert isinstance(found, Programme)
    return found


@EVERYWHERE
async def test_a_step_is_asked_for_and_warns_of_the_deadline_it_misses(city: City, language: str, place: str) -> None:
    chris, _ = await coordination(city, language, place)

    asked = await chris.says("/neu schritt 0112/23", "/new step 0112/23")
    unread = await chris.says("Hauptausschuss")
    await chris.taps(*AGAIN)
    role = await chris.says("Hauptausschuss 14.12.2026")
    public = await chris.taps("Entscheidung", "decision")
    shown = await chris.taps("öffentlich", "public")
    saved = await chris.taps(*SAVE)

    assert asked.startswith(chris.reads(*HEADING) + chris.reads("Welches Gremium, und wann?", "Which body, and when?"))
    assert unread.startswith(chris.reads("Ich brauche einen Tag", "I need a day and what happens on it"))
    assert role == chris.reads(*HEADING) + chris.reads("Was tut das Gremium damit?", "What does the body do with it?")
    assert public.endswith(chris.reads("Ist die Sitzung öffentlich?", "Is that meeting public?"))
    late = (
        "Hauptausschuss · Mo., 14.12.2026 · Entscheidung · öffentlich\n⚠ Ende der Bewerbungsfrist: Fr., 04.12.2026 –",
        "Hauptausschuss · Mon, 14 Dec 2026 · decision · public\n⚠ Ende der Bewerbungsfrist ends on Fri, 4 Dec 2026,",
    )
    assert chris.reads(*late) in shown and chris.reads(*late) in saved
    step = (await paper(city)).consultations[-1]
    assert (step.body, step.on, step.role) == ("Hauptausschuss", date(2026, 12, 14), ConsultationRole.DECISION)


@EVERYWHERE
async def test_a_mandate_gets_an_office_and_a_date(city: City, language: str, place: str) -> None:
    chris, _ = await coordination(city, language, place)

    await chris.says("/neu auftrag 0112/23", "/new mandate 0112/23")
    await chris.says("Kosten ermitteln")
    await chris.taps("✎ Zuständige Stelle", "✎ Responsible office")
    unknown = await chris.says("Jugentamt")
    offered = list(chris.chat.buttons)
    await chris.taps(*AGAIN)
    await chris.says("Personalamt")
    await chris.taps("✎ Frist", "✎ Due date")
    unread = await chris.says("irgendwann")
    await chris.taps(*AGAIN)
    shown = await chris.says("31.01.")
    await chris.taps(*SAVE)

    assert unknown.startswith(chris.reads("Ein Amt „Jugentamt“ kenne ich nicht.", "I know no office “Jugentamt”."))
    assert offered[0] == chris.reads("A51 · Jugendamt", "A51 · Youth Welfare Office")
    assert unread.startswith(chris.reads("Das Datum „irgendwann“ verstehe ich nicht.", "I do not understand the date"))
    due = ("A11 · bis So., 31.01.2027", "A11 · by Sun, 31 Jan 2027")
    assert f"Kosten ermitteln · {chris.reads(*due)}" in shown
    made = (await paper(city)).mandates[-1]
    assert (made.text, made.responsible, made.due_on) == ("Kosten ermitteln", "A11", date(2027, 1, 31))


@EVERYWHERE
async def test_a_mandate_moves_and_says_what_it_said_before(city: City, language: str, place: str) -> None:
    chris, _ = await coordination(city, language, place)

    choice = await chris.says("/auftrag 0112/23", "/mandate 0112/23")
    asked = await chris.taps("Frist", "Due date")
    shown = await chris.says("in 4 Wochen", "in 4 weeks")
    await chris.taps(*SAVE)

    assert choice.startswith(chris.reads("Was ist mit dem Auftrag?", "What about the mandate?"))
    assert chris.reads("Wann ist es fällig?", "When is it due?") in asked
    assert chris.reads("bis Mo., 21.12.2026", "by Mon, 21 Dec 2026") in shown
    assert chris.reads("Vorher: bis Do., 31.12.2026", "Before: by Thu, 31 Dec 2026") in shown
    assert (await paper(city)).mandates[0].due_on == date(2026, 12, 21)


@EVERYWHERE
async def test_a_result_that_comes_late_says_what_it_missed(city: City, language: str, place: str) -> None:
    chris, _ = await coordination(city, language, place)
    city.clock.at += timedelta(days=49)  # 11 January 2027

    asked = await chris.says(*RESULT)
    shown = await chris.says("Die Stadt kann sich bewerben")
    await chris.taps("✎ Anderer Tag", "✎ Another day")
    other = await chris.says("30.12.2026")
    saved = await chris.taps(*SAVE)

    assert asked.startswith(chris.reads(*HEADING) + chris.reads("Was ist das Ergebnis?", "What is the result?"))
    late = ("⚠ Der Auftrag war am Do., 31.12.2026 fällig.", "⚠ The mandate was due on Thu, 31 Dec 2026.")
    missed = ("⚠ Ende der Bewerbungsfrist: schon am Fr., 04.12.2026 vorbei.", "ended on Fri, 4 Dec 2026.")
    assert chris.reads("Ergebnis vom Mo., 11.01.2027:", "Result of Mon, 11 Jan 2027:") in shown
    assert chris.reads(*late) in shown and chris.reads(*missed) in shown
    assert chris.reads(*late) not in other and chris.reads(*missed) in other
    assert saved.startswith(chris.reads(*SAVED))
    # What has its result is overdue no more.
    assert chris.reads("überfällig", "overdue") not in saved
    done = (await paper(city)).mandates[0]
    assert (done.result, done.result_on) == ("Die Stadt kann sich bewerben", date(2026, 12, 30))


@EVERYWHERE
async def test_a_programme_gets_a_date_and_a_decision(city: City, language: str, place: str) -> None:
    chris, _ = await coordination(city, language, place)

    await chris.says("/neu termin BeSta", "/new milestone BeSta")
    kind = await chris.says("05.12.2026 Ende der Bewerbung")
    shown = await chris.taps("Eine Frist von außen", "A deadline from outside")
    await chris.taps(*SAVE)
    which = await chris.says("/beschluss", "/decision")
    asked = await chris.says("/beschluss BeSta", "/decision BeSta")
    decided = await chris.says("Die Stadt nimmt teil.")
    await chris.taps(*SAVE)

    assert chris.reads("Was für ein Termin ist es?", "What kind of date is it?") in kind
    assert chris.reads("Sa., 05.12.2026 · Ende der Bewerbung · externe Frist", "Sat, 5 Dec 2026 · Ende der") in shown
    assert which.startswith(chris.reads("Welches Programm?\n", "Which programme?\n"))
    assert chris.reads("Was hat die Stadt entschieden?", "What has the city decided?") in asked
    assert chris.reads("Entscheidung der Stadt:\nDie Stadt", "Decision of the city:\nDie Stadt") in decided
    known = await programme(city)
    assert known.decision == "Die Stadt nimmt teil."
    assert [(one.title, one.on, one.external) for one in known.milestones if one.on] == [
        ("Ende der Bewerbung", date(2026, 12, 5), True)
    ]


@EVERYWHERE
async def test_a_paper_that_was_changed_in_between_is_shown_anew(city: City, language: str, place: str) -> None:
    chris, alex = await coordination(city, language, place)
    await chris.says(*DUE)
    preview = chris.chat.last
    await alex.says(f"{RESULT[0]} Geht.", f"{RESULT[1]} Geht.")
    await alex.taps(*SAVE)

    answer = await chris.taps(*SAVE, on=preview)

    assert answer.startswith(chris.reads("⚠ Der Vorgang wurde inzwischen geändert.", "⚠ The record was changed in"))
    assert "Geht." in answer
    known = (await paper(city)).mandates[0]
    assert (known.result, known.due_on) == ("Geht.", date(2026, 12, 31))


@EVERYWHERE
async def test_of_two_who_tap_at_once_one_saves_and_the_other_sees_it(city: City, language: str, place: str) -> None:
    both = await coordination(city, language, place)
    shown = []
    for one, day in zip(both, ("21.12.2026", "22.12.2026"), strict=True):
        await one.says(f"/auftrag 0112/23 frist {day}", f"/mandate 0112/23 due {day}")
        shown.append(one.chat.last)

    for one, message in zip(both, shown, strict=True):
        one.presses(*SAVE, on=message)
    await city.settled()

    first = [told(message).startswith(both[0].reads(*SAVED)) for message in shown]
    assert sorted(first) == [False, True]
    assert (await paper(city)).mandates[0].due_on == date(2026, 12, 21 if first[0] else 22)
    assert (await paper(city)).version == 2


@EVERYWHERE
async def test_a_double_tap_adds_one_mandate(city: City, language: str, place: str) -> None:
    chris, _ = await coordination(city, language, place)
    await chris.says("/neu auftrag 0112/23 Kosten ermitteln", "/new mandate 0112/23 Kosten ermitteln")

    for _ in range(3):
        chris.presses(*SAVE)
    await city.settled()

    once = [chris.reads("Gespeichert.", "Saved."), *[chris.reads("Schon erledigt.", "Done already.")] * 2]
    assert toasts(city)[-3:] == once
    assert len((await paper(city)).mandates) == 2


@EVERYWHERE
async def test_whose_role_ended_before_the_confirmation_saves_nothing(city: City, language: str, place: str) -> None:
    chris, _ = await coordination(city, language, place)
    await chris.says(*DUE)
    await city.store.people.set_role(chris.person.id, Role.READER)

    await chris.taps(*SAVE)

    assert (await paper(city)).version == 1


@EVERYWHERE
async def test_words_that_are_awaited_and_buttons_outlive_a_restart(city: City, language: str, place: str) -> None:
    chris, _ = await coordination(city, language, place)
    await chris.says("/neu schritt 0112/23", "/new step 0112/23")

    await city.restarts()
    await chris.says("Hauptausschuss 14.12.2026")
    await city.restarts()
    await chris.taps("Anhörung", "hearing")
    await city.restarts()
    await chris.taps("öffentlich", "public")
    await chris.taps(*SAVE)
    there = len((await paper(city)).consultations)
    await city.restarts()
    undone = await chris.taps("↶ Rückgängig", "↶ Undo")

    assert there == 3
    assert undone.startswith(chris.reads("↶ Zurückgenommen: 0112/23", "↶ Taken back: 0112/23"))
    assert len((await paper(city)).consultations) == 2


@IN_BOTH_LANGUAGES
async def test_in_a_group_nobody_chooses_confirms_or_answers_for_another(city: City, language: str) -> None:
    chris, alex = await coordination(city, language, "group")
    await chris.says("/neu schritt 0112/23 Hauptausschuss 14.12.2026", "/new step 0112/23 Hauptausschuss 14.12.2026")

    await alex.taps("Entscheidung", "decision")
    alerts = list(alex.chat.alerts)
    await chris.says("/beschluss BeSta", "/decision BeSta")
    await alex.chat.says("Nein.", as_=alex.person, reply_to=alex.chat.last)

    others = ("Diese Schaltfläche ist für jemand anderen bestimmt.", "This button was made for somebody else.")
    assert alerts == [alex.reads(*others)]
    assert (await paper(city)).version == (await programme(city)).version == 1


@EVERYWHERE
async def test_offices_and_guests_keep_no_papers(city: City, language: str, place: str) -> None:
    kim, guest = await members(
        city,
        place,
        await city.person("Kim", offices=("A50",), language=language),
        await city.person("Sam", role=Role.GUEST, language=language),
    )
    wanted = (
        "new step 0112/23 Rat 14.12.2026",
        "new mandate 0112/23 x",
        "new milestone BeSta 05.12.2026 x",
        "mandate 0112/23 result x",
        "decision BeSta x",
    )

    refused = {await kim.says(f"/{words}") for words in wanted}
    kept_out = {await guest.says(f"/{words}") for words in wanted}

    assert [one.startswith(kim.reads(*REFUSED)) for one in refused] == [True]
    assert len(kept_out) == 1 and "Bewerbung" not in str(kept_out)
    assert (await paper(city)).version == (await programme(city)).version == 1


@IN_BOTH_LANGUAGES
async def test_a_hidden_paper_is_unknown_to_coordination_in_a_group(city: City, language: str) -> None:
    chris, _ = await coordination(city, language, "group")

    for words in ("new step {} Rat 14.12.2026", "new mandate {} x", "mandate {} result x"):
        hidden, unknown = [await chris.says("/" + words.format(ref)) for ref in ("0731/26", "0999/26")]
        assert hidden.replace("0731/26", "0999/26") == unknown


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["private", "group"])
async def test_a_mandate_in_a_shape_that_nobody_answers_for_is_not_heard(city: City, place: str, shape: str) -> None:
    chris, _ = await coordination(city, "de", place)

    assert await says_in_shape(chris, "/neu auftrag 0112/23 Kosten ermitteln", shape) == []
    assert (await paper(city)).version == 1


@EVERYWHERE
async def test_an_edited_date_changes_nothing(city: City, language: str, place: str) -> None:
    chris, _ = await coordination(city, language, place)
    await chris.says(*DUE)

    assert await rewrites(chris, "/auftrag 0112/23 frist 22.12.2026") == []
    await chris.taps(*SAVE)

    assert (await paper(city)).mandates[0].due_on == date(2026, 12, 21)
