"""What is costly to make and kept outside the tree: aiogram's environment and the large register."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
AIOGRAM = ("aiogram>=3.31,<4", "aiosqlite>=0.22,<0.23")
PTB = ("python-telegram-bot[rate-limiter]>=22.8,<23",)
SHAPED_BY = ("storage/migrations/*.sql", "tests/storage/large.py", "tests/benchmarks/register.py")
CHANGES_SHAPED_BY = ("tests/benchmarks/changes.py", "tests/benchmarks/staffing.py")


@dataclass(frozen=True)
class Register:
    """One large register in several forms: ours, the competitor's tables, and what is asked of both, or changed."""

    folder: Path

    @property
    def ours(self) -> Path:
        return self.folder / "register.db"

    @property
    def desk(self) -> Path:
        return self.folder / "desk.db"

    @property
    def questions_to_us(self) -> Path:
        return self.folder / "questions.json"

    @property
    def questions_to_desk(self) -> Path:
        return self.folder / "desk_questions.json"

    @property
    def records(self) -> Path:
        return self.folder / "records.db"

    @property
    def changes_by_us(self) -> Path:
        return self.folder / "changes.json"

    @property
    def changes_of_records(self) -> Path:
        return self.folder / "records_changes.json"


def folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or tempfile.gettempdir()) / "amtsbote-benchmarks"


def environment() -> dict[str, str]:
    """In which everybody is measured: with bytecode kept from the start before, as on any machine, but not here."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder() / "bytecode")}


def aiogram_python() -> Path:
    """The interpreter of an environment with aiogram, which pins a pydantic older than ours."""
    return _environment_with("aiogram", AIOGRAM)


def ptb_python() -> Path:
    """The interpreter of an environment with python-telegram-bot's rate limiter, which we do without."""
    return _environment_with("ptb", PTB)


def _environment_with(name: str, packages: tuple[str, ...]) -> Path:
    home = folder() / f"{name}-{_fingerprint(packages)}"
    python = home / "bin" / "python"
    if not (home / "complete").exists():
        _say(f"making an environment for {name}")
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True, stderr=subprocess.DEVNULL)
        (home / "complete").touch()
    return python


def register(records: int) -> Register:
    """The register of that size, made once for each shape the storage and its generator have had."""
    home = folder() / f"register-{records}-{_shape(SHAPED_BY)}"
    if not (home / "complete").exists():
        _say(f"making a register of {records:,} records, which takes minutes")
        for outdated in folder().glob(f"register-{records}-*"):
            shutil.rmtree(outdated)
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.register", home, str(records)], check=True, cwd=ROOT)
        (home / "complete").touch()
    if not (staffed := home / f"staffed-{_shape(CHANGES_SHAPED_BY)}").exists():
        subprocess.run([sys.executable, "-m", "tests.benchmarks.staffing", home], check=True, cwd=ROOT)
        staffed.touch()
    return Register(home)


def _shape(shaped_by: Iterable[str]) -> str:
    sources = sorted(path for pattern in shaped_by for path in ROOT.glob(pattern))
    return _fingerprint(path.read_text(encoding="utf-8") for path in sources)


def _fingerprint(texts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def _say(doing: str) -> None:
    print(f"{doing} …", file=sys.stderr, flush=True)
