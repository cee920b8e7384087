"""``python -m tests.benchmarks``: measures the bot beside others on this machine and prints tables."""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from tests.benchmarks import cache, digests, report
from tests.benchmarks.contest import Contestant, Load, Measured, WrongAnswers, WrongRegister, measure
from tests.benchmarks.lineup import (
    AIOGRAM_CHANGES,
    AIOGRAM_DESK,
    AIOGRAM_ECHO,
    AIOGRAM_HASTY,
    OUR_CHANGES,
    OURS,
    lineup,
)
from tests.benchmarks.timings import Timing, timings

RESULTS = cache.ROOT / "docs" / "benchmarks.md"
OUR_PACKAGES = ("python-telegram-bot", "aiohttp", "aiosqlite", "pydantic")
THEIR_PACKAGES = ("aiogram", "aiohttp", "aiosqlite", "pydantic")
RIVALS = (AIOGRAM_DESK, AIOGRAM_ECHO, AIOGRAM_CHANGES, AIOGRAM_HASTY)
WARMING_UP = Load(burst=1, per_second=1, seconds=1)


@dataclass(frozen=True)
class Extent:
    """How long to measure."""

    runs: int
    load: Load
    changes: Load
    records: int

    def of(self, contestant: Contestant) -> Load:
        return self.changes if contestant.kept else self.load


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    extent = _extent(options)
    try:
        chosen = [each for each in lineup(extent.records) if options.only.casefold() in each.name.casefold()]
        measured = run_interleaved(chosen, extent)
    except (WrongAnswers, WrongRegister) as error:
        print(error, file=sys.stderr)
        return 1
    text = written(measured, timings(extent.runs), extent)
    print(text)
    if options.write:
        kept = report.section_of(RESULTS.read_text(encoding="utf-8"), digests.HEADING) if RESULTS.exists() else ""
        RESULTS.write_text(report.with_section(text, digests.HEADING, kept), encoding="utf-8")
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
        load, changes = Load(burst=1000, per_second=100, seconds=3), Load(burst=400, per_second=10, seconds=3)
        return Extent(1, load, changes, options.records)
    load, changes = Load(burst=5000, per_second=100, seconds=5), Load(burst=1000, per_second=10, seconds=5)
    return Extent(options.runs, load, changes, options.records)


def run_interleaved(contestants: Sequence[Contestant], extent: Extent) -> dict[str, Measured]:
    """Everybody once, then everybody again, so that the machine's other work falls on all alike.

    Before that everybody starts once unmeasured, so that no cold start has to compile what later ones find.
    """
    for each in contestants:
        measure(each, WARMING_UP)
    runs: dict[str, list[Measured]] = {each.name: [] for each in contestants}
    for number in range(extent.runs):
        for each in contestants:
            measured = measure(each, extent.of(each))
            runs[each.name].append(measured)
            print(f"{number + 1}/{extent.runs} {each.name}: {measured}", file=sys.stderr, flush=True)
    return {name: report.medians(each) for name, each in runs.items()}


def written(measured: dict[str, Measured], commands: Sequence[Timing], extent: Extent) -> str:
    changing = {name: each for name, each in measured.items() if name in (OUR_CHANGES, AIOGRAM_CHANGES, AIOGRAM_HASTY)}
    answering = {name: each for name, each in measured.items() if name not in changing}
    own_cost = max((each.api_cpu for each in measured.values()), default=0.0)
    paragraphs = [
        "# Benchmarks",
        f"Written by `python -m tests.benchmarks`. {_extent_in_words(extent)} Read the figures as ratios.",
        *_section("## Questions", _questions_in_words(extent.load), answering, report.UPDATES),
        *_section("## Changes", _changes_in_words(extent.changes), changing, report.CHANGES),
        "## Commands",
        report.table(("command", "seconds"), [(each.name, f"{each.seconds:.2f}") for each in commands]),
        f"The loopback Bot API itself spent at most {own_cost:.2f} CPU s on 1,000 of these. {_versions()}",
    ]
    return "\n\n".join(paragraphs) + "\n"


def _section(heading: str, words: str, measured: dict[str, Measured], counted: str) -> Iterable[str]:
    """Nothing where nobody was measured; the ratios where ours and a rival were."""
    if not measured:
        return
    yield from (heading, words, report.contest_table(measured, counted))
    rivals = {name: measured[name] for name in RIVALS if name in measured}
    ours = next((measured[name] for name in (OURS, OUR_CHANGES) if name in measured), None)
    if rivals and ours:
        yield report.ratio_table(ours, rivals, counted)


def _extent_in_words(extent: Extent) -> str:
    return f"{_runs_in_words(extent.runs)}, against a register of {extent.records:,} records."


def _questions_in_words(load: Load) -> str:
    return (
        f"A burst of {load.burst:,} messages from 200 chats (a fifth of it for PTB's echoes and for answers composed "
        f"anew), then {load.per_second} a second for {load.seconds} s (p50 "
        "and p99). The echoes answer with what they hear; every other answer was compared with the register's records."
    )


def _changes_in_words(load: Load) -> str:
    return (
        "Office staff report the status of a measure: command, preview, tap, saved. 200 of them make "
        f"{load.burst:,} changes, each the next one as soon as the last is saved; then {load.per_second} changes a "
        f"second are begun for {load.seconds} s (p50 and p99 from the command to *saved*). aiogram's does what such "
        "bots usually do: the dialogue in memory, one `UPDATE` and its commit (WAL; *durable*: `synchronous=FULL`, "
        "*may be lost*: `NORMAL`). Ours besides keeps updates, previews and answers on disk, checks rights and version "
        "in the transaction, and writes history, search index, desk and what an undo needs. In the end each register "
        "was compared with what had been acknowledged."
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
