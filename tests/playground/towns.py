"""A town with a person in a private chat, for tests of the local Bot API."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.playground.api import BOT, LocalBotApi
from bot.playground.calls import Call
from bot.playground.chats import Message, Room, Someone
from bot.playground.payloads import Json
from bot.playground.town import Town


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class Setting:
    """What a test of one method needs: the API, Kim, and Kim's chat with the bot."""

    clock: Clock
    api: LocalBotApi
    kim: Someone
    chat: Room

    async def send(self, text: str = "hello", /, **payload: Json) -> Call:
        return await self.api.call("sendMessage", **{"chat_id": self.chat.id, "text": text, **payload})

    async def sent(self, text: str = "hello", /, **payload: Json) -> Message:
        call = await self.send(text, **payload)
        assert call.ok, call.description
        return self.chat.last

    async def edit(self, message: Message, /, **payload: Json) -> Call:
        place: dict[str, Json] = {"chat_id": message.room.id, "message_id": message.id}
        return await self.api.call("editMessageText", **{**place, **payload})

    async def updates(self, **payload: Json) -> list[dict[str, Json]]:
        result = (await self.api.call("getUpdates", **payload)).result
        assert isinstance(result, list)
        return [update for update in result if isinstance(update, dict)]


def a_setting() -> Setting:
    clock = Clock()
    api = LocalBotApi(Town(BOT, now=clock))
    kim = api.town.person("Kim")
    return Setting(clock, api, kim, api.town.private(kim))


def plain(text: str) -> str:
    """With every space a plain one."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def keyboard(*rows: list[Json]) -> Json:
    return {"inline_keyboard": [*rows]}


def button(text: str = "go", data: str = "go") -> Json:
    return {"text": text, "callback_data": data}
