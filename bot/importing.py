"""``amtsbote import``: reads documents, shows what was understood, applies them to the register."""

from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from bot.failures import Failure
from bot.opening import open_store
from bot.settings import Settings
from documents.findings import UnreadDocument
from documents.sandbox import read_file
from locales.phrases import phrase
from locales.translations import Language, language
from storage.store import Store
from views import findings, html

_IS_FOLDER = phrase("{path} is a folder. Name the files in it.")
_NOT_THERE = phrase("There is no file {path}.")
_NO_FILE = phrase("{path} is no ordinary file.")


async def import_files(
    settings: Settings, files: list[Path], *, public: bool, dry_run: bool, language_code: str | None
) -> int:
    """Reads every file, one transaction each. Returns 1 if one of them could not be read, else 0."""
    for path in files:
        _refuse_what_is_no_file(path)
    say = language(language_code or settings.language)
    failed = 0
    async with open_store(settings, create=True) as store:
        for path in files:
            try:
                _show(await _import_file(store, path, say, public=public, dry_run=dry_run))
            except UnreadDocument as error:
                _show(findings.unread(path.name, error, say))
                failed = 1
    return failed


async def _import_file(store: Store, path: Path, say: Language, *, public: bool, dry_run: bool) -> str:
    reading = await read_file(path, await store.offices())
    if dry_run:
        return findings.report(reading, await store.preview(reading, public=public), say)
    applied = await store.apply(reading, public=public, by="operator", at=datetime.now(UTC))
    return findings.report(reading, applied, say)


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise Failure(_IS_FOLDER, path=path, exit_code=2)
    if not path.exists():
        raise Failure(_NOT_THERE, path=path, exit_code=2)
    if not path.is_file():
        raise Failure(_NO_FILE, path=path, exit_code=2)


def _show(text: str) -> None:
    Console(highlight=False, soft_wrap=True, markup=False).print(html.plain(text))
