"""Settings from the environment: read, checked, and complained about in one line."""

from pathlib import Path

import pytest

from bot.settings import SettingsError, load_settings
from registry.visibility import Clearance


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
        ("ADMINS", "robin", "AMTSBOTE_ADMINS Input should be a valid integer"),
        ("TIMEZONE", "Erfurt", "AMTSBOTE_TIMEZONE must be a time zone such as Europe/Berlin."),
        ("API_URL", "127.0.0.1:8081", "AMTSBOTE_API_URL must be an origin such as http://127.0.0.1:8081."),
        ("API_URL", "http://x/bot", "AMTSBOTE_API_URL must be an origin such as http://127.0.0.1:8081."),
        ("NON_PUBLIC", "everything", "AMTSBOTE_NON_PUBLIC Input should be 'hidden', 'reference' or 'content'."),
        ("LANGUAGE", "fr", "AMTSBOTE_LANGUAGE Input should be 'de' or 'en'."),
        ("LISTEN", "99999", "AMTSBOTE_LISTEN Input should be less than or equal to 65535."),
        ("TOKEN_FILE", "/nowhere/token", "AMTSBOTE_TOKEN_FILE names a file that cannot be read: /nowhere/token"),
    ],
)
def test_a_wrong_setting_gives_one_line_and_exit_code_two(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    settings_of(monkeypatch, **{name: value})

    with pytest.raises(SettingsError) as refusal:
        load_settings()

    assert str(refusal.value).startswith(line)
    assert "\n" not in str(refusal.value)
    assert refusal.value.exit_code == 2


def test_a_missing_token_is_missed_only_by_who_needs_it() -> None:
    load_settings()
    with pytest.raises(SettingsError, match="AMTSBOTE_TOKEN is not set"):
        load_settings(needs_token=True)
