"""The buttons: what each carries back, and how they stand in rows."""

from collections.abc import Sequence

from registry.queries import Query
from registry.querycode import encode
from views.html import shortened
from views.message import Button, Style

# The first letter of a button's data says what it does; handlers/commands.py names the handler of each.
QUESTION, DETAIL, HISTORY, COMMAND, LANGUAGE, ADMIT, DISMISS, KEPT = "q", "d", "h", "c", "l", "a", "x", "k"

Row = tuple[Button, ...]

_LABEL_LENGTH = 40
_ROW_LENGTH = 34  # characters that fit side by side on a phone
_ROW_BUTTONS = 5


def question(text: str, query: Query) -> Button:
    """Asks another question of the register in the same message."""
    return Button(text=shortened(text, _LABEL_LENGTH), data=QUESTION + encode(query))


def detail(text: str, ref: str, listing: Query, *, part: int = 0) -> Button:
    """Opens a record (or a further part of its text) and remembers the listing to go back to."""
    return Button(
        text=shortened(text, _LABEL_LENGTH),
        data=f"{DETAIL}{part or ''}.{encode(listing.model_copy(update={'ref': ref}))}",
    )


def history(text: str, ref: str, listing: Query) -> Button:
    return Button(text=text, data=f"{HISTORY}.{encode(listing.model_copy(update={'ref': ref}))}")


def command(text: str, name: str, words: str = "") -> Button:
    """Does what the command of that name does with these words."""
    return Button(text=shortened(text, _LABEL_LENGTH), data=f"{COMMAND}{name} {words}".strip())


def language(text: str, code: str, *, chosen: bool) -> Button:
    return Button(text=f"✓ {text}" if chosen else text, data=LANGUAGE + code)


def admit(text: str) -> Button:
    return Button(text=text, data=ADMIT, style=Style.PRIMARY)


def dismiss(text: str) -> Button:
    return Button(text=text, data=DISMISS, style=Style.DANGER)


def row(*buttons: Button | None) -> Row:
    return tuple(button for button in buttons if button is not None)


def rows(*parts: Row) -> tuple[Row, ...]:
    """The rows that have a button."""
    return tuple(part for part in parts if part)


def flowing(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """As many buttons to a row as are readable on a phone."""
    laid: list[list[Button]] = []
    for button in buttons:
        length = sum(len(b.text) + 3 for b in laid[-1]) + len(button.text) if laid else 0
        if not laid or length > _ROW_LENGTH or len(laid[-1]) == _ROW_BUTTONS:
            laid.append([])
        laid[-1].append(button)
    return tuple(map(tuple, laid))
