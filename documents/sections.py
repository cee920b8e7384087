"""The sections of a paper's running text."""

import re
from dataclasses import dataclass, field

from documents.lines import Line, Paragraph, line_gap, paragraph_of, plain, runs

TITLE = "Titel der Drucksache"
_FORM_HEADING = re.compile(
    r"(?:Beschlussvorschlag|Beschluss|Informationen aus der Verwaltung|Sachverhalt|Begründung|Fazit|Ergebnis"
    rf"|Anlagenverzeichnis|Anlagen|Fristwahrung|{TITLE}"
    r"|Nachhaltigkeitscontrolling\b.*|Finanzielle Auswirkungen\b.*)\s*:?"
)
_HEADING = re.compile(r"[A-ZÄÖÜ][\wäöüß-]*(?: [\wäöüß-]+){0,3}:?")
_LONGEST_HEADING = 40


@dataclass(slots=True)
class Passage:
    """A section as it stands in the document; ``heading`` is empty for what precedes the first heading."""

    heading: str
    line: int
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)

    def take(self, body: list[Line]) -> None:
        if body:
            self.paragraphs.append(paragraph_of(body))

    @property
    def awaits_title(self) -> bool:
        """The paper's title comes next; it may well look like a heading."""
        return self.heading == TITLE and not self.paragraphs


def sections(lines: list[Line]) -> list[Passage]:
    """The text by headings: the form's own, and any short first line of a paragraph that ends no sentence."""
    found = [Passage("", lines[0].number if lines else 1)]
    for run in runs(lines, line_gap(lines)):
        body: list[Line] = []
        for line in run:
            may_be_any = line is run[0] and not found[-1].awaits_title
            if _is_heading(plain(line.text), may_be_any=may_be_any):
                found[-1].take(body)
                found.append(Passage(plain(line.text).rstrip(": "), line.number))
                body = []
            else:
                body.append(line)
        found[-1].take(body)
    return found


def _is_heading(words: str, *, may_be_any: bool) -> bool:
    if _FORM_HEADING.fullmatch(words):
        return True
    return may_be_any and len(words) <= _LONGEST_HEADING and _HEADING.fullmatch(words) is not None
