"""Conversations in tests: the real bot, asked over HTTP through the playground's local Bot API.

``async with a_city(tmp_path) as city: await city.chat(kim).says("was ist offen für A50")``.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.application import Application
from bot.opening import CITIES, load_offices
from bot.pacing import Unlimited
from bot.playground.api import BOT, TOKEN, LocalBotApi
from bot.playground.chats import Document, Message, Room, Someone, Topic
from bot.playground.keyboards import InlineButton
from bot.playground.payloads import Json
from bot.playground.town import Event, Town
from bot.settings import Settings
from documents import read
from registry.people import Role
from storage.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
ADMIN = 7_900_001
_UNSETTLED = """
SELECT 1 FROM bulletins WHERE state IN ('announced', 'composed') AND chat NOT IN (SELECT chat FROM suspended_chat)
"""
PATIENCE = 10.0  # seconds after which a bot that has not settled is stuck


@dataclass
class Clock:
    """Stands still until a test moves it."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass
class City:
    """A register, the bot in front of it, and the town the bot talks to; one clock for all three."""

    api: LocalBotApi
    store: Store
    clock: Clock
    admin: Someone
    new_bot: Callable[[], Application]
    bots: AsyncExitStack = field(default_factory=AsyncExitStack)
    bot: Application | None = None

    async def starts(self) -> None:
        self.bot = await self.bots.enter_async_context(self.new_bot())

    async def restarts(self) -> None:
        """The bot stops and starts anew, in front of the same register."""
        await self.bots.aclose()
        await self.starts()

    async def ticks(self, at: datetime | None = None) -> None:
        """The clock is put to a time, and what is due then is done: announced, sent and settled."""
        assert self.bot
        self.clock.at = at or self.clock.at
        is_open = True
        while is_open:
            await self.bot.tick()
            await self.settled()
            is_open = bool(await self.store.database.read(_UNSETTLED))

    async def person(
        self, name: str = "Kim", *, role: Role = Role.EDITOR, offices: tuple[str, ...] = (), language: str = "de"
    ) -> Someone:
        someone = self.api.town.person(name, language=language)
        if role is not Role.GUEST:
            await self.store.people.set_role(someone.id, role, offices)
        return someone

    def chat(self, person: Someone) -> "Chat":
        """The person's private chat with the bot."""
        return Chat(self, self.api.town.private(person), person)

    async def group(self, *members: Someone, title: str = "Team", admitted: bool = True, basic: bool = False) -> "Chat":
        """A group the admin made; they admit it by the same command as anybody would."""
        chat = Chat(self, self.api.town.group(title, self.admin, *members, basic=basic), self.admin)
        if admitted:
            await chat.says("/admit")
        return chat

    async def topic(self, *members: Someone, name: str = "Fristen", admitted: bool = True) -> "Chat":
        room = self.api.town.group("Forum", self.admin, *members, forum=True)
        chat = Chat(self, room, self.admin, self.api.town.topic(room, name))
        if admitted:
            await chat.says("/admit")
        return chat

    async def learns(self, text: str, *, source: str = "document.txt", public: bool = True) -> None:
        """Reads a council document into the register."""
        reading = read(text, source=source, offices=await self.store.offices())
        await self.store.apply(reading, public=public, by="test", at=self.clock())

    async def settled(self) -> None:
        """Waits until every update is worked off and everything the bot had to say is said."""
        async with asyncio.timeout(PATIENCE):
            while not await self._is_settled():  # noqa: ASYNC110  the register has no event for being at rest
                await asyncio.sleep(0.001)

    async def _is_settled(self) -> bool:
        if self.api.town.updates.waiting:
            return False
        return not (await self.store.inbox.standing()).waiting and not (await self.store.outbox.standing()).waiting


