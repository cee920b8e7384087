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
SHAPED_BY = ("storage/migrations/*.sql", "tests/storage/large.py", "tests/benchmarks/register.py")


@dataclass(frozen=True)
class Register:
    """One large register in three forms: ours, the competitor's desk table, and what is asked of both."""

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


def folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or tempfile.gettempdir()) / "amtsbote-benchmarks"


def environment() -> dict[str, str]:
    """In which everybody is measured: with bytecode kept from the start before, as on any machine, but not here."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder() / "bytecode")}


def aiogram_python() -> Path:
    """The interpreter of an environment with aiogram, which pins a pydantic older than ours."""
    home = folder() / f"aiogram-{_fingerprint(AIOGRAM)}"
    python = home / "bin" / "python"
    if not (home / "complete").exists():
        _say("making an environment for aiogram")
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *AIOGRAM], check=True, stderr=subprocess.DEVNULL)
        (home / "complete").touch()
    return python


def register(records: int) -> Register:
    """The register of that size, made once for each shape the storage and its generator have had."""
    sources = sorted(path for pattern in SHAPED_BY for path in ROOT.glob(pattern))
    shape = _fingerprint(path.read_text(encoding="utf-8") for path in sources)
    home = folder() / f"register-{records}-{shape}"
    if not (home / "complete").exists():
        _say(f"making a register of {records:,} records, which takes minutes")
        for outdated in folder().glob(f"register-{records}-*"):
            shutil.rmtree(outdated)
        home.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.register", home, str(records)], check=True, cwd=ROOT)
        (home / "complete").touch()
    return Register(home)


def _fingerprint(texts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def _say(doing: str) -> None:
    print(f"{doing} …", file=sys.stderr, flush=True)
