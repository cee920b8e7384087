"""What records stand on, in two layers: what public documents say, and above it what only others say.

The newest word counts; for those who may not read it, the newest public one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

from registry.visibility import Clearance
from storage.database import Transaction
from storage.rows import Fetch, Found, from_row, to_row, upsert

Key = tuple[object, ...]


def seen(table: str, clearance: Clearance) -> str:
    """What to select from in place of a layered table, so that its reader learns no more than may be."""
    return f"all_{table}" if clearance is Clearance.CONTENT else table


@dataclass(frozen=True)
class Layers(Generic[Found]):
    """A layered table. ``words`` is the column that is empty where a document only counts the record."""

    table: str
    model: type[Found]
    key: tuple[str, ...]
    words: str

    def key_of(self, one: Found) -> Key:
        return tuple(getattr(one, name) for name in self.key)

    async def read(self, fetch: Fetch, clearance: Clearance) -> dict[Key, Found]:
        rows = await fetch(f"SELECT * FROM {seen(self.table, clearance)}", {})
        return {self.key_of(one): one for one in (from_row(self.model, row) for row in rows)}

    async def save(self, transaction: Transaction, records: Sequence[Found], *, public: bool) -> None:
        rows = [to_row(one) for one in records]
        target = self.table if public else f"nonpublic_{self.table}"
        await transaction.run_each(upsert(target, self.model.model_fields, self.key), rows)
        # Without this a public word would stay covered by an older one, and an equal one would cover the next.
        await transaction.run_each(self._uncover if public else self._drop_equal, rows)

    @property
    def _uncover(self) -> str:
        its_own = " AND ".join(f"{name} = :{name}" for name in self.key)
        return f"DELETE FROM nonpublic_{self.table} WHERE {its_own} AND :{self.words} <> ''"

    @property
    def _drop_equal(self) -> str:
        equal = " AND ".join(f"{name} IS :{name}" for name in self.model.model_fields)
        return f"DELETE FROM nonpublic_{self.table} WHERE {equal} AND EXISTS (SELECT 1 FROM {self.table} WHERE {equal})"
