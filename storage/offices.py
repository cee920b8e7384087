"""The city's office tree and the revision of the register, as rows."""

from collections.abc import Sequence

from registry.offices import Office, OfficeTree
from storage.database import Transaction
from storage.rows import Fetch, from_row, to_row, upsert


async def offices(fetch: Fetch) -> tuple[Office, ...]:
    return tuple(from_row(Office, row) for row in await fetch("SELECT * FROM offices ORDER BY position", {}))


async def save_offices(transaction: Transaction, offices: Sequence[Office]) -> None:
    """Writes offices, those above before those below."""
    tree = OfficeTree(offices)
    rows = [{**to_row(office), "position": position} for position, office in enumerate(offices, 1)]
    rows.sort(key=lambda row: len(tree.ancestors(str(row["code"]))))
    await transaction.run_each(upsert("offices", (*Office.model_fields, "position"), ("code",)), rows)


async def revision(fetch: Fetch) -> int:
    return int((await fetch("SELECT revision FROM meta", {}))[0]["revision"])


async def count_revision(transaction: Transaction) -> None:
    await transaction.fetch("UPDATE meta SET revision = revision + 1")
