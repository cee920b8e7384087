"""What a digest says: which line stands in which section, for whom, and how many."""

from datetime import date, timedelta
from itertools import count

import pytest

from registry.changes import Do
from registry.days import Unit, later
from registry.deeds import RecordDeed, ReportStatus, SetVisibility, WriteNote
from registry.deeds.inquiries import DeliverContribution, Withdraw
from registry.deeds.papers import NoteResult
from registry.desk import Counts
from registry.digests import ITEMS_A_SECTION, Contents, Digest, Section
from registry.identity import identity
from registry.inquiries import InquiryStatus
from registry.measures import Status
from registry.papers import Milestone
from registry.people import Reader, Role
from registry.queries import Intent, Kind, Query
from registry.visibility import Clearance, Visibility
from storage.changes import write_change
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.large import fill
from tests.storage.records import (
    AT,
    CONTENT,
    ONGOING,
    PUBLIC,
    REFERENCE,
    TODAY,
    a_list,
    a_mandate,
    a_measure,
    a_paper,
    a_reading,
    an_application_deadline,
    an_inquiry,
    until,
)

COORDINATOR = 7_004
NUMBERS = count(1)
ALL = Query()
A50, A51, D05 = Query(offices=("A50",)), Query(offices=("A51",)), Query(offices=("D05",))
SUNDAY = TODAY + timedelta(days=6)

Told = tuple[int, date] | None


@pytest.fixture
async def city(store: Store) -> Store:
    await store.people.set_role(COORDINATOR, Role.COORDINATOR)
    return store


async def do(store: Store, deed: RecordDeed) -> None:
    subject = await store.register(CONTENT).subject(deed.ref)
    assert subject
    change = Do(
        id=f"deed {next(NUMBERS)}",
        deed=deed,
        person=COORDINATOR,
        chat=COORDINATOR,
        clearance=Clearance.CONTENT,
        record=identity(subject),
        version=subject.version,
        at=AT,
        today=TODAY,
    )
    await store.database.write(lambda transaction: write_change(transaction, change))


async def contents(
    store: Store, scope: Query = ALL, *, told: Told = None, as_: Reader = PUBLIC, today: date = TODAY
) -> Contents:
    return await store.register(as_).digest(Digest(chat=-1, scope=scope), today, told=told)


async def sections(
    store: Store, scope: Query = ALL, *, told: Told = None, as_: Reader = PUBLIC, today: date = TODAY
) -> dict[str, list[str]]:
    found = await contents(store, scope, told=told, as_=as_, today=today)
    assert all(items.total == len(items.lines) for items in found.items)
    return {items.section.value: [line.ref for line in items.lines] for items in found.items}


async def so_far(store: Store) -> tuple[int, date]:
    """That everything up to now was told a week ago."""
    return (await contents(store)).until, TODAY - timedelta(days=7)


async def test_what_is_due_stands_by_how_soon_it_is(city: Store) -> None:
    days = {
        "1.1.M1": TODAY - timedelta(days=1),
        "1.1.M2": TODAY,
        "1.1.M3": SUNDAY,
        "1.1.M4": SUNDAY + timedelta(days=1),
        "1.1.M5": TODAY + timedelta(days=30),
        "1.1.M6": TODAY + timedelta(days=31),
    }
    await apply(city, a_reading(measures=tuple(a_measure(ref, deadline=until(day)) for ref, day in days.items())))

    assert await sections(city) == {
        "overdue": ["1.1.M1"],
        "this_week": ["1.1.M2", "1.1.M3"],
        "ahead": ["1.1.M4", "1.1.M5"],
    }


