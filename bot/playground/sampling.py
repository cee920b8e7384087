"""The real bot with the sample register, read at start by the same readers as a city's own documents."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from bot.application import Application
from bot.opening import CITIES, load_offices
from bot.pacing import Unlimited
from bot.playground.api import TOKEN
from bot.playground.clock import STATE, ZONE, Clock
from bot.playground.company import Company
from bot.settings import Settings
from documents import read
from registry.digests import Digest
from registry.people import Role
from registry.queries import Intent, Query
from registry.slots import next_slot
from registry.workdays import Workdays
from storage import digests
from storage.store import Store

SAMPLE = Path(__file__).parent / "sample"


@asynccontextmanager
async def a_sampled_bot(folder: Path, origin: str, company: Company, clock: Clock) -> AsyncIterator[None]:
    """Runs against the Bot API at ``origin``, with a new database in the folder; both go by the one clock."""
    settings = Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        token_file=None,
        api_url=origin,
        database=folder / "demo.db",
        admins=frozenset({company.admin.id}),
        non_public="reference",
        timezone=ZONE.key,
        holidays=STATE,
        free_days=None,
        listen=None,
        backups=None,
    )
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.database)
        stack.push_async_callback(store.close)
        await seed(store, company, clock())
        bot = await stack.enter_async_context(Application(settings, store, pacer=Unlimited(), now=clock))
        clock.on_move = bot.tick
        stack.callback(setattr, clock, "on_move", None)
        yield


async def seed(store: Store, company: Company, now: datetime) -> None:
    """Offices, documents and titles, digests, and what the staff may do. The administration's right is a setting."""
    await store.people.set_role(company.editor.id, Role.EDITOR, ("A50",))
    await store.people.set_role(company.youth.id, Role.EDITOR, ("A51",))
    await store.people.set_role(company.others.id, Role.EDITOR, ("D01", "D03", "D04", "A40"))
    await store.people.set_role(company.coordinator.id, Role.COORDINATOR)
    await load_offices(store, CITIES / "erfurt.toml")
    offices = await store.offices()
    for path in sample_documents():
        reading = read(path.read_text(encoding="utf-8"), source=path.name, offices=offices)
        public = path.parent.name != "nonpublic"
        await store.apply(reading, public=public, by="sample", at=now)
    for digest in digests_of(company):
        await set_up(store, digest, now)


def digests_of(company: Company) -> Iterator[Digest]:
    """Every Monday at eight: the group hears of its own office, the topic of the whole city."""
    (group, _), (forum, topic) = company.places
    yield Digest(chat=group.id, scope=Query(intent=Intent.OPEN, offices=("A50",)))
    yield Digest(chat=forum.id, thread=topic)


async def set_up(store: Store, digest: Digest, now: datetime) -> None:
    first = next_slot(digest.rule, ZONE, Workdays(STATE), after=now)
    next_at = first.due_at if first else None
    await store.database.write(lambda change: digests.save(change.fetch, digest, at=now, next_at=next_at))


def sample_documents() -> list[Path]:
    """Documents first, then the short titles of what they contain."""
    return [*sorted(SAMPLE.glob("*/*.txt")), *sorted(SAMPLE.glob("*.toml"))]
