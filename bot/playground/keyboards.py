"""Keyboards under messages and under the text field, with Telegram's rules about their buttons."""

from dataclasses import dataclass

from bot.playground.payloads import Json, Payload, compact
from bot.playground.refusals import bad_request

MAX_IN_A_ROW = 8
MAX_BUTTONS = 100
MAX_DATA = 64
MAX_COPY = 256
MAX_PLACEHOLDER = 64
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


@dataclass(frozen=True, slots=True)
class ForceReply:
    """Opens a reply to the message at everybody it is for: where ``selective``, only whom it answers."""

    selective: bool = False
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class ReplyKey:
    """A button under the text field: it picks a person where it has a ``request``, else it says its text."""

    text: str
    request: int | None = None


ReplyKeys = tuple[tuple[ReplyKey, ...], ...]


def read_keys(given: Payload) -> ReplyKeys:
    """The keyboard that a call puts under the text field."""
    markup = given.nested("reply_markup")
    if markup is None or "keyboard" not in markup.values:
        return ()
    rows = (row if isinstance(row, list) else [row] for row in markup.items("keyboard"))
    return tuple(tuple(_read_key(item) for item in row) for row in rows)


def _read_key(item: Json) -> ReplyKey:
    if isinstance(item, str):
        return ReplyKey(item)
    if not isinstance(item, dict) or not Payload(item).has("text"):
        raise bad_request("can't parse keyboard button: expected an Object with a text")
    wanted = Payload(item).nested("request_users")
    if wanted is not None and not wanted.has("request_id"):
        raise bad_request("can't parse keyboard button: Can't find field \"request_id\"")
    return ReplyKey(Payload(item).text("text"), wanted.number("request_id") if wanted else None)


def read_prompt(given: Payload) -> ForceReply | None:
    """The reply a call asks for; a message has that or an inline keyboard, never both."""
    markup = given.nested("reply_markup")
    if markup is None or not markup.flag("force_reply"):
        return None
    placeholder = markup.text("input_field_placeholder")
    if len(placeholder) > MAX_PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    return ForceReply(markup.flag("selective"), placeholder)


def read_markup(given: Payload) -> Keyboard:
    """The inline keyboard of a call; other reply markups are not part of the message."""
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
