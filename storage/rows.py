"""Records as rows and back: a column per field, tuples and small values as JSON text."""

import json
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from sqlite3 import Row
from types import UnionType
from typing import Generic, TypeVar, get_args, get_origin

from registry.records import Record
from storage.database import Transaction

Found = TypeVar("Found", bound=Record)
Values = dict[str, object]
Fetch = Callable[[str, Values], Awaitable[list[Row]]]


def to_row(record: Record, *, without: Collection[str] = ()) -> Values:
    """The record's fields as column values; ``without`` are the fields that have tables of their own."""
    fields: Values = record.model_dump(mode="json", exclude=set(without))
    return {name: to_column(value) for name, value in fields.items()}


def to_column(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    return to_json(value) if isinstance(value, list | dict) else value


def to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_row(model: type[Found], row: Row | Mapping[str, object], **more: object) -> Found:
    """The record that a row holds; columns the record does not have are left aside."""
    columns = _columns(model, tuple(row.keys()))
    values: Values = {name: _parsed(row[name]) if is_json else row[name] for name, is_json in columns}
    return model.model_validate(values | more)


@cache
def _columns(model: type[Record], columns: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """The columns that are fields of the record, and which of them are JSON text."""
    fields, structured = model.model_fields, _structured(model)
    return tuple((name, name in structured) for name in columns if name in fields)


def _parsed(column: object) -> object:
    return json.loads(column) if isinstance(column, str) else column


@cache
def _structured(model: type[Record]) -> frozenset[str]:
    return frozenset(name for name, field in model.model_fields.items() if _is_structured(field.annotation))


def _is_structured(annotation: object) -> bool:
    kinds = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    return any(get_origin(kind) is tuple or (isinstance(kind, type) and issubclass(kind, Record)) for kind in kinds)


def insert(table: str, columns: Iterable[str]) -> str:
    names = list(columns)
    quoted, bound = ", ".join(f'"{name}"' for name in names), ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {table} ({quoted}) VALUES ({bound})"


def upsert(table: str, columns: Iterable[str], key: Sequence[str]) -> str:
    """Inserts a row, or writes its columns into the one with the same key."""
    names = list(columns)
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in key)
    return f"{insert(table, names)} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"


def among(column: str, values: Iterable[object], *, name: str) -> tuple[str, Values]:
    """A condition that a column has one of some values, and what it binds. Of no values, none is it."""
    bound: Values = {f"{name}{at}": value for at, value in enumerate(values)}
    return f"{column} IN ({', '.join(f':{key}' for key in bound)})", bound


@dataclass(frozen=True)
class Stored(Generic[Found]):
    """A record and the number its rows go by, which nobody outside storage learns."""

    id: int
    record: Found


@dataclass(frozen=True)
class Parts(Generic[Found]):
    """A table of values that belong to a record and have an order in it."""

    table: str
    parent: str
    model: type[Found]

    async def fetch(self, fetch: Fetch, parents: str, values: Values) -> dict[int, tuple[Found, ...]]:
        """The parts of the parents that a select of ids names."""
        sql = f"SELECT * FROM {self.table} WHERE {self.parent} IN ({parents}) ORDER BY {self.parent}, position"
        rows = await fetch(sql, values)
        grouped = groupby(rows, key=lambda row: int(row[self.parent]))
        return {parent: tuple(from_row(self.model, row) for row in group) for parent, group in grouped}

    async def replace(self, transaction: Transaction, parts: Mapping[int, Sequence[Found]]) -> None:
        await transaction.run_each(
            f"DELETE FROM {self.table} WHERE {self.parent} = :parent",
            [{"parent": parent} for parent in parts],
        )
        rows = [
            {self.parent: parent, "position": position, **to_row(part)}
            for parent, own in parts.items()
            for position, part in enumerate(own, 1)
        ]
        await transaction.run_each(insert(self.table, (self.parent, "position", *self.model.model_fields)), rows)
