"""Who may do what: every command, button and deed × role × office × visibility × place × shape of sender."""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.calling import PRESSES
from handlers.commands import COMMANDS, NAMED
from handlers.router import Outcome
from locales.translations import language
from registry.changes import Await, Change, Do, Prepare
from registry.deeds import Deed
from registry.deeds.privacy import ForgetMe
from registry.identity import identity
from registry.people import Reader, Role
from registry.rights import LEAST_ROLE
from registry.visibility import Clearance
from storage.changes import write_change
from storage.database import Transaction
from storage.errors import ChangedMeanwhile, NotAllowed
from tests.handlers.conversing import ADMIN, GROUP, Conversation, a_city, screen
from tests.handlers.matrix import (
    COMMAND_ROWS,
    DEED_ROWS,
    PEOPLE,
    PRESS_ROWS,
    RECORDS,
    UNKNOWN,
    Case,
    Row,
    Somebody,
    all_deeds,
    press_shapes,
    shapes,
    stands_for,
)

SAY = language("de")
DENIALS = (
    "This service is for staff of the city administration. You have no access yet.",
    "Only administrators may do that.",
    "Only coordination may do that. Please ask it to do so.",
    "Your role does not allow that. Please ask your administrators.",
)
EVERYTHING = Reader(person=0, chat=0, role=Role.ADMIN, clearance=Clearance.CONTENT)


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[Conversation]:
    """Everybody of the matrix, and a group that is served; the messenger may carry what is non-public."""
    async with a_city(tmp_path, with_secrets=True, non_public=Clearance.CONTENT) as conversation:
        await replace(conversation, person=ADMIN, chat=GROUP).says("/admit")
        for somebody in PEOPLE:
            if somebody.role is not Role.GUEST:
                await conversation.store.people.set_role(somebody.id, somebody.role, somebody.offices)
        yield conversation


def places(city: Conversation, somebody: Somebody) -> Iterator[tuple[str, Conversation]]:
    yield "private", replace(city, person=somebody.id)
    yield "group", replace(city, person=somebody.id, chat=GROUP)


def role_in(place: str, somebody: Somebody) -> Role:
    """Members of a group that is served read there, whoever they are."""
    return somebody.role if place == "private" else max(somebody.role, Role.READER)


def sees(place: str, somebody: Somebody, case: Case) -> bool:
    return case.is_public or (place == "private" and somebody.role >= Role.EDITOR)


def test_every_command_button_and_deed_has_its_row() -> None:
    assert set(COMMAND_ROWS) == {command.name for command in COMMANDS}
    assert set(PRESS_ROWS) == set(PRESSES)
    assert set(DEED_ROWS) == all_deeds()


def test_least_roles_are_what_the_matrix_says_and_what_has_none_is_denied() -> None:
    assert {command.name: command.who for command in COMMANDS} == {name: row.who for name, row in COMMAND_ROWS.items()}
    assert {key: press.who for key, press in PRESSES.items()} == {key: who for key, (who, _) in PRESS_ROWS.items()}
    assert {deed: who for deed, (who, _, _) in DEED_ROWS.items()} == LEAST_ROLE


# Commands


async def test_every_command_hears_whom_it_may_and_nobody_else(city: Conversation) -> None:
    found, expected = dict[str, str](), dict[str, str]()
    for somebody in PEOPLE:
        for place, here in places(city, somebody):
            for name, row in COMMAND_ROWS.items():
                for case in (case for case in RECORDS if case.kind in row.kinds):
                    cell = f"{somebody} · {place} · /{name} {case.ref}"
                    expected[cell] = meant(row, place, somebody, case)
                    found[cell] = await heard(here, name, row.words.format(ref=case.ref), case.ref)
                if not row.kinds:
                    cell = f"{somebody} · {place} · /{name}"
                    expected[cell] = meant(row, place, somebody)
                    found[cell] = await heard(here, name, row.words)

    assert differing(found, expected) == {}


def meant(row: Row, place: str, somebody: Somebody, case: Case | None = None) -> str:
    if role_in(place, somebody) < row.who:
        return "no access" if role_in(place, somebody) is Role.GUEST else "not allowed"
    if row.in_private and place == "group":
        return "in private"
    if case is None:
        return "reads" if row.reads else "heard"
    if not sees(place, somebody, case):
        return "unknown"
    return "heard" if stands_for(somebody, case.places) else "not yours"


async def heard(here: Conversation, name: str, words: str, ref: str = "") -> str:
    """How a command is taken, by what is shown; whatever is denied must change nothing."""
    outcome = await here.outcome({"message": here.message(f"/{name} {words}".strip())})
    first = shown(outcome).split("\n", 1)[0]
    denials = {
        SAY("This service is for staff of the city administration."): "no access",
        SAY("Only administrators may do that."): "not allowed",
        SAY("Only coordination may do that. Please ask it to do so."): "not allowed",
        SAY("Your role does not allow that. Please ask your administrators."): "not allowed",
    }
    if ref:
        denials[SAY("I do not find {ref} in the register.", ref=ref)] = "unknown"
        denials[SAY("You may not change {ref}.", ref=ref)] = "not yours"
    if first in denials:
        return denials[first] if not outcome.changes else f"{denials[first]}, but changes {outcome.changes}"
    if COMMAND_ROWS[name].in_private and here.chat is not None:
        return "in private" if not outcome.changes else f"changes {outcome.changes}"
    if COMMAND_ROWS[name].reads:
        return "reads" if not outcome.changes else f"changes {outcome.changes}"
    return "heard"


