"""Dates as German papers write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januar", "jänner"),
            ("februar",),
            ("märz",),
            ("april",),
            ("mai",),
            ("juni",),
            ("juli",),
            ("august",),
            ("september",),
            ("oktober",),
            ("november",),
            ("dezember",),
        ),
        start=1,
    )
    for name in names
}

DATE = rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?\d{{4}}|(?:{'|'.join(_MONTHS)})(?:\s\d{{4}})?)(?!\d)"
_PARTS = re.compile(r"(\d{1,2})\.\s?(?:(\d{1,2})\.|([a-zäöü]+))\s?(\d{4})?", re.IGNORECASE)
_ANY_DATE = re.compile(DATE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where its words stand in the text; ``has_year`` is false where the year was concluded."""

    on: date
    start: int
    end: int
    has_year: bool


def read_date(words: str, *, year: int | None = None) -> date | None:
    """The day that ``2.12.2025`` or ``2. Dezember`` (then with a year from elsewhere) names, if it exists."""
    if not (parts := _PARTS.search(words)):
        return None
    day, month, name, written_year = parts.groups()
    number = int(month) if month else _MONTHS.get(name.lower())
    in_year = int(written_year) if written_year else year
    return _day(in_year, number, int(day)) if number and in_year else None


def dates_in(text: str, *, year: int | None = None) -> Iterator[Dated]:
    """Every date in the text; one without a year is of the nearest year written before it, or else after it."""
    found = list(_ANY_DATE.finditer(text))
    written = [read_date(match[0]) for match in found]
    for at, match in enumerate(found):
        before = next((on.year for on in reversed(written[:at]) if on), None)
        after = next((on.year for on in written[at + 1 :] if on), None)
        if on := written[at] or read_date(match[0], year=before or after or year):
            yield Dated(on, match.start(), match.end(), written[at] is not None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
