"""Files that people sent, fetched from where Telegram keeps them."""

import asyncio
import json
import logging

from telegram.error import NetworkError, TelegramError

from bot.api import BotApi
from bot.backoff import backoff
from handlers.intray import NotFetched

log = logging.getLogger(__name__)

LARGEST = 20 * 1024 * 1024  # bytes; Telegram hands bots no larger files
_TRIES = 3


class TelegramFiles:
    """Nothing is kept on disk: who asks again, as after a stop of the bot, has it fetched again."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    async def fetch(self, file: str) -> bytes:
        for attempt in range(1, _TRIES + 1):
            try:
                return await self._fetch(file)
            except NetworkError as error:
                log.warning("a file was not fetched (%s), try %d", error, attempt)
                if attempt < _TRIES:
                    await asyncio.sleep(backoff(attempt, first=0.2))
            except TelegramError as error:
                log.warning("Telegram does not hand a file over: %s", error)
                break
        raise NotFetched

    async def _fetch(self, file: str) -> bytes:
        found = await self._api.call("getFile", json.dumps({"file_id": file}))
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str):
            raise NotFetched
        return await self._api.download(path, limit=LARGEST)
