"""The short form of ``python -m tests.reliability.kill``; prints its figures and seed (``-s`` shows them)."""

import random
from pathlib import Path

from tests.reliability.lives import run, run_with_writes

KILLS = 100
KILLS_WITH_WRITES = 60
SEED = random.randrange(10**6)


async def test_a_hundred_kills_lose_nothing_and_apply_nothing_twice(tmp_path: Path) -> None:
    figures = await run(kills=KILLS, seed=SEED, folder=tmp_path)

    print(figures)
    assert figures.broken == {}, figures
    assert figures.kills == KILLS
    assert figures.updates > KILLS
    assert figures.redelivered > KILLS / 10


async def test_a_few_kills_show_the_loss_when_updates_are_confirmed_before_they_are_on_disk(tmp_path: Path) -> None:
    figures = await run(kills=25, seed=SEED, folder=tmp_path, confirm_first=True)

    print(figures)
    assert figures.lost > 0, figures
    assert figures.confirmed_too_early > 0, figures


async def test_sixty_kills_lose_no_change_that_was_acknowledged_and_do_none_twice(tmp_path: Path) -> None:
    figures, written = await run_with_writes(kills=KILLS_WITH_WRITES, seed=SEED, folder=tmp_path)

    print(figures, written)
    assert (figures.broken, written.broken) == ({}, {}), (figures, written)
    assert figures.kills == KILLS_WITH_WRITES
    assert written.acknowledged > KILLS_WITH_WRITES / 4
    assert written.taken_back > 0
    assert len(written.kinds) > 5


async def test_a_few_kills_show_the_loss_when_people_are_told_before_it_is_written(tmp_path: Path) -> None:
    _, written = await run_with_writes(kills=20, seed=SEED, folder=tmp_path, answer_first=True)

    print(written)
    assert written.acknowledged_lost > 0, written
