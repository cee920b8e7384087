"""What the register answers from the sample, and to whom."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.opening import CITIES, load_offices
from documents import read
from registry.people import Reader, Role
from registry.queries import Query
from registry.visibility import Clearance, Visibility
from storage.store import Store

SAMPLE = Path(__file__).parents[2] / "bot" / "playground" / "sample"
TODAY = date(2026, 11, 23)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(tmp_path / "sample.db")
    await load_offices(store, CITIES / "erfurt.toml")
    for path in (*sorted(SAMPLE.glob("*/*.txt")), SAMPLE / "titles.toml"):
        reading = read(path.read_text("utf-8"), source=path.name, offices=await store.offices())
        await store.apply(reading, public=path.parent.name != "nonpublic", by="sample", at=datetime.now(UTC))
    yield store
    await store.close()


def as_reader(clearance: Clearance) -> Reader:
    return Reader(person=1, chat=1, role=Role.EDITOR, offices=("A50",), clearance=clearance)


async def test_a50_has_twelve_inquiries_and_one_measure_and_more_through_its_department(store: Store) -> None:
    listing = await store.register(as_reader(Clearance.PUBLIC)).listing(Query(offices=("A50",)), TODAY)

    assert (listing.own.inquiries, listing.own.measures, listing.own.total) == (12, 1, 13)
    assert (listing.through.inquiries, listing.through.measures) == (2, 4)
    assert listing.withheld == 0


async def test_what_is_not_public_shows_by_degrees(store: Store) -> None:
    seen = {}
    for clearance in Clearance:
        listing = await store.register(as_reader(clearance)).listing(Query(offices=("A50",)), TODAY)
        seen[clearance] = (listing.own.total, listing.withheld)

    assert seen == {Clearance.PUBLIC: (13, 0), Clearance.REFERENCE: (13, 3), Clearance.CONTENT: (16, 0)}


async def test_the_questions_keep_the_numbers_of_their_places_whatever_came_first(store: Store) -> None:
    inquiries = await store.register(as_reader(Clearance.PUBLIC)).inquiries()

    assert [inquiry.number for inquiry in inquiries] == [f"Q{position}" for position in range(1, 56)]
    assert [inquiry.number for inquiry in inquiries if not (inquiry.title and inquiry.title_en)] == []


async def test_a_public_measure_stays_so_though_a_hidden_question_names_it(store: Store) -> None:
    measure = await store.register(as_reader(Clearance.PUBLIC)).measure("1.5.M1")

    assert measure is not None
    assert (measure.visibility, measure.is_stub, measure.title_en) == (
        Visibility.PUBLIC,
        False,
        "Vacancies at the Foreigners' Authority",
    )
