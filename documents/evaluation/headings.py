"""Headings of the evaluation form: fields of action, recommendations, measures, general questions."""

import re
from dataclasses import dataclass
from enum import StrEnum

from documents.lines import Line, clean


class Level(StrEnum):
    FIELD = "field"
    RECOMMENDATION = "recommendation"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading; ``rest`` is text that follows it on the same line.

    ``field`` and ``recommendation`` are None where the heading leaves them as they are; ``measures`` are the
    numbers behind ``M``.
    """

    line: int
    level: Level
    field: int | None = None
    title: str = ""
    recommendation: int | None = None
    measures: tuple[int, ...] = ()
    is_new: bool = False
    rest: str = ""


_MEASURE = r"M(?:aßnahmen?)?\s*\d{1,2}"
_AND = r"\s*(?:,\s*und\b|,|und|u\.|/|\+|&|bis|-|–)\s*"
_MEASURES = rf"{_MEASURE}(?:{_AND}(?:M(?:aßnahme)?\s*)?\d{{1,2}})*"
_NEW = r"(?P<new>\(\s*neu\s*\)|neu\b)?"

_FIELD = re.compile(
    r"(?:Handlungsfeld|HF)\s*(?P<field>\d{1,2})(?!\w)\s*(?P<mark>[:.,–-]?)\s*(?P<rest>.*)", re.IGNORECASE
)
_RECOMMENDATION = re.compile(
    rf"(?:Empfehlung(?:en)?|E(?=\s?\d{{1,2}}\W+M\s?\d))\s*(?P<recommendation>\d{{1,2}})(?!\w)\s*[,;]?\s*"
    rf"(?P<measures>{_MEASURES})?\s*{_NEW}\s*(?P<mark>[:–-]?)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_MEASURES_ALONE = re.compile(rf"(?P<measures>{_MEASURES})\s*{_NEW}\s*:?", re.IGNORECASE)
_GENERAL = re.compile(
    r"Allgemein(?:es|e\s+(?:Fragen|Anmerkungen))?"
    r"(?:\s+zu[rm]?\s+(?:Empfehlung\s+(?P<recommendation>\d{1,2})|(?:Handlungsfeld|HF)\s+\d{1,2}))?"
    r"\s*(?P<mark>:|$)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_PRELIMINARY = re.compile(r"(?:Vorab|Vorbemerkung|Einleitend|Grundsätzlich)[^:?.!]{0,60}:", re.IGNORECASE)
_INNER_RECOMMENDATION = re.compile(r"(?:^|[\s,])(?=Empfehlung\s*\d{1,2}(?!\w))", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,2})\s*(?:bis|-|–)\s*(?:M(?:aßnahme)?\s*)?(\d{1,2})", re.IGNORECASE)
_LONGEST_TITLE = 120


def read_headings(line: Line) -> tuple[Heading, ...]:
    """The headings a line consists of: mostly one, two where a field's and a recommendation's run together."""
    words = clean(line.text.replace("**", " ").lstrip(" #"))
    if field := _read_field(line.number, words):
        return field
    heading = _read_recommendation(line.number, words) or _read_general(line.number, words)
    return (heading,) if heading else ()


def _read_field(line: int, words: str) -> tuple[Heading, ...]:
    if not (found := _FIELD.fullmatch(words)):
        return ()
    number, rest = int(found["field"]), found["rest"]
    title, *inner = _INNER_RECOMMENDATION.split(rest, maxsplit=1)
    below = _read_recommendation(line, inner[0]) if inner else None
    if below:
        return (Heading(line, Level.FIELD, field=number, title=_as_title(title)), below)
    if _is_title(rest):
        return (Heading(line, Level.FIELD, field=number, title=_as_title(rest)),)
    return (Heading(line, Level.FIELD, field=number, rest=rest),) if found["mark"] == ":" else ()


def _read_recommendation(line: int, words: str) -> Heading | None:
    if alone := _MEASURES_ALONE.fullmatch(words):
        return Heading(line, Level.RECOMMENDATION, measures=_numbers(alone["measures"]), is_new=bool(alone["new"]))
    found = _RECOMMENDATION.fullmatch(words)
    if not found or (found["rest"] and not found["mark"]):
        return None
    return Heading(
        line,
        Level.RECOMMENDATION,
        recommendation=int(found["recommendation"]),
        measures=_numbers(found["measures"] or ""),
        is_new=bool(found["new"]),
        rest=found["rest"],
    )


def _read_general(line: int, words: str) -> Heading | None:
    if _PRELIMINARY.fullmatch(words):
        return Heading(line, Level.GENERAL)
    if not (found := _GENERAL.fullmatch(words)):
        return None
    recommendation = int(found["recommendation"]) if found["recommendation"] else None
    return Heading(line, Level.GENERAL, recommendation=recommendation, rest=found["rest"])


def _is_title(words: str) -> bool:
    return len(words) <= _LONGEST_TITLE and not words.endswith((".", "!", ",")) and "?" not in words


def _as_title(words: str) -> str:
    return words.strip(" ,:–-")


def _numbers(measures: str) -> tuple[int, ...]:
    """The numbers of ``M1, M2 und M4`` or ``M1 bis M3``, in order."""
    spelled_out = _RANGE.sub(lambda span: " ".join(map(str, range(int(span[1]), int(span[2]) + 1))), measures)
    return tuple(dict.fromkeys(int(number) for number in re.findall(r"\d{1,2}", spelled_out)))
