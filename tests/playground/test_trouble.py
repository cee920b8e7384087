"""Misbehaviour on demand, over HTTP: what a bot really gets to see."""

import time
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.playground.api import TOKEN
from bot.playground.refusals import bad_request
from tests.playground.towns import Setting


@pytest.fixture
async def session(setting: Setting) -> AsyncIterator[aiohttp.ClientSession]:
    timeout = aiohttp.ClientTimeout(total=0.5)
    async with setting.api.serve() as origin, aiohttp.ClientSession(f"{origin}/bot{TOKEN}/", timeout=timeout) as open_:
        yield open_


async def send(session: aiohttp.ClientSession, chat: int) -> tuple[int, str]:
    async with session.post("sendMessage", json={"chat_id": chat, "text": "hi"}) as answer:
        return answer.status, await answer.text()


async def test_a_flooded_chat_waits_alone(setting: Setting, session: aiohttp.ClientSession) -> None:
    other = setting.api.town.private(setting.api.town.person("Sascha"))
    setting.api.trouble.flood(setting.chat.id, retry_after=7)

    async with session.post("sendMessage", json={"chat_id": setting.chat.id, "text": "hi"}) as refused:
        parameters = (await refused.json())["parameters"]

    assert (refused.status, refused.headers["Retry-After"], parameters) == (429, "7", {"retry_after": 7})
    assert (await send(session, other.id))[0] == 200
    assert (await send(session, setting.chat.id))[0] == 200


async def test_servers_fail_with_json_html_and_garbage(setting: Setting, session: aiohttp.ClientSession) -> None:
    setting.api.trouble.server_error()
    setting.api.trouble.html_page()
    setting.api.trouble.garbage()

    answers = [await send(session, setting.chat.id) for _ in range(3)]

    assert [status for status, _ in answers] == [502, 502, 200]
    assert [body[:5] for _, body in answers] == ['{"ok"', "<html", '{"ok"']
    assert setting.chat.messages == {}


async def test_a_reset_connection_did_nothing_and_a_lost_answer_did(
    setting: Setting, session: aiohttp.ClientSession
) -> None:
    setting.api.trouble.reset()
    with pytest.raises(aiohttp.ClientError):
        await send(session, setting.chat.id)
    before = len(setting.chat.messages)

    setting.api.trouble.lose_answer()
    with pytest.raises(aiohttp.ClientError):
        await send(session, setting.chat.id)

    assert (before, len(setting.chat.messages)) == (0, 1)
    assert [call.status for call in setting.api.made("sendMessage")] == [0, 200]


async def test_an_answer_may_take_its_time(setting: Setting, session: aiohttp.ClientSession) -> None:
    setting.api.trouble.hang(0.05)
    begun = time.monotonic()

    assert (await send(session, setting.chat.id))[0] == 200
    assert time.monotonic() - begun >= 0.05


async def test_a_silent_server_has_taken_the_message(setting: Setting, session: aiohttp.ClientSession) -> None:
    setting.api.trouble.keep_silent(2.0)

    with pytest.raises(TimeoutError):
        await send(session, setting.chat.id)

    assert len(setting.chat.messages) == 1


async def test_a_blocked_chat_stays_blocked(setting: Setting, session: aiohttp.ClientSession) -> None:
    setting.api.trouble.blocked(setting.chat.id)

    statuses = [(await send(session, setting.chat.id))[0] for _ in range(3)]

    assert statuses == [403, 403, 403]


async def test_any_refusal_can_be_ordered_for_one_method(setting: Setting) -> None:
    setting.api.trouble.refuse(bad_request("message to edit not found"), method="editMessageText")

    assert (await setting.send()).ok
    assert (await setting.edit(setting.chat.last, text="x")).description == "Bad Request: message to edit not found"


async def test_a_wrong_token_is_unauthorized(setting: Setting) -> None:
    async with setting.api.serve() as origin, aiohttp.ClientSession(origin) as session:
        answer = await session.post("/bot1:wrong/getMe")
        body = await answer.json()

    assert body == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_the_date_of_an_answer_is_the_towns(setting: Setting, session: aiohttp.ClientSession) -> None:
    setting.clock.passes(days=400)

    async with session.post("getMe") as answer:
        assert answer.headers["Date"] == "Tue, 28 Dec 2027 09:00:00 GMT"
