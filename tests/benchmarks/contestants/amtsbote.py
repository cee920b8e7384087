"""Our bot as ``amtsbote run`` starts it, but without Telegram's limits on sending."""

import asyncio
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.application import Application
from bot.opening import open_store
from bot.pacing import Unlimited
from bot.settings import Settings

TOKEN = "1:benchmark"


async def main(origin: str, database: Path) -> None:
    settings = Settings(token=SecretStr(TOKEN), api_url=origin, database=database)
    async with open_store(settings) as store, Application(settings, store, pacer=Unlimited()) as bot:
        await bot.run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
