"""What is stored about a person, and what stands against its erasure."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from registry.people import Role, Staff
from registry.records import Record
from registry.reminders import Wish


class Kept(Record):
    """How much of one kind is stored, and since when."""

    count: int = 0
    since: date | None = None


class OwnData(Record):
    """All that is stored about a person: what they were given, and the traces they left, by kind."""

    number: int
    is_known: bool = False
    role: Role = Role.GUEST
    offices: tuple[str, ...] = ()
    until: date | None = None
    stands_in_until: date | None = None
    is_set: bool = False
    language: str | None = None
    reminders: Wish = Wish.REST
    away_from: date | None = None
    away_until: date | None = None
    traces: dict[str, Kept] = Field(default_factory=dict)


class Hold(StrEnum):
    """Why a person cannot be erased yet."""

    BY_SETTINGS = "an administrator by the settings"
    LAST_ADMIN = "the last administrator"


def hold_on(staff: Staff, admins: tuple[Staff, ...], today: date) -> Hold | None:
    """Somebody has to be left who can give roles; the operator's settings are not the bot's to change."""
    others = [one for one in admins if one.number != staff.number]
    if staff.role_on(today) is Role.ADMIN and not others:
        return Hold.LAST_ADMIN
    return Hold.BY_SETTINGS if staff.is_set else None
