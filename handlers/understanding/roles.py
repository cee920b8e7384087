"""How a role is said in one line: the role, for which offices, for whom somebody stands in, until when."""

import re
from dataclasses import dataclass
from datetime import date

from registry.folding import fold, tidy
from registry.offices import OfficeTree
from registry.people import Role
from registry.periods import read_due
from registry.workdays import Workdays

ROLE_WORDS = {
    **dict.fromkeys(("reader", "reading", "lesen", "lesend", "lesezugriff", "leserecht"), Role.READER),
    **dict.fromkeys(("editor", "editing", "bearbeitung", "bearbeiten", "bearbeitend"), Role.EDITOR),
    **dict.fromkeys(("coordinator", "coordination", "koordination", "koordinierend"), Role.COORDINATOR),
    **dict.fromkeys(("admin", "administrator", "administration"), Role.ADMIN),
}
_UNTIL = re.compile(r"(?:^|\s)(?:until|till|bis(?:\s+zum)?)\s+(?P<day>.+)$", re.IGNORECASE)
_DEPUTY = re.compile(
    r"(?:^|\s)(?:as\s+)?(?:deputy|stands?\s+in|vertritt|vertretung)\s+(?:(?:for|of|für|fuer|von)\s+)?(?P<other>\d{1,16})(?=\s|$)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?P<number>\d{1,16})(?:\s+|$)(?P<rest>.*)", re.DOTALL)
_JOINING = frozenset({"", "for", "and", "für", "fuer", "und", "as", "als", "of", "von"})
_LONGEST_NAME = 8


@dataclass(frozen=True)
class Terms:
    """``unread`` are words that say none of it."""

    role: Role | None = None
    offices: tuple[str, ...] = ()
    until: date | None = None
    stands_in_for: int | None = None
    unread: str = ""


def read_number(words: str) -> tuple[int | None, str]:
    """The number of a person that the words begin with, and what comes after it."""
    found = _NUMBER.fullmatch(tidy(words))
    return (int(found["number"]), found["rest"]) if found else (None, tidy(words))


def read_terms(words: str, offices: OfficeTree, today: date, workdays: Workdays) -> Terms:
    """``editor A50, A51 until 31.12.2026``, in either language."""
    rest, until = tidy(words), None
    if found := _UNTIL.search(rest):
        until = read_due(found["day"], today, workdays)
        if until is None:
            return Terms(unread=found["day"])
        rest = rest[: found.start()]
    other = None
    if found := _DEPUTY.search(rest):
        other = int(found["other"])
        rest = f"{rest[: found.start()]} {rest[found.end() :]}".strip()
    first, _, after = rest.partition(" ")
    role = ROLE_WORDS.get(fold(first).strip(",;:"))
    named, unread = _offices(after if role is not None else rest, offices)
    return Terms(role, named, until, other, unread)


def _offices(words: str, offices: OfficeTree) -> tuple[tuple[str, ...], str]:
    """The offices named, the longest name first; and the first words that name none."""
    left = [word.strip(",;") for word in words.replace(",", " ").replace(";", " ").split()]
    found: dict[str, None] = {}
    while left:
        for end in range(min(len(left), _LONGEST_NAME), 0, -1):
            if office := offices.find(" ".join(left[:end])):
                found[office.code] = None
                del left[:end]
                break
        else:
            if fold(left[0]) not in _JOINING:
                return tuple(found), left[0]
            del left[0]
    return tuple(found), ""
