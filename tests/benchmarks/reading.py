"""Prints how many seconds the readers need for one document, without process start and imports."""

import sys
import time
from pathlib import Path

import documents
from registry.offices import OfficeTree
from tests.benchmarks.cache import ROOT

OFFICES = ROOT / "bot" / "cities" / "erfurt.toml"


def main(path: Path) -> None:
    city = documents.read(OFFICES.read_text(encoding="utf-8"), source=OFFICES.name, offices=OfficeTree(()))
    text = path.read_text(encoding="utf-8")
    started_at = time.perf_counter()
    documents.read(text, source=path.name, offices=OfficeTree(city.offices))
    print(time.perf_counter() - started_at)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
