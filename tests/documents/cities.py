"""Where the tests' documents and office trees come from."""

from pathlib import Path

import pytest

from documents import read
from registry.offices import OfficeTree
from registry.reading import Reading

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REAL = ROOT.parent / "shared" / "documents"

needs_real_documents = pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not on this machine")


def offices_of(path: Path) -> OfficeTree:
    return OfficeTree(read(path.read_text("utf-8"), source=path.name, offices=OfficeTree(())).offices)


def ilmstadt() -> OfficeTree:
    """An invented city with two departments."""
    return offices_of(HERE / "ilmstadt.toml")


def erfurt() -> OfficeTree:
    return offices_of(ROOT / "bot" / "cities" / "erfurt.toml")


def read_real(beginning: str) -> Reading:
    """The reading of the real document whose file name begins so."""
    (path,) = REAL.glob(f"{beginning}*.txt")
    return read(path.read_text("utf-8"), source=path.name, offices=erfurt())
