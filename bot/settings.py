"""What the operator decides: read once from environment, ``.env`` or a file, checked, then only passed along."""

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.failures import Failure
from bot.unusable import reason
from locales.phrases import phrase
from registry.visibility import Clearance
from registry.workdays import Workdays

PREFIX = "AMTSBOTE_"
TELEGRAM = "https://api.telegram.org"

RULES = {
    "token": phrase("{setting} is no token: BotFather gives one, of digits, a colon and letters."),
    "admins": phrase("{setting} must be numeric ids, separated by commas."),
    "api_url": phrase("{setting} must be an origin such as http://127.0.0.1:8081."),
    "timezone": phrase("{setting} must be a time zone such as Europe/Berlin."),
    "holidays": phrase("{setting} must be a country and state whose public holidays are known, such as DE-TH."),
    "language": phrase("{setting} must be de or en."),
    "non_public": phrase("{setting} must be hidden, reference or content."),
    "listen": phrase("{setting} must be a port, a number from 1 to 65535."),
    "log_format": phrase("{setting} must be text or json."),
}
_OTHERWISE_WRONG = phrase("{setting} cannot be understood.")
_NO_TOKEN = phrase("{setting} is not set. BotFather gives one; {setting}_FILE may name a file with it.")
_NO_FILE = phrase("{setting} names a file that cannot be read: {path} ({reason}).")
_NO_TOKEN_IN_FILE = phrase("{setting} names a file without a token in it: {path}")
_ENV_UNREAD = phrase("The file .env cannot be read: {reason}.")
_NOT_UTF8 = phrase("it is not text in UTF-8")

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_LARGEST_ID = 2**52  # Telegram's numbers have at most 52 significant bits


class SettingsError(Failure):
    """One line that names the setting and what is wrong with it."""

    def __init__(self, sentence: str, *, reason: str = "", **facts: object) -> None:
        super().__init__(sentence, advice="", reason=reason, exit_code=2, **facts)


class _Environment(BaseSettings):
    """Where settings come from, and the one that even a complaint about the others needs."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    language: Literal["de", "en"] = "de"


class Settings(_Environment):
    """``api_url`` is an origin, ``listen`` the port of the health page, ``backups`` a folder for nightly copies.

    ``free_days`` is a file with the days on which the city is closed besides public holidays.
    ``audit_key_file`` holds the key that seals the history; without it, one beside the register does.
    """

    token: SecretStr | None = None
    token_file: Path | None = None
    database: Path = Path("amtsbote.db")
    admins: Annotated[frozenset[Annotated[int, Field(gt=0, lt=_LARGEST_ID)]], NoDecode] = frozenset()
    api_url: str = TELEGRAM
    timezone: str = "Europe/Berlin"
    holidays: str = "DE-TH"
    free_days: Path | None = None
    non_public: Literal["hidden", "reference", "content"] = "reference"
    offices: Path | None = None
    listen: int | None = Field(default=None, ge=1, le=65535)
    backups: Path | None = None
    audit_key_file: Path | None = None
    log_format: Literal["text", "json"] = "text"

    @field_validator("token")
    @classmethod
    def _like_botfather_s(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError(RULES["token"])
        return value

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return frozenset(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("api_url")
    @classmethod
    def _origin(cls, value: str) -> str:
        scheme, _, rest = value.rstrip("/").partition("://")
        if scheme not in {"http", "https"} or not rest or "/" in rest:
            raise ValueError(RULES["api_url"])
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError(RULES["timezone"]) from None
        return value

    @field_validator("holidays")  # the default is known, and not looked at
    @classmethod
    def _known_holidays(cls, value: str) -> str:
        if not Workdays(value).is_known:
            raise ValueError(RULES["holidays"])
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def clearance(self) -> Clearance:
        """The most that anybody may see of the non-public on this messenger."""
        return {"hidden": Clearance.PUBLIC, "reference": Clearance.REFERENCE, "content": Clearance.CONTENT}[
            self.non_public
        ]


def load_settings(*, needs_token: bool = False) -> Settings:
    """The settings of this process. A missing or wrong one ends in a ``SettingsError``."""
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = str(error.errors(include_input=False, include_context=False)[0]["loc"][0]).lower()
        raise SettingsError(RULES.get(wrong, _OTHERWISE_WRONG), setting=PREFIX + wrong.upper()) from None
    except UnicodeDecodeError:
        raise SettingsError(_ENV_UNREAD, reason=_NOT_UTF8) from None
    except OSError as error:
        raise SettingsError(_ENV_UNREAD, reason=reason(error)) from None
    if settings.token is None and settings.token_file is not None:
        settings = settings.model_copy(update={"token": _read_token(settings.token_file)})
    if needs_token and settings.token is None:
        raise SettingsError(_NO_TOKEN, setting=f"{PREFIX}TOKEN")
    return settings


def settings_language() -> str:
    """The language to speak at the terminal, whatever else is wrong with the settings."""
    try:
        return _Environment().language
    except (ValidationError, UnicodeDecodeError, OSError):
        return "de"


def _read_token(path: Path) -> SecretStr:
    setting = f"{PREFIX}TOKEN_FILE"
    try:
        token = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingsError(_NO_FILE, setting=setting, path=path, reason=reason(error)) from None
    except UnicodeDecodeError:
        token = ""
    if not _TOKEN.fullmatch(token):
        raise SettingsError(_NO_TOKEN_IN_FILE, setting=setting, path=path)
    return SecretStr(token)
