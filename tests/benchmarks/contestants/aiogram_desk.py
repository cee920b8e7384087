"""aiogram and aiosqlite, well written: what is open for an office, from an index made for that question."""

import asyncio
import re
import sys
from collections.abc import Iterable
from functools import partial
from sqlite3 import Row

import aiosqlite
from aiogram import Bot, Dispatcher  # type: ignore[import-not-found]  # lives in an environment of its own
from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found]  # as above
from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found]  # as above
from aiogram.types import Message  # type: ignore[import-not-found]  # as above

TOKEN = "1:benchmark"
QUESTION = re.compile(r"was ist offen für (\w+)")

# One statement, so one hop to the database's thread, over a covering index and a count kept ready.
FIRST_FIVE = """
SELECT ref, title, due_on, (SELECT total FROM open_counts WHERE office = :office) AS total
FROM desk WHERE office = :office ORDER BY position LIMIT 5
"""


async def answer(message: Message, database: aiosqlite.Connection) -> None:
    asked = QUESTION.match(message.text)
    if asked is None:
        await message.answer("?")
        return
    rows = await database.execute_fetchall(FIRST_FIVE, {"office": asked[1]})
    await message.answer(reply(asked[1], rows))


def reply(office: str, rows: Iterable[Row]) -> str:
    lines = [f"{row['ref']} · {row['title']} · {row['due_on'] or '–'}" for row in rows]
    total = next((row["total"] for row in rows), 0)
    return "\n".join([f"{office}: {total} offen", *lines])


async def main(origin: str, path: str) -> None:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(origin)))
    async with aiosqlite.connect(path) as database:
        database.row_factory = Row
        dispatcher = Dispatcher()
        dispatcher.message.register(partial(answer, database=database))
        await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
