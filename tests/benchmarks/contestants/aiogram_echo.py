"""aiogram as its documentation shows it: an echo over polling; with ``--one-by-one`` without its tasks."""

import asyncio
import sys

from aiogram import Bot, Dispatcher  # type: ignore[import-not-found]  # lives in an environment of its own
from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found]  # as above
from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found]  # as above
from aiogram.types import Message  # type: ignore[import-not-found]  # as above

TOKEN = "1:benchmark"


async def echo(message: Message) -> None:
    await message.answer(message.text)


async def main(origin: str, *, as_tasks: bool) -> None:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(origin)))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(bot, handle_as_tasks=as_tasks)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[-1], as_tasks="--one-by-one" not in sys.argv))
