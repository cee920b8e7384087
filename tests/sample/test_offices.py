"""Erfurt's office tree holds every place its documents name."""

from pathlib import Path

import pytest

from documents import read
from registry.offices import OfficeKind, OfficeTree
from tests.sample.places import PLACES

ERFURT = Path(__file__).parents[2] / "bot" / "cities" / "erfurt.toml"


@pytest.fixture(scope="module")
def erfurt() -> OfficeTree:
    return OfficeTree(read(ERFURT.read_text("utf-8"), source=ERFURT.name, offices=OfficeTree(())).offices)


def test_every_place_of_the_evaluation_is_found_by_the_name_it_has_there(erfurt: OfficeTree) -> None:
    found = {name: office.code if (office := erfurt.find(name)) else None for name in PLACES}

    assert found == PLACES


def test_every_alias_belongs_to_one_place_only(erfurt: OfficeTree) -> None:
    shared = [name for office in erfurt for name in (office.code, *office.aliases) if erfurt.find(name) != office]

    assert shared == []


def test_the_departments_hold_the_offices_the_documents_put_there(erfurt: OfficeTree) -> None:
    trees = {code: erfurt.subtree(code) for code in ("D01", "D03", "D04", "D05")}

    assert trees == {
        "D01": ("D01", "A11", "Abteilung Fortbildung", "A17", "Büro für Migration und Integration"),
        "D03": ("D03", "A32", "Ausländerbehörde", "Standesamt", "Abteilung Einbürgerung", "A53"),
        "D04": ("D04", "A67"),
        "D05": ("D05", "A40", "Volkshochschule", "A50", "A51"),
    }


def test_outside_bodies_are_marked_as_such(erfurt: OfficeTree) -> None:
    outside = {office.code for office in erfurt if office.kind is OfficeKind.EXTERNAL}

    assert outside == {
        "Netzwerk für Integration",
        "AG Gesundheit",
        "KPR",
        "KVT",
        "Landesärztekammer",
        "Träger der Gemeinschaftsunterkünfte",
        "weitere Akteurinnen und Akteure",
    }


def test_every_place_has_a_name_in_both_languages(erfurt: OfficeTree) -> None:
    assert [office.code for office in erfurt if not (office.name_de and office.name_en)] == []
