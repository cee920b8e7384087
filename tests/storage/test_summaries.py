"""Where a scope stands, and who owes what."""

from datetime import date, timedelta

from registry.desk import Listed, OfficeCount, Summary
from registry.inquiries import Contribution, ContributionStatus, InquiryStatus
from registry.measures import Status
from registry.queries import Intent, Kind, Query
from registry.rounds import EvaluationRound, RoundState
from registry.visibility import Visibility
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import AS_OF, PLAN, PUBLIC, TODAY, a_measure, a_reading, an_inquiry, until

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
DOCUMENT = a_reading(
    measures=(
        a_measure("1.1.M1", lead_offices=("A50", "A32"), deadline=until(YESTERDAY)),
        a_measure("1.1.M2", lead_offices=("A51",), status=Status.FULLY),
        a_measure("2.1.M1", status=Status.UNCLEAR),
    ),
    inquiries=(
        an_inquiry(1, offices=("A50", "A51"), due_on=TOMORROW),
        an_inquiry(2, offices=()),
        an_inquiry(3, offices=("A50",), due_on=YESTERDAY),
    ),
)


async def test_a_summary_counts_by_status_field_and_office(store: Store) -> None:
    await apply(store, DOCUMENT)
    query = Query(intent=Intent.SUMMARY)

    assert await store.register(PUBLIC).summary(query, TODAY) == Summary(
        query=query,
        measures={Status.FULLY: 1, Status.PARTLY: 1, Status.UNCLEAR: 1},
        inquiries={InquiryStatus.OPEN: 2, InquiryStatus.UNROUTED: 1},
        contributions_pending=3,
        overdue=2,
        unclear=("2.1.M1",),
        unrouted=("Q2",),
        by_field={1: {Status.FULLY: 1, Status.PARTLY: 1}, 2: {Status.UNCLEAR: 1}},
        by_office=(
            OfficeCount(office="A50", inquiries=2, measures=1, overdue=2),
            OfficeCount(office="A32", measures=1, overdue=1),
            OfficeCount(office="A51", inquiries=1),
        ),
        next_due=Listed(
            ref="Q1",
            kind=Kind.INQUIRY,
            title="Wie steht es um den 1. Punkt der Liste?",
            offices=("A50", "A51"),
            due_on=TOMORROW,
            status="open",
            visibility=Visibility.PUBLIC,
        ),
        as_of=AS_OF,
    )


async def test_a_departments_summary_tells_the_shares_of_its_own_offices_only(store: Store) -> None:
    await apply(store, DOCUMENT)
    query = Query(intent=Intent.SUMMARY, offices=("D05",))

    summary = await store.register(PUBLIC).summary(query, TODAY)

    assert summary.measures == {Status.FULLY: 1, Status.PARTLY: 1}
    assert summary.by_office == (
        OfficeCount(office="A50", inquiries=2, measures=1, overdue=2),
        OfficeCount(office="A51", inquiries=1),
    )


async def test_contributions_are_those_of_the_places_asked_about_delivered_ones_too(store: Store) -> None:
    def delivered(office: str) -> Contribution:
        return Contribution(office=office, status=ContributionStatus.DELIVERED, text="Liegt vor.")

    asked = (
        an_inquiry(1, offices=("A50", "A51", "A32"), contributions=(delivered("A50"), Contribution(office="A51"))),
        an_inquiry(2, offices=("A50",)),
        an_inquiry(3, offices=("D05", "Ausländerbehörde")),
        an_inquiry(4, offices=("A50",), status=InquiryStatus.ANSWERED, contributions=(delivered("A50"),)),
    )
    await apply(store, a_reading(inquiries=asked))

    async def shares(*offices: str) -> tuple[int, int]:
        summary = await store.register(PUBLIC).summary(Query(intent=Intent.SUMMARY, offices=offices), TODAY)
        return summary.contributions_pending, summary.contributions_delivered

    assert await shares() == (5, 1)
    assert await shares("A50") == (1, 1)
    assert await shares("A51") == (1, 0)
    assert await shares("D05") == (3, 1)
    assert await shares("A32") == (2, 0)
    assert await shares("A50", "A51") == (2, 1)


async def test_a_measure_that_is_only_referred_to_is_named_and_not_counted(store: Store) -> None:
    stub = a_measure("14.1.M1", status=Status.UNKNOWN, is_stub=True, title="", text="", as_of=None)
    await apply(store, a_reading(measures=(a_measure("1.1.M1"), stub)))
    query = Query(intent=Intent.SUMMARY)

    assert await store.register(PUBLIC).summary(query, TODAY) == Summary(
        query=query,
        measures={Status.PARTLY: 1},
        stubs=("14.1.M1",),
        by_field={1: {Status.PARTLY: 1}},
        as_of=AS_OF,
    )


async def test_a_summary_of_nothing_is_empty(store: Store) -> None:
    query = Query(intent=Intent.SUMMARY, field=7)

    assert await store.register(PUBLIC).summary(query, TODAY) == Summary(query=query)


async def test_contributions_are_owed_by_each_office_that_has_not_delivered(store: Store) -> None:
    await apply(store, DOCUMENT)

    owing = await store.register(PUBLIC).owing(Query(intent=Intent.OWING), TODAY)

    assert owing == (OfficeCount(office="A50", inquiries=2, overdue=1), OfficeCount(office="A51", inquiries=1))


async def test_a_report_is_owed_while_a_round_is_open_and_the_measure_has_none(store: Store) -> None:
    await apply(store, a_reading(measures=DOCUMENT.measures))
    spring = EvaluationRound(concept=PLAN, as_of=date(2026, 3, 1), due_on=YESTERDAY, state=RoundState.OPEN)
    reported = DOCUMENT.measures[1].model_copy(update={"as_of": spring.as_of})

    await apply(store, a_reading(measures=(reported,), rounds=(spring,)))

    register, query = store.register(PUBLIC), Query(intent=Intent.OWING)
    assert await register.owing(query, TODAY) == (
        OfficeCount(office="A32", measures=1, overdue=1),
        OfficeCount(office="A50", measures=1, overdue=1),
    )
    assert await register.owing(query.model_copy(update={"offices": ("D03",)}), YESTERDAY) == (
        OfficeCount(office="A32", measures=1),
    )
