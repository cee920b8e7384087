"""Where the city stands, and what changed in a record: over HTTP, in both languages, in private and in a group."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from registry.people import Role
from tests.chat.places import EVERYWHERE, IN_BOTH_LANGUAGES, SHAPES, Member, members, rewrites, says_in_shape
from tests.chatting import NOW, City, a_city
from tests.handlers.a_register import fill

SAVE, UNDO = ("✓ Speichern", "✓ Save"), ("↶ Rückgängig", "↶ Undo")
SUMMARY = "/stand", "/summary"
BEFORE_THE_FOLD = 8
WITHHELD = (
    "4 nicht öffentliche Vorgänge – bitte im Fachverfahren ansehen.",
    "4 non-public records – please see the specialist system.",
)


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=True)
        yield running


async def staff(city: City, language: str, place: str) -> tuple[Member, ...]:
    """Kim of coordination, Toni of A50 and Alex of A51."""
    kim = await city.person("Kim", role=Role.COORDINATOR, language=language)
    toni = await city.person("Toni", offices=("A50",), language=language)
    alex = await city.person("Alex", offices=("A51",), language=language)
    return await members(city, place, kim, toni, alex)


async def work(toni: Member, alex: Member) -> None:
    """A51 delivers its part of Q8, A50 hands Q2 back; then the due date passes."""
    await alex.says("/antwort Q8 Es sind zwölf Plätze.", "/answer Q8 Es sind zwölf Plätze.")
    await alex.taps(*SAVE)
    await toni.says("/unzustaendig Q2 Das macht das Jugendamt A51", "/notmine Q2 Das macht das Jugendamt A51")
    await toni.taps(*SAVE)
    toni.chat.city.clock.at = datetime(2026, 12, 17, 9, tzinfo=NOW.tzinfo)


def unfolded(text: str, fold: str) -> list[str]:
    """The lines that are on the screen before anything is unfolded."""
    return [line for line in text[: text.index(fold)].splitlines() if line]


@EVERYWHERE
async def test_coordination_sees_in_eight_lines_what_waits_for_whom(city: City, language: str, place: str) -> None:
    kim, toni, alex = await staff(city, language, place)

    before = unfolded(await kim.says(*SUMMARY), kim.reads("HF 1", "Field 1"))
    await work(toni, alex)
    text = await kim.says(*SUMMARY)
    after = unfolded(text, kim.reads("HF 1", "Field 1"))

    stands = kim.reads(
        "Insgesamt: 1 von 3 Maßnahmen vollständig umgesetzt · Stand 30.06.2026\n●●●●◐◐◐◐◌◌◌◌\n"
        "● 1 vollständig umgesetzt · ◐ 1 teilweise umgesetzt · ◌ 1 Status unklar",
        "Overall: 1 of 3 measures fully implemented · as of 30 Jun 2026\n●●●●◐◐◐◐◌◌◌◌\n"
        "● 1 fully implemented · ◐ 1 partly implemented · ◌ 1 status unclear",
    ).splitlines()
    assert before == [
        *stands,
        *kim.reads(
            "Fragen: 11 von 11 offen · Zuarbeiten: 0 von 10 geliefert\nOhne Amt: Q10 · Unklar: 2.1.M2\n"
            "Überfällig: 1 · A50 1\n"
            "Als Nächstes: Q1 · WLAN in Unterkünften · A50 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)",
            "Inquiries: 11 of 11 open · Contributions: 0 of 10 delivered\nNo office: Q10 · Unclear: 2.1.M2\n"
            "Overdue: 1 · A50 1\n"
            "Next: Q1 · Wi-Fi in homes · A50 · by Wed, 16 Dec 2026 (in 17 working days)",
        ).splitlines(),
    ]
    assert after == [
        *stands,
        *kim.reads(
            "Fragen: 11 von 11 offen · Zuarbeiten: 1 von 9 geliefert\n"
            "Ohne Amt: Q10 · Zurückgegeben: Q2 · Unklar: 2.1.M2\n"
            "Überfällig: 9 · A50 7, D05 1, ohne Amt 1\nZu prüfen: Q8 · A51 1",
            "Inquiries: 11 of 11 open · Contributions: 1 of 9 delivered\n"
            "No office: Q10 · Handed back: Q2 · Unclear: 2.1.M2\n"
            "Overdue: 9 · A50 7, D05 1, no office 1\nWaiting for review: Q8 · A51 1",
        ).splitlines(),
    ]
    assert max(len(before), len(after)) <= BEFORE_THE_FOLD
    assert (kim.reads(*WITHHELD) in text) is (place == "private")
    assert "Geheim" not in text


@EVERYWHERE
async def test_the_summary_leads_to_what_waits(city: City, language: str, place: str) -> None:
    kim, toni, alex = await staff(city, language, place)
    await work(toni, alex)

    await kim.says(*SUMMARY)
    to_review = await kim.taps("Zu prüfen", "To review")
    await kim.says(*SUMMARY)
    no_office = await kim.taps("Ohne Amt", "No office")
    card = await kim.taps("Q10")

    assert to_review.splitlines()[-1].startswith(
        kim.reads("Q8 · Plätze in Sprachkursen · A51", "Q8 · Places in language courses · A51")
    )
    assert [line.split(" · ")[0] for line in no_office.splitlines()[-2:]] == ["Q2", "Q10"]
    assert card.startswith(kim.reads("Q10 · Nächste Fortschreibung", "Q10 · Next revision"))


@EVERYWHERE
async def test_a_scope_stands_by_itself(city: City, language: str, place: str) -> None:
    kim, *_ = await staff(city, language, place)

    office = await kim.says("/stand Sozialamt", "/summary A50")
    whole = await kim.taps("✕ A50")
    none = await kim.says("/stand A11", "/summary A11")
    unknown = await kim.says("/stand A99", "/summary A99")

    assert office.startswith(
        kim.reads(
            "A50 · Amt für Soziales: 1 von 2 Maßnahmen vollständig umgesetzt · Stand 30.06.2026\n",
            "A50 · Social Services Office: 1 of 2 measures fully implemented · as of 30 Jun 2026\n",
        )
    )
    assert whole.startswith(kim.reads("Insgesamt: 1 von 3 ", "Overall: 1 of 3 "))
    assert none.startswith(
        kim.reads("A11 · Personal- und Organisationsamt: keine Maßnahmen", "A11 · Human Resources Office: no measures")
    )
    assert unknown == kim.reads("Nicht verstanden: „A99“.", "Not understood: “A99”.")


@EVERYWHERE
async def test_office_staff_see_the_work_and_not_coordinations(city: City, language: str, place: str) -> None:
    _, toni, _ = await staff(city, language, place)

    text = await toni.says(*SUMMARY)

    assert toni.reads("Zu klären: 2.1.M2, Q10", "To be settled: 2.1.M2, Q10") in text
    assert toni.chat.buttons == [toni.reads("Was ist offen?", "What is open?"), toni.reads("Überfällig", "Overdue")]


@EVERYWHERE
async def test_guests_learn_nothing_in_private_and_the_public_part_in_a_group(
    city: City, language: str, place: str
) -> None:
    [robin] = await members(city, place, await city.person("Robin", role=Role.GUEST, language=language))

    answers = [
        await robin.says(*SUMMARY),
        await robin.says("/verlauf 1.5.M1", "/history 1.5.M1"),
        await robin.says("/verlauf 7.1.M1", "/history 7.1.M1"),
        await robin.says("/verlauf 9.9.M9", "/history 9.9.M9"),
    ]

    if place == "private":
        assert len(set(answers)) == 1
        assert "1.5.M1" not in answers[0]
    else:
        assert answers[0].startswith(robin.reads("Insgesamt: 1 von 3 ", "Overall: 1 of 3 "))
        assert answers[1].startswith(robin.reads("1.5.M1: 2 Änderungen", "1.5.M1: 2 changes"))
    assert answers[2] == answers[3].replace("9.9.M9", "7.1.M1")
    assert robin.reads(*WITHHELD) not in answers[0]


@EVERYWHERE
async def test_the_history_says_when_what_from_what_to_what_why_and_for_whom(
    city: City, language: str, place: str
) -> None:
    kim, toni, _ = await staff(city, language, place)
    await toni.says("/status 1.5.M1 voll Alle Häuser sind angeschlossen")
    await toni.taps(*SAVE)
    await kim.says("/aendern 1.5.M1 Frist 31.12.2027", "/edit 1.5.M1 deadline 31.12.2027")
    await kim.taps(*SAVE)
    await kim.taps(*UNDO)

    text = await kim.says("/verlauf 1.5.M1", "/history 1.5.M1")
    card = await kim.taps("‹ Zu 1.5.M1", "‹ To 1.5.M1")
    back = await kim.taps("Verlauf", "History")

    lines = text.splitlines()
    assert lines[0] == kim.reads("1.5.M1: 7 Änderungen", "1.5.M1: 7 changes")
    undone, edited = lines[2], lines[3]
    assert undone == kim.reads(
        "Mo., 23.11.2026, 09:00 Uhr · Frist · 31.12.2027 → 4. Quartal 2025 · zurückgenommen · Koordination",
        "Mon, 23 Nov 2026, 09:00 · deadline · 31.12.2027 → 4. Quartal 2025 · taken back · coordination",
    )
    assert edited == kim.reads(
        "Mo., 23.11.2026, 09:00 Uhr · Frist · 4. Quartal 2025 → 31.12.2027 · Koordination",
        "Mon, 23 Nov 2026, 09:00 · deadline · 4. Quartal 2025 → 31.12.2027 · coordination",
    )
    by_office = [
        line for line in lines[4:] if line.endswith(kim.reads("A50 · Amt für Soziales", "A50 · Social Services Office"))
    ]
    assert [line.split(" · ")[1] for line in by_office] == kim.reads(
        "Stand,aktueller Stand,Status", "as of,current state,status"
    ).split(",")
    assert not any(name in text for name in ("Kim", "Toni"))
    assert card.startswith("1.5.M1 · ")
    assert back == text


@EVERYWHERE
async def test_internal_notes_are_in_the_history_in_private_alone(city: City, language: str, place: str) -> None:
    kim, toni, _ = await staff(city, language, place)
    [reader] = await members(city, place, await city.person("Sascha", role=Role.READER, language=language))
    await toni.says("/notiz Q1 Zahlen am Montag", "/note Q1 Zahlen am Montag")
    await toni.taps(*SAVE)

    told = await kim.says("/verlauf Q1", "/history Q1")
    read = await reader.says("/verlauf Q1", "/history Q1")

    assert ("Zahlen am Montag" in told) is (place == "private")
    assert told.startswith(
        kim.reads("Q1: 3 Änderungen", "Q1: 3 changes")
        if place == "private"
        else kim.reads("Q1: 2 Änderungen", "Q1: 2 changes")
    )
    assert "Zahlen am Montag" not in read


@EVERYWHERE
async def test_a_history_asked_without_a_number_says_what_to_name(city: City, language: str, place: str) -> None:
    kim, *_ = await staff(city, language, place)

    assert await kim.says("/verlauf", "/history") == kim.reads(
        "Welchen Vorgang meinen Sie?\nNennen Sie die Nummer, zum Beispiel: 1.5.M1, Q12 oder 0112/23",
        "Which record do you mean?\nName its number, for example: 1.5.M1, Q12 or 0112/23",
    )
    assert await kim.says("/verlauf 9.9.M9", "/history 9.9.M9") == kim.reads(
        "9.9.M9 finde ich im Register nicht.", "I do not find 9.9.M9 in the register."
    )
    assert kim.chat.buttons == [kim.reads("Was ist offen?", "What is open?"), kim.reads("Hilfe", "Help")]


@IN_BOTH_LANGUAGES
async def test_in_a_group_somebody_elses_press_is_answered_as_their_own(city: City, language: str) -> None:
    """What a list shows is asked anew for whoever presses; nobody sees more by another's message."""
    kim, toni, _ = await staff(city, language, "group")
    await kim.says("/stand HF 1", "/summary HF 1")

    text = await toni.taps("✕ HF 1 · Wohnen", "✕ Field 1 · Wohnen")

    assert toni.reads("Zu klären: 2.1.M2, Q10", "To be settled: 2.1.M2, Q10") in text


