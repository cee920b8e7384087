"""Finding responsible places in the words of a table cell or a routing line."""

import re
from collections.abc import Iterator

from registry.folding import tidy
from registry.offices import Office, OfficeTree
from registry.records import Record


class Place(Record):
    """A responsible place: the office it is, or none where the tree does not know the words."""

    words: str
    office: Office | None = None

    @property
    def code(self) -> str:
        """The office's code, else the words as written."""
        return self.office.code if self.office else self.words


_ARTICLE = r"(?:de[mnrs]|die|das)"
_TOGETHER = r"in\s+(?:enger\s+)?(?:Zusammenarbeit|Kooperation|Abstimmung|Absprache|Rücksprache)\s+mit|gemeinsam\s+mit"
_INCLUDING = r"unter\s+(?:Einbezug|Einbeziehung|Beteiligung|Mitwirkung)(?:\s+von)?"
_JOINT = rf"(?:{_TOGETHER}|{_INCLUDING}|sowie)"
_SEPARATOR = re.compile(rf"\s*[,;/]\s*|\s+{_JOINT}\s+", re.IGNORECASE)
_LEADING = re.compile(rf"^(?:(?:{_JOINT}|und|mit|{_ARTICLE})(?:\s+|$))+", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\(([^()]*)\)")

# "Ämter Dezernat 05" reaches the offices through their department, "Leiterin Bereich OB" speaks for the whole of it.
_ON_BEHALF = re.compile(r"^(?:Ämter|Bereiche?|Leiter(?:in)?|Leitung|des|der|vom|im)\s+", re.IGNORECASE)
_GENITIVE = re.compile(r"^(?:der|des|von)\s", re.IGNORECASE)
_LONGEST_NAME = 12
_HIDE = {ord(","): "\ue000", ord("/"): "\ue001"}
_SHOW = {0xE000: ",", 0xE001: "/"}


def read_places(words: str, offices: OfficeTree) -> tuple[Place, ...]:
    """The places named in the order they are written, each once."""
    found = (place for phrase in _phrases(tidy(words)) for place in _places_in(phrase, offices))
    return tuple({place.code: place for place in found}.values())


def read_place(words: str, offices: OfficeTree) -> Place:
    """The one place these words name."""
    return Place(words=words, office=_known(words, offices) or _known_by_aside(words, offices))


def _phrases(words: str) -> Iterator[str]:
    """The words between separators; commas inside brackets separate nothing."""
    hidden = _ASIDE.sub(lambda aside: aside[0].translate(_HIDE), words)
    for phrase in _SEPARATOR.split(hidden):
        yield phrase.translate(_SHOW).strip(" .:-–")


def _places_in(phrase: str, offices: OfficeTree) -> Iterator[Place]:
    """The places of one phrase; "and" separates only where a name is known to end, for names contain it too."""
    while phrase := _LEADING.sub("", phrase).strip(" .,"):
        place, phrase = _first_place(phrase, offices)
        yield place


def _first_place(phrase: str, offices: OfficeTree) -> tuple[Place, str]:
    """The place a phrase begins with, and what is left of the phrase."""
    words = phrase.split(" ")
    for known in (_known, _known_by_aside):
        for end in range(min(len(words), _LONGEST_NAME), 0, -1):
            if office := known(" ".join(words[:end]), offices):
                return Place(words=" ".join(words[:end]), office=office), _rest(words[end:])
    return _unknown_place(words, offices)


def _unknown_place(words: list[str], offices: OfficeTree) -> tuple[Place, str]:
    for at, word in enumerate(words):
        if word == "und" and at and _begins_another(words[at - 1], words[at + 1 :], offices):
            return Place(words=" ".join(words[:at])), " ".join(words[at + 1 :])
    return Place(words=" ".join(words)), ""


def _begins_another(before: str, after: list[str], offices: OfficeTree) -> bool:
    if before.endswith(")") or (after and re.fullmatch(_ARTICLE, after[0])):
        return True
    return any(_known(" ".join(after[:end]), offices) for end in range(1, min(len(after), _LONGEST_NAME) + 1))


def _known(words: str, offices: OfficeTree) -> Office | None:
    """The office of that name, also without an aside in brackets, or spoken for by another."""
    if office := offices.find(words):
        return office
    if _ASIDE.search(words) and words.endswith(")"):
        return _known(_ASIDE.sub("", words), offices)
    shorter = _ON_BEHALF.sub("", words, count=1)
    return _known(shorter, offices) if shorter != words else None


def _known_by_aside(words: str, offices: OfficeTree) -> Office | None:
    """The office in the brackets behind a name nobody knows; tried last, for a known place may stand before it."""
    aside = _ASIDE.search(words)
    return offices.find(aside[1]) if aside and words.endswith(")") else None


def _rest(words: list[str]) -> str:
    """What follows a known name; a genitive ("of the city of …") and an aside still belong to it."""
    rest = " ".join(words)
    if rest.startswith("("):
        rest = _ASIDE.sub("", rest, count=1).strip()
    return "" if _GENITIVE.match(rest) else rest
