"""What is open, overdue and due, for whom, and how many."""

from datetime import date, timedelta
from sqlite3 import Row

import pytest

from registry.desk import PAGE_SIZE, Counts, Listed, Listing
from registry.inquiries import InquiryStatus
from registry.measures import Measure, Status
from registry.papers import Milestone
from registry.queries import Intent, Kind, Period, Query
from registry.routing import Routing
from registry.visibility import Clearance, Visibility
from storage.listings import listing
from storage.rows import Values
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import (
    CONTENT,
    ONGOING,
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

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


async def listed(store: Store, query: Query, *, today: date = TODAY) -> Listing:
    return await store.register(PUBLIC).listing(query, today)


async def refs(store: Store, query: Query, *, today: date = TODAY) -> list[str]:
    """Every page's references, those that come through a department with it."""
    found: list[str] = []
    for page in range((await listed(store, query, today=today)).pages):
        lines = (await listed(store, query.model_copy(update={"page": page}), today=today)).lines
        found += [line.ref if line.through is None else f"{line.ref} through {line.through}" for line in lines]
    return found


async def test_what_reaches_an_office_only_through_its_department_is_a_group_of_its_own(store: Store) -> None:
    await apply(
        store,
        a_reading(
            measures=(
                a_measure("1.1.M1", lead_offices=("A50",), deadline=until(TOMORROW)),
                a_measure("1.1.M2", lead_offices=("D05",)),
                a_measure("1.1.M3", lead_offices=("A50", "D05")),
                a_measure("1.1.M4", lead_offices=("A51",), participating=("A50",)),
                a_measure("1.1.M5", lead_offices=("D03",)),
                a_measure("1.1.M6", lead_offices=("A50",), status=Status.FULLY),
            ),
            inquiries=(
                an_inquiry(1, offices=("D05",)),
                an_inquiry(2, offices=("A50", "A51", "A32")),
                an_inquiry(3, offices=("A51",)),
            ),
        ),
    )

    answer = await listed(store, Query(offices=("A50",)))

    common = {"visibility": Visibility.PUBLIC}
    assert answer == Listing(
        query=Query(offices=("A50",)),
        own=Counts(measures=2, inquiries=1),
        through=Counts(measures=1, inquiries=1),
        lines=(
            Listed(
                ref="1.1.M1",
                kind=Kind.MEASURE,
                title="Vorhaben 1.1.M1",
                offices=("A50",),
                due_on=TOMORROW,
                status="partly",
                **common,
            ),
            Listed(
                ref="1.1.M3",
                kind=Kind.MEASURE,
                title="Vorhaben 1.1.M3",
                offices=("A50", "D05"),
                status="partly",
                is_dated=False,
                **common,
            ),
            Listed(
                ref="Q2",
                kind=Kind.INQUIRY,
                title="Wie steht es um den 2. Punkt der Liste?",
                offices=("A50", "A51", "A32"),
                status="open",
                is_dated=False,
                **common,
            ),
            Listed(
                ref="1.1.M2",
                kind=Kind.MEASURE,
                title="Vorhaben 1.1.M2",
                offices=("D05",),
                status="partly",
                through="D05",
                is_dated=False,
                **common,
            ),
            Listed(
                ref="Q1",
                kind=Kind.INQUIRY,
                title="Wie steht es um den 1. Punkt der Liste?",
                offices=("D05",),
                status="open",
                through="D05",
                is_dated=False,
                **common,
            ),
        ),
    )


async def test_a_department_means_all_below_it_and_each_record_once(store: Store) -> None:
    shared = a_measure("1.1.M1", lead_offices=("A50", "A51", "D05"))
    await apply(store, a_reading(measures=(shared,), inquiries=(an_inquiry(1, offices=("A51", "A32")),)))

    assert await refs(store, Query(offices=("D05",))) == ["1.1.M1", "Q1"]
    assert await refs(store, Query(offices=("D05", "A51"))) == ["1.1.M1", "Q1"]


async def test_an_office_means_its_units_too_and_a_unit_is_reached_through_it(store: Store) -> None:
    measures = (
        a_measure("1.1.M1", lead_offices=("Ausländerbehörde",)),
        a_measure("1.1.M2", lead_offices=("A32",)),
        a_measure("1.1.M3", lead_offices=("D03",)),
    )
    await apply(store, a_reading(measures=measures))

    assert await refs(store, Query(offices=("A32",))) == ["1.1.M1", "1.1.M2", "1.1.M3 through D03"]
    assert await refs(store, Query(offices=("Ausländerbehörde",))) == [
        "1.1.M1",
        "1.1.M2 through A32",
        "1.1.M3 through D03",
    ]


async def test_coordinating_and_answering_places_have_the_inquiry_open(store: Store) -> None:
    routing = Routing(text="A32 …", offices=("A32",), coordinating=("A50",), answering=("A51",))
    await apply(store, a_reading(inquiries=(an_inquiry(1, routing=routing),)))

    assert [await refs(store, Query(offices=(office,))) for office in ("A32", "A50", "A51")] == [["Q1"]] * 3


async def test_a_record_of_no_place_is_open_for_the_city_alone(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1"),)))

    assert await refs(store, Query()) == ["1.1.M1"]
    assert await refs(store, Query(offices=("D05",))) == []


async def test_a_place_the_tree_does_not_know_is_asked_for_as_written(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1", lead_offices=("Netzwerk West",)),)))

    assert await refs(store, Query(offices=("Netzwerk West",))) == ["1.1.M1"]


async def test_dates_come_first_and_numbers_count_as_people_count(store: Store) -> None:
    await apply(
        store,
        a_reading(
            measures=(
                a_measure("1.10.M1"),
                a_measure("1.2.M1"),
                a_measure("2.1.M1", deadline=until(date(2026, 9, 1))),
                a_measure("9.1.M1", deadline=until(date(2026, 8, 1))),
            ),
            inquiries=tuple(an_inquiry(at) for at in range(1, 11)),
        ),
    )

    assert await refs(store, Query()) == [
        "9.1.M1",
        "2.1.M1",
        "1.2.M1",
        "1.10.M1",
        *(f"Q{number}" for number in range(1, 11)),
    ]


async def test_pages_follow_each_other_and_a_page_too_far_is_the_last(store: Store) -> None:
    await apply(store, a_reading(measures=tuple(a_measure(f"1.1.M{n}") for n in range(1, 13))))

    pages = [await listed(store, Query(page=page)) for page in (0, 1, 2, 99)]

    assert [(page.page, page.pages, len(page.lines)) for page in pages] == [
        (0, 3, PAGE_SIZE),
        (1, 3, PAGE_SIZE),
        (2, 3, 2),
        (2, 3, 2),
    ]


async def test_only_a_missed_date_is_overdue_never_a_review(store: Store) -> None:
    measures = (
        a_measure("1.1.M1", deadline=until(YESTERDAY)),
        a_measure("1.1.M2", deadline=until(TODAY)),
        a_measure("1.1.M3", deadline=ONGOING, as_of=date(2020, 1, 1)),
        a_measure("1.1.M4", deadline=until(YESTERDAY), status=Status.FULLY),
    )
    inquiries = (an_inquiry(1, due_on=YESTERDAY), an_inquiry(2, offices_due_on=YESTERDAY, due_on=TOMORROW))
    await apply(store, a_reading(measures=measures, inquiries=inquiries))

    answer = await listed(store, Query(intent=Intent.OVERDUE))

    assert [line.ref for line in answer.lines] == ["1.1.M1", "Q1", "Q2"]
    assert answer.own == Counts(measures=1, inquiries=2, overdue=3)
    assert (await listed(store, Query())).own == Counts(measures=3, inquiries=2, overdue=3)


@pytest.mark.parametrize(
    "today", [date(2026, 1, 1), date(2026, 1, 15), date(2026, 1, 31), date(2026, 2, 1), date(2027, 1, 1)]
)
async def test_the_counts_kept_beside_the_desk_equal_counting(store: Store, today: date) -> None:
    due = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 14), date(2026, 1, 15), date(2026, 1, 31)]
    measures = [a_measure(f"1.1.M{n}", deadline=until(day), lead_offices=("A50",)) for n, day in enumerate(due, 1)]
    await apply(store, a_reading(measures=(*measures, a_measure("1.2.M1", lead_offices=("D05",)))))
    again = [one.model_copy(update={"status": Status.FULLY, "text": "Erledigt."}) for one in measures[::2]]
    await apply(store, a_reading(measures=tuple(again), rounds=()))

    answer = await listed(store, Query(offices=("A50",)), today=today)

    counted = await store.database.read(
        "SELECT sum(due_key < ? AND is_dated) AS overdue, count(*) AS open FROM desk"
        " WHERE scope = 'A50' AND is_open = 1 AND through = ''",
        (today.isoformat(),),
    )
    assert answer.own == Counts(measures=counted[0]["open"], overdue=counted[0]["overdue"])
    assert answer.through == Counts(measures=1)


async def test_deadlines_are_those_of_the_next_thirty_days_and_what_was_missed(store: Store) -> None:
    horizon = TODAY + timedelta(days=30)
    days = (YESTERDAY, TODAY, horizon, horizon + timedelta(days=1))
    paper = a_paper(
        mandates=(a_mandate(due_on=TOMORROW),),
        milestones=(
            an_application_deadline(YESTERDAY),
            Milestone(title="Vergangene Sitzung", on=YESTERDAY),
            Milestone(title="Sitzung", on=TOMORROW),
        ),
    )
    measures = tuple(a_measure(f"1.1.M{n}", deadline=until(day)) for n, day in enumerate(days, 1))
    await apply(store, a_reading(measures=measures, inquiries=(an_inquiry(1, due_on=TODAY),), papers=(paper,)))

    found = await listed(store, Query(intent=Intent.DEADLINES))
    rest = await listed(store, Query(intent=Intent.DEADLINES, page=1))

    assert [(line.ref, line.kind, line.due_on) for line in (*found.lines, *rest.lines)] == [
        ("1.1.M1", Kind.MEASURE, YESTERDAY),
        ("0345/25", Kind.MILESTONE, YESTERDAY),
        ("1.1.M2", Kind.MEASURE, TODAY),
        ("Q1", Kind.INQUIRY, TODAY),
        ("0345/25", Kind.MANDATE, TOMORROW),
        ("0345/25", Kind.MILESTONE, TOMORROW),
        ("1.1.M3", Kind.MEASURE, horizon),
    ]
    assert found.own == Counts(measures=3, inquiries=1, mandates=1, milestones=2, overdue=2)


async def test_a_period_bounds_deadlines_at_both_ends(store: Store) -> None:
    days = (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1))
    await apply(
        store, a_reading(measures=tuple(a_measure(f"1.1.M{n}", deadline=until(day)) for n, day in enumerate(days, 1)))
    )

    december = Period(since=date(2026, 12, 1), until=date(2026, 12, 31))
    assert await refs(store, Query(intent=Intent.DEADLINES, period=december)) == ["1.1.M2", "1.1.M3"]
    assert await refs(store, Query(period=Period(until=date(2026, 12, 1)))) == ["1.1.M1", "1.1.M2"]
    assert await refs(store, Query(period=Period(since=date(2026, 12, 31)))) == ["1.1.M3", "1.1.M4"]


