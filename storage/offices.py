"""The city's office tree and the revision of the register, as rows."""

from collections.abc import Sequence
from functools import lru_cache
from sqlite3 import Row

from registry.offices import Office, OfficeTree
from storage.database import Transaction
from storage.rows import Fetch, from_row, to_json, to_row, upsert

_KEEP_ONLY = "DELETE FROM offices WHERE code NOT IN (SELECT value FROM json_each(:codes))"


async def offices(fetch: Fetch) -> tuple[Office, ...]:
    return _offices(tuple(await fetch("SELECT * FROM offices ORDER BY position", {})))


@lru_cache(maxsize=8)
def _offices(rows: tuple[Row, ...]) -> tuple[Office, ...]:
    """Every change of the register asks for the offices again; they are hardly ever others than before."""
    return tuple(from_row(Office, row) for row in rows)


async def save_offices(transaction: Transaction, offices: Sequence[Office]) -> None:
    """Writes offices, those above before those below."""
    tree = OfficeTree(offices)
    rows = [{**to_row(office), "position": position} for position, office in enumerate(offices, 1)]
    rows.sort(key=lambda row: len(tree.ancestors(str(row["code"]))))
    await transaction.run_each(upsert("offices", (*Office.model_fields, "position"), ("code",)), rows)


async def keep_only(fetch: Fetch, codes: Sequence[str]) -> None:
    """Takes all other offices out of the tree."""
    await fetch(_KEEP_ONLY, {"codes": to_json(codes)})


async def revision(fetch: Fetch) -> int:
    return int((await fetch("SELECT revision FROM meta", {}))[0]["revision"])


async def count_revision(transaction: Transaction) -> None:
    await transaction.fetch("UPDATE meta SET revision = revision + 1")
