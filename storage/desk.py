"""The desk: every line laid where it is asked for, written with the record it shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from registry.offices import OfficeTree
from registry.queries import Kind
from storage.database import Transaction
from storage.lines import Line, sort_key
from storage.rows import Values, insert
from storage.search import forget_everything, forget_lines, index_lines

EVERYWHERE = ""  # the scope of the whole city
NEVER_DUE = "9999-12-31"  # sorts after all due dates


@dataclass(frozen=True, slots=True)
class Laid:
    """How a line lies in one scope. ``through`` is the place above by which it comes, '' where it is its own."""

    is_open: bool
    through: str = ""
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Sheaf:
    """All lines of one record: its kind, its id, the lines, and the day it last changed."""

    owner: Kind
    record: int
    lines: Sequence[Line]
    changed_on: date


class Spread:
    """Knows for each place which places are above it and below it; looked up when it is first asked for."""

    def __init__(self, tree: OfficeTree) -> None:
        self._tree = tree
        self._above = cache(tree.ancestors)
        self._subtree = cache(tree.subtree)

    def scopes(self, line: Line) -> dict[str, Laid]:
        """Where a line lies, once per scope: as their own for the places it names and those above them; for the
        places below, as what reaches them through the nearest place named."""
        laid = {EVERYWHERE: Laid(line.is_open)}
        for place, is_open in line.places:
            for above in self._above(place):
                laid[above] = Laid(is_open or (above in laid and laid[above].is_open), "", _is_named(laid, above))
            laid[place] = Laid(is_open or (place in laid and laid[place].is_open), "", is_named=True)
        for place, is_open in sorted(line.places, key=lambda named: -len(self._above(named[0]))):
            for below in self._subtree(place)[1:]:
                laid.setdefault(below, Laid(is_open, place))
        return laid

    def place_names(self, line: Line) -> Iterator[str]:
        """How the places of a line are called."""
        for place, _ in line.places:
            office = self._tree.get(place)
            yield from (office.code, office.name_de, office.name_en, *office.aliases) if office else (place,)


def _is_named(laid: dict[str, Laid], scope: str) -> bool:
    return scope in laid and laid[scope].is_named


async def lay(transaction: Transaction, sheaves: Sequence[Sheaf], tree: OfficeTree, *, anew: bool = True) -> None:
    """Lays the lines of records in place of those that lay there. Without ``anew`` none did."""
    if anew:
        await take_away(transaction, sheaves)
    spread = Spread(tree)
    first = (await transaction.fetch("SELECT coalesce(max(id), 0) + 1 AS id FROM listed"))[0]["id"]
    numbered = [
        (number, sheaf, line)
        for number, (sheaf, line) in enumerate(((s, line) for s in sheaves for line in s.lines), first)
    ]
    await _insert(transaction, "listed", [_listed_row(number, sheaf, line) for number, sheaf, line in numbered])
    await _insert(transaction, "desk", [row for number, _, line in numbered for row in _rows(number, line, spread)])
    await index_lines(transaction, [(number, line, spread.place_names(line)) for number, _, line in numbered])


async def clear(transaction: Transaction) -> None:
    """Takes everything from the desk."""
    await forget_everything(transaction)
    for table in ("desk", "listed"):
        await transaction.fetch(f"DELETE FROM {table}")


async def changed_days(transaction: Transaction) -> dict[tuple[str, int], date]:
    """When each record on the desk last changed, by its kind and id."""
    rows = await transaction.fetch("SELECT DISTINCT owner, record, changed_on FROM listed")
    return {(row["owner"], row["record"]): date.fromisoformat(row["changed_on"]) for row in rows}


def dated(sheaf: Sheaf, changed: dict[tuple[str, int], date]) -> Sheaf:
    """The sheaf with the day on which its record last changed."""
    return replace(sheaf, changed_on=changed.get((sheaf.owner.value, sheaf.record), sheaf.changed_on))


async def take_away(transaction: Transaction, sheaves: Sequence[Sheaf]) -> None:
    """Takes the lines of records away, whatever they are now."""
    records: list[Values] = [{"owner": sheaf.owner.value, "record": sheaf.record} for sheaf in sheaves]
    of_record = "(SELECT id FROM listed WHERE owner = :owner AND record = :record)"
    await forget_lines(transaction, of_record, records)
    await transaction.run_each(f"DELETE FROM desk WHERE line IN {of_record}", records)
    await transaction.run_each("DELETE FROM listed WHERE owner = :owner AND record = :record", records)


async def _insert(transaction: Transaction, table: str, rows: Sequence[Values]) -> None:
    if rows:
        await transaction.run_each(insert(table, rows[0]), rows)


def _listed_row(number: int, sheaf: Sheaf, line: Line) -> Values:
    owner = {"id": number, "owner": sheaf.owner.value, "record": sheaf.record}
    return line.row() | owner | {"changed_on": sheaf.changed_on.isoformat()}


def _rows(number: int, line: Line, spread: Spread) -> Iterator[Values]:
    due_key = line.due_on.isoformat() if line.due_on else NEVER_DUE
    for scope, laid in spread.scopes(line).items():
        yield {
            "scope": scope,
            "line": number,
            "through": laid.through,
            "is_named": int(laid.is_named),
            "is_open": int(laid.is_open),
            "is_dated": int(line.is_dated and line.due_on is not None),
            "kind": line.kind.value,
            "due_key": due_key,
            "sort_key": sort_key(line.ref),
            "visibility": line.visibility.value,
        }
