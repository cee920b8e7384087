"""Records as the lines that listings show: what is open, until when, and for which places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from textwrap import shorten

from registry import inquiries, measures
from registry.deadlines import DeadlineKind, review_on
from registry.inquiries import ContributionStatus, Inquiry, awaits_offices
from registry.measures import Measure
from registry.papers import Mandate, Milestone, Paper, effective_visibility
from registry.programmes import Programme
from registry.queries import Kind
from registry.visibility import Visibility
from storage.rows import Values, to_json

_TITLE_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. ``places`` are those the record names, each with whether it is open for them.

    ``is_dated`` says that the due date is one that can be missed; a review date is not. ``body`` is what search
    reads besides reference, titles and places.
    """

    kind: Kind
    ref: str
    position: int = 0
    title: str
    title_en: str = ""
    places: tuple[tuple[str, bool], ...] = ()
    status: str = ""
    is_open: bool
    is_dated: bool = True
    due_on: date | None = None
    concept: str = ""
    field: int | None = None
    recommendation: int | None = None
    programme: str = ""
    originator: str = ""
    is_new: bool = False
    as_of: date | None = None
    visibility: Visibility
    body: str = ""

    def row(self) -> Values:
        """The columns of ``listed`` that the record itself gives."""
        return {
            "kind": self.kind.value,
            "position": self.position,
            "ref": self.ref,
            "title": shorten(self.title, _TITLE_CHARACTERS, placeholder=" …"),
            "title_en": self.title_en,
            "offices": to_json([office for office, _ in self.places]),
            "status": self.status,
            "due_on": self.due_on and self.due_on.isoformat(),
            "concept": self.concept,
            "field": self.field,
            "recommendation": self.recommendation,
            "programme": self.programme,
            "originator": self.originator,
            "is_new": int(self.is_new),
            "as_of": self.as_of and self.as_of.isoformat(),
            "visibility": self.visibility.value,
        }


def sort_key(ref: str) -> str:
    """Sorts as text the way people count: ``1.2.M3`` before ``1.10.M1``, ``Q9`` before ``Q12``."""
    return re.sub(r"\d+", lambda number: number[0].zfill(7), ref.casefold())


def measure_line(measure: Measure) -> Line:
    """A measure lies with its lead offices; where none is marked, with all it names, until that is settled."""
    is_open = measures.is_open(measure)
    return Line(
        kind=Kind.MEASURE,
        ref=measure.number,
        title=measure.title or measure.text,
        title_en=measure.title_en,
        places=tuple((office, is_open) for office in measure.lead_offices or measure.participating),
        status=measure.status.value,
        is_open=is_open,
        is_dated=measure.deadline.kind is DeadlineKind.DATED,
        due_on=measure.deadline.due_on or review_on(measure.deadline, measure.as_of),
        concept=measure.concept,
        field=measure.field,
        recommendation=measure.recommendation,
        is_new=measure.is_new,
        as_of=measure.as_of,
        visibility=measure.visibility,
        body=" ".join((measure.text, measure.current_state, *measure.participating, *measure.external)),
    )


def inquiry_line(inquiry: Inquiry, *, originator: str, concept: str) -> Line:
    """A place has it open while its own contribution is awaited, or while it agrees or gives the answer."""
    is_open = inquiries.is_open(inquiry)
    awaited = {part.office: part.status is ContributionStatus.PENDING for part in inquiry.contributions}
    routing = inquiry.routing
    leading = dict.fromkeys((*routing.coordinating, *routing.answering), True) if routing else {}
    places = {office: is_open and still for office, still in (awaited | leading).items()}
    return Line(
        kind=Kind.INQUIRY,
        ref=inquiry.number or "",
        title=inquiry.title or inquiry.text,
        title_en=inquiry.title_en,
        places=tuple(places.items()),
        status=inquiry.status.value,
        is_open=is_open,
        due_on=(inquiry.offices_due_on or inquiry.due_on) if awaits_offices(inquiry) else inquiry.due_on,
        concept=concept,
        field=inquiry.about.field,
        recommendation=inquiry.about.recommendation,
        originator=originator,
        visibility=inquiry.visibility,
        body=f"{inquiry.text} {inquiries.approved_answer(inquiry)}",
    )


def paper_lines(paper: Paper, *, answered: bool) -> Iterator[Line]:
    """The paper, its mandates and its dates; they are open until a result answers all, or each mandate has one."""
    waiting = () if answered else tuple(m for m in paper.mandates if m.result_on is None)
    is_open = bool(waiting)
    label = effective_visibility(paper)
    places = tuple(dict.fromkeys((m.responsible, m in waiting) for m in paper.mandates if m.responsible))
    parts = (text for section in paper.sections for text in (section.heading, section.text))
    yield Line(
        kind=Kind.PAPER,
        ref=paper.number,
        title=paper.title,
        title_en=paper.title_en,
        places=places,
        is_open=is_open,
        due_on=min((m.due_on for m in waiting or paper.mandates if m.due_on), default=None),
        originator=paper.originator,
        visibility=label,
        body=" ".join((*parts, *(mandate.text for mandate in paper.mandates), paper.conclusion, paper.originator)),
    )
    for mandate in paper.mandates:
        yield _mandate_line(paper, mandate, is_open=mandate in waiting)
    for at, milestone in enumerate(paper.milestones, 1):
        has_to_be_met = is_open and milestone.is_deadline
        line = _milestone_line(milestone, paper.number, at, label, is_open=has_to_be_met, is_dated=has_to_be_met)
        yield replace(line, places=places, originator=paper.originator)


def _mandate_line(paper: Paper, mandate: Mandate, *, is_open: bool) -> Line:
    return Line(
        kind=Kind.MANDATE,
        ref=paper.number,
        position=mandate.number,
        title=mandate.text,
        places=((mandate.responsible, is_open),) if mandate.responsible else (),
        is_open=is_open,
        due_on=mandate.due_on,
        originator=paper.originator,
        visibility=effective_visibility(paper),
    )


def _milestone_line(
    milestone: Milestone, ref: str, at: int, label: Visibility, *, is_open: bool, is_dated: bool
) -> Line:
    return Line(
        kind=Kind.MILESTONE,
        ref=ref,
        position=at,
        title=milestone.title,
        is_open=is_open,
        is_dated=is_dated,
        due_on=milestone.on,
        visibility=label,
    )


def programme_lines(programme: Programme) -> Iterator[Line]:
    """The programme, open until the city decides, and its dates, which bind the sponsor and not the city."""
    modules = (f"{programme.name}.{module.number} {module.title} {module.text}" for module in programme.modules)
    yield Line(
        kind=Kind.PROGRAMME,
        ref=programme.name,
        title=programme.title,
        title_en=programme.title_en,
        is_open=not programme.decision,
        is_dated=False,
        due_on=programme.ends_on,
        programme=programme.name,
        visibility=programme.visibility,
        body=" ".join((programme.sponsor, programme.carrier, programme.target_group, *programme.parts, *modules)),
    )
    for at, milestone in enumerate(programme.milestones, 1):
        line = _milestone_line(milestone, programme.name, at, programme.visibility, is_open=False, is_dated=False)
        yield replace(line, programme=programme.name)
