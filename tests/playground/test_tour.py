"""The guided tour, taken from the first step to the last with the real bot and the sample register."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.playground.chats import Message
from bot.playground.company import Company
from bot.playground.demo import a_bot, a_page
from bot.playground.payloads import Json
from bot.playground.town import Town
from tests.playground.browsing import DESK, PHONE, Visit, a_browser, a_scripted_page, a_visit, needs_browser
from tests.playground.towns import plain

pytestmark = [needs_browser, pytest.mark.asyncio(loop_scope="module")]

_PATIENCE = 40_000  # milliseconds; eight offices deliver in one step


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with a_browser() as started:
        yield started


async def take(visit: Visit) -> list[str]:
    """Goes through the tour as it is offered; the titles of its steps, each taken without a complaint of the page."""
    await visit.tab.locator(".welcome .quiet").click()
    go, panel = visit.tab.locator("#tour-go"), visit.tab.locator("#tour")
    await expect(panel).to_be_visible()
    titles: list[str] = []
    while await panel.is_visible():
        titles.append(await visit.tab.locator("#tour-title").inner_text())
        await go.click()
        if await panel.is_visible():
            await expect(visit.tab.locator("#tour-title")).not_to_have_text(titles[-1], timeout=_PATIENCE)
            await expect(go).to_be_enabled(timeout=_PATIENCE)
    return titles


def last_of_bot(town: Town, company: Company) -> list[Message]:
    """The last two, in order."""
    return [m for m in town.private(company.coordinator).messages.values() if m.sender == town.bot][-2:]


@pytest.mark.parametrize(("language", "size"), [("de", PHONE), ("en", DESK)])
async def test_the_scenario_is_told_from_the_question_to_the_compared_round(
    browser: Browser, language: str, size: tuple[int, int]
) -> None:
    async with a_page() as (origin, api, company):
        for person in tuple(api.town.people.values()):
            api.town.speaks(person, language)
        async with (
            a_bot(origin, api, company),
            a_visit(browser, origin, size=size, language=language) as visit,
        ):
            titles = await take(visit)
            compared, reminders = last_of_bot(api.town, company)
            released = [m.text for m in api.town.private(company.coordinator).messages.values() if "Q40" in m.text]

    assert len(titles) == 20
    assert titles[-1] == {"de": "Jetzt Sie", "en": "Now you"}[language]
    assert any({"de": "freigegeben", "en": "released"}[language] in text for text in released)
    assert plain(compared.text).startswith({"de": "Vom 30.06.2025 zum ", "en": "From 30 Jun 2025 to "}[language])
    assert plain(reminders.text).startswith({"de": "⏰ Erinnerungen · Mo", "en": "⏰ Reminders · Mon"}[language])
    assert visit.complaints == []
    assert [call.description for call in api.made() if not call.ok] == []


async def test_a_step_that_cannot_be_played_says_so_and_can_be_skipped(browser: Browser) -> None:
    async with a_scripted_page() as (origin, _, _), a_visit(browser, origin) as visit:
        await visit.tab.locator("#start-tour").click()
        title = visit.tab.locator("#tour-title")
        await visit.tab.locator("#tour-go").click()
        await expect(title).to_have_text("Einen Status melden")

        await visit.tab.locator("#tour-go").click()
        await expect(visit.tab.locator(".toast")).to_contain_text("Dieser Knopf ist nicht da.")
        await expect(title).to_have_text("Einen Status melden")
        await visit.tab.locator("#tour-skip").click()
        await expect(title).to_have_text("Eine Frageliste kommt")

        await visit.tab.get_by_role("button", name="Rundgang beenden").click()
        await expect(visit.tab.locator("#tour")).to_be_hidden()
        assert visit.complaints == []


async def test_a_question_to_one_person_opens_their_reply_and_nobody_elses(browser: Browser) -> None:
    async with a_scripted_page() as (origin, api, company), a_visit(browser, origin) as visit:
        team, _ = company.places[0]
        asked = api.doings.says(team, company.editor, "/notiz Q1")
        markup: Json = {"force_reply": True, "selective": True, "input_field_placeholder": "Notiz"}
        await visit.tab.get_by_role("button", name="Team Soziales").click()
        await expect(visit.tab.locator(".message.other")).to_have_count(1)
        await api.call(
            "sendMessage",
            chat_id=team.id,
            text="Bitte schreiben Sie die Notiz.",
            reply_parameters={"message_id": asked.id},
            reply_markup=markup,
        )

        await expect(visit.tab.locator("#replying-text")).to_have_text("Bitte schreiben Sie die Notiz.")
        await expect(visit.tab.get_by_role("combobox")).to_have_attribute("placeholder", "Notiz")
        await visit.tab.get_by_role("radio", name="Sascha").click()
        await visit.tab.get_by_role("button", name="Team Soziales").click()
        await expect(visit.tab.locator("#replying")).to_be_hidden()
        await visit.tab.get_by_role("radio", name="Kim").click()
        await visit.tab.get_by_role("button", name="Team Soziales").click()
        await visit.write("bitte anrufen")
        await expect(visit.tab.locator(".message.own .quoted span").last).to_have_text("Bitte schreiben Sie die Notiz.")
        assert visit.complaints == []
