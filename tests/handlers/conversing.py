"""Conversations with the router and a real register; everything it wants to send is held against Telegram's rules."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from telegram import Update

from handlers.context import Request
from handlers.router import Outcome, Router
from locales.translations import language
from registry.changes import Change
from registry.people import ChatKind, Role, reader_in
from registry.visibility import Clearance
from storage.changes import write_change
from storage.database import Transaction
from storage.errors import ChangedMeanwhile
from storage.outgoing import Outgoing
from storage.store import Store
from tests.handlers.a_register import fill, lay_offices
from tests.views.parsing import verdict

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Monday
BOT = {"id": 4242, "is_bot": True, "first_name": "Amtsbote", "username": "amtsbote_bot"}
ADMIN, READER, EDITOR, GUEST = 7_001, 7_002, 7_003, 7_009
GROUP = -100_500
_REDOS = 3

Json = dict[str, object]


@dataclass
class Conversation:
    """One chat as one person lives it; ``shown`` is the last message with its buttons as they are on the screen."""

    router: Router
    store: Store
    person: int = READER
    chat: int | None = None
    language: str | None = "de"
    thread: int | None = None
    now: datetime = NOW
    shown: Outgoing | None = None
    numbers: Iterable[int] = field(default_factory=lambda: count(1))
    told: dict[int, Outgoing] = field(default_factory=dict)  # the last message to each chat but the one written in

    async def says(self, text: str, **shape: object) -> str:
        """Writes a message; what is then on the screen, buttons included."""
        return self._screen(await self.handle({"message": self.message(text, **shape)}))

    def message(self, text: str, **shape: object) -> Json:
        return {**self._message(self._person()), "text": text, "entities": _entities(text), **shape}

    async def sends(self, content: Json) -> str:
        return self._screen(await self.handle({"message": {**self._message(self._person()), **content}}))

    async def taps(self, label: str) -> str:
        """Taps the button of the last message that is labelled so."""
        buttons = {str(b["text"]): str(b.get("callback_data", "")) for row in _keyboard(self.shown) for b in row}
        return await self.presses(buttons[label])

    async def presses(self, data: str) -> str:
        """Sends callback data, whether or not there is such a button."""
        return self._screen(await self.handle({"callback_query": self.press(data)}))

    def press(self, data: str) -> Json:
        message = self._message(BOT) | {"text": "…"}
        return {"id": "press", "from": self._person(), "chat_instance": "x", "message": message, "data": data}

    async def handle(self, update: Json) -> Outcome:
        """The outcome of an update, its changes written and its calls checked; decided anew where it is overtaken."""
        for _ in range(_REDOS):
            outcome = await self.outcome(update)
            try:
                await self.write(outcome.changes)
            except ChangedMeanwhile:
                continue
            for call in outcome.outgoing:
                check(call)
            return outcome
        raise AssertionError(f"decided {_REDOS} times, and each time overtaken: {update}")

    async def outcome(self, update: Json) -> Outcome:
        """What the router decides; nothing of it is written."""
        parsed = Update.de_json({"update_id": next(iter(self.numbers)), **update}, None)
        return await self.router.handle(parsed, self.now)

    async def request(self) -> Request:
        """What a handler is given when the person says something here."""
        here = self.chat or self.person
        person, chat, *_ = await self.store.people.asking(self.person, here, ChatKind.PRIVATE, self.now)
        reader = reader_in(chat, person, non_public=Clearance.PUBLIC)
        return Request(
            reader=reader,
            person=person,
            chat=chat,
            register=self.store.register(reader),
            offices=await self.store.offices(),
            say=language(self.language),
            now=self.now,
        )

    async def write(self, changes: Iterable[Change]) -> None:
        async def write(transaction: Transaction) -> None:
            for change in changes:
                await write_change(transaction, change)

        await self.store.database.write(write)

    def _person(self) -> Json:
        named: Json = {"id": self.person, "is_bot": False, "first_name": "Kim"}
        return named | ({"language_code": self.language} if self.language else {})

    def _message(self, sender: Json) -> Json:
        topic: Json = {"message_thread_id": self.thread, "is_topic_message": True} if self.thread else {}
        return {"message_id": 77, "date": int(self.now.timestamp()), "chat": self.place(), "from": sender, **topic}

    def place(self) -> Json:
        if self.chat is None:
            return {"id": self.person, "type": "private", "first_name": "Kim"}
        return {"id": self.chat, "type": "supergroup", "title": "Team Soziales"}

    def hears(self) -> str:
        """What somebody else's doing brought to this chat."""
        self.shown = self.told.pop(self.chat or self.person)
        return screen(self.shown)

    def _screen(self, outcome: Outcome) -> str:
        here = [call for call in outcome.outgoing if call.chat == (self.chat or self.person)]
        self.told |= {call.chat: call for call in outcome.outgoing if call not in here}
        posts = [call for call in here if "text" in call.payload and call.method != "answerCallbackQuery"]
        self.shown = posts[-1] if posts else self.shown
        return "\n\n".join(filter(None, (screen(call) for call in here)))


