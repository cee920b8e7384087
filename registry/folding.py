"""One spelling for words that people spell in many ways."""

import unicodedata
from collections.abc import Callable

_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class _Rule(dict[int, str]):
    """What becomes of each character, for ``str.translate``; decided when it is first met, for texts are long."""

    def __init__(self, decide: Callable[[str], str]) -> None:
        super().__init__()
        self._decide = decide

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, self._decide(chr(code)))


def _seen(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character)[0] == "C" else character


_VISIBLE = _Rule(_seen)
_PLAIN = _Rule(lambda character: "" if unicodedata.combining(character) else character)


def tidy(text: str) -> str:
    """The text without invisible characters (controls, zero-width, bidi marks) and with single spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFKC", text).translate(_VISIBLE).split())


def fold(text: str) -> str:
    """Lower case, ä as ae, ß as ss, accents dropped: ``Ämter`` and ``aemter`` become equal."""
    tidied = tidy(text).lower()
    if tidied.isascii():
        return tidied
    return unicodedata.normalize("NFD", tidied.translate(_SPELLINGS)).translate(_PLAIN)