async def test_a_hidden_record_is_answered_like_an_unknown_one_to_the_letter(city: Conversation) -> None:
    found, expected = dict[str, str](), dict[str, str]()
    for somebody in PEOPLE:
        for place, here in places(city, somebody):
            for name, row in COMMAND_ROWS.items():
                for case in (c for c in RECORDS if c.kind in row.kinds and not sees(place, somebody, c)):
                    cell, unknown = f"{somebody} · {place} · /{name} {case.ref}", UNKNOWN[case.kind]
                    found[cell] = await told(here, f"/{name} {row.words.format(ref=case.ref)}")
                    nowhere = await told(here, f"/{name} {row.words.format(ref=unknown)}")
                    expected[cell] = nowhere.replace(unknown, case.ref)

    assert expected
    assert differing(found, expected) == {}


async def test_whoever_is_let_through_can_go_on_and_only_they(city: Conversation) -> None:
    """Else a command that hears nobody would pass."""
    goes_on = set[str]()
    for somebody in PEOPLE:
        for place, here in places(city, somebody):
            for name, row in COMMAND_ROWS.items():
                for case in (case for case in RECORDS if case.kind in row.kinds):
                    words = row.words.format(ref=case.ref)
                    outcome = await here.outcome({"message": here.message(f"/{name} {words}")})
                    if any(isinstance(change, Prepare | Await | Do) for change in outcome.changes):
                        assert meant(row, place, somebody, case) == "heard"
                        goes_on.add(name)

    # What cannot be done to any record as it lies here; tests/handlers has conversations for these.
    needs_more = {"return", "merge", "release"}
    assert goes_on == {name for name, row in COMMAND_ROWS.items() if row.kinds} - needs_more


# Shapes of senders


@pytest.mark.parametrize("place", ["private", "group"])
async def test_no_command_is_heard_in_a_shape_that_nobody_answers_for(city: Conversation, place: str) -> None:
    for stand_in in (1087968824, 136817688, 777000):
        await city.store.people.set_role(stand_in, Role.ADMIN)
    here = replace(city, person=ADMIN, chat=GROUP if place == "group" else None)
    acted = list[str]()

    for name, row in COMMAND_ROWS.items():
        text = f"/{name} {row.words.format(ref='1.5.M1')}".strip()
        for shape, update in shapes(here, text):
            if await here.outcome(update) != Outcome(refused=True):
                acted.append(f"/{name} {shape}")

    assert acted == []


async def test_words_that_are_awaited_are_not_taken_in_such_a_shape(city: Conversation) -> None:
    here = replace(city, person=ADMIN, chat=GROUP)
    await here.says("/note 1.5.M1")

    outcomes = {shape: await here.outcome(update) for shape, update in shapes(here, "@amtsbote_bot geheim")}

    assert {shape: outcome for shape, outcome in outcomes.items() if outcome != Outcome(refused=True)} == {}


@pytest.mark.parametrize("place", ["private", "group"])
async def test_no_button_is_heard_in_a_shape_that_nobody_answers_for(city: Conversation, place: str) -> None:
    here = replace(city, person=ADMIN, chat=GROUP if place == "group" else None)
    await here.says("/status 1.5.M1 voll")
    tokens = [button for row in keyboard(here) for button in row]
    acted = list[str]()

    for data in (*(data for _, data in PRESS_ROWS.values()), *tokens):
        for shape, update in press_shapes(here, data):
            if await here.outcome(update) != Outcome(refused=True):
                acted.append(f"{data} {shape}")

    assert acted == []


# Buttons


async def test_every_button_hears_whom_it_may_and_nobody_else(city: Conversation) -> None:
    found, expected = dict[str, str](), dict[str, str]()
    denials = {f"({SAY(sentence)})" for sentence in DENIALS}
    for somebody in PEOPLE:
        for place, here in places(city, somebody):
            for key, (who, data) in PRESS_ROWS.items():
                outcome = await here.outcome({"callback_query": here.press(data)})
                cell = f"{somebody} · {place} · {data}"
                # A group's language is its administrators' choice; to erase, a guest needs a button that is theirs.
                least = {("l", "group"): Role.ADMIN, ("f", "private"): Role.READER}.get((key, place), who)
                expected[cell] = "heard" if role_in(place, somebody) >= least else "denied"
                found[cell] = "denied" if shown(outcome) in denials else "heard"
                assert not (found[cell] == "denied" and outcome.changes), cell
                assert key in PRESSES

    assert differing(found, expected) == {}


