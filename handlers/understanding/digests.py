"""How a digest is said in one line: ``A50 Mo 8:00``. What says no time and no setting says whose records are meant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from registry.digests import Digest, WhenEmpty
from registry.folding import fold, tidy
from registry.slots import OnHoliday

_WEEKDAYS: Mapping[int, str] = {
    0: "mo montag montags mon monday mondays",
    1: "di dienstag dienstags tue tues tuesday tuesdays",
    2: "mi mittwoch mittwochs wed wednesday wednesdays",
    3: "do donnerstag donnerstags thu thur thurs thursday thursdays",
    4: "fr freitag freitags fri friday fridays",
    5: "sa samstag samstags sonnabend sonnabends sat saturday saturdays",
    6: "so sonntag sonntags sun sunday sundays",
}
_DAY = {name: day for day, names in _WEEKDAYS.items() for name in names.split()}
_WORKING, _EVERY = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6)
_DAYS = {
    **dict.fromkeys(("werktags", "wochentags", "werktaeglich", "arbeitstaeglich", "weekdays", "workdays"), _WORKING),
    **dict.fromkeys(("taeglich", "daily", "jeden tag", "every day"), _EVERY),
}
_SETTINGS: Mapping[str, tuple[str, object]] = {
    **dict.fromkeys(("auf deutsch", "deutsch", "in german", "german"), ("language", "de")),
    **dict.fromkeys(("auf englisch", "englisch", "in english", "english"), ("language", "en")),
    **dict.fromkeys(("still", "stumm", "lautlos", "leise", "silent", "silently", "ohne ton"), ("is_silent", True)),
    **dict.fromkeys(("mit ton", "with sound", "laut"), ("is_silent", False)),
    **dict.fromkeys(("anheften", "angeheftet", "anpinnen", "pin", "pinned"), ("is_pinned", True)),
    **dict.fromkeys(("nicht anheften", "not pinned", "unpinned"), ("is_pinned", False)),
    **dict.fromkeys(
        ("nur wenn etwas ansteht", "nichts wenn leer", "only if something is due", "nothing if empty"),
        ("when_empty", WhenEmpty.NOTHING),
    ),
    **dict.fromkeys(("auch wenn leer", "auch leer", "even if empty"), ("when_empty", WhenEmpty.LINE)),
    **dict.fromkeys(("auch an feiertagen", "auch feiertags", "also on holidays"), ("on_holiday", OnHoliday.ANYWAY)),
    **dict.fromkeys(
        ("nicht an feiertagen", "feiertags nicht", "not on holidays", "skip holidays"), ("on_holiday", OnHoliday.SKIP)
    ),
}
# Of a time and of what stands around it.
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(uhr|h|am|pm)?")
_UNITS = {"tag": 1, "tage": 1, "tagen": 1, "day": 1, "days": 1, "woche": 7, "wochen": 7, "week": 7, "weeks": 7}
_AT, _HOURS = frozenset({"um", "at", "gegen"}), frozenset({"uhr", "h", "am", "pm"})
_AHEAD = frozenset({"naechste", "naechsten", "next", "kommenden", "die", "den", "the", "fuer", "for"})
_TO = frozenset({"-", "–", "bis", "to", "through"})
_BESIDES = frozenset(
    {"jeden", "jede", "every", "each", "immer", "always", "on", "und", "and", "am", "um", "at", "ab", "from"}
    | {"woechentlich", "weekly", "digest", "uebersicht"}
)
_LONGEST = 4  # words of a setting
_HYPHEN = re.compile(r"(?<=[a-z])[-–](?=[a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class DigestWords:
    """``said`` are the fields of a digest and its rule that were said; ``rest`` says whose records are meant."""

    said: Mapping[str, object] = field(default_factory=dict)
    rest: str = ""

    def applied_to(self, digest: Digest) -> Digest:
        rule = digest.rule.model_copy(
            update={k: v for k, v in self.said.items() if k in type(digest.rule).model_fields}
        )
        own = {name: value for name, value in self.said.items() if name in type(digest).model_fields}
        return digest.model_copy(update={**own, "rule": rule})


def read_digest(words: str) -> DigestWords:
    """In either language, in any order."""
    told = [word.strip(",;") for word in _spaced(tidy(words)).split()]
    folded = [fold(word) for word in told]
    said: dict[str, object] = {}
    rest: list[str] = []
    at = 0
    while at < len(told):
        taken = _weekdays(folded, at, said) or _time(folded, at, said) or _horizon(folded, at, said)
        taken = taken or _setting(folded, at, said)
        if not taken and folded[at] not in _BESIDES:
            rest.append(told[at])
        at += taken or 1
    return DigestWords(said, " ".join(rest) if any(fold(word) not in _AHEAD for word in rest) else "")


def read_time(words: str) -> time | None:
    """A time of the day that stands alone: ``7:30``, ``8 Uhr``, ``9``."""
    folded = [fold(word) for word in tidy(words).split() if fold(word) not in _AT]
    said: dict[str, object] = {}
    taken = _time(["um", *folded], 0, said)
    at = said.get("at")
    return at if taken == len(folded) + 1 and isinstance(at, time) else None


def _spaced(words: str) -> str:
    """With room around the commas and the hyphens that stand between weekdays."""
    parts = words.replace(",", ", ").split()
    return " ".join(
        _HYPHEN.sub(" - ", part) if all(half.strip(",") in _DAY for half in _HYPHEN.split(fold(part))) else part
        for part in parts
    )


def _weekdays(words: list[str], at: int, said: dict[str, object]) -> int:
    """How many words are weekdays; they add to those that were said before."""
    for length in (2, 1):
        if days := _DAYS.get(" ".join(words[at : at + length])):
            said["weekdays"] = days
            return length
    first = _DAY.get(words[at])
    if first is None:
        return 0
    last = _DAY.get(words[at + 2]) if len(words) > at + 2 and words[at + 1] in _TO else None
    before = said.get("weekdays")
    named = {first} if last is None else {day % 7 for day in range(first, last + (7 if last < first else 0) + 1)}
    said["weekdays"] = tuple(sorted(named | set(before if isinstance(before, tuple) else ())))
    return 1 if last is None else 3


def _time(words: list[str], at: int, said: dict[str, object]) -> int:
    """A number is a time where it has minutes after a colon, or a word beside it says so."""
    begins = words[at] in _AT
    place = at + begins
    found = _CLOCK.fullmatch(words[place]) if place < len(words) else None
    if found is None:
        return 0
    hours, minutes, unit = int(found[1]), int(found[2] or 0), found[3]
    length = place - at + 1
    if unit is None and place + 1 < len(words) and words[place + 1] in _HOURS:
        unit = words[place + 1]
        length += 1
    if not (begins or unit or ":" in words[place]):
        return 0
    if unit in {"am", "pm"} and 1 <= hours <= 12:
        hours = hours % 12 + (12 if unit == "pm" else 0)
    if hours > 23 or minutes > 59:
        return 0
    said["at"] = time(hours, minutes)
    return length


def _horizon(words: list[str], at: int, said: dict[str, object]) -> int:
    start = at
    while start < len(words) and words[start] in _AHEAD:
        start += 1
    if len(words) < start + 2 or not words[start].isdecimal() or words[start + 1] not in _UNITS:
        return 0
    days = int(words[start][:4]) * _UNITS[words[start + 1]]
    if not 1 <= days <= 366:
        return 0
    said["horizon"] = days
    return start - at + 2


def _setting(words: list[str], at: int, said: dict[str, object]) -> int:
    for length in range(_LONGEST, 0, -1):
        phrase = words[at : at + length]
        if len(phrase) == length and (setting := _SETTINGS.get(" ".join(phrase))):
            said[setting[0]] = setting[1]
            return length
    return 0
