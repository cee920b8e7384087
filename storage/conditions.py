"""A question as conditions on the desk's lines (``d``) and, where it asks for more, on what is listed (``l``)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from registry.desk import HORIZON
from registry.inquiries import InquiryStatus
from registry.queries import Intent, Kind, Period, Query
from storage.desk import EVERYWHERE, NEVER_DUE
from storage.rows import Values, among

_KINDS = {
    Intent.SEARCH: (Kind.MEASURE, Kind.INQUIRY, Kind.PAPER, Kind.PROGRAMME),
    Intent.DEADLINES: (Kind.MEASURE, Kind.INQUIRY, Kind.MANDATE, Kind.MILESTONE),
    Intent.SUMMARY: (Kind.MEASURE, Kind.INQUIRY),
    Intent.OWING: (Kind.MEASURE, Kind.INQUIRY),
}
_BOUND_IN_TIME = frozenset({Intent.OPEN, Intent.MINE, Intent.DEADLINES})
_WORK = (Kind.MEASURE, Kind.INQUIRY, Kind.MANDATE)
OVERDUE = "d.is_open = 1 AND d.is_dated = 1 AND d.due_key < :today"
OPEN = "d.is_open = 1"
# A programme is over after its last day, without anybody laying its line anew.
STILL_RUNS = "(d.kind <> 'programme' OR d.due_key >= :today)"
# In the very words of the index ``desk_due``, which is used only where they stand.
HAS_DATE = f"(d.is_open = 1 OR d.kind = 'milestone') AND d.due_key <> '{NEVER_DUE}'"


@dataclass
class Conditions:
    """What has to hold. ``on_lines`` needs the desk alone, ``on_listed`` the listed record besides."""

    scopes: tuple[str, ...] = (EVERYWHERE,)
    on_lines: list[str] = field(default_factory=list)
    on_listed: list[str] = field(default_factory=list)
    values: Values = field(default_factory=dict)

    @property
    def asks_for_open_work_alone(self) -> bool:
        """Whether the counts kept beside the desk already answer how many lines there are."""
        return len(self.scopes) == 1 and self.on_lines[1:] == [OPEN] and not self.on_listed

    def listed(self, condition: str, **values: object) -> None:
        self.on_listed.append(condition)
        self.values |= values

    def lines(self, condition: str, **values: object) -> None:
        self.on_lines.append(condition)
        self.values |= values

    def lines_among(self, column: str, values: Sequence[object]) -> None:
        condition, bound = among(f"d.{column}", values, name=column)
        self.lines(condition, **bound)

    def selection(self, sight: str, *, joins: str = "", with_listed: bool = False) -> tuple[str, Values]:
        """FROM and WHERE of every line that meets the conditions and the reader's sight, and what they bind."""
        in_scopes, values = among("d.scope", self.scopes, name="scope")
        on_desk = " AND ".join((in_scopes, *self.on_lines, sight))
        listed = "JOIN listed l ON l.id = d.line" if with_listed or self.on_listed else ""
        on_listed = " AND ".join(self.on_listed) or "TRUE"
        if len(self.scopes) == 1:
            return f"FROM desk d {listed} {joins} WHERE {on_desk} AND {on_listed}", values | self.values
        # A line that lies in several scopes counts once: as its own where it is so in any of them.
        once = (
            "SELECT d.line, min(d.through) AS through, max(d.is_open) AS is_open, d.is_dated, d.kind, d.due_key,"
            f" d.sort_key, d.visibility FROM desk d WHERE {on_desk} GROUP BY d.line"
        )
        return f"FROM ({once}) d {listed} {joins} WHERE {on_listed}", values | self.values


def conditions_of(query: Query, today: date, *, scopes: tuple[str, ...]) -> Conditions:
    """Everything a question asks for but its words and the reader's sight."""
    conditions = whenever(query, today, scopes=scopes)
    match query.intent:
        case Intent.OVERDUE:
            conditions.lines(f"{HAS_DATE} AND {OVERDUE}")
        case Intent.DEADLINES:
            conditions.lines(HAS_DATE)
            _add_deadlines(conditions, query.period or Period(since=today, until=today + HORIZON), today)
            return conditions
        case Intent.OPEN | Intent.MINE if not _asks_for_status(query):
            _add_open(conditions, query)
    if query.period is not None:
        _add_period(conditions, query.period)
    return conditions


