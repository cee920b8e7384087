"""Reads council papers: number, title, originator, consultations, what the resolution asks, dates in the reasons."""

import re
from collections.abc import Iterator
from datetime import date

from documents.consultations import HEAD, Sequence, read_sequence
from documents.dates import DATE, read_date
from documents.findings import finding
from documents.lines import Line, clean, lines_of, plain
from documents.mandates import mandate_of
from documents.milestones import milestones_in
from documents.sections import TITLE, Passage, sections
from documents.wording import one_spelling
from registry.offices import OfficeTree
from registry.papers import Mandate, Milestone, Paper, overtaken_deadlines
from registry.reading import Finding, FindingKind, Form, Place, Reading
from registry.references import read_reference
from registry.visibility import Visibility

NUMBER = re.compile(r"\bDrucksachen?\s*(?:Nr\.\s*)?(\d{1,5}\s?/\s?\d{2})\b")
SIGNATURE = re.compile(rf"(?P<on>{DATE}),?\s*gez\b.*|Datum,\s*Unterschrift", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"Drucksachen?\s*(?:Nr\.?|Nummer)?\s*:?\s*(\d{1,5}\s?/\s?\d{2})")
_TYPE = re.compile(r"\w+vorlage|(?:\w+)?[aA]ntrag|(?:\w+)?[aA]nfrage|Informationsaufforderung|Prüfauftrag")
_ORIGINATOR = re.compile(
    r"(?:Einreicher(?:in)?|Antragsteller(?:in)?)\s*:\s*(?P<named>.+)|(?P<faction>Fraktion(?:en)?\s.+)"
)
_ITEM = re.compile(r"(?P<number>\d{1,2})[.)]?(?:\s+(?P<text>.+))?")
_RESOLUTION = re.compile(r"Beschluss(?:vorschlag)?")
_REASONS = re.compile(r"Sachverhalt|Begründung")


def recognises(text: str) -> bool:
    """Whether a text has a consultation sequence and a number of its own, and is not the answer to another paper."""
    lines = [plain(line.text) for line in lines_of(text)]
    return any(map(HEAD.fullmatch, lines)) and any(map(_OWN_NUMBER.fullmatch, lines))


def read(text: str, *, source: str, offices: OfficeTree) -> Reading:
    lines = lines_of(text)
    sequence = read_sequence(lines)
    passages = sections([line for line in lines if not sequence.first <= line.number <= sequence.last])
    signed_on = signed(lines)
    paper = Paper(
        number=_number(lines),
        title=_title(passages),
        type=_first_whole_line(lines, _TYPE),
        originator=_originator(lines),
        consultations=sequence.steps,
        mandates=tuple(_mandates(passages, offices)),
        milestones=tuple(_milestones(passages, signed_on)),
        signed_on=signed_on,
        related=_related(lines),
    )
    findings = (*sequence.findings, *findings_on_steps(sequence, paper), *_late(paper, lines), *names_left_out(lines))
    return Reading(
        source=source,
        form=Form.COUNCIL_PAPER,
        papers=(paper,),
        places=(Place(ref=paper.number, first_line=1, last_line=last_written(lines)),),
        findings=tuple(sorted(findings, key=lambda found: found.line)),
    )


def signed(lines: list[Line]) -> date | None:
    """The day of the last signature."""
    found = [match for match in (SIGNATURE.fullmatch(plain(line.text)) for line in lines) if match and match["on"]]
    return read_date(found[-1]["on"]) if found else None


def findings_on_steps(sequence: Sequence, paper: Paper) -> Iterator[Finding]:
    """Each step that is not public keeps the paper from becoming so."""
    for step, line in zip(sequence.steps, sequence.lines, strict=True):
        if step.visibility is Visibility.NONPUBLIC:
            yield finding(FindingKind.STAYS_NONPUBLIC, line, ref=paper.number, words=step.body)


def names_left_out(lines: list[Line]) -> Iterator[Finding]:
    """Who signed is not kept, and not quoted either."""
    for line in lines:
        if (found := SIGNATURE.fullmatch(plain(line.text))) and found["on"]:
            yield finding(FindingKind.NOT_KEPT, line.number, words="name")


def last_written(lines: list[Line]) -> int:
    return max((line.number for line in lines if not line.is_blank), default=1)


def _number(lines: list[Line]) -> str:
    return read_reference(f"Drucksache {_first_whole_line(lines, _OWN_NUMBER, group=1)}") or ""


def _first_whole_line(lines: list[Line], pattern: re.Pattern[str], *, group: int = 0) -> str:
    matches = (pattern.fullmatch(plain(line.text)) for line in lines)
    return next((match[group] for match in matches if match), "")


def _title(passages: list[Passage]) -> str:
    named = next((passage for passage in passages if passage.heading == TITLE), None)
    return named.paragraphs[0].text if named and named.paragraphs else ""


def _originator(lines: list[Line]) -> str:
    matches = (_ORIGINATOR.fullmatch(plain(line.text)) for line in lines)
    return next((one_spelling(match["named"] or match["faction"]) for match in matches if match), "")


def _mandates(passages: list[Passage], offices: OfficeTree) -> Iterator[Mandate]:
    """The items of the resolution; one without numbers is a single item."""
    items: dict[int, list[str]] = {}
    number = 1
    for paragraph in (
        paragraph for passage in passages if _RESOLUTION.fullmatch(passage.heading) for paragraph in passage.paragraphs
    ):
        if SIGNATURE.match(paragraph.text):
            break
        if item := _ITEM.fullmatch(paragraph.text):
            number = int(item["number"])
        words = (item["text"] or "") if item else paragraph.text
        items.setdefault(number, []).append(words)
    for number, texts in items.items():
        if text := clean(" ".join(texts)):
            yield mandate_of(number, text, offices)


def _milestones(passages: list[Passage], signed_on: date | None) -> Iterator[Milestone]:
    text = " ".join(passage.text for passage in passages if _REASONS.fullmatch(passage.heading))
    yield from milestones_in(clean(text), year=signed_on.year if signed_on else None)


def _related(lines: list[Line]) -> tuple[str, ...]:
    own = _number(lines)
    named = (read_reference(f"Drucksache {number}") for line in lines for number in NUMBER.findall(plain(line.text)))
    return tuple(dict.fromkeys(number for number in named if number and number != own))


def _late(paper: Paper, lines: list[Line]) -> Iterator[Finding]:
    """An outside deadline that passes before anybody can decide: the reader of the finding can still act."""
    for deadline in overtaken_deadlines(paper, known_on=paper.signed_on or date.min):
        day = f"{deadline.on:%d.%m.%Y}" if deadline.on else ""
        line = next((line.number for line in lines if day in plain(line.text)), 1)
        yield finding(FindingKind.OVERTAKEN_DEADLINE, line, ref=paper.number, words=f"{deadline.title} {day}")
