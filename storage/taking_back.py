"""Takes a document back that was applied in the chat: what it changed, what it added, and what that stood on."""

import json
from collections.abc import Sequence
from sqlite3 import Row

from registry.changes import Do
from registry.deeds import Subject
from registry.identity import ref_of
from registry.offices import OfficeTree
from registry.papers import Paper
from registry.queries import Kind
from registry.visibility import Clearance
from storage import desk, ground, history, inquiries, measures, offices, papers, programmes, sheaves
from storage.database import Transaction
from storage.deciding import Decision, changes_of
from storage.deeds import values_before
from storage.errors import ChangedMeanwhile
from storage.importing import NEW
from storage.people import Actor
from storage.rows import Stored, among
from storage.steps import occasion_of
from storage.wanting import Known

_FULL = Clearance.CONTENT
# The tables of a record, and the column of each that names it: the last one is its own.
_TABLES = {
    Kind.MEASURE: (("measures", "id"),),
    Kind.INQUIRY: (("contributions", "inquiry"), ("inquiry_measures", "inquiry"), ("inquiries", "id")),
    Kind.PAPER: (
        ("consultations", "paper"),
        ("mandates", "paper"),
        ("paper_milestones", "paper"),
        ("sections", "paper"),
        ("papers", "id"),
    ),
    Kind.PROGRAMME: (("modules", "programme"), ("programme_milestones", "programme"), ("programmes", "id")),
}
_VOID = (
    "DELETE FROM prepared WHERE json_extract(deed, '$.ref') IN (SELECT value FROM json_each(:refs))",
    "DELETE FROM entries WHERE json_extract(deed, '$.ref') IN (SELECT value FROM json_each(:refs))",
)


async def take_back(transaction: Transaction, change: Do, deed: str, actor: Actor) -> None:
    """All of it or nothing: raises ChangedMeanwhile where a record was changed again since."""
    # What a document brought and took away was not written by people here.
    occasion = occasion_of(change, actor, why=history.UNDONE, by_import=True)
    rows = await transaction.fetch("SELECT * FROM deed_records WHERE deed = :deed", {"deed": deed})
    back = _Back(transaction, change, occasion, rows)
    moved = await ground.moved(transaction.fetch, deed)
    await back.measures()
    await back.inquiries()
    await back.papers()
    await back.programmes()
    await ground.take_back_reports(transaction, moved)
    await back.remove()
    await ground.take_back_rest(transaction, moved)
    await back.lay_desk(everything=any(row.table in {"offices", "question_lists"} and row.before for row in moved))


class _Back:
    """One document on its way out: what was restored, and what has to go."""

    def __init__(self, transaction: Transaction, change: Do, occasion: history.Occasion, rows: Sequence[Row]) -> None:
        self._transaction = transaction
        self._change = change
        self._occasion = occasion
        self._rows = rows
        self._sheaves: list[desk.Sheaf] = []
        self._leaving: list[tuple[Kind, int, Subject]] = []

    async def measures(self) -> None:
        condition, values = self._ids(Kind.MEASURE, "m.id")
        found = await measures.load(self._transaction.fetch, condition, values, _FULL)
        back = await self._restored(Kind.MEASURE, found)
        await measures.save(self._transaction, back)
        self._sheaves += sheaves.measure_sheaves(back, self._change.today)

    async def inquiries(self) -> None:
        condition, values = self._ids(Kind.INQUIRY, "q.id")
        found = await inquiries.load(self._transaction.fetch, condition, values, _FULL)
        back = await self._restored(Kind.INQUIRY, found)
        await inquiries.save(self._transaction, back)
        self._sheaves += await sheaves.inquiry_sheaves(self._transaction, back, self._change.today)

    async def papers(self) -> None:
        condition, values = self._ids(Kind.PAPER, "p.id")
        found = await papers.load(self._transaction.fetch, condition, values, _FULL)
        await papers.save(self._transaction, await self._restored(Kind.PAPER, found))

    async def programmes(self) -> None:
        condition, values = self._ids(Kind.PROGRAMME, "g.id")
        found = await programmes.load(self._transaction.fetch, condition, values, _FULL)
        back = await self._restored(Kind.PROGRAMME, found)
        await programmes.save(self._transaction, back)
        self._sheaves += sheaves.programme_sheaves(back, self._change.today)

    def _ids(self, kind: Kind, column: str) -> tuple[str, dict[str, object]]:
        return among(column, [row["record"] for row in self._rows if row["kind"] == kind.value], name="id")

    async def _restored(self, kind: Kind, found: Sequence[Stored[Known]]) -> list[Stored[Known]]:
        """Those that were there before, as they were; the others are noted as leaving."""
        rows = {row["record"]: row for row in self._rows if row["kind"] == kind.value}
        if {stored.id: stored.record.version for stored in found} != {id_: row["version"] for id_, row in rows.items()}:
            raise ChangedMeanwhile(kind.value)
        kept, changes = list[Stored[Known]](), list[history.Change]()
        for stored in found:
            before = rows[stored.id]["before"]
            if before == NEW:
                self._leaving.append((kind, stored.id, stored.record))
                changes.append(history.Change(kind, stored.id, stored.record.version + 1, "removed"))
                continue
            values = values_before(stored.record, before)
            kept.append(Stored(stored.id, type(stored.record).model_validate(values)))
            changes += changes_of(kind, Decision(stored.record, kept[-1]))
        await history.write(self._transaction, changes, self._occasion)
        return kept

    async def remove(self) -> None:
        """Buttons to a record that goes are void: its number may become another's."""
        for kind, record, _ in self._leaving:
            await desk.take_away(self._transaction, [desk.Sheaf(kind, record, (), self._change.today)])
            for table, column in _TABLES[kind]:
                await self._transaction.fetch(f"DELETE FROM {table} WHERE {column} = :record", {"record": record})
        refs = json.dumps([ref_of(record) for _, _, record in self._leaving])
        for statement in _VOID:
            await self._transaction.fetch(statement, {"refs": refs})

    async def lay_desk(self, *, everything: bool) -> None:
        tree = OfficeTree(await offices.offices(self._transaction.fetch))
        if everything:
            await sheaves.lay_everything_anew(self._transaction, tree)
            return
        self._sheaves += await self._paper_sheaves()
        await desk.lay(self._transaction, self._sheaves, tree)

    async def _paper_sheaves(self) -> list[desk.Sheaf]:
        """Of the papers that were restored, and of those that a result answered that has gone."""
        own, values = self._ids(Kind.PAPER, "p.id")
        gone = [record for _, _, record in self._leaving if isinstance(record, Paper)]
        answered, more = among("p.number", [paper.answers for paper in gone if paper.answers], name="answered")
        found = await papers.load(self._transaction.fetch, f"({own} OR {answered})", values | more, _FULL)
        laid = await sheaves.paper_sheaves(self._transaction, found, self._change.today)
        changed = await desk.changed_days(self._transaction) if answered else {}
        mine = {row["record"] for row in self._rows}
        return [sheaf if sheaf.record in mine else desk.dated(sheaf, changed) for sheaf in laid]
