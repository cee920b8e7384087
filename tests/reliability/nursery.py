"""Starts bots as child processes within milliseconds: a process that has imported everything forks at each line.

Run as ``python -m tests.reliability.nursery DATABASE ORIGIN [--confirm-first | --answer-first]``; it answers each line
with a pid.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from telegram import Update

import bot.application
import storage.store
from bot.application import Application, a_router
from bot.envelopes import KINDS, confirming
from bot.intake import Intake
from bot.pacing import Unlimited
from bot.playground.api import TOKEN
from bot.settings import Settings
from handlers.router import Outcome, Router
from locales.translations import language, languages
from registry.changes import Change, KeepData
from storage.changes import write_change
from storage.database import Transaction
from storage.inbox import Inbox
from storage.outgoing import Outgoing
from storage.store import Store

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


async def serve(settings: Settings) -> None:
    store = await Store.open(settings.database)
    try:
        router = Tally(a_router(settings, store))
        async with Application(settings, store, router=router, pacer=Unlimited(), poll_seconds=5) as app:
            await app.run()
    finally:
        await store.close()


def main(database: str, origin: str, *flags: str) -> None:
    if "--confirm-first" in flags:
        setattr(bot.application, "Intake", ConfirmFirst)  # noqa: B010  # mypy forbids it as an assignment
    if "--answer-first" in flags:
        setattr(storage.store, "Inbox", AnswerFirst)  # noqa: B010  # as above
    settings = Settings(token=SecretStr(TOKEN), api_url=origin, database=Path(database))
    for name in languages():  # read once here, not by every child
        language(name)
    while sys.stdin.readline():
        child = os.fork()
        if not child:
            code = 1
            try:
                asyncio.run(serve(settings))
                code = 0
            finally:
                os._exit(code)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
