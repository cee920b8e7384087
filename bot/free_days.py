"""The city's own free days: a text file with a day on each line, such as ``24.12. Heiligabend`` or ``2027-05-07``."""

import re
from pathlib import Path

from bot.settings import PREFIX, Settings, SettingsError
from bot.unusable import reason
from locales.phrases import phrase
from registry.workdays import FreeDay, Workdays

MOST_EVERY_YEAR = 100  # more would leave no working days

_SETTING = f"{PREFIX}FREE_DAYS"
_UNREAD = phrase("{setting} names a file that cannot be read: {path} ({reason}).")
_NOT_UTF8 = phrase("it is not text in UTF-8")
_NO_DAY = phrase("{setting}: line {line} of {path} begins with no day. Write it like 24.12. or 24.12.2026.")
_TOO_MANY = phrase("{setting} names more days of every year than a city can close: {path}")

_GERMAN = r"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.(?:\s?(?P<year>\d{4}))?(?!\d)"
_ISO = r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"
_DAY = re.compile(f"{_GERMAN}|{_ISO}", re.ASCII)
_LEAP_YEAR = 2028


def workdays(settings: Settings) -> Workdays:
    """The working days of the city. Raises ``SettingsError`` where its file cannot be used."""
    own = read(settings.free_days) if settings.free_days else frozenset[FreeDay]()
    return Workdays(settings.holidays, own)


def read(path: Path) -> frozenset[FreeDay]:
    """Empty lines and what follows a ``#`` say nothing; what follows a day is its name."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise SettingsError(_UNREAD, setting=_SETTING, path=path, reason=reason(error)) from None
    except UnicodeDecodeError:
        raise SettingsError(_UNREAD, setting=_SETTING, path=path, reason=_NOT_UTF8) from None
    found: set[FreeDay] = set()
    for number, line in enumerate(lines, 1):
        if words := line.partition("#")[0].strip():
            day = _read_day(words)
            if day is None:
                raise SettingsError(_NO_DAY, setting=_SETTING, line=number, path=path)
            found.add(day)
    if sum(one.year is None for one in found) > MOST_EVERY_YEAR:
        raise SettingsError(_TOO_MANY, setting=_SETTING, path=path)
    return frozenset(found)


def _read_day(words: str) -> FreeDay | None:
    found = _DAY.match(words)
    if found is None:
        return None
    day, month, year = (found[german] or found[iso] for german, iso in (("day", "d"), ("month", "m"), ("year", "y")))
    free = FreeDay(int(day), int(month), int(year) if year else None)
    return free if free.on(free.year or _LEAP_YEAR) else None
