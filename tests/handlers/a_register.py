"""A small city with a register: public records, and non-public ones that can be left out."""

from datetime import UTC, date, datetime, time

from registry.deadlines import Deadline, DeadlineKind
from registry.inquiries import About, AboutKind, Contribution, Inquiry, InquiryKind, InquiryStatus, QuestionList
from registry.measures import FieldOfAction, Measure, Recommendation, Status
from registry.offices import Office, OfficeKind
from registry.papers import Consultation, ConsultationRole, Mandate, Milestone, Paper, Section
from registry.programmes import Module, Programme
from registry.reading import Form, Reading
from registry.routing import Routing
from storage.store import Store

IMPORTED_AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CONCEPT = "Integrationskonzept"

OFFICES = (
    Office(code="D01", name_de="Oberbürgermeister", name_en="Lord Mayor", kind=OfficeKind.DEPARTMENT),
    Office(code="D05", name_de="Soziales und Bildung", name_en="Social Affairs", kind=OfficeKind.DEPARTMENT),
    Office(
        code="A11",
        name_de="Personal- und Organisationsamt",
        name_en="Human Resources Office",
        kind=OfficeKind.OFFICE,
        parent="D01",
        aliases=("Amt 11", "Personalamt"),
    ),
    Office(
        code="A50",
        name_de="Amt für Soziales",
        name_en="Social Services Office",
        kind=OfficeKind.OFFICE,
        parent="D05",
        aliases=("Amt 50", "Sozialamt"),
    ),
    Office(
        code="A51",
        name_de="Jugendamt",
        name_en="Youth Welfare Office",
        kind=OfficeKind.OFFICE,
        parent="D05",
        aliases=("Amt 51",),
    ),
)

_HOMES, _YOUTH = "1.5.M1", "2.1.M2"


def _asked(position: int, title: str, title_en: str, *offices: str, **more: object) -> Inquiry:
    routing = Routing(text="V: " + "/ ".join(offices), offices=offices) if offices else None
    fields = {
        "list": "fragen-2026",
        "position": position,
        "title": title,
        "title_en": title_en,
        "text": f"{title}: Wie ist der Stand, und wann ist mit einem Ergebnis zu rechnen?",
        "routing": routing,
        "contributions": tuple(Contribution(office=office) for office in offices),
        "status": InquiryStatus.OPEN if offices else InquiryStatus.UNROUTED,
        "offices_due_on": date(2026, 12, 16) if offices else None,
        **more,
    }
    return Inquiry.model_validate(fields)


PUBLIC = Reading(
    source="evaluation.txt",
    form=Form.EVALUATION,
    fields=(
        FieldOfAction(concept=CONCEPT, number=1, title="Wohnen"),
        FieldOfAction(concept=CONCEPT, number=2, title="Sprache"),
    ),
    recommendations=(Recommendation(concept=CONCEPT, field=1, number=5, text="Unterkünfte verbessern"),),
    measures=(
        Measure(
            number=_HOMES,
            concept=CONCEPT,
            title="WLAN in allen Unterkünften",
            title_en="Wi-Fi in all homes",
            text="In allen Unterkünften wird WLAN eingerichtet.",
            lead_offices=("A50",),
            participating=("A11",),
            external=("Träger der Unterkünfte",),
            deadline=Deadline(text="4. Quartal 2025", kind=DeadlineKind.DATED, due_on=date(2025, 12, 31)),
            status=Status.PARTLY,
            current_state="Zwei von fünf Häusern sind angeschlossen.",
            as_of=date(2026, 6, 30),
        ),
        Measure(
            number="1.5.M2",
            concept=CONCEPT,
            title="Beratung vor Ort",
            text="Beratung findet in den Unterkünften statt.",
            lead_offices=("A50",),
            deadline=Deadline(text="fortlaufend", kind=DeadlineKind.ONGOING),
            status=Status.FULLY,
            as_of=date(2026, 6, 30),
        ),
        Measure(
            number=_YOUTH,
            concept=CONCEPT,
            title="Sprachkurse für Jugendliche",
            title_en="Language courses for young people",
            text="Das Jugendamt bietet Sprachkurse an.",
            lead_offices=("A51",),
            deadline=Deadline(text="fortlaufend", kind=DeadlineKind.ONGOING),
            status=Status.UNCLEAR,
            as_of=date(2026, 6, 30),
            is_new=True,
        ),
    ),
    lists=(
        QuestionList(
            key="fragen-2026",
            title="Fragen zur Evaluation",
            originator="Fraktion Beispiel",
            committee="Sozialausschuss",
            on=date(2026, 11, 2),
            concept=CONCEPT,
        ),
    ),
    inquiries=(
        _asked(
            1,
            "WLAN in Unterkünften",
            "Wi-Fi in homes",
            "A50",
            about=About(kind=AboutKind.MEASURE, field=1, recommendation=5, measures=(_HOMES,)),
            doubts=(_HOMES,),
        ),
        *(_asked(n, f"Stand Haus {n}", f"State of home {n}", "A50") for n in range(2, 8)),
        _asked(8, "Plätze in Sprachkursen", "Places in language courses", "A51"),
        _asked(9, "Haushalt des Dezernats", "Budget of the department", "D05"),
        _asked(10, "Nächste Fortschreibung", "Next revision"),
        _asked(11, "Dank an die Beteiligten", "Thanks to all", "A11", kind=InquiryKind.REMARK, offices_due_on=None),
    ),
)

