"""A post room for tests: the real application, over HTTP, against the playground's local Bot API."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Row
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr
from telegram import Update

from bot.application import Application
from bot.pacing import Pacer, Unlimited
from bot.playground.api import TOKEN, LocalBotApi
from bot.playground.chats import Room, Someone
from bot.settings import Settings
from registry.changes import Change
from storage.outgoing import Outgoing, OutgoingKind
from storage.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
ADMIN = 7_900_001
PATIENCE = 8.0


@dataclass(frozen=True)
class Decision:
    outgoing: Sequence[Outgoing] = ()
    changes: Sequence[Change] = ()
    refused: bool = False


class Echo:
    """A router that says back what was said, answers presses, and fails where it is told to."""

    bot_id = 0
    bot_name = ""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.failures: dict[str, list[Exception]] = {}
        self.changes: dict[str, Change] = {}
        self.pause = 0.0
        self.begun = 0

    async def handle(self, update: Update, now: datetime) -> Decision:
        self.begun += 1
        await asyncio.sleep(self.pause)
        if update.callback_query is not None:
            return self._press(update)
        message = update.message
        if message is None or message.text is None:
            return Decision(refused=True)
        self.seen.append(message.text)
        if failures := self.failures.get(message.text):
            raise failures.pop()
        change = self.changes.get(message.text)
        return Decision((says(message.chat.id, f"echo {message.text}"),), (change,) if change else ())

    def _press(self, update: Update) -> Decision:
        press = update.callback_query
        assert press is not None and press.message is not None
        chat, message = press.message.chat.id, press.message.message_id
        toast = Outgoing(chat, "answerCallbackQuery", {"callback_query_id": press.id}, OutgoingKind.TOAST)
        fields = {"chat_id": chat, "message_id": message, "text": f"pressed {press.data}"}
        return Decision((toast, Outgoing(chat, "editMessageText", fields, OutgoingKind.EDIT)))


def says(chat: int, text: str, **more: object) -> Outgoing:
    return Outgoing(chat, "sendMessage", {"chat_id": chat, "text": text, **more})


@dataclass
class Office:
    """Not running yet: ``async with office.opened() as bot`` runs it."""

    api: LocalBotApi
    store: Store
    settings: Settings
    admin: Someone
    router: Echo = field(default_factory=Echo)
    now: datetime = NOW

    def opened(self, *, pacer: Pacer | None = None, poll_seconds: int = 50) -> Application:
        return Application(
            self.settings,
            self.store,
            router=self.router,
            pacer=pacer or Unlimited(),
            now=lambda: self.now,
            poll_seconds=poll_seconds,
        )

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)

    def kim(self) -> Someone:
        return self.api.town.people.get(KIM) or self.api.town.person("Kim", number=KIM)

    def private(self, person: Someone | None = None) -> Room:
        return self.api.town.private(person or self.kim())

    def write(self, *texts: str, room: Room | None = None) -> None:
        for text in texts:
            self.api.doings.says(room or self.private(), self.kim(), text)

    def said(self, room: Room | None = None) -> list[str]:
        """What the bot said in the chat, in the order it arrived there."""
        messages = (room or self.private()).messages.values()
        return [message.text for message in messages if message.sender == self.api.town.bot and not message.service]

    async def states(self, table: str) -> list[str]:
        rows = await self.store.database.read(f"SELECT state FROM {table} ORDER BY id")
        return [str(row["state"]) for row in rows]

    async def rows(self, sql: str) -> list[Row]:
        return await self.store.database.read(sql)

    async def settled(self) -> None:
        await eventually(self._is_settled)

    async def _is_settled(self) -> bool:
        """Looks along the way of an update, so that none slips by between two looks."""
        if self.api.town.updates.waiting or (await self.store.inbox.standing()).waiting:
            return False
        return not (await self.store.outbox.standing()).waiting


KIM = 7_000_042


async def eventually(holds: Callable[[], object], *, within: float = PATIENCE) -> None:
    """Waits until something holds; the test fails where it does not in time."""
    async with asyncio.timeout(within):
        while True:
            found = holds()
            if await found if asyncio.iscoroutine(found) else found:
                return
            await asyncio.sleep(0.005)


def failing_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next look at a chat's language meets a device that fails."""
    language_of = office.store.outbox.language_of
    errors = [sqlite3.OperationalError("disk I/O error")]
    errors[0].sqlite_errorcode = sqlite3.SQLITE_IOERR

    async def look(chat: int) -> str | None:
        if errors:
            raise errors.pop()
        return await language_of(chat)

    monkeypatch.setattr(office.store.outbox, "language_of", look)


@asynccontextmanager
async def an_office(folder: Path) -> AsyncIterator[Office]:
    api = LocalBotApi()
    admin = api.town.person("Robin", number=ADMIN)
    api.town.private(admin)
    async with api.serve() as origin:
        settings = Settings(
            token=SecretStr(TOKEN), api_url=origin, database=folder / "office.db", admins=frozenset({ADMIN})
        )
        store = await Store.open(settings.database)
        try:
            office = Office(api, store, settings, admin)
            api.town.now = lambda: office.now
            yield office
        finally:
            await store.close()
