"""Questions that call a measure's reported status into doubt."""

import re

from registry.folding import fold

# A small set on purpose: a question that merely asks about the implementation doubts nothing.
_DOUBTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"rechtfertig\w*\b[^?]{0,80}\bum(?:ge)?setz\w*[^?]{0,60}\bzu (?:vermerken|bezeichnen|werten|bewerten)",
        r"\b(?:kann|koennte|darf|laesst sich)\b[^?]{0,40}\b(?:von einer|als)\b[^?]{0,30}\bum(?:setzung|gesetzt)"
        r"[^?]{0,30}\b(?:gesprochen|sprechen|bezeichne\w*|gewertet|bewertet|gelten)",
        r"\b(?:aussage|darstellung|angabe|bewertung|einschaetzung|einstufung|status)\b[^?.]{0,30}\b(?:ist|sei|trifft)\b"
        r"[^?.]{0,20}\b(?:unzutreffend|falsch|unrichtig|nicht (?:zu|zutreffend|richtig|korrekt|haltbar))",
        r"\bumgesetzt\b[^?]{0,20}[.,]? (?:wie|womit|wodurch) (?:wird|ist)\b"
        r"[^?]{0,40}\b(?:begruendet|belegt|gerechtfertigt)",
        r"\b(?:warum|weshalb|wieso)\b[^?]{0,80}\bals (?:vollstaendig|teilweise|nicht)?\s?umgesetzt\b"
        r"[^?]{0,30}\b(?:gewertet|bewertet|eingestuft|gefuehrt|vermerkt|angegeben|gilt|gelten)",
    )
)


def doubted_words(text: str) -> str:
    """The words that doubt a status, folded; none where the question accepts it."""
    folded = fold(text)
    return next((found[0] for found in (pattern.search(folded) for pattern in _DOUBTS) if found), "")