NEXT_MONTH = Period(since=TODAY + timedelta(days=16), until=TODAY + timedelta(days=45))
LAST_MONTH = Period(since=TODAY - timedelta(days=44), until=TODAY - timedelta(days=16))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(since=TODAY, until=TOMORROW), ["overdue", "missed", "today", "session"]),
        (Period(since=TODAY - timedelta(days=3), until=TOMORROW), ["overdue", "missed", "today", "session"]),
        (Period(until=TOMORROW), ["overdue", "missed", "today", "session"]),
        (Period(until=TODAY), ["overdue", "missed", "today"]),
        (Period(since=TOMORROW), ["overdue", "missed", "session", "later"]),
        (NEXT_MONTH, ["overdue", "missed", "later"]),
        (LAST_MONTH, ["overdue"]),
        (Period(since=YESTERDAY, until=YESTERDAY), ["missed", "past session"]),
        (Period(until=YESTERDAY), ["overdue", "missed", "past session"]),
        (Period(since=TODAY - timedelta(days=14), until=TODAY), ["missed", "past session", "today"]),
        (Period(since=YESTERDAY), ["missed", "past session", "today", "session", "later"]),
    ],
    ids=str,
)
async def test_a_period_that_is_not_over_includes_what_was_missed_and_leaves_out_what_only_took_place(
    store: Store, period: Period, expected: list[str]
) -> None:
    days = {
        "overdue": TODAY - timedelta(days=30),
        "missed": YESTERDAY,
        "today": TODAY,
        "later": TODAY + timedelta(days=30),
    }
    measures = tuple(
        a_measure(f"1.1.M{n}", title=title, deadline=until(day)) for n, (title, day) in enumerate(days.items(), 1)
    )
    settled = a_measure("1.1.M9", title="settled", status=Status.FULLY, deadline=until(YESTERDAY))
    sessions = (Milestone(title="past session", on=YESTERDAY), Milestone(title="session", on=TOMORROW))
    await apply(store, a_reading(measures=(*measures, settled), papers=(a_paper(milestones=sessions),)))

    answer = await listed(store, Query(intent=Intent.DEADLINES, period=period))

    assert [line.title for line in answer.lines] == expected
    assert answer.own.overdue == len({"overdue", "missed"} & set(expected))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(period=NEXT_MONTH), Counts(inquiries=2, measures=2, mandates=1)),
        (Query(period=NEXT_MONTH, offices=("A50",)), Counts(inquiries=1, measures=1, mandates=1)),
        (Query(period=NEXT_MONTH, offices=("A50", "A51")), Counts(inquiries=1, measures=1, mandates=1)),
        (Query(period=NEXT_MONTH, kinds=(Kind.INQUIRY,)), Counts(inquiries=2)),
        (Query(period=NEXT_MONTH, kinds=(Kind.PROGRAMME,)), Counts(programmes=1)),
        (Query(period=NEXT_MONTH, field=2), Counts(measures=1)),
        (Query(period=NEXT_MONTH, words="punkt"), Counts(inquiries=2)),
        (Query(period=NEXT_MONTH, unrouted=True), Counts(inquiries=1)),
        (Query(intent=Intent.DEADLINES, period=NEXT_MONTH), Counts(inquiries=2, measures=2, mandates=1)),
        (Query(intent=Intent.MINE, period=NEXT_MONTH, offices=("A50",)), Counts(inquiries=1, measures=1, mandates=1)),
        (Query(intent=Intent.OVERDUE, period=LAST_MONTH), Counts()),
        (Query(intent=Intent.SEARCH, period=NEXT_MONTH), Counts()),
        (Query(), Counts()),
        (Query(intent=Intent.DEADLINES), Counts()),
    ],
    ids=str,
)
async def test_a_period_tells_how_much_open_work_without_a_date_it_hides(
    store: Store, query: Query, expected: Counts
) -> None:
    measures = (
        a_measure("1.1.M1", lead_offices=("A50",)),
        a_measure("2.1.M1", lead_offices=("D05",)),
        a_measure("1.1.M2", lead_offices=("A50",), deadline=until(TOMORROW)),
        a_measure("1.1.M3", lead_offices=("A50",), deadline=ONGOING),
        a_measure("1.1.M4", lead_offices=("A50",), status=Status.FULLY),
    )
    inquiries = (an_inquiry(1), an_inquiry(2, offices=()), an_inquiry(3, due_on=TOMORROW))
    paper = a_paper(mandates=(a_mandate(),), milestones=(Milestone(title="Sitzung", rhythm="monatlich"),))
    await apply(store, a_reading(measures=measures, inquiries=inquiries, papers=(paper,), programmes=(a_programme(),)))
    await apply(store, a_reading(measures=(a_measure("1.1.M5", lead_offices=("A50",)),)), public=False)

    assert (await listed(store, query)).undated == expected


