"""Records for the tests of the register: the boring fields filled in, the interesting ones said by the test."""

from datetime import UTC, date, datetime

from registry.deadlines import Deadline, DeadlineKind
from registry.inquiries import About, AboutKind, Inquiry, InquiryStatus, QuestionList
from registry.measures import Measure, Status
from registry.offices import Office, OfficeKind
from registry.papers import Consultation, ConsultationRole, Mandate, Milestone, Paper
from registry.people import Reader, Role
from registry.programmes import Module, Programme
from registry.reading import Form, Reading
from registry.rounds import EvaluationRound
from registry.routing import Routing
from registry.visibility import Clearance

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 16)
AS_OF = date(2025, 12, 31)
PLAN = "Teilhabeplan"

OFFICES = (
    Office(code="D05", name_de="Dezernat für Soziales", kind=OfficeKind.DEPARTMENT, aliases=("Ämter Dezernat 05",)),
    Office(code="A50", name_de="Amt für Soziales", name_en="Social Services", kind=OfficeKind.OFFICE, parent="D05"),
    Office(code="A51", name_de="Jugendamt", kind=OfficeKind.OFFICE, parent="D05"),
    Office(code="D03", name_de="Dezernat für Ordnung", kind=OfficeKind.DEPARTMENT),
    Office(code="A32", name_de="Bürgeramt", kind=OfficeKind.OFFICE, parent="D03"),
    Office(code="Ausländerbehörde", name_de="Ausländerbehörde", kind=OfficeKind.UNIT, parent="A32"),
)
PUBLIC = Reader(person=1, chat=1, role=Role.READER)
REFERENCE = Reader(person=2, chat=2, role=Role.EDITOR, clearance=Clearance.REFERENCE)
CONTENT = Reader(person=3, chat=3, role=Role.COORDINATOR, clearance=Clearance.CONTENT)

ONGOING = Deadline(text="fortlaufend", kind=DeadlineKind.ONGOING)


def until(due_on: date) -> Deadline:
    return Deadline(text=f"bis {due_on:%d.%m.%Y}", kind=DeadlineKind.DATED, due_on=due_on)


def a_measure(number: str = "1.1.M1", **fields: object) -> Measure:
    usual: dict[str, object] = {
        "concept": PLAN,
        "title": f"Vorhaben {number}",
        "text": f"Das Vorhaben {number} wird umgesetzt.",
        "status": Status.PARTLY,
        "as_of": AS_OF,
    }
    return Measure.model_validate(usual | {"number": number} | fields)


def an_inquiry(position: int = 1, *, offices: tuple[str, ...] = ("A50",), **fields: object) -> Inquiry:
    usual: dict[str, object] = {
        "list": "liste-1",
        "position": position,
        "about": About(kind=AboutKind.FIELD, field=1),
        "text": f"Wie steht es um den {position}. Punkt der Liste?",
        "routing": Routing(text="/ ".join(offices), offices=offices) if offices else None,
        "status": InquiryStatus.OPEN if offices else InquiryStatus.UNROUTED,
    }
    return Inquiry.model_validate(usual | fields)


def a_list(key: str = "liste-1", **fields: object) -> QuestionList:
    usual: dict[str, object] = {"title": f"Fragen {key}", "originator": "Fraktion Mitte", "concept": PLAN}
    return QuestionList.model_validate(usual | {"key": key} | fields)


def a_paper(number: str = "0345/25", **fields: object) -> Paper:
    council = Consultation(body="Stadtrat", on=date(2026, 2, 1), public=True, role=ConsultationRole.DECISION)
    usual: dict[str, object] = {
        "title": f"Vorlage {number}",
        "originator": "Fraktion Mitte",
        "consultations": (council,),
    }
    return Paper.model_validate(usual | {"number": number} | fields)


def a_mandate(**fields: object) -> Mandate:
    usual: dict[str, object] = {"number": 1, "text": "Die Teilnahme ist zu prüfen.", "responsible": "A50"}
    return Mandate.model_validate(usual | fields)


def an_application_deadline(on: date) -> Milestone:
    return Milestone(title="Bewerbungsschluss", on=on, is_deadline=True, external=True)


def a_programme(name: str = "StadtLab", **fields: object) -> Programme:
    usual: dict[str, object] = {"title": f"Programm {name}", "modules": (Module(number="1a", title="Werkstatt"),)}
    return Programme.model_validate(usual | {"name": name} | fields)


def a_reading(**records: object) -> Reading:
    """A document; its lists and its round are added where its records need them."""
    usual: dict[str, object] = {"source": "dokument.txt", "form": Form.EVALUATION}
    if records.get("measures") and "rounds" not in records:
        usual["rounds"] = (EvaluationRound(concept=PLAN, as_of=AS_OF),)
    if records.get("inquiries") and "lists" not in records:
        usual["lists"] = (a_list(),)
    return Reading.model_validate(usual | records)
