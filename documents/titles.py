"""Reads short titles a city wrote beside its documents: TOML tables ``[titles.en]`` with ``"1.5.M1" = "…"``."""

import re

from documents.data_files import line_with, read_table
from documents.lines import clean, lines_of
from registry.offices import OfficeTree
from registry.reading import Form, Place, Reading, Title

_SIGN = re.compile(r"^\s*\[\s*titles\s*\.\s*(?P<language>\w+)\s*\]", re.MULTILINE)


def recognises(text: str) -> bool:
    return _SIGN.search(text) is not None


def read(text: str, *, source: str, offices: OfficeTree) -> Reading:  # noqa: ARG001 - titles name no offices
    languages = read_table(text).get("titles")
    titles = tuple(
        Title(ref=ref, language=language, text=clean(words))
        for language, entries in (languages.items() if isinstance(languages, dict) else ())
        for ref, words in (entries.items() if isinstance(entries, dict) else ())
        if isinstance(words, str)
    )
    lines = lines_of(text)
    starts = {found["language"]: line.number for line in lines if (found := _SIGN.match(line.text))}
    written = [(title.ref, line_with(title.ref, lines, after=starts.get(title.language, 0))) for title in titles]
    places = tuple(Place(ref=ref, first_line=line, last_line=line) for ref, line in written)
    return Reading(source=source, form=Form.TITLES, titles=titles, places=places)
