"""Programmes as rows."""

from collections.abc import Sequence

from registry.papers import Milestone
from registry.programmes import Module, Programme
from registry.visibility import Clearance
from storage.database import Transaction
from storage.rows import Fetch, Parts, Stored, Values, from_row, to_row, upsert
from storage.visibility import visible

_MODULES = Parts("modules", "programme", Module)
_MILESTONES = Parts("programme_milestones", "programme", Milestone)
_ELSEWHERE = ("modules", "milestones")
_COLUMNS = ("id", *(name for name in Programme.model_fields if name not in _ELSEWHERE))


async def load(fetch: Fetch, condition: str, values: Values, clearance: Clearance) -> list[Stored[Programme]]:
    """The programmes (``g``) that meet a condition, as far as the clearance allows, by name."""
    where = f"{condition} AND {visible(clearance, 'g.visibility')}"
    rows = await fetch(f"SELECT g.* FROM programmes g WHERE {where} ORDER BY g.name", values)
    selected = f"SELECT g.id FROM programmes g WHERE {where}"
    modules = await _MODULES.fetch(fetch, selected, values)
    milestones = await _MILESTONES.fetch(fetch, selected, values)
    return [
        Stored(
            row["id"],
            from_row(Programme, row, modules=modules.get(row["id"], ()), milestones=milestones.get(row["id"], ())),
        )
        for row in rows
    ]


async def save(transaction: Transaction, programmes: Sequence[Stored[Programme]]) -> None:
    rows = [{"id": stored.id, **to_row(stored.record, without=_ELSEWHERE)} for stored in programmes]
    await transaction.run_each(upsert("programmes", _COLUMNS, ("id",)), rows)
    await _MODULES.replace(transaction, {stored.id: stored.record.modules for stored in programmes})
    await _MILESTONES.replace(transaction, {stored.id: stored.record.milestones for stored in programmes})
