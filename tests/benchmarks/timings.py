"""How long single commands take, from the start of their process to its end."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.benchmarks.cache import ROOT, environment

COMMAND = (sys.executable, "-m", "bot")
REAL_DOCUMENTS = ROOT.parent / "shared" / "documents"
SAMPLE_DOCUMENTS = ROOT / "bot" / "playground" / "sample" / "public"


@dataclass(frozen=True)
class Timing:
    name: str
    seconds: float


def timings(runs: int) -> list[Timing]:
    document = evaluation()
    return [
        Timing("`amtsbote --help`", _median(runs, lambda: _timed([*COMMAND, "--help"]))),
        Timing(f"`amtsbote import` of {_called(document)}", _median(runs, lambda: _import(document))),
        Timing("of that, reading the document", _median(runs, lambda: _reading(document))),
    ]


def evaluation() -> Path:
    """The real evaluation document where it is at hand, else the sample's: the longest of its folder is it."""
    folder = REAL_DOCUMENTS if REAL_DOCUMENTS.is_dir() else SAMPLE_DOCUMENTS
    return max(folder.glob("*.txt"), key=lambda path: path.stat().st_size)


def _called(document: Path) -> str:
    whose = "the sample's" if document.is_relative_to(SAMPLE_DOCUMENTS) else "a real"
    return f"{whose} evaluation document of {document.stat().st_size / 1000:.0f} kB"


def _import(document: Path) -> float:
    """The whole command on a register that does not exist yet."""
    with tempfile.TemporaryDirectory() as folder:
        return _timed([*COMMAND, "import", document, "--public"], AMTSBOTE_DATABASE=str(Path(folder) / "amtsbote.db"))


def _reading(document: Path) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.reading", str(document)]
    said = subprocess.run(command, cwd=ROOT, env=environment(), check=True, capture_output=True, text=True)
    return float(said.stdout)


def _timed(command: Sequence[str | Path], **settings: str) -> float:
    started_at = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env={**environment(), **settings}, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started_at


def _median(runs: int, once: Callable[[], float]) -> float:
    """Of so many runs after one that only warms up."""
    once()
    return median(once() for _ in range(runs))
