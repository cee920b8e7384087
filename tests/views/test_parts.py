"""What histories tell of the parts of a record."""

import json
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from locales.translations import language
from registry.inquiries import Contribution, ContributionStatus
from registry.offices import OfficeTree
from registry.papers import Consultation, ConsultationRole, Mandate, Milestone
from registry.records import Record
from registry.workdays import Workdays
from views.parts import changes
from views.voice import Voice

ASKED = Mandate(number=1, text="Die Bewerbung ist zu prüfen.", responsible="A50", due_on=date(2026, 12, 31))
COSTS = Mandate(number=2, text="Kosten ermitteln")
COUNCIL = Consultation(body="Stadtrat", on=date(2026, 12, 9), public=True, role=ConsultationRole.DECISION)
CLOSING = Milestone(title="Schluss", on=date(2026, 12, 4))
PENDING = Contribution(office="A50")
DELIVERED = Contribution(office="A50", status=ContributionStatus.DELIVERED, text="Zwei Häuser.")


def voice(code: str = "en") -> Voice:
    now = datetime(2026, 11, 23, tzinfo=ZoneInfo("Europe/Berlin"))
    return Voice(say=language(code), offices=OfficeTree(()), now=now, workdays=Workdays())


def stored(*parts: Record) -> str:
    return json.dumps([part.model_dump(mode="json") for part in parts])


def but(part: Record, **fields: object) -> Record:
    return part.model_copy(update=fields)


@pytest.mark.parametrize(
    ("field", "before", "after", "told"),
    [
        ("mandates", (ASKED, COSTS), (but(ASKED, due_on=date(2027, 1, 11)), COSTS),
         "Mandate 1: due date Thu, 31 Dec 2026 → Mon, 11 Jan 2027"),
        ("mandates", (ASKED, COSTS), (ASKED, but(COSTS, result="Tausend", result_on=date(2026, 11, 23))),
         "Mandate 2: result Tausend, date of the result Mon, 23 Nov 2026"),
        ("mandates", (ASKED, COSTS), (but(ASKED, responsible=""), COSTS), "Mandate 1: responsible office A50 → –"),
        ("mandates", (), (ASKED,), "+ Mandate 1: Die Bewerbung ist zu prüfen. · A50 · Thu, 31 Dec 2026"),
        ("mandates", (ASKED, COSTS), (ASKED,), "✕ Mandate 2: Kosten ermitteln"),
        ("consultations", (COUNCIL,), (but(COUNCIL, public=False),), "Stadtrat: visibility public → non-public"),
        ("consultations", (COUNCIL,), (COUNCIL, but(COUNCIL, on=date(2027, 1, 13))),
         "+ Stadtrat: Wed, 13 Jan 2027 · decision · public"),
        ("milestones", (CLOSING,), (but(CLOSING, starts=time(18), is_deadline=True, external=True),),
         "Schluss: time 18:00, kind external deadline"),
        ("milestones", (CLOSING,), (), "✕ Schluss: Fri, 4 Dec 2026"),
        ("contributions", (PENDING,), (DELIVERED,), "A50 ○ pending → ◐ delivered, text Zwei Häuser."),
        ("contributions", (DELIVERED,), (but(DELIVERED, text="Drei."),), "A50 text Zwei Häuser. → Drei."),
        ("contributions", (PENDING,), (Contribution(office="A51"),),
         "A51 ○ pending; A50 ○ pending → ✕ no longer asked"),
        ("contributions", (PENDING,), (PENDING,), ""),
    ],
)  # fmt: skip
def test_what_changed_in_a_part_is_told_and_nothing_else(
    field: str, before: tuple[Record, ...], after: tuple[Record, ...], told: str
) -> None:
    assert changes(field, stored(*before), stored(*after), voice()) == told


def test_a_side_that_is_kept_from_the_reader_is_told_as_none() -> None:
    assert changes("contributions", "", "", voice()) == ""
    assert changes("mandates", "", stored(COSTS), voice("de")) == "+ Auftrag 2: Kosten ermitteln"
