"""Opens the register as the settings name it, with the city's offices in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.failures import Failure
from bot.settings import Settings
from documents import read
from registry.offices import OfficeTree
from storage.errors import RegisterUnusable
from storage.store import Store

CITIES = Path(__file__).parent / "cities"


@asynccontextmanager
async def open_store(settings: Settings, *, create: bool = False) -> AsyncIterator[Store]:
    """The register's file. A new one gets the city's offices first; an absent one is an error unless created."""
    if not create and not settings.database.exists():
        raise Failure(f"There is no register at {settings.database}. Import a document first: amtsbote import FILE")
    try:
        store = await Store.open(settings.database)
    except RegisterUnusable as error:
        raise Failure(f"The register cannot be used. {error}.") from error
    try:
        if not (await store.offices()).offices:
            await load_offices(store, settings.offices or CITIES / "erfurt.toml")
        yield store
    finally:
        await store.close()


async def load_offices(store: Store, path: Path) -> None:
    """Reads the city's office tree from its data file into the register."""
    reading = read(path.read_text(encoding="utf-8"), source=path.name, offices=OfficeTree(()))
    await store.apply(reading, public=True, by="operator", at=datetime.now(UTC))
