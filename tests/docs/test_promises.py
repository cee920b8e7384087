"""What the papers about the project say is so."""

import re
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from bot.cli import app
from bot.failures import Failure
from bot.health import MAIL_MAY_BE_OLD_SECONDS, POLL_MAY_BE_OLD_SECONDS
from bot.instance import AlreadyRunning
from bot.intake import StoodDown, TokenRefused
from bot.settings import PREFIX, Settings, SettingsError
from handlers.commands import COMMANDS, NAMED
from registry.deadlines import DeadlineKind
from registry.inquiries import AboutKind, Inquiry, InquiryKind, InquiryStatus, QuestionList
from registry.measures import Measure, Status
from registry.offices import Office, OfficeKind
from registry.papers import Consultation, ConsultationRole, Mandate, Milestone, Paper
from registry.programmes import Module, Programme
from registry.visibility import Visibility
from scheduler.forgetting import (
    ADDRESSES_LAST,
    BUTTONS_LAST,
    DEEDS_LAST,
    FINGERPRINT_LASTS,
    RAW_LASTS,
    REQUESTS_LAST,
    SENT_LASTS,
)
from scheduler.housekeeping import COPIES_KEPT
from views.register_json import register_json

ROOT = Path(__file__).parents[2]
PAPERS = (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def in_code_marks(text: str) -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", text))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_link_within_the_project_leads_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", paper.read_text("utf-8"))
    inside = [link for link in links if "://" not in link]

    broken = [link for link in inside if not (paper.parent / link).exists()]

    assert broken == []


def test_the_operators_table_names_every_setting_and_no_other() -> None:
    rows = re.findall(rf"^\| `({PREFIX}\w+)` \|", read("docs/operators.md"), re.MULTILINE)

    assert sorted(rows) == sorted(PREFIX + name.upper() for name in Settings.model_fields)


def test_every_setting_the_papers_mention_exists() -> None:
    mentioned = {name for paper in PAPERS for name in re.findall(rf"{PREFIX}\w+", paper.read_text("utf-8"))}

    assert mentioned <= {PREFIX + name.upper() for name in Settings.model_fields}


def test_every_command_of_the_command_line_is_described_for_operators_or_in_the_readme() -> None:
    described = read("docs/operators.md") + read("README.md")

    commands = get_command(app).list_commands(None)  # type: ignore[attr-defined,unused-ignore]

    assert [name for name in commands if f"amtsbote {name}" not in described] == []


def test_every_command_the_papers_show_exists_with_its_options() -> None:
    shown = {line for paper in PAPERS for line in re.findall(r"amtsbote (\w+[^`\n|&#]*)", paper.read_text("utf-8"))}
    calls = {line.split()[0]: set(re.findall(r"--[a-z-]+", line)) for line in shown if line.split()[0] in HELPS}

    assert {name: options - HELPS[name] for name, options in calls.items()} == {name: set() for name in calls}


PROGRAM = ("demo", "run", "import", "ask", "invite", "export", "check", "new-key", "backup")
HELPS = {name: set(re.findall(r"--[a-z-]+", CliRunner().invoke(app, [name, "--help"]).output)) for name in PROGRAM}


def test_the_readmes_test_command_is_the_one_the_checks_run() -> None:
    command = next(line for line in read("README.md").splitlines() if "requirements-test.txt" in line)

    assert command in read(".ci/run").splitlines()


def test_the_exit_codes_are_those_in_the_operators_table() -> None:
    rows = re.findall(r"^\| (\d) \|", read("docs/operators.md"), re.MULTILINE)
    raised = (
        Failure("…"),
        SettingsError("…"),
        AlreadyRunning(Path("amtsbote.db")),
        StoodDown(),
        TokenRefused(),
    )

    assert [int(row) for row in rows] == [0, *(failure.exit_code for failure in raised)]


def test_the_service_does_not_restart_where_a_restart_cannot_help() -> None:
    unit = read("docs/operators.md")

    codes = re.search(r"RestartPreventExitStatus=([\d ]+)", unit)

    assert codes and [int(code) for code in codes[1].split()] == [
        failure.exit_code
        for failure in (SettingsError("…"), AlreadyRunning(Path("amtsbote.db")), StoodDown(), TokenRefused())
    ]


