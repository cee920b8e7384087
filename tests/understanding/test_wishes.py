"""Wishes to change a record: understood as whole sentences in both languages, and no question taken for one."""

import re
import string
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.understanding.wishes import LONGEST_WISH, Known, Wish, read_reply, read_wish
from registry.periods import read_due
from registry.routing import read_routing
from registry.workdays import Workdays
from tests.understanding.city import OFFICES, SATURDAY
from tests.understanding.questions import QUESTIONS

LISTED = ("Q5", "1.5.M1", "Q2", "0112/23")


def known(*listed: str) -> Known:
    def are_places(words: str) -> bool:
        routing = read_routing(words, OFFICES)
        return routing is not None and not routing.unknown

    def is_date(words: str) -> bool:
        return read_due(words, SATURDAY, Workdays()) is not None

    return Known(are_places, is_date, listed)


def called(wish: Wish | None) -> str:
    """The command that does it, as somebody would type it."""
    assert wish is not None
    [ref] = wish.refs
    return f"/{wish.command} {wish.words(ref)}"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("setze 1.5.M1 auf teilweise", "/status 1.5.M1 teilweise"),
        ("Bitte setzen Sie den Status von 1.5.M1 auf teilweise umgesetzt!", "/status 1.5.M1 teilweise umgesetzt"),
        ("setze Maßnahme 1.5.1 auf voll: Alles fertig.", "/status 1.5.M1 voll: Alles fertig."),
        ("Können Sie HF1 E5 M1 bitte auf teilweise setzen?", "/status 1.5.M1 teilweise"),
        ("ändern Sie 1.5.M1 auf nicht umgesetzt", "/status 1.5.M1 nicht umgesetzt"),
        ("1.5.M1 als verworfen markieren – kein Geld", "/status 1.5.M1 verworfen: kein Geld"),
        ("melde 1.5.M1 fertig", "/status 1.5.M1 fertig"),
        ("setze 1.5.M1 auf offen", "/status 1.5.M1 offen"),
        ("1.5.M1 ist fertig", "/status 1.5.M1 fertig"),
        ("1.5.M1 ist inzwischen erledigt.", "/status 1.5.M1 erledigt"),
        ("1.5.M1 wurde verworfen\nKein Geld", "/status 1.5.M1 verworfen: Kein Geld"),
        ("mark 1.5.M1 as fully", "/status 1.5.M1 fully"),
        ("Could you please set 1.5.M1 to partly?", "/status 1.5.M1 partly"),
        ("1.5.M1 is done: all five homes", "/status 1.5.M1 done: all five homes"),
        ("beantworte Q12: Ja, es gibt Plätze?", "/answer Q12 Ja, es gibt Plätze?"),
        ("answer Q12: yes", "/answer Q12 yes"),
        ("Für Frage 12 sind wir nicht zuständig: das Jugendamt", "/notmine Q12 das Jugendamt"),
        ("Q12 is not ours", "/notmine Q12"),
        ("Notiz zu 0112/23: bitte anrufen", "/note 0112/23 bitte anrufen"),
        ("Q12 an A11", "/assign Q12 A11"),
        ("leiten Sie Q12 an das Jugendamt weiter", "/assign Q12 das Jugendamt"),
        ("assign Q12 to D05/ A50/ A51", "/assign Q12 D05/ A50/ A51"),
        ("verlängern Sie die Frist für Q12 bis nächsten Freitag", "/due Q12 nächsten Freitag"),
        ("postpone Q12 to 31.12.", "/due Q12 31.12."),
        ("gib Q12 frei", "/release Q12"),
        ("release Q12", "/release Q12"),
        ("weise Q12 zurück: Zahlen fehlen", "/return Q12 Zahlen fehlen"),
    ],
)
def test_a_wish_is_the_command_that_does_it(said: str, meant: str) -> None:
    assert called(read_wish(said, known())) == meant


@pytest.mark.parametrize(
    "said",
    [
        "ist 1.5.M1 fertig?",
        "ist 1.5.M1 fertig",
        "1.5.M1 ist fertig?",
        "1.5.M1 ist fertig: stimmt das?",
        "wann ist 1.5.M1 fertig",
        "1.5.M1 ist nicht fertig",
        "1.5.M1 ist fast fertig",
        "1.5.M1 ist offen",
        "1.5.M1 ist fertig, oder",
        "1.5.M1 umgesetzt",
        "1.5.M1 teilweise",
        "1.5.M1",
        "setze 1.5.M1 nicht auf teilweise",
        "setze 1.5.M1 auf quark",
        "setze 1.5.M1 auf teilweise und 1.5.M2 auf voll",
        "setze 1.5.M1 auf teilweise?",
        "setze auf teilweise",
        "mark 1.5.M1",
        "is 1.5.M1 done",
        "was 1.5.M1 discarded",
        "what was 1.5.M1 done",
        "Q12 an A11?",
        "Q12 an wen",
        "Q12 an A11: bitte bis Freitag",
        "wer hat Q12 an A11 gegeben",
        "beantworte Q12",
        "wer hat Q12 beantwortet",
        "verschiebe Q12 auf irgendwann",
        "gib Q12 frei: sofort",
        "für Q12 zuständig",
        "",
        "?",
    ],
)
def test_whatever_may_be_a_question_stays_one(said: str) -> None:
    assert read_wish(said, known()) is None


