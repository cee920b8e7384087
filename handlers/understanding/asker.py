"""Who asks, and whether it is a question: ``ich`` as the one who has something to do, a status that is asked for."""

from collections.abc import Iterable, Sequence

from handlers.understanding.parts import intents, with_role
from handlers.understanding.reading import Known
from handlers.understanding.senses import Role, Sense, Stretch
from handlers.understanding.tokens import Said
from registry.queries import Intent, Query

# "Who owes us something" is asked by the one who is owed.
_TURNED_ROUND = frozenset({Intent.OWING})
_WORK = (Intent.OPEN, Intent.OWING)
_DUE = (Intent.OVERDUE, Intent.DEADLINES)


def with_asker(stretches: Sequence[Stretch]) -> list[Stretch]:
    """``Ich`` and ``uns`` become those whose work is asked for, but for ``möchte ich`` and ``sagen Sie uns``."""
    roles = [stretch.role for stretch in stretches]
    meant = {Role.SELF} if intents(stretches) & _TURNED_ROUND else {Role.SELF, Role.TO_SELF}
    return [
        stretch._replace(sense=Sense(Role.OURS))
        if stretch.role in meant and Role.COURTESY not in (*roles[max(0, at - 1) : at], *roles[at + 1 : at + 2])
        else stretch
        for at, stretch in enumerate(stretches)
    ]


def with_details(said: Said, stretches: Sequence[Stretch]) -> list[Stretch]:
    """``Ist 1.5.M1 umgesetzt?`` asks for a part of the record; ``1.5.M1 umgesetzt`` would report it."""
    refs = with_role(stretches, Role.REFERENCE)
    asks = refs and ("?" in said.text or any(s < refs[0] for s in with_role(stretches, Role.ASKING)))
    return [s._replace(sense=Sense(Role.DETAIL)) if asks and _says_how_far(s) else s for s in stretches]


def with_field(stretches: Sequence[Stretch], known: Known) -> list[Stretch]:
    """The number of a recommendation without its field may be that of each field."""
    if len(with_role(stretches, Role.ITEM)) != 1 or _names_a_field(stretches) or not known.names.field_choices:
        return list(stretches)
    return [
        s._replace(sense=known.names.recommendations(s.sense.item)) if s.role is Role.ITEM else s for s in stretches
    ]


def with_mine(query: Query, content: Sequence[Stretch], own: tuple[str, ...]) -> tuple[Query, list[Stretch]]:
    """The query for the asker's own offices where it asks for ``meine``; and what has no place in it."""
    mine = with_role(content, Role.MINE)
    if not mine:
        return query, []
    if query.offices and not set(query.offices) <= set(own):
        return query, mine
    if query.intent in (Intent.OPEN, Intent.MINE):
        return query.model_copy(update={"intent": Intent.MINE, "offices": query.offices or own}), []
    return (query.model_copy(update={"offices": query.offices or own}), []) if own else (query, mine)


def with_ours(query: Query, content: Sequence[Stretch], own: tuple[str, ...]) -> Query:
    """What somebody asks of their own work is theirs: ``was muss ich noch machen``, ``what do I owe``.

    ``Wo stehen wir`` is asked for all, and so are due dates by who has no office.
    """
    if query.offices or not with_role(content, Role.OURS):
        return query
    if Role.INTENT in {stretch.role for stretch in content} and query.intent in _WORK:
        return query.model_copy(update={"intent": Intent.MINE, "offices": own})
    return query.model_copy(update={"offices": own}) if own and query.intent in _DUE else query


def _says_how_far(stretch: Stretch) -> bool:
    sets = stretch.sense.sets
    settled = stretch.role is Role.DOUBT and not any(choice.name for choice in stretch.sense.choices)
    return settled or bool(sets.statuses or sets.inquiry_statuses or sets.unrouted or sets.in_review)


def _names_a_field(stretches: Iterable[Stretch]) -> bool:
    return any(stretch.sense.sets.model_fields_set & {"field", "recommendation", "ref"} for stretch in stretches)
