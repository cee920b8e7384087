"""Reads programmes a city may join: title, sponsor, duration, towns, modules, parts of the work, contact."""

import re
from collections.abc import Iterator

from documents.contacts import read_contact
from documents.dates import DATE, read_date
from documents.findings import finding
from documents.lines import Line, Paragraph, lines_of, paragraph_of, runs
from documents.milestones import milestones_in
from documents.modules import read_modules
from documents.wording import TITLE_LENGTH, is_unfinished, short_title
from registry.offices import OfficeTree
from registry.papers import Milestone
from registry.programmes import Programme
from registry.reading import FindingKind, Form, Place, Reading

_SIGNS = re.compile(
    r"\b(?:Modellkommunen|Modellprojekt|Pilotkommunen|Zusatzmodul|[Gg]efördert|Projektvorstellung|Laufzeit|Zielgruppe)\b|^Modul\s\d",
    re.MULTILINE,
)
_QUOTED_TITLE = re.compile(r"\b(?:Projekt|Modellprojekt|Programm)\s+[\"„“](?P<title>[^\"“”]{3,150})[\"“”]")
_SPONSORS = (
    re.compile(r"[Gg]efördert\s+(?:vo[nm]|durch)\s+(?:d(?:er|em|ie|as)\s+)?(?P<sponsor>[A-ZÄÖÜ].{2,250})"),
    re.compile(
        r"\bwird\s+(?:vom|von\s+de[mr]|durch\s+d(?:as|ie|en))\s+(?P<sponsor>[A-ZÄÖÜ](?:(?!\bwird\b)[^.]){2,200}?)"
        r"\s+(?:als|im\s+Rahmen|mit|über|gefördert)\b(?:(?!\bwird\b)[^.]){0,200}\b(?:ge)?förder"
    ),
)
_RUNS = re.compile(
    rf"\bLaufzeit:?\s+(?:des\s+\w+\s+)?(?P<duration>(?:vo[nm]\s+(?P<starts>{DATE})\s+)?bis\s+(?:zum\s+)?(?P<ends>{DATE}))"
)
_YEARS = re.compile(
    r"\b((?:ein|zwei|drei|vier|fünf|sechs|\d{1,2})\s+Jahre?)\s+(?:lang\s+)?gefördert|Laufzeit:?\s+(\w+\s+Jahre)"
)
_TOWNS = re.compile(r"\b(\d{1,3})\s+(?:Modell|Pilot)(?:kommunen|städten?)\b")
_TARGET = re.compile(r"\bZielgruppen?\s*:\s*(?P<group>.*)")
_RHYTHM = re.compile(
    r"\b(?P<rhythm>(?:(?:Ein|Zwei|Drei|Vier)mal\s+(?:jährlich|im\s+Jahr|pro\s+Jahr))|(?:Halb|Viertel)?[jJ]ährlich|Monatlich)"
    r"\s*:\s*(?P<what>[^,;.]+)"
)
_BULLET = re.compile(r"\s*[-•▪]\s+\S")
_LEADS_TO_PARTS = re.compile(r"\b(?:Dazu gehören|Bestandteile|Bausteine|Arbeitspakete)[^.:]{0,40}:$")
_SHORT = 40  # what is no longer is a label, a logo's words or a name


def recognises(text: str) -> bool:
    """Whether a text uses at least two of the words by which sponsors present a programme."""
    return len({found[0] for found in _SIGNS.finditer(text)}) > 1


def read(text: str, *, source: str, offices: OfficeTree) -> Reading:  # noqa: ARG001 - every reader takes the offices
    blocks = _blocks(lines_of(text))
    name, title = _name_and_title(blocks)
    if not name:
        missing = finding(FindingKind.NO_NUMBER, blocks[0].first if blocks else 1)
        return Reading(source=source, form=Form.PROGRAMME, findings=(missing,))
    contact = read_contact(blocks, name)
    runs_for = _first(_RUNS, blocks)
    years = _first(_YEARS, blocks)
    towns = _first(_TOWNS, blocks)
    programme = Programme(
        name=name,
        title=title,
        sponsor=_sponsor(blocks),
        carrier=contact.carrier,
        starts_on=read_date(runs_for["starts"] or "") if runs_for else None,
        ends_on=read_date(runs_for["ends"]) if runs_for else None,
        duration=runs_for["duration"] if runs_for else (years[1] or years[2]) if years else "",
        towns=int(towns[1]) if towns else None,
        target_group=_target_group(blocks),
        contact=contact.text,
        modules=read_modules(blocks, name),
        parts=tuple(_parts(blocks)),
        milestones=tuple(_milestones(blocks)),
    )
    place = Place(ref=name, first_line=blocks[0].first, last_line=blocks[-1].last)
    return Reading(
        source=source, form=Form.PROGRAMME, programmes=(programme,), places=(place,), findings=contact.findings
    )


def _blocks(lines: list[Line]) -> list[Paragraph]:
    """The paragraphs; each bullet is one of its own."""
    found: list[Paragraph] = []
    for run in runs(lines, gap=1):
        starts = [at for at, line in enumerate(run) if at == 0 or _BULLET.match(line.text)]
        found.extend(paragraph_of(run[start:end]) for start, end in zip(starts, [*starts[1:], len(run)], strict=True))
    return [block for block in found if block.text]


def _first(pattern: re.Pattern[str], blocks: list[Paragraph]) -> re.Match[str] | None:
    return next((found for found in (pattern.search(block.text) for block in blocks) if found), None)


def _name_and_title(blocks: list[Paragraph]) -> tuple[str, str]:
    """A short first line is the name and the next paragraph the title; else both stand in quotation marks."""
    match blocks:
        case [first, second, *_] if len(first.text) <= _SHORT and not _QUOTED_TITLE.search(first.text):
            return first.text, second.text
    quoted = _first(_QUOTED_TITLE, blocks)
    return (re.split(r"\s+[–-]\s+", quoted["title"])[0], quoted["title"]) if quoted else ("", "")


def _sponsor(blocks: list[Paragraph]) -> str:
    found = next((match for match in (_first(pattern, blocks) for pattern in _SPONSORS) if match), None)
    return found["sponsor"].strip() if found else ""


def _target_group(blocks: list[Paragraph]) -> str:
    """What follows "Zielgruppe:", on the same line or below it as a heading."""
    for block, below in zip(blocks, [*blocks[1:], None], strict=True):
        if found := _TARGET.search(block.text):
            return found["group"] or (below.text if below else "")
    return ""


def _parts(blocks: list[Paragraph]) -> Iterator[str]:
    """The parts of the work: what a sentence such as "Dazu gehören:" leads to, then the bullets."""
    at = next((at for at, block in enumerate(blocks) if _LEADS_TO_PARTS.search(block.text)), len(blocks))
    items: list[str] = []
    ended = False
    for block in blocks[at + 1 :]:
        is_bullet = _BULLET.match(block.text) is not None
        if len(block.text) <= _SHORT and not is_bullet:
            continue
        if items and not is_bullet:
            if ended or not is_unfinished(items[-1]):
                break
            items[-1] = f"{items[-1]} {block.text}"
        else:
            items.append(block.text.lstrip("-•▪ "))
        ended = is_bullet
    return (short_title(item, length=2 * TITLE_LENGTH) for item in items)


def _milestones(blocks: list[Paragraph]) -> Iterator[Milestone]:
    for block in blocks:
        if rhythm := _RHYTHM.search(block.text):
            yield Milestone(title=rhythm["what"].strip(), rhythm=rhythm["rhythm"])
        elif not _RUNS.search(block.text):
            yield from milestones_in(block.text, year=None)