PAPER = Reading(
    source="paper.txt",
    form=Form.COUNCIL_PAPER,
    papers=(
        Paper(
            number="0112/23",
            title="Bewerbung um das Programm Beispielstadt",
            title_en="Application for the programme",
            type="Antrag",
            originator="Fraktion Beispiel",
            consultations=(
                Consultation(
                    body="Sozialausschuss", on=date(2026, 12, 2), public=True, role=ConsultationRole.PRELIMINARY
                ),
                Consultation(body="Stadtrat", on=date(2026, 12, 9), public=True, role=ConsultationRole.DECISION),
            ),
            mandates=(
                Mandate(
                    number=1,
                    text="Die Bewerbung ist zu prüfen.",
                    responsible="A50",
                    due_on=date(2026, 12, 31),
                    report_to="Sozialausschuss",
                ),
            ),
            milestones=(
                Milestone(title="Ende der Bewerbungsfrist", on=date(2026, 12, 4), is_deadline=True, external=True),
                Milestone(title="Informationstermin", on=date(2026, 11, 26), starts=time(10), ends=time(11, 30)),
            ),
            sections=(Section(heading="Begründung", text="Das Programm hilft bei Sprachkursen."),),
        ),
    ),
)

PROGRAMME = Reading(
    source="programme.txt",
    form=Form.PROGRAMME,
    programmes=(
        Programme(
            name="BeSta",
            title="Beispielstadt für alle",
            title_en="Example town for all",
            sponsor="Stiftung Beispiel",
            ends_on=date(2027, 8, 31),
            duration="vier Jahre",
            towns=10,
            contact="Stiftung Beispiel, beispiel.invalid",
            modules=(Module(number="1", title="Einstieg"), Module(number="1a", title="Vertiefung", text="Zwei Tage.")),
            milestones=(Milestone(title="Beirat", rhythm="zweimal im Jahr"),),
        ),
    ),
)

SECRET = Reading(
    source="secret.txt",
    form=Form.EVALUATION,
    fields=(FieldOfAction(concept="Geheimkonzept", number=7, title="Verschlusssache"),),
    measures=(
        Measure(
            number="7.1.M1",
            concept="Geheimkonzept",
            title="Geheimer Grundstückskauf",
            title_en="Secret purchase",
            text="Das Grundstück am Geheimweg wird gekauft.",
            lead_offices=("A50",),
            deadline=Deadline(text="bis 01.12.2026", kind=DeadlineKind.DATED, due_on=date(2026, 12, 1)),
            status=Status.PARTLY,
            as_of=date(2026, 6, 30),
        ),
    ),
    lists=(QuestionList(key="geheim", title="Geheime Fragen", originator="Fraktion Verborgen", concept=CONCEPT),),
    inquiries=tuple(
        _asked(
            n,
            f"Geheime Mietsache {n}",
            f"Secret lease {n}",
            office,
            list="geheim",
            offices_due_on=date(2026, 11, 10),
            about=About(kind=AboutKind.MEASURE, field=1, recommendation=5, measures=(_HOMES,)),
            doubts=(_HOMES,),
        )
        for n, office in enumerate(("A50", "A11", "D05"), start=1)
    ),
    papers=(
        Paper(number="0731/26", title="Geheimer Vertrag", type="Vorlage", originator="Fraktion Verborgen"),
        Paper(number="0112/23-E1", title="Geheimes Ergebnis", answers="0112/23", conclusion="Bleibt geheim."),
    ),
    programmes=(Programme(name="GehProg", title="Geheimes Programm", modules=(Module(number="1", title="Geheim"),)),),
)


async def lay_offices(store: Store) -> None:
    offices = Reading(source="offices.toml", form=Form.OFFICES, offices=OFFICES)
    await store.apply(offices, public=True, by="operator", at=IMPORTED_AT)


async def fill(store: Store, *, with_secrets: bool) -> None:
    """The city's offices and public records; the non-public ones come before and between them."""
    await lay_offices(store)
    if with_secrets:
        await store.apply(SECRET, public=False, by="operator", at=IMPORTED_AT)
    for reading in (PUBLIC, PAPER, PROGRAMME):
        await store.apply(reading, public=True, by="operator", at=IMPORTED_AT)
