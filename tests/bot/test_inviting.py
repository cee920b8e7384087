"""``amtsbote invite``: the first administrator's way in."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.invitations import hashed
from tests.bot.test_command_line import amtsbote


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def rows() -> list[tuple[object, ...]]:
    with closing(sqlite3.connect("amtsbote.db")) as database:
        return database.execute("SELECT code_hash, role, offices, until, issuer FROM invitations").fetchall()


def test_the_code_is_printed_with_how_to_use_it() -> None:
    printed = amtsbote("invite", "editor", "A50", "Jugendamt", "--until", "31.12.2099", "--language", "en").output
    lines = printed.splitlines()
    code = lines[1]

    assert lines == [
        "editing for A50, A51 · until Thu, 31 Dec 2099",
        code,
        "",
        f"Send this to the bot in a private chat: /start {code}",
        f"Or open this link, with the name of your bot: https://t.me/…?start={code}",
        "It works once, for seven days. Whoever uses it first gets the role.",
    ]
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", code)
    assert rows() == [(hashed(code), 2, '["A50","A51"]', "2099-12-31", "")]


def test_each_code_is_another() -> None:
    codes = {amtsbote("invite", "admin").output.splitlines()[1] for _ in range(3)}

    assert len(codes) == 3
    assert len(rows()) == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("editor",), "Die Bearbeitung braucht mindestens ein Amt. Nennen Sie die Ämter: amtsbote invite editor A50"),
        (("reader", "Mondamt"), "Ein Amt Mondamt gibt es nicht. Nennen Sie die Ämter: amtsbote invite editor A50"),
        (
            ("reader", "--until", "gestern"),
            "gestern ist kein kommender Tag. Schreiben Sie ihn wie 31.12.2026.",
        ),
    ],
)
def test_what_cannot_be_is_said_in_one_line(words: tuple[str, ...], told: str) -> None:
    result = amtsbote("invite", *words)

    assert (result.exit_code, result.stderr.strip()) == (2, told)
    assert rows() == []


def test_nobody_is_invited_as_a_guest() -> None:
    assert amtsbote("invite", "guest").exit_code == 2
