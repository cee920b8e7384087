"""The page, used as people use it: in a browser, with mouse or keyboard, on a phone and on a desk."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.playground.payloads import Json
from tests.playground.browsing import DESK, PHONE, a_browser, a_scripted_page, a_visit, needs_browser

_ABOVE_THE_NEWEST = """() => {
  const newest = document.getElementById("log").lastElementChild;
  return newest.getBoundingClientRect().top - document.getElementById("scroll").getBoundingClientRect().top;
}"""
_BELOW_THE_VIEW = """() => {
  const scroll = document.getElementById("scroll");
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
}"""

# One browser for all tests of the page: starting it takes longer than any of them.
pytestmark = [needs_browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with a_browser() as started:
        yield started


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_a_question_is_answered_and_a_button_turns_the_page(
    browser: Browser, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with a_scripted_page() as (origin, _, _), a_visit(browser, origin, size=size) as visit:
        await visit.write("was ist offen für A50")
        answer = visit.tab.locator(".message.other")
        await expect(answer.locator("strong").first).to_have_text("A50 · Amt für Soziales: 3 Fragen offen")
        await expect(answer.locator(".text")).to_contain_text("<neu>")
        before = await visit.picture(tmp_path, f"answer-{size[0]}")

        await answer.get_by_role("button", name="weiter").click()

        await expect(answer.locator(".text")).to_have_text("Seite 2")
        await expect(answer.locator(".key")).to_have_count(0)
        await expect(visit.tab.locator(".toast")).to_have_text("Seite 2 von 2")
        await expect(visit.tab.locator(".message")).to_have_count(2)
        after = await visit.picture(tmp_path, f"turned-{size[0]}")
        assert before.stat().st_size > 10_000
        assert after.stat().st_size > 10_000
        assert visit.complaints == []


async def test_the_page_works_by_keyboard_alone(browser: Browser) -> None:
    async with a_scripted_page() as (origin, api, _), a_visit(browser, origin) as visit:
        names = ("offen", "hilfe")
        await api.call("setMyCommands", commands=[{"command": name, "description": "so geht es"} for name in names])
        press = visit.tab.keyboard.press
        await visit.tab.get_by_role("combobox").focus()

        await visit.tab.keyboard.type("/")
        await expect(visit.tab.get_by_role("option")).to_have_count(2)
        await press("ArrowDown")
        await expect(visit.tab.get_by_role("option", selected=True)).to_contain_text("/hilfe")
        await press("Enter")
        await expect(visit.tab.locator(".message.own")).to_contain_text("/hilfe")
        await expect(visit.tab.locator(".key")).to_have_count(3)

        await press("ArrowUp")
        assert (await visit.focused()).startswith("Amtsbote")
        await press("r")
        await expect(visit.tab.locator("#replying-to")).to_have_text("Antwort an Amtsbote")
        await visit.tab.keyboard.type("danke")
        await press("Enter")
        await expect(visit.tab.locator(".message.own .quoted strong")).to_have_text("Amtsbote")

        await expect(visit.tab.locator(".key")).to_have_count(6)
        await visit.tab.locator(".key").nth(3).focus()
        await press("ArrowRight")
        assert await visit.focused() == "weiter"
        await press("Enter")
        await expect(visit.tab.locator(".key")).to_have_count(3)
        assert visit.complaints == []


async def test_every_control_can_be_reached_with_the_tab_key(browser: Browser) -> None:
    async with a_scripted_page() as (origin, _, _), a_visit(browser, origin) as visit:
        await visit.tab.locator("body").focus()
        reached = []
        for _ in range(24):
            await visit.tab.keyboard.press("Tab")
            reached.append(await visit.focused())

    wanted = ["Kim, Amt für Soziales (A50)", "Deutsch", "Starten", "Befehle", "Nachricht", "Datei senden", "Senden"]
    assert sorted(wanted, key=reached.index) == wanted


async def test_an_alert_waits_to_be_read(browser: Browser) -> None:
    async with a_scripted_page() as (origin, _, _), a_visit(browser, origin) as visit:
        await visit.write("hallo")
        await visit.tab.get_by_role("button", name="Q1", exact=True).click()

        dialog = visit.tab.get_by_role("dialog")
        await expect(dialog).to_contain_text("Seite 2 von 2")
        assert await visit.focused() == "Verstanden"
        await visit.tab.keyboard.press("Enter")
        await expect(dialog).to_be_hidden()


async def test_a_long_quote_unfolds_and_folds(browser: Browser) -> None:
    async with a_scripted_page() as (origin, _, _), a_visit(browser, origin) as visit:
        await visit.write("hallo")
        fold = visit.tab.get_by_role("button", name="Alles zeigen")
        body = visit.tab.locator("blockquote .body")
        folded = await body.evaluate("node => node.clientHeight")

        await fold.click()
        unfolded = await body.evaluate("node => node.clientHeight")
        await expect(visit.tab.get_by_role("button", name="Weniger zeigen")).to_have_attribute("aria-expanded", "true")
        await visit.tab.get_by_role("button", name="Weniger zeigen").click()

        assert unfolded > folded * 1.5
        assert await body.evaluate("node => node.clientHeight") == folded


async def test_chats_show_what_is_unread_and_messages_stay_in_their_chats(browser: Browser) -> None:
    async with a_scripted_page() as (origin, api, company), a_visit(browser, origin) as visit:
        team, _ = company.places[0]
        await api.call("sendMessage", chat_id=team.id, text="Wochenübersicht")
        room = visit.tab.get_by_role("navigation").get_by_role("button", name="Team Soziales")

        await expect(room.locator(".badge")).to_have_text("1")
        await expect(visit.tab.locator("#log")).not_to_contain_text("Wochenübersicht")
        await room.click()
        await expect(visit.tab.locator("#log")).to_contain_text("Wochenübersicht")
        await expect(room.locator(".badge")).to_have_count(0)


async def test_another_person_is_in_another_chat_and_a_stranger_has_no_groups(browser: Browser) -> None:
    async with a_scripted_page() as (origin, _, _), a_visit(browser, origin) as visit:
        await visit.write("nur für Kim")
        await expect(visit.tab.locator(".message.other")).to_have_count(1)

        await visit.tab.get_by_role("radio", name="Toni").click()

        await expect(visit.tab.locator("#log")).not_to_contain_text("nur für Kim")
        await expect(visit.tab.locator("#playing")).to_have_text("Sie sind Toni")
        await expect(visit.tab.get_by_role("navigation").get_by_role("button")).to_have_count(1)


async def test_only_those_in_charge_write_in_a_channel(browser: Browser) -> None:
    async with a_scripted_page() as (origin, _, _), a_visit(browser, origin) as visit:
        await visit.tab.get_by_role("button", name="Rathaus aktuell").click()
        await expect(visit.tab.get_by_role("combobox")).to_be_hidden()

        await visit.tab.get_by_role("radio", name="Robin").click()
        await visit.tab.get_by_role("button", name="Rathaus aktuell").click()
        await expect(visit.tab.get_by_role("combobox")).to_be_visible()


async def test_page_and_person_speak_their_own_languages(browser: Browser) -> None:
    async with a_scripted_page() as (origin, api, company), a_visit(browser, origin) as visit:
        await visit.tab.locator("#page-language").get_by_role("radio", name="English").click()
        await expect(visit.tab.locator(".ribbon strong")).to_have_text("Nothing here is real.")
        await expect(visit.tab.locator("html")).to_have_attribute("lang", "en")
        person_before = api.town.people[company.editor.id].language

        await visit.tab.locator("#person-language").get_by_role("radio", name="English").click()
        await expect(visit.tab.locator("#person-language [aria-checked=true]")).to_have_text("EN")

        assert person_before == "de"
        assert api.town.people[company.editor.id].language == "en"


async def test_a_dropped_file_is_sent_as_a_document(browser: Browser) -> None:
    async with a_scripted_page() as (origin, api, company), a_visit(browser, origin) as visit:
        await visit.tab.locator("#file").set_input_files(
            {"name": "Vorlage.txt", "mimeType": "text/plain", "buffer": b"Drucksache"}
        )
        await expect(visit.tab.locator(".paper strong")).to_have_text("Vorlage.txt")

    documents = [message.document for message in api.town.rooms[company.editor.id].messages.values()]
    assert documents[0] is not None
    assert documents[0].content == b"Drucksache"


async def test_the_calls_are_shown_and_unfold(browser: Browser) -> None:
    async with a_scripted_page() as (origin, _, _), a_visit(browser, origin) as visit:
        await visit.write("hallo")
        call = visit.tab.locator("#calls li").first

        await expect(call.locator("summary code")).to_have_text("sendMessage")
        await call.locator("summary").click()
        await expect(call.locator("pre").first).to_contain_text('"parse_mode": "HTML"')


async def test_on_a_phone_everything_else_waits_in_a_drawer(browser: Browser) -> None:
    async with a_scripted_page() as (origin, _, _), a_visit(browser, origin, size=PHONE, language="en") as visit:
        drawer = visit.tab.locator("#drawer")
        await expect(drawer).to_be_hidden()
        wide = await visit.tab.evaluate("document.documentElement.scrollWidth")

        await visit.tab.get_by_role("button", name="Show people, chats and calls").click()
        await expect(drawer).to_be_visible()
        assert await visit.focused() == "Close"
        await visit.tab.get_by_role("button", name="Team Soziales").click()
        await expect(drawer).to_be_hidden()

        await expect(visit.tab.locator("#room-title")).to_have_text("Team Soziales")
        assert wide == PHONE[0]
        assert visit.complaints == []


async def test_a_person_is_picked_from_a_list_that_opens_under_the_text_field(browser: Browser) -> None:
    async with a_scripted_page() as (origin, api, company), a_visit(browser, origin, size=PHONE) as visit:
        key: Json = {"text": "Person wählen", "request_users": {"request_id": 1}}
        markup: Json = {"keyboard": [[key]], "one_time_keyboard": True}
        await api.call("sendMessage", chat_id=company.editor.id, text="Welche Person?", reply_markup=markup)

        await visit.tab.get_by_role("button", name="Person wählen").click()
        await visit.tab.locator("#below").get_by_role("button", name="Toni").click()

        await expect(visit.tab.locator(".message.service, .service").last).to_have_text("Kim hat Toni ausgewählt")
        await expect(visit.tab.locator("#below")).to_be_hidden()
        assert visit.complaints == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_an_answer_longer_than_the_view_shows_its_beginning(browser: Browser, size: tuple[int, int]) -> None:
    async with a_scripted_page() as (origin, api, company), a_visit(browser, origin, size=size) as visit:
        room = api.town.private(company.editor).id
        long = "\n".join(f"Zeile {number}" for number in range(60))
        await visit.write("hallo")
        await expect(visit.tab.locator(".message.other")).to_have_count(1)

        await api.call("sendMessage", chat_id=room, text=long)
        await expect(visit.tab.locator(".message.other")).to_have_count(2)
        assert 0 <= await visit.tab.evaluate(_ABOVE_THE_NEWEST) < 20
        assert await visit.tab.evaluate(_BELOW_THE_VIEW) > 200
        await visit.tab.get_by_role("button", name="Zur neuesten Nachricht").click()
        assert await visit.tab.evaluate(_BELOW_THE_VIEW) <= 1

        await api.call("sendMessage", chat_id=room, text="kurz")
        await expect(visit.tab.locator(".message.other")).to_have_count(3)

        assert await visit.tab.evaluate(_BELOW_THE_VIEW) <= 1


async def test_what_fits_into_a_folded_quote_has_nothing_to_unfold(browser: Browser) -> None:
    async with a_scripted_page() as (origin, api, company), a_visit(browser, origin, size=PHONE) as visit:
        text = "<blockquote expandable>Eine kurze Zeile</blockquote>"
        await api.call("sendMessage", chat_id=api.town.private(company.editor).id, text=text, parse_mode="HTML")

        await expect(visit.tab.locator("blockquote")).to_have_text("Eine kurze Zeile")
        await expect(visit.tab.locator("blockquote .fold")).to_be_hidden()


async def test_the_end_stays_in_sight_when_the_tour_takes_room(browser: Browser) -> None:
    async with a_scripted_page() as (origin, _, _), a_visit(browser, origin, size=PHONE) as visit:
        for text in ("eins", "zwei", "drei"):
            await visit.write(text)
        await expect(visit.tab.locator(".message")).to_have_count(6)

        await visit.tab.locator("#start-tour").evaluate("button => button.click()")
        await expect(visit.tab.locator("#tour")).to_be_visible()

        await visit.tab.wait_for_function(f"({_BELOW_THE_VIEW})() <= 1")
