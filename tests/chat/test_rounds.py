"""Evaluation rounds over HTTP, through the local Bot API: in both languages, in private and in a group."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from registry.measures import Status
from registry.people import Role
from registry.reading import Form, Reading
from registry.rounds import EvaluationRound, RoundState
from tests.chat.places import (
    EVERYTHING,
    EVERYWHERE,
    IN_BOTH_LANGUAGES,
    SHAPES,
    WAITS,
    Member,
    members,
    plain,
    rewrites,
    says_in_shape,
    toasts,
    told,
)
from tests.chatting import City, a_city
from tests.handlers.a_register import CONCEPT, IMPORTED_AT, fill

JUNE, OCTOBER = date(2026, 6, 30), date(2026, 10, 31)
IN_JUNE = "Zwei von fünf Häusern sind angeschlossen."
OPENING = "/runde eröffnen 31.10.2026 bis 15.01.2027", "/round open 31.10.2026 due 15.01.2027"
OPEN = "✓ Eröffnen", "✓ Open the round"
CLOSE = "✓ Abschließen", "✓ Close the round"
SAVE, UNDO = ("✓ Speichern", "✓ Save"), ("↶ Rückgängig", "↶ Undo")
UNCHANGED, NEW_TEXT = ("✓ Unverändert", "✓ Unchanged"), ("✎ Neuer Text", "✎ New text")
PARTLY, NEXT = ("◐ teilweise", "◐ partly"), ("Nächste Maßnahme ›", "Next measure ›")
SAVED = "✓ Gespeichert.", "✓ Saved."
OF_OCTOBER = "Integrationskonzept, Stichtag Sa., 31.10.2026", "Integrationskonzept as of Sat, 31 Oct 2026"


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=True)
        await lay_round(running, EvaluationRound(concept=CONCEPT, as_of=JUNE))
        yield running


async def lay_round(city: City, one: EvaluationRound) -> None:
    reading = Reading(source="evaluation.txt", form=Form.EVALUATION, rounds=(one,))
    await city.store.apply(reading, public=True, by="operator", at=IMPORTED_AT)


async def staff(city: City, language: str, place: str) -> tuple[Member, ...]:
    """Kim of coordination, Toni of A50 and Alex of A51."""
    kim = await city.person("Kim", role=Role.COORDINATOR, language=language)
    toni = await city.person("Toni", offices=("A50",), language=language)
    alex = await city.person("Alex", offices=("A51",), language=language)
    return await members(city, place, kim, toni, alex)


async def opened(city: City, language: str, place: str) -> tuple[Member, ...]:
    people = await staff(city, language, place)
    await people[0].says(*OPENING)
    await people[0].taps(*OPEN)
    return people


async def close(kim: Member) -> str:
    await kim.says("/runde schließen", "/round close")
    return await kim.taps(*CLOSE)


async def report_everything(kim: Member) -> None:
    for report in ("1.5.M1 voll Fertig", "1.5.M2 voll", "2.1.M2 teil Kurse laufen"):
        await kim.says(f"/status {report}")
        await kim.taps(*SAVE)


async def states(city: City) -> dict[date, RoundState]:
    return {one.as_of: one.state for one in await city.store.register(EVERYTHING).rounds()}


async def reported(city: City, as_of: date = OCTOBER) -> dict[str, tuple[Status, str]]:
    """What the round of that day says of each measure."""
    register = city.store.register(EVERYTHING)
    one = EvaluationRound(concept=CONCEPT, as_of=as_of)
    return {said.number: (said.status, said.current_state) for said in await register.reported(one)}


async def as_of(city: City, number: str) -> date | None:
    measure = await city.store.register(EVERYTHING).measure(number)
    assert measure is not None
    return measure.as_of


@EVERYWHERE
async def test_a_round_is_opened_in_one_line_and_a_tap(city: City, language: str, place: str) -> None:
    kim, toni, _ = await staff(city, language, place)

    none = await toni.says("/runde", "/round")
    preview = await kim.says(*OPENING)
    answer = await kim.taps(*OPEN)
    progress = await kim.taps("Stand der Meldungen", "Progress")
    owed = await kim.taps("A50")

    assert none == toni.reads(
        "Zurzeit läuft keine Evaluation.\n"
        "Die nächste eröffnet die Koordination. Bis dahin melden Sie mit /status, wie weit eine Maßnahme ist.",
        "No evaluation round is open.\n"
        "Coordination opens the next one. Until then, /status reports how far a measure is.",
    )
    assert preview == kim.reads(
        f"{OF_OCTOBER[0]}\nDie Ämter melden bis Fr., 15.01.2027.\nGefragt wird nach 3 Maßnahmen.\n\n"
        "Diese Evaluation eröffnen?",
        f"{OF_OCTOBER[1]}\nOffices report by Fri, 15 Jan 2027.\n3 measures are asked about.\n\n"
        "Open this evaluation round?",
    )
    assert answer == kim.reads(
        f"✓ Die Evaluation ist eröffnet.\n{OF_OCTOBER[0]}\nDie Ämter melden bis Fr., 15.01.2027, jeweils mit /runde.",
        f"✓ The evaluation round is open.\n{OF_OCTOBER[1]}\nOffices report by Fri, 15 Jan 2027, each with /round.",
    )
    assert progress == kim.reads(
        "Evaluation zum 31.10.2026: 0 von 3 Maßnahmen gemeldet\n"
        "Integrationskonzept · bis Fr., 15.01.2027 (in 37 Arbeitstagen)\n\n"
        "A50: 0 von 2 gemeldet\nA51: 0 von 1 gemeldet",
        "Evaluation as of 31 Oct 2026: 0 of 3 measures reported\n"
        "Integrationskonzept · by Fri, 15 Jan 2027 (in 37 working days)\n\n"
        "A50: 0 of 2 reported\nA51: 0 of 1 reported",
    )
    assert owed.splitlines()[0] == kim.reads(
        "A50 · Amt für Soziales: noch 2 Maßnahmen zu melden", "A50 · Social Services Office: 2 measures still to report"
    )
    assert await states(city) == {OCTOBER: RoundState.OPEN, JUNE: RoundState.CLOSED}


@EVERYWHERE
async def test_a_round_is_opened_step_by_step(city: City, language: str, place: str) -> None:
    kim, *_ = await staff(city, language, place)

    asked = await kim.says("/runde eröffnen", "/round open")
    unread = await kim.says("demnächst", "some day")
    too_early = await kim.says("30.06.2026")
    due = await kim.says("31.10.2026")
    gone = await kim.says("01.11.2026")
    preview = await kim.says("in 8 Wochen", "in 8 weeks")
    await kim.taps(*OPEN)

    as_of_day = kim.reads(
        "Zu welchem Stichtag sollen die Ämter melden? Zum Beispiel 31.12.2026.\n",
        "As of which day shall offices report? For example 31 Dec 2026.\n",
    )
    assert asked == kim.reads(
        f"Integrationskonzept\n{as_of_day}{WAITS[place][0]}",
        f"Integrationskonzept\n{as_of_day}{WAITS[place][1]}",
    )
    assert unread.startswith(
        kim.reads("Das Datum „demnächst“ verstehe ich nicht.\n", "I do not understand the date “some day”.\n")
    )
    assert too_early == asked.replace(
        "Integrationskonzept\n",
        kim.reads(
            "Der Stichtag muss nach denen der früheren Evaluationen liegen.\nIntegrationskonzept\n",
            "A new round looks at a later day than the rounds before it.\nIntegrationskonzept\n",
        ),
    )
    assert due.splitlines()[:2] == [
        kim.reads(*OF_OCTOBER),
        kim.reads(
            "Bis wann sollen die Ämter melden? Zum Beispiel 04.01.2027 oder in 6 Wochen.",
            "By when shall offices report? For example 4 Jan 2027 or in 6 weeks.",
        ),
    ]
    assert gone.splitlines()[0] == kim.reads(
        "Die Frist muss noch bevorstehen und darf nicht vor dem Stichtag liegen.",
        "Offices need a due date that is still to come, and not before the day looked at.",
    )
    assert kim.reads("melden bis Mo., 18.01.2027.", "report by Mon, 18 Jan 2027.") in preview
    assert (await states(city))[OCTOBER] is RoundState.OPEN


@EVERYWHERE
async def test_what_opens_a_round_by_example_opens_one(city: City, language: str, place: str) -> None:
    kim, *_ = await staff(city, language, place)
    answer = await kim.says("/runde", "/round")
    example = answer[answer.index("/") :]

    await kim.says(example)
    await kim.taps(*OPEN)

    assert await states(city) == {date(2026, 12, 31): RoundState.OPEN, JUNE: RoundState.CLOSED}


@EVERYWHERE
async def test_offices_report_one_measure_after_the_other(city: City, language: str, place: str) -> None:
    _, toni, alex = await opened(city, language, place)

    first = await toni.says("/runde", "/round")
    prompt = await toni.taps(*NEW_TEXT)
    preview = await toni.says("Drei von fünf Häusern sind angeschlossen.")
    await toni.taps(*SAVE)
    second = await toni.taps(*NEXT)
    unchanged = await toni.taps(*UNCHANGED)
    done = await toni.taps(*NEXT)
    unclear = await alex.says("/runde", "/round")
    settled = await alex.taps(*PARTLY)
    await alex.taps(*SAVE)

    until = toni.reads(
        "Stand 31.10.2026 · bis Fr., 15.01.2027 (in 37 Arbeitstagen)\n",
        "as of 31 Oct 2026 · by Fri, 15 Jan 2027 (in 37 working days)\n",
    )
    assert first == toni.reads(
        f"A50: 0 von 2 gemeldet\n{until}\n1.5.M1 · WLAN in allen Unterkünften\n"
        f"◐ teilweise umgesetzt · Stand 30.06.2026\n{IN_JUNE}\n\nWie ist der Stand zum 31.10.2026?",
        f"A50: 0 of 2 reported\n{until}\n1.5.M1 · Wi-Fi in all homes\n"
        f"◐ partly implemented · as of 30 Jun 2026\n{IN_JUNE}\n\nHow does it stand as of 31 Oct 2026?",
    )
    assert IN_JUNE in prompt
    assert preview.splitlines()[1:5] == [
        toni.reads("Aktueller Stand:", "Current state:"),
        "Drei von fünf Häusern sind angeschlossen.",
        toni.reads("Stand: Di., 30.06.2026 → Sa., 31.10.2026", "As of: Tue, 30 Jun 2026 → Sat, 31 Oct 2026"),
        toni.reads("Der Status bleibt ◐ teilweise umgesetzt.", "The status stays ◐ partly implemented."),
    ]
    assert second.startswith(toni.reads("A50: 1 von 2 gemeldet\n", "A50: 1 of 2 reported\n"))
    assert unchanged == toni.reads(
        "✓ Gespeichert.\n1.5.M2 · Beratung vor Ort\nStand: Di., 30.06.2026 → Sa., 31.10.2026\n"
        "Status und aktueller Stand bleiben, wie sie sind.",
        "✓ Saved.\n1.5.M2 · Beratung vor Ort\nAs of: Tue, 30 Jun 2026 → Sat, 31 Oct 2026\n"
        "Status and current state stay as they are.",
    )
    assert done.splitlines()[:2] == [
        toni.reads("✓ Alles gemeldet. Vielen Dank!", "✓ All reported. Thank you!"),
        toni.reads("✓ A50: 2 von 2 gemeldet", "✓ A50: 2 of 2 reported"),
    ]
    assert unclear.endswith(alex.reads("Der Status ist unklar. Welcher gilt?", "Its status is unclear. Which is it?"))
    assert alex.reads("teilweise umgesetzt\nStand: Di.,", "partly implemented\nAs of: Tue,") in settled
    assert await reported(city) == {
        "1.5.M1": (Status.PARTLY, "Drei von fünf Häusern sind angeschlossen."),
        "1.5.M2": (Status.FULLY, ""),
        "2.1.M2": (Status.PARTLY, ""),
    }


@EVERYWHERE
async def test_a_round_is_closed_and_says_who_has_not_reported(city: City, language: str, place: str) -> None:
    kim, toni, _ = await opened(city, language, place)
    await toni.says("/runde", "/round")
    await toni.taps(*UNCHANGED)

    preview = await kim.says("/runde schließen", "/round close")
    answer = await kim.taps(*CLOSE)
    again = await kim.says("/runde schließen", "/round close")

    assert preview == kim.reads(
        f"{OF_OCTOBER[0]}\nEvaluation zum 31.10.2026: 1 von 3 Maßnahmen gemeldet\n"
        "Es fehlen noch Meldungen von: A50, A51\n"
        "Was darin steht, bleibt so, solange die Koordination sie nicht wieder öffnet.\n\n"
        "Diese Evaluation abschließen?",
        f"{OF_OCTOBER[1]}\nEvaluation as of 31 Oct 2026: 1 of 3 measures reported\n"
        "Reports are missing from: A50, A51\n"
        "What it says stays so, unless coordination opens it again.\n\n"
        "Close this evaluation round?",
    )
    assert answer == kim.reads(
        f"✓ Die Evaluation ist abgeschlossen.\n{OF_OCTOBER[0]}", f"✓ The evaluation round is closed.\n{OF_OCTOBER[1]}"
    )
    assert again == kim.reads(
        f"Diese Evaluation ist bereits abgeschlossen.\n{OF_OCTOBER[0]}",
        f"This evaluation round is closed already.\n{OF_OCTOBER[1]}",
    )
    assert await states(city) == {OCTOBER: RoundState.CLOSED, JUNE: RoundState.CLOSED}


@EVERYWHERE
async def test_what_a_closed_round_says_never_changes(city: City, language: str, place: str) -> None:
    kim, toni, _ = await opened(city, language, place)
    await report_everything(kim)
    await close(kim)

    preview = await toni.says("/status 1.5.M1 nicht Alles abgebaut")
    await toni.taps(*SAVE)
    older = await kim.says("/runde wiedereröffnen 30.06.2026", "/round reopen 30.06.2026")
    shown = await kim.says("/runde 30.06.2026", "/round 30.06.2026")

    today = toni.reads("Stand: Sa., 31.10.2026 → Mo., 23.11.2026", "As of: Sat, 31 Oct 2026 → Mon, 23 Nov 2026")
    assert today in preview
    assert (await reported(city))["1.5.M1"] == (Status.FULLY, "Fertig")
    assert older.startswith(
        kim.reads(
            "Danach gab es eine weitere Evaluation; diese bleibt deshalb, wie sie ist.\n",
            "A later round came after it, so it stays as it is.\n",
        )
    )
    assert (
        shown.splitlines()[:2]
        == kim.reads(
            "Evaluation zum 30.06.2026: 3 von 3 Maßnahmen gemeldet\nIntegrationskonzept · abgeschlossen",
            "Evaluation as of 30 Jun 2026: 3 of 3 measures reported\nIntegrationskonzept · closed",
        ).splitlines()
    )
    assert kim.chat.buttons == [kim.reads("Evaluationen", "Evaluation rounds")]


@EVERYWHERE
async def test_a_closed_round_is_opened_again_for_a_reason(city: City, language: str, place: str) -> None:
    kim, toni, _ = await opened(city, language, place)
    await report_everything(kim)
    await close(kim)

    asked = await kim.taps("Wieder öffnen", "Open it again")
    preview = await kim.says("Das Sozialamt reicht Zahlen nach.")
    await kim.taps("✓ Wieder öffnen", "✓ Open it again")
    progress = await kim.taps("Stand der Meldungen", "Progress")
    await toni.says("/status 1.5.M1 teil Nachgereicht")
    await toni.taps(*SAVE)

    assert kim.reads("Warum soll sie wieder geöffnet werden?", "Why shall it be opened again?") in asked
    assert preview == kim.reads(
        f"{OF_OCTOBER[0]}\nDie Ämter können wieder melden; bis dahin bleibt, was sie gemeldet haben.\n"
        "Grund: Das Sozialamt reicht Zahlen nach.\n\nDiese Evaluation wieder öffnen?",
        f"{OF_OCTOBER[1]}\nOffices may report again; what they said stays until then.\n"
        "Reason: Das Sozialamt reicht Zahlen nach.\n\nOpen this evaluation round again?",
    )
    assert progress.splitlines()[2] == kim.reads(
        "Wieder geöffnet: Das Sozialamt reicht Zahlen nach.", "Opened again: Das Sozialamt reicht Zahlen nach."
    )
    assert (await reported(city))["1.5.M1"] == (Status.PARTLY, "Nachgereicht")


@EVERYWHERE
async def test_two_rounds_are_compared(city: City, language: str, place: str) -> None:
    kim, toni, _ = await opened(city, language, place)
    await toni.says("/status 1.5.M1 voll Fertig")
    await toni.taps(*SAVE)
    await toni.says("/runde", "/round")
    await toni.taps(*UNCHANGED)
    await close(kim)

    compared = await kim.taps("Vergleichen", "Compare")
    card = await kim.taps("1.5.M1")

    assert compared == kim.reads(
        "Vom 30.06.2026 zum 31.10.2026: Integrationskonzept\n1 verändert · 1 gleich geblieben · 1 nicht gemeldet\n\n"
        "Verändert\n1.5.M1 · WLAN in allen Unterkünften · ◐ teilweise umgesetzt → ● vollständig umgesetzt\n"
        "Nicht gemeldet\n2.1.M2 · Sprachkurse für Jugendliche · ◌ Status unklar",
        "From 30 Jun 2026 to 31 Oct 2026: Integrationskonzept\n1 moved · 1 stayed as it was · 1 not reported\n\n"
        "Moved\n1.5.M1 · Wi-Fi in all homes · ◐ partly implemented → ● fully implemented\n"
        "Not reported\n2.1.M2 · Language courses for young people · ◌ status unclear",
    )
    assert card.startswith("1.5.M1 · ")


@EVERYWHERE
async def test_of_two_coordinators_who_open_at_once_one_does(city: City, language: str, place: str) -> None:
    people = [await city.person(name, role=Role.COORDINATOR, language=language) for name in ("Kim", "Toni")]
    both = await members(city, place, *people)
    previews = []
    for one in both:
        await one.says(*OPENING)
        previews.append(one.chat.last)

    for one, preview in zip(both, previews, strict=True):
        one.presses(*OPEN, on=preview)
    await city.settled()

    assert sorted(told(preview).splitlines()[0] for preview in previews) == sorted(
        both[0].reads(*line)
        for line in (
            ("✓ Die Evaluation ist eröffnet.", "✓ The evaluation round is open."),
            (
                "Zu diesem Konzept läuft bereits eine Evaluation. Bitte schließen Sie diese zuerst.",
                "A round of this concept is open already. Close it first.",
            ),
        )
    )
    assert await states(city) == {OCTOBER: RoundState.OPEN, JUNE: RoundState.CLOSED}


@EVERYWHERE
async def test_of_two_who_report_a_measure_at_once_the_second_sees_the_first(
    city: City, language: str, place: str
) -> None:
    await opened(city, language, "private")
    people = [await city.person(name, offices=("A50",), language=language) for name in ("Robin", "Sascha")]
    both = await members(city, place, *people)
    shown = []
    for one, status in zip(both, ("voll Alles fertig", "nicht Alles abgebaut"), strict=True):
        await one.says(f"/status 1.5.M1 {status}")
        shown.append(one.chat.last)

    for one, preview in zip(both, shown, strict=True):
        one.presses(*SAVE, on=preview)
    await city.settled()

    first_lines = [told(preview).splitlines()[0] for preview in shown]
    changed = (
        "⚠ Der Vorgang wurde inzwischen geändert. So sähe er nun aus:",
        "⚠ The record was changed in the meantime. This is what it would be now:",
    )
    assert sorted(first_lines) == sorted(both[0].reads(*line) for line in (SAVED, changed))
    assert (await reported(city))["1.5.M1"] in {
        (Status.FULLY, "Alles fertig"),
        (Status.NOT_IMPLEMENTED, "Alles abgebaut"),
    }


@EVERYWHERE
async def test_nothing_is_confirmed_to_a_round_that_was_closed_meanwhile(city: City, language: str, place: str) -> None:
    kim, toni, _ = await opened(city, language, place)
    await kim.says("/status 2.1.M2 teil")
    await kim.taps(*SAVE)
    await toni.says("/runde", "/round")
    question = toni.chat.last
    await close(kim)

    await toni.taps(*UNCHANGED, on=question)

    assert told(question).startswith(
        toni.reads(
            "Zurzeit läuft keine Evaluation; es gibt nichts zu bestätigen.\n1.5.M1 · ",
            "No evaluation round is open; there is nothing to confirm.\n1.5.M1 · ",
        )
    )
    assert await reported(city) == {"2.1.M2": (Status.PARTLY, "")}
    assert await as_of(city, "1.5.M1") == JUNE


@EVERYWHERE
async def test_a_report_to_a_round_that_closed_meanwhile_is_shown_anew(city: City, language: str, place: str) -> None:
    kim, toni, _ = await opened(city, language, place)
    await report_everything(kim)
    await toni.says("/status 1.5.M1 teil Neue Zahlen")
    preview = toni.chat.last
    await close(kim)

    await toni.taps(*SAVE, on=preview)
    shown, unsaved = told(preview), await as_of(city, "1.5.M1")
    await toni.taps(*SAVE, on=preview)

    assert shown.startswith(
        toni.reads(
            "⚠ Inzwischen wurde eine Evaluation eröffnet oder abgeschlossen. So sähe es nun aus:\n\n1.5.M1 · ",
            "⚠ An evaluation round began or ended in the meantime. This is what it would be now:\n\n1.5.M1 · ",
        )
    )
    assert toni.reads("→ Mo., 23.11.2026", "→ Mon, 23 Nov 2026") in shown
    assert unsaved == OCTOBER
    assert await as_of(city, "1.5.M1") == date(2026, 11, 23)
    assert (await reported(city))["1.5.M1"] == (Status.FULLY, "Fertig")


@EVERYWHERE
async def test_a_question_of_one_round_is_not_answered_to_the_next(city: City, language: str, place: str) -> None:
    kim, toni, _ = await opened(city, language, place)
    await toni.says("/runde", "/round")
    question = toni.chat.last
    await kim.says("/status 2.1.M2 teil")
    await kim.taps(*SAVE)
    await close(kim)
    await kim.says("/runde eröffnen 15.11.2026 bis 15.01.2027", "/round open 15.11.2026 due 15.01.2027")
    await kim.taps(*OPEN)

    await toni.taps(*UNCHANGED, on=question)

    assert told(question).startswith("⚠ ")
    assert toni.reads("→ So., 15.11.2026", "→ Sun, 15 Nov 2026") in told(question)
    assert await as_of(city, "1.5.M1") == JUNE


@EVERYWHERE
async def test_the_way_through_the_measures_outlives_restarts(city: City, language: str, place: str) -> None:
    _, toni, _ = await opened(city, language, place)
    await toni.says("/runde", "/round")

    await city.restarts()
    await toni.taps(*NEW_TEXT)
    await city.restarts()
    preview = await toni.says("Vier von fünf Häusern sind angeschlossen.")
    await city.restarts()
    saved = await toni.taps(*SAVE)
    await city.restarts()
    second = await toni.taps(*NEXT)

    assert "Vier von fünf Häusern sind angeschlossen." in preview
    assert saved.startswith(toni.reads(*SAVED))
    assert "\n1.5.M2 · Beratung vor Ort\n" in second
    assert await reported(city) == {"1.5.M1": (Status.PARTLY, "Vier von fünf Häusern sind angeschlossen.")}


@EVERYWHERE
async def test_a_double_tap_confirms_and_opens_once(city: City, language: str, place: str) -> None:
    kim, toni, _ = await staff(city, language, place)
    await kim.says(*OPENING)
    for _ in range(3):
        kim.presses(*OPEN)
    await city.settled()

    await toni.says("/runde", "/round")
    for _ in range(3):
        toni.presses(*UNCHANGED)
    await city.settled()

    saved, done = kim.reads("Gespeichert.", "Saved."), kim.reads("Schon erledigt.", "Done already.")
    assert toasts(city) == [saved, done, done] * 2
    assert await states(city) == {OCTOBER: RoundState.OPEN, JUNE: RoundState.CLOSED}
    assert await reported(city) == {"1.5.M1": (Status.PARTLY, IN_JUNE)}


@EVERYWHERE
async def test_who_lost_the_role_after_the_preview_opens_no_round(city: City, language: str, place: str) -> None:
    kim, *_ = await staff(city, language, place)
    await kim.says(*OPENING)
    await city.store.people.set_role(kim.person.id, Role.EDITOR, ("A50",))

    await kim.taps(*OPEN)

    refusal = kim.reads(
        "Das darf nur die Koordination. Bitte wenden Sie sich an sie.",
        "Only coordination may do that. Please ask it to do so.",
    )
    assert refusal in (told(kim.chat.last), *kim.chat.alerts)
    assert await states(city) == {JUNE: RoundState.CLOSED}


@IN_BOTH_LANGUAGES
async def test_in_a_group_each_answers_for_themselves(city: City, language: str) -> None:
    kim, toni, alex = await opened(city, language, "group")
    group = kim.chat
    refusal = kim.reads(
        "Diese Schaltfläche ist für jemand anderen bestimmt.", "This button was made for somebody else."
    )

    await toni.says("/runde", "/round")
    await alex.taps(*UNCHANGED)
    by_another = group.alerts
    await toni.taps(*NEW_TEXT)
    prompt = group.last
    [chatter] = await group.says("Alles fertig", as_=alex.person, reply_to=prompt)
    await kim.says("/runde schließen", "/round close")
    await alex.taps(*CLOSE)

    assert (by_another, group.alerts) == ([refusal], [refusal])
    assert prompt.asked == (toni.person.id,)
    assert kim.reads("So speichern?", "Save this?") not in plain(chatter)
    assert await reported(city) == {}
    assert (await states(city))[OCTOBER] is RoundState.OPEN


@EVERYWHERE
async def test_office_staff_neither_open_nor_close_and_guests_do_nothing(city: City, language: str, place: str) -> None:
    _, toni, _ = await opened(city, language, place)
    [robin] = await members(city, place, await city.person("Robin", role=Role.GUEST, language=language))
    refused = toni.reads(
        "Das darf nur die Koordination. Bitte wenden Sie sich an sie.",
        "Only coordination may do that. Please ask it to do so.",
    )

    answers = [
        await toni.says("/runde schließen", "/round close"),
        await toni.says("/runde eröffnen 30.11.2026 bis 15.01.2027", "/round open 30.11.2026 due 15.01.2027"),
    ]
    guest = [
        await robin.says("/runde", "/round"),
        await robin.says("/runde schließen", "/round close"),
        await robin.says("/runde Quatsch", "/round nonsense"),
    ]

    assert answers == [refused, refused]
    assert len(set(guest)) == 1
    # Who reads along in a group is told as much as a reader.
    assert guest[0].startswith(robin.reads("Ihre Rolle", "Your role")) is (place == "group")
    assert "2026" not in guest[0]
    assert await states(city) == {OCTOBER: RoundState.OPEN, JUNE: RoundState.CLOSED}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["private", "group"])
async def test_nobody_runs_rounds_in_a_shape_that_nobody_answers_for(city: City, place: str, shape: str) -> None:
    kim, *_ = await opened(city, "de", place)

    answers = [
        await says_in_shape(kim, text, shape)
        for text in ("/runde schließen", "/runde", "/runde wiedereröffnen", "/runde vergleichen")
    ]

    assert answers == [[], [], [], []]


@EVERYWHERE
async def test_an_edited_command_opens_no_other_round(city: City, language: str, place: str) -> None:
    kim, *_ = await staff(city, language, place)
    await kim.says(*OPENING)

    answers = await rewrites(kim, kim.reads("/runde eröffnen 15.11.2026 bis 15.01.2027", "/round open 15.11.2026"))
    await kim.taps(*OPEN)

    assert answers == []
    assert await states(city) == {OCTOBER: RoundState.OPEN, JUNE: RoundState.CLOSED}
