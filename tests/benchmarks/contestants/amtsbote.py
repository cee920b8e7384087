"""Our bot as ``amtsbote run`` starts it, but without Telegram's limits on sending.

With ``--nothing-kept`` each question is understood, looked up and composed anew, however often it was asked before.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr

from bot.application import Application
from bot.opening import open_store
from bot.pacing import Unlimited
from bot.settings import Settings
from handlers.shelf import Shelf

TOKEN = "1:benchmark"

T = TypeVar("T")


async def compose_anew(
    _shelf: object, _wanted: object, _revision: object, compose: Callable[[], Awaitable[T]], **_keeping: object
) -> T:
    return await compose()


async def main(origin: str, database: Path) -> None:
    settings = Settings(token=SecretStr(TOKEN), api_url=origin, database=database)
    async with open_store(settings) as store, Application(settings, store, pacer=Unlimited()) as bot:
        await bot.run()


if __name__ == "__main__":
    if "--nothing-kept" in sys.argv:
        setattr(Shelf, "take", compose_anew)  # noqa: B010  # an assignment would be a typing error
    asyncio.run(main(sys.argv[-2], Path(sys.argv[-1])))
