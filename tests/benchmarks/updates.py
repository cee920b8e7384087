"""What Telegram would write of people: their messages and taps, as JSON without the update's number."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

STARTED_AT = int(time.time())
BOT = {"id": 1, "is_bot": True, "first_name": "Bote", "username": "bote_bot", "can_join_groups": True}
_FIRST_OF_PEOPLE = 1_000_000  # the numbers of people's messages begin where none of the bot's is


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot as it stands in a chat; ``keyboard`` is Telegram's JSON, or empty."""

    chat: int
    message: int
    text: str
    keyboard: str = ""

    def data_of(self, label: str) -> str | None:
        """What the button so labelled sends."""
        rows = json.loads(self.keyboard)["inline_keyboard"] if self.keyboard else []
        return next((button["callback_data"] for row in rows for button in row if button["text"] == label), None)

    def sent(self) -> Mapping[str, object]:
        place = _place(self.chat)
        return {"message_id": self.message, "date": STARTED_AT, "chat": place, "from": BOT, "text": self.text}


@dataclass(frozen=True, slots=True)
class Tap:
    """Somebody taps a button of a message."""

    shown: Shown
    data: str

    @property
    def update(self) -> bytes:
        chat = self.shown.chat
        return _written(
            "callback_query",
            {
                "id": f"{chat}.{self.shown.message}",
                "from": _person(chat),
                "chat_instance": str(chat),
                "message": {**self.shown.sent(), "reply_markup": json.loads(self.shown.keyboard)},
                "data": self.data,
            },
        )


def message(chat: int, number: int, text: str) -> bytes:
    return _written(
        "message",
        {
            "message_id": _FIRST_OF_PEOPLE + number,
            "date": STARTED_AT,
            "chat": _place(chat),
            "from": _person(chat),
            "text": text,
        },
    )


def numbered(number: int, update: bytes) -> bytes:
    return b'{"update_id":%d,%b}' % (number, update)


def _written(kind: str, content: Mapping[str, object]) -> bytes:
    return f'"{kind}":{json.dumps(content)}'.encode()


def _person(chat: int) -> Mapping[str, object]:
    return {"id": chat, "is_bot": False, "first_name": "Person", "language_code": "de"}


def _place(chat: int) -> Mapping[str, object]:
    return {"id": chat, "type": "private", "first_name": "Person"}
