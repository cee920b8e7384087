"""The languages the bot speaks: sentences from the catalogues, dates and lists by Babel."""

import datetime as dt
import gettext
import io
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

HERE = Path(__file__).parent
DEFAULT = "de"


class Language:
    """Says a sentence of the catalogue: ``say("Open for {office}.", office=name)``.

    The English sentence is the key. Values are put into named placeholders and are never read as templates.
    """

    def __init__(self, code: str, catalogue: gettext.NullTranslations) -> None:
        self.code = code
        self.locale = Locale.parse(code)
        self._catalogue = catalogue

    def __call__(self, message: str, /, **values: object) -> str:
        return _filled(self._catalogue.gettext(message), values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """The sentence for ``n`` things; ``{n}`` is filled in."""
        return _filled(self._catalogue.ngettext(one, many, n), {"n": self.number(n), **values})

    def of(self, context: str, message: str, /, **values: object) -> str:
        """A short label that means different things in different places, told apart by its context."""
        return _filled(self._catalogue.pgettext(context, message), values)

    def date(self, day: dt.date) -> str:
        """Weekday and full date: ``Mi., 16.12.2026`` and ``Wed, 16 Dec 2026``."""
        return _date(day, "EEE, dd.MM.yyyy" if self.code == "de" else "EEE, d MMM yyyy", self.locale)

    def short_date(self, day: dt.date) -> str:
        return _date(day, "dd.MM.yyyy" if self.code == "de" else "d MMM yyyy", self.locale)

    def time(self, clock: dt.time | dt.datetime) -> str:
        return str(format_time(clock, "HH:mm", locale=self.locale))

    def number(self, value: int | float) -> str:
        # Babel takes a while, and below a thousand there is nothing to separate.
        is_small = isinstance(value, int) and abs(value) < 1000
        return str(value) if is_small else str(format_decimal(value, locale=self.locale))

    def list(self, items: Iterable[str]) -> str:
        return str(format_list(tuple(items), locale=self.locale))


@lru_cache(maxsize=4096)
def _date(day: dt.date, pattern: str, locale: Locale) -> str:
    return format_date(day, pattern, locale=locale)


def _filled(template: str, values: dict[str, object]) -> str:
    return template.format(**values) if values else template


@cache
def languages() -> tuple[str, ...]:
    """The codes of all languages there is a folder for, the default one first."""
    found = sorted(path.parent.parent.name for path in HERE.glob("*/LC_MESSAGES/amtsbote.po"))
    return tuple(sorted(found, key=lambda code: code != DEFAULT))


@cache
def language(code: str | None) -> Language:
    """The language of that code, or the default one where there is no such folder."""
    known = code if code in languages() else DEFAULT
    source = HERE / known / "LC_MESSAGES" / "amtsbote.po"
    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=known))
    compiled.seek(0)
    return Language(known, gettext.GNUTranslations(compiled))
