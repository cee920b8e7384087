"""Starts bots as child processes within milliseconds: a process that has imported everything forks at each line.

Run as ``python -m tests.reliability.nursery DATABASE ORIGIN`` with ``--confirm-first``, ``--answer-first``, or
``--clock=FILE`` and maybe ``--in-one-go``; it answers each line with a pid.
"""

import asyncio
import gc
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from pydantic import SecretStr
from telegram import Update

import bot.application
import handlers.intray
import storage.store
from bot.application import Application, a_router
from bot.envelopes import KINDS, confirming
from bot.intake import Intake
from bot.pacing import Unlimited
from bot.playground.api import TOKEN
from bot.settings import Settings
from documents import read
from documents.encoding import decode
from handlers.router import Outcome, Router
from registry.changes import Change, KeepData
from registry.digests import Bulletin, Digest
from registry.offices import OfficeTree
from registry.people import Role
from registry.reading import Reading
from scheduler.composing import Composing
from scheduler.readers import Places
from scheduler.ticker import ticking
from storage.bulletins import Posted
from storage.changes import write_change
from storage.database import Transaction
from storage.inbox import Inbox
from storage.outgoing import Outgoing, OutgoingKind
from storage.store import Store
from tests.chatting import a_city
from tests.handlers.a_register import fill

# One life in so many reads documents in a process apart, as the program does: most end before that has started.
SANDBOXED = 25
CLOCK = "--clock="
COUNT = "count "  # what is counted must be counted once; everything else goes to the real router


class Tally:
    """Writes for ``count <n>``, in the transaction that answers; the real router answers the rest."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self.bot_id = 0
        self.bot_name = ""

    async def handle(self, update: Update, now: datetime) -> Outcome:
        message = update.message
        if message is None or message.text is None or not message.text.startswith(COUNT):
            return await self._router.handle(update, now)
        number = message.text.removeprefix(COUNT)
        reply = {"chat_id": message.chat.id, "text": f"counted {number}"}
        return Outcome((Outgoing(message.chat.id, "sendMessage", reply),), (KeepData(token=number, data=number),))


class ConfirmFirst(Intake):
    """The mistake of a common bot: Telegram is told that updates have arrived before they are on disk."""

    async def _keep(self, updates: Sequence[object]) -> None:
        if updates:
            await self._room.api.updates(confirming(updates), kinds=KINDS, seconds=0)
        await super()._keep(updates)


class AnswerFirst(Inbox):
    """The mistake of a common bot: people are told that something is saved before it is."""

    async def settle(
        self,
        update: int,
        outgoing: Sequence[Outgoing] = (),
        changes: Sequence[Change] = (),
        *,
        at: datetime,
        refused: bool = False,
    ) -> None:
        await super().settle(update, outgoing, (), at=at, refused=refused)
        await asyncio.sleep(0.02)

        async def write(transaction: Transaction) -> None:
            for change in changes:
                await write_change(transaction, change)

        await self._database.write(write)


async def read_at_once(name: str, content: bytes, offices: OfficeTree) -> Reading:
    return read(decode(content), source=name, offices=offices)


class InOneGo(Composing):
    """The mistake of a common bot: a digest is sent as it is, and sent again where nobody knows whether it arrived."""

    async def announcement(
        self, digest: Digest, bulletin: Bulletin, now: datetime, places: Places | None = None
    ) -> Outgoing | None:
        posted = Posted(bulletin, part=1, tries=0, message=None, message_id=1, is_unreachable=False)
        text = await self.text(posted, now)
        if text is None:
            return None
        payload = {name: value for name, value in text.edit.payload.items() if name != "message_id"}
        return Outgoing(bulletin.chat, "sendMessage", payload, OutgoingKind.POST, text.edit.label, text.edit.refs)


class FileClock:
    """A clock that shows what somebody has written into a file, and looks at it often."""

    def __init__(self, file: Path) -> None:
        self._file = file
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # that a tick is skipped is no news
        setattr(bot.application, "ticking", partial(ticking, seconds=0.1))  # noqa: B010  # as below

    def __call__(self) -> datetime:
        return datetime.fromisoformat(self._file.read_text())


async def serve(settings: Settings, now: Callable[[], datetime] | None) -> None:
    store = await Store.open(settings.database)
    try:
        router = Tally(a_router(settings, store))
        async with Application(settings, store, router=router, pacer=Unlimited(), now=now, poll_seconds=5) as app:
            await app.run()
    finally:
        await store.close()


async def _warm_up() -> None:
    """What a program loads when it first needs it is loaded once here, not by every child: that takes longest."""
    with tempfile.TemporaryDirectory(prefix="amtsbote-warm-") as folder:
        async with a_city(Path(folder)) as city:
            await fill(city.store, with_secrets=False)
            chat = city.chat(await city.person(role=Role.COORDINATOR))
            with suppress(TimeoutError):  # on a machine that is busy with other things
                for text in ("was ist offen für A50", "/status 1.5.M1 voll Fertig"):
                    await chat.says(text)
                await chat.taps("✓ Speichern")


def main(database: str, origin: str, *flags: str) -> None:
    if "--confirm-first" in flags:
        setattr(bot.application, "Intake", ConfirmFirst)  # noqa: B010  # mypy forbids it as an assignment
    if "--answer-first" in flags:
        setattr(storage.store, "Inbox", AnswerFirst)  # noqa: B010  # as above
    if "--in-one-go" in flags:
        setattr(bot.application, "Composing", InOneGo)  # noqa: B010  # as above
    settings = Settings(token=SecretStr(TOKEN), api_url=origin, database=Path(database), non_public="content")
    files = [flag.removeprefix(CLOCK) for flag in flags if flag.startswith(CLOCK)]
    now = FileClock(Path(files[0])) if files else None
    asyncio.run(_warm_up())
    gc.freeze()
    while sys.stdin.readline():
        child = os.fork()
        if not child:
            code = 1
            if os.getpid() % SANDBOXED:
                setattr(handlers.intray, "read_sent", read_at_once)  # noqa: B010  # as above
            try:
                asyncio.run(serve(settings, now))
                code = 0
            finally:
                os._exit(code)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
