"""Spans of time and due dates as people say them in chat, with or without a year."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from registry.days import Part, Span, Unit, around, edge, later, read_part
from registry.queries import Period
from registry.timewords import TIME_WORDS, terms
from registry.workdays import Workdays

LONGEST = 80
DAY = timedelta(days=1)

_OFFSETS = {"yesterday": -1, "today": 0, "tomorrow": 1, "overmorrow": 2}
_STEPS = {"last": -1, "this": 0, None: 0, "next": 1}
_COUNT = r"(?P<count>[1-9]\d{0,2}) (?P<unit>day|week|month|quarter|year)"
_COUNTED = re.compile(rf"(?:(?:in|within|since|above) )?(?P<way>next|within|last|since) {_COUNT}")
_IN_SOME_TIME = re.compile(rf"(?:in|within) {_COUNT}")
_LASTING = re.compile(
    r"(?=since|for|more|longer|above|least)(?:since |for )?(?:more than |longer than |longer |above |least )?"
    r"(?:(?P<count>[1-9]\d{0,2})|a) (?P<unit>day|week|month|quarter|year)"
)
_IN_WORKDAYS = re.compile(r"(?:in|within) (?P<count>[1-9]\d{0,2}) (?:workday|working day)")
_JOINED = re.compile(r" (?:-|until|(?P<and>and)) ")
_OPENING = re.compile(r"from |between ")
_ONE_SIDED = re.compile(r"(?:(?P<side>before|since|from|after|until)(?: until)? )?(?:in )?(?P<moment>.+)")
_EDGE = re.compile(r"(?P<edge>start|middle|end) (?:in )?(?P<moment>.+)")
_UNIT = re.compile(r"(?:(?P<step>last|this|next) )?(?P<unit>week|month|quarter|half|year)")
_WEEKDAY = re.compile(r"(?:(?P<step>last|this|next) )?d(?P<weekday>\d)")
_WEEKDAY_OF_WEEK = (
    re.compile(r"d(?P<weekday>\d) (?:in )?(?P<step>last|this|next) week"),
    re.compile(r"(?P<step>last|this|next) week d(?P<weekday>\d)"),
)


def read_period(text: str, today: date, words: Mapping[str, str] = TIME_WORDS) -> Period | None:
    """The span of time that exactly this text names, if it does.

    What has no year lies ahead or is going on (in November, ``im Oktober`` is next year's), and after ``since``
    or ``last`` it lies behind. The end, middle or start of something is a limit only: it needs ``bis`` or the like.
    """
    said = _said(text, words)
    return _counted(said, today) or _between(said, today) or _one_sided(said, today)


def read_age(text: str, today: date, words: Mapping[str, str] = TIME_WORDS) -> date | None:
    """The latest day on which something began that has lasted for this long: ``seit mehr als einem Jahr``."""
    found = _LASTING.fullmatch(_said(text, words))
    return later(today, -int(found["count"] or 1), Unit(found["unit"])) if found else None


def read_due(text: str, today: date, workdays: Workdays, words: Mapping[str, str] = TIME_WORDS) -> date | None:
    """The day something is due that exactly this text names: the last one of a longer span."""
    said = _said(text, words)
    in_workdays = _IN_WORKDAYS.fullmatch(said)
    if in_workdays:
        return workdays.add(today, int(in_workdays["count"]))
    in_some_time = _IN_SOME_TIME.fullmatch(said)
    if in_some_time:
        return later(today, int(in_some_time["count"]), Unit(in_some_time["unit"]))
    found = _ONE_SIDED.fullmatch(said)
    if not found or found["side"] not in (None, "until") or "last" in said.split():
        return None
    span = _limit(found["moment"], today, past=False)
    return span.last if span else None


def read_past_day(text: str, today: date, words: Mapping[str, str] = TIME_WORDS) -> date | None:
    """The day on which something was done that exactly this text names: without a year the latest such day."""
    span = _limit(_said(text, words).removeprefix("in "), today, past=True)
    return span.first if span and span.first == span.last else None


def _said(text: str, words: Mapping[str, str]) -> str:
    return terms(text, words) if len(text) <= LONGEST else ""


def _counted(said: str, today: date) -> Period | None:
    """``in den nächsten 14 Tagen``, ``last 2 weeks``; today is the first or the last day."""
    found = _COUNTED.fullmatch(said)
    if not found:
        return None
    count, unit = int(found["count"]), Unit(found["unit"])
    if found["way"] in ("next", "within"):
        return Period(since=today, until=later(today, count, unit))
    return Period(since=later(today, -count, unit), until=today)


def _between(said: str, today: date) -> Period | None:
    """``vom 1.10. bis 31.12.``: the end lies ahead; a start that would lie after it is the last one before it."""
    for joined in _JOINED.finditer(said):
        opening = _OPENING.match(said)
        if bool(joined["and"]) is (opening is not None and opening[0] == "between "):
            start = said[opening.end() if opening else 0 : joined.start()]
            last = _limit(said[joined.end() :], today, past=False)
            first = _limit(start, today, past=False)
            if first and last and first.first > last.last:
                first = _limit(start, last.last, past=True)
            if first and last and first.first < last.last:
                return Period(since=first.first, until=last.last)
    return None


def _one_sided(said: str, today: date) -> Period | None:
    found = _ONE_SIDED.fullmatch(said)
    if not found:
        return None
    side = found["side"]
    if side is None:
        span = _moment(found["moment"], today, past=False)
        return span and Period(since=span.first, until=span.last)
    span = _limit(found["moment"], today, past=side == "since")
    if span is None:
        return None
    if side in ("until", "before"):
        return Period(until=span.last if side == "until" else span.first - DAY)
    return Period(since=span.last + DAY if side == "after" else span.first)


def _limit(said: str, today: date, *, past: bool) -> Span | None:
    """A moment, or the start, middle or end of one."""
    found = _EDGE.fullmatch(said)
    if not found:
        return _moment(said, today, past=past)
    whole = _UNIT.fullmatch(found["moment"])
    part = read_part(found["moment"])
    unit = Unit(whole["unit"]) if whole else part.unit if part else Unit.DAY
    span = _moment(found["moment"], today, past=past) or (whole and around(today, unit))
    day = edge(found["edge"], unit, span) if span and unit is not Unit.DAY else None
    return Span(day, day) if day else None


def _moment(said: str, today: date, *, past: bool) -> Span | None:
    if said in _OFFSETS:
        day = today + _OFFSETS[said] * DAY
        return Span(day, day)
    part = read_part(said)
    if part:
        return part.span if part.year else _nearest(part, today, past=past)
    whole = _UNIT.fullmatch(said)
    if whole and whole["step"]:
        unit = Unit(whole["unit"])
        return around(later(today, _STEPS[whole["step"]], unit), unit)
    return _weekday(said, today, past=past)


def _nearest(part: Part, today: date, *, past: bool) -> Span | None:
    """The part's next or current occurrence, or with ``past`` its latest; 29.02. is up to eight years away."""
    for distance in range(-1, 9):
        span = part.in_year(today.year - distance if past else today.year + distance)
        if span and (span.first <= today if past else span.last >= today):
            return span
    return None


def _weekday(said: str, today: date, *, past: bool) -> Span | None:
    for form in _WEEKDAY_OF_WEEK:
        found = form.fullmatch(said)
        if found:
            monday = around(later(today, _STEPS[found["step"]], Unit.WEEK), Unit.WEEK).first
            day = monday + int(found["weekday"]) * DAY
            return Span(day, day)
    found = _WEEKDAY.fullmatch(said)
    if not found:
        return None
    behind = past or found["step"] == "last"
    # "this Friday" may be today, "next Friday" and "last Friday" are not.
    start = today + (_STEPS[found["step"]] if found["step"] != "this" else 0) * DAY
    ahead = (int(found["weekday"]) - start.weekday()) % 7
    day = start + (ahead - 7 if behind and ahead else ahead) * DAY
    return Span(day, day)
