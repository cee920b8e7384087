"""What only two papers together show, or a paper and the label it was given."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from registry.identity import visibility_of
from registry.papers import Paper, effective_visibility
from registry.reading import Finding, FindingKind, Reading
from registry.visibility import Visibility

if TYPE_CHECKING:  # what is decided rests on what is found here
    from storage.deciding import AppliedStep


def stays_nonpublic(reading: Reading, papers: Sequence[Paper]) -> list[Finding]:
    """Papers that were labelled public and are not, for one of their steps is not, or does not say."""
    told = {finding.ref for finding in reading.findings if finding.kind is FindingKind.STAYS_NONPUBLIC}
    return [
        finding_on(FindingKind.STAYS_NONPUBLIC, reading, paper.number)
        for paper in papers
        if paper.visibility is Visibility.PUBLIC
        and effective_visibility(paper) is Visibility.NONPUBLIC
        and paper.number not in told
    ]


def late_results(
    reading: Reading, papers: Sequence[Paper], steps: Sequence["AppliedStep"]
) -> tuple[list[Finding], list[Finding]]:
    """Results that were signed after a deadline of the paper they answer; the words are the day that was missed.

    Those that rest on a paper that was there and hidden come second: they are for those alone who see it.
    """
    added = {one.after.number for one in steps if isinstance(one.after, Paper) and one.before is None}
    hidden = {paper.number for paper in papers if visibility_of(paper) is Visibility.NONPUBLIC} - added
    hidden.update(*(one.hidden_names for one in steps))
    told = _late(reading, [paper for paper in papers if paper.number not in hidden])
    return told, [finding for finding in _late(reading, papers) if finding not in told]


def _late(reading: Reading, papers: Sequence[Paper]) -> list[Finding]:
    mandating = {paper.number: paper for paper in papers}
    found = []
    for result in papers:
        paper = mandating.get(result.answers or "")
        missed = _missed(paper, result.signed_on) if paper and result.signed_on else None
        if missed:
            found.append(finding_on(FindingKind.LATE_RESULT, reading, result.number, missed.isoformat()))
    return found


def _missed(paper: Paper, signed_on: date) -> date | None:
    """The first deadline of a paper, its own or from outside, that lies before a day."""
    mandates = (mandate.due_on for mandate in paper.mandates)
    milestones = (milestone.on for milestone in paper.milestones if milestone.is_deadline)
    return min((day for day in (*mandates, *milestones) if day is not None and day < signed_on), default=None)


def finding_on(kind: FindingKind, reading: Reading, ref: str, words: str = "") -> Finding:
    line = next((place.first_line for place in reading.places if place.ref == ref), 1)
    return Finding(kind=kind, line=line, ref=ref, words=words)
