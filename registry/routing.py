"""Routing lines: which offices contribute to an answer and which coordinate it."""

import re
from collections.abc import Iterable, Iterator

from registry.folding import tidy
from registry.offices import OfficeKind, OfficeTree
from registry.places import Place, read_places
from registry.records import Record


class Routing(Record):
    """One routing line. Places are office codes where known, else the words as written.

    ``offices`` contribute, ``coordinating`` agree the answer, ``answering`` is the place a line such as
    "Beantwortung: Bereich D05" names; ``unknown`` are the places the office tree does not have.
    """

    text: str
    offices: tuple[str, ...]
    coordinating: tuple[str, ...] = ()
    answering: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


_MARK = re.compile(r"^V\.?\s*:\s*")
_ANSWERING = re.compile(r"^Beantwortung(?:\s*:|\s+durch(?:\s+d(?:as|en|ie))?(?=\s)|(?=\s+[A-ZÄÖÜ]))\s*(?=\S)")
_LONGEST_ANSWERING_LINE = 100
_AGREED_WITH = re.compile(r"\s+in\s+(?:enger\s+)?(?:Abstimmung|Absprache|Rücksprache)\s+mit\s+", re.IGNORECASE)
_DEPARTMENT = re.compile(r"^(?:D|Dez\.?|Dezernat)\s*\d+$", re.IGNORECASE)


def is_routing_line(line: str) -> bool:
    """``V: …``, the mark under which documents write their routing."""
    return _MARK.match(line.strip()) is not None


def is_answering_line(line: str) -> bool:
    """A line of its own that names who answers: "Beantwortung: Bereich D05"."""
    words = line.strip()
    return len(words) <= _LONGEST_ANSWERING_LINE and not words.endswith(("?", ".")) and bool(_ANSWERING.match(words))


def read_routing(line: str, offices: OfficeTree) -> Routing | None:
    """What a routing line says, with its mark or without; None where it names no place."""
    words = tidy(line)
    if answering := read_answering(words, offices):
        return answering
    text = _MARK.sub("", words)
    contributing, *agreeing = _AGREED_WITH.split(text)
    places = tuple(_contributing(contributing, offices))
    coordinating = tuple(place for part in agreeing for place in read_places(part, offices))
    if not places and not coordinating:
        return None
    return Routing(
        text=text,
        offices=_codes(places),
        coordinating=_codes(coordinating),
        unknown=_unknown((*places, *coordinating)),
    )


def read_answering(line: str, offices: OfficeTree) -> Routing | None:
    """What a line such as "Beantwortung Gesundheitsamt" says: who answers also contributes."""
    words = tidy(line)
    if not (mark := _ANSWERING.match(words)):
        return None
    places = read_places(words[mark.end() :], offices)
    codes = _codes(places)
    return Routing(text=words, offices=codes, answering=codes, unknown=_unknown(places)) if places else None


def answered_by(routing: Routing | None, answering: Routing | None) -> Routing | None:
    """A routing that also says who answers; the answering line alone routes where there is no other."""
    if routing is None or answering is None:
        return routing or answering
    unknown = tuple(dict.fromkeys((*routing.unknown, *answering.unknown)))
    return routing.model_copy(update={"answering": answering.answering, "unknown": unknown})


def notation(contributing: Iterable[str], coordinating: Iterable[str], offices: OfficeTree) -> str:
    """A routing as people write it, department by department: ``D01/ A11// D05/ A50/ A51``."""
    groups: dict[str, list[str]] = {}
    for code in dict.fromkeys(contributing):
        office = offices.get(code)
        department = office.parent if office and office.parent and _is_top(office.parent, offices) else code
        groups.setdefault(department, []).extend([code] if code != department else [])
    alone = [code for code in contributing if groups.get(code)]
    written = [*("/ ".join((department, *codes)) for department, codes in groups.items()), *dict.fromkeys(alone)]
    agreed = ", ".join(coordinating)
    return f"{'// '.join(written)} in Abstimmung mit {agreed}" if agreed else "// ".join(written)


def _is_top(code: str, offices: OfficeTree) -> bool:
    office = offices.get(code)
    return office is not None and office.kind is OfficeKind.DEPARTMENT


def _contributing(text: str, offices: OfficeTree) -> Iterator[Place]:
    """A department before ``/`` is only the path to its offices; alone it contributes itself."""
    for group in text.split("//"):
        places = read_places(group, offices)
        yield from places[1:] if len(places) > 1 and _is_department(places[0]) else places


def _is_department(place: Place) -> bool:
    if place.office:
        return place.office.kind is OfficeKind.DEPARTMENT
    return _DEPARTMENT.match(place.words) is not None


def _codes(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.code for place in places))


def _unknown(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.words for place in places if place.office is None))
