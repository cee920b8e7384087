"""Wakes everybody who waits for something to happen."""

import asyncio


class Bell:
    def __init__(self) -> None:
        self._next = asyncio.Event()

    def ring(self) -> None:
        waited, self._next = self._next, asyncio.Event()
        waited.set()

    async def rung(self) -> None:
        await self._next.wait()
