"""The command line as an operator uses it: real files, a real register, what is printed and how it ends."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app, main
from bot.failures import Failure

SAMPLE = Path("bot/playground/sample").resolve()
REAL = Path("../shared/documents").resolve()
EVALUATION = next((SAMPLE / "public").glob("*evaluation*.txt"))


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("AMTSBOTE_")]:
        monkeypatch.delenv(name)


def amtsbote(*words: str | Path) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words])
    if isinstance(result.exception, Exception) and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_an_import_reports_and_a_repeated_one_changes_nothing() -> None:
    first = amtsbote("import", EVALUATION, "--public", "--language", "en").output
    again = amtsbote("import", EVALUATION, "--public", "--language", "en").output

    assert "29 measures: 11 fully implemented, 16 partly implemented, 1 discarded, 1 status unclear" in first
    assert "55 question paragraphs: 54 questions, 1 remark, 1 without an office" in first
    assert re.search(r"Register: \d+ new, 0 changed, 0 unchanged", first)
    assert re.search(r"Register: 0 new, 0 changed, \d+ unchanged", again)


def test_a_dry_run_shows_the_same_and_writes_nothing() -> None:
    dry = amtsbote("import", EVALUATION, "--dry-run").output
    real = amtsbote("import", EVALUATION).output

    assert dry == real


def test_the_terminal_answers_in_both_languages() -> None:
    amtsbote("import", EVALUATION, "--public")

    german = amtsbote("ask", "was ist offen für A50").output.splitlines()[0]
    english = amtsbote("ask", "what is open for A50", "--language", "en").output.splitlines()[0]

    assert german == "A50 · Amt für Soziales: 12 Fragen, 1 Maßnahme offen · 0 überfällig"
    assert english.endswith(": 12 inquiries, 1 measure open · 0 overdue")


def test_a_guest_is_refused_and_a_reader_sees_nothing_that_was_not_made_public() -> None:
    amtsbote("import", EVALUATION)

    guest = amtsbote("ask", "was ist offen für A50", "--as", "guest").output
    reader = amtsbote("ask", "was ist offen für A50", "--as", "reader").output
    editor = amtsbote("ask", "meine", "--as", "editor", "--office", "A50").output

    assert "A50" not in guest
    assert reader.splitlines()[0] == "A50 · Amt für Soziales: nichts offen"
    assert editor.splitlines()[0] == "A50 · Amt für Soziales: 12 Fragen, 1 Maßnahme offen · 0 überfällig"


def test_the_export_is_one_object_with_everything(tmp_path: Path) -> None:
    amtsbote("import", *sorted((SAMPLE / "public").glob("*.txt")), "--public")

    amtsbote("export", "json", "-o", tmp_path / "register.json")

    exported = json.loads((tmp_path / "register.json").read_text(encoding="utf-8"))
    assert list(exported) == ["offices", "measures", "inquiries", "papers", "programmes", "lists"]
    assert [len(exported[kind]) for kind in ("measures", "inquiries", "lists")] == [30, 55, 1]


def test_a_backup_is_a_register_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    amtsbote("import", EVALUATION, "--public")

    amtsbote("backup", "-o", tmp_path / "copy.db")

    monkeypatch.setenv("AMTSBOTE_DATABASE", str(tmp_path / "copy.db"))
    assert amtsbote("ask", "Q40").output.startswith("Q40 · ")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("ask", "A50"), "There is no register at amtsbote.db. Import a document first: amtsbote import FILE"),
        (("import", "nothing.txt"), "There is no file nothing.txt."),
        (("export", "xml", "-o", "x"), 'There is no export "xml"; there is: json.'),
        (("run",), "AMTSBOTE_TOKEN is not set. BotFather gives one; AMTSBOTE_TOKEN_FILE may name a file with it."),
    ],
    ids=["no register", "no file", "no such export", "no token"],
)
def test_what_cannot_be_done_is_said_in_one_sentence(words: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(Failure) as failure:
        amtsbote(*words)

    assert str(failure.value) == sentence


def test_a_file_that_is_no_document_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "recipe.txt").write_text("Zwei Eier, ein Pfund Mehl.\n", encoding="utf-8")

    result = amtsbote("import", tmp_path / "recipe.txt", EVALUATION, "--language", "en")

    assert result.exit_code == 1
    assert result.output.startswith("recipe.txt was not read.\n")
    assert "29 measures" in result.output


def test_failures_end_the_program_with_their_exit_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["amtsbote", "run"])

    with pytest.raises(SystemExit) as end:
        main()

    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("AMTSBOTE_TOKEN is not set.")


def test_a_check_without_a_token_says_what_to_do() -> None:
    result = amtsbote("check")

    assert result.exit_code == 1
    assert [line[0] for line in result.output.splitlines() if line[0] in "✓✗"] == ["✓", "✓", "✓", "✓", "✗"]
    assert "AMTSBOTE_TOKEN" in result.output.splitlines()[-1]


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, bot.cli; print(sorted({'telegram', 'aiohttp', 'pydantic', 'babel'} & set(sys.modules)))"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SAMPLE.parents[2]
    )

    assert loaded.stdout == "[]\n"


@pytest.mark.skipif(not REAL.is_dir(), reason="the city's own documents are not beside this checkout")
def test_the_city_s_own_documents_give_the_register_they_describe() -> None:
    for path in sorted(REAL.glob("*.txt")):
        assert amtsbote("import", path, "--public").exit_code == 0
    amtsbote("export", "json", "-o", "register.json")

    exported = json.loads(Path("register.json").read_text(encoding="utf-8"))
    paper = next(paper for paper in exported["papers"] if paper["number"] == "0112/23")
    komma = next(programme for programme in exported["programmes"] if programme["name"] == "KommA")
    asked = amtsbote("ask", "was ist offen für A50").output
    assert [len(exported[kind]) for kind in ("measures", "inquiries", "papers", "programmes")] == [30, 55, 2, 2]
    assert [step["on"] for step in paper["consultations"]] == ["2023-01-12", "2023-01-25"]
    assert len(paper["mandates"]) == 1
    assert "2023-02-28" in [milestone["on"] for milestone in paper["milestones"] if milestone["is_deadline"]]
    assert [module["number"] for module in komma["modules"]] == ["1", "2", "3", "1a", "2a", "3a"]
    assert asked.splitlines()[0] == "A50 · Amt für Soziales: 12 Fragen, 1 Maßnahme offen · 0 überfällig"
    assert "Über Dezernat D05: 2 Fragen, 4 Maßnahmen" in asked
