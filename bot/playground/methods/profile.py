"""The bot about itself: who it is, its command menus and its descriptions per language."""

import re

from bot.playground.payloads import Json, Payload
from bot.playground.refusals import bad_request
from bot.playground.town import Event, Menu, Town

COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
MAX_COMMANDS = 100
MAX_DESCRIPTION = 256
SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)
LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def get_me(town: Town, _: Payload) -> Json:
    return town.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": town.reads_all_groups,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(town: Town, given: Payload) -> Json:
    commands = tuple(_read_command(item) for item in given.items("commands"))
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = _menu_key(town, given)
    town.menus[key] = Menu(*key, commands)
    town.tell(Event("menu"))
    return True


def get_my_commands(town: Town, given: Payload) -> Json:
    menu = town.menus.get(_menu_key(town, given))
    return [{"command": name, "description": text} for name, text in menu.commands] if menu else []


def delete_my_commands(town: Town, given: Payload) -> Json:
    town.menus.pop(_menu_key(town, given), None)
    town.tell(Event("menu"))
    return True


def set_profile(field: str, town: Town, given: Payload) -> Json:
    text = given.text(field)
    if len(text) > LENGTHS[field]:
        raise bad_request(f"{field.replace('_', ' ')} is too long")
    town.profile[field, _language(given)] = text
    return True


def get_profile(field: str, town: Town, given: Payload) -> Json:
    default = town.profile.get((field, ""), town.bot.first_name if field == "name" else "")
    return {field: town.profile.get((field, _language(given))) or default}


def menu_for(town: Town, room: int, person: int, *, private: bool, language: str) -> tuple[tuple[str, str], ...]:
    """The menu a person sees in a chat: the narrowest scope wins, and in it their language."""
    scopes = (f"chat_member:{room}:{person}", f"chat:{room}", "all_private_chats" if private else "all_group_chats")
    for scope in (*scopes, "default"):
        for code in (language, ""):
            menu = town.menus.get((scope, code))
            if menu and menu.commands:
                return menu.commands
    return ()


def _read_command(item: Json) -> tuple[str, str]:
    if not isinstance(item, dict):
        raise bad_request("can't parse bot command: expected an Object")
    given = Payload(item)
    name, text = given.text("command").removeprefix("/"), given.text("description")
    if not COMMAND_NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(text.strip()) <= MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return name, text


def _menu_key(town: Town, given: Payload) -> tuple[str, str]:
    scope = given.nested("scope") or Payload({"type": "default"})
    kind = scope.text("type")
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    parts = [kind]
    if kind.startswith("chat"):
        parts.append(str(town.find_room(scope).id))
    if kind == "chat_member":
        parts.append(scope.text("user_id"))
    return ":".join(parts), _language(given)


def _language(given: Payload) -> str:
    code = given.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code
