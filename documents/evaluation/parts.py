"""What the lines of an evaluation document are: headings, table rows, routing lines, paragraphs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.evaluation.headings import Heading, read_headings
from documents.lines import Line, clean, plain
from registry.routing import is_answering_line, is_routing_line


@dataclass(frozen=True, slots=True)
class Row:
    """A table row with its cells as written, tags included."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_one_cell(self) -> bool:
        """Only the first cell holds anything."""
        return bool(self.cells[0]) and not any(self.cells[1:])


@dataclass(frozen=True, slots=True)
class TableHead:
    """The row that names the columns, and as of which day statuses are reported."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class RoutingLine:
    line: int
    words: str


@dataclass(frozen=True, slots=True)
class AnsweringLine:
    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph outside the tables; ``is_apart`` where a blank line or another part precedes it."""

    first: int
    last: int
    words: str
    is_apart: bool = True

    @property
    def is_question(self) -> bool:
        return "?" in self.words


@dataclass(frozen=True, slots=True)
class Gap:
    """A blank line."""


Part = Heading | Row | TableHead | RoutingLine | AnsweringLine | Text

_FURNITURE = re.compile(r"[\s|:_=.–—-]+|(?:Seite\s+)?[–-]?\s*\d{1,3}(?:\s*(?:von|/)\s*\d{1,3})?\s*[–-]?", re.IGNORECASE)
_COLUMN_NAME = re.compile(r"Verantwort|Zuständig|Frist|Termin|Umsetzung|Status", re.IGNORECASE)
_LIST_MARK = re.compile(r"^(?:[-•▪–*]|\d{1,2}\)|[a-z]\))\s+")
_FOLLOW_UP = re.compile(r"(?:Wenn|Falls)\s+(?:ja|nein|nicht)\b", re.IGNORECASE)
_PARAGRAPH_END = (".", "?", "!", ":", "…", ")", "“", "”", '"')


def parts_of(lines: Iterable[Line]) -> list[Part]:
    """The parts in the order they are written. Page furniture is no part."""
    return list(_with_joined_text(piece for line in lines for piece in _pieces(line)))


def is_furniture(line: Line) -> bool:
    """A rule that a page break left, or a page number."""
    return _FURNITURE.fullmatch(line.text) is not None


def _pieces(line: Line) -> tuple[Part | Gap, ...]:
    if line.is_blank:
        return (Gap(),)
    if is_furniture(line):
        return ()
    if "\t" in line.text:
        return _row(line)
    if is_routing_line(line.text):
        return (RoutingLine(line.number, plain(line.text)),)
    if is_answering_line(line.text):
        return (AnsweringLine(line.number, plain(line.text)),)
    words = _LIST_MARK.sub("", plain(line.text))
    return read_headings(line) or (Text(line.number, line.number, words),)


def _row(line: Line) -> tuple[Part | Gap, ...]:
    first, *others = cells = tuple(cell.strip() for cell in line.text.split("\t"))
    if re.match(r"(?:<[^>]{1,20}>)?Maßnahmen?\b(?!\s*\d)", first) and any(map(_COLUMN_NAME.search, others)):
        return (TableHead(line.number, clean(" ".join(cells))),)
    row = Row(line.number, cells)
    standing_alone = _pieces(Line(line.number, first)) if row.is_one_cell else ()
    return (row,) if not standing_alone or isinstance(standing_alone[0], Text) else standing_alone


def _with_joined_text(pieces: Iterable[Part | Gap]) -> Iterator[Part]:
    run: list[Text] = []
    for piece in pieces:
        if isinstance(piece, Text) and run and _is_wrapped(run[-1].words, piece.words):
            run.append(piece)
            continue
        if run:
            yield _one_text(run)
        if isinstance(piece, Text):
            run = [Text(piece.first, piece.last, piece.words, is_apart=not run)]
            continue
        run = []
        if not isinstance(piece, Gap):
            yield piece
    if run:
        yield _one_text(run)


def _is_wrapped(before: str, after: str) -> bool:
    """Whether a line break stands inside a paragraph: no sentence ends there, or the next line goes on with it."""
    return not before.endswith(_PARAGRAPH_END) or after[:1].islower() or _FOLLOW_UP.match(after) is not None


def _one_text(run: list[Text]) -> Text:
    return Text(run[0].first, run[-1].last, " ".join(text.words for text in run), run[0].is_apart)
