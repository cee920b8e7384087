"""The playground's clock: put ahead, it brings what is due, and says which day it is and why nobody works."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.playground.api import LocalBotApi
from bot.playground.chats import Message, Room
from bot.playground.clock import ZONE, Clock
from bot.playground.demo import a_bot, a_page
from bot.playground.refusals import Refusal
from tests.playground.browsing import PHONE, a_browser, a_scripted_page, a_visit, needs_browser
from tests.playground.towns import plain

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with a_browser() as started:
        yield started


async def written_by_bot(api: LocalBotApi, room: Room, *, after: int) -> Message:
    """The first message of the bot's there that is later than one, once its text has been written into it."""
    while True:
        for message in room.messages.values():
            if message.id > after and message.sender == api.town.bot and message.edited_at:
                return message
        await api.town.bell.rung()


# The clock by itself


@pytest.mark.parametrize("to", ["day", "monday", "holiday"])
async def test_every_step_leads_to_eight_in_the_morning_of_a_later_day(to: str) -> None:
    clock = Clock()
    before = clock()

    moment = await clock.move(to)

    assert moment.timetz() == time(8, tzinfo=ZONE)
    assert timedelta(0) <= clock() - moment < timedelta(seconds=1)
    assert moment > before
    assert to == "day" or moment.weekday() == 0


async def test_it_stays_at_eight_across_the_change_to_summer_time() -> None:
    clock = Clock()
    year = clock().year + 1
    sunday = max(date(year, 3, day) for day in range(25, 32) if date(year, 3, day).weekday() == 6)
    await clock.move((sunday - timedelta(days=1)).isoformat())

    moment = await clock.move("day")

    assert (moment.date(), moment.hour, moment.astimezone(UTC).hour) == (sunday, 8, 6)


async def test_a_monday_off_is_a_holiday_with_a_name_and_a_day_on_which_work_goes_on() -> None:
    clock = Clock()
    await clock.move("2027-03-20")

    await clock.move("holiday")

    told = clock.json()
    assert isinstance(told, dict)
    assert str(told["at"]).startswith("2027-03-29T08:00:0")
    assert told["holiday"] == {"de": "Ostermontag", "en": "Easter Monday"}
    assert told["workday"] == "2027-03-30"


@pytest.mark.parametrize("to", ["2020-01-01", "yesterday", "", "9999-12-31"])
async def test_it_goes_forward_only_and_not_beyond_reason(to: str) -> None:
    clock = Clock()
    before = clock()

    with pytest.raises(Refusal):
        await clock.move(to)

    assert clock() - before < timedelta(seconds=1)


async def test_who_put_it_ahead_is_answered_when_what_is_due_is_on_its_way() -> None:
    clock, done = Clock(), list[datetime]()

    async def tick() -> None:
        done.append(clock())

    clock.on_move = tick
    moment = await clock.move("day")

    assert [at.date() for at in done] == [moment.date()]


# With the real bot behind it


@needs_browser
@pytest.mark.parametrize("language", ["de", "en"])
async def test_next_monday_at_eight_brings_the_weeks_digest_on_a_phone(browser: Browser, language: str) -> None:
    async with (
        a_page() as (origin, api, company),
        a_bot(origin, api, company),
        a_visit(browser, origin, size=PHONE, language=language) as visit,
    ):
        (team, _), (forum, topic) = company.places
        await api.clock.move("2027-01-10")  # a Sunday: nothing is caught up
        before = {room.id: max(room.messages) for room in (team, forum)}
        await visit.tab.locator("#clock-face").click()

        await visit.tab.get_by_role(
            "button", name={"de": "Nächster Montag, 08:00", "en": "Next Monday, 08:00"}[language]
        ).click()

        now = {"de": "Montag, 11. Januar 2027, 08:00", "en": "Monday, 11 January 2027, 08:00"}[language]
        await expect(visit.tab.locator("#clock-now")).to_have_text(now)
        digests = [await written_by_bot(api, room, after=before[room.id]) for room in (team, forum)]
        wide = await visit.tab.evaluate("document.documentElement.scrollWidth")

    assert plain(digests[0].text).startswith("A50 · Amt für Soziales · Mo., 11.01.2027: ")
    assert plain(digests[1].text).startswith("Insgesamt · Mo., 11.01.2027: ")
    assert [message.thread for message in digests] == [None, topic]
    assert wide == PHONE[0]
    assert visit.complaints == []
    assert [call.description for call in api.made() if not call.ok] == []


@needs_browser
async def test_a_holiday_is_named_and_the_digest_comes_on_the_next_working_day_by_keyboard_alone(
    browser: Browser,
) -> None:
    async with a_page() as (origin, api, company), a_bot(origin, api, company):
        (team, _), _ = company.places
        await api.clock.move("2027-03-28")  # a Sunday: nothing is caught up
        async with a_visit(browser, origin) as visit:
            press, rest = visit.tab.keyboard.press, visit.tab.locator("#clock-rest")
            await visit.tab.locator("#clock-face").focus()
            await press("Enter")
            assert await visit.focused() == "+1 Tag"
            before = max(team.messages)
            await press("Tab")
            await press("Tab")
            await press("Enter")
            await expect(rest).to_have_text("Ostermontag: kein Arbeitstag. Weiter geht es am Dienstag, 30. März.")
            on_holiday = [m for m in team.messages.values() if m.id > before]

            assert await visit.focused() == "Feiertag am Montag"
            await press("Shift+Tab")
            await press("Shift+Tab")
            await press("Enter")
            digest = await written_by_bot(api, team, after=before)
            await expect(rest).to_be_hidden()
            await expect(visit.tab.locator("#clock-said")).to_have_text("Jetzt ist Dienstag, 30. März 2027, 08:00 Uhr.")
            await press("Escape")

            assert await visit.focused() == await visit.tab.locator("#clock-face").inner_text()
            await expect(visit.tab.locator("#clock-hands")).to_be_hidden()
            assert visit.complaints == []

    assert on_holiday == []
    assert plain(digest.text).startswith("A50 · Amt für Soziales · Di., 30.03.2027: ")


@needs_browser
async def test_a_day_is_chosen_and_one_that_is_past_is_not_taken(browser: Browser) -> None:
    async with a_scripted_page() as (origin, api, _), a_visit(browser, origin, size=PHONE) as visit:
        await api.clock.move("2027-06-01")
        await visit.tab.reload()
        await visit.tab.locator("#clock-face").click()
        field, go = visit.tab.get_by_label("Tag", exact=True), visit.tab.get_by_role("button", name="Stellen")
        assert await field.input_value() == "2027-06-02"

        await field.fill("2027-05-01")
        await go.click()
        await expect(visit.tab.locator("#clock-now")).to_have_text("Dienstag, 1. Juni 2027, 08:00")
        await field.fill("2027-06-05")
        await go.click()

        await expect(visit.tab.locator("#clock-now")).to_have_text("Samstag, 5. Juni 2027, 08:00")
        await expect(visit.tab.locator("#clock-rest")).to_have_text(
            "Samstag: kein Arbeitstag. Weiter geht es am Montag, 7. Juni."
        )
        assert visit.complaints == []
