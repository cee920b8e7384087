"""The consultation sequence at the head of a council paper."""

import re
from dataclasses import dataclass

from documents.dates import read_date
from documents.findings import finding
from documents.lines import Line, plain
from registry.papers import Consultation, ConsultationRole
from registry.reading import Finding, FindingKind


@dataclass(frozen=True, slots=True)
class Sequence:
    """The steps in order, with the line each stands on; the sequence takes the lines ``first`` to ``last``."""

    steps: tuple[Consultation, ...]
    lines: tuple[int, ...]
    first: int
    last: int
    findings: tuple[Finding, ...]


HEAD = re.compile(r"Beratungsfolge\b.*\bDatum\b.*")
_STEP = re.compile(
    r"(?P<body>.*?)\s*\b(?P<on>\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4})\s*(?P<how>nicht\s*-?\s*öffentlich|öffentlich)?\s*(?P<role>[A-ZÄÖÜ]\w*)?",
)
_ROLES = {
    "vorberatung": ConsultationRole.PRELIMINARY,
    "entscheidung": ConsultationRole.DECISION,
    "beschlussfassung": ConsultationRole.DECISION,
    "beschluss": ConsultationRole.DECISION,
    "anhörung": ConsultationRole.HEARING,
    "kenntnisnahme": ConsultationRole.INFORMATION,
    "information": ConsultationRole.INFORMATION,
}
_LONGEST_BODY = 4


def read_sequence(lines: list[Line]) -> Sequence:
    """The steps below the head "Beratungsfolge Datum …"; a body's name may take several lines."""
    written = [line for line in lines if not line.is_blank]
    start = next((at for at, line in enumerate(written) if HEAD.fullmatch(plain(line.text))), None)
    if start is None:
        return Sequence((), (), 0, 0, ())
    steps: list[Consultation] = []
    numbers: list[int] = []
    body: list[str] = []
    last = written[start].number
    for line in written[start + 1 :]:
        if found := _STEP.fullmatch(plain(line.text)):
            steps.append(_step([*body, found["body"]], found))
            numbers.append(line.number)
            body, last = [], line.number
        elif len(body) < _LONGEST_BODY:
            body.append(plain(line.text))
        else:
            break
    return Sequence(tuple(steps), tuple(numbers), written[start].number, last, _undated(steps, numbers))


def _step(body: list[str], found: re.Match[str]) -> Consultation:
    return Consultation(
        body=" ".join(filter(None, body)),
        on=read_date(found["on"]),
        public=None if found["how"] is None else not found["how"].startswith("nicht"),
        role=_ROLES.get((found["role"] or "").lower(), ConsultationRole.UNKNOWN),
    )


def _undated(steps: list[Consultation], numbers: list[int]) -> tuple[Finding, ...]:
    return tuple(
        finding(FindingKind.UNREAD_DATE, number, words=step.body)
        for step, number in zip(steps, numbers, strict=True)
        if step.on is None
    )
