"""One spelling for words that people spell in many ways."""

import unicodedata

_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def tidy(text: str) -> str:
    """The text without invisible characters (controls, zero-width, bidi marks) and with single spaces."""
    normal = unicodedata.normalize("NFKC", text)
    visible = "".join(" " if c.isspace() else c for c in normal if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(visible.split())


def fold(text: str) -> str:
    """Lower case, ä as ae, ß as ss, accents dropped: ``Ämter`` and ``aemter`` become equal."""
    lower = tidy(text).lower().translate(_SPELLINGS)
    return "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))
