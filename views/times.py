"""Dates as people read them: weekday, full date, and how many working days are left."""

from datetime import date, datetime, timedelta

from registry.deadlines import Deadline, DeadlineKind, review_on
from registry.desk import Listed
from registry.queries import Kind, Period
from views.voice import Voice

_NEAR = timedelta(days=92)  # further away, nobody counts working days


def due(on: date, voice: Voice) -> str:
    """``bis Mi., 16.12.2026 (in 17 Arbeitstagen)``; a past day is said to be overdue."""
    say, day = voice.say, voice.say.date(on)
    if on == voice.today:
        return say("due today, {day}", day=day)
    if on < voice.today:
        return _overdue(on, voice)
    if on - voice.today > _NEAR:
        return say("by {day}", day=day)
    left = voice.workdays.between(voice.today, on)
    return say.plural("by {day} (in {n} working day)", "by {day} (in {n} working days)", left, day=day)


def _overdue(on: date, voice: Voice) -> str:
    say, day = voice.say, voice.say.date(on)
    if voice.today - on > _NEAR:
        return say("overdue since {day}", day=day)
    late = voice.workdays.between(on, voice.today)
    return say.plural("overdue since {day} ({n} working day)", "overdue since {day} ({n} working days)", late, day=day)


def due_or_was(on: date, voice: Voice, *, is_open: bool) -> str:
    """The date alone where nothing is left to do."""
    return due(on, voice) if is_open else voice.say("by {day}", day=voice.say.date(on))


def listed(line: Listed, voice: Voice) -> str:
    """When a line of a listing is due, to be looked at again, or was due."""
    if line.due_on is None:
        return ""
    if line.kind is Kind.PROGRAMME:
        return _end(line.due_on, voice)
    if not line.is_dated and line.kind is not Kind.MILESTONE:
        return _review(line.due_on, voice) if line.is_open else ""
    if line.kind is Kind.MILESTONE and not line.is_open:
        return voice.say.date(line.due_on)
    return due_or_was(line.due_on, voice, is_open=line.is_open)


def _review(on: date, voice: Voice) -> str:
    """A review date is set by us, so nobody is late; a past one says that it waits."""
    say, day = voice.say, voice.say.date(on)
    return say("next review {day}", day=day) if on >= voice.today else say("to be reviewed since {day}", day=day)


def _end(on: date, voice: Voice) -> str:
    say, day = voice.say, voice.say.date(on)
    return say("runs until {day}", day=day) if on >= voice.today else say("ended on {day}", day=day)


def deadline(written: Deadline, voice: Voice, *, is_open: bool, last_report: date | None = None) -> str:
    """The office's own words, with the date they mean, or the one to look at them again after the last report."""
    say = voice.say
    if written.kind is DeadlineKind.NONE:
        return say("no deadline")
    words = say("“{words}”", words=written.text)
    if written.due_on is not None:
        return f"{words} – {due_or_was(written.due_on, voice, is_open=is_open)}"
    if written.kind is DeadlineKind.UNREAD:
        return say("{words} (not understood as a date)", words=words)
    looked_at = review_on(written, last_report) if is_open else None
    return f"{words} – {_review(looked_at, voice)}" if looked_at else words


def period(span: Period, voice: Voice) -> str:
    """The days of a period: ``01.12.2026 bis 31.12.2026``."""
    say = voice.say
    if span.since and span.until:
        if span.since == span.until:
            return say.short_date(span.since)
        return say("{first} to {last}", first=say.short_date(span.since), last=say.short_date(span.until))
    if span.until:
        return say("until {last}", last=say.short_date(span.until))
    return say("from {first}", first=say.short_date(span.since)) if span.since else say("any time")


def period_of(first: date, last: date, voice: Voice) -> str:
    """The days from one to another, both included."""
    return period(Period(since=first, until=last), voice)


def moment(at: datetime, voice: Voice) -> str:
    """An instant on the city's clock."""
    here = at.astimezone(voice.now.tzinfo)
    return voice.say("{day}, {time}", day=voice.say.date(here.date()), time=voice.say.time(here))
