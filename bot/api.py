"""Telegram's Bot API as the post room uses it: JSON in, JSON out, refusals as python-telegram-bot's errors."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import quote

from telegram import Bot, User
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.transport import Flooded, Transport, Unanswered

POLL_SECONDS = 50  # Telegram's longest
_MARGIN_SECONDS = 15.0
_RETRY_SECONDS = 5  # where a 429 does not say
_PASSING = frozenset({407, 408, 425})  # said by what lies between, and not about the message
_REFUSALS: Mapping[int, type[TelegramError]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: EndPointNotFound,
    409: Conflict,
}


class BotApi:
    def __init__(self, transport: Transport, *, origin: str, token: str) -> None:
        self._transport = transport
        self._origin = origin
        self._token = token
        self._address = f"{origin}/bot{token}/"

    def time(self) -> datetime | None:
        """What Telegram's clock shows; None before its first answer."""
        return self._transport.time

    async def me(self) -> User:
        bot = Bot(
            self._token,
            base_url=f"{self._origin}/bot",
            base_file_url=f"{self._origin}/file/bot",
            request=self._transport,
            get_updates_request=self._transport,
        )
        return await bot.get_me()

    async def updates(
        self, offset: int | None, *, kinds: Sequence[str], seconds: int = POLL_SECONDS
    ) -> Sequence[object]:
        """The waiting updates as plain JSON; ``offset`` confirms all before it."""
        asked: dict[str, object] = {"timeout": seconds, "allowed_updates": list(kinds)}
        if offset is not None:
            asked["offset"] = offset
        result = await self.call("getUpdates", json.dumps(asked), read_timeout=seconds + _MARGIN_SECONDS)
        if not isinstance(result, list):
            raise Unanswered("the answer is no list of updates")
        return result

    async def call(self, method: str, payload: str, *, read_timeout: float | None = None) -> object:
        """The ``result`` of a call; a refusal is raised."""
        status, body = await self._transport.exchange(
            self._address + method, payload.encode(), read_timeout=read_timeout
        )
        answer = _read(body)
        if status == 200 and answer.get("ok") is True:
            return answer.get("result")
        raise _refusal(status, answer)

    async def download(self, path: str, *, limit: int) -> bytes:
        """A file that ``getFile`` has named. Raises TelegramError, also for one that is larger than it should be."""
        status, body = await self._transport.download(f"{self._origin}/file/bot{self._token}/{_parts(path)}", limit)
        if status != 200:
            raise _refusal(status, {})
        if len(body) > limit:
            raise BadRequest("file is too big")
        return body


def _parts(path: str) -> str:
    """A path as Telegram names it, so that it leads nowhere else."""
    return "/".join(quote(part, safe="") for part in path.split("/") if part not in {"", ".", ".."})


def _read(body: bytes) -> Mapping[str, object]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _refusal(status: int, answer: Mapping[str, object]) -> TelegramError:
    if status == 200:
        return Unanswered("the answer cannot be read")
    parameters = answer.get("parameters")
    facts = parameters if isinstance(parameters, dict) else {}
    if isinstance(new_chat := facts.get("migrate_to_chat_id"), int):
        return ChatMigrated(new_chat)
    if status == 429:
        seconds = facts.get("retry_after")
        return Flooded(seconds if isinstance(seconds, int) else _RETRY_SECONDS)
    is_final = 400 <= status < 500 and status not in _PASSING
    kind = _REFUSALS.get(status, TelegramError if is_final else NetworkError)
    return kind(str(answer.get("description", f"HTTP {status}")))
