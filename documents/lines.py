"""A document's lines with their numbers, and the paragraphs they form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.wording import is_unfinished, join_wrapped


@dataclass(frozen=True, slots=True)
class Line:
    """One line as written; ``number`` counts from 1."""

    number: int
    text: str

    @property
    def is_blank(self) -> bool:
        return not plain(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, joined to one text; ``first`` and ``last`` are line numbers."""

    first: int
    last: int
    text: str


_LINE_END = re.compile(r"\r\n|\r|\n")
# Controls, soft hyphens, zero-width and direction marks: never part of what somebody wrote.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_FULL_LINE = 60
_MARKUP = re.compile(r"\*\*|\\(?=[*_#\-])|^\s*#{1,6}\s+")


def lines_of(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(_LINE_END.split(text), start=1)]


def clean(text: str) -> str:
    """The words as written, with single spaces and without invisible characters."""
    return " ".join(_INVISIBLE.sub("", text).split())


def plain(text: str) -> str:
    """The words without the markup of headings and bold type that text extraction leaves."""
    return clean(_MARKUP.sub("", text))


def paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """The paragraphs of running text."""
    every = list(lines)
    gap = line_gap(every)
    return [paragraph_of(run) for run in runs(every, gap)]


def line_gap(lines: list[Line]) -> int:
    """How far apart two lines of one paragraph may be: some extractions put a blank line after every line."""
    return 2 if _is_double_spaced(lines) else 1


def _is_double_spaced(lines: list[Line]) -> bool:
    """Whether most lines that break off within a sentence have a blank line below them."""
    broken = [at for at, line in enumerate(lines[:-1]) if len(line.text) >= _FULL_LINE and is_unfinished(line.text)]
    return 2 * sum(lines[at + 1].is_blank for at in broken) > len(broken)


def runs(lines: list[Line], gap: int) -> Iterator[list[Line]]:
    """The written lines, split where the gap between two is wider than that."""
    run: list[Line] = []
    for line in lines:
        if line.is_blank:
            continue
        if run and line.number - run[-1].number > gap:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def paragraph_of(run: list[Line]) -> Paragraph:
    return Paragraph(run[0].number, run[-1].number, join_wrapped(plain(line.text) for line in run))
