"""The tree of responsible places, and how they are called."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cached_property

from registry.folding import fold
from registry.records import Record


class OfficeKind(StrEnum):
    DEPARTMENT = "department"
    OFFICE = "office"
    UNIT = "unit"
    EXTERNAL = "external"


class Office(Record):
    """A responsible place.

    ``code`` is its key: the city's short code (``A50``, ``D05``), or the German name where the city has none.
    """

    code: str
    name_de: str
    name_en: str = ""
    kind: OfficeKind
    parent: str | None = None
    aliases: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return self.name_en if language == "en" and self.name_en else self.name_de

    @property
    def has_short_code(self) -> bool:
        return self.code != self.name_de


class OfficeTree:
    """A city's offices: found by code, name or alias; walked up and down."""

    def __init__(self, offices: Iterable[Office]) -> None:
        self.offices = tuple(offices)
        self._by_code = {office.code: office for office in self.offices}

    def __iter__(self) -> Iterator[Office]:
        return iter(self.offices)

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Office:
        return self._by_code[code]

    def get(self, code: str) -> Office | None:
        return self._by_code.get(code)

    def find(self, words: str) -> Office | None:
        """The office called exactly so (case, umlauts and spaces aside), or none; never a guess."""
        return self.by_name.get(fold(words).replace(" ", ""))

    @cached_property
    def by_name(self) -> dict[str, Office]:
        """Every folded, space-free code, name and alias; a name two offices share belongs to neither."""
        named: dict[str, Office | None] = {}
        for office in self.offices:
            spellings = (office.code, office.name_de, office.name_en, *office.aliases)
            for name in {fold(spelling).replace(" ", "") for spelling in spellings if spelling}:
                named[name] = office if named.get(name, office) is office else None
        return {name: office for name, office in named.items() if office}

    def children(self, code: str) -> tuple[Office, ...]:
        return tuple(office for office in self.offices if office.parent == code)

    def subtree(self, code: str) -> tuple[str, ...]:
        """The code itself and every code below it, parents first."""
        return (code, *(below for child in self.children(code) for below in self.subtree(child.code)))

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes above, nearest first."""
        office = self._by_code.get(code)
        if office is None or office.parent is None:
            return ()
        return (office.parent, *self.ancestors(office.parent))
