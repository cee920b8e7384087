"""The chain over the history: each row is sealed with the one before it, by a key that lies outside the register.

Who can rewrite the file cannot seal what they wrote. What was cut off the end is told by an older head: one is in
every copy of the register, and the log has one each hour.
"""

import asyncio
import hmac
import json
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from storage.database import Transaction
from storage.errors import KeyMissing, KeyUnusable
from storage.instants import read as read_instant
from storage.rows import Fetch, insert

CHAINS = {
    "history": (
        *("id", "kind", "record", "version", "what", "who", "before", "after"),
        *("why", "through", "by_import", "pseudonym", "at"),
    ),
    "people_history": ("id", "deed", "about", "before", "after", "pseudonym", "seconded", "at"),
}
_FIRST = ""  # what the first row is sealed with
_KEY_BYTES = 32
_OTHERS = 0o077  # rights of anybody but the owner


@dataclass(frozen=True)
class Head:
    """The last row of a chain and its seal."""

    row: int = 0
    seal: str = _FIRST


@dataclass(frozen=True)
class Key:
    """What rows are sealed with. ``begins`` has the heads behind which it does, where an older key was lost."""

    secret: bytes
    begins: Mapping[str, Head] = field(default_factory=dict)


@dataclass(frozen=True)
class Broken:
    """The first row that does not carry the seal it should, or that is missing after it was seen."""

    chain: str
    row: int
    at: datetime | None = None


@dataclass(frozen=True)
class Verdict:
    """``unproven`` rows stand before the first that the key seals."""

    rows: int
    broken: Broken | None = None
    unproven: int = 0


def key_beside(register: Path) -> Path:
    return register.with_name(f"{register.name}.key")


def read_key(path: Path) -> Key:
    """Raises FileNotFoundError where there is none, KeyUnusable where it cannot be read or is something else."""
    try:
        written, *begins = path.read_text(encoding="ascii").strip().split("\n")
        key = Key(bytes.fromhex(written.strip()), dict(map(_read_beginning, begins)))
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise KeyUnusable(path) from error
    if len(key.secret) != _KEY_BYTES or not key.begins.keys() <= CHAINS.keys():
        raise KeyUnusable(path)
    return key


def _read_beginning(line: str) -> tuple[str, Head]:
    chain, row, seal = line.split()
    return chain, Head(int(row), seal)


def is_open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & _OTHERS)


def open_key(path: Path, register: Path) -> Key:
    """The key; for a register without history a new one. Raises KeyMissing where one sealed it that is not there."""
    heads = _heads(register)  # before the key is looked for: another process makes that first
    with suppress(FileNotFoundError):
        return read_key(path)
    if heads:
        raise KeyMissing(path)
    return _new_key(path, {})


def begin_anew(path: Path, register: Path) -> Key:
    """A new key that seals what comes from now on. Raises FileExistsError where there is one: none is replaced."""
    if path.exists():
        raise FileExistsError(path)
    return _new_key(path, _heads(register))


def _heads(register: Path) -> dict[str, Head]:
    """The last row of each chain that has any."""
    heads: dict[str, Head] = {}
    with closing(_opened(register)) as connection:
        for chain in CHAINS:
            row = connection.execute(f"SELECT id, seal FROM {chain} ORDER BY id DESC LIMIT 1").fetchone()
            if row is not None:
                heads[chain] = Head(*row)
    return heads


def _new_key(path: Path, begins: Mapping[str, Head]) -> Key:
    try:
        _make_key(path, begins)
    except OSError as error:
        raise KeyUnusable(path) from error
    return read_key(path)


