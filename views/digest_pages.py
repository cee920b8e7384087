"""The messages of a digest: what fits into each, what is folded there, and which number means which record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from registry.desk import Listed
from views import html
from views.html import Html
from views.message import MAX_CHARACTERS

_UNFOLDED = 8  # lines of items, about as many as a phone shows at once
_LAST_LINE = 200  # characters kept for how to act
_ROOM = MAX_CHARACTERS - _LAST_LINE


@dataclass(frozen=True)
class Block:
    """A section's heading and its lines: first its items, numbered from ``first`` on. A message ends between two."""

    heading: Html
    lines: tuple[Html, ...]
    items: tuple[Listed, ...] = ()
    first: int = 1

    @property
    def text(self) -> Html:
        return html.lines(self.heading, *self.lines)

    def cut(self, room: int) -> tuple["Block", "Block"]:
        """As many lines as there is room for, and the others, each under the heading."""
        lengths = accumulate((_length(line) for line in self.lines), initial=_length(self.heading))
        at = sum(length <= room for length in lengths) - 1
        begun = replace(self, lines=self.lines[: max(0, at)], items=self.items[: max(0, at)])
        return begun, replace(
            self,
            lines=self.lines[len(begun.lines) :],
            items=self.items[len(begun.items) :],
            first=self.first + len(begun.items),
        )


def pages(heading: Html, blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks by message."""
    found: list[list[Block]] = [[]]
    room = _ROOM - _length(heading)
    for block in blocks:
        left = block
        while (length := _length(left.text)) > room:
            begun, left = left.cut(room)
            found[-1].extend([begun] if begun.lines else [])
            found.append([])
            room = _ROOM
        found[-1].append(left)
        room -= length + 1
    return found


def _length(text: Html) -> int:
    """How many characters a line or a block takes, with what parts it from the next."""
    return len(html.plain(text)) + 1


def folded(page: Sequence[Block]) -> tuple[Html, ...]:
    """What is behind the first screen opens at a tap; what is open in all stands below it."""
    sections = [block for block in page if block.items]
    lengths = accumulate(len(block.lines) for block in sections)
    shown = max(1, sum(length <= _UNFOLDED for length in lengths))
    rest = [block.text for block in sections[shown:]]
    return (
        *(block.text for block in sections[:shown]),
        html.quote(html.paragraphs(*rest), folded=True) if rest else Html(""),
        *(block.text for block in page if not block.items),
    )


def numbered(page: Sequence[Block]) -> list[tuple[int, Listed]]:
    return [(number, line) for block in page for number, line in enumerate(block.items, block.first)]


def refs(page: Sequence[Block]) -> tuple[str, ...]:
    """The references by number; what stands in an earlier message leaves its place empty."""
    items = [block for block in page if block.items]
    before = items[0].first - 1 if items else 0
    return (*("" for _ in range(before)), *(line.ref for block in items for line in block.items))
