"""What the items of a resolution ask of the administration."""

import re

from documents.wording import sentences
from registry.deadlines import read_deadline
from registry.offices import OfficeTree
from registry.papers import Mandate
from registry.places import read_place

_RESPONSIBLE = re.compile(
    r"(?:Die|Der|Das)\s+(?P<who>[A-ZÄÖÜ](?:(?!\s(?:wird|werden)\b)[^.:;]){1,60}?)\s+"
    r"(?:prüft|erstellt|erarbeitet|berichtet|legt|wird|werden)\b"
)
_REPORT_TO = re.compile(
    r"\b(?:[Dd]em|[Dd]er|[Dd]en)\s+(?P<body>(?:\w+e[nrm]\s+)?[A-ZÄÖÜ][\w-]*(?:\s+für\s+[^.]{3,80}?)?)\s+"
    r"(?:wird|werden|ist|sind)\b(?:[^.]|(?<=\d)\.){0,120}\b(?:mitgeteilt|berichte[nt]|vorgelegt|vorzulegen|informier\w*|mitzuteilen|zugeleitet)\b"
)
_DUE = re.compile(
    r"\b(?:(?:bis\s+(?:zum\s+|spätestens\s+)?|zum\s+)(?:\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|(?:Ende\s+)?(?:\w+\s+){0,2}\d{4})"
    r"|(?:im\s+)?\d\.\s+Quartal\s+\d{4}|zeitnah|unverzüglich|umgehend|schnellstmöglich)",
)
# "dem zuständigen Ausschuss" names a masculine body in the dative.
_DATIVE = re.compile(r"^(\w+)en(?=\s+(?:\w*[aA]usschuss|\w*[rR]at|\w*[bB]eirat)\b)")


def mandate_of(number: int, text: str, offices: OfficeTree) -> Mandate:
    """One item of a resolution: who shall do it, until when, and whom to report to, as far as it says so."""
    responsible = _RESPONSIBLE.match(text)
    reported = next((found for found in map(_REPORT_TO.search, sentences(text)) if found), None)
    due = _DUE.search(text)
    return Mandate(
        number=number,
        text=text,
        responsible=read_place(responsible["who"], offices).code if responsible else "",
        due_text=due[0] if due else "",
        due_on=read_deadline(due[0]).due_on if due else None,
        report_to=_DATIVE.sub(r"\1er", reported["body"]) if reported else "",
    )
