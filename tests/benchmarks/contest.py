"""Runs one bot against the loopback Bot API and reads off what it cost."""

import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from storage.audit import key_beside
from tests.benchmarks.cache import ROOT, environment
from tests.benchmarks.changes import broken_promises
from tests.benchmarks.rounds import SAMPLES, Order, Result

STOP_SECONDS = 15
LAST_WORDS = 2000  # characters of a failing bot's output that are shown
TICKS = os.sysconf("SC_CLK_TCK")


class WrongAnswers(Exception):
    """A contestant that left questions open or answered something else proves nothing about speed."""

    def __init__(self, contestant: str, result: Result, said: str) -> None:
        answered = f"{contestant}: {result.answered} of {result.asked} answered"
        super().__init__(f"{answered}; not true: {result.wrong}\nIt said last: {said}")


class WrongRegister(Exception):
    """A contestant whose register does not hold what it acknowledged was fast for nothing."""

    def __init__(self, contestant: str, broken: Sequence[str]) -> None:
        super().__init__(f"{contestant}: {len(broken)} measures are not as acknowledged, such as {broken[:SAMPLES]}")


@dataclass(frozen=True)
class Contestant:
    """A bot to measure: its command (the API's address and, where it has one, its database follow), and what it
    is asked. A database is copied first, so that each run finds the same one. Of one that changes it, ``kept``
    selects what was changed: reference, status, text and how often. A slow one that has no cold answers shows its pace
    in a share of the burst."""

    name: str
    command: Sequence[str | Path]
    questions: Path
    database: Path | None = None
    kept: str = ""
    share_of_burst: float = 1.0


@dataclass(frozen=True)
class Load:
    """How much is asked, or changed: a burst, then a steady stream."""

    burst: int
    per_second: int
    seconds: int


@dataclass(frozen=True)
class Measured:
    """One run. CPU seconds are per 1,000 updates, or changes saved, of the burst; ``api_cpu`` is what the loopback
    API spent on them."""

    per_second: float
    cpu: float
    rss_mb: float
    cold_start: float
    p50_ms: float
    p99_ms: float
    api_cpu: float


@dataclass(frozen=True)
class _BotApi:
    process: "subprocess.Popen[str]"
    origin: str

    def run(self, order: Order) -> Result:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(asdict(order)) + "\n")
        self.process.stdin.flush()
        fields = json.loads(self.process.stdout.readline())
        return Result(**{**fields, "wrong": tuple(fields["wrong"]), "saved": tuple(fields["saved"])})


def measure(contestant: Contestant, load: Load) -> Measured:
    """Starts the bot while one question waits for it, then asks as the load says."""
    with _bot_api(contestant.questions) as api, tempfile.TemporaryDirectory() as folder:
        database = _copy(contestant.database, Path(folder))
        log = Path(folder) / "log"
        saved: list[str] = []

        def ask(order: Order) -> Result:
            result = api.run(order)
            if result.wrong or result.answered != result.asked:
                raise WrongAnswers(contestant.name, result, log.read_text(encoding="utf-8")[-LAST_WORDS:])
            saved.extend(result.saved)
            return result

        started_at = time.monotonic()
        with running([*contestant.command, api.origin, *database], log) as process:
            first = ask(Order(1))
            cpu_before = cpu_seconds(process.pid)
            burst = ask(Order(math.ceil(load.burst * contestant.share_of_burst)))
            cpu = cpu_seconds(process.pid) - cpu_before
            steady = ask(Order(load.per_second * load.seconds, load.per_second))
            rss_mb = _peak_memory_mb(process.pid)
        for changed in database if contestant.kept else ():
            if broken := broken_promises(saved, changed, contestant.kept):
                raise WrongRegister(contestant.name, broken)
    return Measured(
        per_second=burst.asked / burst.seconds,
        cpu=cpu / burst.asked * 1000,
        rss_mb=rss_mb,
        cold_start=first.last_answer_at - started_at,
        p50_ms=steady.p50_ms,
        p99_ms=steady.p99_ms,
        api_cpu=burst.own_cpu / burst.asked * 1000,
    )


def _copy(database: Path | None, folder: Path) -> list[Path]:
    """With the key beside it, without which a register is not opened."""
    if database is None:
        return []
    if (key := key_beside(database)).exists():
        shutil.copy(key, folder)
    return [Path(shutil.copy(database, folder))]


@contextmanager
def _bot_api(questions: Path) -> Iterator[_BotApi]:
    command = [sys.executable, "-m", "tests.benchmarks.bot_api", str(questions)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        port = json.loads(process.stdout.readline())
        try:
            yield _BotApi(process, f"http://127.0.0.1:{port}")
        finally:
            process.stdin.close()


@contextmanager
def running(command: Sequence[str | Path], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with (
        log.open("wb") as said,
        subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=said, stderr=said) as process,
    ):
        try:
            yield process
        finally:
            _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def cpu_seconds(pid: int) -> float:
    """User and system time so far, threads included (fields 14 and 15 of Linux's /proc/PID/stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _peak_memory_mb(pid: int) -> float:
    """The most that was resident at once. The rusage of a child would count its parent's memory before exec."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
