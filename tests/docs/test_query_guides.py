"""Every question the guides give as an example is understood, word for word."""

import re
from datetime import date
from pathlib import Path

import pytest

from documents import read
from handlers.understanding import understand
from registry.offices import OfficeTree
from registry.queries import Names

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 23)


def examples() -> list[str]:
    """The code words in the first column of the guides' tables; commands have tests of their own."""
    guides = [(ROOT / "docs" / name).read_text("utf-8") for name in ("query-guide.md", "de/fragen.md")]
    rows = (line.split("|")[1] for guide in guides for line in guide.splitlines() if line.startswith("| `"))
    in_sentences = (line for guide in guides for line in guide.splitlines() if line.startswith(("Filters ", "Filter ")))
    found = (words for text in (*rows, *in_sentences) for words in re.findall(r"`([^`]+)`", text))
    return [words for words in dict.fromkeys(found) if not words.startswith("/")]


@pytest.fixture(scope="module")
def erfurt() -> OfficeTree:
    text = (ROOT / "bot" / "cities" / "erfurt.toml").read_text("utf-8")
    return OfficeTree(read(text, source="erfurt.toml", offices=OfficeTree(())).offices)


@pytest.fixture(scope="module")
def names(erfurt: OfficeTree) -> Names:
    sample = ROOT / "bot" / "playground" / "sample" / "public" / "evaluation-integration.txt"
    reading = read(sample.read_text("utf-8"), source=sample.name, offices=erfurt)
    return Names(
        fields=reading.fields,
        concepts=("Integrationskonzept",),
        programmes=("KommA", "Kommunen für alle?"),
        originators=tuple(listed.originator for listed in reading.lists),
    )


def test_the_guides_give_examples() -> None:
    assert len(examples()) > 40


@pytest.mark.parametrize("words", examples())
def test_the_example_is_understood(words: str, erfurt: OfficeTree, names: Names) -> None:
    understood = understand(words, today=TODAY, offices=erfurt, names=names, own_offices=("A50",))

    assert understood.not_understood == ()
    assert understood.query is not None
