"""What the office and status cells of a measure's table say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.evaluation.tables import untagged
from registry.folding import fold
from registry.measures import Status
from registry.offices import OfficeKind, OfficeTree
from registry.places import Place, read_places


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who carries a measure: underlined places lead, the others take part; ``unknown`` are not in the tree."""

    lead: tuple[str, ...] = ()
    participating: tuple[str, ...] = ()
    external: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Boxes:
    """The status boxes of a measure: how many there are, and the labels of the ticked ones."""

    count: int
    ticked: tuple[str, ...]

    @property
    def status(self) -> Status:
        """The one ticked status; without exactly one that is known it is unclear, never guessed."""
        return _status(self.ticked[0]) if len(self.ticked) == 1 else Status.UNCLEAR

    @property
    def is_unknown_label(self) -> bool:
        """One box is ticked, but its label is none of the form's."""
        return len(self.ticked) == 1 and self.status is Status.UNCLEAR


_UNDERLINE = re.compile(r"(</?u\b[^<>]{0,100}>)", re.IGNORECASE)
_BOX = re.compile(
    r"\(\s*(?P<round>x?)\s*\)|\[\s*(?P<square>x?)\s*\]|(?P<sign>[☐☑☒])|<input\b(?P<attributes>[^<>]{0,300})>",
    re.IGNORECASE,
)
_CHECKED = re.compile(r"\bchecked\b(?!\s*=\s*[\"']?(?:false|0)\b)", re.IGNORECASE)
_OFFICE_NAME = re.compile(
    r"amt\b|ämter|Amt\b|Büro|Dezernat|Abteilung|Fachbereich|Referat|Stabsstelle|[bB]ehörde|meister(?:in)?\b|^[AD]\s?\d+$"
)
# In this order: "not implemented" contains "implemented".
_LABELS = (
    (re.compile(r"\b(?:teilweise|teils|in umsetzung|begonnen)\b"), Status.PARTLY),
    (re.compile(r"\b(?:nicht|keine)\b"), Status.NOT_IMPLEMENTED),
    (re.compile(r"\b(?:verworfen|entfaellt|aufgegeben)\b"), Status.DISCARDED),
    (re.compile(r"\b(?:vollstaendig|voll|umgesetzt|abgeschlossen)\b"), Status.FULLY),
)


def read_boxes(cell: str) -> Boxes:
    found = list(_BOX.finditer(cell))
    ends = [*(box.start() for box in found[1:]), len(cell)]
    labels = [untagged(cell[box.end() : end]) for box, end in zip(found, ends, strict=False)]
    ticked = tuple(label for box, label in zip(found, labels, strict=True) if _is_ticked(box))
    return Boxes(count=len(found), ticked=ticked)


def read_responsible(cell: str, offices: OfficeTree) -> Responsible:
    """Lead offices, participating offices and outside bodies of an office cell."""
    lead: dict[str, Place] = {}
    others: dict[str, Place] = {}
    for words, underlined in _underlined_runs(cell):
        for place in read_places(words, offices):
            (lead if underlined else others)[place.code] = place
    beside = [place for code, place in others.items() if code not in lead]
    return Responsible(
        lead=tuple(lead),
        participating=tuple(place.code for place in beside if not _is_external(place)),
        external=tuple(place.code for place in beside if _is_external(place)),
        unknown=tuple(place.words for place in (*lead.values(), *beside) if place.office is None),
    )


def _underlined_runs(cell: str) -> Iterator[tuple[str, bool]]:
    """The cell's words in order, each run with whether it is underlined; a gap in the line ends no run."""
    runs: list[tuple[str, bool]] = []
    underlined = False
    for piece in _UNDERLINE.split(cell):
        if _UNDERLINE.fullmatch(piece):
            underlined = not piece.startswith("</")
        elif words := untagged(piece):
            if runs and runs[-1][1] == underlined:
                words = f"{runs.pop()[0]} {words}"
            runs.append((words, underlined))
    yield from runs


def _is_external(place: Place) -> bool:
    """Outside bodies; of places the tree does not know, those that are not called like an office."""
    if place.office:
        return place.office.kind is OfficeKind.EXTERNAL
    return not _OFFICE_NAME.search(place.words)


def _is_ticked(box: re.Match[str]) -> bool:
    if box["attributes"] is not None:
        return _CHECKED.search(box["attributes"]) is not None
    return bool(box["round"] or box["square"]) or box["sign"] in ("☑", "☒")


def _status(label: str) -> Status:
    words = fold(label)
    return next((status for pattern, status in _LABELS if pattern.search(words)), Status.UNCLEAR)
