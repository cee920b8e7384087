"""Measure tables joined again where page breaks cut them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape

from documents.evaluation.headings import Heading
from documents.evaluation.parts import AnsweringLine, Part, RoutingLine, Row, TableHead, Text
from documents.lines import clean
from documents.wording import is_unfinished

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_MEASURE = re.compile(
    r"(?:(?P<field>\d{1,2})\.(?P<recommendation>\d{1,2})\.?\s*)?M(?:aßnahme)?\s*(?P<number>\d{1,2})(?!\w)"
    r"\s*(?P<new>\(\s*neu\s*\)|neu(?=\s*:))?\s*[:.]?\s*(?P<text>.*)",
    re.IGNORECASE,
)
_STATE = re.compile(r"(?:Aktueller\s+(?:Stand|Sachstand)|Sachstand)\s*(?::|$)\s*(?P<text>.*)", re.IGNORECASE)
_COLUMNS = 4


def untagged(cell: str) -> str:
    return clean(unescape(_TAG.sub(" ", cell)))


@dataclass(slots=True)
class MeasureTable:
    """One measure's table while its rows arrive. Office and status cells keep their tags: they carry meaning.

    ``below`` is (field, recommendation) where the table itself gives the whole number.
    """

    number: int
    lines: list[int]
    below: tuple[int, int] | None = None
    is_new: bool = False
    text: list[str] = field(default_factory=list)
    offices: list[str] = field(default_factory=list)
    deadline: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    state: list[str] | None = None
    joined: list[int] = field(default_factory=list)
    continued: list[Text] = field(default_factory=list)

    def add_row(self, row: Row) -> None:
        """A further row: the current state, or cells that a page break cut off."""
        self.lines.append(row.line)
        first, *others = row.cells
        words = untagged(first)
        if not self._add_words(words):
            self.joined.append(row.line)
        self.add_columns(others)

    def add_columns(self, cells: list[str]) -> None:
        for column, cell in zip((self.offices, self.deadline, self.status), _three(cells), strict=True):
            column.append(cell)

    def continues_with(self, text: Text) -> bool:
        """Whether a paragraph below the table still belongs to it: the rest of a cell, and never a question."""
        if _STATE.fullmatch(text.words):
            return True
        if text.is_question:
            return False
        goes_on = text.words.startswith("<p>") or text.words[:1].islower()
        right_below = bool(self.continued) and not text.is_apart
        return goes_on or right_below or is_unfinished(_last_words(self.text if self.state is None else self.state))

    def add_text(self, text: Text) -> None:
        self.lines.extend(range(text.first, text.last + 1))
        if not self._add_words(untagged(text.words)):
            self.continued.append(text)

    def _add_words(self, words: str) -> bool:
        """Adds to the text, or to the current state from where that begins; true where it begins here."""
        begins = _STATE.fullmatch(words)
        if begins and self.state is None:
            self.state = []
        (self.text if self.state is None else self.state).append(begins["text"] if begins else words)
        return begins is not None


TablePart = MeasureTable | Part


def with_joined_tables(parts: Iterable[Part]) -> list[TablePart]:
    """The parts, with each measure's rows and the paragraphs that continue them made one table."""
    found: list[TablePart] = []
    table: MeasureTable | None = None
    for part in parts:
        match part:
            case Row() if opened := _opened_by(part):
                table = opened
                found.append(table)
            case Row() if table:
                table.add_row(part)
            case Row() if part.is_one_cell:
                table = None
                found.append(Text(part.line, part.line, untagged(part.cells[0])))
            case Text() if table and table.continues_with(part):
                table.add_text(part)
            case TableHead():
                found.append(part)  # repeated at the top of a page, it ends no table
            case Heading() | RoutingLine() | AnsweringLine() | Row() | Text():
                table = None
                found.append(part)
    return found


def looks_like_measure(words: str) -> bool:
    """Whether a paragraph is a measure that lost its table."""
    return bool(re.match(r"M\s*\d{1,2}\s*(?:neu\s*)?:", words, re.IGNORECASE))


def is_state(words: str) -> bool:
    return _STATE.fullmatch(words) is not None


def _opened_by(row: Row) -> MeasureTable | None:
    first, *others = row.cells
    if not (found := _MEASURE.fullmatch(untagged(first))):
        return None
    table = MeasureTable(
        number=int(found["number"]),
        lines=[row.line],
        below=(int(found["field"]), int(found["recommendation"])) if found["field"] else None,
        is_new=bool(found["new"]),
        text=[found["text"]],
    )
    table.add_columns(others)
    return table


def _three(cells: list[str]) -> list[str]:
    """Offices, deadline and status; what stands beyond the fourth column belongs to the last."""
    padded = [*cells, *[""] * (_COLUMNS - 1 - len(cells))]
    return [*padded[: _COLUMNS - 2], " ".join(padded[_COLUMNS - 2 :])]


def _last_words(written: list[str]) -> str:
    return next((words for words in reversed(written) if words), "")
