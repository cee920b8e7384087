"""Publishes the command menus, where Telegram shows other ones than ours."""

import json
import logging
from collections.abc import Iterable, Mapping

from telegram.error import TelegramError

from bot.api import BotApi

log = logging.getLogger(__name__)


async def publish_menus(api: BotApi, menus: Iterable[Mapping[str, object]]) -> None:
    """A menu is a convenience: without it the bot answers all the same."""
    try:
        for menu in menus:
            place = {name: value for name, value in menu.items() if name != "commands"}
            if await api.call("getMyCommands", json.dumps(place)) != menu["commands"]:
                await api.call("setMyCommands", json.dumps(menu))
    except TelegramError as error:
        log.warning("the command menus are not published: %s", error)
