"""Where in the concept the reader stands: which field, recommendation and measures a text is about."""

import dataclasses
import re
from dataclasses import dataclass

from documents.evaluation.headings import Heading, Level
from registry.inquiries import About, AboutKind
from registry.routing import Routing


@dataclass(slots=True)
class Context:
    """The headings above the current line, and who is named there as answering.

    ``measures`` are those the heading names, ``tables`` those whose table stood below it so far.
    """

    field: int | None = None
    recommendation: int | None = None
    measures: tuple[int, ...] = ()
    tables: dict[int, None] = dataclasses.field(default_factory=dict)
    is_new: bool = False
    answering_field: Routing | None = None
    answering: Routing | None = None

    def enter(self, heading: Heading) -> None:
        match heading.level:
            case Level.FIELD:
                self.field = heading.field
                self.answering_field = None
                self._stand_below(None, ())
            case Level.RECOMMENDATION:
                self._stand_below(heading.recommendation or self.recommendation, heading.measures)
            case Level.GENERAL:
                self._stand_below(heading.recommendation, ())
        self.is_new = heading.is_new

    def answered_by(self, routing: Routing | None) -> None:
        """Notes an answering place; named right below a field's heading it holds for the whole field."""
        self.answering = routing
        if self.recommendation is None:
            self.answering_field = routing

    def number(self, measure: int, below: tuple[int, int] | None = None) -> str | None:
        """The canonical number of a measure named here, unless nothing says where it belongs."""
        of_field, recommendation = below or (self.field, self.recommendation)
        return f"{of_field}.{recommendation}.M{measure}" if of_field and recommendation else None

    def about(self, words: str) -> About:
        """What a question is about; it may name some of the measures above it ("M2") itself."""
        measures = self._named_in(words) or self.measures
        numbers = tuple(number for number in map(self.number, measures) if number)
        if numbers:
            kind = AboutKind.MEASURE
        elif self.field is None:
            kind = AboutKind.GENERAL
        else:
            kind = AboutKind.RECOMMENDATION if self.recommendation else AboutKind.FIELD
        return About(kind=kind, field=self.field, recommendation=self.recommendation, measures=numbers)

    def _named_in(self, words: str) -> tuple[int, ...]:
        named = {int(number) for number in re.findall(r"\bM\s?(\d{1,2})\b", words)}
        return tuple(measure for measure in self.measures or self.tables if measure in named)

    def _stand_below(self, recommendation: int | None, measures: tuple[int, ...]) -> None:
        self.recommendation = recommendation
        self.measures = measures
        self.tables = {}
        self.answering = self.answering_field
