"""Two people at once, in every order: each decides on what they see, and writes only while that still holds."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from handlers.router import Outcome
from registry.changes import Do
from registry.people import Reader, Role
from registry.visibility import Clearance
from storage.errors import ChangedMeanwhile
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, Conversation, Json, a_city

COLLEAGUE, COORDINATOR = 7_004, 7_005
SAVE, UNDO = "✓ Speichern", "↶ Rückgängig"
EVERYTHING = Reader(person=0, chat=0, role=Role.ADMIN, clearance=Clearance.CONTENT)
Move = Callable[[], Awaitable[None]]


@dataclass
class Hand:
    """Somebody about to press a button: first it is decided, then written; ``is_overtaken`` where it no longer fits."""

    chat: Conversation
    press: Json
    decided: Outcome | None = None
    is_overtaken: bool = False

    async def decide(self) -> None:
        self.decided = await self.chat.outcome(self.press)

    async def write(self) -> None:
        assert self.decided is not None
        try:
            await self.chat.write(self.decided.changes)
        except ChangedMeanwhile:
            self.is_overtaken = True

    @property
    def has_done_it(self) -> bool:
        assert self.decided is not None
        return not self.is_overtaken and any(isinstance(change, Do) for change in self.decided.changes)

    def moves(self) -> tuple[Move, Move]:
        return self.decide, self.write


def merged(one: Sequence[Move], other: Sequence[Move]) -> Iterator[list[Move]]:
    """Every order of both in which each keeps its own."""
    length = len(one) + len(other)
    for places in combinations(range(length), len(one)):
        ones, others = iter(one), iter(other)
        yield [next(ones) if at in places else next(others) for at in range(length)]


async def a_hand(chat: Conversation, said: str, label: str = SAVE) -> Hand:
    await chat.says(said)
    if label == UNDO:
        await chat.taps(SAVE)
    assert chat.shown is not None
    rows = chat.shown.payload["reply_markup"]["inline_keyboard"]  # type: ignore[index]
    data = next(str(button["callback_data"]) for row in rows for button in row if button["text"] == label)
    return Hand(chat, {"callback_query": chat.press(data)})


async def version(chat: Conversation) -> int:
    found = await chat.store.register(EVERYTHING).subject("1.5.M1")
    assert found is not None
    return found.version


async def settle_people(city: Conversation) -> None:
    await city.store.people.set_role(COLLEAGUE, Role.EDITOR, ("A50",))
    await city.store.people.set_role(COORDINATOR, Role.COORDINATOR)
    await replace(city, person=ADMIN, chat=GROUP).says("/admit")


PAIRS = {
    "two statuses": ("/status 1.5.M1 voll", "/status 1.5.M1 nicht"),
    "the same status": ("/status 1.5.M1 voll", "/status 1.5.M1 voll"),
    "a status and a note": ("/status 1.5.M1 voll", "/note 1.5.M1 bitte anrufen"),
    "two notes": ("/note 1.5.M1 eins", "/note 1.5.M1 zwei"),
}


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("order", range(6))
async def test_of_two_changes_at_once_the_second_is_decided_anew(tmp_path: Path, pair: str, order: int) -> None:
    async with a_city(tmp_path) as city:
        await settle_people(city)
        one = await a_hand(replace(city, person=EDITOR), PAIRS[pair][0])
        other = await a_hand(replace(city, person=COLLEAGUE, chat=GROUP), PAIRS[pair][1])

        for move in list(merged(one.moves(), other.moves()))[order]:
            await move()

        assert [one.has_done_it, other.has_done_it].count(True) == 1
        assert await version(city) == 2
        late = other if one.has_done_it else one
        await late.chat.handle(late.press)
        assert await version(city) == 2


@pytest.mark.parametrize("order", range(6))
async def test_an_undo_and_anothers_change_at_once_do_not_mix(tmp_path: Path, order: int) -> None:
    async with a_city(tmp_path) as city:
        await settle_people(city)
        one = await a_hand(replace(city, person=EDITOR), "/status 1.5.M1 voll Alles fertig", UNDO)
        other = await a_hand(replace(city, person=COLLEAGUE), "/note 1.5.M1 gesehen")

        for move in list(merged(one.moves(), other.moves()))[order]:
            await move()

        assert [one.has_done_it, other.has_done_it].count(True) == 1
        assert await version(city) == 3


@pytest.mark.parametrize("order", range(6))
async def test_a_report_goes_to_the_round_it_was_shown_for_or_nowhere(tmp_path: Path, order: int) -> None:
    async with a_city(tmp_path) as city:
        await settle_people(city)
        lead = replace(city, person=COORDINATOR)
        await lead.says("/runde eröffnen 31.10.2026 bis 15.01.2027")
        await lead.taps("✓ Eröffnen")
        await lead.says("/status 1.5.M2 voll Fertig")
        await lead.taps(SAVE)
        report = await a_hand(replace(city, person=EDITOR), "/status 1.5.M1 voll")
        closing = await a_hand(lead, "/runde schließen", "✓ Abschließen")

        for move in list(merged(report.moves(), closing.moves()))[order]:
            await move()

        measure = await city.store.register(EVERYTHING).measure("1.5.M1")
        assert measure is not None
        assert measure.as_of == (date(2026, 10, 31) if report.has_done_it else date(2026, 6, 30))
        # A round is closed as it was shown: with a report that came since, it is shown anew.
        assert [report.has_done_it, closing.has_done_it].count(True) == 1


LOSSES: dict[str, Callable[[Conversation], Awaitable[object]]] = {
    "the role": lambda city: city.store.people.set_role(EDITOR, Role.READER, ("A50",)),
    "the access": lambda city: city.store.people.set_role(EDITOR, Role.GUEST),
    "the office": lambda city: city.store.people.set_role(EDITOR, Role.EDITOR, ("A51",)),
    "the group": lambda city: city.store.database.write_rows(("UPDATE chats SET admitted = 0", [{}])),
    "the sight of it": lambda city: city.store.database.write_rows(
        ("UPDATE measures SET visibility = 'nonpublic' WHERE number = '1.5.M1'", [{}])
    ),
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("at", range(3))
async def test_what_is_lost_before_the_writing_stops_it_and_after_it_does_not(
    tmp_path: Path, loss: str, at: int
) -> None:
    async with a_city(tmp_path) as city:
        await settle_people(city)
        hand = await a_hand(replace(city, person=EDITOR, chat=GROUP), "/status 1.5.M1 voll")

        async def lose() -> None:
            await LOSSES[loss](city)

        moves = [*hand.moves()]
        moves.insert(at, lose)
        for move in moves:
            await move()

        assert hand.has_done_it == (at == 2)
        assert await version(city) == (2 if at == 2 else 1)


@pytest.mark.parametrize("loss", ["the role", "the access", "the office", "the group"])
@pytest.mark.parametrize("at", range(3))
async def test_what_is_lost_before_an_undo_stops_that_too(tmp_path: Path, loss: str, at: int) -> None:
    async with a_city(tmp_path) as city:
        await settle_people(city)
        hand = await a_hand(replace(city, person=EDITOR, chat=GROUP), "/status 1.5.M1 voll", UNDO)

        async def lose() -> None:
            await LOSSES[loss](city)

        moves = [*hand.moves()]
        moves.insert(at, lose)
        for move in moves:
            await move()

        assert hand.has_done_it == (at == 2)
        assert await version(city) == (3 if at == 2 else 2)
