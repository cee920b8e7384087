"""The figures as tables in Markdown, and how ours compare."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from statistics import median

from tests.benchmarks.contest import Measured

UPDATES, CHANGES = "updates/s", "changes/s"
COLUMNS = ("CPU s per 1,000", "RSS MB", "cold start s", "p50 ms", "p99 ms")


def medians(runs: Sequence[Measured]) -> Measured:
    """Each figure's median by itself."""
    return Measured(**{each.name: median(getattr(run, each.name) for run in runs) for each in fields(Measured)})


def contest_table(measured: Mapping[str, Measured], counted: str = UPDATES) -> str:
    rows = [(name, *_figures(each)) for name, each in measured.items()]
    return table(("bot", counted, *COLUMNS), rows)


def ratio_table(ours: Measured, others: Mapping[str, Measured], counted: str = UPDATES) -> str:
    """How many times theirs ours are: more is better for what is counted, less for everything else."""
    rows = [(f"ours / {name}", *_ratios(ours, each)) for name, each in others.items()]
    return table(("ratio", counted, *COLUMNS), rows)


def with_section(text: str, heading: str, section: str) -> str:
    """The text with a section in place of the one under the same heading, or behind all others."""
    before, found, behind = text.partition(f"{heading}\n")
    rest = behind.partition("\n## ")[2] if found else ""
    return "\n\n".join(filter(None, (before.strip(), section.strip(), f"## {rest.strip()}" if rest else ""))) + "\n"


def section_of(text: str, heading: str) -> str:
    """What stands under a heading, the heading included; nothing where there is none."""
    _, found, behind = text.partition(f"{heading}\n")
    return f"{heading}\n{behind.partition(chr(10) + '## ')[0]}" if found else ""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join("| " + " | ".join(_padded(line, widths)) + " |" for line in lines)


def _padded(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    first, *rest = zip(cells, widths, strict=True)
    return [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]


def _values(measured: Measured) -> tuple[float, ...]:
    return (
        measured.per_second,
        measured.cpu,
        measured.rss_mb,
        measured.cold_start,
        measured.p50_ms,
        measured.p99_ms,
    )


def _figures(measured: Measured) -> list[str]:
    digits = (0, 2, 0, 2, 1, 1)
    return [f"{value:,.{places}f}" for value, places in zip(_values(measured), digits, strict=True)]


def _ratios(ours: Measured, theirs: Measured) -> list[str]:
    return [f"{own / other:.2f}" for own, other in zip(_values(ours), _values(theirs), strict=True)]
