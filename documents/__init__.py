"""Council documents in, records out: each form has its reader, and the text itself says which form it is."""

from typing import Protocol

from documents import council_paper, evaluation, programme, question_list, result_paper, titles
from documents import offices as office_tree
from documents.findings import UnknownForm
from registry.offices import OfficeTree
from registry.reading import Reading


class FormReader(Protocol):
    """Knows one form of document."""

    def recognises(self, text: str) -> bool: ...

    def read(self, text: str, *, source: str, offices: OfficeTree) -> Reading: ...


# The first that recognises a text reads it: a result also looks like a paper, and both may describe a programme.
READERS: tuple[FormReader, ...] = (
    office_tree,
    titles,
    question_list,
    evaluation,
    result_paper,
    council_paper,
    programme,
)


def recognises(text: str) -> bool:
    """Whether a text is a document that can be read."""
    return any(reader.recognises(text) for reader in READERS)


def read(text: str, *, source: str, offices: OfficeTree) -> Reading:
    """The records and findings of a document. Raises UnreadDocument where there is nothing to go by.

    Line numbers count from 1; every record is non-public until somebody says otherwise.
    """
    reader = next((reader for reader in READERS if reader.recognises(text)), None)
    if reader is None:
        raise UnknownForm(lines=text.count("\n") + 1)
    return reader.read(text, source=source, offices=offices)
