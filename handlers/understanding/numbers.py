"""Numbered things in a question: references, office codes, fields of action and recommendations."""

import re

from handlers.understanding.names import NameBook
from handlers.understanding.phrasebook import Phrasebook
from handlers.understanding.senses import Choice, Role, Sense
from handlers.understanding.tokens import Said
from registry.queries import Kind, Query
from registry.references import read_reference, reference_kind

LONGEST_REFERENCE = 8
HIGHEST_FIELD = 99
HIGHEST_MODULE = 99

Found = tuple[int, Sense]

_RECOMMENDATION = re.compile(r"([1-9][0-9]?)\.([1-9][0-9]?)\.?")
_NUMBER = re.compile(r"0*([1-9][0-9]{0,3})\.?")
_GLUE = ("", ".", "-")


def find_reference(said: Said, at: int) -> Found | None:
    """The longest reference that starts at a token; modules are found by their programme's name instead."""
    for end in range(min(len(said.tokens), at + LONGEST_REFERENCE), at, -1):
        if said.tokens[end - 1].has_digit:
            ref = read_reference(said.text_of(at, end))
            if ref and reference_kind(ref) is not Kind.PROGRAMME:
                return end, Sense(Role.REFERENCE, Query(ref=ref))
    return None


def find_module(said: Said, at: int, programme: str, book: Phrasebook) -> Found | None:
    """A module's number after the name of its programme: ``KommA.1a``, ``KommA Modul 1a``."""
    noun = book.find(said, at)
    start = noun.end if noun and noun.sense.noun == "module" else at
    number = _number(said, start)
    if number is None or number > HIGHEST_MODULE:
        return None
    lettered = said.between(start, start + 1) == "" and len(said.word(start + 1)) == 1
    letter = said.word(start + 1) if lettered else ""
    return start + 1 + lettered, Sense(Role.REFERENCE, Query(ref=f"{programme}.{number}{letter}"))


def find_numbered(said: Said, at: int, book: Phrasebook, names: NameBook) -> Found | None:
    """An office's code however it is spaced, or a noun with its number: ``a 50``, ``Amt 50``, ``HF 2``, ``E5``."""
    return _code(said, at, names) or _noun_and_number(said, at, book, names) or _recommendation(said, at, names)


def _code(said: Said, at: int, names: NameBook) -> Found | None:
    letters, number = said.word(at), _number(said, at + 1)
    if letters not in names.code_letters or number is None:
        return None
    choices = names.codes.get((letters, number))
    if choices is None and said.between(at, at + 1) not in _GLUE:
        return None
    return at + 2, one_of(choices or ())


def _noun_and_number(said: Said, at: int, book: Phrasebook, names: NameBook) -> Found | None:
    found = book.find(said, at)
    if found is None or found.sense.role is not Role.NOUN:
        return None
    noun, end = found.sense.noun, found.end
    both = _RECOMMENDATION.fullmatch(said.word(end))
    if both and noun == "recommendation":
        return end + 1, Sense(Role.SCOPE, Query(recommendation=(int(both[1]), int(both[2]))))
    number = _number(said, end)
    if number is None:
        return None
    if noun in ("department", "office"):
        return end + 1, one_of(names.codes.get((noun, number), ()))
    if noun == "field" and number <= HIGHEST_FIELD:
        return end + 1, Sense(Role.SCOPE, Query(field=number))
    return (end + 1, Sense(Role.ITEM, item=number)) if noun == "recommendation" else None


def _recommendation(said: Said, at: int, names: NameBook) -> Found | None:
    """``1.5`` alone, where there is such a field or nobody knows the fields."""
    both = _RECOMMENDATION.fullmatch(said.word(at))
    if not both or (names.fields and int(both[1]) not in names.fields):
        return None
    return at + 1, Sense(Role.SCOPE, Query(recommendation=(int(both[1]), int(both[2]))))


def one_of(choices: tuple[Choice, ...]) -> Sense:
    """A scope where one thing may be meant, a doubt where several may, unknown where nothing may."""
    if not choices:
        return Sense(Role.UNKNOWN)
    return Sense(Role.SCOPE, choices[0].sets) if len(choices) == 1 else Sense(Role.DOUBT, choices=choices)


def _number(said: Said, at: int) -> int | None:
    found = _NUMBER.fullmatch(said.word(at))
    return int(found[1]) if found else None