def test_no_question_that_is_understood_is_a_wish() -> None:
    asked = [question.strip() for questions in QUESTIONS.values() for question in questions.strip().splitlines()]
    wishes = {question: read_wish(question, known()) or read_reply(question, known(*LISTED)) for question in asked}

    assert len(asked) > 300
    assert {question: wish for question, wish in wishes.items() if wish and wish.command != "show"} == {}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2 teilweise: Termin steht", "/status 1.5.M1 teilweise: Termin steht"),
        ("2. voll", "/status 1.5.M1 voll"),
        ("#2 partly", "/status 1.5.M1 partly"),
        ("2 offen", "/status 1.5.M1 offen"),
        ("2: Termin steht", "/status 1.5.M1 Termin steht"),
        ("1.5.M1 teilweise: Termin steht", "/status 1.5.M1 teilweise: Termin steht"),
        ("setze 2 auf teilweise", "/status 1.5.M1 teilweise"),
        ("3 an A11", "/assign Q2 A11"),
        ("1 to A11", "/assign Q5 A11"),
        ("1 bis 31.12.", "/due Q5 31.12."),
        ("1 by next Friday", "/due Q5 next Friday"),
        ("1: Text der Zuarbeit", "/answer Q5 Text der Zuarbeit"),
        ("Q12: Text der Zuarbeit", "/answer Q12 Text der Zuarbeit"),
        ("Q12 fertig: Text", "/answer Q12 Text"),
        ("1 nicht zuständig: Jugendamt", "/notmine Q5 Jugendamt"),
        ("1 not mine", "/notmine Q5"),
        ("1 freigeben", "/release Q5"),
        ("1 zurück: Zahlen fehlen", "/return Q5 Zahlen fehlen"),
        ("4 Notiz: bitte anrufen", "/note 0112/23 bitte anrufen"),
        ("1", "/show Q5"),
        ("2 voll\nMit Dank an alle", "/status 1.5.M1 voll: Mit Dank an alle"),
    ],
)
def test_a_reply_says_shortly_what_becomes_of_an_item(said: str, meant: str) -> None:
    assert called(read_reply(said, known(*LISTED))) == meant


@pytest.mark.parametrize(
    "said",
    ["was ist offen für A50", "A50", "50", "3 Fragen", "12 Fragen", "2 wann fällig", "2 fällig?", "2 teilweise?",
     "1 voll", "2 an alle", "1 bis wann", "4: Text", "danke", "31.12.", "teilweise"],
)  # fmt: skip
def test_a_reply_that_may_be_a_question_stays_one(said: str) -> None:
    assert read_reply(said, known(*LISTED)) is None


def test_a_number_that_is_a_place_and_an_inquiry_of_the_list_leaves_it_open() -> None:
    meant = read_reply("2 an A11", known("Q7", "Q9", "Q2"))

    assert meant == Wish("assign", ("Q9", "Q2"), "A11")
    assert called(read_reply("7 an A11", known("Q7", "Q9", "Q2"))) == "/assign Q7 A11"


def test_an_item_that_is_not_in_the_list_is_no_record() -> None:
    assert read_reply("9 teilweise: Termin steht", known(*LISTED)) == Wish("status", (), "teilweise", "Termin steht")


def test_two_things_in_one_reply_are_neither_done_nor_taken_for_a_text() -> None:
    assert read_reply("2 teilweise: Termin steht\n3 an A11", known(*LISTED)) == Wish("", ())


def test_where_a_message_speaks_of_one_record_the_reply_need_not_name_it() -> None:
    of_measure, of_inquiry = known("1.5.M1"), known("Q12")

    assert called(read_reply("teilweise: Termin steht", of_measure)) == "/status 1.5.M1 teilweise: Termin steht"
    assert called(read_reply("an A11", of_inquiry)) == "/assign Q12 A11"
    assert called(read_reply("not mine: youth office", of_inquiry)) == "/notmine Q12 youth office"
    assert called(read_reply("fertig: Es gibt Plätze.", of_inquiry)) == "/answer Q12 Es gibt Plätze."
    assert [read_reply(said, of_measure) for said in ("offen", "fertig?", "Danke", "was ist offen")] == [None] * 4
    assert [read_reply(said, of_inquiry) for said in ("fertig", "Plätze reichen", "wer")] == [None] * 3


@settings(max_examples=300, deadline=timedelta(milliseconds=300))
@given(st.text(string.printable + "äß–🙂", max_size=400), st.sampled_from([(), LISTED, ("Q1",)]))
def test_any_text_is_read_without_failing(text: str, listed: tuple[str, ...]) -> None:
    for wish in (read_wish(text, known(*listed)), read_reply(text, known(*listed))):
        assert wish is None or wish.command or wish.refs == ()


def test_a_text_of_many_words_is_no_wish() -> None:
    assert read_wish("setze " + "bitte " * LONGEST_WISH + "1.5.M1 auf teilweise", known()) is None


@pytest.mark.parametrize(("guide", "line"), [("query-guide.md", "- One sentence:"), ("de/fragen.md", "- Ein Satz:")])
def test_the_sentences_of_the_guides_are_wishes(guide: str, line: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / guide).read_text("utf-8")
    [examples] = [re.findall(r"`([^`]+)`", one) for one in text.splitlines() if one.startswith(line)]

    assert len(examples) > 5
    assert [example for example in examples if read_wish(example, known()) is None] == []
