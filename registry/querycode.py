"""Queries as short ASCII words for buttons: ``o|oA50|ki`` is what is open for A50 among the inquiries."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from registry.inquiries import InquiryStatus
from registry.measures import Status
from registry.queries import Intent, Kind, Period, Query

_INTENTS = {
    Intent.OPEN: "o",
    Intent.OVERDUE: "v",
    Intent.DEADLINES: "d",
    Intent.SUMMARY: "s",
    Intent.SEARCH: "f",
    Intent.SHOW: "w",
    Intent.MINE: "m",
    Intent.HISTORY: "h",
    Intent.OWING: "g",
}
_KINDS = {
    Kind.MEASURE: "m",
    Kind.INQUIRY: "i",
    Kind.PAPER: "p",
    Kind.MANDATE: "a",
    Kind.MILESTONE: "t",
    Kind.PROGRAMME: "g",
}
_STATUSES = {
    Status.FULLY: "f",
    Status.PARTLY: "p",
    Status.NOT_IMPLEMENTED: "n",
    Status.DISCARDED: "d",
    Status.UNCLEAR: "u",
    Status.UNKNOWN: "k",
}
_INQUIRY_STATUSES = {
    InquiryStatus.UNROUTED: "u",
    InquiryStatus.OPEN: "o",
    InquiryStatus.IN_REVIEW: "v",
    InquiryStatus.RELEASED: "r",
    InquiryStatus.ANSWERED: "a",
    InquiryStatus.WITHDRAWN: "w",
}
_UMLAUTS = {"ä": "~a", "ö": "~o", "ü": "~u", "Ä": "~A", "Ö": "~O", "Ü": "~U", "ß": "~s"}
_UMLAUT_LETTERS = {written: letter for letter, written in _UMLAUTS.items()}
_PLAIN = frozenset(chr(code) for code in range(32, 127)) - set("|,~")
_ESCAPED = re.compile(r"~(?:[aouAOUs]|x([0-9a-f]{1,6});)")

Member = TypeVar("Member")


def encode(query: Query) -> str:
    """The query as ASCII text, mostly under 50 characters; only what is set is written."""
    said = query.model_fields_set
    written = [(field.tag, field.write(query)) for field in _FIELDS if field.name in said]
    return "|".join((_INTENTS[query.intent], *[f"{tag}{value}" for tag, value in written if value is not None]))


def decode(text: str) -> Query | None:
    """The query that ``encode`` wrote so, or None for any other text."""
    intent, *written = text.split("|")
    try:
        fields = {_BY_TAG[value[:1]].name: _BY_TAG[value[:1]].read(value[1:]) for value in written}
        query = Query.model_validate({"intent": _read(_INTENTS)(intent)[0], **fields})
    except (KeyError, IndexError, ValueError, OverflowError):
        return None
    # Any other way to write the same (another order, leading zeros, defaults spelled out) is not ours.
    return query if encode(query) == text else None


def _text(text: str) -> str:
    if _PLAIN.issuperset(text):
        return text
    return "".join(letter if letter in _PLAIN else _UMLAUTS.get(letter) or f"~x{ord(letter):x};" for letter in text)


def _read_text(written: str) -> str:
    text = _ESCAPED.sub(lambda found: _UMLAUT_LETTERS.get(found[0]) or chr(int(found[1], 16)), written)
    text.encode()  # a lone surrogate is an error nobody further on expects
    return text


def _texts(texts: tuple[str, ...]) -> str | None:
    return ",".join(map(_text, texts)) if texts else None


def _read_texts(written: str) -> tuple[str, ...]:
    return tuple(map(_read_text, written.split(",")))


def _letters(members: Iterable[Member], letters: Mapping[Member, str]) -> str | None:
    return "".join(letters[member] for member in members) or None


def _read(letters: Mapping[Member, str]) -> Callable[[str], tuple[Member, ...]]:
    members = {letter: member for member, letter in letters.items()}
    return lambda written: tuple(members[letter] for letter in written)


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.toordinal():x}"


def _read_day(written: str) -> date | None:
    return date.fromordinal(int(written, 16)) if written else None


def _period(period: Period) -> str:
    return f"{_day(period.since)}-{_day(period.until)}"


def _read_period(written: str) -> Period:
    since, until = written.split("-")
    return Period(since=_read_day(since), until=_read_day(until))


def _pair(pair: tuple[int, int]) -> str:
    return f"{pair[0]}.{pair[1]}"


def _read_pair(written: str) -> tuple[int, ...]:
    return tuple(map(int, written.split(".")))


def _yes(flag: bool) -> str | None:
    return "" if flag else None


def _read_yes(written: str) -> bool:
    return written == ""


class _Field(NamedTuple):
    tag: str
    name: str
    write: Callable[[Query], str | None]
    read: Callable[[str], object]


_FIELDS = (
    _Field("o", "offices", lambda query: _texts(query.offices), _read_texts),
    _Field("f", "field", lambda query: None if query.field is None else str(query.field), int),
    _Field("e", "recommendation", lambda query: query.recommendation and _pair(query.recommendation), _read_pair),
    _Field("c", "concept", lambda query: None if query.concept is None else _text(query.concept), _read_text),
    _Field("g", "programme", lambda query: None if query.programme is None else _text(query.programme), _read_text),
    _Field("a", "originator", lambda query: None if query.originator is None else _text(query.originator), _read_text),
    _Field("k", "kinds", lambda query: _letters(query.kinds, _KINDS), _read(_KINDS)),
    _Field("s", "statuses", lambda query: _letters(query.statuses, _STATUSES), _read(_STATUSES)),
    _Field(
        "i",
        "inquiry_statuses",
        lambda query: _letters(query.inquiry_statuses, _INQUIRY_STATUSES),
        _read(_INQUIRY_STATUSES),
    ),
    _Field("u", "unrouted", lambda query: _yes(query.unrouted), _read_yes),
    _Field("n", "is_new", lambda query: _yes(query.is_new), _read_yes),
    _Field("v", "in_review", lambda query: _yes(query.in_review), _read_yes),
    _Field("d", "changed_since", lambda query: _day(query.changed_since) or None, _read_day),
    _Field("t", "period", lambda query: _period(query.period) if query.period else None, _read_period),
    _Field("w", "words", lambda query: _text(query.words) or None, _read_text),
    _Field("r", "ref", lambda query: None if query.ref is None else _text(query.ref), _read_text),
    _Field("p", "page", lambda query: str(query.page) if query.page else None, int),
)
_BY_TAG = {field.tag: field for field in _FIELDS}