def test_the_export_format_describes_every_field_and_every_value() -> None:
    export = register_json(
        offices=[Office(code="A1", name_de="Amt 1", kind=OfficeKind.OFFICE)],
        measures=[Measure(number="1.1.M1", concept="Konzept")],
        inquiries=[Inquiry(number="Q1", list="liste", position=1, text="Wann?")],
        papers=[
            Paper(
                number="0001/25",
                consultations=(Consultation(body="Stadtrat"),),
                mandates=(Mandate(number=1, text="…"),),
                milestones=(Milestone(title="…"),),
            )
        ],
        programmes=[Programme(name="P", modules=(Module(number="1", title="…"),))],
        lists=[QuestionList(key="liste", title="…")],
    )
    closed = (OfficeKind, Status, DeadlineKind, InquiryKind, InquiryStatus, AboutKind, ConsultationRole, Visibility)
    values = {str(value) for closed_set in closed for value in closed_set}

    described = in_code_marks(read("docs/export-format.md")) | set(export)

    assert (keys_of(export) | values) - described == set()


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_of(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys_of(inner)}
    return set()


def test_the_licence_is_whole() -> None:
    licence = read("LICENSE")

    assert licence.lstrip().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert re.findall(r"(?m)^(\d+)\. [A-Z]", licence) == [str(article) for article in range(1, 16)]
    assert licence.rstrip().endswith("require the production of a\nnew EUPL version.")


@pytest.mark.parametrize(
    ("guide", "names"), [("docs/query-guide.md", ("name", "german")), ("docs/de/fragen.md", ("german", "name"))]
)
def test_the_guides_name_every_command_in_both_languages(guide: str, names: tuple[str, str]) -> None:
    rows = re.findall(r"^\| `/(\w+)` \| `/(\w+)` \|", read(guide), re.MULTILINE)

    assert sorted(rows) == sorted(tuple(getattr(command, name) for name in names) for command in COMMANDS)


def test_the_readme_names_every_command_under_the_role_that_may_use_it() -> None:
    roles = ("everybody", "reading", "editing", "coordination", "administration")
    rows = re.findall(rf"^\| ({'|'.join(roles)}) \|.*\| (`/.*) \|$", read("README.md"), re.MULTILINE)

    named = {(name, role) for role, names in rows for name in re.findall(r"`/(\w+)`", names)}

    assert named == {(command.name, roles[command.who]) for command in COMMANDS}


@pytest.mark.parametrize(
    ("guide", "roles"),
    [
        ("docs/query-guide.md", ("everybody", "reading", "editing", "coordination", "administration")),
        ("docs/de/fragen.md", ("alle", "Lesen", "Bearbeitung", "Koordination", "Administration")),
    ],
)
def test_the_guides_name_the_role_that_each_command_needs(guide: str, roles: tuple[str, ...]) -> None:
    rows = re.findall(r"^\| `/(\w+)` \| `/\w+` \| (\w+) \|", read(guide), re.MULTILINE)

    assert {NAMED[name].name: role for name, role in rows} == {one.name: roles[one.who] for one in COMMANDS}


def test_the_times_after_which_things_are_forgotten_are_those_in_the_privacy_papers() -> None:
    spans = (RAW_LASTS, FINGERPRINT_LASTS, SENT_LASTS, ADDRESSES_LAST, BUTTONS_LAST, DEEDS_LAST, REQUESTS_LAST)
    days = [*(str(span.days) for span in spans), str(COPIES_KEPT)]

    assert re.findall(r"(\d+) days", read("docs/data-protection.md").split("## Who")[0]) == days
    assert re.findall(r"(\d+) Tage", read("docs/de/datenschutz.md").split("## Wer")[0]) == days


def test_the_health_limits_are_those_the_operators_read() -> None:
    assert (POLL_MAY_BE_OLD_SECONDS, MAIL_MAY_BE_OLD_SECONDS) == (90, 300)
    assert "90 seconds" in read("docs/operators.md") and "five minutes" in read("docs/operators.md")
