"""Sentences, and short titles taken from a text word for word."""

import re
from collections.abc import Iterable

_SENTENCE_END = re.compile(r"(?<=[.!?…])[)\"“”»]*\s+(?=[A-ZÄÖÜ„\"(«])")
# Endings that are no sentence's end: "z. B.", "e. V.", "§ 2 Abs.", ordinals and initials.
_ABBREVIATION = re.compile(r"(?:\b\w|\b\d{1,2}|\b(?:bzw|ggf|bspw|insb|Abs|Nr|Dr|ca|evtl|inkl|vgl|lt|usw|etc))\.$")
_ENDED = re.compile(r"[.!?…)\]\"“”»]$")
_LEAD_IN = re.compile(
    r"^(?:Es\s+(?:wird|werden|gibt|finden?|erfolgt|erfolgen)\s+)(?:(?:geprüft|sichergestellt|angestrebt),\s+(?:wie|dass|ob)\s+)?"
    r"(?:ein(?:e[mnrs]?)?\s+|d(?:ie|er|as|en|em)\s+)?"
)
# A title must not end on a word that needs the next one.
_DANGLING = re.compile(
    r"(?:[\s,;:–-]+(?:und|oder|sowie|d(?:ie|er|as|en|em|es)|eine?[mnrs]?|in|im|an|am|auf|aus|bei|beim|mit|nach|von|vom|vor|"
    r"zu|zum|zur|für|über|um|durch|ob|dass|wie|als|ist|wird|werden|wurden?))+$|[\s,;:–-]+$",
    re.IGNORECASE,
)
TITLE_LENGTH = 70
_CUT = " …"
_TELLING = 40
_HYPHENATED = re.compile(r"(?<=[a-zäöüß])-\n(?=[a-zäöüß])(?!(?:und|oder|bzw|sowie)\b)")


def sentences(text: str) -> list[str]:
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if found and _ABBREVIATION.search(found[-1][-12:]):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return [sentence.strip() for sentence in found if sentence.strip()]


def is_unfinished(text: str) -> bool:
    """Whether a text breaks off before the end of a sentence."""
    return not _ENDED.search(text.rstrip())


def short_title(text: str, *, length: int = TITLE_LENGTH) -> str:
    """The beginning of a text as a title: without lead-in, cut between words, never ending on a lost word."""
    first, *_ = sentences(text) or [""]
    shorter = _LEAD_IN.sub("", first).strip().rstrip(".")
    shorter = shorter[:1].upper() + shorter[1:]
    if len(shorter) <= length:
        return shorter
    room = length - len(_CUT)
    cut = shorter[: room + 1].rsplit(" ", 1)[0][:room]
    return (_DANGLING.sub("", cut) or cut) + _CUT


def question_title(text: str) -> str:
    """A question paragraph's title: its first sentence, or its first question where that sentence says too little."""
    first, *others = sentences(text) or [""]
    telling = first if "?" in first or len(first) >= _TELLING else next((s for s in others if "?" in s), first)
    return short_title(telling)


def join_wrapped(lines: Iterable[str]) -> str:
    """The text of lines that were wrapped, with words put together again that were hyphenated at a line's end."""
    return _HYPHENATED.sub("", "\n".join(lines)).replace("\n", " ")


def one_spelling(originator: str) -> str:
    """A faction's name without the blanks that some documents put around its stroke."""
    return re.sub(r"\s*/\s*", "/", originator.strip())
