"""What a release moves between what everybody knows and what only some do, and what its undo brings back."""

from datetime import date
from itertools import count

import pytest

from registry.changes import Do
from registry.deeds import Deed, SetVisibility, Undo
from registry.identity import identity
from registry.measures import Status
from registry.people import Role
from registry.queries import Intent, Query
from registry.reading import Form, Reading, Title
from registry.rounds import EvaluationRound, RoundState
from registry.visibility import Clearance, Visibility
from storage.changes import write_change
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import (
    AS_OF,
    AT,
    CONTENT,
    PLAN,
    PUBLIC,
    TODAY,
    a_list,
    a_mandate,
    a_measure,
    a_paper,
    a_reading,
    an_inquiry,
)

COORDINATOR = 7_004
LAYERS = ("measure_reports", "nonpublic_measure_reports", "titles", "nonpublic_titles", "question_lists")
NUMBERS = count(1)


@pytest.fixture
async def city(store: Store) -> Store:
    await store.people.set_role(COORDINATOR, Role.COORDINATOR)
    return store


async def do(store: Store, deed: Deed, *, record: str = "", version: int = 0) -> str:
    change = Do(
        id=f"deed {next(NUMBERS)}",
        deed=deed,
        person=COORDINATOR,
        chat=COORDINATOR,
        clearance=Clearance.CONTENT,
        record=record,
        version=version,
        at=AT,
        today=TODAY,
    )
    await store.database.write(lambda transaction: write_change(transaction, change))
    return change.id


async def release(store: Store, ref: str, *, number: str = "") -> str:
    subject = await store.register(CONTENT).subject(ref)
    assert subject is not None
    deed = SetVisibility(ref=ref, to=Visibility.PUBLIC, number=number)
    return await do(store, deed, record=identity(subject), version=subject.version)


async def layers(store: Store) -> dict[str, list[tuple[object, ...]]]:
    read = store.database.read
    return {table: [tuple(row) for row in await read(f"SELECT * FROM {table} ORDER BY 1, 2")] for table in LAYERS}


async def reports(store: Store, table: str) -> list[tuple[object, ...]]:
    rows = await store.database.read(f"SELECT as_of, status, current_state FROM {table} ORDER BY as_of")
    return [tuple(row) for row in rows]


def titles(*ones: tuple[str, str, str]) -> Reading:
    given = tuple(Title(ref=ref, language=language, text=text) for ref, language, text in ones)
    return Reading(source="titles.toml", form=Form.TITLES, titles=given)


async def test_what_the_present_round_says_becomes_public_and_what_others_said_does_not(city: Store) -> None:
    earlier = date(2024, 6, 30)
    await apply(city, a_reading(measures=(a_measure(as_of=earlier, current_state="Damals geheim."),)), public=False)
    await apply(
        city, a_reading(measures=(a_measure(current_state="Jetzt fertig.", status=Status.FULLY),)), public=False
    )

    await release(city, "1.1.M1")

    assert await reports(city, "measure_reports") == [(str(AS_OF), "fully", "Jetzt fertig.")]
    assert await reports(city, "nonpublic_measure_reports") == [(str(earlier), "partly", "Damals geheim.")]


async def test_what_a_closed_public_round_said_stays_and_so_does_what_was_said_against_it(city: Store) -> None:
    closed = (EvaluationRound(concept=PLAN, as_of=AS_OF, state=RoundState.CLOSED),)
    await apply(city, a_reading(measures=(a_measure(current_state="Öffentlich."),), rounds=closed))
    hidden = SetVisibility(ref="1.1.M1", to=Visibility.NONPUBLIC)
    await do(city, hidden, record=f"{PLAN} 1.1.M1", version=1)

    await release(city, "1.1.M1")

    assert await reports(city, "measure_reports") == [(str(AS_OF), "partly", "Öffentlich.")]
    assert await reports(city, "nonpublic_measure_reports") == []


