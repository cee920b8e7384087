"""Reads a city's office tree: a TOML file with one ``[[office]]`` table for each place."""

import re

from pydantic import ValidationError

from documents.data_files import Table, read_table, tables
from documents.findings import Unreadability, Unreadable, finding
from documents.lines import Line, lines_of
from registry.offices import Office, OfficeTree
from registry.reading import Finding, FindingKind, Form, Place, Reading

_SIGN = re.compile(r"^\s*\[\[\s*office\s*\]\]", re.MULTILINE)


def recognises(text: str) -> bool:
    return _SIGN.search(text) is not None


def read(text: str, *, source: str, offices: OfficeTree) -> Reading:  # noqa: ARG001 - the file stands for itself
    entries = tables(read_table(text).get("office"))
    starts = [line.number for line in lines_of(text) if _SIGN.match(line.text)]
    placed = [(_office(entry, line), line) for entry, line in zip(entries, starts, strict=False)]
    _refuse_rings(placed)
    lines = lines_of(text)
    kept = {office.code: office for office, _ in reversed(placed)}
    in_order = tuple(dict.fromkeys(kept[office.code] for office, _ in placed))
    return Reading(
        source=source,
        form=Form.OFFICES,
        offices=in_order,
        places=tuple(_places(placed, lines)),
        findings=tuple(_findings(placed, set(kept))),
    )


def _office(entry: Table, line: int) -> Office:
    """One entry; a place without a name is called by its code."""
    try:
        return Office.model_validate({"name_de": entry.get("code"), **entry})
    except ValidationError as error:
        broken = error.errors()[0]
        raise Unreadable(Unreadability.WRONG_SYNTAX, line, ".".join(map(str, broken["loc"]))) from error


def _refuse_rings(placed: list[tuple[Office, int]]) -> None:
    """Nobody may be above themselves: whoever walks up such a tree would never arrive."""
    parents = {office.code: office.parent for office, _ in placed}
    for office, line in placed:
        above, steps = office.parent, 0
        while above is not None and steps < len(placed):
            above, steps = parents.get(above), steps + 1
        if above is not None:
            raise Unreadable(Unreadability.WRONG_SYNTAX, line, office.code)


def _places(placed: list[tuple[Office, int]], lines: list[Line]) -> list[Place]:
    ends = [*(line - 1 for _, line in placed[1:]), len(lines)]
    return [
        Place(ref=office.code, first_line=line, last_line=end) for (office, line), end in zip(placed, ends, strict=True)
    ]


def _findings(placed: list[tuple[Office, int]], codes: set[str]) -> list[Finding]:
    found: list[Finding] = []
    seen: set[str] = set()
    for office, line in placed:
        if office.code in seen:
            found.append(finding(FindingKind.DUPLICATE_NUMBER, line, ref=office.code, words=office.name_de))
        if office.parent is not None and office.parent not in codes:
            found.append(finding(FindingKind.UNKNOWN_OFFICE, line, ref=office.code, words=office.parent))
        seen.add(office.code)
    return found
