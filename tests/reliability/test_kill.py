"""The short form of ``python -m tests.reliability.kill``; prints its figures and seed (``-s`` shows them)."""

import random
from pathlib import Path

from tests.reliability.kill import run

KILLS = 300
SEED = random.randrange(10**6)


async def test_three_hundred_kills_lose_nothing_and_apply_nothing_twice(tmp_path: Path) -> None:
    figures = await run(kills=KILLS, seed=SEED, folder=tmp_path)

    print(figures)
    assert figures.broken == {}, figures
    assert figures.kills == KILLS
    assert figures.updates > KILLS
    assert figures.redelivered > KILLS / 10


async def test_the_same_kills_show_the_loss_when_updates_are_confirmed_before_they_are_on_disk(tmp_path: Path) -> None:
    figures = await run(kills=60, seed=SEED, folder=tmp_path, confirm_first=True)

    print(figures)
    assert figures.lost > 0, figures
    assert figures.confirmed_too_early > 0, figures
