"""Reads the administration's information on a mandate: steps, sections, conclusion, and which paper it answers."""

from collections.abc import Iterator

from documents.consultations import HEAD, read_sequence
from documents.council_paper import NUMBER, SIGNATURE, findings_on_steps, last_written, names_left_out, signed
from documents.findings import finding
from documents.lines import Line, lines_of, plain
from documents.milestones import milestones_in
from documents.sections import Passage, sections
from registry.offices import OfficeTree
from registry.papers import Paper, Section, missed_deadlines
from registry.reading import Finding, FindingKind, Form, Place, Reading
from registry.references import read_reference

TYPE = "Informationen aus der Verwaltung"
_CONCLUSIONS = ("Fazit", "Ergebnis")
_NOT_TEXT = (TYPE, "Anlagenverzeichnis", "Anlagen", "")


def recognises(text: str) -> bool:
    lines = {plain(line.text) for line in lines_of(text)}
    return TYPE in lines and any(map(HEAD.fullmatch, lines))


def read(text: str, *, source: str, offices: OfficeTree) -> Reading:  # noqa: ARG001 - every reader takes the offices
    lines = lines_of(text)
    sequence = read_sequence(lines)
    passages = sections([line for line in lines if not sequence.first <= line.number <= sequence.last])
    named = _named_papers(lines)
    if not named:
        missing = finding(FindingKind.NO_NUMBER, sequence.first or 1)
        return Reading(source=source, form=Form.RESULT, findings=(missing,))
    signed_on = signed(lines)
    told = _told(passages)
    text_of_all = " ".join(section.text for section in told)
    paper = Paper(
        number=f"{named[0]}-E1",
        title=f"{TYPE} zur Drucksache {named[0]}",
        type=TYPE,
        consultations=sequence.steps,
        milestones=tuple(milestones_in(text_of_all, year=signed_on.year if signed_on else None)),
        sections=tuple(section for section in told if section.heading not in _CONCLUSIONS),
        conclusion="\n\n".join(section.text for section in told if section.heading in _CONCLUSIONS),
        signed_on=signed_on,
        answers=named[0],
        related=tuple(named[1:]),
    )
    findings = (*sequence.findings, *findings_on_steps(sequence, paper), *_late(paper, lines), *names_left_out(lines))
    return Reading(
        source=source,
        form=Form.RESULT,
        papers=(paper,),
        places=(Place(ref=paper.number, first_line=1, last_line=last_written(lines)),),
        findings=tuple(sorted(findings, key=lambda found: found.line)),
    )


def _named_papers(lines: list[Line]) -> list[str]:
    written = (number for line in lines for number in NUMBER.findall(plain(line.text)))
    return list(dict.fromkeys(ref for ref in (read_reference(f"Drucksache {number}") for number in written) if ref))


def _told(passages: list[Passage]) -> list[Section]:
    """The sections with text, without the form's own lines and the signature."""
    kept = []
    for passage in passages:
        texts = [paragraph.text for paragraph in passage.paragraphs if not SIGNATURE.match(paragraph.text)]
        if texts and passage.heading not in _NOT_TEXT:
            kept.append(Section(heading=passage.heading, text="\n\n".join(texts)))
    return kept


def _late(paper: Paper, lines: list[Line]) -> Iterator[Finding]:
    """The result came after an outside deadline that it names itself."""
    for deadline in missed_deadlines(paper, paper):
        yield finding(FindingKind.LATE_RESULT, last_written(lines), ref=paper.number, words=deadline.title)