async def test_a_programme_is_open_until_its_last_day_and_then_only_ended(store: Store) -> None:
    await apply(store, a_reading(programmes=(a_programme(ends_on=TODAY),)))
    line = Listed(
        ref="StadtLab",
        kind=Kind.PROGRAMME,
        title="Programm StadtLab",
        due_on=TODAY,
        is_dated=False,
        visibility=Visibility.PUBLIC,
    )
    over, anyhow = Query(kinds=(Kind.PROGRAMME,)), Query(intent=Intent.SEARCH, kinds=(Kind.PROGRAMME,))

    assert (await listed(store, over)).lines == (line,)
    assert await listed(store, over, today=TOMORROW) == Listing(query=over)
    assert (await listed(store, anyhow, today=TOMORROW)).lines == (line.model_copy(update={"is_open": False}),)


async def test_a_result_settles_the_mandate_and_its_deadline(store: Store) -> None:
    paper = a_paper(mandates=(a_mandate(due_on=YESTERDAY),), milestones=(an_application_deadline(YESTERDAY),))
    overdue = Query(intent=Intent.DEADLINES)

    await apply(store, a_reading(papers=(paper,)))
    before = await refs(store, overdue)
    await apply(store, a_reading(papers=(a_paper("0345/25-E1", answers="0345/25"),)))

    assert before == ["0345/25", "0345/25"]
    assert await refs(store, overdue) == []


