"""Dates inside running text: until when something must have happened, and when events take place."""

import re
from collections.abc import Iterator
from datetime import time

from documents.dates import Dated, dates_in
from documents.wording import sentences, short_title
from registry.papers import Milestone

# What others decide upon is due to them: such a deadline is set outside the administration.
_OUTSIDE = (
    (re.compile(r"\bbewerb|\bbewerbung|interessenbekund", re.IGNORECASE), "Bewerbungsfrist"),
    (re.compile(r"\bantr[aä]g\w*|beantrag", re.IGNORECASE), "Antragsfrist"),
    (re.compile(r"\banmeld|\banzumelden", re.IGNORECASE), "Anmeldefrist"),
)
_UNTIL = re.compile(r"\b(?:bis|spätestens|Frist)\b[^.]{0,20}$", re.IGNORECASE)
_ON = re.compile(r"\b(?:am|und|,)\s*$", re.IGNORECASE)
_CLOCK = re.compile(
    r"\s*(?:um|von|ab|,)?\s*(\d{1,2})(?:[.:](\d\d))?(?:\s*(?:-|–|bis)\s*(\d{1,2})(?:[.:](\d\d))?)?\s*Uhr", re.IGNORECASE
)
_TAKES_PLACE = re.compile(r"^(?:findet|finden)\s+(?:d(?:ie|er|as)\s+|eine?\s+)?")
_PARTICLE = re.compile(r"\s+(?:statt|vor|an)$")


def milestones_in(text: str, *, year: int | None) -> Iterator[Milestone]:
    """The deadlines and dated events of a text; ``year`` is the one to conclude where the text names none."""
    known = year
    for sentence in sentences(text):
        found = list(dates_in(sentence, year=known))
        known = next((dated.on.year for dated in reversed(found) if dated.has_year), known)
        yield from _milestones_of(sentence, found)


def _milestones_of(sentence: str, found: list[Dated]) -> Iterator[Milestone]:
    for dated in found:
        before = sentence[: dated.start]
        if _UNTIL.search(before[-30:]):
            yield _deadline(sentence, dated)
        elif _ON.search(before):
            clock = _CLOCK.match(sentence, dated.end)
            starts, ends = _times(clock)
            yield Milestone(title=_event(sentence, found), on=dated.on, starts=starts, ends=ends)


def _deadline(sentence: str, dated: Dated) -> Milestone:
    called = next((name for pattern, name in _OUTSIDE if pattern.search(sentence)), None)
    return Milestone(title=called or short_title(sentence), on=dated.on, is_deadline=True, external=called is not None)


def _event(sentence: str, found: list[Dated]) -> str:
    """What takes place: the words behind the last date and time, or the whole sentence."""
    end = found[-1].end
    clock = _CLOCK.match(sentence, end)
    behind = sentence[clock.end() if clock else end :].strip(" .,:;")
    return short_title(_TAKES_PLACE.sub("", _PARTICLE.sub("", behind)) or sentence)


def _times(clock: re.Match[str] | None) -> tuple[time | None, time | None]:
    if clock is None:
        return None, None
    first_hour, first_minute, last_hour, last_minute = clock.groups()
    return _time(first_hour, first_minute), _time(last_hour, last_minute) if last_hour else None


def _time(hour: str, minute: str | None) -> time | None:
    try:
        return time(int(hour) % 24, int(minute or 0))
    except ValueError:
        return None
