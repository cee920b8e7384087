"""The register as one reader sees it."""

from collections.abc import Awaitable, Callable
from datetime import date

from registry.desk import Event, Listing, OfficeCount, Summary
from registry.inquiries import Inquiry, QuestionList
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.papers import Paper
from registry.people import Reader
from registry.programmes import Programme
from registry.queries import Intent, Kind, Names, Query
from registry.references import natural_key, reference_kind
from registry.visibility import Clearance
from storage import history, inquiries, listings, measures, papers, programmes
from storage.database import Database
from storage.rows import Stored
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

    async def measure(self, number: str) -> Measure | None:
        """The measure of that number; where two concepts have one, that of the latest round."""
        found = await self._measures_numbered(number)
        return found[0].record if found else None

    async def measures(self) -> tuple[Measure, ...]:
        found = await measures.load(self._fetch, EVERYTHING, {}, self._clearance)
        return tuple(sorted((f.record for f in found), key=lambda m: (m.concept, natural_key(m.number))))

    async def inquiry(self, number: str) -> Inquiry | None:
        found = await self._inquiries_numbered(number)
        return found[0].record if found else None

    async def inquiries(self) -> tuple[Inquiry, ...]:
        found = await inquiries.load(self._fetch, EVERYTHING, {}, self._clearance)
        return tuple(stored.record for stored in found)

    async def inquiries_about(self, number: str) -> tuple[Inquiry, ...]:
        """The inquiries that name a measure the reader sees, or doubt its status."""
        found = await self._measures_numbered(number)
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
        found = await self._papers_numbered(number)
        return found[0].record if found else None

    async def papers(self) -> tuple[Paper, ...]:
        found = await papers.load(self._fetch, EVERYTHING, {}, self._clearance)
        return tuple(stored.record for stored in found)

    async def results_of(self, number: str) -> tuple[Paper, ...]:
        """The results that answer a paper's mandates; none where the reader does not see the paper."""
        if not await self._papers_numbered(number):
            return ()
        found = await papers.load(self._fetch, "p.answers = :number", {"number": number}, self._clearance)
        return tuple(stored.record for stored in found)

    async def programme(self, name: str) -> Programme | None:
        """The programme of that name, or the one whose module is named so (``KommA.1a``)."""
        found = await self._programmes_named(name)
        return found[0].record if found else None

    async def programmes(self) -> tuple[Programme, ...]:
        found = await programmes.load(self._fetch, EVERYTHING, {}, self._clearance)
        return tuple(stored.record for stored in found)

    async def history(self, ref: str) -> tuple[Event, ...]:
        """What happened to a record, oldest first."""
        kind = reference_kind(ref)
        record = await self._record_id(kind, ref)
        return () if record is None else await history.events(self._fetch, kind, record, ref, self._clearance)

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

    async def _record_id(self, kind: Kind, ref: str) -> int | None:
        found: list[Stored[Measure]] | list[Stored[Inquiry]] | list[Stored[Paper]] | list[Stored[Programme]]
        match kind:
            case Kind.MEASURE:
                found = await self._measures_numbered(ref)
            case Kind.INQUIRY:
                found = await self._inquiries_numbered(ref)
            case Kind.PAPER:
                found = await self._papers_numbered(ref)
            case _:
                found = await self._programmes_named(ref)
        return found[0].id if found else None

    async def _measures_numbered(self, number: str) -> list[Stored[Measure]]:
        found = await measures.load(self._fetch, "m.number = :number", {"number": number}, self._clearance)
        return sorted(found, key=lambda f: (f.record.as_of or date.min, f.record.concept), reverse=True)

    async def _inquiries_numbered(self, number: str) -> list[Stored[Inquiry]]:
        stored = inquiries.stored_number(number)
        if stored is None:
            return []
        found = await inquiries.load(self._fetch, "q.number = :number", {"number": stored}, self._clearance)
        # Who may read the twelfth non-public inquiry finds it as Q12, too, as long as there is no public one.
        return found or (await self._inquiries_numbered(f"QN{stored}") if number == f"Q{stored}" else [])

    async def _papers_numbered(self, number: str) -> list[Stored[Paper]]:
        return await papers.load(self._fetch, "p.number = :number", {"number": number}, self._clearance)

    async def _programmes_named(self, name: str) -> list[Stored[Programme]]:
        return await programmes.load(
            self._fetch,
            "lower(g.name) IN (lower(:name), lower(:programme))",
            {"name": name, "programme": name.rpartition(".")[0]},
            self._clearance,
        )