async def test_a_button_of_a_command_asks_for_the_same_role_as_the_command(city: Conversation) -> None:
    found, expected = dict[str, str](), dict[str, str]()
    denials = {SAY(sentence) for sentence in DENIALS}
    for somebody in PEOPLE:
        here = replace(city, person=somebody.id)
        for name in NAMED:
            outcome = await here.outcome({"callback_query": here.press(f"c{name}")})
            cell = f"{somebody} · {name}"
            expected[cell] = "heard" if somebody.role >= NAMED[name].who else "denied"
            found[cell] = "denied" if shown(outcome).strip("()") in denials else "heard"

    assert differing(found, expected) == {}


async def test_a_deeds_button_is_pressed_by_the_one_it_was_made_for_where_it_was_made(city: Conversation) -> None:
    owner = PEOPLE[3]
    pressed = list[str]()
    for made_in, its in places(city, owner):
        await its.says("/status 1.5.M1 voll")
        tokens = [button for row in keyboard(its) for button in row]
        for somebody in PEOPLE:
            for place, here in places(city, somebody):
                for data in tokens:
                    outcome = await here.outcome({"callback_query": here.press(data)})
                    if outcome.changes:
                        pressed.append(f"{made_in}: {somebody} · {place}")

    assert pressed == [f"private: {owner} · private"] * 3 + [f"group: {owner} · group"] * 3


# Deeds, forged past every handler


async def test_a_forged_deed_is_done_only_where_its_person_might_have_done_it(city: Conversation) -> None:
    found, expected = dict[str, str](), dict[str, str]()
    for somebody in PEOPLE:
        for place in ("private", "group"):
            for kind, (who, kinds, forge) in DEED_ROWS.items():
                for case in (case for case in RECORDS if case.kind in kinds):
                    cell = f"{somebody} · {place} · {kind.__name__} {case.ref}"
                    may = somebody.role >= who and stands_for(somebody, case.places)
                    sees_all = place == "private" and somebody.role >= Role.EDITOR
                    clearance = Clearance.CONTENT if sees_all else Clearance.PUBLIC
                    found[cell] = await forged(city, somebody, place, forge(case.ref), clearance)
                    expected[cell] = "let in" if may and sees(place, somebody, case) else "kept out"

    # One office's contribution is given by who acts for that very office.
    for cell in [cell for cell in found if "DeliverContribution" in cell or "HandBack" in cell]:
        del found[cell], expected[cell]
    assert differing(found, expected) == {}


async def test_a_forged_deed_that_meets_no_record_is_done_only_by_who_has_the_role(city: Conversation) -> None:
    found, expected = dict[str, str](), dict[str, str]()
    for somebody in PEOPLE:
        for kind, (who, kinds, forge) in DEED_ROWS.items():
            if not kinds and kind is not ForgetMe and somebody.role < who:
                cell = f"{somebody} · {kind.__name__}"
                found[cell] = await forged(city, somebody, "private", forge(""), Clearance.CONTENT)
                expected[cell] = "kept out"

    assert differing(found, expected) == {}
    assert len(found) > len(PEOPLE)


async def forged(city: Conversation, who: Somebody, place: str, deed: Deed, clearance: Clearance) -> str:
    """Writes it as if a handler had decided so; all of it is taken back."""
    subject = await city.store.register(EVERYTHING).subject(getattr(deed, "ref", "9.9.M9"))
    chat = GROUP if place == "group" else who.id
    change = Do(
        id="forged",
        deed=deed,
        person=who.id,
        chat=chat,
        clearance=clearance,
        record=identity(subject) if subject else "",
        version=subject.version if subject else 0,
        at=city.now,
        today=city.now.date(),
    )
    try:
        await city.store.database.write(lambda transaction: _write_and_leave(transaction, change))
    except NotAllowed:
        return "kept out"
    except ChangedMeanwhile as error:
        # As it lies here the record cannot take every deed; but then it was found, and the person let in.
        return "let in" if error.__cause__ is not None else "kept out"
    except _Enough:
        return "let in"
    raise AssertionError


class _Enough(Exception):
    """The transaction went through; nothing of it shall stay."""


async def _write_and_leave(transaction: Transaction, change: Change) -> None:
    await write_change(transaction, change)
    raise _Enough


# Helpers


def shown(outcome: Outcome) -> str:
    return "\n".join(filter(None, map(screen, outcome.outgoing)))


async def told(here: Conversation, text: str) -> str:
    outcome = await here.outcome({"message": here.message(text)})
    return f"{shown(outcome)} {outcome.changes} {[(c.method, c.label, c.refs) for c in outcome.outgoing]}"


def keyboard(chat: Conversation) -> list[list[str]]:
    assert chat.shown is not None
    rows = chat.shown.payload["reply_markup"]["inline_keyboard"]  # type: ignore[index]
    return [[button["callback_data"] for button in row] for row in rows]


def differing(found: dict[str, str], expected: dict[str, str]) -> dict[str, tuple[str, str]]:
    """The cells that are not as they should be: what is, and what should be."""
    if os.environ.get("AMTSBOTE_TEST_MATRIX"):
        print(f"{len(found)} cells")
    return {cell: (found[cell], expected[cell]) for cell in expected if found[cell] != expected[cell]}
