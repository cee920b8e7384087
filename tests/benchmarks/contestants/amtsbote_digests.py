"""Our bot as ``amtsbote run`` starts it, with Telegram's limits kept, on a Monday shortly before eight."""

import asyncio
import sys
import time
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.application import Application, collect_less_often
from bot.opening import open_store
from bot.settings import Settings
from tests.benchmarks.sending_api import START, WARMING_UP
from tests.benchmarks.subscribing import DUE_AT

TOKEN = "1:benchmark"
_STARTED_AT = time.monotonic()


def now() -> datetime:
    return DUE_AT + timedelta(seconds=time.monotonic() - _STARTED_AT - WARMING_UP)


async def main(origin: str, database: Path) -> None:
    settings = Settings(token=SecretStr(TOKEN), api_url=origin, database=database)
    async with open_store(settings) as store, Application(settings, store, now=now) as bot:
        collect_less_often()
        running = asyncio.create_task(bot.run())
        await asyncio.sleep((DUE_AT - now()).total_seconds() + 0.01)
        await asyncio.to_thread(urllib.request.urlopen, f"{origin}/bot{TOKEN}/{START}")
        await bot.tick()
        await running


if __name__ == "__main__":
    asyncio.run(main(sys.argv[-2], Path(sys.argv[-1])))
