"""``amtsbote check``: what would keep the bot from working, and what to do about it."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp

from bot import free_days
from bot.auditing import check_history
from bot.checks import Check
from bot.failures import Failure
from bot.opening import no_folder, office_file, read_offices
from bot.settings import Settings, SettingsError, load_settings
from bot.unusable import unusable, without_rights
from locales.phrases import phrase
from locales.translations import Language, language, languages

FREE_BYTES = 500 * 1024 * 1024
MOST_SKEW_SECONDS = 300  # RELIABILITY: beyond five minutes due dates and Telegram's time no longer agree

_TOKEN_REFUSED = (401, 404)  # what Telegram answers to a wrong token, and to what cannot be one
_NOT_ACCEPTED = phrase("Telegram does not accept the token.")
_ASK_BOTFATHER = phrase("Ask BotFather for the token.")
_NO_ANSWER = phrase("Telegram does not answer.")
_CHECK_NETWORK = phrase("Check the network and AMTSBOTE_API_URL.")


async def check_installation() -> int:
    """Prints one line per check. Returns 1 if anything is not well, 2 if the settings cannot be read."""
    settings = load_settings()
    say = language(settings.language)
    all_well = True
    async for check in _checks(settings, say):
        all_well = all_well and check.well
        mark = "✓" if check.well else "✗"
        print(f"{mark} {check.name}: {check.found}", *([f"  → {check.advice}"] if check.advice else []), sep="\n")  # noqa: T201
    return 0 if all_well else 1


async def _checks(settings: Settings, say: Language) -> AsyncIterator[Check]:
    yield _check_disk(settings.database, say)
    register = await _check_database(settings, say)
    yield register
    if register.well and settings.database.exists():
        yield await check_history(settings, say)
    yield _check_holidays(settings, say)
    yield _check_catalogues(say)
    if settings.token is None:
        yield Check(
            say("Token"),
            well=False,
            found=say("none is set"),
            advice=say("Set AMTSBOTE_TOKEN or AMTSBOTE_TOKEN_FILE; the demo and the terminal need none."),
        )
        return
    async for check in _check_telegram(settings, settings.token.get_secret_value(), say):
        yield check


def _check_disk(database: Path, say: Language) -> Check:
    folder = next(folder for folder in database.absolute().parents if folder.is_dir())
    free = shutil.disk_usage(folder).free
    found = say("{megabytes} MB free", megabytes=say.number(free // 1024 // 1024))
    if free >= FREE_BYTES:
        return Check(say("Disk"), well=True, found=found)
    return Check(say("Disk"), well=False, found=found, advice=say("Free at least 500 MB beside the register's file."))


async def _check_database(settings: Settings, say: Language) -> Check:
    from storage.inspection import inspect

    path = settings.database
    try:
        if not path.exists():
            return _check_start(settings, say)
        version = await inspect(path)
    except Exception as error:
        failure = unusable(error, path)
        if failure is None:
            raise
        return _not_well(say("Register"), failure, say)
    if failure := without_rights(path):
        return _not_well(say("Register"), failure, say)
    return Check(say("Register"), well=True, found=say("{path} is sound, schema {version}", path=path, version=version))


def _check_start(settings: Settings, say: Language) -> Check:
    """Whether a register that is not there yet can be made."""
    path = settings.database
    failure = without_rights(path) if path.parent.is_dir() else no_folder(path.parent)
    try:
        read_offices(office_file(settings))
    except SettingsError as error:
        failure = failure or error
    if failure:
        return _not_well(say("Register"), failure, say)
    return Check(say("Register"), well=True, found=say("{path} is not there yet; it is made at first use", path=path))


def _not_well(name: str, failure: Failure, say: Language) -> Check:
    return Check(name, well=False, found=failure.found(say), advice=failure.next_step(say))


def _check_holidays(settings: Settings, say: Language) -> Check:
    today = datetime.now(settings.zone).date()
    try:
        workdays = free_days.workdays(settings)
    except SettingsError as error:
        return _not_well(say("Working days"), error, say)
    own = len(workdays.own)
    calendar = (
        say.plural(
            "{calendar} and {n} free day of the city",
            "{calendar} and {n} free days of the city",
            own,
            calendar=settings.holidays,
        )
        if own
        else settings.holidays
    )
    following = say.date(workdays.add(today, 1))
    found = say("{calendar}; the next working day is {day}", calendar=calendar, day=following)
    return Check(say("Working days"), well=True, found=found)


def _check_catalogues(say: Language) -> Check:
    from locales.catalogues import extracted, faults

    template = extracted()
    found = [fault for code in languages() for fault in faults(code, template)]
    if not found:
        return Check(say("Languages"), well=True, found=say("every catalogue is complete"))
    return Check(
        say("Languages"),
        well=False,
        found=say.plural("{n} sentence is missing", "{n} sentences are missing", len(found)),
        advice=say("See which: python -m locales --check"),
    )


async def _check_telegram(settings: Settings, token: str, say: Language) -> AsyncIterator[Check]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15)) as session:
        try:
            bot, date = await _call(session, settings, token, "getMe")
            webhook, _ = await _call(session, settings, token, "getWebhookInfo")
        except Failure as failure:
            yield _not_well(say("Token"), failure, say)
            return
        yield Check(say("Token"), well=True, found=say("the bot is @{name}", name=bot.get("username", "")))
        yield _check_clock(date, say)
        yield _check_privacy_mode(bot, say)
        yield _check_webhook(webhook, say)


async def _call(
    session: aiohttp.ClientSession, settings: Settings, token: str, method: str
) -> tuple[dict[str, object], str]:
    try:
        async with session.get(f"{settings.api_url}/bot{token}/{method}") as response:
            answer = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError):
        raise Failure(_NO_ANSWER, advice=_CHECK_NETWORK) from None
    result = answer.get("result") if isinstance(answer, dict) else None
    if isinstance(result, dict):
        return result, response.headers.get("Date", "")
    if response.status in _TOKEN_REFUSED:
        raise Failure(_NOT_ACCEPTED, advice=_ASK_BOTFATHER)
    raise Failure(_NO_ANSWER, advice=_CHECK_NETWORK)


def _check_clock(date: str, say: Language) -> Check:
    if not date:
        return Check(say("Clock"), well=True, found=say("Telegram sent no time to compare with"))
    skew = abs((datetime.now(UTC) - parsedate_to_datetime(date)).total_seconds())
    found = say("{seconds} seconds apart from Telegram", seconds=say.number(round(skew)))
    if skew <= MOST_SKEW_SECONDS:
        return Check(say("Clock"), well=True, found=found)
    return Check(say("Clock"), well=False, found=found, advice=say("Set this machine's clock by a time server."))


def _check_privacy_mode(bot: dict[str, object], say: Language) -> Check:
    if not bot.get("can_read_all_group_messages"):
        return Check(say("Privacy mode"), well=True, found=say("on: in groups the bot sees only what is meant for it"))
    return Check(
        say("Privacy mode"),
        well=False,
        found=say("off: the bot is sent every message of its groups"),
        advice=say("Switch it on with BotFather: /setprivacy."),
    )


def _check_webhook(webhook: dict[str, object], say: Language) -> Check:
    if not webhook.get("url"):
        return Check(say("Webhook"), well=True, found=say("none is set; the bot polls"))
    return Check(
        say("Webhook"),
        well=False,
        found=say("one is set, so polling is refused"),
        advice=say("Delete it: the bot does so itself when it starts."),
    )
