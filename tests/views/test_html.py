"""Composed HTML: escaped once, isolated where needed, cut without breaking, accepted by Telegram."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views.parsing import verdict
from views import html
from views.html import Html

HOSTILE = [
    "5 < 6 & 7 > 2",
    "<b>not bold</b>",
    "&lt;script&gt; &nbsp; &#0;",
    "{0.__class__} {office!r} %s",
    "quotes \" and ' stay",
    "👩‍👧 family, 🏳️‍🌈 flag, 🫨 new",
    "שלום עולם and مرحبا",
    "\u202eturned around\u202c \u2066isolated\u2069 zero\u200bwidth\ufeff nul\x00 bell\x07 lone\ud800",
    "x" * 5000,
    "many words " * 500,
    "line\nbreaks\n\n\nand\ttabs",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_was_written_less_what_cannot_be_seen(text: str) -> None:
    visible = html.clean(text)

    assert html.plain(html.html(text)).strip("\u2068\u2069") == visible
    assert verdict(html.html(text)).strip("\u2068\u2069 ") == visible.strip()


def test_what_cannot_be_seen_is_gone() -> None:
    hidden = "a\u202eb\u2066c\u200bd\ufeffe\x00f\x07g\ud800h\u00adi"

    assert html.clean(hidden) == "abcdefghi"


def test_emoji_that_are_joined_stay_joined() -> None:
    assert html.clean("👩‍👧 und 🏳️‍🌈\u200b") == "👩‍👧 und 🏳️‍🌈"


def test_right_to_left_words_are_isolated_and_others_are_not() -> None:
    assert html.join(" · ", ("Q1", "שלום", "A50")) == "Q1 · \u2068שלום\u2069 · A50"


def test_a_value_is_never_read_as_a_template_nor_as_markup() -> None:
    said = html.fill("{office} & {title}", office=html.bold("A<50>"), title="{office} {0.__class__} <i>")

    assert said == "<b>A&lt;50&gt;</b> &amp; {office} {0.__class__} &lt;i&gt;"


def test_only_parts_that_say_something_are_joined() -> None:
    assert html.lines("first", "", html.bold(""), "last") == "first\nlast"


def test_a_shortened_text_ends_at_a_word() -> None:
    assert html.shortened("Beteiligung externer Beratungsstellen", 30) == "Beteiligung externer …"
    assert html.shortened("Beteiligung externer Beratungsstellen", 22) == "Beteiligung externer …"
    assert html.shortened("Beteiligung – aller Stellen der Stadt …", 30) == "Beteiligung – aller Stellen …"
    assert html.shortened("Donaudampfschifffahrtsgesellschaft", 12) == "Donaudampfs…"
    assert html.shortened("two\nlines  here", 40) == "two lines here"


def test_a_cut_text_keeps_every_word_and_balances_its_tags() -> None:
    whole = html.lines(html.bold("Stand"), html.quote("eins zwei drei <vier> fünf", folded=True))

    parts = html.split(whole, 14)

    assert parts == (
        "<b>Stand</b>\n<blockquote expandable>eins</blockquote>",
        "<blockquote expandable>zwei drei</blockquote>",
        "<blockquote expandable>&lt;vier&gt; fünf</blockquote>",
    )


def test_blocks_are_kept_whole_where_they_fit() -> None:
    blocks = (html.bold("a" * 6), html.bold("b" * 6), html.bold("c" * 3))

    assert html.parted(blocks, 12) == (f"<b>{'a' * 6}</b>", f"<b>{'b' * 6}</b>\n\n<b>ccc</b>")


texts = st.text(max_size=300) | st.sampled_from(HOSTILE)


@settings(max_examples=150, deadline=None)
@given(st.lists(texts, max_size=5), texts, st.integers(80, 4096))
def test_whatever_is_composed_and_cut_is_accepted_by_telegram(words: list[str], long: str, limit: int) -> None:
    blocks = (html.lines(*map(html.bold, words)), html.quote(long, folded=True), html.code(long))
    parts = html.parted([block for block in blocks if block], limit)

    for part in parts:
        assert len(verdict(Html(f"·{part}"))) <= limit + 1
    kept = "".join("".join(html.plain(part).split()) for part in parts)
    assert kept == "".join("".join(html.plain(block).split()) for block in blocks)
