"""What is asked of many records: which filters go together, and what is asked for where no word says it."""

from collections.abc import Iterable, Sequence
from datetime import date

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


def about_many(content: Sequence[Stretch], known: Known) -> Composed:
    """The query over all records; without one where a word would change it in a way that cannot be asked."""
    asked = next(iter(intents(content) - {Intent.SHOW}), None)
    query = merge(stretch.sense.sets for stretch in with_role(content, Role.SCOPE, Role.FILTER))
    query, untimed = _with_time(query, content, asked, known.today)
    intent = asked or _implied(query, content)
    query, not_mine = _with_mine(query.model_copy(update={"intent": intent or Intent.OPEN}), content, known.own_offices)
    astray = [s for s in content if s.role in _OF_ONE or s.sense.sets.intent is Intent.HISTORY]
    in_the_way = {*_misfits(content, query.kinds), *not_mine, *astray, *(s for s in untimed if s.role is not Role.TIME)}
    if intent is None or in_the_way:
        return Composed(None, tuple(in_the_way) or tuple(content))
    return Composed(query, tuple(untimed))


def _misfits(content: Iterable[Stretch], kinds: tuple[Kind, ...]) -> list[Stretch]:
    """Filters that no record of the kinds asked for can pass, such as a measure's status for inquiries."""
    needed = ((stretch, _NEEDS_KIND.get(name)) for stretch in content for name in stretch.sense.sets.model_fields_set)
    return [stretch for stretch, kind in needed if kind and kinds and kind not in kinds]


def _with_time(
    query: Query, content: Sequence[Stretch], asked: Intent | None, today: date
) -> tuple[Query, list[Stretch]]:
    """The query with its span of time, or since when something changed or is new; and what has no place in it."""
    times, changed = with_role(content, Role.TIME), with_role(content, Role.CHANGED)
    period = times[0].sense.sets.period if times else None
    if (changed or query.is_new) and period and _reaches(period, today):
        return query.model_copy(update={"changed_since": period.since, "is_new": False}), []
    if changed:
        return query, [*changed, *times]
    if query.is_new and Kind.MEASURE not in query.kinds:
        return query, [stretch for stretch in content if stretch.sense.sets.is_new]
    if asked in _UNDATED or any(time.sense.since and asked not in _DATED_BACK for time in times):
        return query, times
    return query.model_copy(update={"period": period}), []


def _reaches(period: Period, today: date) -> bool:
    """Starts in the past and lasts until today."""
    return period.since is not None and period.since <= today <= (period.until or today)


def _with_mine(query: Query, content: Sequence[Stretch], own: tuple[str, ...]) -> tuple[Query, list[Stretch]]:
    mine = with_role(content, Role.MINE)
    if not mine:
        return query, []
    if query.offices and not set(query.offices) <= set(own):
        return query, mine
    if query.intent is Intent.OPEN:
        return query.model_copy(update={"intent": Intent.MINE, "offices": query.offices or own}), []
    return (query.model_copy(update={"offices": query.offices or own}), []) if own else (query, mine)


def _implied(query: Query, content: Sequence[Stretch]) -> Intent | None:
    """What a question asks for that names only records: a bare office means what is open for it."""
    if query.period:
        return Intent.DEADLINES
    if query.programme and query.model_fields_set <= {"programme", "kinds", "period"}:
        return Intent.SHOW
    settled = set(query.statuses) - OPEN_STATUSES or set(query.inquiry_statuses) & SETTLED_STATUSES
    everything = with_role(content, Role.ALL) and query.kinds
    listed = query.kinds and _NEVER_DONE.issuperset(query.kinds)
    if query.changed_since or query.is_new or settled or everything or listed:
        return Intent.SEARCH
    if query.kinds == (Kind.MILESTONE,):
        return Intent.DEADLINES
    return Intent.OPEN if query != Query() or with_role(content, Role.MINE) else None
