"""Rounds where some measures are not public: what is told of them, and which layer keeps it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from registry.people import Reader, Role
from registry.rounds import Reporting, RoundState
from registry.visibility import Clearance
from tests.handlers.conversing import ADMIN, GROUP, Conversation, a_city

COORDINATOR = 7_005
OPENING = "/runde eröffnen Integrationskonzept 31.10.2026 bis 15.01.2027"


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[Conversation]:
    """Coordination in private, where the messenger may carry what is not public; one measure of the concept is not."""
    async with a_city(tmp_path, with_secrets=True, non_public=Clearance.CONTENT) as conversation:
        await replace(conversation, person=ADMIN, chat=GROUP).says("/admit")
        await conversation.store.people.set_role(COORDINATOR, Role.COORDINATOR)
        coordinator = replace(conversation, person=COORDINATOR)
        await coordinator.says("/visibility 1.5.M2 nonpublic")
        await coordinator.taps("✓ Speichern")
        yield coordinator


def reader(clearance: Clearance) -> Reader:
    return Reader(person=0, chat=0, role=Role.COORDINATOR, clearance=clearance)


async def rounds(city: Conversation, clearance: Clearance) -> list[tuple[str, date, RoundState]]:
    found = await city.store.register(reader(clearance)).rounds()
    return [(one.concept, one.as_of, one.state) for one in found]


async def asked(city: Conversation, clearance: Clearance) -> dict[str, bool]:
    register = city.store.register(reader(clearance))
    found: tuple[Reporting, ...] = await register.asked((await register.rounds())[0])
    return {one.number: one.is_reported for one in found}


async def confirm_hidden(city: Conversation) -> None:
    await city.says("/status 1.5.M2 voll Fertig")
    await city.taps("✓ Speichern")


async def test_progress_is_counted_over_what_may_be_seen(city: Conversation) -> None:
    await city.says(OPENING)
    await city.taps("✓ Eröffnen")
    await confirm_hidden(city)

    assert await asked(city, Clearance.CONTENT) == {"1.5.M1": False, "1.5.M2": True, "2.1.M2": False}
    assert await asked(city, Clearance.PUBLIC) == {"1.5.M1": False, "2.1.M2": False}
    in_private, in_group = await city.says("/runde"), await replace(city, chat=GROUP).says("/runde")
    assert in_private.splitlines()[0] == "Evaluation zum 31.10.2026: 1 von 3 Maßnahmen gemeldet"
    assert in_group.splitlines()[0] == "Evaluation zum 31.10.2026: 0 von 2 Maßnahmen gemeldet"


async def test_a_round_of_hidden_measures_alone_is_hidden(city: Conversation) -> None:
    await city.says("/runde eröffnen Geheimkonzept 31.10.2026 bis 15.01.2027")
    await city.taps("✓ Eröffnen")

    assert await rounds(city, Clearance.CONTENT) == [("Geheimkonzept", date(2026, 10, 31), RoundState.OPEN)]
    assert await rounds(city, Clearance.PUBLIC) == []
    assert (await replace(city, chat=GROUP).says("/runde")).startswith("Zurzeit läuft keine Evaluation.")


async def test_a_round_with_hidden_reports_alone_goes_for_all_who_do_not_see_them(city: Conversation) -> None:
    await city.says(OPENING)
    await city.taps("✓ Eröffnen")
    await confirm_hidden(city)
    group = replace(city, chat=GROUP)

    closing = await group.says("/runde schließen")
    await group.taps("✓ Abschließen")

    assert "Es wurde noch nichts gemeldet; die Evaluation wird deshalb zurückgenommen." in closing
    assert await rounds(city, Clearance.PUBLIC) == []
    assert await rounds(city, Clearance.CONTENT) == [("Integrationskonzept", date(2026, 10, 31), RoundState.CLOSED)]


async def test_the_history_of_a_round_keeps_who_when_and_why(city: Conversation) -> None:
    await city.says(OPENING)
    await city.taps("✓ Eröffnen")
    await city.says("/status 1.5.M1 voll Fertig")
    await city.taps("✓ Speichern")
    await city.says("/runde schließen")
    await city.taps("✓ Abschließen")
    await city.says("/runde wiedereröffnen")
    await city.says("Zahlen fehlen")
    await city.taps("✓ Wieder öffnen")

    register = city.store.register(reader(Clearance.PUBLIC))
    events = await register.round_events((await register.rounds())[0])

    assert [(event.what, event.who, event.why, event.version) for event in events] == [
        ("round_opened", "coordinator", "", 1),
        ("round_closed", "coordinator", "", 2),
        ("round_reopened", "coordinator", "Zahlen fehlen", 3),
    ]
