"""The file with the city's own free days: what may stand in it, and what is said where it is wrong."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import free_days
from bot.cli import app
from bot.settings import Settings, SettingsError, load_settings
from registry.workdays import FreeDay

FILE = """\
# Dienstvereinbarung vom 1.1.2026
24.12.      Heiligabend
31. 12. Silvester  # jedes Jahr

2027-05-07  Brückentag
14.5.2027
29.2. Schalttag
"""


def settings_with(folder: Path, text: str | bytes) -> Settings:
    path = folder / "free.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Settings(free_days=path)


def test_a_line_begins_with_a_day_of_every_year_or_of_one(tmp_path: Path) -> None:
    read = free_days.workdays(settings_with(tmp_path, FILE)).own

    assert read == {FreeDay(24, 12), FreeDay(31, 12), FreeDay(7, 5, 2027), FreeDay(14, 5, 2027), FreeDay(29, 2)}


@pytest.mark.parametrize(
    ("day", "is_workday"),
    [
        (date(2026, 12, 24), False),
        (date(2029, 12, 31), False),
        (date(2027, 5, 7), False),
        (date(2028, 5, 8), True),  # a Monday; 7 May is free in 2027 alone
        (date(2028, 2, 29), False),
        (date(2027, 3, 1), True),
        (date(2026, 12, 25), False),
    ],
)
def test_these_days_and_the_states_holidays_are_no_working_days(tmp_path: Path, day: date, is_workday: bool) -> None:
    workdays = free_days.workdays(settings_with(tmp_path, FILE))

    assert workdays.is_workday(day) is is_workday


def test_working_days_left_are_counted_without_them(tmp_path: Path) -> None:
    workdays = free_days.workdays(settings_with(tmp_path, FILE))

    assert workdays.between(date(2026, 12, 23), date(2027, 1, 4)) == 4  # 28, 29, 30 December and 4 January
    assert workdays.add(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert workdays.next_workday(date(2026, 12, 24)) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Heiligabend 24.12.", 1),
        ("24.12.\n\n31.11. gibt es nicht", 3),
        ("24.12.26", 1),
        ("24/12/2026", 1),
        ("2026-02-29", 1),
        ("24.12.\n24.", 2),
        ("٢٤.12.", 1),
    ],
)
def test_a_line_without_a_day_is_named(tmp_path: Path, text: str, line: int) -> None:
    settings = settings_with(tmp_path, text)

    with pytest.raises(SettingsError) as wrong:
        free_days.workdays(settings)

    assert str(wrong.value) == (
        f"AMTSBOTE_FREE_DAYS: line {line} of {settings.free_days} begins with no day. "
        "Write it like 24.12. or 24.12.2026."
    )
    assert wrong.value.exit_code == 2


def test_a_file_that_would_leave_no_working_days_is_refused(tmp_path: Path) -> None:
    days = "\n".join(f"{day}.{month}." for month in range(1, 13) for day in range(1, 29))

    with pytest.raises(SettingsError, match="more days of every year than a city can close"):
        free_days.workdays(settings_with(tmp_path, days))


def test_a_file_that_is_not_there_and_one_that_is_no_text_are_said(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="it is not text in UTF-8"):
        free_days.workdays(settings_with(tmp_path, b"24.12. \xe4\xff"))
    with pytest.raises(SettingsError, match="it is not there"):
        free_days.workdays(Settings(free_days=tmp_path / "none.txt"))


@pytest.fixture
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_in_a_folder_of_its_own")
def test_the_bot_does_not_start_with_a_wrong_file_and_the_check_says_why() -> None:
    Path("free.txt").write_text("Heiligabend")
    environment = {
        "AMTSBOTE_FREE_DAYS": "free.txt",
        "AMTSBOTE_LANGUAGE": "de",
        "AMTSBOTE_TOKEN": "424242:a-token",
        "AMTSBOTE_API_URL": "http://127.0.0.1:9",
    }

    check = CliRunner().invoke(app, ["check"], env=environment)
    run = CliRunner().invoke(app, ["run"], env=environment)

    told = (
        "AMTSBOTE_FREE_DAYS: Zeile 1 von free.txt beginnt mit keinem Tag. Schreiben Sie ihn wie 24.12. oder 24.12.2026."
    )
    assert f"✗ Arbeitstage: {told}" in check.output
    assert (run.exit_code, run.output.strip().splitlines()[-1]) == (2, told)


@pytest.mark.usefixtures("_in_a_folder_of_its_own")
def test_the_check_counts_the_days() -> None:
    Path("free.txt").write_text(FILE)

    check = CliRunner().invoke(app, ["check"], env={"AMTSBOTE_FREE_DAYS": "free.txt", "AMTSBOTE_LANGUAGE": "en"})

    assert "✓ Working days: DE-TH and 5 free days of the city; the next working day is " in check.output.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_the_setting_names_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMTSBOTE_FREE_DAYS", "city/free.txt")

    assert load_settings().free_days == Path("city/free.txt")
