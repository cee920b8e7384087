"""A message as the messenger's JSON, whoever sends it, and what is kept for buttons without room for their data."""

import base64
import hashlib
import re
from collections.abc import Iterator

from views.buttons import KEPT
from views.html import tied
from views.message import MAX_DATA_BYTES, Button, Message, Style

_TOKEN_BYTES = 15
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20}")

Payload = dict[str, object]


def body(message: Message) -> Payload:
    """What a message says, whether it is sent or written over another one."""
    said: Payload = {
        "text": tied(message.html),
        "parse_mode": "HTML",
        # A preview would tell the linked site, and shows what nobody here wrote.
        "link_preview_options": {"is_disabled": True},
    }
    if message.buttons:
        said["reply_markup"] = {"inline_keyboard": [[_button(button) for button in row] for row in message.buttons]}
    return said


def kept_token(data: str) -> str | None:
    """The token a button carries in place of its data, if it is one of ours."""
    token = data.removeprefix(KEPT)
    return token if token != data and _TOKEN.fullmatch(token) else None


def kept(message: Message) -> Iterator[tuple[str, str]]:
    """The tokens of a message's buttons, and the data that each stands for."""
    for button in (button for row in message.buttons for button in row):
        if button.data and not _fits(button.data):
            yield _token(button.data), button.data


def _button(button: Button) -> Payload:
    payload: Payload = {"text": button.text}
    if button.style is not Style.PLAIN:
        payload["style"] = button.style.value
    if button.copy_text:
        return payload | {"copy_text": {"text": button.copy_text}}
    return payload | {"callback_data": _fitting(button.data)}


def _fitting(data: str) -> str:
    return data if _fits(data) else KEPT + _token(data)


def _fits(data: str) -> bool:
    return len(data.encode()) <= MAX_DATA_BYTES


def _token(data: str) -> str:
    """The same for the same data, so that an update that has to be redone keeps nothing twice."""
    return base64.urlsafe_b64encode(hashlib.blake2b(data.encode(), digest_size=_TOKEN_BYTES).digest()).decode()
