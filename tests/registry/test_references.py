"""References are read however they are typed, and into one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.queries import Kind
from registry.references import natural_key, read_reference, reference_kind

READ = {
    "1.5.M1": "1.5.M1",
    "1.5.m1": "1.5.M1",
    "1.5 M1": "1.5.M1",
    "1.5. M 1": "1.5.M1",
    "1.5.1": "1.5.M1",
    "1.5.10": "1.5.M10",
    "14.1.M12": "14.1.M12",
    "HF1 E5 M1": "1.5.M1",
    "HF1E5M1": "1.5.M1",
    "hf 1, e 5, m 1": "1.5.M1",
    "HF1/E5/M1": "1.5.M1",
    "maßnahme 1.5.1": "1.5.M1",
    "Massnahme 1.5.M1": "1.5.M1",
    "measure 1.5.M1": "1.5.M1",
    "Handlungsfeld 1 Empfehlung 5 Maßnahme 1": "1.5.M1",
    "field of action 1 recommendation 5 measure 1": "1.5.M1",
    "Q12": "Q12",
    "q12": "Q12",
    "Q 12": "Q12",
    "frage 12": "Q12",
    "Frage Nr. 12": "Q12",
    "Anfrage 12": "Q12",
    "question 12": "Q12",
    "inquiry no. 12": "Q12",
    "0112/23": "0112/23",
    "112/23": "0112/23",
    "0112/2023": "0112/23",
    "ds 112/23": "0112/23",
    "DS 0112/23": "0112/23",
    "Drucksache 112/23": "0112/23",
    "drucksache nr. 0112/23": "0112/23",
    "ds 12/26": "0012/26",
    "council paper 112/23": "0112/23",
    "0112/23-E1": "0112/23-E1",
    "0112/23 e1": "0112/23-E1",
    "KommA.1a": "KommA.1a",
    "KommA.3A": "KommA.3a",
    " 1.5.M1. ": "1.5.M1",
    "Q12?": "Q12",
    "1.5.\u041c1": "1.5.M1",  # Cyrillic
    "1.5.\u039c1": "1.5.M1",  # Greek
    "1\u200b.5.\u2060M1": "1.5.M1",  # zero-width
    "\uff311\uff12": "Q12",  # full width
    "0112\u221523": "0112/23",  # a division slash
}

UNREAD = (
    "",
    "A50",
    "M1",
    "E5 M1",
    "HF1 E5",
    "1.5",
    "1.5.M0",
    "0.5.M1",
    "1.5.26",
    "31.12.26",
    "31.12.2026",
    "2026-12-31",
    "12/26",
    "0000/23",
    "Q0",
    "Q1234567",
    "Frage",
    "Q12 und Q13",
    "Q\u0661\u0662",  # Arabic digits
    "bis 31.12.",
    "a.1",
    "1.5.M1 " * 100,
)


@pytest.mark.parametrize(("words", "ref"), READ.items())
def test_a_reference_has_one_form_however_it_is_typed(words: str, ref: str) -> None:
    assert read_reference(words) == ref


@pytest.mark.parametrize("words", UNREAD)
def test_what_only_looks_like_a_reference_is_none(words: str) -> None:
    assert read_reference(words) is None


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        ("1.5.M1", Kind.MEASURE),
        ("Q12", Kind.INQUIRY),
        ("0112/23", Kind.PAPER),
        ("0112/23-E1", Kind.PAPER),
        ("KommA.1a", Kind.PROGRAMME),
        ("KommA", Kind.PROGRAMME),
        ("Quartier", Kind.PROGRAMME),
    ],
)
def test_a_reference_says_what_it_refers_to(ref: str, kind: Kind) -> None:
    assert reference_kind(ref) is kind


def test_numbers_sort_as_numbers() -> None:
    refs = ["Q12", "1.10.M1", "KommA.1a", "1.2.M3", "Q9", "1.2.M10", "0112/23-E1", "0112/23"]

    assert sorted(refs, key=natural_key) == [
        "1.2.M3", "1.2.M10", "1.10.M1", "0112/23", "0112/23-E1", "KommA.1a", "Q9", "Q12",
    ]  # fmt: skip


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 99))
def test_every_measure_reads_back(field: int, recommendation: int, measure: int) -> None:
    ref = f"{field}.{recommendation}.M{measure}"

    assert read_reference(ref) == read_reference(f"HF{field} E{recommendation} M{measure}") == ref


@given(st.text(alphabet="0123456789.MmQqHFE/- \u200bДМ", max_size=30) | st.text(max_size=60))
def test_any_text_is_read_without_an_error_and_into_a_form_that_stays(text: str) -> None:
    ref = read_reference(text)

    assert ref is None or read_reference(ref) == ref
    assert natural_key(text) == natural_key(text)
