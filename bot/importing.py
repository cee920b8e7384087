"""``amtsbote import``: reads documents, shows what was understood, applies them to the register."""

from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from bot.failures import Failure
from bot.opening import open_store
from bot.settings import Settings
from documents.findings import UnreadDocument
from documents.sandbox import read_file
from locales.translations import Language, language
from storage.store import Store
from views import findings, html


async def import_files(
    settings: Settings, files: list[Path], *, public: bool, dry_run: bool, language_code: str | None
) -> int:
    """Reads every file, one transaction each. Returns 1 if one of them could not be read, else 0."""
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
    if not path.is_file():
        raise Failure(f"There is no file {path}.", exit_code=2)
    reading = await read_file(path, await store.offices())
    if dry_run:
        return findings.report(reading, await store.preview(reading), say)
    applied = await store.apply(reading, public=public, by="operator", at=datetime.now(UTC))
    return findings.report(reading, applied, say)


def _show(text: str) -> None:
    Console(highlight=False, soft_wrap=True, markup=False).print(html.plain(text))