async def test_dates_of_papers_are_told_and_what_is_done_is_not(city: Store) -> None:
    event = Milestone(title="Informationstermin", on=TODAY + timedelta(days=2))
    paper = a_paper(
        mandates=(a_mandate(due_on=SUNDAY), a_mandate(number=2, due_on=TODAY, result="Geprüft", result_on=TODAY)),
        milestones=(event, an_application_deadline(TODAY - timedelta(days=3))),
    )
    await apply(city, a_reading(papers=(paper,), measures=(a_measure(status=Status.FULLY, deadline=until(TODAY)),)))

    found = await contents(city)

    assert [(one.section, [line.title for line in one.lines]) for one in found.items] == [
        (Section.OVERDUE, ["Bewerbungsschluss"]),
        (Section.THIS_WEEK, ["Informationstermin", "Die Teilnahme ist zu prüfen."]),
    ]


async def test_a_first_digest_tells_no_news(city: Store) -> None:
    await apply(city, a_reading(measures=(a_measure(),)))

    assert await sections(city) == {}


async def test_what_came_and_what_changed_since_the_last_digest(city: Store) -> None:
    await apply(city, a_reading(measures=(a_measure("1.1.M1"), a_measure("1.1.M2"), a_measure("1.1.M3"))))
    told = await so_far(city)
    await apply(city, a_reading(measures=(a_measure("1.1.M2", title="Anders"), a_measure("1.1.M4"))))
    await do(city, WriteNote(ref="1.1.M3", text="Nur für uns"))

    assert await sections(city, told=told) == {"new": ["1.1.M4"], "changed": ["1.1.M2"]}
    assert await sections(city, told=await so_far(city)) == {}


async def test_what_is_due_is_told_once_however_much_it_changed(city: Store) -> None:
    told = await so_far(city)
    await apply(city, a_reading(measures=(a_measure("1.1.M1", deadline=until(TODAY)),)))

    assert await sections(city, told=told) == {"this_week": ["1.1.M1"]}


async def test_what_was_settled_since_the_last_digest(city: Store) -> None:
    mandates = (a_mandate(), a_mandate(number=2, result="Geprüft", result_on=TODAY - timedelta(days=40)))
    await apply(
        city,
        a_reading(
            measures=(a_measure("1.1.M1"), a_measure("1.1.M2", status=Status.FULLY)),
            lists=(a_list(),),
            inquiries=(an_inquiry(1), an_inquiry(2)),
            papers=(a_paper(mandates=mandates),),
        ),
    )
    told = await so_far(city)
    await do(city, ReportStatus(ref="1.1.M1", status=Status.FULLY))
    await do(city, Withdraw(ref="Q2", reason="Erledigt"))
    await do(city, NoteResult(ref="0345/25", number=1, text="Geht"))
    await apply(city, a_reading(measures=(a_measure("1.1.M2", status=Status.FULLY, title="Nur der Titel ist neu"),)))

    found = await contents(city, told=told)

    assert {one.section: [(line.ref, line.title) for line in one.lines] for one in found.items} == {
        Section.SETTLED: [
            ("1.1.M1", "Vorhaben 1.1.M1"),
            ("0345/25", "Die Teilnahme ist zu prüfen."),
            ("Q2", "Wie steht es um den 2. Punkt der Liste?"),
        ]
    }


async def test_an_inquiry_is_changed_for_an_office_that_has_done_its_part(city: Store) -> None:
    await apply(city, a_reading(lists=(a_list(),), inquiries=(an_inquiry(1, offices=("A50", "A51")),)))
    told = await so_far(city)
    await do(city, DeliverContribution(ref="Q1", office="A50", text="Drei Häuser"))

    assert await sections(city, A50, told=told) == {"changed": ["Q1"]}
    assert await sections(city, A51, told=told) == {"changed": ["Q1"]}
    assert await sections(city, A50, told=await so_far(city)) == {}


async def test_what_waits_for_review(city: Store) -> None:
    waiting = an_inquiry(1, status=InquiryStatus.IN_REVIEW)
    await apply(city, a_reading(lists=(a_list(),), inquiries=(waiting, an_inquiry(2))))

    assert await sections(city) == {"in_review": ["Q1"]}


