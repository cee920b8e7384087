"""What handlers need for documents that people send: fetched, read apart, and tried out."""

import asyncio
from typing import Protocol

from documents.sandbox import read_sent
from registry.applied import Applied
from registry.drafts import Draft
from registry.offices import OfficeTree
from registry.reading import Reading
from storage.store import Store

_READERS = 2  # documents read at the same time; each may take half a gigabyte


class NotFetched(Exception):
    """The messenger did not hand the file over."""


class Files(Protocol):
    """Files in the messenger's keeping."""

    async def fetch(self, file: str) -> bytes:
        """Raises NotFetched."""
        ...


class NoFiles:
    """Where there is no messenger."""

    async def fetch(self, file: str) -> bytes:
        raise NotFetched(file)


class Intray:
    """Nothing of it writes: what is to stay is a change like any other."""

    def __init__(self, store: Store, files: Files) -> None:
        self._store = store
        self._files = files
        self._readers = asyncio.Semaphore(_READERS)

    async def fetch(self, file: str) -> bytes:
        return await self._files.fetch(file)

    async def read(self, source: str, content: bytes, offices: OfficeTree) -> Reading:
        """In a process of its own. Raises UnreadDocument."""
        async with self._readers:
            return await read_sent(source, content, offices)

    async def try_out(self, draft: Draft) -> Applied:
        """What the document would do as it was decided so far."""
        if draft.reading is None:
            return Applied()
        follows = frozenset((field.ref, field.name) for field in draft.follows)
        return await self._store.preview(draft.reading, public=draft.public, follows=follows)