def screen(call: Outgoing) -> str:
    """What a call shows, with plain spaces: its text, then a line for each row of buttons; a toast in parentheses."""
    if call.method == "answerCallbackQuery":
        text = call.payload.get("text", "")
        return f"({text})" if text else ""
    if "text" not in call.payload:
        return f"<{call.method}>"
    rows = (" ".join(f"[{button['text']}]" for button in row) for row in _keyboard(call))
    text = verdict(str(call.payload["text"])).replace("\N{NO-BREAK SPACE}", " ")
    return "\n".join((text, *rows))


def check(call: Outgoing) -> None:
    """Telegram's limits, which no call of ours may break."""
    if call.method in {"sendMessage", "editMessageText"}:
        assert 1 <= len(verdict(str(call.payload["text"]))) <= 4096
    rows = _keyboard(call)
    assert all(1 <= len(row) <= 8 for row in rows)
    assert sum(map(len, rows)) <= 100
    for button in (button for row in rows for button in row):
        assert str(button["text"]).strip()
        assert ("callback_data" in button) != ("copy_text" in button)
        assert 1 <= len(str(button.get("callback_data", "x")).encode()) <= 64
    assert len(str(call.payload.get("text", ""))) <= 200 or call.method != "answerCallbackQuery"


def _keyboard(call: Outgoing | None) -> list[list[Json]]:
    markup = call.payload.get("reply_markup") if call else None
    return markup.get("inline_keyboard", []) if isinstance(markup, dict) else []


def _entities(text: str) -> list[Json]:
    """The mentions and commands Telegram marks in a text, as far as these tests write any."""
    marks = {"@": "mention", "/": "bot_command"}
    words = ((text.find(word), word) for word in text.split() if word[:1] in marks)
    return [{"type": marks[word[0]], "offset": at, "length": len(word)} for at, word in words]


@asynccontextmanager
async def a_city(
    folder: Path,
    *,
    with_secrets: bool = False,
    is_empty: bool = False,
    non_public: Clearance = Clearance.REFERENCE,
) -> AsyncIterator[Conversation]:
    """A reader's private chat in a city with a register; ``with_secrets`` adds non-public records.

    An empty register knows the city's offices alone.
    """
    store = await Store.open(folder / "register.db")
    try:
        await (lay_offices(store) if is_empty else fill(store, with_secrets=with_secrets))
        await store.people.set_admins([ADMIN], NOW)
        await store.people.set_role(READER, Role.READER, ("A50",))
        await store.people.set_role(EDITOR, Role.EDITOR, ("A50",))
        router = Router(store, zone=ZoneInfo("Europe/Berlin"), non_public=non_public, admins=frozenset({ADMIN}))
        router.bot_id, router.bot_name = int(str(BOT["id"])), str(BOT["username"])
        yield Conversation(router, store)
    finally:
        await store.close()
