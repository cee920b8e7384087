"""What records should say after a document, and what it may make public of that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Generic, TypeVar

from registry.identity import ref_of, visibility_of
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.papers import Paper
from registry.programmes import Programme
from registry.reading import Reading
from registry.visibility import Clearance, Visibility
from storage import groundwork, measures
from storage.database import Transaction
from storage.rows import Fetch, Stored, Values

Known = TypeVar("Known", Measure, Inquiry, Paper, Programme)
TitleTexts = Mapping[tuple[str, str], str]


class Publicity(Enum):
    """What a document does to the label of a record it speaks of."""

    RELEASES = auto()  # a public document says what the record says
    LEAVES = auto()  # a public document only mentions it, or only gives it a title
    HIDES = auto()  # a non-public document: whatever it changes is not public


@dataclass(frozen=True)
class Wanted(Generic[Known]):
    """What a record should say. ``alone`` is what it would say had the document been the first to speak of it."""

    known: Stored[Known] | None
    record: Known
    alone: Known
    publicity: Publicity


def is_hidden(record: Measure | Inquiry | Paper | Programme) -> bool:
    """Whether fewer people see the record than the public, by its label or by one of its steps."""
    return visibility_of(record) is Visibility.NONPUBLIC


@dataclass(frozen=True)
class Rounds:
    """The rounds a document of measures meets: which are open to it, and what public ones said in them before."""

    is_public: bool
    open: frozenset[tuple[str, str]]
    reports: Mapping[tuple[int, str], Values]

    @classmethod
    async def of(cls, fetch: Fetch, known: Iterable[Stored[Measure]], *, public: bool) -> "Rounds":
        """A public document is compared with public words alone, or its answer would tell of others."""
        return cls(
            is_public=public,
            open=await groundwork.open_rounds(fetch, Clearance.PUBLIC if public else Clearance.CONTENT),
            reports=await measures.public_reports(fetch, [stored.id for stored in known]) if public else {},
        )

    def as_reported(self, known: Stored[Measure], new: Measure) -> Measure:
        """The document's measure with what was said publicly in its round, where that is closed."""
        said = self.reports.get((known.id, str(new.as_of)), {})
        return new if self._is_open(new) else new.model_copy(update=said)

    def takes(self, known: Stored[Measure], new: Measure) -> bool:
        """Whether the round still takes what a document says; a closed one keeps no hidden words against a public."""
        return self._is_open(new) or (self.is_public and is_hidden(known.record))

    def _is_open(self, new: Measure) -> bool:
        return (new.concept, str(new.as_of)) in self.open


@dataclass(frozen=True)
class Titling:
    """The city's own short titles, as one document may use them."""

    public: TitleTexts
    everything: TitleTexts
    own: TitleTexts
    is_public: bool

    @classmethod
    async def of(cls, transaction: Transaction, reading: Reading, *, public: bool) -> "Titling":
        return cls(
            public=await groundwork.titles(transaction.fetch, Clearance.PUBLIC),
            everything=await groundwork.titles(transaction.fetch, Clearance.CONTENT),
            own={(title.ref, title.language): title.text for title in reading.titles},
            is_public=public,
        )

    def titled(self, record: Known, ref: str, known: Known | None) -> Known:
        """The record with the city's titles; a document without a title takes none away."""
        given = self._given(known)
        title = given.get((ref, "de")) or record.title or (known.title if known else "")
        title_en = given.get((ref, "en")) or record.title_en or (known.title_en if known else "")
        return record.model_copy(update={"title": title, "title_en": title_en})

    def without_nonpublic(self, known: Known) -> Known:
        """A record that was never public, without titles that only a non-public file of titles gives it."""
        ref = ref_of(known)
        title = "" if known.title == self._nonpublic(ref, "de") else known.title
        title_en = "" if known.title_en == self._nonpublic(ref, "en") else known.title_en
        return known.model_copy(update={"title": title, "title_en": title_en})

    def _nonpublic(self, ref: str, language: str) -> str | None:
        text = self.everything.get((ref, language))
        return None if text == self.public.get((ref, language)) else text

    def _given(self, known: Measure | Inquiry | Paper | Programme | None) -> TitleTexts:
        """A public record takes on no title that another non-public document brought."""
        if self.is_public:
            return self.public
        if known is not None and not is_hidden(known):
            return {**self.public, **self.own}
        return self.everything
