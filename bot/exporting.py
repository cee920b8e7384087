"""Writes the register out: as JSON, or as a verified copy of its file."""

import json
from datetime import datetime
from pathlib import Path

from bot.failures import Failure
from bot.opening import open_store
from bot.settings import Settings
from registry.people import Reader, Role
from registry.visibility import Clearance
from views.register_json import register_json

OPERATOR = Reader(person=0, chat=0, role=Role.ADMIN, clearance=Clearance.CONTENT)


async def export_register(settings: Settings, kind: str, output: Path) -> None:
    """Writes everything, the non-public included: who can read the register's file may read all of it."""
    if kind != "json":
        raise Failure(f'There is no export "{kind}"; there is: json.', exit_code=2)
    async with open_store(settings) as store:
        register = store.register(OPERATOR)
        exported = register_json(
            offices=(await store.offices()).offices,
            measures=await register.measures(),
            inquiries=await register.inquiries(),
            papers=await register.papers(),
            programmes=await register.programmes(),
            lists=await register.lists(),
        )
    _write_whole(output, json.dumps(exported, ensure_ascii=False, indent=2) + "\n")
    print(output)  # noqa: T201  # the command line's own voice


async def back_up(settings: Settings, output: Path | None) -> None:
    target = output or settings.database.with_name(f"{settings.database.stem}-{datetime.now():%Y%m%d-%H%M%S}.db")  # noqa: DTZ005  # a file name in the operator's own time
    if target.exists():
        raise Failure(f"{target} is there already; a backup never overwrites a file.")
    async with open_store(settings) as store:
        await store.backup(target)
    print(target)  # noqa: T201  # the command line's own voice


def _write_whole(path: Path, text: str) -> None:
    """Writes beside and then renames, so that a reader finds the old file or the new one, never half of one."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Failure(f"{path} could not be written: {error.strerror}.") from error