@EVERYWHERE
async def test_buttons_of_a_summary_outlive_a_restart_and_a_lost_role(city: City, language: str, place: str) -> None:
    kim, *_ = await staff(city, language, place)
    await kim.says(*SUMMARY)

    await city.restarts()
    await kim.taps("Ohne Amt", "No office")
    first = kim.chat.last.text
    await kim.says(*SUMMARY)
    summary = kim.chat.last
    await city.store.people.set_role(kim.person.id, Role.GUEST)
    before = summary.text
    await kim.taps("Ohne Amt", "No office", on=summary)

    assert "Q10" in first
    assert (summary.text == before) is (place == "private")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["private", "group"])
async def test_nothing_is_told_in_a_shape_that_nobody_answers_for(city: City, place: str, shape: str) -> None:
    kim, *_ = await staff(city, "de", place)

    assert [await says_in_shape(kim, text, shape) for text in ("/stand", "/verlauf 1.5.M1")] == [[], []]


@EVERYWHERE
async def test_an_edited_question_is_not_asked_again(city: City, language: str, place: str) -> None:
    kim, *_ = await staff(city, language, place)
    before = await kim.says(*SUMMARY)

    assert await rewrites(kim, "/stand A50") == []
    assert before.startswith(kim.reads("Insgesamt: ", "Overall: "))
