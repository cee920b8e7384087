"""The loopback Bot API is as slow and as strict as Telegram's, and counts what it was sent."""

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial

import aiohttp
import pytest

from tests.benchmarks.rounds import Question
from tests.benchmarks.sending_api import A_SECOND, SECONDS_A_CALL, START, SlowConnection, Town


@pytest.fixture
async def town() -> Town:
    return Town(2, (Question("hallo {n}", ("hallo {n}",)),))


@pytest.fixture
async def web(town: Town) -> AsyncIterator[aiohttp.ClientSession]:
    server = await asyncio.get_running_loop().create_server(partial(SlowConnection, town), "127.0.0.1", 0)
    origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server, aiohttp.ClientSession(base_url=origin) as session:
        yield session


async def call(web: aiohttp.ClientSession, method: str, **fields: object) -> tuple[int, dict[str, object]]:
    async with web.post(f"/bot1:x/{method}", json=fields) as response:
        return response.status, json.loads(await response.read())


async def test_the_31st_message_of_a_second_is_refused_and_an_edit_is_no_message(web: aiohttp.ClientSession) -> None:
    sent = await asyncio.gather(*(call(web, "sendMessage", chat_id=-n, text="x") for n in range(1, A_SECOND + 2)))
    edited, _ = await call(web, "editMessageText", chat_id=-1, message_id=1, text="y")

    assert sorted(status for status, _ in sent) == [200] * A_SECOND + [429]
    assert [body["parameters"] for status, body in sent if status == 429] == [{"retry_after": 1}]
    assert edited == 200


async def test_what_is_written_takes_as_long_as_to_telegram(web: aiohttp.ClientSession) -> None:
    loop = asyncio.get_running_loop()
    before = loop.time()

    await call(web, "sendMessage", chat_id=-1, text="x")

    assert loop.time() - before >= SECONDS_A_CALL


async def test_texts_are_told_once_their_announcement_is_none_and_a_repetition_counts(
    web: aiohttp.ClientSession, town: Town
) -> None:
    await call(web, START)
    await call(web, "sendMessage", chat_id=-1, text="Headline")
    await call(web, "editMessageText", chat_id=-1, message_id=1, text="Headline\n\nText")
    await call(web, "editMessageText", chat_id=-1, message_id=1, text="Headline\n\nText")
    is_done_before = town.done.is_set()
    await call(web, "sendMessage", chat_id=-2, text="Headline\n\nText")

    sent = await town.result()

    assert (is_done_before, sent.told, sent.twice, sent.refused) == (False, 2, 1, 0)
