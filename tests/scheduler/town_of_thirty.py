"""Thirty chats that want something of the clock, and the city around them."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from types import MappingProxyType

from pydantic import SecretStr

from bot.application import Application
from bot.playground.api import BOT, TOKEN, LocalBotApi
from bot.playground.chats import Room
from bot.playground.town import Town
from bot.settings import Settings
from registry.deadlines import Deadline, DeadlineKind
from registry.digests import Digest, WhenEmpty
from registry.measures import FieldOfAction, Measure, Recommendation, Status
from registry.offices import Office, OfficeKind
from registry.people import Role
from registry.queries import Intent, Query
from registry.reading import Form, Reading
from registry.slots import OnHoliday, Rule
from storage import digests
from storage.store import Store
from tests.chatting import ADMIN, City
from tests.scheduler.almanac import OWN_DAYS, Down, Shift, Watched, Weekly
from tests.scheduler.haste import Observed, Running

OFFICES = tuple(f"A{number}" for number in range(31, 38))  # the last has nothing to do
CONCEPT = "Jahreskonzept"
WEEK, EVERY = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6)
MONDAY, WEDNESDAY, FRIDAY, SATURDAY, SUNDAY = (0,), (2,), (4,), (5,), (6,)
BASIC, RETURNS, GONE = "group 0", "group 1", "group 2"

Times = tuple[tuple[int, ...], time, Shift, str]
EIGHT, NINE, HALF = time(8), time(9), time(16, 15)
# By place: weekdays, time, what holidays do, and whose records (without an office, everybody's).
WISHES: MappingProxyType[str, tuple[Times, ...]] = MappingProxyType(
    {
        BASIC: ((MONDAY, EIGHT, Shift.NEXT, ""),),
        RETURNS: ((MONDAY, EIGHT, Shift.NEXT, "A31"), (WEEK, NINE, Shift.SKIP, "A32")),
        GONE: ((WEEK, EIGHT, Shift.NEXT, ""),),
        **{f"group {n}": ((MONDAY, EIGHT, Shift.NEXT, OFFICES[n % 6]),) for n in range(3, 8)},
        "group 8": ((FRIDAY, HALF, Shift.NEXT, ""), (MONDAY, EIGHT, Shift.SKIP, "A33")),
        "group 9": ((SUNDAY, time(2, 30), Shift.ANYWAY, ""),),
        "group 10": ((MONDAY, EIGHT, Shift.NEXT, "A37"),),  # nothing to say, and wants to say nothing then
        "topic 0": ((MONDAY, EIGHT, Shift.NEXT, ""), (MONDAY, EIGHT, Shift.NEXT, "A34")),
        "topic 1": ((MONDAY, EIGHT, Shift.ANYWAY, "A35"),),
        "topic 2": ((WEDNESDAY, NINE, Shift.NEXT, ""),),
        "topic 3": ((SATURDAY, NINE, Shift.NEXT, ""),),
        "topic 4": ((FRIDAY, HALF, Shift.SKIP, ""),),
        "channel 0": ((MONDAY, EIGHT, Shift.NEXT, ""),),
        "channel 1": ((FRIDAY, HALF, Shift.ANYWAY, ""),),
        "channel 2": ((EVERY, time(18, 30), Shift.ANYWAY, "A36"),),
        "reader 0": ((WEEK, EIGHT, Shift.NEXT, ""),),
        "reader 1": ((MONDAY, EIGHT, Shift.SKIP, "A31"),),
        "reader 2": ((WEDNESDAY, NINE, Shift.NEXT, "A32"),),
        "reader 3": ((FRIDAY, NINE, Shift.NEXT, ""),),
    }
)
REMINDED = MappingProxyType(
    {"team 0": "A31", "team 1": "A32", "team 2": "A33", "team 3": "A34", "editor 0": "A35", "editor 1": "A36"}
)
COORDINATION = "coordination"
DUE = MappingProxyType(
    {
        "A31": (date(2026, 12, 14), date(2027, 2, 22), date(2027, 9, 20)),
        "A32": (date(2026, 12, 24), date(2027, 5, 6)),
        "A33": (date(2027, 1, 3), date(2027, 7, 30)),
        "A34": (date(2026, 12, 31), date(2027, 1, 15), date(2027, 3, 29)),
        "A35": (date(2026, 12, 23), date(2027, 6, 1)),
        "A36": (date(2027, 1, 18), date(2027, 4, 2), date(2027, 11, 1)),
    }
)
ITEMS = MappingProxyType(
    {
        office: {f"{field}.1.M{n}": due for n, due in enumerate(dues, 1)}
        for field, (office, dues) in enumerate(DUE.items(), 1)
    }
)


@dataclass
class Thirty:
    """``rooms`` are where the places are by now; ``wanted`` is what they want, as the almanac reckons."""

    city: City
    clock: Running
    pacer: Observed
    rooms: dict[str, list[tuple[Room, int | None]]] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)

    async def moves_in(self, at: datetime) -> None:
        town = self.city.api.town
        forum = town.group("Forum", self.city.admin, forum=True)
        for at_number, place in enumerate((*WISHES, *REMINDED, COORDINATION)):
            kind, _, number = place.partition(" ")
            self.languages[place] = "en" if at_number % 3 == 1 else "de"
            if kind in {"reader", "editor", COORDINATION}:
                room, thread = await self._person(place, kind), None
            elif kind == "topic":
                room, thread = forum, town.topic(forum, f"Thema {number}").id
            elif kind == "channel":
                room, thread = town.channel(place, self.city.admin), None
            else:
                room, thread = town.group(place, self.city.admin, basic=place == BASIC), None
            self.rooms[place] = [(room, thread)]
            if room.id < 0:
                await self._admit(room, place)
            for wish in WISHES.get(place, ()):
                await self._save(_digest(room, thread, wish, self.languages[place]), at)

    async def _person(self, place: str, kind: str) -> Room:
        """Somebody who has written to the bot before: it may write to nobody else."""
        role = {"reader": Role.READER, "editor": Role.EDITOR}.get(kind, Role.COORDINATOR)
        offices = (REMINDED[place],) if place in REMINDED else ()
        someone = await self.city.person(place, role=role, offices=offices, language=self.languages[place])
        await self.city.chat(someone).says("/hilfe")
        await self.city.chat(someone).says(f"/sprache {self.languages[place]}")
        return self.city.api.town.private(someone)

    async def _admit(self, room: Room, place: str) -> None:
        sql = """
            INSERT INTO chats (id, title, admitted, language, offices, is_channel) VALUES (?, ?, 1, ?, ?, ?)
            ON CONFLICT DO NOTHING
        """
        offices = json.dumps([REMINDED[place]] if place in REMINDED else [])
        row = (room.id, place, self.languages[place], offices, int(place.startswith("channel")))
        await self.city.store.database.write(lambda t: t.run_each(sql, [row]))

    async def _save(self, digest: Digest, at: datetime) -> None:
        await self.city.store.database.write(lambda t: digests.save(t.fetch, digest, at=at, next_at=at))

    def wanted(
        self, downs: dict[str, tuple[Down, ...]], of_bot: tuple[Down, ...]
    ) -> tuple[list[Weekly], list[Watched]]:
        """Of a digest that has nothing to say, nothing is wanted."""
        weekly = [
            Weekly(place, office, weekdays, at, shift, (*downs.get(place, ()), *of_bot))
            for place, wishes in WISHES.items()
            for weekdays, at, shift, office in wishes
            if office != "A37"
        ]
        watched = [Watched(place, dict(ITEMS[office]), downs=of_bot) for place, office in REMINDED.items()]
        everything = {ref: due for items in ITEMS.values() for ref, due in items.items()}
        return weekly, [*watched, Watched(COORDINATION, everything, coordinates=True, downs=of_bot)]


def _digest(room: Room, thread: int | None, wish: Times, language: str) -> Digest:
    weekdays, at, shift, office = wish
    return Digest(
        chat=room.id,
        thread=thread,
        scope=Query(intent=Intent.OPEN, offices=(office,) if office else ()),
        rule=Rule(weekdays=weekdays, at=at, on_holiday=OnHoliday(shift.value)),
        language=language,
        when_empty=WhenEmpty.NOTHING if office == "A37" else WhenEmpty.LINE,
    )


@asynccontextmanager
async def thirty_chats(folder: Path, start: datetime) -> AsyncIterator[Thirty]:
    clock = Running(start)
    pacer = Observed(clock)
    api = LocalBotApi(Town(BOT, now=clock))
    admin = api.town.person("Robin", number=ADMIN)
    (folder / "free.txt").write_text(OWN_DAYS)
    async with AsyncExitStack() as stack:
        settings = Settings(
            token=SecretStr(TOKEN),
            api_url=await stack.enter_async_context(api.serve()),
            database=folder / "city.db",
            admins=frozenset({admin.id}),
            free_days=folder / "free.txt",
        )
        store = await Store.open(settings.database)
        stack.push_async_callback(store.close)
        for reading in _readings():
            await store.apply(reading, public=True, by="operator", at=datetime(2026, 6, 30, tzinfo=UTC))
        city = City(api, store, clock, admin, partial(Application, settings, store, pacer=pacer, now=clock))
        thirty = Thirty(city, clock, pacer)
        await city.starts()
        stack.push_async_callback(city.bots.aclose)
        yield thirty


def _readings() -> tuple[Reading, ...]:
    offices = tuple(Office(code=code, name_de=f"Amt {code[1:]}", kind=OfficeKind.OFFICE) for code in OFFICES)
    numbered = [(n, office, ref, due) for n, office in enumerate(ITEMS, 1) for ref, due in ITEMS[office].items()]
    register = Reading(
        source="year.txt",
        form=Form.EVALUATION,
        fields=tuple(FieldOfAction(concept=CONCEPT, number=n, title=f"Feld {n}") for n in range(1, len(ITEMS) + 1)),
        recommendations=tuple(
            Recommendation(concept=CONCEPT, field=n, number=1, text="Etwas tun") for n in range(1, len(ITEMS) + 1)
        ),
        measures=tuple(
            Measure(
                number=ref,
                concept=CONCEPT,
                title=f"Vorhaben {ref}",
                text="Es wird etwas getan.",
                lead_offices=(office,),
                deadline=Deadline(text=due.isoformat(), kind=DeadlineKind.DATED, due_on=due),
                status=Status.PARTLY,
                as_of=date(2026, 3, 31),
            )
            for _, office, ref, due in numbered
        ),
    )
    return Reading(source="offices.toml", form=Form.OFFICES, offices=offices), register
