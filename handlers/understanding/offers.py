"""What may have been meant, as whole queries to choose from."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from handlers.understanding.composing import compose
from handlers.understanding.reading import Known
from handlers.understanding.senses import Choice, Role, Sense, Stretch
from handlers.understanding.tokens import Said
from registry.queries import Intent, Offer, Query

LONGEST_SEARCH = 60
_DAYS_BACK = (7, 30)


def one_of_choices(said: Said, doubt: Stretch, others: Sequence[Stretch], known: Known) -> tuple[Offer, ...]:
    """The whole question for each thing the doubtful words may mean."""
    offers = []
    for choice in doubt.sense.choices:
        query = compose(sorted((*others, chosen(doubt, choice)), key=lambda stretch: stretch.start), known).query
        if query:
            offers.append(Offer(words=doubt.text(said), name=choice.name, query=query))
    return tuple(offers)


def one_of_clash(said: Said, clash: Sequence[Stretch], others: Sequence[Stretch], known: Known) -> tuple[Offer, ...]:
    """The whole question with each of the words that cannot be asked together."""
    kept = ([stretch for stretch in others if stretch is one or stretch not in clash] for one in clash)
    return tuple(
        found for one, rest in zip(clash, kept, strict=True) for found in _as_asked(said, one.text(said), rest, known)
    )


def without(said: Said, left_out: Sequence[str], kept: Sequence[Stretch], known: Known) -> tuple[Offer, ...]:
    """The question without the words that cannot be answered."""
    return _as_asked(said, left_out[0], kept, known)


def _as_asked(said: Said, words: str, kept: Sequence[Stretch], known: Known) -> tuple[Offer, ...]:
    """The question these stretches make, called by the words it was asked in."""
    query = compose(kept, known).query
    name = " ".join(stretch.text(said) for stretch in kept if not stretch.is_small)
    return (Offer(words=words, name=name, query=query),) if query else ()


def changed_since(words: str, kept: Sequence[Stretch], known: Known) -> tuple[Offer, ...]:
    """What changed since the span of time named, or in the last days, where no question of it could be understood."""
    named = (stretch.sense.sets.period for stretch in kept)
    since = [period.since for period in named if period and period.since and period.since <= known.today]
    starts = since or [known.today - timedelta(days=days) for days in _DAYS_BACK]
    query = compose((stretch for stretch in kept if stretch.role is not Role.TIME), known).query or Query()
    return tuple(
        Offer(
            words=words,
            name=_dates(start, known.today),
            query=query.model_copy(update={"intent": Intent.SEARCH, "changed_since": start}),
        )
        for start in starts
    )


def search_for(words: Iterable[str]) -> tuple[Offer, ...]:
    """To search the register for the words instead."""
    wanted = " ".join(words)
    if not wanted or len(wanted) > LONGEST_SEARCH:
        return ()
    return (Offer(words=wanted, name=f"🔍 {wanted}", query=Query(intent=Intent.SEARCH, words=wanted)),)


def chosen(doubt: Stretch, choice: Choice) -> Stretch:
    """The doubtful stretch with one of its meanings."""
    said_of = choice.sets.model_fields_set
    role = Role.REFERENCE if "ref" in said_of else Role.TIME if "period" in said_of else Role.SCOPE
    return doubt._replace(sense=Sense(role, choice.sets))


def _dates(first: date, last: date) -> str:
    return f"{first:%d.%m.%Y} – {last:%d.%m.%Y}"
