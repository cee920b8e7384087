"""``python -m tests.benchmarks``: measures the bot beside others on this machine and prints tables."""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

from tests.benchmarks import cache, report
from tests.benchmarks.contest import Contestant, Load, Measured, WrongAnswers, measure
from tests.benchmarks.lineup import AIOGRAM_DESK, AIOGRAM_ECHO, OURS, lineup
from tests.benchmarks.timings import Timing, timings

RESULTS = cache.ROOT / "docs" / "benchmarks.md"
OUR_PACKAGES = ("python-telegram-bot", "aiohttp", "aiosqlite", "pydantic")
THEIR_PACKAGES = ("aiogram", "aiohttp", "aiosqlite", "pydantic")
WARMING_UP = Load(burst=1, per_second=1, seconds=1)


@dataclass(frozen=True)
class Extent:
    """How long to measure."""

    runs: int
    load: Load
    records: int


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    extent = _extent(options)
    try:
        chosen = [each for each in lineup(extent.records) if options.only.casefold() in each.name.casefold()]
        measured = run_interleaved(chosen, extent)
    except WrongAnswers as error:
        print(error, file=sys.stderr)
        return 1
    text = written(measured, timings(extent.runs), extent)
    print(text)
    if options.write:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured (default: 3)")
    parser.add_argument("--records", type=int, default=100_000, help="records in the register (default: 100,000)")
    parser.add_argument("--quick", action="store_true", help="one short run of each")
    parser.add_argument("--only", default="", metavar="WORD", help="only the bots whose name has this word")
    parser.add_argument("--write", action="store_true", help="keep the tables in docs/benchmarks.md")
    return parser.parse_args(arguments)


def _extent(options: argparse.Namespace) -> Extent:
    if options.quick:
        return Extent(1, Load(burst=1000, per_second=100, seconds=3), options.records)
    return Extent(options.runs, Load(burst=5000, per_second=100, seconds=10), options.records)


def run_interleaved(contestants: Sequence[Contestant], extent: Extent) -> dict[str, Measured]:
    """Everybody once, then everybody again, so that the machine's other work falls on all alike.

    Before that everybody starts once unmeasured, so that no cold start has to compile what later ones find.
    """
    for each in contestants:
        measure(each, WARMING_UP)
    runs: dict[str, list[Measured]] = {each.name: [] for each in contestants}
    for number in range(extent.runs):
        for each in contestants:
            measured = measure(each, extent.load)
            runs[each.name].append(measured)
            print(f"{number + 1}/{extent.runs} {each.name}: {measured}", file=sys.stderr, flush=True)
    return {name: report.medians(each) for name, each in runs.items()}


def written(measured: dict[str, Measured], commands: Sequence[Timing], extent: Extent) -> str:
    rivals = {name: measured[name] for name in (AIOGRAM_DESK, AIOGRAM_ECHO) if name in measured}
    own_cost = max((each.api_cpu for each in measured.values()), default=0.0)
    paragraphs = [
        "# Benchmarks",
        f"Written by `python -m tests.benchmarks`. {_extent_in_words(extent)} Read the figures as ratios.",
        report.contest_table(measured),
        *([report.ratio_table(measured[OURS], rivals)] if rivals and OURS in measured else []),
        report.table(("command", "seconds"), [(each.name, f"{each.seconds:.2f}") for each in commands]),
        f"The loopback Bot API itself spent at most {own_cost:.2f} CPU s on 1,000 updates. {_versions()}",
    ]
    return "\n\n".join(paragraphs) + "\n"


def _extent_in_words(extent: Extent) -> str:
    load = extent.load
    return (
        f"{_runs_in_words(extent.runs)}: a burst of {load.burst:,} messages from 200 chats, then "
        f"{load.per_second} a second for {load.seconds} s (p50 and p99), against a register of {extent.records:,} "
        "records. The echoes answer with what they hear; every other answer was compared with the register's records."
    )


def _runs_in_words(runs: int) -> str:
    return "One run of each" if runs == 1 else f"Medians of {runs} interleaved runs"


def _versions() -> str:
    ours = ", ".join(f"{name} {version(name)}" for name in OUR_PACKAGES)
    command = [str(cache.aiogram_python()), "-m", "pip", "freeze"]
    frozen = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    pinned = dict(line.split("==") for line in frozen if "==" in line)
    theirs = ", ".join(f"{name} {pinned[name]}" for name in THEIR_PACKAGES)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    return f"Machine: {machine}. Ours: {ours}. aiogram's environment: {theirs}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
