"""Reads a list of questions as people type it: what it is called, who asks, when, and below that the questions.

Fragenliste: Fragen zum Haushalt
Einreicher: Fraktion Beispiel
Datum: 02.12.2026

Wie viele Stellen sind frei?
V: D01/ A11
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from documents.dates import read_date
from documents.evaluation.cover import Cover, read_cover
from documents.evaluation.measures import Reported
from documents.evaluation.parts import parts_of
from documents.evaluation.reader import EvaluationWalk
from documents.evaluation.tables import with_joined_tables
from documents.findings import finding
from documents.lines import Line, clean, lines_of
from documents.wording import one_spelling
from registry.folding import fold
from registry.inquiries import QuestionList
from registry.offices import OfficeTree
from registry.reading import FindingKind, Form, Place, Reading

_KEYS = {
    **dict.fromkeys(("fragenliste", "question list", "titel", "title"), "title"),
    **dict.fromkeys(("einreicher", "einreichende", "fraktion", "originator", "asked by"), "originator"),
    **dict.fromkeys(("datum", "vom", "date"), "on"),
    **dict.fromkeys(("ausschuss", "gremium", "committee"), "committee"),
    **dict.fromkeys(("konzept", "concept"), "concept"),
}
_NAMED = ("fragenliste", "question list")
_HEAD = re.compile(rf"\s*(?P<key>{'|'.join(_KEYS)})\s*:\s*(?P<value>.*)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\s*)\d{1,3}[.)]\s+(?=\D)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ABOUT_LISTS = frozenset({FindingKind.REFERRED_ONLY})


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the questions; what is not said is empty. ``lines`` is how many lines it takes."""

    title: str = ""
    originator: str = ""
    committee: str = ""
    concept: str = ""
    on: date | None = None
    lines: int = 0

    def written(self) -> str:
        """The head as lines of the form."""
        said = (
            ("Fragenliste", self.title),
            ("Einreicher", self.originator),
            ("Ausschuss", self.committee),
            ("Konzept", self.concept),
            ("Datum", f"{self.on:%d.%m.%Y}" if self.on else ""),
        )
        return "\n".join(f"{name}: {value}" for name, value in said if value)


def recognises(text: str) -> bool:
    first = next((line.text for line in lines_of(text) if not line.is_blank), "")
    found = _HEAD.fullmatch(first)
    return found is not None and fold(found["key"]) in _NAMED


def read_head(text: str) -> Head:
    """The head of a list, be it of this form or the sentence above the questions of an evaluation."""
    lines = lines_of(text)
    head = _read_lines(lines)
    if head.lines:
        return head
    cover = read_cover(parts_of(lines), source="")
    if cover.list.on is None:
        return Head()
    told = cover.list
    concept = told.concept if told.concept != told.title else ""
    return Head(told.title, told.originator, told.committee, concept, told.on, cover.last)


def without_head(text: str) -> str:
    """The questions alone."""
    return "\n".join(line.text for line in lines_of(text)[read_head(text).lines :]).strip("\n")


def read(text: str, *, source: str, offices: OfficeTree) -> Reading:
    lines = lines_of(text)
    head = _read_lines(lines)
    asked = QuestionList(
        key=_key(head) or source,
        title=head.title,
        originator=one_spelling(head.originator),
        committee=head.committee,
        on=head.on,
        concept=head.concept,
    )
    cover = Cover(asked, 1, head.lines, 0)
    walk = EvaluationWalk(cover, Reported(head.concept, None), offices)
    walk.walk(with_joined_tables(parts_of(map(_unnumbered, lines[head.lines :]))))
    undated = [] if head.on else [finding(FindingKind.UNREAD_DATE, 1, ref=asked.key)]
    findings = [found for found in (*walk.findings, *walk.book.findings) if found.kind not in _ABOUT_LISTS]
    return Reading(
        source=source,
        form=Form.QUESTION_LIST,
        lists=(asked,),
        inquiries=tuple(walk.book.inquiries),
        places=(Place(ref=asked.key, first_line=1, last_line=head.lines), *walk.book.places),
        findings=tuple(sorted((*undated, *findings), key=lambda found: found.line)),
    )


def _read_lines(lines: Sequence[Line]) -> Head:
    """The lines ``Name: value`` that a text begins with; a blank one among them ends nothing."""
    head = Head()
    for line in lines:
        found = _HEAD.fullmatch(line.text)
        if found:
            head = replace(_with(head, _KEYS[fold(found["key"])], clean(found["value"])), lines=line.number)
        elif not line.is_blank:
            break
    return head


def _with(head: Head, name: str, value: str) -> Head:
    match name:
        case "title":
            return replace(head, title=value)
        case "originator":
            return replace(head, originator=value)
        case "committee":
            return replace(head, committee=value)
        case "concept":
            return replace(head, concept=value)
    return replace(head, on=_day(value))


def _day(value: str) -> date | None:
    iso = _ISO.fullmatch(value)
    if iso is None:
        return read_date(value)
    try:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        return None


def _unnumbered(line: Line) -> Line:
    return Line(line.number, _NUMBERED.sub(r"\1", line.text))


def _key(head: Head) -> str:
    known = (head.committee, head.on.isoformat() if head.on else "", head.originator, head.title)
    return "-".join(filter(None, (re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-") for words in known)))
