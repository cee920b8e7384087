"""Sentences, short titles, dates and milestones in German running text."""

from datetime import date, time

import pytest

from documents.dates import dates_in, read_date
from documents.milestones import milestones_in
from documents.wording import join_wrapped, question_title, sentences, short_title
from registry.papers import Milestone


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Das ist gut. Und das?", ["Das ist gut.", "Und das?"]),
        ("Es gilt z. B. Satz 3 Nr. 4 bzw. Absatz 5.", ["Es gilt z. B. Satz 3 Nr. 4 bzw. Absatz 5."]),
        ("Am 3. Mai ist Markt. Kommt!", ["Am 3. Mai ist Markt.", "Kommt!"]),
        ("Der Verein e. V. Nord zieht um.", ["Der Verein e. V. Nord zieht um."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text: str, split: list[str]) -> None:
    assert sentences(text) == split


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Es wird ein Brunnen gebaut.", "Brunnen gebaut"),
        ("Es wird geprüft, wie die Höfe begrünt werden.", "Höfe begrünt werden"),
        ("Brunnen bauen. Und Bänke.", "Brunnen bauen"),
        (
            "Die Stadt stellt auf allen Plätzen der inneren Viertel neue Bänke und Brunnen auf.",
            "Die Stadt stellt auf allen Plätzen der inneren Viertel neue Bänke …",
        ),
        ("X" * 80, "X" * 68 + " …"),
        ("", ""),
    ],
)
def test_a_title_is_the_short_beginning_of_its_text(text: str, title: str) -> None:
    assert short_title(text) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Das ist falsch. Was kostet ein Brunnen?", "Was kostet ein Brunnen?"),
        (
            "Viele Familien kennen die Angebote der Stadt nicht. Was tun?",
            "Viele Familien kennen die Angebote der Stadt nicht",
        ),
        ("Wie weiter?", "Wie weiter?"),
        ("Wir danken.", "Wir danken"),
    ],
)
def test_a_question_is_called_by_what_it_says_first_if_that_says_enough(text: str, title: str) -> None:
    assert question_title(text) == title


def test_wrapped_lines_join_and_hyphenated_words_become_whole() -> None:
    assert join_wrapped(["Bau- und Pla-", "nungsamt, Bau-", "und Wegeamt"]) == "Bau- und Planungsamt, Bau- und Wegeamt"


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("2.12.2025", date(2025, 12, 2)),
        ("02. 12. 2025", date(2025, 12, 2)),
        ("3. März 2026", date(2026, 3, 3)),
        ("31.02.2026", None),
        ("3. März", None),
        ("bald", None),
    ],
)
def test_dates_are_read_or_left_alone(words: str, on: date | None) -> None:
    assert read_date(words) == on


def test_a_date_without_a_year_is_of_the_nearest_year_written() -> None:
    text = "Am 5. Mai und am 7.6.2026, dann am 8. Juli"

    assert [(dated.on, dated.has_year) for dated in dates_in(text)] == [
        (date(2026, 5, 5), False),
        (date(2026, 6, 7), True),
        (date(2026, 7, 8), False),
    ]
    assert list(dates_in("Am 5. Mai")) == []
    assert [dated.on for dated in dates_in("Am 5. Mai", year=2027)] == [date(2027, 5, 5)]


@pytest.mark.parametrize(
    ("text", "milestones"),
    [
        (
            "Anträge sind bis zum 30.04.2026 zu stellen.",
            [Milestone(title="Antragsfrist", on=date(2026, 4, 30), is_deadline=True, external=True)],
        ),
        (
            "Der Bericht liegt bis 30. April vor.",
            [Milestone(title="Der Bericht liegt bis 30. April vor", on=date(2026, 4, 30), is_deadline=True)],
        ),
        (
            "Am 4. Mai um 9.30 Uhr findet das Treffen der Städte statt.",
            [Milestone(title="Treffen der Städte", on=date(2026, 5, 4), starts=time(9, 30))],
        ),
        ("Seit dem 4. Mai ist das so.", []),
        ("Der Markt ist beliebt.", []),
    ],
)
def test_milestones_are_deadlines_or_events_with_a_date(text: str, milestones: list[Milestone]) -> None:
    assert list(milestones_in(text, year=2026)) == milestones