async def test_measures_of_which_nothing_was_heard_for_half_a_year(city: Store) -> None:
    silent, heard = later(TODAY, -6, Unit.MONTH), later(TODAY, -6, Unit.MONTH) + timedelta(days=1)
    far = until(TODAY + timedelta(days=300))
    await apply(
        city,
        a_reading(
            measures=(
                a_measure("1.1.M1", as_of=silent, deadline=far),
                a_measure("1.1.M2", as_of=heard, deadline=far),
                a_measure("1.1.M3", as_of=silent, deadline=ONGOING),
                a_measure("1.1.M4", as_of=heard, deadline=ONGOING),
                a_measure("1.1.M5", as_of=silent, deadline=far, status=Status.FULLY),
                a_measure("1.1.M6", as_of=silent),
            )
        ),
    )

    assert await sections(city) == {"quiet": ["1.1.M3", "1.1.M1", "1.1.M6"]}


async def test_a_measure_without_any_report_is_quiet_half_a_year_after_it_came(city: Store) -> None:
    await apply(city, a_reading(measures=(a_measure(as_of=None),)))

    assert await sections(city) == {}
    assert await sections(city, today=later(AT.date(), 6, Unit.MONTH)) == {"quiet": ["1.1.M1"]}


async def test_what_several_offices_of_a_scope_have_stands_there_once(city: Store) -> None:
    due = {"offices_due_on": TODAY}
    await apply(
        city,
        a_reading(
            lists=(a_list(),),
            inquiries=(an_inquiry(1, offices=("A50", "A51"), **due), an_inquiry(2, offices=("A32",), **due)),
        ),
    )
    told = await so_far(city)
    await do(city, DeliverContribution(ref="Q1", office="A50", text="Drei Häuser"))

    for scope in (Query(offices=("A50", "A51")), D05):
        assert await sections(city, scope, told=told) == {"this_week": ["Q1"]}


async def test_what_reaches_an_office_through_its_department_is_counted(city: Store) -> None:
    inquiries = (an_inquiry(1, offices=("D05",), offices_due_on=TODAY), an_inquiry(2, offices=("A50",)))
    await apply(city, a_reading(lists=(a_list(),), inquiries=inquiries))

    found = await contents(city, A50)

    assert (found.items, found.open, found.through) == ((), Counts(inquiries=1), Counts(inquiries=1))


async def test_open_work_is_counted_by_office_and_no_department_counts_it_again(city: Store) -> None:
    await apply(
        city,
        a_reading(
            measures=(
                a_measure("1.1.M1", lead_offices=("A50",)),
                a_measure("1.1.M2", lead_offices=("Ausländerbehörde",)),
            ),
            lists=(a_list(),),
            inquiries=(an_inquiry(1, offices=("A50",)), an_inquiry(2, offices=("A51",))),
            papers=(a_paper(mandates=(a_mandate(),)),),
        ),
    )

    counted = [(one.office, one.measures, one.inquiries, one.mandates) for one in (await contents(city)).by_office]

    assert counted == [("A50", 1, 1, 1), ("A32", 1, 0, 0), ("A51", 0, 1, 0)]
    assert [one.office for one in (await contents(city, D05)).by_office] == ["A50", "A51"]
    assert (await contents(city, A50)).by_office == ()


async def test_a_section_lists_the_first_and_counts_them_all(city: Store) -> None:
    soon = tuple(a_measure(f"1.1.M{n}", deadline=until(TODAY + timedelta(days=n % 3))) for n in range(1, 20))
    await apply(city, a_reading(measures=soon))

    [items] = (await contents(city)).items

    assert (items.total, [line.ref for line in items.lines]) == (
        19,
        ["1.1.M3", "1.1.M6", "1.1.M9", "1.1.M12", "1.1.M15", "1.1.M18", "1.1.M1", "1.1.M4"],
    )
    assert len(items.lines) == ITEMS_A_SECTION


