"""What is asked of many records: which filters go together, and what is asked for where no word says it."""

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.understanding.asker import with_mine, with_ours
from handlers.understanding.parts import Composed, intents, merge, with_role
from handlers.understanding.reading import Known
from handlers.understanding.senses import Role, Stretch
from registry.inquiries import SETTLED_STATUSES
from registry.measures import OPEN_STATUSES
from registry.queries import Intent, Kind, Period, Query

_NEEDS_KIND = {
    "statuses": Kind.MEASURE,
    "is_new": Kind.MEASURE,
    "inquiry_statuses": Kind.INQUIRY,
    "unrouted": Kind.INQUIRY,
    "in_review": Kind.INQUIRY,
}
_UNDATED = (Intent.SUMMARY, Intent.OWING)
_DATED_BACK = (Intent.OVERDUE, Intent.DEADLINES)
_NEVER_DONE = frozenset({Kind.PAPER, Kind.PROGRAMME})
_OF_ONE = (Role.NOUN, Role.ITEM, Role.DETAIL)
_COUNTED = frozenset({Kind.MEASURE, Kind.INQUIRY})
_AHEAD = (Intent.OPEN, Intent.DEADLINES)
_PLACES = frozenset({"kinds", "offices", "field", "recommendation", "concept", "programme", "originator"})


def about_many(content: Sequence[Stretch], known: Known) -> Composed:
    """The query over all records; without one where a word would change it in a way that cannot be asked."""
    asked = next(iter(intents(content) - {Intent.SHOW}), None)
    query = _with_undone(merge(s.sense.sets for s in with_role(content, Role.SCOPE, Role.FILTER)), content)
    query, untimed = _with_time(query, content, asked, known.today)
    intent = asked or _implied(query, content)
    query = _from_today(query.model_copy(update={"intent": intent or Intent.OPEN}), known.today)
    query, not_mine = with_mine(with_ours(query, content, known.own_offices), content, known.own_offices)
    nowhere = () if _names_only_a_programme(query) else (Intent.HISTORY,)
    astray = [s for s in content if s.role in _OF_ONE or s.sense.sets.intent in nowhere]
    in_the_way = {*_misfits(content, query.kinds), *not_mine, *astray, *(s for s in untimed if s.role is not Role.TIME)}
    if intent is None or in_the_way:
        return Composed(None, tuple(in_the_way or (s for s in content if s.role is not Role.OURS)))
    return Composed(query, tuple(untimed))


def _misfits(content: Iterable[Stretch], kinds: tuple[Kind, ...]) -> list[Stretch]:
    """Filters that no record of the kinds asked for can pass, such as a measure's status for inquiries."""
    undone = [s for s in with_role(content, Role.INTENT) if kinds and not set(s.sense.sets.kinds) <= set(kinds)]
    needed = ((stretch, _NEEDS_KIND.get(name)) for stretch in content for name in stretch.sense.sets.model_fields_set)
    return undone + [stretch for stretch, kind in needed if kind and kinds and kind not in kinds]


def _with_undone(query: Query, content: Iterable[Stretch]) -> Query:
    """Where no kind is named, what is still to be answered are inquiries, and to be implemented measures."""
    if query.kinds:
        return query
    kinds = merge(Query(kinds=s.sense.sets.kinds) for s in with_role(content, Role.INTENT) if s.sense.sets.kinds).kinds
    return query.model_copy(update={"kinds": kinds}) if kinds else query


def _from_today(query: Query, today: date) -> Query:
    """``bis Freitag`` begins today; what was due before is overdue, and asked for so."""
    period = query.period
    if query.intent not in _AHEAD or period is None or period.since or period.until is None or period.until < today:
        return query
    return query.model_copy(update={"period": Period(since=today, until=period.until)})


def _names_only_a_programme(query: Query) -> bool:
    return query.programme is not None and _filters(query) <= {"programme", "kinds"}


def _filters(query: Query) -> set[str]:
    """The names of what a query asks for besides its intent."""
    return {name for name in query.model_fields_set if getattr(query, name)} - {"intent"}


def _with_time(
    query: Query, content: Sequence[Stretch], asked: Intent | None, today: date
) -> tuple[Query, list[Stretch]]:
    """The query with its span of time, or since when something changed or is new; and what has no place in it."""
    times, changed = with_role(content, Role.TIME), with_role(content, Role.CHANGED)
    period = times[0].sense.sets.period if times else None
    if times and times[0].sense.age and asked in _DATED_BACK:
        return query.model_copy(update={"period": Period(until=times[0].sense.age)}), []
    if (changed or query.is_new) and period and _reaches(period, today):
        return query.model_copy(update={"changed_since": period.since, "is_new": False}), []
    if changed:
        return query, [*changed, *times]
    if query.is_new and Kind.MEASURE not in query.kinds:
        return query, [stretch for stretch in content if stretch.sense.sets.is_new]
    # A paper is no one's to do by a day unless that is asked for, and its own date is no due date.
    undated = asked in _UNDATED or (asked is None and query.kinds and _NEVER_DONE.issuperset(query.kinds))
    if undated or any(time.sense.since and asked not in _DATED_BACK for time in times):
        return query, times
    return query.model_copy(update={"period": period}), []


def _reaches(period: Period, today: date) -> bool:
    """Starts in the past and lasts until today."""
    return period.since is not None and period.since <= today <= (period.until or today)


def _implied(query: Query, content: Sequence[Stretch]) -> Intent | None:
    """What a question asks for that names only records: a bare office means what is open for it."""
    if query.period:
        return Intent.DEADLINES
    if _names_only_a_programme(query):
        return Intent.SHOW
    settled = set(query.statuses) - OPEN_STATUSES or set(query.inquiry_statuses) & SETTLED_STATUSES
    counted = with_role(content, Role.COUNT) and query.kinds and _COUNTED.issuperset(query.kinds)
    if counted and _filters(query) <= _PLACES:
        return Intent.SUMMARY
    everything = with_role(content, Role.ALL) and _filters(query) <= _PLACES
    listed = query.kinds and _NEVER_DONE.issuperset(query.kinds)
    if query.changed_since or query.is_new or settled or everything or listed:
        return Intent.SEARCH
    if query.kinds == (Kind.MILESTONE,):
        return Intent.DEADLINES
    return Intent.OPEN if query != Query() or with_role(content, Role.MINE) else None
