"""The fields of action and recommendations of a concept, as far as a document's headings give them."""

from dataclasses import dataclass, field

from registry.measures import FieldOfAction, Recommendation


@dataclass(slots=True)
class Outline:
    """Titles by field, texts by (field, recommendation)."""

    concept: str
    titles: dict[int, str] = field(default_factory=dict)
    texts: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def note(self, of_field: int | None, recommendation: int | None, title: str) -> None:
        """A heading was passed; a title once given stays."""
        if of_field is None:
            return
        self.titles[of_field] = self.titles.get(of_field) or title
        if recommendation is not None:
            self.texts.setdefault((of_field, recommendation), [])

    def describe(self, of_field: int | None, recommendation: int | None, text: str) -> bool:
        """Adds to a recommendation's own text; false where no such recommendation was passed."""
        known = self.texts.get((of_field or 0, recommendation or 0))
        if known is None:
            return False
        known.append(text)
        return True

    def fields(self) -> tuple[FieldOfAction, ...]:
        return tuple(
            FieldOfAction(concept=self.concept, number=number, title=title)
            for number, title in sorted(self.titles.items())
        )

    def recommendations(self) -> tuple[Recommendation, ...]:
        return tuple(
            Recommendation(concept=self.concept, field=of_field, number=number, text=" ".join(texts))
            for (of_field, number), texts in sorted(self.texts.items())
        )
