"""A city's own data files: TOML, with the line on which each entry stands."""

import re
import tomllib

from documents.findings import Unreadability, Unreadable
from documents.lines import Line

Table = dict[str, object]

_LINE_OF_ERROR = re.compile(r"at line (\d+)")


def read_table(text: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = _LINE_OF_ERROR.search(str(error))
        raise Unreadable(Unreadability.WRONG_SYNTAX, int(where[1]) if where else 0) from error


def tables(value: object) -> list[Table]:
    """The tables of an array of tables; anything else in it is left out."""
    found = value if isinstance(value, list) else []
    return [entry for entry in found if isinstance(entry, dict)]


def line_with(value: str, lines: list[Line], *, after: int = 0) -> int:
    """The first line behind another one that holds a value in quotation marks; 1 where there is none."""
    quoted = (f'"{value}"', f"'{value}'")
    return next((line.number for line in lines[after:] if any(q in line.text for q in quoted)), 1)
