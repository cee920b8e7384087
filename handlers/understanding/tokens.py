"""A question cut into words and numbers, each with its place in the text."""

import re
from typing import NamedTuple

from registry.folding import fold, tidy
from registry.references import plain_letters

LONGEST = 500
MOST_TOKENS = 60

# Numbers keep what they are written with (31.12., 0112/23-E1, 1.5.M1); letters and digits part ways (A50, Q12).
_TOKEN = re.compile(
    r"(?P<mention>@\w+)|(?P<contracted>(?<=\w)['’](?i:s|d|m|t|ll|re|ve)\b)|[0-9]+(?:[./-][0-9]+)*(?:\.[mM][0-9]+|-[eE][0-9]+|\.(?!\.))?|[^\W\d_]+|\d+",
)
# What belongs to no word but is part of what was written: "<b>", "C&A".
_SIGNS_BEFORE = re.compile(r"[^\w\s.,;:!?()\"'„“”«»‚‘’…–—-]+\Z")
_SIGNS_AFTER = re.compile(r"[^\w\s.,;:!?()\"'„“”«»‚‘’…–—-]+")
_WITH_DIGIT = re.compile(r"\S*[0-9]\S*")


class Token(NamedTuple):
    folded: str
    start: int
    end: int

    @property
    def has_digit(self) -> bool:
        return self.folded[:1].isdigit()


class Said(NamedTuple):
    """What somebody said, tidied, with its tokens."""

    text: str
    tokens: tuple[Token, ...]
    folded: tuple[str, ...]

    def text_of(self, start: int, end: int) -> str:
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def written(self, start: int, end: int) -> str:
        """The text of the tokens with the signs that touch them."""
        first = self.tokens[start - 1].end if start else 0
        last = self.tokens[end].start if end < len(self.tokens) else len(self.text)
        before = _SIGNS_BEFORE.search(self.text[first : self.tokens[start].start])
        after = _SIGNS_AFTER.match(self.text[self.tokens[end - 1].end : last])
        return f"{before[0] if before else ''}{self.text_of(start, end)}{after[0] if after else ''}"

    def between(self, one: int, other: int) -> str:
        """What stands between two tokens; nothing where they touch, a space where there is no second one."""
        return self.text[self.tokens[one].end : self.tokens[other].start] if other < len(self.tokens) else " "

    def word(self, index: int) -> str:
        return self.folded[index] if index < len(self.folded) else ""

    def words(self, start: int = 0, end: int | None = None) -> tuple[str, ...]:
        return self.folded[start:end]


def split(text: str) -> Said:
    """The text in tokens; mentions of the bot, the ``'s`` of ``what's`` and punctuation are left out."""
    tidied = _WITH_DIGIT.sub(lambda found: plain_letters(found[0]), tidy(text))
    found = (match for match in _TOKEN.finditer(tidied) if not match["mention"] and not match["contracted"])
    tokens = tuple(Token(fold(match[0]), match.start(), match.end()) for match in found)
    return Said(tidied, tokens, tuple(token.folded for token in tokens))
