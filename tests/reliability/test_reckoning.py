"""The reckoning after the kills finds each promise that was broken: held against a register that is made by hand."""

import hashlib
import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from bot.playground.api import LocalBotApi
from bot.playground.keyboards import InlineButton
from tests.reliability.clerks import Clerks, Told
from tests.reliability.crowd import Figures
from tests.reliability.kill import added
from tests.reliability.post import REPEATED
from tests.reliability.reckoning import TABLES, Written, reckon
from tests.reliability.wishes import FIRST_GRANTED
from tests.reliability.writes import FIRST

KIM = FIRST
SCHEMA = """
CREATE TABLE people (id INTEGER, pseudonym TEXT);
CREATE TABLE deeds (id TEXT, deed TEXT, pseudonym TEXT, undone_by TEXT);
CREATE TABLE deed_records (deed TEXT, kind TEXT, record INTEGER, version INTEGER);
CREATE TABLE history (id INTEGER PRIMARY KEY, kind TEXT, record INTEGER, version INTEGER, what TEXT, after TEXT);
CREATE TABLE people_history (deed TEXT, about TEXT);
CREATE TABLE buttons (token TEXT, act TEXT, deed TEXT, person INTEGER);
CREATE TABLE uses (token TEXT);
"""


@dataclass
class Quoted(Clerks):
    """What the Bot API took is told by the test."""

    heard: list[Told] = field(default_factory=list)

    def told(self) -> list[Told]:
        return self.heard


@dataclass
class Ledger:
    """A register in which Kim noted ``n1`` to a measure, and was told so."""

    of: sqlite3.Connection
    clerks: Quoted

    def writes(self, sql: str, *values: object) -> None:
        self.of.execute(sql, values)

    def button(self, token: str, deed: dict[str, str], *, act: str = "do", used: int = 1) -> None:
        hashed = hashlib.sha256(token.encode()).hexdigest()
        self.writes("INSERT INTO buttons VALUES (?, ?, ?, ?)", hashed, act, json.dumps(deed), KIM)
        for _ in range(used):
            self.writes("INSERT INTO uses VALUES (?)", hashed)

    def does(self, id_: str, deed: dict[str, str]) -> None:
        self.writes("INSERT INTO deeds VALUES (?, ?, 'kim', NULL)", id_, json.dumps(deed))

    def tells(self, text: str, *, undo: str = "", message: int = 5) -> None:
        buttons = (InlineButton("↶ Rückgängig", f"ty{undo}"),) if undo else ()
        self.clerks.heard.append(Told(KIM, message, text, buttons))

    def broken(self) -> dict[str, int]:
        return reckon(self.clerks, self.of).broken


NOTE = {"deed": "write_note", "ref": "1.5.M1", "text": "n1"}
UNDO = {"deed": "undo", "of": "first"}


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA)
        for table in TABLES.values():
            connection.execute(f"CREATE TABLE {table} (id INTEGER, version INTEGER)")
        clerks = Quoted(LocalBotApi(), random.Random(1), Figures(1))
        clerks.gather()
        of = Ledger(connection, clerks)
        of.writes("INSERT INTO people VALUES (?, 'kim'), (?, 'toni')", KIM, FIRST_GRANTED + 1)
        of.writes("INSERT INTO measures VALUES (1, 2)")
        of.writes("INSERT INTO deed_records VALUES ('first', 'measure', 1, 2)")
        of.writes("INSERT INTO history VALUES (1, 'measure', 1, 1, 'added', ''), (2, 'measure', 1, 2, 'note', 'n1')")
        of.button("confirm", NOTE)
        of.button("back", UNDO, used=0)
        of.does("first", NOTE)
        of.tells("✓ Gespeichert.\n1.5.M1 · WLAN\nNotiz:\nn1", undo="back")
        yield of


def taken_back(ledger: Ledger) -> None:
    ledger.button("back", UNDO)
    ledger.does("second", UNDO)
    ledger.writes("UPDATE deeds SET undone_by = 'second' WHERE id = 'first'")
    ledger.writes("INSERT INTO deed_records VALUES ('second', 'measure', 1, 3)")
    ledger.writes("INSERT INTO history VALUES (3, 'measure', 1, 3, 'note', '')")
    ledger.writes("UPDATE measures SET version = 3")
    ledger.tells("↶ Zurückgenommen: 1.5.M1")


def test_a_register_that_keeps_every_promise_breaks_none(ledger: Ledger) -> None:
    assert ledger.broken() == {}

    taken_back(ledger)

    assert ledger.broken() == {}


def test_an_acknowledged_change_that_is_not_there_is_lost(ledger: Ledger) -> None:
    ledger.writes("DELETE FROM deeds")
    ledger.writes("DELETE FROM deed_records")
    ledger.writes("UPDATE measures SET version = 1")
    ledger.writes("DELETE FROM history WHERE id = 2")

    assert ledger.broken() == {"acknowledged_lost": 1, "told_otherwise": 1}


def test_who_was_told_other_words_than_were_written_was_told_otherwise(ledger: Ledger) -> None:
    ledger.tells("✓ Gespeichert.\n1.5.M1 · WLAN\nNotiz:\nn2", undo="back")

    assert ledger.broken() == {"told_otherwise": 1}


def test_a_change_nobody_heard_of_is_not_acknowledged(ledger: Ledger) -> None:
    ledger.clerks.heard.clear()

    assert ledger.broken() == {"unacknowledged": 1}


