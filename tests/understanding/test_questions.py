"""Questions are understood however they are put: the whole question, and nothing besides."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.understanding import understand
from registry.folding import fold
from registry.queries import Names, Query, Understanding
from tests.understanding.city import NAMES, OFFICES, SATURDAY
from tests.understanding.questions import OWN_OFFICES, PHRASINGS

IDS = [phrasing for phrasing, _ in PHRASINGS]
# In capitals "ob" is the mayor's office, and only there.
CAPITALS_MATTER = ("OB", "was ist für OB offen")


def asked(text: str, today: date = SATURDAY, names: Names = NAMES) -> Understanding:
    return understand(text, today=today, offices=OFFICES, names=names, own_offices=OWN_OFFICES)


def test_the_table_is_worth_its_name() -> None:
    assert len(set(IDS)) == len(IDS) >= 220


@pytest.mark.parametrize(("phrasing", "query"), PHRASINGS, ids=IDS)
def test_a_question_gives_its_query_and_leaves_nothing_over(phrasing: str, query: Query) -> None:
    assert asked(phrasing) == Understanding(query=query)


@pytest.mark.parametrize(("phrasing", "query"), PHRASINGS, ids=IDS)
def test_capitals_umlauts_spaces_and_punctuation_do_not_matter(phrasing: str, query: Query) -> None:
    spellings = [f"  {phrasing.replace(' ', '   ')} ?!", f"– {phrasing} …"]
    if phrasing not in CAPITALS_MATTER:
        spellings += [phrasing.upper(), fold(phrasing)]

    understood = [asked(spelling).query for spelling in spellings]

    assert [_folded(found) for found in understood] == [_folded(query)] * len(spellings)


def _folded(query: Query | None) -> Query | None:
    return query and query.model_copy(update={"words": fold(query.words).strip(" ?!")})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Bitte: ", ""),
        ("Hallo, ", " Danke!"),
        ("Könnten Sie mir bitte sagen, ", "?"),
        ("hi, can you tell me ", " please"),
        ("@amtsbote_bot ", ""),
    ],
)
def test_politeness_changes_nothing(before: str, after: str) -> None:
    polite = {phrasing: asked(f"{before}{phrasing}{after}") for phrasing, _ in PHRASINGS}

    assert polite == {phrasing: Understanding(query=query) for phrasing, query in PHRASINGS}


@given(st.permutations(["offene", "Fragen", "Jugendamt", "bis 31.12."]))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    expected = asked("offene Fragen Jugendamt bis 31.12.")

    assert asked(" ".join(words)) == expected != Understanding()


@settings(max_examples=300)
@given(st.sampled_from(PHRASINGS), st.data())
def test_a_word_nobody_knows_is_never_ignored(phrasing_and_query: tuple[str, Query], data: st.DataObject) -> None:
    words = phrasing_and_query[0].split()
    at = data.draw(st.integers(0, len(words)))
    understood = asked(" ".join((*words[:at], "Xylophonbau", *words[at:])))

    named = " ".join((*understood.not_understood, understood.query.words if understood.query else ""))
    assert "Xylophonbau" in named


def test_a_month_without_a_year_is_the_coming_one_also_at_the_turn_of_the_year() -> None:
    december, january = date(2026, 12, 31), date(2027, 1, 1)

    periods = [asked("fristen im dezember", today=today).query for today in (december, january)]

    assert [query.period.until if query and query.period else None for query in periods] == [
        date(2026, 12, 31),
        date(2027, 12, 31),
    ]


def test_names_a_reader_may_not_know_are_words_like_any_other() -> None:
    known, unknown = asked("stand KommA"), asked("stand KommA", names=Names())
    never_heard_of = asked("stand KammO", names=Names())

    assert known.query is not None and unknown.query is None
    assert unknown.model_dump_json() == never_heard_of.model_dump_json().replace("KammO", "KommA")
