"""Replies to a message that lists records, and wishes in one's own words, over HTTP, in both languages and places."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.playground.chats import Message
from registry.inquiries import ContributionStatus, Inquiry
from registry.measures import Measure, Status
from registry.people import Role
from tests.chat.places import (
    EVERYTHING,
    EVERYWHERE,
    IN_BOTH_LANGUAGES,
    SHAPES,
    Member,
    members,
    plain,
    says_in_shape,
    told,
)
from tests.chatting import City, a_city
from tests.handlers.a_register import fill

SAVE = ("✓ Speichern", "✓ Save")
ASK = ("@amtsbote_bot was ist offen für A50", "@amtsbote_bot what is open for A50")


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=True)
        yield running


async def staff(city: City, language: str, place: str) -> tuple[Member, ...]:
    """Social services and coordination."""
    kim = await city.person("Kim", offices=("A50",), language=language)
    return await members(city, place, kim, await city.person("Chris", role=Role.COORDINATOR, language=language))


async def listed(one: Member, german: str = ASK[0], english: str = ASK[1]) -> Message:
    await one.says(german, english)
    return one.chat.last


async def replies(one: Member, to: Message, german: str, english: str) -> str:
    [answer] = await one.chat.says(one.reads(german, english), as_=one.person, reply_to=to)
    return plain(answer)


async def measure(city: City) -> Measure:
    found = await city.store.register(EVERYTHING).subject("1.5.M1")
    assert isinstance(found, Measure)
    return found


async def inquiry(city: City, number: str) -> Inquiry:
    found = await city.store.register(EVERYTHING).subject(number)
    assert isinstance(found, Inquiry)
    return found


@EVERYWHERE
async def test_an_item_is_reported_by_its_place_in_the_list(city: City, language: str, place: str) -> None:
    kim, _ = await staff(city, language, place)
    listing = await listed(kim)

    shown = await replies(kim, listing, "1 voll: Alles fertig", "1 fully: all done")
    await kim.taps(*SAVE)

    assert told(listing).splitlines()[2].startswith("1.5.M1 · ")
    assert kim.reads("● vollständig umgesetzt\n", "● fully implemented\n") in shown
    assert kim.reads("Aktueller Stand:\nAlles fertig", "Current state:\nall done") in shown
    known = await measure(city)
    assert (known.status, known.current_state) == (Status.FULLY, kim.reads("Alles fertig", "all done"))


@EVERYWHERE
async def test_an_item_goes_to_another_office_or_gets_another_date(city: City, language: str, place: str) -> None:
    _, chris = await staff(city, language, place)
    listing = await listed(chris, "@amtsbote_bot offene Fragen A51", "@amtsbote_bot open inquiries A51")

    routed = await replies(chris, listing, "1 an A11", "1 to A11")
    await chris.taps(*SAVE)
    dated = await replies(chris, listing, "1 bis 31.12.", "1 until 31.12.")
    await chris.taps(*SAVE)

    assert routed.startswith(chris.reads("Q8 · Plätze in Sprachkursen\n", "Q8 · Places in language courses\n"))
    assert chris.reads("✕ nicht mehr gefragt", "✕ no longer asked") in routed
    assert chris.reads("→ Do., 31.12.2026", "→ Thu, 31 Dec 2026") in dated
    known = await inquiry(city, "Q8")
    assert [part.office for part in known.contributions] == ["A11"]
    assert known.offices_due_on == date(2026, 12, 31)


@EVERYWHERE
async def test_a_contribution_or_a_refusal_by_the_number_of_the_question(city: City, language: str, place: str) -> None:
    kim, _ = await staff(city, language, place)
    listing = await listed(kim)

    delivered = await replies(kim, listing, "Q2 fertig: Haus 2 hat WLAN.", "Q2 done: Home 2 has Wi-Fi.")
    await kim.taps(*SAVE)
    refused = await replies(kim, listing, "Q3 nicht zuständig: Das macht A51", "Q3 not ours: that is for A51")
    await kim.taps(*SAVE)

    assert kim.reads("→ ◐ geliefert\nHaus 2 hat WLAN.", "→ ◐ delivered\nHome 2 has Wi-Fi.") in delivered
    assert kim.reads("Zuständig: A51 · Jugendamt", "Responsible: A51 · Youth Welfare Office") in refused
    [first], [second] = [(await inquiry(city, number)).contributions for number in ("Q2", "Q3")]
    assert (first.status, second.status) == (ContributionStatus.DELIVERED, ContributionStatus.NOT_RESPONSIBLE)
    assert second.better_office == "A51"


@EVERYWHERE
async def test_a_status_that_a_question_cannot_have_becomes_a_contribution(
    city: City, language: str, place: str
) -> None:
    kim, _ = await staff(city, language, place)
    listing = await listed(kim)

    refused = await replies(kim, listing, "Q2 teilweise: Termin steht", "Q2 partly: the date is fixed")
    shown = await kim.taps("✎ Zuarbeiten", "✎ Contribute")

    assert refused.startswith(kim.reads("Bei dieser Art von Vorgang geht das nicht.", "That cannot be done to this"))
    assert kim.reads("→ ◐ geliefert\nTermin steht", "→ ◐ delivered\nthe date is fixed") in shown
    assert (await inquiry(city, "Q2")).version == 1


@EVERYWHERE
async def test_more_than_one_item_and_one_that_is_not_there_change_nothing(
    city: City, language: str, place: str
) -> None:
    _, chris = await staff(city, language, place)
    listing = await listed(chris, "@amtsbote_bot offene Fragen A50", "@amtsbote_bot open inquiries A50")

    both = [
        await replies(chris, listing, f"{items} an A11", f"{items} to A11")
        for items in ("1, 2", chris.reads("1 und 2", "1 and 2"))
    ]
    missing = await replies(chris, listing, "99 an A11", "99 to A11")

    one_each = ("Bitte eines nach dem anderen. Es wurde nichts geändert.", "One thing at a time, please. Nothing was ")
    assert [answer.startswith(chris.reads(*one_each)) for answer in both] == [True, True]
    assert missing.startswith(chris.reads("So viele Einträge hat diese Nachricht nicht.", "That message has no such"))
    assert {(await inquiry(city, number)).version for number in ("Q1", "Q2")} == {1}


@EVERYWHERE
@pytest.mark.parametrize(
    ("german", "english", "shows"),
    [
        (
            "Q9 an A11",
            "Q9 to A11",
            ("D05 · Soziales und Bildung: ○ ausstehend → ✕", "D05 · Social Affairs: ○ pending → ✕"),
        ),
        ("Q9 bis 31.12.", "Q9 by 31.12.", ("→ Do., 31.12.2026", "→ Thu, 31 Dec 2026")),
        ("antworte Q2: Fertig.", "answer Q2: Fertig.", ("→ ◐ geliefert\nFertig.", "→ ◐ delivered\nFertig.")),
        ("Notiz zu Q3: anrufen", "note on Q3: anrufen", ("Notiz:\nanrufen", "Note:\nanrufen")),
        ("gib Q2 frei", "release Q2", ("Die Antwort wartet noch auf: A50", "The answer still waits for: A50")),
    ],
)
async def test_a_wish_in_ones_own_words_is_shown_first(
    city: City, language: str, place: str, german: str, english: str, shows: tuple[str, str]
) -> None:
    _, chris = await staff(city, language, place)

    shown = await chris.says(f"@amtsbote_bot {german}", f"@amtsbote_bot {english}")

    assert chris.reads(*shows) in shown
    assert {(await inquiry(city, number)).version for number in ("Q2", "Q3", "Q9")} == {1}


@EVERYWHERE
async def test_who_may_not_route_is_shown_the_question_instead(city: City, language: str, place: str) -> None:
    kim, _ = await staff(city, language, place)

    answer = await replies(kim, await listed(kim), "Q1 an A11", "Q1 to A11")

    assert answer.startswith(kim.reads("Das darf nur die Koordination.", "Only coordination may do that."))
    assert kim.reads("Q1 · WLAN in Unterkünften", "Q1 · Wi-Fi in homes") in answer
    assert (await inquiry(city, "Q1")).version == 1


@EVERYWHERE
async def test_a_list_of_yesterday_is_answered_after_a_restart(city: City, language: str, place: str) -> None:
    kim, _ = await staff(city, language, place)
    listing = await listed(kim)

    await city.restarts()
    shown = await replies(kim, listing, "Q2: Haus 2 hat WLAN.", "Q2: Home 2 has Wi-Fi.")
    await city.restarts()
    await kim.taps(*SAVE)

    assert kim.reads("→ ◐ geliefert", "→ ◐ delivered") in shown
    assert [part.status for part in (await inquiry(city, "Q2")).contributions] == [ContributionStatus.DELIVERED]


@IN_BOTH_LANGUAGES
async def test_in_a_group_words_that_answer_nothing_of_ours_are_not_for_the_bot(city: City, language: str) -> None:
    kim, _ = await staff(city, language, "group")
    await listed(kim)

    assert await kim.chat.says("1 voll: Alles fertig", as_=kim.person) == []
    assert (await measure(city)).version == 1


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_wish_in_a_shape_that_nobody_answers_for_is_not_heard(city: City, shape: str) -> None:
    _, chris = await staff(city, "de", "private")

    assert await says_in_shape(chris, "Q9 an A11", shape) == []
