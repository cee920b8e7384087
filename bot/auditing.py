"""The audit chain at the command line: whether the history is as it was written, and a new key for a lost one."""

import asyncio
from pathlib import Path

from bot.checks import Check
from bot.failures import Failure
from bot.settings import Settings
from bot.unusable import unusable
from locales.phrases import phrase
from locales.translations import Language, language
from storage import audit
from storage.errors import KeyUnusable
from storage.inspection import inspect

_COPIES = "amtsbote-????-??-??.db"
_NO_REGISTER = phrase("There is no register at {path}.")
_KEY_IS_THERE = phrase("There is an audit key at {path}, so no new chain was begun.")
_MOVE_IT = phrase("If that key is the wrong one, move it aside and keep it; then run the command again.")


async def check_history(settings: Settings, say: Language) -> Check:
    """Nothing is made here: a key that is missing stays missing."""
    name, key_file = say("History"), _key_file(settings)
    try:
        key = audit.read_key(key_file)
    except FileNotFoundError:
        return Check(
            name,
            well=False,
            found=say("the audit key that sealed it is not there: {path}", path=key_file),
            advice=say("Put it back, or set AMTSBOTE_AUDIT_KEY_FILE. If it is lost for good: amtsbote new-key"),
        )
    except KeyUnusable:
        return Check(
            name,
            well=False,
            found=say("the audit key cannot be read: {path}", path=key_file),
            advice=say("Put the key back that was there when the register was made, or set AMTSBOTE_AUDIT_KEY_FILE."),
        )
    found = await audit.verify(settings.database, key, copies=newest_copies(settings))
    if found.broken is not None:
        return _changed(name, found.broken, settings, say)
    if audit.is_open_to_others(key_file):
        return Check(
            name,
            well=False,
            found=say("others may read the audit key: {path}", path=key_file),
            advice=say("Take that right from them: chmod 600 {path}", path=key_file),
        )
    told = say.plural("{n} entry, sealed without a gap", "{n} entries, sealed without a gap", found.rows)
    if found.unproven:
        older = say.plural(
            "{n} older entry, whose key was lost, cannot be checked",
            "{n} older entries, whose key was lost, cannot be checked",
            found.unproven,
        )
        told = f"{told}; {older}"
    return Check(name, well=True, found=told)


async def begin_anew(settings: Settings) -> None:
    """``amtsbote new-key``: a new chain behind what a lost key sealed. Only where there is no key."""
    if not settings.database.exists():
        raise Failure(_NO_REGISTER, path=settings.database)
    key_file = _key_file(settings)
    try:
        await inspect(settings.database)
        key = await asyncio.to_thread(audit.begin_anew, key_file, settings.database)
    except FileExistsError as error:
        raise Failure(_KEY_IS_THERE, advice=_MOVE_IT, path=key_file) from error
    except Exception as error:
        failure = unusable(error, settings.database)
        if failure is None:
            raise
        raise failure from error
    say = language(settings.language)
    print(say("✓ New audit key: {path}. Keep a copy of it apart from the backups.", path=key_file))  # noqa: T201
    older = sum(head.row for head in key.begins.values())
    print(  # noqa: T201
        say.plural(
            "{n} older entry can be checked by the old key alone.",
            "{n} older entries can be checked by the old key alone.",
            older,
        )
    )


def _key_file(settings: Settings) -> Path:
    return settings.audit_key_file or audit.key_beside(settings.database)


def newest_copies(settings: Settings) -> tuple[Path, ...]:
    """The last nightly copy: whatever was there then has to be there still."""
    copies = sorted(settings.backups.glob(_COPIES)) if settings.backups is not None else []
    return tuple(copies[-1:])


def _changed(name: str, broken: audit.Broken, settings: Settings, say: Language) -> Check:
    at = broken.at.astimezone(settings.zone) if broken.at and broken.at.tzinfo else broken.at
    return Check(
        name,
        well=False,
        found=say(
            "entry {number} ({day}) is not as it was written, or is missing",
            number=broken.row,
            day=say.date(at.date()) if at else "–",
        ),
        advice=say("Keep the file as it is, compare it with an older copy, and tell your data protection officer."),
    )
