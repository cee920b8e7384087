"""Opens the register as the settings name it, with the city's offices in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.failures import Failure
from bot.settings import Settings, SettingsError
from bot.unusable import reason, unusable
from locales.phrases import phrase
from registry.offices import OfficeTree
from registry.reading import Reading
from storage.store import Store

CITIES = Path(__file__).parent / "cities"

_NO_REGISTER = phrase("There is no register at {path}.")
_IMPORT_FIRST = phrase("Import a document first: amtsbote import FILE")
_NO_FOLDER = phrase("There is no folder {path} for the register.")
_MAKE_FOLDER = phrase("Make the folder, or set AMTSBOTE_DATABASE.")
_TREE_UNREAD = phrase("AMTSBOTE_OFFICES names a file that cannot be read: {path} ({reason}).")
_TREE_BROKEN = phrase("AMTSBOTE_OFFICES: line {line} of {path} is not written as an office tree has to be: {words}")
_NO_TREE = phrase("AMTSBOTE_OFFICES names a file without offices in it: {path}")


@asynccontextmanager
async def open_store(settings: Settings, *, create: bool = False, writes: bool = False) -> AsyncIterator[Store]:
    """The register's file. A new one gets the city's offices first; an absent one is an error unless created.

    Nothing is written to one that was neither to be created nor opened for it (``writes``).
    """
    path = settings.database
    try:
        tree = None if path.exists() else _tree_of_a_new_register(settings, create=create)
        store = await Store.open(path, key_file=settings.audit_key_file, only_to_read=not (create or writes))
        try:
            if not (await store.offices()).offices:
                await _apply_offices(store, tree or read_offices(office_file(settings)))
            yield store
        finally:
            await store.close()
    except Exception as error:
        failure = unusable(error, path)
        if failure is None:
            raise
        raise failure from error


def _tree_of_a_new_register(settings: Settings, *, create: bool) -> Reading:
    """Read before there is any file, so that none is left without offices."""
    if not create:
        raise Failure(_NO_REGISTER, advice=_IMPORT_FIRST, path=settings.database)
    if not settings.database.parent.is_dir():
        raise no_folder(settings.database.parent)
    return read_offices(office_file(settings))


def no_folder(folder: Path) -> Failure:
    return Failure(_NO_FOLDER, advice=_MAKE_FOLDER, path=folder, exit_code=2)


def office_file(settings: Settings) -> Path:
    return settings.offices or CITIES / "erfurt.toml"


async def load_offices(store: Store, path: Path) -> None:
    """Reads the city's office tree from its data file into the register."""
    await _apply_offices(store, read_offices(path))


async def _apply_offices(store: Store, tree: Reading) -> None:
    await store.apply(tree, public=True, by="operator", at=datetime.now(UTC))


def read_offices(path: Path) -> Reading:
    """The city's office tree. Raises ``SettingsError`` where the file holds none."""
    # The readers take a while to load, and only a new register needs one.
    from documents import offices
    from documents.data_files import read_table
    from documents.encoding import decode
    from documents.findings import Unreadable

    try:
        text = decode(path.read_bytes())
        if not offices.recognises(text):
            read_table(text)  # a mistake in it may be why
            raise SettingsError(_NO_TREE, path=path)
        return offices.read(text, source=path.name, offices=OfficeTree(()))
    except OSError as error:
        raise SettingsError(_TREE_UNREAD, path=path, reason=reason(error)) from error
    except Unreadable as error:
        if not error.line:
            raise SettingsError(_NO_TREE, path=path) from error
        raise SettingsError(_TREE_BROKEN, path=path, line=error.line, words=error.words) from error
