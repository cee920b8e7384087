"""aiogram and aiosqlite as such bots are usually written: a status is said, shown, confirmed by a button and saved.

What was said waits in the memory of aiogram's dialogues; a change is one statement and its commit. With
``--may-lose-the-last`` SQLite does not wait for the disk at each commit (synchronous=NORMAL).
"""

import asyncio
import json
import re
import sys
from datetime import UTC, datetime
from functools import partial

import aiosqlite
from aiogram import Bot, Dispatcher, F  # type: ignore[import-not-found]  # lives in an environment of its own
from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found]  # as above
from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found]  # as above
from aiogram.fsm.context import FSMContext  # type: ignore[import-not-found]  # as above
from aiogram.types import (  # type: ignore[import-not-found]  # as above
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

TOKEN = "1:benchmark"
COMMAND = re.compile(r"/status (\S+) (\w+) (.+)", re.DOTALL)
STATUSES = {"voll": "fully", "teilweise": "partly", "nicht": "not_implemented", "verworfen": "discarded"}
SAVE, CANCEL = "save", "cancel"
KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Speichern", callback_data=SAVE)],
        [InlineKeyboardButton(text="Nicht speichern", callback_data=CANCEL)],
    ]
)
OFFICE = "SELECT office FROM people WHERE id = ?"
MEASURE = """
SELECT id, title, lead_offices, status FROM measures WHERE number = ? ORDER BY as_of DESC, concept DESC LIMIT 1
"""
CHANGE = """
UPDATE measures SET status = :status, current_state = :text, as_of = :as_of, version = version + 1 WHERE id = :id
"""


async def propose(message: Message, state: FSMContext, database: aiosqlite.Connection) -> None:
    said = COMMAND.fullmatch(message.text)
    if said is None or said[2] not in STATUSES:
        await message.answer("?")
        return
    offices = list(await database.execute_fetchall(OFFICE, (message.from_user.id,)))
    found = list(await database.execute_fetchall(MEASURE, (said[1],)))
    if not offices or not found or offices[0][0] not in json.loads(found[0][2]):
        await message.answer("Das geht nicht.")
        return
    measure, title, _, before = found[0]
    summary = f"{said[1]} · {title}\n{before} → {STATUSES[said[2]]}\n{said[3]}"
    await state.update_data(id=measure, status=STATUSES[said[2]], text=said[3], summary=summary)
    await message.answer(f"{summary}\n\nSo speichern?", reply_markup=KEYBOARD)


async def save(press: CallbackQuery, state: FSMContext, database: aiosqlite.Connection) -> None:
    told = await state.get_data()
    if not told:
        await press.answer("Schon gespeichert.")
        return
    await state.clear()
    changed = {name: told[name] for name in ("id", "status", "text")}
    await database.execute(CHANGE, {**changed, "as_of": datetime.now(UTC).date().isoformat()})
    await database.commit()
    await press.answer("Gespeichert.")
    await press.message.edit_text(f"Gespeichert.\n{told['summary']}")


async def cancel(press: CallbackQuery, state: FSMContext) -> None:
    await state.clear()
    await press.answer()
    await press.message.edit_text("Nichts geändert.")


async def main(origin: str, path: str, *, synchronous: str) -> None:
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(origin)))
    async with aiosqlite.connect(path) as database:
        await database.execute("PRAGMA journal_mode=WAL")
        await database.execute(f"PRAGMA synchronous={synchronous}")
        dispatcher = Dispatcher()
        dispatcher.message.register(partial(propose, database=database))
        dispatcher.callback_query.register(partial(save, database=database), F.data == SAVE)
        dispatcher.callback_query.register(cancel, F.data == CANCEL)
        await dispatcher.start_polling(bot)


if __name__ == "__main__":
    durability = "NORMAL" if "--may-lose-the-last" in sys.argv else "FULL"
    asyncio.run(main(sys.argv[-2], sys.argv[-1], synchronous=durability))
