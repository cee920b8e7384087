"""Why a document could not be read, and findings about one that was."""

from enum import StrEnum

from registry.reading import Finding, FindingKind


class UnreadDocument(Exception):
    """A document that was not read; nothing of it may be kept."""


class TooLarge(UnreadDocument):
    """The document is larger than a reader takes on, or needs more memory than it may have (in bytes)."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(size, limit)
        self.size = size
        self.limit = limit


class TookTooLong(UnreadDocument):
    """Reading took longer than a reader may take."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Unreadability(StrEnum):
    NOT_TEXT = "not_text"
    NOT_YET = "not_yet"
    EMPTY = "empty"
    NOT_THERE = "not_there"
    NOT_PERMITTED = "not_permitted"
    WRONG_SYNTAX = "wrong_syntax"
    READER_FAILED = "reader_failed"


class Unreadable(UnreadDocument):
    """The document is broken, or no text at all; ``line`` is where, if that is known (1-based), else 0.

    ``words`` quotes that line, or names the form of file that is not read yet: ``PDF``.
    """

    def __init__(self, why: str, line: int = 0, words: str = "") -> None:
        super().__init__(why, line, words)
        self.why = Unreadability(why)
        self.line = line
        self.words = words


class UnknownForm(UnreadDocument):
    """The document is text of a form that no reader knows; ``lines`` is how many lines it has."""

    def __init__(self, lines: int) -> None:
        super().__init__(lines)
        self.lines = lines


_QUOTED = 120


def finding(kind: FindingKind, line: int, *, ref: str = "", words: str = "") -> Finding:
    """A finding that quotes no more than a line's worth of words."""
    return Finding(kind=kind, line=line, ref=ref, words=quoted(words))


def quoted(words: str) -> str:
    return words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"
