"""The register as one reader sees it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime

from registry.deeds import Subject
from registry.desk import Event, Listing, OfficeCount, Summary
from registry.digests import Contents, Digest
from registry.inquiries import Inquiry, QuestionList, for_everybody
from registry.measures import Measure
from registry.offices import OfficeKind, OfficeTree
from registry.papers import Paper
from registry.people import Reader
from registry.programmes import Programme
from registry.queries import Intent, Names, Query
from registry.recall import Carrier
from registry.references import natural_key, reference_kind
from registry.rights import reads_drafts
from registry.rounds import EvaluationRound, Reported, Reporting
from registry.visibility import Clearance
from storage import (
    digest_contents,
    groundwork,
    history,
    inquiries,
    listings,
    measures,
    new_measures,
    numbered,
    papers,
    programmes,
    recall,
    releasing,
    rounds,
)
from storage.database import Database
from storage.directory import Directory
from storage.own import Own
from storage.reminders import DueReader
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
        self._database = database
        self._fetch = database.read
        self.directory = Directory(database.read)
        self.own = Own(database.read, reader, offices)
        self.due = DueReader(database.read, reader.clearance)
        self._reader = reader
        self._clearance = reader.clearance
        self._offices = offices
        self._names = names

    def read_as(self, reader: Reader) -> "Register":
        """The same register as somebody else sees it, such as everybody in a chat."""
        return Register(self._database, reader, self._offices, self._names)

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

    async def digest(self, digest: Digest, today: date, *, told: tuple[int, date] | None) -> Contents:
        """What a digest says; ``told`` is how far the history went in the one before, and its day."""
        return await digest_contents.contents(
            self._fetch,
            digest.scope,
            today,
            clearance=self._clearance,
            scopes=digest.scope.offices,
            places=await self._places_below(digest.scope),
            horizon=digest.horizon,
            told=told,
        )

    async def subject(self, ref: str) -> Subject | None:
        """The record that a reference means."""
        found = await numbered.find(self._fetch, ref, self._clearance)
        return found.record if found else None

    async def open_round(self, concept: str) -> EvaluationRound | None:
        """The evaluation round of a concept in which offices may report now; the latest, should there be several."""
        return await groundwork.open_round(self._fetch, concept, self._clearance)

    async def rounds(self) -> tuple[EvaluationRound, ...]:
        """All evaluation rounds, the latest first."""
        return await rounds.rounds(self._fetch, self._clearance)

    async def asked(self, of: EvaluationRound) -> tuple[Reporting, ...]:
        """The measures that a round asks about."""
        return await rounds.asked(self._fetch, of, self._clearance)

    async def reported(self, of: EvaluationRound) -> tuple[Reported, ...]:
        """What a round says of each measure."""
        return await rounds.reported(self._fetch, of, self._clearance)

    async def round_events(self, of: EvaluationRound) -> tuple[Event, ...]:
        """How a round that this reader sees was opened, closed and opened again."""
        return await rounds.events(self._fetch, of)

    async def is_number_taken(self, concept: str, number: str) -> bool:
        """Whether a new measure cannot have that number. Of a hidden one this tells that it is there, and no more."""
        return await new_measures.is_taken(self._fetch, concept, number)

    async def measure(self, number: str) -> Measure | None:
        """The measure of that number; where two concepts have one, that of the latest round."""
        found = await numbered.measures(self._fetch, number, self._clearance)
        return found[0].record if found else None

    async def measures(self) -> tuple[Measure, ...]:
        found = await measures.load(self._fetch, EVERYTHING, {}, self._clearance)
        return tuple(sorted((f.record for f in found), key=lambda m: (m.concept, natural_key(m.number))))

    async def inquiry(self, number: str) -> Inquiry | None:
        found = await self._readable(await numbered.inquiries(self._fetch, number, self._clearance))
        return found[0] if found else None

    async def inquiries(self) -> tuple[Inquiry, ...]:
        return await self._readable(await inquiries.load(self._fetch, EVERYTHING, {}, self._clearance))

    async def _readable(self, found: Sequence[Stored[Inquiry]]) -> tuple[Inquiry, ...]:
        """Without the words that are not this reader's to read before they are approved."""
        tree = await self._offices() if found else OfficeTree(())
        records = (stored.record for stored in found)
        return tuple(one if reads_drafts(self._reader, one, tree) else for_everybody(one) for one in records)

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
        return await self._readable(about)

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
        kind, notes, record = reference_kind(ref), self._reader.reads_notes, found.record
        drafts = not isinstance(record, Inquiry) or reads_drafts(self._reader, record, await self._offices())
        return await history.events(self._fetch, kind, found.id, ref, self._clearance, notes=notes, drafts=drafts)

    async def next_number(self, subject: Subject) -> str:
        """The number that an inquiry would get by becoming public."""
        return await releasing.next_number(self._fetch, subject)

    async def carriers(self, ref: str, now: datetime) -> tuple[Carrier, ...]:
        """The messages that would be withdrawn if a record that this reader sees became non-public."""
        found = await numbered.find(self._fetch, ref, self._clearance)
        return await recall.carriers(self._fetch, reference_kind(ref), (ref,), now) if found else ()

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

    async def _places_below(self, query: Query) -> tuple[str, ...]:
        """The offices of a scope that is of several, where it is not narrowed down any further.

        What a department has is that of its offices, and theirs that of their units.
        """
        if query != Query(intent=query.intent, offices=query.offices):
            return ()
        tree = await self._offices()
        below = [code for office in query.offices for code in tree.subtree(office)] or [one.code for one in tree]
        codes = {code for code in below if (office := tree.get(code)) and office.kind is not OfficeKind.DEPARTMENT}
        highest = sorted(code for code in codes if codes.isdisjoint(tree.ancestors(code)))
        return tuple(highest) if len(highest) > 1 else ()

    async def _standing(self, query: Query, today: date) -> Standing:
        """The places a question is about share in its answer with all that are below them."""
        scopes, tree = self._scopes(query), await self._offices()
        within = tuple(code for office in scopes for code in tree.subtree(office))
        return Standing(self._fetch, query, today, clearance=self._clearance, scopes=scopes, within=within)
