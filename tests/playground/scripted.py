"""A small bot that answers everything with one page of two, for tests of the page alone."""

import asyncio

from bot.playground.api import LocalBotApi
from bot.playground.payloads import Json, Payload

FIRST = (
    "<b>A50 · Amt für Soziales: 3 Fragen offen</b>\n\nQ1 · WLAN <i>in Unterkünften</i> &lt;neu&gt;\n"
    "<blockquote expandable>Q2 · Fahrkarten\nQ3 · Ehrenamt\nQ4 · Begleitung\nQ5 · Beratung\nQ6 · Kita"
    "</blockquote>\n/hilfe"
)
SECOND = "<b>Seite 2</b>"
MARKUP: Json = {
    "inline_keyboard": [
        [{"text": "Q1", "callback_data": "alert"}, {"text": "weiter", "callback_data": "next", "style": "primary"}],
        [{"text": "Q1 kopieren", "copy_text": {"text": "Q1"}}],
    ]
}


async def answer_everything(api: LocalBotApi) -> None:
    """Polls until it is cancelled."""
    offset = 0
    while True:
        updates = (await api.call("getUpdates", offset=offset, timeout=30)).result
        for update in updates if isinstance(updates, list) else ():
            given = Payload(update if isinstance(update, dict) else {})
            offset = given.number("update_id") + 1
            await _answer(api, given)
            await asyncio.sleep(0)


async def _answer(api: LocalBotApi, update: Payload) -> None:
    press = update.nested("callback_query")
    message = (press or update).nested("message") or Payload({})
    place: dict[str, Json] = {"chat_id": (message.nested("chat") or Payload({})).number("id"), "parse_mode": "HTML"}
    if press is None:
        thread: dict[str, Json] = {"message_thread_id": message.text("message_thread_id")}
        await api.call("sendMessage", **place, text=FIRST, reply_markup=MARKUP, **thread)
        return
    is_alert = press.text("data") == "alert"
    if not is_alert:
        await api.call("editMessageText", **place, message_id=message.number("message_id"), text=SECOND)
    await api.call("answerCallbackQuery", callback_query_id=press.text("id"), text="Seite 2 von 2", show_alert=is_alert)