async def test_mine_are_the_readers_offices(store: Store) -> None:
    measures = (a_measure("1.1.M1", lead_offices=("A50",)), a_measure("1.1.M2", lead_offices=("A32",)))
    await apply(store, a_reading(measures=measures))

    editor = PUBLIC.model_copy(update={"offices": ("A50", "A51")})
    query = Query(intent=Intent.MINE)
    assert [line.ref for line in (await store.register(editor).listing(query, TODAY)).lines] == ["1.1.M1"]
    assert await store.register(PUBLIC).listing(query, TODAY) == Listing(query=query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(kinds=(Kind.INQUIRY,)), ["Q1", "Q2", "Q3", "Q4"]),
        (Query(statuses=(Status.FULLY,)), ["2.1.M1"]),
        (Query(statuses=(Status.UNCLEAR, Status.PARTLY)), ["1.1.M1", "1.2.M1", "1.1.M1"]),
        (Query(unrouted=True), ["Q3"]),
        (Query(in_review=True), ["Q4"]),
        (Query(inquiry_statuses=(InquiryStatus.OPEN,), statuses=(Status.FULLY,)), ["2.1.M1", "Q1", "Q2"]),
        (Query(is_new=True), ["1.2.M1"]),
        (Query(field=2, statuses=tuple(Status)), ["2.1.M1"]),
        (Query(recommendation=(1, 2)), ["1.2.M1", "Q2"]),
        (Query(concept="Klimaplan"), ["1.1.M1"]),
        (Query(originator="Fraktion Süd"), ["Q4"]),
        (Query(kinds=(Kind.PROGRAMME,), programme="StadtLab"), ["StadtLab"]),
        (Query(changed_since=date(2026, 3, 3)), []),
        (Query(kinds=(Kind.INQUIRY,), changed_since=date(2026, 3, 2)), ["Q1", "Q2", "Q3", "Q4"]),
        (Query(intent=Intent.SEARCH, kinds=(Kind.MEASURE,)), ["1.1.M1", "1.1.M1", "1.2.M1", "2.1.M1"]),
        (Query(words="vorhaben 1.2.M1"), ["1.2.M1"]),
    ],
    ids=str,
)
async def test_each_filter_leaves_what_it_names(store: Store, query: Query, expected: list[str]) -> None:
    await apply(
        store,
        a_reading(
            measures=(
                a_measure("1.1.M1"),
                a_measure("1.2.M1", status=Status.UNCLEAR, is_new=True),
                a_measure("2.1.M1", status=Status.FULLY),
                a_measure("1.1.M1", concept="Klimaplan"),
            ),
            lists=(a_list(), a_list("liste-2", originator="Fraktion Süd")),
            inquiries=(
                an_inquiry(1),
                an_inquiry(2, about={"kind": "recommendation", "field": 1, "recommendation": 2}),
                an_inquiry(3, offices=()),
                an_inquiry(1, list="liste-2", status=InquiryStatus.IN_REVIEW, text="Was folgt daraus?"),
            ),
            programmes=(a_programme(),),
        ),
    )

    assert sorted(await refs(store, query)) == sorted(expected)


