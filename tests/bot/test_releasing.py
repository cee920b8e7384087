"""``amtsbote release``: the way out for what nobody sees in the chat."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.bot.test_command_line import EVALUATION, SAMPLE, amtsbote

PAPER = SAMPLE / "nonpublic/paper-0731-26.txt"
QUESTIONS = SAMPLE / "nonpublic/questions-housing.txt"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def rows(sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect("amtsbote.db")) as database:
        return database.execute(sql).fetchall()


def release(*words: str, answer: str = "") -> Result:
    return CliRunner().invoke(app, ["release", *words], input=answer)


def test_a_measure_is_shown_asked_about_and_made_public() -> None:
    amtsbote("import", EVALUATION)

    result = release("1.1.M1", "--language", "en", answer="y\n")

    lines = result.output.splitlines()
    assert (result.exit_code, lines[1]) == (0, "This becomes public:")
    assert lines[-1] == "Make 1.1.M1 public? (y/N) ✓ 1.1.M1 is public."
    assert any("In den jährlichen Planungsrunden" in line for line in lines)
    assert rows("SELECT visibility FROM measures WHERE number = '1.1.M1'") == [("public",)]
    assert rows("SELECT what, before, after, who, by_import FROM history WHERE what = 'visibility'") == [
        ("visibility", "nonpublic", "public", "operator", 0)
    ]
    assert amtsbote("ask", "/zeige 1.1.M1", "--as", "reader").output.startswith("1.1.M1")
    assert "Kommandozeile" in amtsbote("ask", "/verlauf 1.1.M1", "--as", "reader").output
    assert amtsbote("check").output.count("lückenlos") == 1


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_who_does_not_agree_changes_nothing(answer: str) -> None:
    amtsbote("import", EVALUATION)

    result = release("1.1.M1", answer=answer)

    assert result.exit_code == 1
    assert result.output.endswith("1.1.M1 öffentlich machen? (j/N) Es wurde nichts geändert.\n")
    assert rows("SELECT count(*) FROM measures WHERE visibility = 'public'") == [(0,)]
    assert rows("SELECT count(*) FROM history WHERE what = 'visibility'") == [(0,)]


def test_an_inquiry_gets_a_public_number_and_takes_its_list_with_it() -> None:
    amtsbote("import", EVALUATION, "--public")
    amtsbote("import", QUESTIONS)

    result = release("QN1", "--yes")

    [(number,)] = rows("SELECT number FROM history JOIN inquiries ON record = inquiries.id WHERE what = 'number'")
    assert result.exit_code == 0
    assert "Fragenliste" in result.output
    assert isinstance(number, int)
    assert result.output.splitlines()[-1] == f"✓ Q{number} ist öffentlich."


def test_a_paper_that_a_step_keeps_hidden_says_so() -> None:
    amtsbote("import", PAPER)

    result = release("0731/26", "--yes")

    assert result.exit_code == 0
    assert "✓ 0731/26 ist öffentlich." not in result.output
    assert result.output.splitlines()[-1] == "✓ Gespeichert."


def test_what_cannot_be_released_is_said_in_one_line() -> None:
    absent = release("1.1.M1", "--yes")
    amtsbote("import", EVALUATION, "--public")

    assert absent.exit_code == 1
    assert release("9.9.M9", "--yes").stderr.strip() == "Einen Eintrag 9.9.M9 gibt es im Register nicht."
    assert release("1.1.M1", "--yes").stderr.strip() == "1.1.M1 ist schon öffentlich."
