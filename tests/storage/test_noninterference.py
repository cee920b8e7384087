"""What a reader is told does not depend on records that are hidden from this reader."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.inquiries import About, AboutKind, InquiryStatus
from registry.measures import Status
from registry.papers import Consultation
from registry.people import Reader
from registry.queries import Intent, Kind, Period, Query
from registry.reading import Form, Reading, Title
from storage.inquiries import FIRST_NONPUBLIC, number_text
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import (
    CONTENT,
    OFFICES,
    PUBLIC,
    REFERENCE,
    TODAY,
    a_list,
    a_mandate,
    a_measure,
    a_paper,
    a_programme,
    a_reading,
    an_application_deadline,
    an_inquiry,
    until,
)

PLANNED = About(kind=AboutKind.MEASURE, field=1, recommendation=1, measures=("1.1.M1", "1.1.M9"))
CLOSED = Consultation(body="Hauptausschuss", on=date(2026, 3, 20), public=False)

SEEN = a_reading(
    measures=(
        a_measure("1.1.M1", lead_offices=("A50",), title="Sprachkurse ausbauen", deadline=until(date(2026, 3, 1))),
        a_measure("1.2.M1", lead_offices=("D05",), status=Status.UNCLEAR, is_new=True),
        a_measure("2.1.M1", lead_offices=("A32",), status=Status.FULLY),
    ),
    inquiries=(
        an_inquiry(1, about=PLANNED, doubts=("1.1.M1", "1.1.M9"), offices=("A50", "A51"), due_on=date(2026, 3, 30)),
        an_inquiry(2, offices=()),
    ),
    papers=(
        a_paper(
            "0345/25",
            mandates=(a_mandate(due_on=date(2026, 3, 1)),),
            milestones=(an_application_deadline(date(2026, 3, 20)),),
            related=("0346/25", "0999/25"),
        ),
    ),
    programmes=(a_programme("StadtLab"),),
)
HIDDEN = (
    a_reading(
        measures=(
            a_measure("1.1.M9", lead_offices=("A50",), title="Geheimer Sprachkurs", deadline=until(date(2026, 2, 1))),
            a_measure("3.1.M1", lead_offices=("D05",), status=Status.UNCLEAR),
            a_measure("1.1.M1", concept="Geheimplan", title="Sprachkurse verdeckt", as_of=date(2026, 3, 1)),
        ),
        lists=(a_list("geheim", originator="Fraktion Geheim", concept="Geheimplan"),),
        inquiries=(
            an_inquiry(1, list="geheim", about=PLANNED, doubts=("1.1.M1",), text="Was verschweigt der Sprachkurs?"),
            an_inquiry(2, list="geheim", offices=(), status=InquiryStatus.UNROUTED, text="Wer weiß davon?"),
        ),
        papers=(
            a_paper("0346/25", originator="Fraktion Geheim", mandates=(a_mandate(),)),
            a_paper("0345/25-E1", answers="0345/25"),
        ),
        programmes=(a_programme("GeheimLab"),),
    ),
    Reading(
        source="titles.toml", form=Form.TITLES, titles=(Title(ref="1.1.M9", language="de", text="Geheimer Titel"),)
    ),
)
LATER = a_reading(
    lists=(a_list("liste-2"),),
    inquiries=(an_inquiry(1, list="liste-2", text="Was kostet der Sprachkurs?"),),
    papers=(a_paper("0347/25", consultations=(CLOSED,)),),
)
ALSO_SEEN = LATER.model_copy(update={"papers": ()})


class Registers(NamedTuple):
    """The same public records, once with hidden ones among them and once without."""

    mixed: Store
    public: Store


@pytest.fixture
async def registers(tmp_path: Path) -> AsyncIterator[Registers]:
    mixed, public = await asyncio.gather(Store.open(tmp_path / "mixed.db"), Store.open(tmp_path / "public.db"))
    offices = Reading(source="offices.toml", form=Form.OFFICES, offices=OFFICES)
    for store in (mixed, public):
        await apply(store, offices)
    await apply(mixed, HIDDEN[0], public=False)
    await apply(mixed, SEEN)
    await apply(mixed, HIDDEN[1])
    await apply(mixed, LATER)
    await apply(public, SEEN)
    await apply(public, ALSO_SEEN)
    yield Registers(mixed, public)
    await asyncio.gather(mixed.close(), public.close())


def some(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
QUERIES = st.builds(
    Query,
    intent=st.sampled_from(Intent),
    offices=st.lists(st.sampled_from([office.code for office in OFFICES]), max_size=2, unique=True).map(tuple),
    field=some(st.integers(1, 3)),
    recommendation=some(st.tuples(st.integers(1, 3), st.integers(1, 2))),
    concept=some(st.sampled_from(["Teilhabeplan", "Geheimplan"])),
    programme=some(st.sampled_from(["StadtLab", "GeheimLab"])),
    originator=some(st.sampled_from(["Fraktion Mitte", "Fraktion Geheim"])),
    kinds=st.lists(st.sampled_from(Kind), max_size=3, unique=True).map(tuple),
    statuses=st.lists(st.sampled_from(Status), max_size=2, unique=True).map(tuple),
    inquiry_statuses=st.lists(st.sampled_from(InquiryStatus), max_size=2, unique=True).map(tuple),
    unrouted=st.booleans(),
    is_new=st.booleans(),
    in_review=st.booleans(),
    changed_since=some(DAYS),
    period=some(st.builds(Period, since=some(DAYS), until=some(DAYS))),
    words=st.sampled_from(["", "sprachkurs", "geheim", "kurs geheim", "Q1", "1.1.M9", "0346/25", "vorhaben", "was"]),
    page=st.integers(0, 3),
)
REFS = (
    "1.1.M1",
    "1.1.M9",
    "3.1.M1",
    "Q1",
    "Q2",
    "Q3",
    "Q4",
    number_text(FIRST_NONPUBLIC),
    "0345/25",
    "0346/25",
    "0347/25",
    "GeheimLab",
)


async def answers(store: Store, query: Query, reader: Reader) -> list[object]:
    register = store.register(reader)
    return [
        await register.listing(query, TODAY),
        await register.summary(query, TODAY),
        await register.owing(query, TODAY),
    ]


async def told_of(store: Store, ref: str, reader: Reader) -> list[object]:
    register = store.register(reader)
    return [
        await register.measure(ref),
        await register.inquiry(ref),
        await register.paper(ref),
        await register.programme(ref),
        await register.inquiries_about(ref),
        await register.results_of(ref),
        await register.history(ref),
    ]


async def test_answers_to_any_question_are_the_same_with_and_without_hidden_records(registers: Registers) -> None:
    asked: list[Query] = []

    @settings(max_examples=150, deadline=None, database=None)
    @given(QUERIES)
    def collect(query: Query) -> None:
        asked.append(query)

    collect()
    for query in asked:
        assert await answers(registers.mixed, query, PUBLIC) == await answers(registers.public, query, PUBLIC)


@pytest.mark.parametrize("ref", REFS)
async def test_a_hidden_record_is_answered_like_one_that_does_not_exist(registers: Registers, ref: str) -> None:
    assert await told_of(registers.mixed, ref, PUBLIC) == await told_of(registers.public, ref, PUBLIC)


async def test_lists_of_everything_and_names_tell_nothing_of_hidden_records(registers: Registers) -> None:
    told = []
    for store in registers:
        register = store.register(PUBLIC)
        told.append(
            (
                await register.names(),
                await register.measures(),
                await register.inquiries(),
                await register.papers(),
                await register.programmes(),
                await register.lists(),
            )
        )

    assert told[0] == told[1]


async def test_names_that_were_read_for_one_clearance_are_not_told_to_another(registers: Registers) -> None:
    mixed = registers.mixed
    await mixed.offices()

    cleared = await mixed.register(CONTENT).names()
    told = await mixed.register(PUBLIC).names()

    assert {field.number for field in cleared.fields} == {1, 2, 3}
    assert {field.number for field in told.fields} == {1, 2}
    assert told == await registers.public.register(PUBLIC).names()


async def test_links_to_hidden_records_are_left_out(registers: Registers) -> None:
    register = registers.mixed.register(PUBLIC)

    inquiry, paper = await register.inquiry("Q1"), await register.paper("0345/25")
    assert inquiry and paper
    assert (inquiry.about.measures, inquiry.doubts) == (("1.1.M1",), ("1.1.M1",))
    assert paper.related == ()
    cleared = await registers.mixed.register(CONTENT).paper("0345/25")
    assert cleared is not None
    assert cleared.related == ("0346/25", "0999/25")


async def test_reference_clearance_learns_how_many_and_nothing_else(registers: Registers) -> None:
    query = Query(intent=Intent.OPEN)

    mixed = await registers.mixed.register(REFERENCE).listing(query, TODAY)
    public = await registers.public.register(REFERENCE).listing(query, TODAY)

    assert (mixed.withheld, public.withheld) == (6, 0)
    assert mixed.model_copy(update={"withheld": 0}) == public
    for ref in REFS:
        assert await told_of(registers.mixed, ref, REFERENCE) == await told_of(registers.public, ref, REFERENCE)


async def test_what_becomes_public_later_takes_the_next_public_number(registers: Registers) -> None:
    await apply(registers.mixed, HIDDEN[0], public=True)

    register = registers.mixed.register(PUBLIC)
    assert [inquiry.number for inquiry in await register.inquiries()] == ["Q1", "Q2", "Q3", "Q4", "Q5"]
    assert [(event.what, event.before, event.after) for event in await register.history("Q4")] == [
        ("visibility", "nonpublic", "public"),
    ]
