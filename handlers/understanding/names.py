"""The names of offices, fields, concepts, programmes and originators, and who may be meant by one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding.phrasebook import phrasebook
from handlers.understanding.senses import Choice, Role, Sense
from handlers.understanding.spelling import is_slip
from handlers.understanding.tokens import Said, split
from registry.measures import FieldOfAction
from registry.offices import Office, OfficeKind, OfficeTree
from registry.queries import Names, Query

LONGEST_NAME = 10
SHORTEST_PART = 5
SHORTEST_BEGINNING = 7
MOST_CHOICES = 5

# Endings by which German words are declined; both the name and what is said lose them.
_ENDING = re.compile(r"(?:e[nrsm]|e|n|s)+$")
_SHORT_FORMS = {"amts": "amt", "amtes": "amt", "amte": "amt"}
_PARTED = re.compile(r",|/|&|\bund\b|\band\b")
_CODE = re.compile(r"([^\W\d_]+)[ .-]?0*([1-9][0-9]{0,3})")
_NUMBERED = {OfficeKind.DEPARTMENT: "department", OfficeKind.OFFICE: "office"}


class Named(NamedTuple):
    """The names found from one token up to another, and everything they may stand for."""

    end: int
    choices: tuple[Choice, ...]


class NameBook:
    """All names a question may use. ``codes`` are found by their letters, or the sort of office, and number."""

    def __init__(self, offices: OfficeTree, names: Names) -> None:
        self.codes = _codes(offices)
        self.code_letters = frozenset(letters for letters, _ in self.codes)
        self.fields = frozenset(field.number for field in names.fields)
        self.field_choices = tuple(_field_choice(field, _several_concepts(names)) for field in names.fields)
        whole, parts = _grouped(_whole_names(offices, names)), _grouped(_parts(offices))
        self._whole = whole
        self._nearly = {**parts, **whole}

    def find(self, said: Said, at: int) -> Named | None:
        """The longest name that starts at a token, declined or not."""
        found, key = None, ""
        for end, word in enumerate(said.words(at, at + LONGEST_NAME), start=at + 1):
            key += stem(word)
            if key in self._whole:
                found = Named(end, self._whole[key])
        return found

    def recommendations(self, number: int) -> Sense:
        """A doubt between the recommendations of that number, one in each field."""
        return Sense(Role.DOUBT, choices=tuple(_recommendation(field, number) for field in self.field_choices))

    def near(self, words: tuple[str, ...]) -> tuple[Choice, ...]:
        """What these words nearly name: by a part of an office's name, by its beginning, or but for a slip or two."""
        key = "".join(map(stem, words))
        if key in self._nearly:
            return self._nearly[key][:MOST_CHOICES]
        if len(key) < SHORTEST_PART or not key.isalpha():
            return ()
        slips = 1 if len(key) < 8 else 2 if len(key) < 15 else 3
        close = process.extract(key, self._nearly.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
        nearest = [name for name, *_ in sorted(close, key=lambda found: (found[1], found[0])) if is_slip(key, name)]
        nearest += [name for name in self._nearly if len(key) >= SHORTEST_BEGINNING and name.startswith(key)]
        return tuple(dict.fromkeys(choice for name in nearest for choice in self._nearly[name]))[:MOST_CHOICES]


@lru_cache(maxsize=16)
def name_book(offices: OfficeTree, names: Names) -> NameBook:
    return NameBook(offices, names)


def stem(word: str) -> str:
    """The word without the endings of its declension; ``Jugendamtes`` as ``Jugendamt``. Short words stay."""
    short = _SHORT_FORMS.get(word, word)
    if len(short) <= SHORTEST_PART:
        return short
    ending = _ENDING.search(short)
    return short[: max(SHORTEST_PART, ending.start())] if ending else short


def office_choice(office: Office) -> Choice:
    name = f"{office.code} · {office.name_de}" if office.has_short_code else office.name_de
    return Choice(name, Query(offices=(office.code,)))


def _whole_names(offices: OfficeTree, names: Names) -> Iterator[tuple[str, Choice]]:
    for office in offices:
        spellings = (office.code, office.name_de, office.name_en, *office.aliases)
        yield from ((spelling, office_choice(office)) for spelling in spellings if spelling)
    several = _several_concepts(names)
    for field in names.fields:
        yield from ((title, _field_choice(field, several)) for title in _titles(field.title))
    yield from ((concept, Choice(concept, Query(concept=concept))) for concept in names.concepts)
    yield from ((programme, Choice(programme, Query(programme=programme))) for programme in names.programmes)
    yield from ((short, Choice(programme, Query(programme=programme))) for short, programme in names.short_names)
    for originator in names.originators:
        choice = Choice(originator, Query(originator=originator))
        yield from ((name, choice) for name in (originator, *_words_of(originator, shortest=3)))


def _titles(title: str) -> Iterator[str]:
    """A title and what it is short for: ``Kinder, Jugend und Familie`` is called by each of the three."""
    yield from filter(None, dict.fromkeys((title, *map(str.strip, _PARTED.split(title)))))


def _field_choice(field: FieldOfAction, several: bool) -> Choice:
    sets = Query(field=field.number, concept=field.concept) if several else Query(field=field.number)
    return Choice(f"HF {field.number} · {field.title}" if field.title else f"HF {field.number}", sets)


def _several_concepts(names: Names) -> bool:
    return len({field.concept for field in names.fields}) > 1


def _recommendation(field: Choice, number: int) -> Choice:
    sets = field.sets
    named = Query(recommendation=(sets.field or 0, number), **({"concept": sets.concept} if sets.concept else {}))
    return Choice(field.name, named)


def _parts(offices: OfficeTree) -> Iterator[tuple[str, Choice]]:
    """Single words of longer names of offices."""
    for office in offices:
        for name in (office.name_de, office.name_en):
            yield from ((word, office_choice(office)) for word in _words_of(name, shortest=SHORTEST_PART))


def _words_of(name: str, *, shortest: int) -> tuple[str, ...]:
    words = split(name).words()
    book = phrasebook()
    telling = (word for word in words if len(word) >= shortest and word.isalpha())
    telling = (word for word in telling if not book.is_small(word) and not book.asks_something(word))
    return tuple(telling) if len(words) > 1 else ()


def _grouped(named: Iterable[tuple[str, Choice]]) -> dict[str, tuple[Choice, ...]]:
    groups: dict[str, list[Choice]] = defaultdict(list)
    for name, choice in named:
        key = "".join(map(stem, split(name).words()))
        if key and choice not in groups[key]:
            groups[key].append(choice)
    return {key: tuple(choices) for key, choices in groups.items()}


def _codes(offices: OfficeTree) -> dict[tuple[str, int], tuple[Choice, ...]]:
    """``A50`` under (a, 50) and (office, 50); ``D05`` under (d, 5) and (department, 5)."""
    codes: dict[tuple[str, int], list[Choice]] = defaultdict(list)
    for office in offices:
        found = _CODE.fullmatch(office.code)
        if found:
            for letters in filter(None, (found[1].lower(), _NUMBERED.get(office.kind))):
                codes[letters, int(found[2])].append(office_choice(office))
    return {code: tuple(choices) for code, choices in codes.items()}
