"""The words people ask with: every language's ``words.toml``, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

HERE = Path(__file__).parent

Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Phrases = tuple[Phrase, ...]

_WISHES = {"wishing", "wishes", "replies"}


class Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Intents(Table):
    """What a question asks for."""

    open: Phrases
    overdue: Phrases
    deadlines: Phrases
    summary: Phrases
    search: Phrases
    show: Phrases
    mine: Phrases
    history: Phrases
    owing: Phrases


class Kinds(Table):
    measure: Phrases
    inquiry: Phrases
    paper: Phrases
    mandate: Phrases
    milestone: Phrases
    programme: Phrases


class Undone(Table):
    """What is still to be done with records of a kind: ``umzusetzen``, ``muss ... beantworten``."""

    measure: Phrases
    inquiry: Phrases


class Statuses(Table):
    """How far a measure is."""

    fully: Phrases
    partly: Phrases
    not_implemented: Phrases
    discarded: Phrases
    unclear: Phrases
    unknown: Phrases


class ReportedStatuses(Table):
    """The short words that name a status in a report, where no question could be meant."""

    fully: Phrases
    partly: Phrases
    not_implemented: Phrases
    discarded: Phrases


class InquiryStatuses(Table):
    released: Phrases
    answered: Phrases
    withdrawn: Phrases


class Filters(Table):
    """``settled`` is fully implemented or answered, as the kind decides; ``detail`` asks for a part of a record.

    ``count`` asks how many there are.
    """

    unrouted: Phrases
    is_new: Phrases
    in_review: Phrases
    changed: Phrases
    settled: Phrases
    all: Phrases
    count: Phrases
    detail: Phrases


class Nouns(Table):
    """What stands before a number or a name: ``Amt 50``, ``HF 2``, ``Fraktion …``."""

    department: Phrases
    office: Phrases
    field: Phrases
    recommendation: Phrases
    module: Phrases
    concept: Phrases
    originator: Phrases


class Small(Table):
    """Words that carry no question of their own.

    ``asking`` words make a question of what follows them, ``courtesies`` speak to the bot. ``selves`` and
    ``to_selves`` are the asker (``ich``, ``mir``), unless they stand by a courtesy (``möchte ich``, ``sag mir``).
    ``alone`` are words that by themselves ask for nothing the register knows and beside others are not understood.
    ``lookalikes`` are no typing errors of the words above.
    """

    fillers: Phrases
    asking: Phrases
    courtesies: Phrases
    selves: Phrases
    to_selves: Phrases
    alone: Phrases
    prepositions: Phrases
    articles: Phrases
    conjunctions: Phrases
    negations: Phrases
    lookalikes: Phrases


class Wishes(Table):
    """Whole sentences that ask for a change, each under the command that makes it; see handlers/understanding/wishes.

    ``{ref}`` stands for a record's number, ``{measure}`` and ``{inquiry}`` for one of these, ``{status}`` for a status,
    ``{state}`` for one that no question is likely to name, ``{place}`` for a routing, ``{date}`` for a day.
    """

    status: Phrases
    answer: Phrases
    notmine: Phrases
    note: Phrases
    assign: Phrases
    due: Phrases
    release: Phrases
    back: Phrases


class Replies(Wishes):
    """What is said shortly of a listed record, in a reply to the message that lists it; ``unfit`` is no use there."""

    show: Phrases
    unfit: Phrases


class Wishing(Table):
    """``stated`` says how far a measure is, ``beginnings`` ask kindly, what is ``skipped`` means nothing in a wish,
    what is ``joining`` stands between things.

    A sentence that begins with one of ``changing`` wants to change something even where it is not understood.
    """

    stated: Phrases
    beginnings: Phrases
    skipped: Phrases
    joining: Phrases
    changing: Phrases


class Words(Table):
    """One language. A word ending in ``*`` also takes each of the ``endings``; `` ... `` in a phrase is a gap.

    ``time`` gives further words for the terms of registry.timewords, which has German and English already.
    """

    endings: tuple[str, ...] = ()
    intents: Intents
    kinds: Kinds
    undone: Undone
    statuses: Statuses
    reported: ReportedStatuses
    inquiry_statuses: InquiryStatuses
    filters: Filters
    nouns: Nouns
    small: Small
    wishing: Wishing
    wishes: Wishes
    replies: Replies
    time: Mapping[str, Phrases] = Field(default_factory=dict)

    def groups(self) -> Mapping[tuple[str, str], Phrases]:
        """Every list of phrases under its table and name, with the endings written out."""
        return self._written_out(self.model_dump(exclude={"endings", "time", "reported", *_WISHES}))

    def wishing_groups(self) -> Mapping[tuple[str, str], Phrases]:
        """The same for what asks for a change."""
        return self._written_out(self.model_dump(include=_WISHES))

    def reported_statuses(self) -> Mapping[str, Phrases]:
        """By the status's code, all that names it in a report."""
        long = self._written_out({"": self.statuses.model_dump(exclude={"unclear", "unknown"})})
        short = self._written_out({"": self.reported.model_dump()})
        return {name: (*phrases, *short["", name]) for (_, name), phrases in long.items()}

    def _written_out(self, tables: Mapping[str, Mapping[str, Phrases]]) -> Mapping[tuple[str, str], Phrases]:
        return {
            (table, name): tuple(form for phrase in phrases for form in self._forms(phrase))
            for table, named in tables.items()
            for name, phrases in named.items()
        }

    def _forms(self, phrase: str) -> Phrases:
        forms: Phrases = ("",)
        for word in phrase.split():
            base, starred, _ = word.partition("*")
            endings = ("", *self.endings) if starred else ("",)
            forms = tuple(f"{form} {base}{ending}".strip() for form in forms for ending in endings)
        return forms


class WordsError(Exception):
    """A language's file of words is not as it should be; says which file and what about it."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path.parent.name}/{path.name}: {problem}")


def load_words(folder: Path) -> tuple[Words, ...]:
    """The words of every language with a folder here, in the order of their codes."""
    return tuple(_load(path) for path in sorted(folder.glob("*/words.toml")))


@cache
def all_words() -> tuple[Words, ...]:
    return load_words(HERE)


def _load(path: Path) -> Words:
    try:
        return Words.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as unreadable:
        raise WordsError(path, str(unreadable)) from unreadable
    except ValidationError as wrong:
        places = (f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in wrong.errors())
        raise WordsError(path, "; ".join(places)) from wrong
