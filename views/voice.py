"""How a view speaks: in which language, at what time, where, and what the city calls its offices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from locales.translations import Language
from registry.offices import OfficeTree
from registry.workdays import Workdays


@dataclass(frozen=True)
class Voice:
    say: Language
    offices: OfficeTree
    now: datetime
    workdays: Workdays
    in_group: bool = False

    @property
    def today(self) -> date:
        return self.now.date()

    def office(self, code: str) -> str:
        """Code and name (``A50 · Amt für Soziales``); a place the tree does not have is called as written."""
        office = self.offices.get(code)
        if office is None:
            return code
        name = office.name(self.say.code)
        return f"{office.code} · {name}" if office.has_short_code else name

    def short_office(self, code: str) -> str:
        """The code where the place has one, else its name."""
        office = self.offices.get(code)
        return code if office is None or office.has_short_code else office.name(self.say.code)

    def short_offices(self, codes: Iterable[str]) -> str:
        return ", ".join(map(self.short_office, codes))

    def title(self, german: str, english: str) -> str:
        """The title in the reader's language where the city wrote one; else the document's own."""
        return english if self.say.code == "en" and english else german
