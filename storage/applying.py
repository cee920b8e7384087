"""Applies what a document says to the register, in the one transaction it is given."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from registry.applied import Applied, Conflict, KeptField, Outcome
from registry.identity import ref_of
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.papers import Paper
from registry.queries import Kind
from registry.reading import Finding, Reading
from registry.visibility import Clearance
from storage import desk, groundwork, history, inquiries, lateness, measures, offices, papers, programmes, sheaves
from storage.database import Transaction
from storage.deciding import AppliedStep, Decision, changed_of, changes_of, conflicts_of, decide, match_inquiries
from storage.lateness import finding_on
from storage.merging import REPORT, merge_inquiry, merge_measure, merge_paper, merge_programme, routed
from storage.rows import Stored, among
from storage.wanting import Known, Publicity, Rounds, Titling, Wanted, is_hidden

_FULL = Clearance.CONTENT  # a document is compared with all there is, whoever may see it
_TABLES = {Kind.MEASURE: "measures", Kind.INQUIRY: "inquiries", Kind.PAPER: "papers", Kind.PROGRAMME: "programmes"}

Fields = frozenset[tuple[str, str]]


@dataclass
class Applying:
    """One reading on its way into the register: on which occasion, and what came of it so far.

    ``follows`` are the fields, by reference and name, that follow the document although people changed them here.
    """

    transaction: Transaction
    reading: Reading
    public: bool
    occasion: history.Occasion
    follows: Fields = frozenset()
    titling: Titling = field(init=False)
    past: history.Past = field(init=False)
    outcomes: list[Outcome] = field(default_factory=list)
    kept: list[KeptField] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    steps: list[AppliedStep] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    confidential: list[Finding] = field(default_factory=list)
    sheaves: list[desk.Sheaf] = field(default_factory=list)

    async def apply(self) -> Applied:
        laid = await groundwork.lay(self.transaction, self.reading, public=self.public)
        self.outcomes += laid.outcomes
        self.findings += laid.findings
        self.titling = await Titling.of(self.transaction, self.reading, public=self.public)
        await self._apply_measures()
        await self._apply_inquiries()
        await self._apply_papers()
        await self._apply_programmes()
        await self._lay_desk()
        applied = Applied(
            outcomes=tuple(self.outcomes),
            kept=tuple(self.kept),
            conflicts=tuple(self.conflicts),
            findings=tuple(self.findings),
            confidential=tuple(self.confidential),
            hidden=frozenset().union(*(one.hidden_names for one in self.steps)),
        )
        if not applied.is_unchanged:
            await offices.count_revision(self.transaction)
        return applied

    async def _apply_measures(self) -> None:
        incoming = {(new.concept, new.number): new for new in self.reading.measures}
        found = await measures.named(self.transaction.fetch, incoming, self._titled_refs())
        known = {(stored.record.concept, stored.record.number): stored for stored in found}
        await self._recall(Kind.MEASURE, found)
        wanted = [self._only_titled(stored) for key, stored in known.items() if key not in incoming]
        rounds = await Rounds.of(self.transaction.fetch, found, public=self.public)
        for key, new in incoming.items():
            wanted.append(self._wanted_measure(known.get(key), new, rounds))
        decided = await self._decide(Kind.MEASURE, wanted)
        changed = changed_of(decided)
        await measures.save(self.transaction, changed)
        await self._save_reports(decided, incoming.values())
        self.sheaves += sheaves.measure_sheaves(changed, self.occasion.at.date())

    def _wanted_measure(self, known: Stored[Measure] | None, new: Measure, rounds: Rounds) -> Wanted[Measure]:
        if known is None:
            return self._wanted(None, new, new)
        told = rounds.as_reported(known, new) if is_hidden(known.record) else new
        merged = merge_measure(known.record, told, round_is_open=rounds.takes(known, told))
        if new.as_of == known.record.as_of and not new.is_stub:
            differing = [name for name in REPORT if getattr(merged, name) != getattr(new, name)]
            self.kept += [KeptField(ref=new.number, field=name) for name in differing]
        return self._wanted(known, merged, told, mentions=new.is_stub and not known.record.is_stub)

    async def _save_reports(self, decided: Iterable[Decision[Measure]], incoming: Iterable[Measure]) -> None:
        ids = {(one.record.concept, one.record.number): one.stored.id for one in decided}
        reports = [Stored(ids[new.concept, new.number], new) for new in incoming if not new.is_stub]
        await measures.save_reports(self.transaction, reports, public=self.public)

    async def _apply_inquiries(self) -> None:
        fetch = self.transaction.fetch
        keys = dict.fromkeys(new.list for new in self.reading.inquiries)
        listed, values = among("q.list", keys, name="list")
        given = self._titled_refs()
        numbers = [number for ref in given if (number := inquiries.stored_number(ref))]
        titled, more = among("q.number", numbers, name="number")
        known = await inquiries.load(fetch, f"({listed} OR {titled})", values | more, _FULL)
        await self._recall(Kind.INQUIRY, known)
        hidden = [stored.id for stored in known if is_hidden(stored.record)] if self.public else []
        former = await history.former_texts(fetch, Kind.INQUIRY, hidden)
        matched: list[tuple[Stored[Inquiry] | None, Inquiry]] = []
        for key in keys:
            new = [one for one in self.reading.inquiries if one.list == key]
            in_list = [stored for stored in known if stored.record.list == key]
            matched += zip(match_inquiries(in_list, new, former=former), new, strict=True)
        wanted = await self._numbered(matched)
        seen = {stored.id for stored, _ in matched if stored}
        wanted += [self._only_titled(one) for one in known if one.id not in seen and one.record.number in given]
        decided = await self._decide(Kind.INQUIRY, wanted)
        changed = changed_of(decided)
        await inquiries.save(self.transaction, changed)
        self.sheaves += await sheaves.inquiry_sheaves(self.transaction, changed, self.occasion.at.date())

    async def _numbered(self, matched: Sequence[tuple[Stored[Inquiry] | None, Inquiry]]) -> list[Wanted[Inquiry]]:
        """Gives numbers: each new inquiry the next of its label, one that becomes public the next public one."""
        public_number, nonpublic_number = await inquiries.next_numbers(self.transaction.fetch)
        wanted = []
        for known, new in matched:
            alone = routed(new, new.routing)
            merged = merge_inquiry(known.record, new) if known else alone
            number = known.record.number if known else None
            if self.public and (known is None or self._takes_public_number(known)):
                number, public_number = inquiries.number_text(public_number), public_number + 1
                merged = merged.model_copy(update={"position": new.position})
            elif known is None:
                number, nonpublic_number = inquiries.number_text(nonpublic_number), nonpublic_number + 1
            merged = merged.model_copy(update={"number": number})
            wanted.append(self._wanted(known, merged, alone))
        return wanted

    def _takes_public_number(self, known: Stored[Inquiry]) -> bool:
        """A public document counts an inquiry among the public ones, even where more than it says keeps it hidden."""
        hidden_here = (known.id, "visibility") in self.past.changed_here
        return inquiries.is_nonpublic(known.record.number) and not hidden_here

    async def _apply_papers(self) -> None:
        fetch = self.transaction.fetch
        incoming = {new.number: new for new in self.reading.papers}
        condition, values = among("p.number", dict.fromkeys((*incoming, *self._titled_refs())), name="number")
        known = {stored.record.number: stored for stored in await papers.load(fetch, condition, values, _FULL)}
        await self._recall(Kind.PAPER, known.values())
        wanted = [self._only_titled(stored) for number, stored in known.items() if number not in incoming]
        wanted += [self._wanted_paper(known.get(number), new) for number, new in incoming.items()]
        decided = await self._decide(Kind.PAPER, wanted)
        changed = changed_of(decided)
        await papers.save(self.transaction, changed)
        if self.public:
            documented = [one.record for one in decided if one.record.number in incoming]
            self.findings += lateness.stays_nonpublic(self.reading, documented)
        await self._relate(changed)

    def _wanted_paper(self, known: Stored[Paper] | None, new: Paper) -> Wanted[Paper]:
        merged = merge_paper(known.record, new) if known else new
        mentions = known is not None and new.is_stub and not known.record.is_stub
        return self._wanted(known, merged, new, mentions=mentions)

    async def _relate(self, changed: Sequence[Stored[Paper]]) -> None:
        """Brings changed papers together with those they answer and those that answer them."""
        related = await sheaves.related_papers(self.transaction, changed)
        if self.reading.papers:
            told, confidential = lateness.late_results(self.reading, [one.record for one in related], self.steps)
            self.findings += told
            self.confidential += confidential
        on = self.occasion.at.date()
        self.sheaves += await sheaves.papers_with_related(self.transaction, changed, related, on)

    async def _apply_programmes(self) -> None:
        incoming = {new.name: new for new in self.reading.programmes}
        condition, values = among("g.name", dict.fromkeys((*incoming, *self._titled_refs())), name="name")
        found = await programmes.load(self.transaction.fetch, condition, values, _FULL)
        known = {stored.record.name: stored for stored in found}
        await self._recall(Kind.PROGRAMME, found)
        wanted = [self._only_titled(stored) for name, stored in known.items() if name not in incoming]
        for name, new in incoming.items():
            stored = known.get(name)
            merged = merge_programme(stored.record, new) if stored else new
            wanted.append(self._wanted(stored, merged, new))
        decided = await self._decide(Kind.PROGRAMME, wanted)
        changed = changed_of(decided)
        await programmes.save(self.transaction, changed)
        self.sheaves += sheaves.programme_sheaves(changed, self.occasion.at.date())

    def _titled_refs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(title.ref for title in self.reading.titles))

    def _wanted(
        self, known: Stored[Known] | None, merged: Known, alone: Known, *, mentions: bool = False
    ) -> Wanted[Known]:
        record = known.record if known else None
        if known and record and self.public and is_hidden(record) and known.id not in self.past.once_public:
            record = self.titling.without_nonpublic(record)
        titled = self.titling.titled(merged, ref_of(merged), record)
        alone = self.titling.titled(alone, ref_of(merged), None)
        publicity = Publicity.RELEASES if self.public else Publicity.HIDES
        return Wanted(known, titled, alone, Publicity.LEAVES if self.public and mentions else publicity)

    def _only_titled(self, known: Stored[Known]) -> Wanted[Known]:
        """A record that the document only gives a title to; that makes nothing public."""
        return self._wanted(known, known.record, known.record, mentions=True)

    async def _decide(self, kind: Kind, wanted: Sequence[Wanted[Known]]) -> list[Decision[Known]]:
        """Decides each record, notes what came of it, and writes the history of what changes."""
        free_id = await history.free_id(self.transaction.fetch, kind, _TABLES[kind])
        decided = []
        for at, one in enumerate(wanted):
            decision = decide(one, free_id=free_id + at, changed_here=self._changed_here(one))
            decided.append(decision)
            self._note(kind, decision, one)
        changes = [change for decision in decided for change in changes_of(kind, decision)]
        await history.write(self.transaction, changes, self.occasion)
        return decided

    def _changed_here(self, wanted: Wanted[Known]) -> Collection[tuple[int, str]]:
        """The fields that people changed here, without those that somebody lets follow the document."""
        if wanted.known is None or not self.follows:
            return self.past.changed_here
        ref = ref_of(wanted.known.record)
        return {(record, name) for record, name in self.past.changed_here if (ref, name) not in self.follows}

    def _note(self, kind: Kind, decision: Decision[Known], wanted: Wanted[Known]) -> None:
        ref = ref_of(decision.record)
        self.outcomes.append(Outcome(kind=kind.value, ref=ref, act=decision.act))
        self.conflicts += conflicts_of(wanted, self.past.changed_here)
        self.steps.append(AppliedStep(kind, decision.stored.id, decision.known, decision.record))
        self.kept += [KeptField(ref=ref, field=name) for name in decision.kept]
        if decision.finding is not None:
            self.findings.append(finding_on(decision.finding, self.reading, ref))

    async def _recall(self, kind: Kind, known: Iterable[Stored[Known]]) -> None:
        self.past = await history.past(self.transaction.fetch, kind, [stored.id for stored in known])

    async def _lay_desk(self) -> None:
        tree = OfficeTree(await offices.offices(self.transaction.fetch))
        if any(outcome.moves_others for outcome in self.outcomes):
            await sheaves.lay_everything_anew(self.transaction, tree)
        await desk.lay(self.transaction, self.sheaves, tree)
