"""What a question says as a whole: its query, or what has to be asked back."""

from collections.abc import Iterable, Sequence

from handlers.understanding import offers
from handlers.understanding.asker import with_asker, with_details, with_field
from handlers.understanding.composing import compose
from handlers.understanding.parts import intents, merge, with_role
from handlers.understanding.reading import Known
from handlers.understanding.searching import asks_to_search, search
from handlers.understanding.senses import SMALL, Role, Sense, Stretch
from handlers.understanding.tokens import Said
from registry.queries import Intent, Understanding

# An unknown word after one of these says what the question is about, and no answer can leave that out.
_GOVERNING = frozenset(Role) - {Role.SCOPE, Role.TIME, Role.REFERENCE, Role.OURS} - SMALL | {
    Role.PREPOSITION,
    Role.CONJUNCTION,
}
_MEANT_BY = {Intent.DEADLINES: "period", Intent.OVERDUE: "period", Intent.SHOW: "ref", Intent.HISTORY: "ref"}


def interpret(said: Said, stretches: Sequence[Stretch], known: Known) -> Understanding:
    if all(stretch.is_small or stretch.role is Role.ALONE for stretch in stretches):
        return Understanding()
    stretches = [s._replace(sense=Sense(Role.UNKNOWN)) if s.role is Role.ALONE else s for s in stretches]
    if any(map(asks_to_search, stretches)):
        query = search(said, stretches)
        return Understanding(query=query, not_understood=() if query else (said.text,))
    stretches = with_field(with_details(said, with_asker(stretches)), known)
    if with_role(stretches, Role.NEGATION):
        return _negated(said, stretches, known)
    stretches = [_resolved(stretch, stretches) for stretch in stretches]
    if with_role(stretches, Role.DOUBT):
        return _doubtful(said, stretches, known)
    return _composed(said, stretches, known)


def _negated(said: Said, stretches: Sequence[Stretch], known: Known) -> Understanding:
    """A negation cannot be asked: it is named with what it negates, and the rest is offered."""
    content = [at for at, stretch in enumerate(stretches) if not stretch.is_small]
    negations = [at for at in content if stretches[at].role is Role.NEGATION]
    first, last = negations[0], next((at for at in content if at > negations[-1]), None)
    if last is None:
        last, first = negations[-1], max((at for at in content if at < first), default=first)
    negated = Stretch(stretches[first].start, stretches[last].end, Sense(Role.NEGATION))
    kept = (*stretches[:first], *stretches[last + 1 :])
    unknown = with_role(kept, Role.UNKNOWN, Role.DOUBT)
    words = _texts(said, stretches, (negated, *unknown))
    return Understanding(not_understood=words, offers=() if unknown else offers.without(said, words, kept, known))


def _resolved(stretch: Stretch, stretches: Sequence[Stretch]) -> Stretch:
    """A doubt that the rest of the question settles: by the kind of record, or by what is asked for."""
    if stretch.role is not Role.DOUBT:
        return stretch
    choices = stretch.sense.choices
    kinds = set(merge(other.sense.sets for other in with_role(stretches, Role.FILTER)).kinds)
    wanted = {_MEANT_BY[intent] for intent in intents(stretches) if intent in _MEANT_BY}
    fitting = [c for c in choices if (kinds and kinds == set(c.sets.kinds)) or wanted & c.sets.model_fields_set]
    if len(fitting) == 1:
        return offers.chosen(stretch, fitting[0])
    return stretch if all(choice.name for choice in choices) else stretch._replace(sense=Sense(Role.UNKNOWN))


def _doubtful(said: Said, stretches: Sequence[Stretch], known: Known) -> Understanding:
    """Asks about the first doubtful words; further ones and unknown words are named."""
    doubt, *further = with_role(stretches, Role.DOUBT)
    unknown = with_role(stretches, Role.UNKNOWN)
    others = [stretch for stretch in stretches if stretch.role not in (Role.DOUBT, Role.UNKNOWN)]
    found = offers.one_of_choices(said, doubt, others, known)
    if not found:
        return Understanding(not_understood=_texts(said, stretches, (doubt, *further, *unknown)))
    return Understanding(not_understood=_texts(said, stretches, (*further, *unknown)), offers=found)


def _composed(said: Said, stretches: Sequence[Stretch], known: Known) -> Understanding:
    unknown = with_role(stretches, Role.UNKNOWN)
    composed = compose((stretch for stretch in stretches if stretch not in unknown), known)
    if composed.clash:
        others = [stretch for stretch in stretches if stretch not in unknown]
        found = offers.one_of_clash(said, composed.clash, others, known)
        return Understanding(not_understood=_texts(said, stretches, unknown), offers=found)
    leftover = (*unknown, *composed.leftover)
    words = _texts(said, stretches, leftover)
    search_instead = offers.search_for(said.text_of(*run) for run in _runs(said, unknown))
    kept = [stretch for stretch in stretches if stretch not in leftover]
    if composed.query and (not leftover or _may_leave_out(unknown, kept, stretches)):
        return Understanding(query=composed.query, not_understood=words, offers=search_instead)
    if not unknown and any(stretch.role is Role.CHANGED or stretch.sense.sets.is_new for stretch in leftover):
        return Understanding(not_understood=words, offers=offers.changed_since(words[-1], kept, known))
    return Understanding(not_understood=words, offers=(*offers.without(said, words, kept, known), *search_instead))


def _may_leave_out(unknown: Sequence[Stretch], kept: Sequence[Stretch], stretches: Sequence[Stretch]) -> bool:
    """An answer may leave words out where it says for whom or when, and they are not what it is about."""
    if with_role(kept, Role.REFERENCE):
        return True
    asks = bool(intents(kept) - {Intent.SHOW})
    says_which = with_role(kept, Role.SCOPE, Role.TIME, Role.MINE)
    return asks and bool(says_which) and not any(_is_governed(stretch, stretches) for stretch in unknown)


def _is_governed(unknown: Stretch, stretches: Sequence[Stretch]) -> bool:
    before = [stretch for stretch in stretches if stretch.end <= unknown.start and stretch.role is not Role.ARTICLE]
    return not before or before[-1].role in _GOVERNING


def _texts(said: Said, stretches: Sequence[Stretch], named: Iterable[Stretch]) -> tuple[str, ...]:
    """The words as written and in order, together where only small words are between."""
    between = (stretch for stretch in stretches if stretch.is_small or stretch.role is Role.OURS)
    small = frozenset(at for stretch in between for at in range(stretch.start, stretch.end))
    return tuple(said.written(start, end) for start, end in _runs(said, named, small))


def _runs(said: Said, named: Iterable[Stretch], small: frozenset[int] = frozenset()) -> list[tuple[int, int]]:
    """Where neighbouring words begin and end, and what touches them; of a phrase with a gap the last part."""
    parts = {id(stretch.sense) if stretch.role is not Role.UNKNOWN else stretch: stretch for stretch in named}
    runs: list[tuple[int, int]] = []
    for start, end, _ in sorted(parts.values(), key=lambda stretch: stretch.start):
        while start > 0 and not said.between(start - 1, start):
            start -= 1
        if runs and (runs[-1][1] >= start or small.issuperset(range(runs[-1][1], start))):
            start = runs.pop()[0]
        runs.append((start, end))
    return runs