def undated(query: Query, today: date, *, scopes: tuple[str, ...]) -> Conditions | None:
    """What the period of a question hides: the scope's own open work that has no date at all."""
    if query.period is None or query.intent not in _BOUND_IN_TIME:
        return None
    conditions = whenever(query, today, scopes=scopes)
    _add_open(conditions, query)
    conditions.lines(f"d.through = '' AND d.due_key = '{NEVER_DUE}'")
    return conditions


def whenever(query: Query, today: date, *, scopes: tuple[str, ...]) -> Conditions:
    """What a question asks for, whether that is open or not, and whatever its date."""
    conditions = Conditions(scopes=scopes or (EVERYWHERE,), values={"today": today.isoformat()})
    conditions.lines_among("kind", [kind.value for kind in _kinds(query)])
    _add_statuses(conditions, query)
    _add_facets(conditions, query)
    return conditions


def _kinds(query: Query) -> tuple[Kind, ...]:
    return query.kinds or _KINDS.get(query.intent, _WORK)


def _asks_for_status(query: Query) -> bool:
    return bool(query.statuses or query.inquiry_statuses or query.unrouted or query.in_review)


def _add_open(conditions: Conditions, query: Query) -> None:
    conditions.lines(OPEN)
    if Kind.PROGRAMME in _kinds(query):
        conditions.lines(STILL_RUNS)


def _add_deadlines(conditions: Conditions, period: Period, today: date) -> None:
    """What lies ahead in a period that is not over yet, and what was missed before, which is still to be done."""
    if _looks_back(period, today):
        _add_period(conditions, period)
        return
    conditions.lines(f"(d.due_key >= :since OR ({OVERDUE}))", since=max(today, period.since or today).isoformat())
    if period.until is not None:
        conditions.lines("d.due_key <= :until", until=period.until.isoformat())


def _looks_back(period: Period, today: date) -> bool:
    """Whether a period asks for what was: it ends before today, or reaches from the past to today alone."""
    if period.since is None or period.since >= today:
        return period.until is not None and period.until < today
    return period.until is None or period.until <= today


def _add_period(conditions: Conditions, period: Period) -> None:
    if period.since is not None:
        conditions.lines("d.due_key >= :since", since=period.since.isoformat())
    if period.until is not None:
        conditions.lines("d.due_key <= :until", until=period.until.isoformat())


def _add_statuses(conditions: Conditions, query: Query) -> None:
    """Statuses belong to one kind each: measures of these or inquiries of those."""
    inquiries = [status.value for status in query.inquiry_statuses]
    inquiries += [InquiryStatus.UNROUTED.value] if query.unrouted else []
    inquiries += [InquiryStatus.IN_REVIEW.value] if query.in_review else []
    either = []
    for kind, statuses in (("measure", [status.value for status in query.statuses]), ("inquiry", inquiries)):
        if statuses:
            condition, bound = among("l.status", statuses, name=f"{kind}_status")
            either.append(f"(l.kind = '{kind}' AND {condition})")
            conditions.values |= bound
    if either:
        conditions.listed(f"({' OR '.join(either)})")


def _add_facets(conditions: Conditions, query: Query) -> None:
    if query.is_new:
        conditions.listed("l.is_new = 1")
    if query.recommendation is not None:
        of_field, number = query.recommendation
        conditions.listed(
            "l.field = :in_field AND l.recommendation = :recommendation", in_field=of_field, recommendation=number
        )
    for column in ("field", "concept", "programme", "originator"):
        wanted = getattr(query, column)
        if wanted is not None:
            conditions.listed(f"l.{column} = :{column}", **{column: wanted})
    if query.changed_since is not None:
        conditions.listed("l.changed_on >= :changed_since", changed_since=query.changed_since.isoformat())
