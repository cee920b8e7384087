"""Digests of chats that may not see what is non-public are byte for byte the same whether there is any of it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from registry.digests import Bulletin, Digest, WhenEmpty
from registry.measures import Status
from registry.people import Role
from registry.queries import Kind, Query
from registry.visibility import Clearance, Visibility
from scheduler.composing import Composing
from scheduler.readers import City
from storage import digests
from storage.bulletins import Posted
from storage.store import Store
from tests.chatting import NOW
from tests.handlers.a_register import PUBLIC, SECRET, fill

READERS, GROUP, CLEARED = 7_002, -100_500, -100_501
EDITOR = 7_003
SCOPES = (
    Query(),
    Query(offices=("A50",)),
    Query(offices=("A11", "A50")),
    Query(offices=("D05",)),
    Query(field=1),
    Query(field=7),
    Query(concept="Geheimkonzept"),
    Query(originator="Fraktion Verborgen"),
    Query(programme="GehProg"),
    Query(kinds=(Kind.INQUIRY,)),
    Query(kinds=(Kind.PAPER, Kind.PROGRAMME, Kind.MILESTONE)),
)
DAYS = (NOW, NOW + timedelta(days=14), NOW + timedelta(days=400))
_CHAT = "INSERT INTO chats (id, title, admitted, clearance) VALUES (:id, 'Team', 1, :clearance)"


@dataclass
class Town:
    """A register, and how far its history went when the digests before were composed."""

    store: Store
    told_to: int

    async def says(self, chat: int, scope: Query, at: int, *, non_public: Clearance) -> list[object]:
        """Everything that goes out: the line, and its text."""
        now = DAYS[at]
        composing = Composing(self.store, City(non_public=non_public))
        digest = Digest(id=1, chat=chat, scope=scope, when_empty=WhenEmpty.LINE)
        slot = {"key": "digest 1", "digest": 1, "chat": chat, "on": now.date(), "due_at": now}
        told = {"told_to": self.told_to, "told_on": date(2026, 11, 16)}
        bulletin = Bulletin.model_validate(slot | told)
        line = await composing.announcement(digest, bulletin, now)
        await self.store.database.write(lambda t: digests.save(t.fetch, digest, at=now, next_at=None))
        text = await composing.text(Posted(bulletin, 1, 0, None, 5, False), now)
        assert line and text
        said = [line, text.edit, *(one for one, _ in text.further), *(body for _, body in text.further)]
        return [*said, text.changes]


async def a_town(folder: Path, *, with_secrets: bool) -> Town:
    """Everything was told a week ago; since then public records changed, and non-public ones came and changed."""
    store = await Store.open(folder / "city.db")
    await fill(store, with_secrets=with_secrets)
    await store.people.set_role(READERS, Role.READER)
    await store.people.set_role(EDITOR, Role.EDITOR, ("A50",))
    await store.database.write_rows(
        (_CHAT, [{"id": GROUP, "clearance": 0}, {"id": CLEARED, "clearance": int(Clearance.CONTENT)}])
    )
    [row] = await store.database.read("SELECT max(id) AS id FROM history")
    if with_secrets:
        [hidden] = SECRET.measures
        changed = hidden.model_copy(update={"status": Status.FULLY, "version": 0})
        more = tuple(hidden.model_copy(update={"number": f"7.1.M{n}"}) for n in range(2, 20))
        await store.apply(SECRET.model_copy(update={"measures": (changed, *more)}), public=False, by="test", at=NOW)
    public = tuple(measure.model_copy(update={"title": f"{measure.title} neu"}) for measure in PUBLIC.measures)
    await store.apply(PUBLIC.model_copy(update={"measures": public}), public=True, by="test", at=NOW)
    return Town(store, row["id"])


@pytest.fixture
async def towns(tmp_path: Path) -> AsyncIterator[tuple[Town, Town]]:
    async with AsyncExitStack() as stack:
        found = []
        for with_secrets in (True, False):
            folder = tmp_path / str(with_secrets)
            folder.mkdir()
            found.append(await a_town(folder, with_secrets=with_secrets))
            stack.push_async_callback(found[-1].store.close)
        yield found[0], found[1]


@pytest.mark.parametrize("scope", SCOPES, ids=str)
async def test_a_digest_does_not_tell_whether_there_is_something_hidden(towns: tuple[Town, Town], scope: Query) -> None:
    with_secrets, without = towns
    for at in range(len(DAYS)):
        for chat, non_public in (
            (GROUP, Clearance.CONTENT),
            (READERS, Clearance.CONTENT),
            (CLEARED, Clearance.PUBLIC),
            (CLEARED, Clearance.REFERENCE),
            (EDITOR, Clearance.REFERENCE),
        ):
            told = await with_secrets.says(chat, scope, at, non_public=non_public)
            assert told == await without.says(chat, scope, at, non_public=non_public)


async def test_a_cleared_group_is_told_and_what_it_is_told_is_labelled(towns: tuple[Town, Town]) -> None:
    """Else the other tests could not fail."""
    with_secrets, without = towns

    told = await with_secrets.says(CLEARED, Query(), 0, non_public=Clearance.CONTENT)

    assert told != await without.says(CLEARED, Query(), 0, non_public=Clearance.CONTENT)
    assert "Geheime" in str(told)
    assert [getattr(one, "label", Visibility.NONPUBLIC) for one in told] == [Visibility.NONPUBLIC] * len(told)
