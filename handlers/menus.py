"""The messenger's command menus: one for each language and kind of chat."""

from collections.abc import Iterable, Mapping

from handlers.commands import COMMANDS
from locales.translations import DEFAULT, Language, language, languages

MOST_ENTRIES = 9

_PRIVATE = ("open", "mine", "overdue", "deadlines", "status", "answer", "search", "summary", "help")
_GROUP = ("open", "overdue", "deadlines", "show", "search", "summary", "history", "help")
_GROUP_ADMINS = (*_GROUP, "admit")

_SCOPES: Mapping[str, tuple[str, ...]] = {
    "all_private_chats": _PRIVATE,
    "all_group_chats": _GROUP,
    "all_chat_administrators": _GROUP_ADMINS,
}


def menus() -> tuple[Mapping[str, object], ...]:
    """One setMyCommands payload per scope and language; the default language also stands without a code."""
    return tuple(
        {"scope": {"type": scope}, "commands": _entries(names, language(code)), **tagged}
        for scope, names in _SCOPES.items()
        for code in languages()
        for tagged in ([{"language_code": code}, {}] if code == DEFAULT else [{"language_code": code}])
    )


def _entries(names: Iterable[str], say: Language) -> list[dict[str, str]]:
    by_name = {command.name: command for command in COMMANDS}
    return [{"command": by_name[name].called_in(say.code), "description": say(by_name[name].menu)} for name in names]
