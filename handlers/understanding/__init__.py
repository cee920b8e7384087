"""Questions in one's own words: German or English, in any order, understood or named as not understood."""

from datetime import date

from handlers.understanding.grammar import interpret
from handlers.understanding.names import name_book
from handlers.understanding.phrasebook import phrasebook
from handlers.understanding.reading import Known, read
from handlers.understanding.tokens import LONGEST, MOST_TOKENS, split
from registry.offices import OfficeTree
from registry.queries import Names, Understanding

_SHOWN = 60


def understand(
    text: str, *, today: date, offices: OfficeTree, names: Names, own_offices: tuple[str, ...] = ()
) -> Understanding:
    """What a question asks for. A text too long to be a question is not understood as a whole.

    ``names`` are those its reader may know; ``own_offices`` those that ``meine`` means.
    """
    said = split(text) if len(text) <= LONGEST else None
    if said is None or len(said.tokens) > MOST_TOKENS:
        return Understanding(not_understood=(f"{text[:_SHOWN].strip()} …",))
    known = Known(phrasebook(), name_book(offices, names), offices, own_offices, today)
    return interpret(said, read(said, known), known)