def test_what_one_button_did_twice_is_found_by_its_word_its_button_and_its_version(ledger: Ledger) -> None:
    ledger.does("again", NOTE)

    assert ledger.broken() == {"unacknowledged": 1, "done_twice": 1, "buttons_twice": 1}


def test_a_wordless_change_that_was_done_twice_is_found_by_its_button(ledger: Ledger) -> None:
    merge = {"deed": "merge_contributions", "ref": "Q1"}
    ledger.button("merge", merge)
    for name in ("one", "two"):
        ledger.does(name, merge)
        ledger.button(f"back of {name}", {"deed": "undo", "of": name}, used=0)
        ledger.tells("✓ Gespeichert.\nQ1", undo=f"back of {name}")

    assert ledger.broken() == {"buttons_twice": 1}


def test_a_button_that_was_used_twice_is_found(ledger: Ledger) -> None:
    ledger.button("other", {"deed": "release", "ref": "Q1"}, used=2)

    assert ledger.broken() == {"buttons_twice": 1}


def test_words_that_were_taken_twice_are_found_by_their_second_proposal(ledger: Ledger) -> None:
    ledger.button("second proposal", NOTE, used=0)

    assert ledger.broken() == {"answered_twice": 1}


def test_a_proposal_made_anew_after_a_press_is_none_too_many(ledger: Ledger) -> None:
    other = NOTE | {"text": "n2"}
    ledger.button("outdated", other)
    ledger.button("anew", other, used=0)

    assert ledger.broken() == {}


def test_an_undo_that_is_not_there_is_lost(ledger: Ledger) -> None:
    ledger.tells("↶ Zurückgenommen: 1.5.M1")

    assert ledger.broken() == {"undo_lost": 1}


def test_an_undo_told_below_the_button_is_known_by_whose_chat_it_is_in(ledger: Ledger) -> None:
    taken_back(ledger)
    ledger.clerks.heard.pop()
    assert ledger.broken() == {"unacknowledged": 1}

    ledger.tells("↶ Zurückgenommen: QN1", message=9)
    assert ledger.broken() == {}

    ledger.tells("↶ Zurückgenommen: QN1", message=10)
    assert ledger.broken() == {"undo_lost": 1}


def test_an_undo_that_was_done_twice_is_found(ledger: Ledger) -> None:
    taken_back(ledger)
    ledger.does("third", UNDO)

    assert ledger.broken() == {"undone_twice": 1, "buttons_twice": 1}


OPENED = "✓ Die Evaluation ist eröffnet.\nIntegrationskonzept, Stichtag So., 02.01.2011"


def test_a_round_that_was_opened_and_is_not_there_is_lost(ledger: Ledger) -> None:
    ledger.tells(OPENED)

    assert ledger.broken() == {"rounds_lost": 1}


def test_a_round_told_of_again_was_not_opened_again(ledger: Ledger) -> None:
    ledger.writes("INSERT INTO history VALUES (9, 'concept', 1, 1, 'round_opened', '2011-01-02')")
    assert ledger.broken() == {"unacknowledged": 1}

    ledger.tells(OPENED)
    ledger.tells(f"{OPENED}\n{REPEATED}", message=6)
    assert ledger.broken() == {}

    ledger.writes("INSERT INTO history VALUES (10, 'concept', 1, 2, 'round_opened', '2011-01-02')")
    assert ledger.broken() == {"rounds_twice": 1}


def test_a_role_is_lost_where_it_was_not_given_and_given_twice_where_it_was(ledger: Ledger) -> None:
    ledger.tells(f"✓ Gespeichert.\nPerson {FIRST_GRANTED + 1}\nkein Zugang → Bearbeitung für A50")
    assert ledger.broken() == {"roles_lost": 1}

    ledger.writes("INSERT INTO people_history VALUES ('grant_role', 'toni')")
    assert ledger.broken() == {}

    ledger.writes("INSERT INTO people_history VALUES ('grant_role', 'toni')")
    assert ledger.broken() == {"roles_twice": 1}


def test_a_version_without_a_deed_or_without_its_history_is_found(ledger: Ledger) -> None:
    ledger.writes("UPDATE measures SET version = 3")
    assert ledger.broken() == {"wrong_versions": 1, "versions_without_history": 1}

    ledger.writes("UPDATE measures SET version = 2")
    ledger.writes("INSERT INTO history VALUES (3, 'measure', 1, 3, 'note', 'n1')")
    assert ledger.broken() == {"history_without_versions": 1}


def test_a_record_that_a_document_brought_and_took_with_it_leaves_its_whole_history(ledger: Ledger) -> None:
    brought = "INSERT INTO history (kind, record, version, what) VALUES ('inquiry', 4, ?, ?)"
    for version, what in ((1, "added"), (2, "removed"), (1, "added")):
        ledger.writes(brought, version, what)
    ledger.writes("INSERT INTO inquiries VALUES (4, 1)")
    assert ledger.broken() == {}

    ledger.writes("DELETE FROM inquiries")
    assert ledger.broken() == {"history_without_versions": 1}


def test_the_figures_of_towns_are_added_and_the_worst_is_told() -> None:
    towns = [Figures(1, kills=3, integrity="ok", exit_code=0), Figures(2, kills=4, integrity="torn", exit_code=-9)]

    total = added(towns)

    assert (total.seed, total.kills, total.integrity, total.exit_code) == (1, 7, "torn", -9)
    assert total.broken == {"damaged": 1, "unclean_stop": 1}
    assert added([Written(done=2), Written(done=3, undo_lost=1)]).broken == {"undo_lost": 1}
