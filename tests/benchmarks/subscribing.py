"""Gives a register groups that get digests, and measures what composing all of those costs."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.application import collect_less_often
from locales.translations import language
from registry.digests import Bulletin, Digest, key_of
from registry.offices import OfficeTree
from registry.queries import Query
from registry.workdays import Workdays
from scheduler.composing import Composing
from scheduler.digests import AT_ONCE as ANNOUNCED_AT_ONCE
from scheduler.readers import City
from storage import digests
from storage.bulletins import Posted, Text
from storage.database import Transaction
from storage.store import Store
from views.html import tied
from views.message import Message

T = TypeVar("T")
FIRST_GROUP = -1_000_001
MONDAY = date(2026, 11, 23)
DUE_AT = datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Europe/Berlin"))
ARRIVED_AT_ONCE = 4  # while texts are gathered
PASSES = 3
NEWS = 50  # entries of the history since the last digests
LANGUAGES = (*["de"] * 19, "en")
_GROUP = "INSERT INTO chats (id, title, admitted) VALUES (:id, 'Group', 1)"
_REMINDED = 'INSERT INTO mornings ("on") VALUES (:on)'  # at half past seven
_TOLD = "UPDATE digests SET told_to = (SELECT max(id) FROM history) - :news, told_on = :told_on"


@dataclass(frozen=True, slots=True)
class Composed:
    """What composing cost: seconds of all threads; ``different`` are the texts that differ."""

    digests: int
    messages: int
    different: int
    cpu: float


def subscriptions(groups: int, offices: OfficeTree) -> list[Digest]:
    """Each for the whole city, for a department or an office in turn, in both languages."""
    scopes = [Query(), *(Query(offices=(office.code,)) for office in offices)]
    chosen = zip(islice(cycle(scopes), groups), cycle(LANGUAGES), strict=False)
    return [
        Digest(chat=FIRST_GROUP - number, scope=scope, language=language)
        for number, (scope, language) in enumerate(chosen)
    ]


async def subscribe(store: Store, wanted: Sequence[Digest]) -> None:
    async def save(transaction: Transaction) -> None:
        await transaction.run_each(_GROUP, [{"id": digest.chat} for digest in wanted])
        for digest in wanted:
            await digests.save(transaction.fetch, digest, at=DUE_AT - timedelta(days=6), next_at=DUE_AT)
        await transaction.run_each(_REMINDED, [{"on": MONDAY.isoformat()}])
        told_on = (MONDAY - timedelta(days=7)).isoformat()
        await transaction.run_each(_TOLD, [{"news": NEWS, "told_on": told_on}])

    await store.database.write(save)


async def compose(store: Store) -> tuple[Composed, list[tuple[int, str]]]:
    """Every announcement and every text, as when all are due at once; and all messages with their groups."""
    composing, moment = Composing(store, City()), DUE_AT + timedelta(seconds=1)
    for code in LANGUAGES:  # as the bot has them, and the holidays, since its first answer
        language(code).date(MONDAY)
    Workdays().between(MONDAY, MONDAY + timedelta(days=400))
    due = await digests.due(store.database.read, moment)
    bulletins = [
        Bulletin(
            key=key_of(one.digest.id, MONDAY),
            digest=one.digest.id,
            chat=one.digest.chat,
            on=MONDAY,
            due_at=DUE_AT,
            told_to=one.told_to,
            told_on=one.told_on,
        )
        for one in due
    ]
    started_at = time.process_time()
    for some in _batches(list(zip(due, bulletins, strict=True)), ANNOUNCED_AT_ONCE):
        places = await store.people.places([one.digest.chat for one, _ in some], moment)
        for one, bulletin in some:
            await composing.announcement(one.digest, bulletin, moment, places)
    texts = []
    for arrived in _batches(bulletins, ARRIVED_AT_ONCE):
        seen = await composing.look_at(arrived, moment)
        texts += [await composing.text(Posted(one, 1, 0, None, 1, False), moment, seen) for one in arrived]
    cpu = time.process_time() - started_at
    said = [(text.posted.bulletin.chat, words) for text in texts if text for words in _messages(text)]
    return Composed(len(texts), len(said), len({words for _, words in said}), cpu), said


def _batches(due: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (due[at : at + size] for at in range(0, len(due), size))


def _messages(text: Text) -> Iterator[str]:
    yield str(text.edit.payload["text"])
    for _, further in text.further:
        yield tied(Message.model_validate_json(further).html)


async def main(database: Path, groups: int, texts: Path) -> None:
    """Subscribes, composes, keeps the texts for those who only send, and says what it cost."""
    store = await Store.open(database)
    collect_less_often()
    try:
        await subscribe(store, subscriptions(groups, await store.offices()))
        await compose(store)  # nothing of it is kept but what a running bot has read and loaded
        passes = [await compose(store) for _ in range(PASSES)]
        composed, said = sorted(passes, key=lambda one: one[0].cpu)[PASSES // 2]
    finally:
        await store.close()
    texts.write_text(json.dumps(said), encoding="utf-8")
    print(json.dumps(asdict(composed)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
