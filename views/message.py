"""A message as a plain value: text, buttons and label; any messenger can show it."""

from enum import StrEnum

from registry.records import Record
from registry.visibility import Visibility

MAX_CHARACTERS = 4096  # Telegram: code points after parsing
MAX_DATA_BYTES = 64  # Telegram: callback data


class Style(StrEnum):
    PLAIN = "plain"
    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


class Button(Record):
    """``data`` is what a press sends back (1 to 64 bytes), ``copy_text`` what it copies; exactly one is set."""

    text: str
    data: str = ""
    copy_text: str = ""
    style: Style = Style.PLAIN


class Message(Record):
    """``html`` is Telegram's HTML, already escaped; ``label`` is the strictest of the records it speaks of."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    label: Visibility = Visibility.PUBLIC
    refs: tuple[str, ...] = ()
    silent: bool = False
    picks: str = ""  # the label of a button below the text field that picks a person, in private
    asks: bool = False  # for words; in a group the person's client opens a reply to it
