"""The buttons: what each carries back, and how they stand in rows."""

from collections.abc import Sequence

from registry.queries import Query
from registry.querycode import encode
from views.html import shortened
from views.message import Button, Style

# The first letter of a button's data says what it does; handlers/commands.py names the handler of each.
QUESTION, DETAIL, HISTORY, COMMAND, LANGUAGE, ADMIT, DISMISS, KEPT = "q", "d", "h", "c", "l", "a", "x", "k"
DEED = "t"
FORGET = "f"
ACCESS = "g"
DOCUMENT = "i"
REMINDER = "r"
BELOW = "b"

Row = tuple[Button, ...]

_LABEL_LENGTH = 44
_ROW_BUTTONS = 3
# All buttons of a row are as wide as its widest; on a phone of 390 points as many characters fit side by side.
_ROW_LENGTH = 41
_GAP = 2


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


def deed(text: str, token: str, *, style: Style = Style.PLAIN) -> Button:
    """Goes on with a deed, does it, or gives it up; ``token`` says which, once."""
    return Button(text=shortened(text, _LABEL_LENGTH), data=DEED + token, style=style)


def document(text: str, data: str, *, style: Style = Style.PLAIN) -> Button:
    """Goes on with a document that was sent; the data says how, and with which."""
    return Button(text=shortened(text, _LABEL_LENGTH), data=DOCUMENT + data, style=style)


def reminder(text: str, act: str, words: str = "") -> Button:
    """Does something with what somebody is reminded of, or with the reminders of this chat."""
    return Button(text=shortened(text, _LABEL_LENGTH), data=f"{REMINDER}{act}{words}")


def access(text: str) -> Button:
    """Asks the administrators for access."""
    return Button(text=text, data=ACCESS, style=Style.PRIMARY)


def forget(text: str, token: str) -> Button:
    """Erases what is stored about the person, once."""
    return Button(text=text, data=FORGET + token, style=Style.DANGER)


def below(button: Button) -> Button:
    """The same button, answered in a message of its own."""
    return button.model_copy(update={"data": BELOW + button.data})


def admit(text: str, chat: int | None = None) -> Button:
    """Admits the group it is pressed in, or a channel that is named."""
    return Button(text=text, data=f"{ADMIT}{chat or ''}", style=Style.PRIMARY)


def dismiss(text: str, answer: str = "", *, style: Style = Style.DANGER) -> Button:
    """Ends the admission of a group: asks first, then does as it was answered."""
    return Button(text=text, data=DISMISS + answer, style=style)


def row(*buttons: Button | None) -> Row:
    return tuple(button for button in buttons if button is not None)


def rows(*parts: Row) -> tuple[Row, ...]:
    """The rows that have a button."""
    return tuple(part for part in parts if part)


def flowing(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """In few rows that are readable on a phone, as even as can be: five buttons stand three and two."""
    laid: list[tuple[Row, ...]] = [()]  # the best rows for the first one, two, three … buttons
    for end in range(1, len(buttons) + 1):
        last_rows = (tuple(buttons[end - size : end]) for size in range(1, min(end, _ROW_BUTTONS) + 1))
        laid.append(min(((*laid[end - len(last)], last) for last in last_rows if _fits(last)), key=_unevenness))
    return laid[-1]


def _fits(laid: Row) -> bool:
    return len(laid) == 1 or len(laid) * (max(len(button.text) for button in laid) + _GAP) <= _ROW_LENGTH


def _unevenness(laid: Sequence[Row]) -> tuple[int, int, int]:
    sizes = [len(buttons) for buttons in laid]
    return len(sizes), sizes.count(1), sum(size * size for size in sizes)
