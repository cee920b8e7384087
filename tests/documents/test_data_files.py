"""A city's own data files: its office tree and its short titles."""

import pytest

from documents import read
from documents.findings import UnknownForm, Unreadability, Unreadable
from registry.offices import Office, OfficeKind, OfficeTree
from registry.reading import Finding, FindingKind, Form, Place, Title

NO_OFFICES = OfficeTree(())

OFFICES = """
[[office]]
code = "D1"
name_de = "Dezernat 1"
name_en = "Department 1"
kind = "department"

[[office]]
code = "Archiv"
kind = "unit"
parent = "D1"
aliases = ["Stadtarchiv"]
"""

RING = """[[office]]
code = "A"
kind = "unit"
parent = "B"

[[office]]
code = "B"
kind = "unit"
parent = "A"
"""

TITLES = """
[titles.de]
"1.5.M1" = "Stellen besetzen"

[titles.en]
"1.5.M1" = "Fill the  posts"
"0112/23" = "Take part?"
"""


def test_an_office_tree_is_read_with_its_lines() -> None:
    reading = read(OFFICES, source="x", offices=NO_OFFICES)

    assert (reading.form, reading.findings) == (Form.OFFICES, ())
    assert reading.offices == (
        Office(code="D1", name_de="Dezernat 1", name_en="Department 1", kind=OfficeKind.DEPARTMENT),
        Office(code="Archiv", name_de="Archiv", kind=OfficeKind.UNIT, parent="D1", aliases=("Stadtarchiv",)),
    )
    assert reading.places == (
        Place(ref="D1", first_line=2, last_line=7),
        Place(ref="Archiv", first_line=8, last_line=13),
    )


def test_a_code_given_twice_and_a_parent_nobody_knows_are_doubted() -> None:
    text = OFFICES + '\n[[office]]\ncode = "D1"\nkind = "unit"\nparent = "D9"\n'

    reading = read(text, source="x", offices=NO_OFFICES)

    assert [office.code for office in reading.offices] == ["D1", "Archiv"]
    assert reading.findings == (
        Finding(kind=FindingKind.DUPLICATE_NUMBER, line=14, ref="D1", words="D1"),
        Finding(kind=FindingKind.UNKNOWN_OFFICE, line=14, ref="D1", words="D9"),
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[office]]\ncode = "D1\nkind = "unit"\n', 2, 'code = "D1'),
        ('[[office]]\ncode = "D1"\nkind = "castle"\n', 1, "kind"),
        ('[[office]]\nkind = "unit"\n', 1, "code"),
        ('[[office]]\ncode = "D1"\nkind = "unit"\nroof = "red"\n', 1, "roof"),
        (
            RING,
            1,
            "A",
        ),
    ],
)
def test_a_broken_office_file_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text, source="x", offices=NO_OFFICES)

    assert (refused.value.why, refused.value.line, refused.value.words) == (Unreadability.WRONG_SYNTAX, line, words)


def test_titles_are_read_by_language_with_their_lines() -> None:
    reading = read(TITLES, source="x", offices=NO_OFFICES)

    assert reading.form is Form.TITLES
    assert reading.titles == (
        Title(ref="1.5.M1", language="de", text="Stellen besetzen"),
        Title(ref="1.5.M1", language="en", text="Fill the posts"),
        Title(ref="0112/23", language="en", text="Take part?"),
    )
    assert reading.places == (
        Place(ref="1.5.M1", first_line=3, last_line=3),
        Place(ref="1.5.M1", first_line=6, last_line=6),
        Place(ref="0112/23", first_line=7, last_line=7),
    )


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("Sehr geehrte Damen und Herren,\n\nvielen Dank!", 3)])
def test_text_of_no_known_form_is_refused(text: str, lines: int) -> None:
    with pytest.raises(UnknownForm) as refused:
        read(text, source="x", offices=NO_OFFICES)

    assert refused.value.lines == lines
