"""``amtsbote invite``: makes a code that gives a role once, above all for the first administrator."""

import secrets
from datetime import UTC, date, datetime

from rich.console import Console

from bot import free_days
from bot.failures import Failure
from bot.opening import open_store
from bot.settings import Settings
from locales.phrases import phrase
from locales.translations import Language, language
from registry.administered import Invitation
from registry.offices import OfficeTree
from registry.people import Role
from registry.periods import read_due
from storage.invitations import hashed, issue_by_operator
from views.people import role_name

_CODE_BYTES = 24
_NO_OFFICE = phrase("There is no office called {name}.")
_OFFICES = phrase("Name the offices: amtsbote invite editor A50")
_NEEDS_OFFICES = phrase("Editing needs at least one office.")
_NO_DAY = phrase("{text} is no day to come. Write it like 31.12.2026.")


async def invite(
    settings: Settings, role: Role, offices: list[str], *, until: str | None, language_code: str | None
) -> None:
    say = language(language_code or settings.language)
    now = datetime.now(UTC)
    today = now.astimezone(settings.zone).date()
    code = secrets.token_urlsafe(_CODE_BYTES)
    async with open_store(settings, create=True) as store:
        invitation = Invitation(
            code_hash=hashed(code),
            role=role,
            offices=_offices(offices, role, await store.offices()),
            until=_day(until, today, settings) if until else None,
        )
        await issue_by_operator(store.database, invitation, now)
    _show(code, invitation, say)


def _offices(names: list[str], role: Role, tree: OfficeTree) -> tuple[str, ...]:
    if role is Role.EDITOR and not names:
        raise Failure(_NEEDS_OFFICES, advice=_OFFICES, exit_code=2)
    found: dict[str, None] = {}
    for name in names:
        office = tree.find(name)
        if office is None:
            raise Failure(_NO_OFFICE, advice=_OFFICES, name=name, exit_code=2)
        found[office.code] = None
    return tuple(found)


def _day(text: str, today: date, settings: Settings) -> date:
    day = read_due(text, today, free_days.workdays(settings))
    if day is None or day < today:
        raise Failure(_NO_DAY, text=text, exit_code=2)
    return day


def _show(code: str, invitation: Invitation, say: Language) -> None:
    """The code is shown this once: only its hash is kept."""
    role = role_name(invitation.role, say)
    given = (
        say("{role} for {offices}", role=role, offices=", ".join(invitation.offices)) if invitation.offices else role
    )
    end = say("until {day}", day=say.date(invitation.until)) if invitation.until else ""
    console = Console(highlight=False, soft_wrap=True, markup=False)
    console.print(" · ".join(filter(None, (given, end))))
    console.print(code)
    console.print()
    console.print(say("Send this to the bot in a private chat: {line}", line=f"/start {code}"))
    console.print(say("Or open this link, with the name of your bot: {link}", link=f"https://t.me/…?start={code}"))
    console.print(say("It works once, for seven days. Whoever uses it first gets the role."))
