"""What the operator decides: read once from environment, ``.env`` or a file, checked, then only passed along."""

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.failures import Failure
from registry.visibility import Clearance

PREFIX = "AMTSBOTE_"
TELEGRAM = "https://api.telegram.org"


class SettingsError(Failure):
    """One line that names the setting and what is wrong with it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, exit_code=2)


class Settings(BaseSettings):
    """``api_url`` is an origin, ``listen`` the port of the health page, ``backups`` a folder for nightly copies."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: SecretStr | None = None
    token_file: Path | None = None
    database: Path = Path("amtsbote.db")
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    api_url: str = TELEGRAM
    timezone: str = "Europe/Berlin"
    holidays: str = "DE-TH"
    language: Literal["de", "en"] = "de"
    non_public: Literal["hidden", "reference", "content"] = "reference"
    offices: Path | None = None
    listen: int | None = Field(default=None, ge=1, le=65535)
    backups: Path | None = None
    log_format: Literal["text", "json"] = "text"

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return frozenset(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("api_url")
    @classmethod
    def _origin(cls, value: str) -> str:
        scheme, _, rest = value.rstrip("/").partition("://")
        if scheme not in {"http", "https"} or not rest or "/" in rest:
            raise ValueError("must be an origin such as http://127.0.0.1:8081")
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("must be a time zone such as Europe/Berlin") from None
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
        first = error.errors(include_input=False, include_context=False)[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise SettingsError(f"{name} {first['msg'].removeprefix('Value error, ')}.") from None
    if settings.token is None and settings.token_file is not None:
        settings = settings.model_copy(update={"token": _read_token(settings.token_file)})
    if needs_token and settings.token is None:
        raise SettingsError(
            f"{PREFIX}TOKEN is not set. BotFather gives one; {PREFIX}TOKEN_FILE may name a file with it."
        )
    return settings


def _read_token(path: Path) -> SecretStr:
    try:
        return SecretStr(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise SettingsError(f"{PREFIX}TOKEN_FILE names a file that cannot be read: {path}") from None