async def test_a_title_that_the_record_shows_becomes_the_citys_public_one(city: Store) -> None:
    await apply(city, a_reading(measures=(a_measure(title=""),)), public=False)
    await apply(
        city, titles(("1.1.M1", "de", "Kurz"), ("1.1.M1", "en", "Short"), ("9.9.M9", "de", "Anderer")), public=False
    )

    await release(city, "1.1.M1")
    await apply(city, a_reading(measures=(a_measure(title="", text="Neu gefasst."),)))

    found = await city.register(PUBLIC).measure("1.1.M1")
    assert found is not None
    assert (found.title, found.title_en) == ("Kurz", "Short")
    assert [row[0] for row in (await layers(city))["nonpublic_titles"]] == ["9.9.M9"]


async def test_an_inquiry_takes_title_and_list_with_it_under_its_new_number(city: Store) -> None:
    hidden = a_reading(lists=(a_list("geheim", title="Geheime Fragen"),), inquiries=(an_inquiry(1, list="geheim"),))
    await apply(city, hidden, public=False)
    await apply(city, titles(("QN1", "de", "Kurz")), public=False)

    await release(city, "QN1", number="Q1")

    register = city.register(PUBLIC)
    found = await register.inquiry("Q1")
    assert found is not None
    assert (found.title, await register.inquiry("QN1")) == ("Kurz", None)
    assert [one.key for one in await register.lists()] == ["geheim"]
    assert (await layers(city))["titles"] == [("Q1", "de", "Kurz")]


async def test_a_result_that_is_released_closes_the_mandates_it_answers(city: Store) -> None:
    await apply(city, a_reading(papers=(a_paper("0345/25", mandates=(a_mandate(),)),)))
    await apply(city, a_reading(papers=(a_paper("0345/25-E1", answers="0345/25"),)), public=False)
    query, public = Query(intent=Intent.OPEN), city.register(PUBLIC)
    before = await public.listing(query, TODAY)

    await release(city, "0345/25-E1")

    after = await public.listing(query, TODAY)
    assert "0345/25" in [line.ref for line in before.lines]
    assert "0345/25" not in [line.ref for line in after.lines]


@pytest.mark.parametrize("state", RoundState)
async def test_an_undo_brings_back_every_row_but_the_number(city: Store, state: RoundState) -> None:
    rounds = (EvaluationRound(concept=PLAN, as_of=AS_OF, state=state),)
    reading = a_reading(
        measures=(a_measure(title="", current_state="Geheim."),),
        rounds=rounds,
        lists=(a_list("geheim"),),
        inquiries=(an_inquiry(1, list="geheim"),),
    )
    await apply(city, reading, public=False)
    await apply(city, titles(("1.1.M1", "de", "Kurz"), ("QN1", "de", "Frage")), public=False)
    before = await layers(city)

    for ref, number in (("1.1.M1", ""), ("QN1", "Q1")):
        deed = await release(city, ref, number=number)
        assert await layers(city) != before
        await do(city, Undo(of=deed))

    assert await layers(city) == before
    inquiry = await city.register(CONTENT).inquiry("Q1")
    assert inquiry is not None
    assert (inquiry.number, inquiry.visibility) == ("Q1", Visibility.NONPUBLIC)
    assert await city.register(PUBLIC).inquiry("Q1") is None


async def test_taking_one_release_back_leaves_the_list_of_another_public(city: Store) -> None:
    hidden = a_reading(
        lists=(a_list("geheim"),),
        inquiries=(an_inquiry(1, list="geheim"), an_inquiry(2, list="geheim", text="Und wann?")),
    )
    await apply(city, hidden, public=False)
    first = await release(city, "QN1", number="Q1")
    await release(city, "QN2", number="Q2")

    await do(city, Undo(of=first))

    assert [one.visibility for one in await city.register(PUBLIC).lists()] == [Visibility.PUBLIC]
    assert await city.register(PUBLIC).inquiry("Q2") is not None
