"""Writes the register out: as JSON, or as a verified copy of its file."""

import json
import os
import tempfile
from datetime import datetime
from pathlib import Path

from bot.failures import Failure
from bot.opening import open_store
from bot.settings import Settings
from bot.unusable import NO_FOLDER, OTHER_REASON, is_sqlite_outage, reason
from locales.phrases import phrase
from registry.people import Reader, Role
from registry.visibility import Clearance
from views.register_json import register_json

OPERATOR = Reader(person=0, chat=0, role=Role.ADMIN, clearance=Clearance.CONTENT)

_NO_SUCH_EXPORT = phrase("There is no export “{kind}”; there is: json.")
_NOT_OVERWRITTEN = phrase("{path} is there already; a backup never overwrites a file.")
_NO_EXPORT = phrase("{path} is there already and is no older export, so it stays as it is.")
_NOT_WRITTEN = phrase("{path} could not be written: {reason}.")
_OTHER_NAME = phrase("Choose another name.")

_OPENING = '{\n  "offices": ['  # how every export begins


async def export_register(settings: Settings, kind: str, output: Path) -> None:
    """Writes everything, the non-public included: who can read the register's file may read all of it."""
    if kind != "json":
        raise Failure(_NO_SUCH_EXPORT, kind=kind, exit_code=2)
    target = output.resolve()
    if target.exists() and not _is_export(target):
        raise Failure(_NO_EXPORT, advice=_OTHER_NAME, path=output, exit_code=2)
    _refuse_missing_folder(target)
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
    _write_whole(target, json.dumps(exported, ensure_ascii=False, indent=2) + "\n")
    print(output)  # noqa: T201  # the command line's own voice


async def back_up(settings: Settings, output: Path | None) -> None:
    target = output or settings.database.with_name(f"{settings.database.stem}-{datetime.now():%Y%m%d-%H%M%S}.db")  # noqa: DTZ005  # a file name in the operator's own time
    if os.path.lexists(target):
        raise Failure(_NOT_OVERWRITTEN, path=target)
    _refuse_missing_folder(target)
    os.umask(0o077)  # the copy holds the non-public too
    async with open_store(settings) as store:
        try:
            await store.backup(target)
        except Exception as error:
            if not (isinstance(error, OSError) or is_sqlite_outage(error)):
                raise
            why = reason(error) if isinstance(error, OSError) else OTHER_REASON
            raise Failure(_NOT_WRITTEN, path=target, reason=why) from error
    print(target)  # noqa: T201  # the command line's own voice


def _refuse_missing_folder(target: Path) -> None:
    if not target.parent.is_dir():
        raise Failure(_NOT_WRITTEN, path=target, reason=NO_FOLDER, exit_code=2)


def _is_export(path: Path) -> bool:
    """A device, the register or a file of anybody else's must not be written over by a slip of the finger."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_OPENING)) in (b"", _OPENING.encode())


def _write_whole(path: Path, text: str) -> None:
    """Writes beside and then renames, so that a reader finds the old file or the new one, never half of one.

    Only the owner may read it, as with every temporary file: it holds the non-public too.
    """
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".", delete=False) as beside:
            try:
                beside.write(text)
                beside.flush()
                os.fsync(beside.fileno())
                Path(beside.name).replace(path)
            except BaseException:
                Path(beside.name).unlink()
                raise
    except OSError as error:
        raise Failure(_NOT_WRITTEN, path=path, reason=reason(error)) from error
