"""Downtimes in process, and the short form of ``python -m tests.reliability.clock``; both print figures and seed."""

import random
from pathlib import Path

from tests.reliability import clock, downtimes

DOWNTIMES = 500
KILLS = 14
SEED = random.randrange(10**6)


async def test_through_five_hundred_downtimes_every_slot_ends_once_and_no_text_comes_twice(tmp_path: Path) -> None:
    reckoned = await downtimes.run(downtimes=DOWNTIMES, seed=SEED, folder=tmp_path)

    print(reckoned)
    assert reckoned.broken == {}, reckoned
    assert reckoned.sent > DOWNTIMES / 4
    assert reckoned.skipped["missed"] > 0


async def test_fourteen_kills_around_the_send_bring_no_text_twice_and_lose_no_slot(tmp_path: Path) -> None:
    figures = await clock.run(kills=KILLS, seed=SEED, folder=tmp_path)

    print(figures)
    assert figures.broken == {}, figures
    assert figures.kills == KILLS
    assert figures.sent > KILLS / 2


async def test_the_same_kills_show_texts_that_come_twice_when_they_are_sent_without_a_line(tmp_path: Path) -> None:
    figures = await clock.run(kills=KILLS, seed=SEED, folder=tmp_path, flags=("--in-one-go",))

    print(figures)
    assert figures.texts_twice > 0, figures
