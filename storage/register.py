"""The register as one reader sees it."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime

from registry.deeds import Subject
from registry.desk import Event, Listing, OfficeCount, Summary
from registry.inquiries import Inquiry, QuestionList
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.papers import Paper
from registry.people import Reader
from registry.prepared import Done, Prepared
from registry.programmes import Programme
from registry.queries import Intent, Names, Query
from registry.references import natural_key, reference_kind
from registry.rounds import EvaluationRound
from registry.visibility import Clearance
from storage import (
    deeds,
    groundwork,
    history,
    inquiries,
    listings,
    measures,
    numbered,
    papers,
    prepared,
    programmes,
)
from storage.database import Database
from storage.summaries import Standing
from storage.visibility import EVERYTHING, withheld


class Register:
    """Whatever is read here, counts and names included, is read with this reader's clearance.

    A record that is hidden from the reader is answered like one that does not exist.
    """

    def __init__(
        self,
        database: Database,
        reader: Reader,
        offices: Callable[[], Awaitable[OfficeTree]],
        names: Callable[[Clearance], Awaitable[Names]],
    ) -> None:
        self._fetch = database.read
        self._reader = reader
        self._clearance = reader.clearance
        self._offices = offices
        self._names = names

    async def listing(self, query: Query, today: date) -> Listing:
        """One page of what answers a question, its own lines before those that come through a department."""
        scopes = self._scopes(query)
        if query.intent is Intent.MINE and not scopes:
            return Listing(query=query)
        return await listings.listing(self._fetch, query, today, clearance=self._clearance, scopes=scopes)

    async def summary(self, query: Query, today: date) -> Summary:
        return await (await self._standing(query, today)).summary()

    async def owing(self, query: Query, today: date) -> tuple[OfficeCount, ...]:
        return await (await self._standing(query, today)).owing()

    async def subject(self, ref: str) -> Subject | None:
        """The record that a reference means."""
        found = await numbered.find(self._fetch, ref, self._clearance)
        return found.record if found else None

    async def open_round(self, concept: str) -> EvaluationRound | None:
        """The evaluation round of a concept in which offices may report now; the latest, should there be several."""
        return await groundwork.open_round(self._fetch, concept, self._clearance)

    async def measure(self, number: str) -> Measure | None:
        """The measure of that number; where two concepts have one, that of the latest round."""
        found = await numbered.measures(self._fetch, number, self._clearance)
        return found[0].record if found else None

    async def measures(self) -> tuple[Measure, ...]:
        found = await measures.load(self._fetch, EVERYTHING, {}, self._clearance)
        return tuple(sorted((f.record for f in found), key=lambda m: (m.concept, natural_key(m.number))))

    async def inquiry(self, number: str) -> Inquiry | None:
        found = await numbered.inquiries(self._fetch, number, self._clearance)
        return found[0].record if found else None

    async def inquiries(self) -> tuple[Inquiry, ...]:
        found = await inquiries.load(self._fetch, EVERYTHING, {}, self._clearance)
        return tuple(stored.record for stored in found)

    async def inquiries_about(self, number: str) -> tuple[Inquiry, ...]:
        """The inquiries that name a measure the reader sees, or doubt its status."""
        found = await numbered.measures(self._fetch, number, self._clearance)
        if not found:
            return ()
        about = await inquiries.load(
            self._fetch,
            "q.id IN (SELECT a.inquiry FROM inquiry_measures a WHERE a.measure = :number)"
            " AND q.list IN (SELECT key FROM question_lists WHERE concept IN (:concept, ''))",
            {"number": number, "concept": found[0].record.concept},
            self._clearance,
        )
        return tuple(stored.record for stored in about)

    async def lists(self) -> tuple[QuestionList, ...]:
        return await inquiries.lists(self._fetch, self._clearance)

    async def paper(self, number: str) -> Paper | None:
        found = await numbered.papers(self._fetch, number, self._clearance)
        return found[0].record if found else None

    async def papers(self) -> tuple[Paper, ...]:
        found = await papers.load(self._fetch, EVERYTHING, {}, self._clearance)
        return tuple(stored.record for stored in found)

    async def results_of(self, number: str) -> tuple[Paper, ...]:
        """The results that answer a paper's mandates; none where the reader does not see the paper."""
        if not await numbered.papers(self._fetch, number, self._clearance):
            return ()
        found = await papers.load(self._fetch, "p.answers = :number", {"number": number}, self._clearance)
        return tuple(stored.record for stored in found)

    async def programme(self, name: str) -> Programme | None:
        """The programme of that name, or the one whose module is named so (``KommA.1a``)."""
        found = await numbered.programmes(self._fetch, name, self._clearance)
        return found[0].record if found else None

    async def programmes(self) -> tuple[Programme, ...]:
        found = await programmes.load(self._fetch, EVERYTHING, {}, self._clearance)
        return tuple(stored.record for stored in found)

    async def history(self, ref: str) -> tuple[Event, ...]:
        """What happened to a record, oldest first."""
        found = await numbered.find(self._fetch, ref, self._clearance)
        if found is None:
            return ()
        return await history.events(self._fetch, reference_kind(ref), found.id, ref, self._clearance)

    async def prepared(self, token: str) -> Prepared | None:
        """What the button with that token does."""
        return await prepared.prepared(self._fetch, token)

    async def deed(self, of: str) -> Done | None:
        """A deed of this reader's own."""
        return await deeds.of_person(self._fetch, self._reader.person, of)

    async def last_deed(self, since: datetime) -> Done | None:
        """The last deed of this reader's own that was not taken back, if it is not older than that."""
        return await deeds.last_of_person(self._fetch, self._reader.person, since)

    async def names(self) -> Names:
        return await self._names(self._clearance)

    async def withholds(self, ref: str) -> bool:
        """Whether this reader may be told that a non-public record has that reference."""
        rows = await self._fetch(
            f"SELECT 1 FROM listed WHERE ref IN (:ref, :programme) AND {withheld(self._clearance, Query())} LIMIT 1",
            {"ref": ref, "programme": ref.rpartition(".")[0]},
        )
        return bool(rows)

    def _scopes(self, query: Query) -> tuple[str, ...]:
        return query.offices or (self._reader.offices if query.intent is Intent.MINE else ())

    async def _standing(self, query: Query, today: date) -> Standing:
        """The places a question is about share in its answer with all that are below them."""
        scopes, tree = self._scopes(query), await self._offices()
        within = tuple(code for office in scopes for code in tree.subtree(office))
        return Standing(self._fetch, query, today, clearance=self._clearance, scopes=scopes, within=within)