async def test_kinds_and_fields_narrow_it_down(city: Store) -> None:
    await apply(
        city,
        a_reading(
            measures=(a_measure("1.1.M1", deadline=until(TODAY)), a_measure("2.1.M1", deadline=until(TODAY))),
            lists=(a_list(),),
            inquiries=(an_inquiry(1, offices_due_on=TODAY),),
        ),
    )

    assert await sections(city, Query(kinds=(Kind.INQUIRY,))) == {"this_week": ["Q1"]}
    assert await sections(city, Query(field=2)) == {"this_week": ["2.1.M1"]}
    assert await sections(city, Query(field=2, kinds=(Kind.INQUIRY,))) == {}


async def test_what_is_hidden_is_neither_told_nor_counted(city: Store) -> None:
    await apply(city, a_reading(measures=(a_measure("1.1.M1", deadline=until(TODAY)),)))
    before = {scope: await contents(city, scope) for scope in (ALL, A50, D05)}
    hidden = tuple(
        a_measure(f"9.1.M{n}", lead_offices=("A50",), deadline=until(TODAY + timedelta(days=n - 2))) for n in range(9)
    )
    await apply(
        city,
        a_reading(
            measures=(*hidden, a_measure("9.2.M1", as_of=date(2020, 1, 1), deadline=ONGOING)),
            lists=(a_list(),),
            inquiries=(an_inquiry(1, status=InquiryStatus.IN_REVIEW),),
        ),
        public=False,
    )

    for scope, found in before.items():
        for reader in (PUBLIC, REFERENCE):
            seen = await contents(city, scope, told=(found.until, TODAY), as_=reader)
            assert seen.model_copy(update={"until": 0, "since": None}) == found.model_copy(update={"until": 0})
    cleared = await contents(city, as_=CONTENT)
    assert (cleared.label, before[ALL].label) == (Visibility.NONPUBLIC, Visibility.PUBLIC)
    assert [items.total for items in cleared.items] == [2, 8, 1, 1]


async def test_what_was_made_public_is_new_to_those_who_could_not_see_it(city: Store) -> None:
    await apply(city, a_reading(measures=(a_measure(),)), public=False)
    told = await so_far(city)
    await do(city, SetVisibility(ref="1.1.M1", to=Visibility.PUBLIC))

    assert await sections(city, told=told) == {"new": ["1.1.M1"]}
    assert await sections(city, told=told, as_=CONTENT) == {"changed": ["1.1.M1"]}


async def test_on_a_large_register_the_sections_are_those_of_a_plain_search(empty_store: Store) -> None:
    await fill(empty_store, 1_500)
    today = date(2027, 1, 4)
    rows = await empty_store.database.read(
        "SELECT d.scope, d.is_open, d.is_dated, d.due_key, d.through, l.kind, l.as_of, l.status FROM desk d"
        " JOIN listed l ON l.id = d.line"
    )
    for scope in ("", "A10", "D02"):
        query = Query(intent=Intent.OPEN, offices=(scope,) if scope else ())
        found = await contents(empty_store, query, today=today)
        counted = {items.section: items.total for items in found.items}

        expected: dict[Section, int] = {}
        for row in rows:
            if row["scope"] == scope and row["is_open"] and not row["through"]:
                section = _section(row["kind"], row["is_dated"], row["due_key"], row["as_of"], row["status"], today)
                expected[section] = expected.get(section, 0) + 1
        assert counted == {section: number for section, number in expected.items() if section is not _NOWHERE}


_NOWHERE = Section.NEW


def _section(kind: str, is_dated: int, due: str, as_of: str | None, status: str, today: date) -> Section:
    if is_dated and due < today.isoformat():
        return Section.OVERDUE
    if is_dated and due <= (today + timedelta(days=6)).isoformat():
        return Section.THIS_WEEK
    if is_dated and due <= (today + timedelta(days=30)).isoformat():
        return Section.AHEAD
    if status == "in_review":
        return Section.IN_REVIEW
    is_silent = (as_of or "9") <= later(today, -6, Unit.MONTH).isoformat() or (
        not is_dated and due <= today.isoformat()
    )
    return Section.QUIET if kind == "measure" and is_silent else _NOWHERE
