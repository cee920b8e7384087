"""python-telegram-bot as its documentation shows it: an echo; with ``--concurrent`` it handles updates at once."""

import sys

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

TOKEN = "1:benchmark"


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_chat and update.message and update.message.text:
        await context.bot.send_message(update.effective_chat.id, update.message.text)


def main(origin: str, *, at_once: bool) -> None:
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{origin}/bot").concurrent_updates(at_once)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[-1], at_once="--concurrent" in sys.argv)
