"""A small city to ask about: its offices, and the names its register knows."""

from datetime import date

from registry.measures import FieldOfAction
from registry.offices import Office, OfficeKind, OfficeTree
from registry.queries import Names

CONCEPT = "Integrationskonzept"
SATURDAY = date(2026, 11, 21)


def an_office(code: str, name: str, english: str, parent: str | None, *aliases: str, kind: OfficeKind) -> Office:
    return Office(code=code, name_de=name, name_en=english, kind=kind, parent=parent, aliases=aliases)


def _department(number: int) -> Office:
    name, english = f"Dezernat {number:02}", f"Department {number:02}"
    return an_office(f"D{number:02}", name, english, None, kind=OfficeKind.DEPARTMENT)


_OFFICE, _UNIT, _EXTERNAL = OfficeKind.OFFICE, OfficeKind.UNIT, OfficeKind.EXTERNAL

OFFICES = OfficeTree(
    (
        an_office("OB", "Bereich Oberbürgermeister", "Mayor's Office", None, kind=OfficeKind.DEPARTMENT),
        *map(_department, (1, 3, 4, 5)),
        an_office("A11", "Personal- und Organisationsamt", "Personnel Office", "D01", "Personalamt", kind=_OFFICE),
        an_office("A17", "Amt 17", "Office 17", "D01", kind=_OFFICE),
        an_office(
            "Büro für Migration und Integration",
            "Büro für Migration und Integration",
            "Migration and Integration Bureau",
            "D01",
            "Integrationsbüro",
            kind=_UNIT,
        ),
        an_office("A32", "Bürgeramt", "Citizens' Office", "D03", kind=_OFFICE),
        an_office("Ausländerbehörde", "Ausländerbehörde", "Foreigners Authority", "A32", "ABH", kind=_UNIT),
        an_office("A53", "Gesundheitsamt", "Public Health Office", "D03", kind=_OFFICE),
        an_office("A67", "Garten- und Friedhofsamt", "Parks and Cemeteries Office", "D04", kind=_OFFICE),
        an_office("A40", "Amt für Bildung", "Education Office", "D05", "Schulamt", kind=_OFFICE),
        an_office("A50", "Amt für Soziales", "Office for Social Affairs", "D05", "Sozialamt", kind=_OFFICE),
        an_office("A51", "Jugendamt", "Youth Office", "D05", kind=_OFFICE),
        an_office("Netzwerk für Integration", "Netzwerk für Integration", "Integration Network", None, kind=_EXTERNAL),
        an_office("KVT", "KVT", "Health Insurance Physicians", None, kind=_EXTERNAL),
    )
)

NAMES = Names(
    fields=tuple(
        FieldOfAction(concept=CONCEPT, number=number, title=title)
        for number, title in (
            (1, "Interkulturelle Öffnung und Willkommenskultur"),
            (2, "Antidiskriminierung und Gleichstellung"),
            (3, "Sprache"),
            (4, "Kinder, Jugend und Familie"),
            (5, ""),
        )
    ),
    concepts=(CONCEPT,),
    programmes=("KommA", "Kommunen für alle?"),
    short_names=(("ECCAR", "Kommunen für alle?"),),
    originators=("BÜNDNIS 90/DIE GRÜNEN", "SPD"),
)
