"""A city's own data files: TOML, with the line on which each entry stands."""

import re
import tomllib

from documents.findings import Unreadability, Unreadable, quoted
from documents.lines import Line

Table = dict[str, object]

_LINE_OF_ERROR = re.compile(r"at line (\d+)")


def read_table(text: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = _LINE_OF_ERROR.search(str(error))
        lines = text.rstrip().splitlines() or [""]
        # What is not closed is missed at the end of the document.
        at = int(where[1]) if where else len(lines)
        words = lines[at - 1].strip() if at <= len(lines) else ""
        raise Unreadable(Unreadability.WRONG_SYNTAX, at, quoted(words)) from error


def tables(value: object) -> list[Table]:
    """The tables of an array of tables; anything else in it is left out."""
    found = value if isinstance(value, list) else []
    return [entry for entry in found if isinstance(entry, dict)]


def line_with(value: str, lines: list[Line], *, after: int = 0) -> int:
    """The first line behind another one that holds a value in quotation marks; 1 where there is none."""
    quoted = (f'"{value}"', f"'{value}'")
    return next((line.number for line in lines[after:] if any(q in line.text for q in quoted)), 1)