@dataclass
class Chat:
    """A chat as its members live it; ``person`` speaks unless somebody else does."""

    city: City
    room: Room
    person: Someone
    topic: Topic | None = None
    _before: int = field(default=0)
    _events_before: int = field(default=0)

    async def says(self, text: str, *, as_: Someone | None = None, reply_to: Message | None = None) -> list[str]:
        """Says it, waits for the bot, and gives its replies."""
        self._mark()
        thread = self.topic.id if self.topic else None
        self.city.api.doings.says(self.room, as_ or self.person, text, reply_to=reply_to, thread=thread)
        await self.city.settled()
        return self.replies

    async def taps(self, label: str, *, as_: Someone | None = None, on: Message | None = None) -> str:
        """Taps the button with that label on the bot's last message, and gives the message's text afterwards."""
        message = on or self.last
        self._mark()
        self.city.api.doings.taps(message, as_ or self.person, _labelled(message, label))
        await self.city.settled()
        return said(message)

    async def presses(self, data: str, *, as_: Someone | None = None, on: Message | None = None) -> None:
        """Presses with any data, as a forged client would."""
        self._mark()
        self.city.api.doings.presses(on or self.last, as_ or self.person, data)
        await self.city.settled()

    async def drops(self, name: str, content: bytes, *, as_: Someone | None = None) -> list[str]:
        self._mark()
        document = Document(f"file-{name}", name, "application/octet-stream", content)
        self.city.api.doings.drops(self.room, as_ or self.person, document)
        await self.city.settled()
        return self.replies

    @property
    def messages(self) -> list[Message]:
        """What the bot wrote here, oldest first."""
        bot = self.city.api.town.bot
        return [message for message in self.room.messages.values() if message.sender == bot and not message.service]

    @property
    def replies(self) -> list[str]:
        """What the bot wrote since the last thing somebody did here."""
        return [said(message) for message in self.messages if message.id > self._before]

    @property
    def last(self) -> Message:
        """The bot's last message; the test fails where there is none."""
        assert self.messages, f"the bot has said nothing in {self.room.title}"
        return self.messages[-1]

    @property
    def screen(self) -> str:
        """The bot's last message as it stands now, with its buttons row by row."""
        rows = (" ".join(f"[{label}]" for label in row) for row in self.last.buttons)
        return "\n".join((self.text, *rows))

    @property
    def text(self) -> str:
        return said(self.last)

    @property
    def buttons(self) -> list[str]:
        return [label for row in self.last.buttons for label in row]

    @property
    def toasts(self) -> list[str]:
        """What the presser was told since the last thing somebody did here."""
        return [event.text for event in self._answers() if event.text and not event.alert]

    @property
    def alerts(self) -> list[str]:
        return [event.text for event in self._answers() if event.text and event.alert]

    def _answers(self) -> list[Event]:
        fresh = self.city.api.town.events[self._events_before :]
        return [event for event in fresh if event.kind == "answered" and event.room == self.room.id]

    def _mark(self) -> None:
        self._before = max(self.room.messages, default=0)
        self._events_before = len(self.city.api.town.events)


def said(message: Message) -> str:
    """What a message says, with every space a plain one."""
    return message.text.replace("\N{NO-BREAK SPACE}", " ")


def _labelled(message: Message, label: str) -> InlineButton:
    for row in message.keyboard:
        for button in row:
            if button.text == label:
                return button
    raise AssertionError(f"no button {label!r}, only {message.buttons}")


@asynccontextmanager
async def a_city(
    folder: Path,
    *,
    learns: Iterable[str] = (),
    non_public: Literal["hidden", "reference", "content"] = "reference",
    offices: Path = CITIES / "erfurt.toml",
) -> AsyncIterator[City]:
    """A city whose register has learned the documents, with its bot running; the admin is ``city.admin``."""
    clock = Clock(NOW)
    api = LocalBotApi(Town(BOT, now=clock))
    admin = api.town.person("Robin", number=ADMIN)
    async with AsyncExitStack() as stack:
        settings = Settings(
            token=SecretStr(TOKEN),
            api_url=await stack.enter_async_context(api.serve()),
            database=folder / "city.db",
            admins=frozenset({admin.id}),
            non_public=non_public,
        )
        store = await Store.open(settings.database)
        stack.push_async_callback(store.close)
        await load_offices(store, offices)
        city = City(api, store, clock, admin, partial(Application, settings, store, pacer=Unlimited(), now=clock))
        for text in learns:
            await city.learns(text)
        await city.starts()
        stack.push_async_callback(city.bots.aclose)
        yield city


def sent(city: City) -> list[dict[str, Json]]:
    """The payloads of all messages the bot has sent, in order."""
    return [dict(call.payload) for call in city.api.made("sendMessage") if call.ok]
