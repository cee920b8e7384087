"""Routing lines in every spelling the documents use."""

import pytest

from registry.offices import Office, OfficeKind, OfficeTree
from registry.places import read_places
from registry.routing import (
    Routing,
    answered_by,
    is_answering_line,
    is_routing_line,
    notation,
    read_answering,
    read_routing,
)

BUREAU = "Büro für Wohnen und Arbeiten"


def an_office(code: str, name: str = "", *, kind: OfficeKind = OfficeKind.OFFICE, parent: str | None = None) -> Office:
    return Office(code=code, name_de=name or code, kind=kind, parent=parent)


TREE = OfficeTree(
    [
        an_office("D01", "Dezernat 01", kind=OfficeKind.DEPARTMENT),
        an_office("A11", parent="D01"),
        an_office("A17", parent="D01"),
        an_office(BUREAU, parent="D01", kind=OfficeKind.UNIT),
        an_office("D03", "Dezernat 03", kind=OfficeKind.DEPARTMENT),
        an_office("A32", parent="D03"),
        an_office("A53", "Gesundheitsamt", parent="D03"),
        an_office("D05", "Dezernat 05", kind=OfficeKind.DEPARTMENT),
        an_office("A40", parent="D05"),
        an_office("A50", parent="D05"),
        an_office("A51", parent="D05"),
        an_office("OB", "Bereich Oberbürgermeister", kind=OfficeKind.UNIT),
    ]
)


@pytest.mark.parametrize(
    ("line", "offices"),
    [
        ("V: D01/ A11", ("A11",)),
        ("V: D01/A17", ("A17",)),
        ("V:D01/A17", ("A17",)),
        ("V: D01", ("D01",)),
        ("V: D03// D05", ("D03", "D05")),
        ("V: D03//D05", ("D03", "D05")),
        ("V: D01/ A11// D03/ A32", ("A11", "A32")),
        ("V: D03/ A32/ A53// D05/ A40/ A50/ A51", ("A32", "A53", "A40", "A50", "A51")),
        ("V: D01/ A11// D03/ A32/ A53// D05/ A50/ A51", ("A11", "A32", "A53", "A50", "A51")),
        (f"V: D01/ {BUREAU}", (BUREAU,)),
        (f"V: D05/ A40// D01/ {BUREAU}", ("A40", BUREAU)),
        (f"V: {BUREAU}", (BUREAU,)),
        ("V: Dezernat 05/ A50", ("A50",)),
        ("D05/ A50", ("A50",)),
        ("d05/a50", ("A50",)),
        ("A50, A51 und A40", ("A50", "A51", "A40")),
        ("V: D05/ A50// D05/ A50", ("A50",)),
    ],
)
def test_a_department_before_a_stroke_is_only_the_path_to_its_offices(line: str, offices: tuple[str, ...]) -> None:
    text = line.removeprefix("V:").strip()

    assert read_routing(line, TREE) == Routing(text=text, offices=offices)


@pytest.mark.parametrize(
    ("line", "offices", "coordinating"),
    [
        ("V: D01 in Abstimmung mit D05", ("D01",), ("D05",)),
        ("V: D01/ A11 in Absprache mit D03 und D05", ("A11",), ("D03", "D05")),
        (f"V: D01/ {BUREAU} in Absprache mit Leiterin Bereich Oberbürgermeister", (BUREAU,), ("OB",)),
    ],
)
def test_who_agrees_the_answer_coordinates_it(
    line: str, offices: tuple[str, ...], coordinating: tuple[str, ...]
) -> None:
    routing = read_routing(line, TREE)

    assert routing is not None
    assert (routing.offices, routing.coordinating, routing.unknown) == (offices, coordinating, ())


@pytest.mark.parametrize("line", ["Beantwortung Gesundheitsamt", "Beantwortung: A53", "Beantwortung durch das A53"])
def test_an_answering_line_names_who_answers_and_so_contributes(line: str) -> None:
    assert is_answering_line(line)
    assert read_routing(line, TREE) == Routing(text=line, offices=("A53",), answering=("A53",))


def test_answering_and_routing_lines_say_together_who_does_what() -> None:
    routing = read_routing("V: D01 in Abstimmung mit D05", TREE)
    answering = read_answering("Beantwortung: Bereich D05", TREE)

    together = answered_by(routing, answering)

    assert together == Routing(
        text="D01 in Abstimmung mit D05", offices=("D01",), coordinating=("D05",), answering=("D05",)
    )
    assert answered_by(None, answering) == answering
    assert answered_by(routing, None) == routing


def test_places_the_tree_does_not_know_stay_as_written_and_are_named() -> None:
    assert read_routing("V: D09/ A99/ Laternenbüro", TREE) == Routing(
        text="D09/ A99/ Laternenbüro", offices=("A99", "Laternenbüro"), unknown=("A99", "Laternenbüro")
    )


@pytest.mark.parametrize("line", ["V:", "V: //", "", "   ", "V: / /"])
def test_a_line_without_any_place_routes_nothing(line: str) -> None:
    assert read_routing(line, TREE) is None


@pytest.mark.parametrize(
    "line",
    ["Beantwortung der Fragen bis wann?", "Beantwortung erfolgt später.", "Vorab: etwas", "Verteiler A50", "v: a50"],
)
def test_ordinary_sentences_are_no_routing_lines(line: str) -> None:
    assert not is_routing_line(line)
    assert not is_answering_line(line)


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("Amt für Parks und Seen", ["Amt für Parks und Seen"]),
        ("Amt für Parks und A50", ["Amt für Parks", "A50"]),
        ("Landeskammer (LK) und Kreisverband", ["Landeskammer (LK)", "Kreisverband"]),
        ("A50 und dem Kreisverband", ["A50", "Kreisverband"]),
        ("in Kooperation mit dem A50, unter Einbezug A51", ["A50", "A51"]),
        ("Ämter Dezernat 05", ["D05"]),
        ("A50 (Wohngeld, Miete) sowie A51", ["A50", "A51"]),
        ("und und und", []),
        ("", []),
    ],
)
def test_names_that_hold_an_and_are_cut_only_where_a_name_ends(words: str, places: list[str]) -> None:
    assert [place.code for place in read_places(words, TREE)] == places


@pytest.mark.parametrize(
    ("contributing", "coordinating", "written"),
    [
        (("A11", "A50", "A51"), (), "D01/ A11// D05/ A50/ A51"),
        (("A50", "D01", "A51"), ("D03",), "D05/ A50/ A51// D01 in Abstimmung mit D03"),
        (("D05", "A50"), (), "D05/ A50// D05"),
        (("OB", "KVT"), (), "OB// KVT"),
        ((BUREAU,), (), f"D01/ {BUREAU}"),
    ],
)
def test_a_routing_is_written_so_that_it_reads_the_same(
    contributing: tuple[str, ...], coordinating: tuple[str, ...], written: str
) -> None:
    assert notation(contributing, coordinating, TREE) == written
    routing = read_routing(written, TREE)
    assert routing is not None
    assert (set(routing.offices), routing.coordinating) == (set(contributing), coordinating)