def _make_key(path: Path, begins: Mapping[str, Head]) -> None:
    """Readable for its owner alone."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        told = (f"{chain} {head.row} {head.seal}" for chain, head in begins.items())
        file.write("".join(f"{line}\n" for line in (secrets.token_hex(_KEY_BYTES), *told)))
        file.flush()
        os.fsync(file.fileno())
    try:
        # Whole or not at all, and never over the key of a process that was faster.
        with suppress(FileExistsError):
            path.hardlink_to(name)
    finally:
        Path(name).unlink()


async def append(transaction: Transaction, chain: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Adds rows (without their ids) to a chain; the register's one writer leaves no other between them."""
    if not rows:
        return
    if not transaction.key:
        raise AssertionError("nothing is sealed without a key")
    head = await head_of(transaction.fetch, chain)
    sealed = list(_sealed(transaction.key, chain, head, rows))
    await transaction.run_each(insert(chain, (*CHAINS[chain], "seal")), sealed)


def _sealed(key: bytes, chain: str, head: Head, rows: Sequence[Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
    for row in rows:
        numbered = {**row, "id": head.row + 1}
        head = Head(head.row + 1, _seal(key, head.seal, [numbered[name] for name in CHAINS[chain]]))
        yield {**numbered, "seal": head.seal}


def _seal(key: bytes, before: str, values: Sequence[object]) -> str:
    return hmac.digest(key, json.dumps([before, *values]).encode(), "sha256").hex()


async def head_of(fetch: Fetch, chain: str = "history") -> Head:
    rows = await fetch(f"SELECT id, seal FROM {chain} ORDER BY id DESC LIMIT 1", {})
    return Head(rows[0]["id"], rows[0]["seal"]) if rows else Head()


async def verify(register: Path, key: Key, *, copies: Sequence[Path] = ()) -> Verdict:
    """Looks through every row of every chain; ``copies`` are older copies whose heads must still be there."""
    return await asyncio.to_thread(_verify, register, key, copies)


def _verify(register: Path, key: Key, copies: Sequence[Path]) -> Verdict:
    rows, unproven = 0, sum(head.row for head in key.begins.values())
    with closing(_opened(register)) as connection:
        for chain in CHAINS:
            begin = key.begins.get(chain, Head())
            for broken in _breaks(connection, chain, key.secret, begin, copies):
                return Verdict(rows, broken, unproven)
            rows += connection.execute(f"SELECT count(*) FROM {chain} WHERE id > ?", (begin.row,)).fetchone()[0]
    return Verdict(rows, unproven=unproven)


def _breaks(
    connection: sqlite3.Connection, chain: str, secret: bytes, begin: Head, copies: Sequence[Path]
) -> Iterator[Broken]:
    if begin.row and not _has(connection, chain, begin):
        yield Broken(chain, begin.row)
    seal, columns = begin.seal, ", ".join(CHAINS[chain])
    for found in connection.execute(f"SELECT {columns}, seal FROM {chain} WHERE id > ? ORDER BY id", (begin.row,)):
        *values, sealed = found
        seal = _seal(secret, seal, values)
        if not hmac.compare_digest(seal, sealed):
            yield Broken(chain, values[0], _instant(values[-1]))
    for copy in copies:
        if broken := _cut_off(connection, chain, copy):
            yield broken


def _has(connection: sqlite3.Connection, chain: str, head: Head) -> bool:
    found = connection.execute(f"SELECT 1 FROM {chain} WHERE id = ? AND seal = ?", (head.row, head.seal))
    return found.fetchone() is not None


def _cut_off(connection: sqlite3.Connection, chain: str, copy: Path) -> Broken | None:
    """The head of an older copy, if the register's chain does not lead through it."""
    newest = f"SELECT id, seal, at FROM {chain} ORDER BY id DESC LIMIT 1"
    with closing(_opened(copy)) as older:
        head = older.execute(newest).fetchone()
    if head is None or _has(connection, chain, Head(*head[:2])):
        return None
    return Broken(chain, head[0], _instant(head[2]))


def _instant(text: str) -> datetime | None:
    """None where somebody wrote over it."""
    try:
        return read_instant(text)
    except ValueError:
        return None


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
