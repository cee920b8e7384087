"""What people write of evaluation rounds, in both languages."""

from datetime import date

import pytest

from handlers.understanding.rounds import Opening, RoundAct, read_act, read_as_of, read_opening, read_page
from registry.workdays import Workdays

TODAY = date(2026, 11, 23)
CONCEPTS = ("Integrationskonzept", "Integrationskonzept 2030")


@pytest.mark.parametrize(
    ("words", "act", "rest"),
    [
        ("open 30.06.2026 due 15.08.2026", RoundAct.OPEN, "30.06.2026 due 15.08.2026"),
        ("Eröffnen 30.06.2026", RoundAct.OPEN, "30.06.2026"),
        ("schließen", RoundAct.CLOSE, ""),
        ("abschliessen Integrationskonzept", RoundAct.CLOSE, "Integrationskonzept"),
        ("wiedereröffnen", RoundAct.REOPEN, ""),
        ("vergleiche", RoundAct.COMPARE, ""),
        ("weiter 1.5.M1", RoundAct.NEXT, "1.5.M1"),
        ("A50", None, "A50"),
        ("", None, ""),
    ],
)
def test_the_first_word_says_what_is_wanted(words: str, act: RoundAct | None, rest: str) -> None:
    assert read_act(words) == (act, rest)


@pytest.mark.parametrize(
    ("words", "opening"),
    [
        ("30.06.2026 due 15.08.2026", Opening(None, date(2026, 6, 30), date(2026, 8, 15))),
        ("30.06.2026 bis 15. August 2026", Opening(None, date(2026, 6, 30), date(2026, 8, 15))),
        ("zum 30.06. bis in 10 Arbeitstagen", Opening(None, date(2026, 6, 30), date(2026, 12, 7))),
        (
            "Integrationskonzept 2030 30.06.2026 fällig 15.01.",
            Opening("Integrationskonzept 2030", date(2026, 6, 30), date(2027, 1, 15)),
        ),
        ("integrationskonzept", Opening("Integrationskonzept", None, None)),
        ("", Opening(None, None, None)),
        ("30.06.2026 bis demnächst", Opening(None, date(2026, 6, 30), None, "demnächst")),
        ("31.06.2026 bis 15.01.2027", Opening(None, None, date(2027, 1, 15), "31.06.2026")),
    ],
)
def test_an_opening_names_the_concept_the_day_and_the_due_date(words: str, opening: Opening) -> None:
    assert read_opening(words, CONCEPTS, TODAY, Workdays()) == opening


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("30.06.2026", date(2026, 6, 30)),
        ("2026-06-30", date(2026, 6, 30)),
        ("30.06.", date(2026, 6, 30)),
        ("31.12.", date(2025, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        ("Stand 2. Quartal 2026", date(2026, 6, 30)),
        ("irgendwann", None),
    ],
)
def test_a_day_without_a_year_lies_behind(words: str, day: date | None) -> None:
    assert read_as_of(words, TODAY) == day


def test_a_page_is_a_number_whatever_a_button_brings() -> None:
    assert [read_page(words) for words in ("compare #2", "compare", "compare #x", "compare #99999")] == [2, 0, 0, 0]
