"""Whatever is typed: no error, no long thought, the same answer twice, and only what was there."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding import understand
from locales.words import all_words
from registry.offices import OfficeTree
from registry.queries import Names, Understanding
from registry.querycode import decode, encode
from registry.timewords import TIME_WORDS
from tests.understanding.city import NAMES, OFFICES, SATURDAY
from tests.understanding.questions import PHRASINGS

_PHRASES = sorted({phrase for language in all_words() for phrases in language.groups().values() for phrase in phrases})
_PIECES = (
    *_PHRASES,
    *TIME_WORDS,
    *(name for office in OFFICES for name in (office.code, office.name_de, office.name_en)),
    *NAMES.programmes,
    *NAMES.originators,
    *(
        "1.5.M1",
        "Q1",
        "Q12",
        "0112/23",
        "1.5",
        "1.5.",
        "31.12.",
        "2026",
        "50",
        "HF",
        "E5",
        "a",
        "-",
        "„",
        "Xylophon",
        "🙂",
    ),
)
WORDS = st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2080, 12, 31))

LONGEST_THOUGHT = 0.5


def asked(text: str, today: date = SATURDAY) -> Understanding:
    return understand(text, today=today, offices=OFFICES, names=NAMES)


@given(WORDS | st.text(max_size=300), DAYS)
def test_any_text_is_understood_or_not_without_an_error_and_always_alike(text: str, today: date) -> None:
    once, again = asked(text, today), asked(text, today)

    assert once == again
    assert once.query is None or decode(encode(once.query)) == once.query
    assert all(decode(encode(offer.query)) == offer.query for offer in once.offers)


@given(WORDS)
def test_only_offices_that_exist_are_ever_meant(text: str) -> None:
    understood = asked(text)
    queries = [offer.query for offer in understood.offers] + ([understood.query] if understood.query else [])

    assert {code for query in queries for code in query.offices} <= {office.code for office in OFFICES}
    assert {query.programme for query in queries} <= {*NAMES.programmes, None}


@given(WORDS)
def test_what_is_named_as_not_understood_was_really_written(text: str) -> None:
    written = "".join(text.split())

    assert all("".join(words.split()) in written for words in asked(text).not_understood)


@pytest.mark.parametrize(
    "text",
    [
        "bis " * 60,
        "31.12. " * 60,
        "bis 1. " * 30,
        "1.12. - " * 60,
        "liegt an " * 30,
        "abcdefgh " * 55,
        "sozialmat " * 50,
        "hf 1 e 5 m 1 " * 10,
        "amt für " * 30,
        "1." * 249,
        "„" * 500,
        "a" * 500,
        "a" * 10_000_000,
        "\u0301" * 500,
        "\ufdfa" * 500,
    ],
    ids=lambda text: text[:12],
)
def test_no_text_keeps_the_bot_thinking(text: str) -> None:
    started = perf_counter()

    asked(text)

    assert perf_counter() - started < LONGEST_THOUGHT


def test_a_usual_question_takes_about_a_millisecond() -> None:
    for phrasing, _ in PHRASINGS:
        asked(phrasing)
    started = perf_counter()

    for phrasing, _ in PHRASINGS:
        asked(phrasing)

    # The machine may be busy; on a quiet one it is a third of a millisecond.
    assert (perf_counter() - started) / len(PHRASINGS) < 0.005


@given(WORDS)
def test_without_offices_and_names_nothing_is_made_up(text: str) -> None:
    understood = understand(text, today=SATURDAY, offices=OfficeTree(()), names=Names())

    assert understood.query is None or (understood.query.offices, understood.query.programme) == ((), None)
