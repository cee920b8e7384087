"""Applies what a document says to the register, in the one transaction it is given."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic

from registry.applied import Act, Applied, KeptField, Outcome
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.papers import Paper
from registry.queries import Kind
from registry.reading import Finding, Reading
from registry.visibility import Clearance
from storage import desk, groundwork, history, inquiries, lateness, measures, offices, papers, programmes, sheaves
from storage.database import Transaction
from storage.deciding import Decision, Known, Titles, changes_of, decide, match_inquiries, titled
from storage.merging import REPORT, merge_inquiry, merge_measure, merge_paper, merge_programme, routed
from storage.rows import Stored, among

_FULL = Clearance.CONTENT  # a document is compared with all there is, whoever may see it
_TABLES = {Kind.MEASURE: "measures", Kind.INQUIRY: "inquiries", Kind.PAPER: "papers", Kind.PROGRAMME: "programmes"}
ChangedHere = Collection[tuple[int, str]]


@dataclass(frozen=True)
class Wanted(Generic[Known]):
    """What a record should say, and whether it is made public with that."""

    known: Stored[Known] | None
    record: Known
    public: bool


@dataclass
class Applying:
    """One reading on its way into the register: on which occasion, and what came of it so far."""

    transaction: Transaction
    reading: Reading
    public: bool
    occasion: history.Occasion
    titles: Titles = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    kept: list[KeptField] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sheaves: list[desk.Sheaf] = field(default_factory=list)

    async def apply(self) -> Applied:
        self.outcomes += await groundwork.lay(self.transaction, self.reading, public=self.public)
        self.titles = await offices.titles(self.transaction.fetch)
        await self._apply_measures()
        await self._apply_inquiries()
        await self._apply_papers()
        await self._apply_programmes()
        await self._lay_desk()
        applied = Applied(outcomes=tuple(self.outcomes), kept=tuple(self.kept), findings=tuple(self.findings))
        if not applied.is_unchanged:
            await offices.count_revision(self.transaction)
        return applied

    async def _apply_measures(self) -> None:
        incoming = {(new.concept, new.number): new for new in self.reading.measures}
        found = await self._known_measures(incoming)
        known = {(stored.record.concept, stored.record.number): stored for stored in found}
        open_rounds = await measures.open_rounds(self.transaction.fetch)
        wanted = [
            self._only_titled(stored, stored.record.number) for key, stored in known.items() if key not in incoming
        ]
        for key, new in incoming.items():
            round_is_open = (new.concept, str(new.as_of)) in open_rounds
            wanted.append(self._wanted_measure(known.get(key), new, round_is_open=round_is_open))
        decided = await self._decide(Kind.MEASURE, wanted, lambda measure: measure.number)
        changed = _changed(decided)
        await measures.save(self.transaction, changed)
        await self._save_reports(decided, incoming.values())
        self.sheaves += sheaves.measure_sheaves(changed, self.occasion.at.date())

    async def _known_measures(self, keys: Iterable[tuple[str, str]]) -> list[Stored[Measure]]:
        concepts, concept_values = among("m.concept", {concept for concept, _ in keys}, name="concept")
        numbers, number_values = among("m.number", {number for _, number in keys}, name="number")
        titled_ones, titled_values = among("m.number", self._titled_refs(), name="titled")
        return await measures.load(
            self.transaction.fetch,
            f"(({concepts} AND {numbers}) OR {titled_ones})",
            concept_values | number_values | titled_values,
            _FULL,
        )

    def _wanted_measure(self, known: Stored[Measure] | None, new: Measure, *, round_is_open: bool) -> Wanted[Measure]:
        if known is None:
            return Wanted(None, titled(new, new.number, None, self.titles), self.public)
        merged = merge_measure(known.record, new, round_is_open=round_is_open)
        if new.as_of == known.record.as_of and not new.is_stub:
            differing = [name for name in REPORT if getattr(merged, name) != getattr(new, name)]
            self.kept += [KeptField(ref=new.number, field=name) for name in differing]
        # A document that only mentions a measure does not make it public.
        public = self.public and (known.record.is_stub or not new.is_stub)
        return Wanted(known, titled(merged, new.number, known.record, self.titles), public)

    async def _save_reports(self, decided: Iterable[Decision[Measure]], incoming: Iterable[Measure]) -> None:
        ids = {(one.record.concept, one.record.number): one.stored.id for one in decided}
        reports = [Stored(ids[new.concept, new.number], new) for new in incoming if not new.is_stub]
        await measures.save_reports(self.transaction, reports)

    async def _apply_inquiries(self) -> None:
        fetch = self.transaction.fetch
        keys = dict.fromkeys(new.list for new in self.reading.inquiries)
        condition, values = among("q.list", keys, name="list")
        known = await inquiries.load(fetch, condition, values, _FULL)
        matched: list[tuple[Stored[Inquiry] | None, Inquiry]] = []
        for key in keys:
            new = [one for one in self.reading.inquiries if one.list == key]
            matched += zip(match_inquiries([k for k in known if k.record.list == key], new), new, strict=True)
        wanted = await self._numbered(matched)
        wanted += await self._only_titled_inquiries({stored.id for stored, _ in matched if stored})
        decided = await self._decide(Kind.INQUIRY, wanted, lambda inquiry: inquiry.number or "")
        changed = _changed(decided)
        await inquiries.save(self.transaction, changed)
        self.sheaves += await sheaves.inquiry_sheaves(self.transaction, changed, self.occasion.at.date())

    async def _numbered(self, matched: Sequence[tuple[Stored[Inquiry] | None, Inquiry]]) -> list[Wanted[Inquiry]]:
        """Gives numbers: each new inquiry the next of its label, one that becomes public the next public one."""
        public_number, nonpublic_number = await inquiries.next_numbers(self.transaction.fetch)
        hidden_here = await self._changed_here(Kind.INQUIRY, [stored for stored, _ in matched if stored])
        wanted = []
        for known, new in matched:
            merged = merge_inquiry(known.record, new) if known else routed(new, new.routing)
            number = known.record.number if known else None
            if self.public and (
                known is None or (inquiries.is_nonpublic(number) and (known.id, "visibility") not in hidden_here)
            ):
                number, public_number = inquiries.number_text(public_number), public_number + 1
            elif known is None:
                number, nonpublic_number = inquiries.number_text(nonpublic_number), nonpublic_number + 1
            merged = merged.model_copy(update={"number": number})
            record = titled(merged, number or "", known.record if known else None, self.titles)
            wanted.append(Wanted(known, record, self.public))
        return wanted

    async def _only_titled_inquiries(self, seen: Collection[int]) -> list[Wanted[Inquiry]]:
        numbers = [number for ref in self._titled_refs() if (number := inquiries.stored_number(ref))]
        condition, values = among("q.number", numbers, name="number")
        found = await inquiries.load(self.transaction.fetch, condition, values, _FULL)
        return [self._only_titled(stored, stored.record.number or "") for stored in found if stored.id not in seen]

    async def _apply_papers(self) -> None:
        fetch = self.transaction.fetch
        incoming = {new.number: new for new in self.reading.papers}
        condition, values = among("p.number", dict.fromkeys((*incoming, *self._titled_refs())), name="number")
        known = {stored.record.number: stored for stored in await papers.load(fetch, condition, values, _FULL)}
        wanted = [self._only_titled(stored, number) for number, stored in known.items() if number not in incoming]
        wanted += [self._wanted_paper(known.get(number), new) for number, new in incoming.items()]
        decided = await self._decide(Kind.PAPER, wanted, lambda paper: paper.number)
        changed = _changed(decided)
        await papers.save(self.transaction, changed)
        if self.public:
            documented = [one.record for one in decided if one.record.number in incoming]
            self.findings += lateness.stays_nonpublic(self.reading, documented)
        await self._relate(changed)

    def _wanted_paper(self, known: Stored[Paper] | None, new: Paper) -> Wanted[Paper]:
        merged = merge_paper(known.record, new) if known else new
        public = self.public and (known is None or known.record.is_stub or not new.is_stub)
        return Wanted(known, titled(merged, new.number, known.record if known else None, self.titles), public)

    async def _relate(self, changed: Sequence[Stored[Paper]]) -> None:
        """Brings changed papers together with those they answer and those that answer them."""
        numbers = {number for one in changed for number in (one.record.number, one.record.answers) if number}
        either, values = among("p.number", sorted(numbers), name="number")
        answering, more = among("p.answers", [one.record.number for one in changed], name="answered")
        related = await papers.load(self.transaction.fetch, f"({either} OR {answering})", values | more, _FULL)
        records = [stored.record for stored in related]
        if self.reading.papers:
            self.findings += lateness.late_results(self.reading, records, records)
        self.sheaves += await sheaves.paper_sheaves(self.transaction, related, self.occasion.at.date())

    async def _apply_programmes(self) -> None:
        incoming = {new.name: new for new in self.reading.programmes}
        condition, values = among("g.name", dict.fromkeys((*incoming, *self._titled_refs())), name="name")
        found = await programmes.load(self.transaction.fetch, condition, values, _FULL)
        known = {stored.record.name: stored for stored in found}
        wanted = [self._only_titled(stored, name) for name, stored in known.items() if name not in incoming]
        for name, new in incoming.items():
            stored = known.get(name)
            merged = merge_programme(stored.record, new) if stored else new
            wanted.append(
                Wanted(stored, titled(merged, name, stored.record if stored else None, self.titles), self.public)
            )
        decided = await self._decide(Kind.PROGRAMME, wanted, lambda programme: programme.name)
        changed = _changed(decided)
        await programmes.save(self.transaction, changed)
        self.sheaves += sheaves.programme_sheaves(changed, self.occasion.at.date())

    def _titled_refs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(title.ref for title in self.reading.titles))

    def _only_titled(self, known: Stored[Known], ref: str) -> Wanted[Known]:
        """A record that the document only gives a title to; that makes nothing public."""
        return Wanted(known, titled(known.record, ref, known.record, self.titles), public=False)

    async def _decide(
        self, kind: Kind, wanted: Sequence[Wanted[Known]], ref_of: Callable[[Known], str]
    ) -> list[Decision[Known]]:
        """Decides each record, notes what came of it, and writes the history of what changes."""
        changed_here = await self._changed_here(kind, [one.known for one in wanted if one.known])
        rows = await self.transaction.fetch(f"SELECT coalesce(max(id), 0) + 1 AS id FROM {_TABLES[kind]}")
        free_id = rows[0]["id"]
        decided = []
        for at, one in enumerate(wanted):
            decision = decide(one.known, one.record, free_id=free_id + at, public=one.public, changed_here=changed_here)
            decided.append(decision)
            ref = ref_of(decision.record)
            self.outcomes.append(Outcome(kind=kind.value, ref=ref, act=decision.act))
            self.kept += [KeptField(ref=ref, field=name) for name in decision.kept]
        changes = [change for decision in decided for change in changes_of(kind, decision)]
        await history.write(self.transaction, changes, self.occasion)
        return decided

    async def _changed_here(self, kind: Kind, known: Sequence[Stored[Known]]) -> ChangedHere:
        return await history.changed_here(self.transaction.fetch, kind, [stored.id for stored in known])

    async def _lay_desk(self) -> None:
        tree = OfficeTree(await offices.offices(self.transaction.fetch))
        if any(_moves_others(outcome) for outcome in self.outcomes):
            await sheaves.lay_everything_anew(self.transaction, tree)
        else:
            await desk.lay(self.transaction, self.sheaves, tree)


def _changed(decided: Iterable[Decision[Known]]) -> list[Stored[Known]]:
    return [decision.stored for decision in decided if decision.act is not Act.UNCHANGED]


def _moves_others(outcome: Outcome) -> bool:
    """Whether lines of records that the document does not name have to be laid anew with it."""
    tree_changed = outcome.kind == "office" and outcome.act is not Act.UNCHANGED
    return tree_changed or (outcome.kind == "list" and outcome.act is Act.CHANGED)
