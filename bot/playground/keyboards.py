"""Inline keyboards, with Telegram's rules about their buttons."""

from dataclasses import dataclass

from bot.playground.payloads import Json, Payload, compact
from bot.playground.refusals import bad_request

MAX_IN_A_ROW = 8
MAX_BUTTONS = 100
MAX_DATA = 64
MAX_COPY = 256
STYLES = frozenset({"", "primary", "success", "danger"})


@dataclass(frozen=True, slots=True)
class InlineButton:
    text: str
    data: str = ""
    url: str = ""
    copy_text: str = ""
    style: str = ""

    def json(self) -> dict[str, Json]:
        copied: Json = {"text": self.copy_text} if self.copy_text else None
        return {"text": self.text} | compact(
            {"callback_data": self.data, "url": self.url, "copy_text": copied, "style": self.style}
        )


Keyboard = tuple[tuple[InlineButton, ...], ...]


def read_markup(given: Payload) -> Keyboard:
    """The inline keyboard of a call; other reply markups are accepted and not shown."""
    markup = given.nested("reply_markup")
    if markup is None or "inline_keyboard" not in markup.values:
        return ()
    rows = [_read_row(row) for row in markup.items("inline_keyboard")]
    keyboard = tuple(row for row in rows if row)
    if any(len(row) > MAX_IN_A_ROW for row in keyboard) or sum(map(len, keyboard)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return keyboard


def keyboard_json(keyboard: Keyboard) -> Json:
    return {"inline_keyboard": [[button.json() for button in row] for row in keyboard]} if keyboard else None


def _read_row(row: Json) -> tuple[InlineButton, ...]:
    if not isinstance(row, list):
        raise bad_request("can't parse inline keyboard button: expected an Array of Array of InlineKeyboardButton")
    buttons = []
    for item in row:
        if not isinstance(item, dict):
            raise bad_request("can't parse inline keyboard button: expected an Object")
        given = Payload(item)
        if given.has("text"):  # Telegram drops a button without a text silently
            buttons.append(_read_button(given))
    return tuple(buttons)


def _read_button(given: Payload) -> InlineButton:
    copied = given.nested("copy_text")
    button = InlineButton(
        text=given.text("text"),
        data=given.text("callback_data"),
        url=given.text("url"),
        copy_text=copied.text("text") if copied else "",
        style=given.text("style"),
    )
    _check(button, data_given="callback_data" in given.values)
    return button


def _check(button: InlineButton, *, data_given: bool) -> None:
    if data_given and not 1 <= len(button.data.encode("utf-8", "surrogatepass")) <= MAX_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if len(button.copy_text) > MAX_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if button.style not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    if not (button.data or button.url or button.copy_text):
        raise bad_request("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
