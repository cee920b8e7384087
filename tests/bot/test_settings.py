"""Settings from the environment: read, checked, and complained about in one line."""

from pathlib import Path

import pytest

from bot.settings import RULES, Settings, SettingsError, load_settings, settings_language
from registry.visibility import Clearance

KNOWN_HOLIDAYS = "AMTSBOTE_HOLIDAYS must be a country and state whose public holidays are known, such as DE-TH."


def settings_of(monkeypatch: pytest.MonkeyPatch, **given: str) -> None:
    for name, value in given.items():
        monkeypatch.setenv(f"AMTSBOTE_{name}", value)


def test_everything_has_a_default_but_the_token() -> None:
    settings = load_settings()

    assert settings.model_dump(exclude_defaults=True) == {}
    assert (settings.database, settings.language, settings.zone.key) == (Path("amtsbote.db"), "de", "Europe/Berlin")
    assert settings.clearance is Clearance.REFERENCE


def test_admins_are_numbers_with_commas_between(monkeypatch: pytest.MonkeyPatch) -> None:
    settings_of(monkeypatch, ADMINS="7000001, 7000002,")

    assert load_settings().admins == {7000001, 7000002}


def test_the_token_may_lie_in_a_file_and_is_not_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("424242:from-a-file\n")
    settings_of(monkeypatch, TOKEN_FILE=str(file))

    settings = load_settings(needs_token=True)

    assert settings.token is not None
    assert settings.token.get_secret_value() == "424242:from-a-file"
    assert "from-a-file" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("TOKEN", "abc", "AMTSBOTE_TOKEN is no token: BotFather gives one, of digits, a colon and letters."),
        ("TOKEN", "12:a/b", "AMTSBOTE_TOKEN is no token: BotFather gives one, of digits, a colon and letters."),
        ("ADMINS", "robin", "AMTSBOTE_ADMINS must be numeric ids, separated by commas."),
        ("ADMINS", "1;2", "AMTSBOTE_ADMINS must be numeric ids, separated by commas."),
        ("ADMINS", "-100123", "AMTSBOTE_ADMINS must be numeric ids, separated by commas."),
        ("ADMINS", "9" * 30, "AMTSBOTE_ADMINS must be numeric ids, separated by commas."),
        ("TIMEZONE", "Erfurt", "AMTSBOTE_TIMEZONE must be a time zone such as Europe/Berlin."),
        ("HOLIDAYS", "XX", KNOWN_HOLIDAYS),
        ("HOLIDAYS", "DE-QQ", KNOWN_HOLIDAYS),
        ("HOLIDAYS", "Germany", KNOWN_HOLIDAYS),
        ("HOLIDAYS", "country_holidays", KNOWN_HOLIDAYS),
        ("API_URL", "127.0.0.1:8081", "AMTSBOTE_API_URL must be an origin such as http://127.0.0.1:8081."),
        ("API_URL", "http://x/bot", "AMTSBOTE_API_URL must be an origin such as http://127.0.0.1:8081."),
        ("NON_PUBLIC", "everything", "AMTSBOTE_NON_PUBLIC must be hidden, reference or content."),
        ("LANGUAGE", "fr", "AMTSBOTE_LANGUAGE must be de or en."),
        ("LISTEN", "99999", "AMTSBOTE_LISTEN must be a port, a number from 1 to 65535."),
        ("LISTEN", "http", "AMTSBOTE_LISTEN must be a port, a number from 1 to 65535."),
        ("LOG_FORMAT", "xml", "AMTSBOTE_LOG_FORMAT must be text or json."),
        (
            "TOKEN_FILE",
            "/nowhere/token",
            "AMTSBOTE_TOKEN_FILE names a file that cannot be read: /nowhere/token (it is not there).",
        ),
    ],
)
def test_a_wrong_setting_gives_one_line_and_exit_code_two(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    settings_of(monkeypatch, **{name: value})

    with pytest.raises(SettingsError) as refusal:
        load_settings()

    assert (str(refusal.value), refusal.value.exit_code) == (line, 2)


@pytest.mark.parametrize("content", [b"", b"abc\n", b"1:a\n2:b\n", b"\xff\xfe"])
def test_a_file_without_a_token_is_named_and_what_is_in_it_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    settings_of(monkeypatch, TOKEN_FILE=str(file))

    with pytest.raises(SettingsError) as refusal:
        load_settings()

    assert str(refusal.value) == f"AMTSBOTE_TOKEN_FILE names a file without a token in it: {file}"


def test_a_settings_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("# für uns\n".encode("cp1252"))

    with pytest.raises(SettingsError, match=r"^The file \.env cannot be read: it is not text in UTF-8\.$"):
        load_settings()


def test_every_setting_with_a_rule_exists() -> None:
    assert set(RULES) <= set(Settings.model_fields)


@pytest.mark.parametrize(("given", "spoken"), [("en", "en"), ("de", "de"), ("fr", "de")])
def test_the_terminal_s_language_is_known_whatever_else_is_wrong(
    monkeypatch: pytest.MonkeyPatch, given: str, spoken: str
) -> None:
    settings_of(monkeypatch, LANGUAGE=given, ADMINS="robin")

    assert settings_language() == spoken


def test_a_missing_token_is_missed_only_by_who_needs_it() -> None:
    load_settings()
    with pytest.raises(SettingsError, match="AMTSBOTE_TOKEN is not set"):
        load_settings(needs_token=True)
