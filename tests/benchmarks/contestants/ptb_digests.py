"""python-telegram-bot sends digests that are composed already, and echoes what people say meanwhile.

One after the other, as most bots do it; with ``--limited`` all at once through its rate limiter, which with
``--retries`` sends again what was refused.
"""

import asyncio
import json
import sys
import urllib.request
from pathlib import Path

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

TOKEN = "1:benchmark"
RETRIES = 5
START, WARMING_UP = "startclock", 8.0  # as tests/benchmarks/sending_api says; this runs in an environment of its own
CONNECTIONS = 256

Texts = list[tuple[int, str]]


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_chat and update.message and update.message.text:
        await context.bot.send_message(update.effective_chat.id, update.message.text)


async def send_all(application: "Application", texts: Texts, *, at_once: bool) -> None:  # type: ignore[type-arg]
    await asyncio.sleep(WARMING_UP)
    await asyncio.to_thread(urllib.request.urlopen, f"{application.bot.base_url}/{START}")

    async def send(chat: int, text: str) -> None:
        try:
            await application.bot.send_message(chat, text, parse_mode="HTML")
        except TelegramError as error:
            print(f"{chat} is not told: {error}", file=sys.stderr)

    if at_once:
        await asyncio.gather(*(send(chat, text) for chat, text in texts))
    else:
        for chat, text in texts:
            await send(chat, text)


def main(origin: str, texts: Texts, *, limited: bool, retries: int) -> None:
    async def begin(application: "Application") -> None:  # type: ignore[type-arg]
        application.bot_data["sending"] = asyncio.create_task(send_all(application, texts, at_once=limited))

    request = HTTPXRequest(connection_pool_size=CONNECTIONS, pool_timeout=120.0)
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{origin}/bot").concurrent_updates(True).request(request)
    if limited:
        builder = builder.rate_limiter(AIORateLimiter(max_retries=retries))  # type: ignore[arg-type]  # as documented
    application = builder.post_init(begin).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(
        sys.argv[-2],
        json.loads(Path(sys.argv[-1]).read_text(encoding="utf-8")),
        limited="--limited" in sys.argv,
        retries=RETRIES if "--retries" in sys.argv else 0,
    )
