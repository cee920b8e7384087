"""Every query survives being written on a button, and nothing else is read from one."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.inquiries import InquiryStatus
from registry.measures import Status
from registry.queries import MOST, Intent, Kind, Period, Query
from registry.querycode import decode, encode

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_NUMBER = st.integers(1, MOST)
_DAYS = st.none() | st.dates()
QUERIES = st.builds(
    Query,
    intent=st.sampled_from(Intent),
    offices=st.lists(_TEXT, max_size=4).map(tuple),
    field=st.none() | _NUMBER,
    recommendation=st.none() | st.tuples(_NUMBER, _NUMBER),
    concept=st.none() | _TEXT,
    programme=st.none() | _TEXT,
    originator=st.none() | _TEXT,
    kinds=st.lists(st.sampled_from(Kind), max_size=4).map(tuple),
    statuses=st.lists(st.sampled_from(Status), max_size=4).map(tuple),
    inquiry_statuses=st.lists(st.sampled_from(InquiryStatus), max_size=4).map(tuple),
    unrouted=st.booleans(),
    is_new=st.booleans(),
    in_review=st.booleans(),
    changed_since=_DAYS,
    period=st.none() | st.builds(Period, since=_DAYS, until=_DAYS),
    words=_TEXT,
    ref=st.none() | _TEXT,
    page=st.integers(0, MOST),
)


@given(QUERIES)
def test_every_query_reads_back_from_ascii(query: Query) -> None:
    written = encode(query)

    assert written.isascii() and written.isprintable()
    assert decode(written) == query


@pytest.mark.parametrize(
    ("query", "written"),
    [
        (Query(), "o"),
        (Query(offices=("A50",), kinds=(Kind.INQUIRY,), page=2), "o|oA50|ki|p2"),
        (Query(intent=Intent.SHOW, ref="1.5.M1"), "w|r1.5.M1"),
        (Query(intent=Intent.SUMMARY, recommendation=(1, 5)), "s|e1.5"),
        (Query(intent=Intent.SEARCH, words="Straßenfest, Bürger"), "f|wStra~senfest~x2c; B~urger"),
        (Query(intent=Intent.DEADLINES, period=Period(until=date(2026, 12, 31))), "d|t-b4a8d"),
    ],
)
def test_common_queries_are_short_and_readable(query: Query, written: str) -> None:
    assert encode(query) == written


def test_a_full_but_usual_question_fits_on_a_button() -> None:
    query = Query(
        intent=Intent.DEADLINES,
        offices=("A50", "A51"),
        field=2,
        kinds=(Kind.MEASURE, Kind.INQUIRY),
        statuses=(Status.PARTLY,),
        period=Period(since=date(2026, 12, 1), until=date(2026, 12, 31)),
        page=12,
    )

    assert len(encode(query)) <= 50


@pytest.mark.parametrize(
    "garbage",
    [
        "o|f99999999999999999999",
        "o|e1.99999999",
        "o|p-3",
        "",
        "|",
        "x",
        "oo",
        "o|",
        "o|z",
        "o|f",
        "o|f02",
        "o|f 2",
        "o|f٢",
        "o|e1",
        "o|e1.2.3",
        "o|kx",
        "o|k",
        "o|p0",
        "o|u1",
        "o|d",
        "o|dfffffff",
        "o|t",
        "o|t--",
        "o|tb4a8d",
        "o|w",
        "o|wä",
        "o|w~",
        "o|w~zz",
        "o|w~61;",
        "o|w~x61;",
        "o|w~xd800;",
        "o|w~x110000;",
        "o|ki|oA50",
        "o|oA50|oA51",
        "o|f" + "9" * 5000,
        "o|oA50\n",
        "O|oA50",
    ],
)
def test_anything_else_is_no_query(garbage: str) -> None:
    assert decode(garbage) is None


def test_a_hundred_thousand_random_texts_are_refused_or_read_as_they_are_written() -> None:
    chance = random.Random(20261121)
    letters = "odvsfwmhg|~,.-;0123456789abcdefikuntrpA5 äß\x00"
    texts = ("".join(chance.choices(letters, k=chance.randint(0, 14))) for _ in range(100_000))

    read = [(text, query) for text in texts if (query := decode(text))]

    assert read, "the letters above are meant to hit some queries"
    assert [text for text, query in read if encode(query) != text] == []


@given(st.text(max_size=80))
def test_any_text_is_decoded_without_an_error(text: str) -> None:
    query = decode(text)

    assert query is None or encode(query) == text
