"""Who reads what the clock brings: a chat, with as much clearance as it has at this moment, in its language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from locales.translations import DEFAULT, language
from registry.people import Chat, ChatKind, Reader, Role, reader_in
from registry.visibility import Clearance
from registry.workdays import Workdays
from storage.register import Register
from storage.store import Store
from views.voice import Voice


@dataclass(frozen=True)
class City:
    """What is the same for everybody: the city's settings."""

    non_public: Clearance = Clearance.PUBLIC
    workdays: Workdays = field(default_factory=Workdays)
    language: str = DEFAULT


@dataclass(frozen=True)
class Sight:
    """A chat's register and voice. ``revision`` is the register's, read before anything else."""

    reader: Reader
    register: Register
    voice: Voice
    revision: int


Places = Mapping[int, tuple[Chat, int]]


async def sight_of(
    store: Store, city: City, chat: int, now: datetime, *, spoken: str | None = None, places: Places | None = None
) -> Sight:
    """``spoken`` is the language that was chosen for what is said, in place of the chat's own. ``places`` are groups
    that were read just now."""
    if chat > 0:
        person, place, revision, _ = await store.people.asking(chat, chat, ChatKind.PRIVATE, now)
        reader, own = reader_in(place, person, non_public=city.non_public), place.language or person.language
    else:
        place, revision = (places or {}).get(chat) or (await store.people.places((chat,), now))[chat]
        # Everybody in a group reads along, so that it is the chat alone which is cleared.
        clearance = min(city.non_public, place.clearance) if place.admitted else Clearance.PUBLIC
        role, own = Role.READER if place.admitted else Role.GUEST, place.language
        reader = Reader(person=0, chat=chat, role=role, clearance=clearance)
    say = language(spoken or own or city.language)
    voice = Voice(say=say, offices=await store.offices(revision), now=now, workdays=city.workdays)
    return Sight(reader, store.register(reader, revision=revision), voice, revision)
