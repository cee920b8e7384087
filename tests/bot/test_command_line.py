"""The command line as an operator uses it: real files, a real register, what is printed and how it ends."""

import json
import logging
import os
import re
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app, main
from bot.opening import open_store
from bot.playground.api import TOKEN
from bot.settings import Settings
from storage.migrations import newest
from storage.store import Store

SAMPLE = Path("bot/playground/sample").resolve()
REAL = Path("../shared/documents").resolve()
EVALUATION = next((SAMPLE / "public").glob("*evaluation*.txt"))
OTHER_FILE = "Set AMTSBOTE_DATABASE to the register's file."
NOBODY = 65534


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])  # a run starts a log, on what is standard error just then
    for name in [name for name in os.environ if name.startswith("AMTSBOTE_")]:
        monkeypatch.delenv(name)


def amtsbote(*words: str | Path, **settings: str) -> Result:
    result = CliRunner().invoke(app, [str(word) for word in words], env=settings)
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
    assert reader.splitlines()[0] == "Das Register ist noch leer."
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
    ("words", "code", "sentence"),
    [
        (("ask", "A50"), 1, "There is no register at amtsbote.db. Import a document first: amtsbote import FILE"),
        (("export", "json", "-o", "x"), 1, "There is no register at amtsbote.db. Import a document first: amtsbote "),
        (("import", "nothing.txt"), 2, "There is no file nothing.txt."),
        (("import", "."), 2, ". is a folder. Name the files in it."),
        (("import", "/dev/null"), 2, "/dev/null is no ordinary file."),
        (("export", "xml", "-o", "x"), 2, "There is no export “xml”; there is: json."),
        (("export", "json", "-o", "no/x"), 2, "/no/x could not be written: there is no such folder."),
        (("backup", "-o", "no/x.db"), 2, "no/x.db could not be written: there is no such folder."),
        (("run",), 2, "AMTSBOTE_TOKEN is not set. BotFather gives one; AMTSBOTE_TOKEN_FILE may name a file with it."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(words: tuple[str, ...], code: int, sentence: str) -> None:
    result = amtsbote(*words, AMTSBOTE_LANGUAGE="en")

    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("words", [("ask", "A50"), ("export", "json", "-o", "x"), ("backup",), ("run",), ("check",)])
def test_a_wrong_setting_ends_every_command_in_the_settings_language(words: tuple[str, ...]) -> None:
    result = amtsbote(*words, AMTSBOTE_ADMINS="robin", AMTSBOTE_LANGUAGE="de")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "AMTSBOTE_ADMINS muss aus Ziffern-Kennungen bestehen, durch Komma getrennt.\n"


def test_the_language_that_was_asked_for_is_kept_when_something_fails() -> None:
    english = amtsbote("ask", "A50", "--language", "en").stderr
    german = amtsbote("ask", "A50", "--language", "de", AMTSBOTE_LANGUAGE="en").stderr

    assert english.startswith("There is no register at")
    assert german.startswith("Es gibt kein Register unter")


@pytest.mark.parametrize(
    ("tree", "sentence"),
    [
        (None, "AMTSBOTE_OFFICES names a file that cannot be read: tree.toml (it is not there).\n"),
        (
            '[[office]]\ncode = "A"\nkind = \n',
            "AMTSBOTE_OFFICES: line 3 of tree.toml is not written as an office tree has to be: kind =\n",
        ),
        (
            '[[office]]\ncode = "A"\nkind = "shop"\n',
            "AMTSBOTE_OFFICES: line 1 of tree.toml is not written as an office tree has to be: kind\n",
        ),
        ("Guten Tag = 1", "AMTSBOTE_OFFICES: line 1 of tree.toml is not written as an office tree has to be: Guten"),
        ("greeting = 1", "AMTSBOTE_OFFICES names a file without offices in it: tree.toml\n"),
        ("\0", "AMTSBOTE_OFFICES: line 1 of tree.toml is not written"),
    ],
    ids=["absent", "broken", "wrong kind", "no data file", "no offices", "no text"],
)
def test_a_register_is_not_made_without_the_city_s_offices(tree: str | None, sentence: str) -> None:
    if tree is not None:
        Path("tree.toml").write_text(tree, encoding="utf-8")

    result = amtsbote("import", EVALUATION, AMTSBOTE_OFFICES="tree.toml", AMTSBOTE_LANGUAGE="en")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(sentence)
    assert not Path("amtsbote.db").exists()


async def test_a_register_left_without_offices_gets_them_at_the_next_start() -> None:
    store = await Store.open(Path("amtsbote.db"))
    await store.close()

    async with open_store(Settings()) as store:
        assert (await store.offices()).offices


@pytest.mark.parametrize("words", [("import", EVALUATION), ("run",)])
def test_no_folder_is_made_for_a_register(words: tuple[str | Path, ...]) -> None:
    result = amtsbote(
        *words, AMTSBOTE_DATABASE="no/such/a.db", AMTSBOTE_TOKEN=TOKEN, AMTSBOTE_ADMINS="1", AMTSBOTE_LANGUAGE="en"
    )

    assert result.exit_code == 2
    assert re.search(r"There is no folder \S*no/such for the register\. Make the folder, or set ", result.stderr)
    assert not Path("no").exists()


def test_a_run_without_administrators_is_warned_of_in_the_log() -> None:
    warning = "AMTSBOTE_ADMINS names nobody"

    without = amtsbote("run", AMTSBOTE_DATABASE="no/a.db", AMTSBOTE_TOKEN=TOKEN).stderr
    with_one = amtsbote("run", AMTSBOTE_DATABASE="no/a.db", AMTSBOTE_TOKEN=TOKEN, AMTSBOTE_ADMINS="1").stderr

    assert (without.count(warning), with_one.count(warning)) == (1, 0)


def test_an_export_replaces_an_older_one_and_only_its_owner_may_read_it() -> None:
    amtsbote("import", EVALUATION)
    amtsbote("export", "json", "-o", "register.json")
    first = Path("register.json").read_bytes()
    Path("register.json").write_bytes(first[:50])

    again = amtsbote("export", "json", "-o", "register.json")

    assert (again.exit_code, Path("register.json").read_bytes()) == (0, first)
    assert stat.S_IMODE(Path("register.json").stat().st_mode) == 0o600
    assert sorted(path.name for path in Path().iterdir()) == ["amtsbote.db", "amtsbote.db.key", "register.json"]


def test_an_export_writes_over_nothing_but_an_export() -> None:
    amtsbote("import", EVALUATION)
    Path("letter.txt").write_text("Guten Tag", encoding="utf-8")
    os.mkfifo("pipe")
    Path("link").symlink_to("letter.txt")
    register = Path("amtsbote.db").read_bytes()

    refusals = [
        amtsbote("export", "json", "-o", name, AMTSBOTE_LANGUAGE="en")
        for name in ("amtsbote.db", "letter.txt", "link", "pipe", "/dev/null", ".")
    ]

    assert [refusal.stderr for refusal in refusals] == [
        f"{name} is there already and is no older export, so it stays as it is. Choose another name.\n"
        for name in ("amtsbote.db", "letter.txt", "link", "pipe", "/dev/null", ".")
    ]
    assert {refusal.exit_code for refusal in refusals} == {2}
    assert (Path("amtsbote.db").read_bytes(), Path("letter.txt").read_text("utf-8")) == (register, "Guten Tag")


def test_only_its_owner_may_read_a_backup() -> None:
    amtsbote("import", EVALUATION)

    amtsbote("backup", "-o", "copy.db")

    assert stat.S_IMODE(Path("copy.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("content", "found", "advice"),
    [
        (b"", "{} is no register: it is empty, a folder or something else.", OTHER_FILE),
        (b"Guten Tag", "{} is no register: it is empty, a folder or something else.", OTHER_FILE),
        ("CREATE TABLE a (b)", "{} is no register: it belongs to another program.", OTHER_FILE),
        (
            f"PRAGMA application_id = {0x414D5442}; PRAGMA user_version = 9999; CREATE TABLE a (b)",
            "The register {} was written by a newer version (schema 9999; this one knows up to " + f"{newest()}).",
            "Update this program.",
        ),
    ],
    ids=["empty", "text", "another program's", "newer"],
)
def test_a_file_that_is_no_register_gets_the_same_sentence_from_every_command(
    content: bytes | str, found: str, advice: str
) -> None:
    path = Path("other.db")
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(content)
    settings = {"AMTSBOTE_DATABASE": "other.db", "AMTSBOTE_LANGUAGE": "en"}

    commands = [("ask", "A50"), ("export", "json", "-o", "x"), ("backup",), ("import", str(EVALUATION))]
    refusals = [amtsbote(*words, **settings) for words in commands]
    check = amtsbote("check", **settings)

    assert {(end.exit_code, end.stderr) for end in refusals} == {(1, f"{found.format(path)} {advice}\n")}
    assert f"✗ Register: {found.format(path)}\n  → {advice}\n" in check.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser can become somebody without rights")
def test_missing_rights_are_called_so_by_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        monkeypatch.chdir(name)
        Path().chmod(0o755)
        amtsbote("import", EVALUATION)
        commands = [("ask", "A50"), ("export", "json", "-o", "x"), ("backup",), ("check",)]
        for words in commands:  # whatever is loaded for them, is
            assert "rights" not in amtsbote(*words, AMTSBOTE_LANGUAGE="en").stderr
        for made in (Path("x"), *Path().glob("amtsbote-*.db")):  # a second backup of the same second has the same name
            made.unlink()
        with as_nobody():
            *ends, check = [amtsbote(*words, AMTSBOTE_LANGUAGE="en") for words in commands]

    found = f"This user may not read and write {name}."
    advice = "The register needs that even to be read: give the rights, or run as its owner."
    assert {(end.exit_code, end.stderr) for end in ends} == {(1, f"{found} {advice}\n")}
    assert f"✗ Register: {found}\n  → {advice}\n" in check.stdout


@contextmanager
def as_nobody() -> Iterator[None]:
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_nobody_foresaw_is_a_number_at_the_terminal_and_a_traceback_in_the_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = "words of a person"

    async def fails(*_: object, **__: object) -> None:
        raise RuntimeError(said)

    monkeypatch.setattr("bot.asking.ask_register", fails)

    result = amtsbote("ask", "A50", AMTSBOTE_LANGUAGE="en")

    told = re.fullmatch(
        r"That did not work\. Please report it with the number (\w+)\. Details are in (\S+)\.\n", result.stderr
    )
    assert told and result.exit_code == 1
    log = Path(told[2])
    written, mode = log.read_text("utf-8"), stat.S_IMODE(log.stat().st_mode)
    log.unlink()
    assert told[1] in written and "RuntimeError" in written and said not in written
    assert mode == 0o600


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
    assert capsys.readouterr().err.startswith("AMTSBOTE_TOKEN ist nicht gesetzt.")


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ({"AMTSBOTE_DATABASE": "no/a.db"}, "✗ Register: There is no folder no for the register."),
        ({"AMTSBOTE_OFFICES": "no"}, "✗ Register: AMTSBOTE_OFFICES names a file that cannot be read: no (it is not t"),
    ],
)
def test_a_check_finds_what_would_keep_a_register_from_being_made(settings: dict[str, str], line: str) -> None:
    result = amtsbote("check", AMTSBOTE_LANGUAGE="en", **settings)

    assert (result.exit_code, line in result.stdout) == (1, True)


def test_a_check_without_a_token_says_what_to_do() -> None:
    result = amtsbote("check")

    assert result.exit_code == 1
    assert [line[0] for line in result.output.splitlines() if line[0] in "✓✗"] == ["✓", "✓", "✓", "✓", "✗"]
    assert "AMTSBOTE_TOKEN" in result.output.splitlines()[-1]


def history_line(**settings: str) -> tuple[str, str]:
    """What a check says of the history, and the line after it."""
    lines = amtsbote("check", AMTSBOTE_LANGUAGE="en", **settings).output.splitlines()
    at = next(n for n, line in enumerate(lines) if "History" in line)
    return lines[at], lines[at + 1]


def test_a_check_finds_the_history_sealed() -> None:
    amtsbote("import", EVALUATION)

    line, _ = history_line()

    assert re.fullmatch(r"✓ History: \d+ entries, sealed without a gap", line)


def test_a_check_names_the_first_entry_that_was_changed() -> None:
    amtsbote("import", EVALUATION)
    with closing(sqlite3.connect("amtsbote.db")) as connection, connection:
        connection.execute("DROP TRIGGER history_is_never_edited")
        connection.execute("UPDATE history SET who = 'somebody else' WHERE id IN (7, 9)")

    line, advice = history_line()

    assert re.fullmatch(r"✗ History: entry 7 \(.+\) is not as it was written, or is missing", line)
    assert advice.strip().startswith("→ Keep the file as it is")


def test_a_check_misses_what_the_last_nightly_copy_had(tmp_path: Path) -> None:
    amtsbote("import", EVALUATION)
    (tmp_path / "copies").mkdir()
    amtsbote("backup", "-o", "copies/amtsbote-2026-11-22.db")
    with closing(sqlite3.connect("amtsbote.db")) as connection, connection:
        connection.execute("DROP TRIGGER history_is_never_deleted")
        connection.execute("DELETE FROM history WHERE id = (SELECT max(id) FROM history)")

    alone, _ = history_line()
    with_copies, _ = history_line(AMTSBOTE_BACKUPS="copies")

    assert alone.startswith("✓ History")
    assert with_copies.startswith("✗ History: entry ")


def test_a_check_without_the_key_or_with_one_that_others_read_says_what_to_do() -> None:
    amtsbote("import", EVALUATION)
    key = Path("amtsbote.db.key")
    key.chmod(0o644)
    open_to_others, chmod = history_line()
    key.rename("elsewhere")
    missing, advice = history_line()
    moved, _ = history_line(AMTSBOTE_AUDIT_KEY_FILE="elsewhere")

    assert open_to_others == "✗ History: others may read the audit key: amtsbote.db.key"
    assert chmod.strip() == "→ Take that right from them: chmod 600 amtsbote.db.key"
    assert missing == "✗ History: the audit key that sealed it is not there: amtsbote.db.key"
    assert "AMTSBOTE_AUDIT_KEY_FILE" in advice
    assert moved == "✗ History: others may read the audit key: elsewhere"
    assert not key.exists()


def test_a_key_that_is_none_ends_the_program_and_stays_as_it_is() -> None:
    amtsbote("import", EVALUATION)
    Path("amtsbote.db.key").write_text("none")

    result = amtsbote("ask", "A50", AMTSBOTE_LANGUAGE="en")

    assert result.exit_code == 1
    assert result.stderr.startswith("The audit key cannot be read or made: amtsbote.db.key.")
    assert Path("amtsbote.db.key").read_text() == "none"


def test_a_lost_key_ends_the_program_until_somebody_begins_a_new_chain_on_purpose() -> None:
    amtsbote("import", EVALUATION)
    key = Path("amtsbote.db.key")
    refused = amtsbote("new-key", AMTSBOTE_LANGUAGE="en")
    key.unlink()

    lost = amtsbote("import", EVALUATION, AMTSBOTE_LANGUAGE="en")
    begun = amtsbote("new-key", AMTSBOTE_LANGUAGE="en")
    asked = amtsbote("invite", "admin")
    checked, *_ = history_line()

    assert (refused.exit_code, lost.exit_code, begun.exit_code, asked.exit_code) == (1, 1, 0, 0)
    assert refused.stderr.startswith("There is an audit key at amtsbote.db.key, so no new chain was begun.")
    assert lost.stderr.startswith("The audit key that sealed the history is not there: amtsbote.db.key.")
    assert "amtsbote new-key" in lost.stderr
    assert begun.output.startswith("✓ New audit key: amtsbote.db.key.")
    assert checked.startswith("✓ History: 1 entry, sealed without a gap; ")
    assert "whose key was lost, cannot be checked" in checked


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
    assert "Über D05 · Dezernat 05: 2 Fragen, 4 Maßnahmen" in asked
