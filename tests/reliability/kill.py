"""Kills the bot again and again, in one town after the other, and fails on a broken promise.

``python -m tests.reliability.kill --kills 5000 --seed 7`` prints the figures; ``--writes`` has people change the
register meanwhile; ``--side-by-side 2`` runs two towns at a time, each with its own register and seed. With ``--book
FILE`` the figures of each town are kept there, and the same command goes on after the last one.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from copy import copy
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from tests.reliability.crowd import Figures
from tests.reliability.lives import run, run_with_writes
from tests.reliability.reckoning import Written

A_TOWN = 250  # kills; each start after one looks through the whole register, which grows
_BEST = {"integrity": "ok", "exit_code": 0}
Sum = TypeVar("Sum", Figures, Written)


@dataclass(frozen=True)
class Town:
    """What one town lives through, and where."""

    kills: int
    seed: int
    folder: Path
    writes: bool = False
    confirm_first: bool = False


def live(town: Town) -> tuple[Figures, Written]:
    town.folder.mkdir()
    if town.writes:
        return asyncio.run(run_with_writes(kills=town.kills, seed=town.seed, folder=town.folder))
    figures = run(kills=town.kills, seed=town.seed, folder=town.folder, confirm_first=town.confirm_first)
    return asyncio.run(figures), Written()


def added(several: Sequence[Sum]) -> Sum:
    """The figures of several towns as those of one: counts are added, of anything else the worst is told."""
    total = copy(several[0])
    for one in fields(total):
        setattr(total, one.name, _added(one.name, several))
    return total


def _added(name: str, several: Sequence[Sum]) -> object:
    first, *others = (getattr(one, name) for one in several)
    if name == "seed":
        return first
    if name in _BEST:
        return next((found for found in (first, *others) if found != _BEST[name]), first)
    return sum(others, first)


def towns(given: argparse.Namespace, folder: Path) -> Iterator[Town]:
    for n, before in enumerate(range(0, given.kills, given.a_town)):
        kills, seed = min(given.a_town, given.kills - before), given.seed + 1000 * n
        yield Town(kills, seed, folder / str(seed), writes=given.writes, confirm_first=given.confirm_first)


def live_all(waiting: Sequence[Town], side_by_side: int, book: Path | None = None) -> tuple[Figures, Written]:
    """All towns, or as many as there are until one breaks a promise."""
    known, started = _read(book), time.monotonic()
    lived = [known[town.seed] for town in waiting if town.seed in known]
    afresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(side_by_side, mp_context=afresh, max_tasks_per_child=1) as processes:
        living = {processes.submit(live, town): town for town in waiting if town.seed not in known}
        for future in as_completed(living):
            town = living[future]
            try:
                lived.append(future.result())
            except BaseException:
                print(f"seed {town.seed} came to no end: {town.folder}", flush=True)
                processes.shutdown(cancel_futures=True)
                raise
            figures, written = lived[-1]
            if broken := figures.broken | written.broken:
                print(f"seed {town.seed} broke {broken}: {town.folder}\n{figures}\n{written}", flush=True)
                processes.shutdown(cancel_futures=True)
                break
            shutil.rmtree(town.folder)
            _keep(book, town, figures, written)
            _tell(lived, started)
    return added([figures for figures, _ in lived]), added([written for _, written in lived])


def _read(book: Path | None) -> dict[int, tuple[Figures, Written]]:
    """The towns that kept all promises, by their seeds."""
    lines = book.read_text("utf-8").splitlines() if book and book.exists() else []
    return {town: (Figures(**figures), _written(**written)) for town, figures, written in map(json.loads, lines)}


def _written(kinds: dict[str, int], **counts: int) -> Written:
    return Written(kinds=Counter(kinds), **counts)


def _keep(book: Path | None, town: Town, figures: Figures, written: Written) -> None:
    if book:
        with book.open("a", encoding="utf-8") as file:
            file.write(json.dumps([town.seed, vars(figures), vars(written)]) + "\n")


def _tell(lived: Sequence[tuple[Figures, Written]], started: float) -> None:
    kills, changes = sum(one.kills for one, _ in lived), sum(one.acknowledged for _, one in lived)
    now, seconds = time.strftime("%H:%M:%S"), time.monotonic() - started
    print(f"{now} {kills} kills, {changes} changes acknowledged; running for {seconds:.0f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--confirm-first", action="store_true", help="commit after confirming, to see it fail")
    parser.add_argument("--writes", action="store_true", help="people change the register, and take that back")
    parser.add_argument("--side-by-side", type=int, default=1, metavar="N", help="towns that live at the same time")
    parser.add_argument("--a-town", type=int, default=A_TOWN, metavar="KILLS", help="kills that one town lives through")
    parser.add_argument("--book", type=Path, metavar="FILE", help="keep the figures of each town, and go on with them")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="amtsbote-kill-"))
    print(f"seed {given.seed}", flush=True)
    figures, written = live_all(list(towns(given, folder)), given.side_by_side, given.book)
    print(*([written] if given.writes else []), figures, sep="\n", flush=True)
    if broken := figures.broken | written.broken:
        raise SystemExit(f"broken: {broken}; the registers that broke lie in {folder}")
    folder.rmdir()


if __name__ == "__main__":
    main()
