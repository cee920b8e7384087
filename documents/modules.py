"""The modules of a programme, basic and additional."""

import re

from documents.lines import Paragraph
from documents.wording import short_title
from registry.programmes import Module

_MODULE = re.compile(r"(?:Zusatzm|M)odul\s+(?P<number>\d{1,2}[a-z]?)\s*:\s*(?P<text>.*)")
_ARROW = re.compile(r"[↓→⇒▼]+")


def read_modules(blocks: list[Paragraph], programme: str) -> tuple[Module, ...]:
    """Each module once, as it is described first: its text, and the goal where an arrow leads to one."""
    modules: dict[str, Module] = {}
    for at, block in enumerate(blocks):
        if (found := _MODULE.fullmatch(block.text)) and found["number"] not in modules:
            text = _described(found["text"], [below.text for below in blocks[at + 1 : at + 4]])
            modules[found["number"]] = Module(number=found["number"], title=_title(text, programme), text=text)
    return tuple(modules.values())


def _described(text: str, below: list[str]) -> str:
    pieces = [text] if text else below[:1]
    behind = below if text else below[1:]
    if len(behind) > 1 and _ARROW.fullmatch(behind[0]):
        pieces.append(behind[1])
    return " ".join(pieces)


def _title(text: str, programme: str) -> str:
    """The text without "X unterstützt bei der …": every module of X would begin so."""
    lead_in = re.compile(
        rf"{re.escape(programme)}\s+(?:unterstützt|bietet|fördert|begleitet)\s+(?:bei\s+)?(?:d(?:en|er|ie|as|em)\s+)?",
        re.IGNORECASE,
    )
    return short_title(lead_in.sub("", text, count=1))
