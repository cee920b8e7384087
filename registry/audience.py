"""Who is reminded of what: chats before people, the nearest place before those above it, coordination at last."""

from collections.abc import Iterable
from functools import cached_property

from registry.offices import OfficeTree
from registry.people import Role
from registry.records import Record
from registry.reminders import COORDINATED_AFTER, ESCALATED_AFTER, OF_COORDINATION, Due, Why, Wish
from registry.visibility import Clearance, Visibility, may_read


class Recipient(Record):
    """A chat that can be written to. ``role`` is that of its person; a group has none. Who is away is no recipient."""

    chat: int
    role: Role = Role.GUEST
    offices: tuple[str, ...] = ()
    wish: Wish = Wish.ALL
    clearance: Clearance = Clearance.PUBLIC
    language: str | None = None
    thread: int | None = None

    @property
    def is_person(self) -> bool:
        return self.chat > 0


class Audience:
    """All recipients. What one of them hears depends on the others, and never on a record that it may not see."""

    def __init__(self, recipients: Iterable[Recipient], tree: OfficeTree) -> None:
        self.recipients = tuple(one for one in recipients if one.wish is not Wish.NONE)
        self._tree = tree
        self._heard: dict[tuple[str, Visibility, bool], dict[int, Why]] = {}

    def why(self, who: Recipient, due: Due, left: int) -> Why | None:
        """Why somebody hears of it when so many working days are left, or None where they do not."""
        heard = (self._hear(place, due.label, left).get(who.chat) for place in due.places)
        reasons = {why for why in heard if why}
        if Why.OWN in reasons:
            return Why.OWN
        if who.chat in self._coordination[due.label]:
            if due.what in OF_COORDINATION or not due.places or left <= -COORDINATED_AFTER:
                return Why.COORDINATION
            if self.unheard(due, left):
                return Why.NOBODY
        return next(iter(reasons), None)

    def unheard(self, due: Due, left: int) -> tuple[str, ...]:
        """The places that it waits for and of which nobody is told."""
        return tuple(place for place in due.places if not self._hear(place, due.label, left))

    def coordinates(self, who: Recipient) -> bool:
        return any(who.chat in chats for chats in self._coordination.values())

    def _hear(self, place: str, label: Visibility, left: int) -> dict[int, Why]:
        """The chats that hear of what waits for a place: those of the nearest place that has any, later all above it;
        of people those who want it all, and where there is no chat the nearest."""
        key = (place, label, left <= -ESCALATED_AFTER)
        if key not in self._heard:
            self._heard[key] = self._heard_at(place, label, is_escalated=key[2])
        return self._heard[key]

    def _heard_at(self, place: str, label: Visibility, *, is_escalated: bool) -> dict[int, Why]:
        levels = (place, *self._tree.ancestors(place))
        groups = [found for level in levels if (found := self._at(level, label, people=False))]
        people = [found for level in levels if (found := self._at(level, label, people=True))]
        wanting = [one for found in people for one in found if one.wish is Wish.ALL]
        nearest = groups[0] if groups else [*wanting, *(people[0] if people else ())]
        heard = {one.chat: Why.ESCALATED for found in groups[1:] for one in found} if is_escalated else {}
        return heard | {one.chat: Why.OWN for one in (*nearest, *wanting)}

    def _at(self, level: str, label: Visibility, *, people: bool) -> list[Recipient]:
        found = self._by_office.get(level, ())
        return [one for one in found if one.is_person is people and may_read(one.clearance, label)]

    @cached_property
    def _by_office(self) -> dict[str, list[Recipient]]:
        held: dict[str, list[Recipient]] = {}
        for one in self.recipients:
            works = one.role >= Role.EDITOR if one.is_person else one.wish is Wish.ALL
            for office in one.offices if works else ():
                held.setdefault(office, []).append(one)
        return held

    @cached_property
    def _coordination(self) -> dict[Visibility, frozenset[int]]:
        return {label: frozenset(one.chat for one in self._coordinating(label)) for label in Visibility}

    def _coordinating(self, label: Visibility) -> list[Recipient]:
        """Its chats, and who of its people wants it all; without such a chat all of them, and without any of them the
        administrators."""
        seeing = [one for one in self.recipients if may_read(one.clearance, label)]
        groups = [one for one in seeing if one.wish is Wish.COORDINATION]
        coordinators = [one for one in seeing if one.role is Role.COORDINATOR]
        wanting = [one for one in seeing if one.role >= Role.COORDINATOR and one.wish is Wish.ALL]
        found = [*groups, *wanting, *(() if groups else coordinators)]
        return found or [one for one in seeing if one.role is Role.ADMIN]