async def test_withheld_records_are_counted_for_reference_clearance_and_for_nobody_else(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1", lead_offices=("A50",)),)))
    await apply(
        store,
        a_reading(measures=tuple(a_measure(f"2.1.M{n}", lead_offices=("A50",)) for n in (1, 2))),
        public=False,
    )
    query = Query(offices=("A50",))

    answers = [await store.register(reader).listing(query, TODAY) for reader in (PUBLIC, REFERENCE, CONTENT)]

    assert [(answer.own.measures, len(answer.lines), answer.withheld) for answer in answers] == [
        (1, 1, 0),
        (1, 1, 2),
        (3, 3, 0),
    ]
    told = [
        [await store.register(reader).withholds(ref) for reader in (PUBLIC, REFERENCE, CONTENT)]
        for ref in ("2.1.M1", "1.1.M1", "7.7.M7")
    ]
    assert told == [[False, True, False], [False, False, False], [False, False, False]]


async def test_a_change_of_the_office_tree_lays_the_desk_anew_and_keeps_when_records_changed(store: Store) -> None:
    measure: Measure = a_measure("1.1.M1", lead_offices=("A32",))
    await apply(store, a_reading(measures=(measure,)))
    before = await store.database.read("SELECT changed_on FROM listed")

    [*_, office, _] = (await store.offices()).offices
    moved = office.model_copy(update={"parent": "D05"})
    await apply(store, a_reading(form="offices", offices=(moved,)))

    assert office.code == "A32"
    assert await refs(store, Query(offices=("D05",))) == ["1.1.M1"]
    assert await refs(store, Query(offices=("D03",))) == []
    assert [tuple(row) for row in await store.database.read("SELECT changed_on FROM listed")] == [
        tuple(row) for row in before
    ]


async def test_open_work_is_read_from_covering_indexes(store: Store) -> None:
    """The page costs by its length and the counts by the months, whatever the size of the register."""
    plans: list[set[str]] = []

    async def explaining(sql: str, values: Values) -> list[Row]:
        steps = await store.database.read(f"EXPLAIN QUERY PLAN {sql}", values)
        plans.append({step["detail"] for step in steps if step["detail"].startswith("SEARCH d ")})
        return await store.database.read(sql, values)

    await apply(store, a_reading(measures=(a_measure("1.1.M1", lead_offices=("A50",)),)))
    await listing(explaining, Query(offices=("A50",)), TODAY, clearance=Clearance.PUBLIC, scopes=("A50",))

    assert plans == [
        {
            "SEARCH d USING PRIMARY KEY (scope=?)",
            "SEARCH d USING COVERING INDEX desk_due (scope=? AND due_key>? AND due_key<?)",
        },
        {"SEARCH d USING COVERING INDEX desk_open (scope=?)"},
    ]


async def test_a_measure_without_a_marked_lead_is_open_for_every_office_it_names(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1", participating=("A50", "A51")),)))

    assert await refs(store, Query(offices=("A50",))) == ["1.1.M1"]
    assert await refs(store, Query(offices=("A51",))) == ["1.1.M1"]
    assert await refs(store, Query(offices=("A32",))) == []
