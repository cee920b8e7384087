"""Reads the form "questions on an evaluation": measure tables, questions about them, routing lines."""

import re
from datetime import date

from documents.dates import DATE, read_date
from documents.evaluation.cover import Cover, read_cover
from documents.evaluation.measures import Reported
from documents.evaluation.parts import Part, TableHead, parts_of
from documents.evaluation.reader import EvaluationWalk
from documents.evaluation.tables import with_joined_tables
from documents.findings import finding
from documents.lines import lines_of
from registry.offices import OfficeTree
from registry.reading import Finding, FindingKind, Form, Place, Reading
from registry.references import natural_key
from registry.rounds import EvaluationRound

_SIGNS = re.compile(r"^(?:[#*\s]*(?:Handlungsfeld|Empfehlung)\s*\d|V:|.*\tUmsetzung\b)", re.MULTILINE)
_AS_OF = re.compile(rf"\bStand\s*(?:vom|zum|:)?\s*(?P<on>{DATE})", re.IGNORECASE)


def recognises(text: str) -> bool:
    """Whether a text has at least two of the form's own lines."""
    signs = _SIGNS.finditer(text)
    return next(signs, None) is not None and next(signs, None) is not None


def read(text: str, *, source: str, offices: OfficeTree) -> Reading:
    parts = parts_of(lines_of(text))
    cover = read_cover(parts, source)
    as_of = _as_of(parts, cover)
    walk = EvaluationWalk(cover, Reported(cover.list.concept, as_of), offices)
    walk.walk(with_joined_tables(parts[cover.parts :]))
    findings = [*_findings_on_dates(cover, as_of, walk), *walk.findings, *walk.book.findings]
    return Reading(
        source=source,
        form=Form.EVALUATION if any(not one.is_stub for one in walk.measures.values()) else Form.QUESTION_LIST,
        fields=walk.outline.fields(),
        recommendations=walk.outline.recommendations(),
        rounds=(EvaluationRound(concept=cover.list.concept, as_of=as_of),) if as_of else (),
        measures=tuple(sorted(walk.measures.values(), key=lambda measure: natural_key(measure.number))),
        lists=(cover.list,),
        inquiries=tuple(walk.book.inquiries),
        places=(*_place_of_head(cover), *walk.places, *walk.book.places),
        findings=tuple(sorted(findings, key=lambda found: found.line)),
    )


def _place_of_head(cover: Cover) -> tuple[Place, ...]:
    return (Place(ref=cover.list.key, first_line=cover.first, last_line=cover.last),) if cover.last else ()


def _as_of(parts: list[Part], cover: Cover) -> date | None:
    """The day the statuses are reported as of: from the first head of a table that says so, else from the title."""
    heads = (part.text for part in parts if isinstance(part, TableHead))
    found = next((match for match in map(_AS_OF.search, (*heads, cover.list.title)) if match), None)
    return read_date(found["on"]) if found else None


def _findings_on_dates(cover: Cover, as_of: date | None, walk: EvaluationWalk) -> list[Finding]:
    undated = [] if cover.list.on else [finding(FindingKind.UNREAD_DATE, cover.first, ref=cover.list.key)]
    measures = {number for number, measure in walk.measures.items() if not measure.is_stub}
    reported = next((place for place in walk.places if place.ref in measures), None)
    if as_of is None and reported:
        undated.append(finding(FindingKind.UNREAD_DATE, reported.first_line, ref=reported.ref))
    return undated
