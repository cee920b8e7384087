"""Who looks after a group, asked of Telegram."""

import json
import logging

from telegram import ChatMember
from telegram.error import TelegramError

from bot.api import BotApi

log = logging.getLogger(__name__)

_ADMINISTRATORS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})
_SECONDS = 5.0  # that somebody waits at most to be recognized


class TelegramMembers:
    def __init__(self, api: BotApi) -> None:
        self._api = api

    async def is_admin(self, chat: int, person: int) -> bool:
        asked = json.dumps({"chat_id": chat, "user_id": person})
        try:
            found = await self._api.call("getChatMember", asked, read_timeout=_SECONDS)
        except TelegramError as error:
            log.warning("Telegram does not say who looks after a group: %s", error)
            return False
        return isinstance(found, dict) and found.get("status") in _ADMINISTRATORS
