"""People who write without end, while Telegram repeats itself, counts anew and loses answers; and the figures of it."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.api import LocalBotApi
from bot.playground.chats import Room, Someone
from tests.reliability.nursery import COUNT

PEOPLE = 20
REDELIVERED = 0.1
BACKLOG = 400  # updates and messages that may wait anywhere before people pause: who lives for moments drains little


@dataclass
class Figures:
    """What a run did, and how often it broke each promise."""

    seed: int
    kills: int = 0
    seconds: float = 0.0
    updates: int = 0
    redelivered: int = 0
    jumps: int = 0
    lost: int = 0
    applied_twice: int = 0
    unsettled: int = 0
    confirmed_too_early: int = 0
    unanswered: int = 0
    unsent: int = 0
    repeats: int = 0
    unlabelled_repeats: int = 0
    out_of_order: int = 0
    integrity: str = ""
    exit_code: int | None = None

    @property
    def broken(self) -> dict[str, int]:
        """The promises that were broken, and how often."""
        promises = ("lost", "applied_twice", "unsettled", "confirmed_too_early", "unanswered", "unsent",
                    "unlabelled_repeats", "out_of_order")  # fmt: skip
        found = {name: int(getattr(self, name)) for name in promises}
        found |= {"damaged": int(self.integrity != "ok"), "unclean_stop": int(self.exit_code != 0)}
        return {name: count for name, count in found.items() if count}


@dataclass
class Crowd:
    """People who write without end, while Telegram repeats itself, counts anew and loses answers."""

    api: LocalBotApi
    dice: random.Random
    figures: Figures
    unfinished: Callable[[], int] = lambda: 0  # what waits in the bot's own boxes
    said: dict[int, list[str]] = field(default_factory=dict)
    people: list[Someone] = field(default_factory=list)

    def gather(self) -> None:
        self.people = [self.api.town.person(f"P{n}", number=8_000_000 + n) for n in range(PEOPLE)]
        self.said = {person.id: [] for person in self.people}

    async def write(self) -> None:
        while True:
            await asyncio.sleep(self.dice.uniform(0.0, 0.01))
            if len(self.api.town.updates.waiting) + self.unfinished() < BACKLOG:
                self._say_something()
            self._make_trouble()
            if self.dice.random() < 0.005:
                await self._pass_a_week()

    def _say_something(self) -> None:
        person = self.dice.choice(self.people)
        number = self.figures.updates = self.figures.updates + 1
        text = f"{COUNT}{number}" if self.dice.random() < 0.8 else "/help"
        self.said[person.id].append(text)
        self.api.doings.says(self.room(person), person, text)

    def _make_trouble(self) -> None:
        updates = self.api.town.updates
        if updates.confirmed and self.dice.random() < REDELIVERED:
            updates.redeliver(1)
            self.figures.redelivered += 1
        if self.dice.random() < 0.01 and not any(fault.times for fault in self.api.trouble.faults):
            self.api.trouble.lose_answer(method="sendMessage")

    async def _pass_a_week(self) -> None:
        """After a week without any update Telegram counts anew, from anywhere."""
        while self.api.town.updates.waiting:  # noqa: ASYNC110  # the queue has no event for being empty
            await asyncio.sleep(0.01)
        self.api.town.updates.continue_at(self.dice.randrange(1, 2**31))
        self.figures.jumps += 1

    def room(self, person: Someone) -> Room:
        return self.api.town.private(person)
