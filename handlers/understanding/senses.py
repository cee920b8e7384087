"""What a stretch of a question means: a role in the question, and what it sets in the query."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from handlers.understanding.tokens import Said
from registry.queries import Query


class Role(StrEnum):
    INTENT = "intent"
    SCOPE = "scope"
    ITEM = "item"  # a recommendation's number within a field that is named elsewhere
    FILTER = "filter"
    TIME = "time"
    REFERENCE = "reference"
    MINE = "mine"
    OURS = "ours"  # the asker as the one who has something to do: "was muss ich noch machen"
    CHANGED = "changed"
    ALL = "all"
    COUNT = "count"
    DETAIL = "detail"
    DOUBT = "doubt"
    NOUN = "noun"
    NEGATION = "negation"
    PREPOSITION = "preposition"
    ARTICLE = "article"
    CONJUNCTION = "conjunction"
    FILLER = "filler"
    ASKING = "asking"
    COURTESY = "courtesy"
    SELF = "self"
    TO_SELF = "to self"
    ALONE = "alone"
    UNKNOWN = "unknown"


SMALL = frozenset(
    {
        Role.PREPOSITION,
        Role.ARTICLE,
        Role.CONJUNCTION,
        Role.FILLER,
        Role.ASKING,
        Role.COURTESY,
        Role.SELF,
        Role.TO_SELF,
    }
)


class Choice(NamedTuple):
    """One thing a doubtful stretch may mean, and how that is called."""

    name: str
    sets: Query


class Sense(NamedTuple):
    """``sets`` has only those fields set that the stretch speaks of; ``item`` is the number of an ITEM, ``noun`` the
    sort of a NOUN. ``since`` marks a time that lies behind, ``age`` is the day since which something has lasted."""

    role: Role
    sets: Query = Query()
    choices: tuple[Choice, ...] = ()
    noun: str = ""
    item: int = 0
    since: bool = False
    age: date | None = None


class Stretch(NamedTuple):
    """Neighbouring tokens with one meaning, from ``start`` up to ``end``."""

    start: int
    end: int
    sense: Sense

    @property
    def role(self) -> Role:
        return self.sense.role

    @property
    def is_small(self) -> bool:
        return self.role in SMALL

    def text(self, said: Said) -> str:
        return said.text_of(self.start, self.end)
