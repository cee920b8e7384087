"""Stretches put together to one query, under the rules of what may be asked together."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from handlers.understanding.filters import about_many
from handlers.understanding.parts import ONE_VALUE, Composed, intents, merge, with_role
from handlers.understanding.reading import Known
from handlers.understanding.senses import Role, Sense, Stretch
from registry.offices import OfficeTree
from registry.queries import Intent, Kind, Query
from registry.references import reference_kind

_NOTHING = Stretch(0, 0, Sense(Role.FILLER))


def compose(stretches: Iterable[Stretch], known: Known) -> Composed:
    said = _without_departments(tuple(stretches), known.offices)
    content = _with_items(_without_nouns([stretch for stretch in said if not stretch.is_small]))
    clash = _clash(content)
    if clash:
        return Composed(clash=clash)
    composed = _about_one(content) if with_role(content, Role.REFERENCE) else about_many(content, known)
    return composed._replace(leftover=tuple(sorted(composed.leftover, key=lambda stretch: stretch.start)))


def _without_departments(stretches: Sequence[Stretch], offices: OfficeTree) -> list[Stretch]:
    """``D05/ A51`` is A51 alone, as in routing lines; ``D05 und A51`` are both."""
    if with_role(stretches, Role.CONJUNCTION):
        return list(stretches)
    above = {
        code for stretch in stretches for office in stretch.sense.sets.offices for code in offices.ancestors(office)
    }
    return [stretch for stretch in stretches if above.isdisjoint(stretch.sense.sets.offices)]


def _without_nouns(stretches: Sequence[Stretch]) -> list[Stretch]:
    """``Fraktion`` before a faction's name and ``Programm`` before a programme's say nothing more than the name."""
    return [one for one, after in pairwise((*stretches, _NOTHING)) if not _is_called(one.sense, after.sense)]


def _is_called(noun: Sense, after: Sense) -> bool:
    if noun.sets.kinds == (Kind.PROGRAMME,):
        return after.sets.programme is not None
    return noun.role is Role.NOUN and after.role is Role.SCOPE


def _with_items(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The number of a recommendation and that of its field become one, wherever they stand."""
    items = with_role(stretches, Role.ITEM)
    fields = [stretch for stretch in stretches if stretch.sense.sets.field is not None]
    if len(items) != 1 or len(fields) != 1 or fields[0].sense.sets.field is None:
        return list(stretches)
    pair = (fields[0].sense.sets.field, items[0].sense.item)
    joined = items[0]._replace(sense=Sense(Role.SCOPE, Query(recommendation=pair)))
    return [joined if stretch is items[0] else stretch for stretch in stretches if stretch is not fields[0]]


def _clash(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    asked = intents(stretches)
    if len(asked) > 1 and not with_role(stretches, Role.REFERENCE):
        by_intent = {stretch.sense.sets.intent: stretch for stretch in with_role(stretches, Role.INTENT)}
        return tuple(stretch for intent, stretch in by_intent.items() if intent in asked)
    for name in ONE_VALUE:
        by_value = {getattr(s.sense.sets, name): s for s in stretches if name in s.sense.sets.model_fields_set}
        if len(by_value) > 1:
            return tuple(by_value.values())
    return ()


def _about_one(content: Sequence[Stretch]) -> Composed:
    """One record: everything asked about it is on its card, except for its history."""
    ref = with_role(content, Role.REFERENCE)[0].sense.sets.ref or ""
    history = Intent.HISTORY in intents(content) or bool(with_role(content, Role.CHANGED))
    kinds = [s for s in with_role(content, Role.FILTER) if "kinds" in s.sense.sets.model_fields_set]
    other_kinds = merge(stretch.sense.sets for stretch in kinds).kinds
    query = Query(
        intent=Intent.HISTORY if history else Intent.SHOW,
        ref=ref,
        kinds=tuple(kind for kind in other_kinds if kind is not reference_kind(ref)),
    )
    used = (Role.REFERENCE, Role.INTENT, Role.CHANGED, Role.DETAIL, Role.ALL, Role.COUNT, Role.OURS)
    return Composed(query, tuple(s for s in content if s.role not in used and s not in kinds))
