"""The real bot with the sample register, read at start by the same readers as a city's own documents."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.application import Application
from bot.opening import CITIES, load_offices
from bot.pacing import Unlimited
from bot.playground.api import TOKEN
from bot.playground.company import Company
from bot.settings import Settings
from documents import read
from registry.people import Role
from storage.store import Store

SAMPLE = Path(__file__).parent / "sample"


@asynccontextmanager
async def a_sampled_bot(folder: Path, origin: str, company: Company) -> AsyncIterator[None]:
    """Runs against the Bot API at ``origin``, with a new database in the folder."""
    settings = Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        token_file=None,
        api_url=origin,
        database=folder / "demo.db",
        admins=frozenset({company.admin.id}),
        non_public="reference",
        listen=None,
        backups=None,
    )
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.database)
        stack.push_async_callback(store.close)
        await seed(store, company)
        await stack.enter_async_context(Application(settings, store, pacer=Unlimited()))
        yield


async def seed(store: Store, company: Company) -> None:
    """Offices, documents and titles, and what the staff may do. The administration's right is a setting."""
    await store.people.set_role(company.editor.id, Role.EDITOR, ("A50",))
    await store.people.set_role(company.youth.id, Role.EDITOR, ("A51",))
    await store.people.set_role(company.others.id, Role.EDITOR, ("D01", "D03", "D04", "A40"))
    await store.people.set_role(company.coordinator.id, Role.COORDINATOR)
    await load_offices(store, CITIES / "erfurt.toml")
    offices = await store.offices()
    for path in sample_documents():
        reading = read(path.read_text(encoding="utf-8"), source=path.name, offices=offices)
        public = path.parent.name != "nonpublic"
        await store.apply(reading, public=public, by="sample", at=datetime.now(UTC))


def sample_documents() -> list[Path]:
    """Documents first, then the short titles of what they contain."""
    return [*sorted(SAMPLE.glob("*/*.txt")), *sorted(SAMPLE.glob("*.toml"))]
