"""The loopback Bot API keeps updates until they are confirmed, and hears every form of request."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any

import aiohttp
import pytest
from aiohttp.payload import JsonPayload

from tests.benchmarks.bot_api import Api, Connection
from tests.benchmarks.rounds import FIRST_CHAT, Order, Question

HELLO = Question("hallo {n}", ("hallo {n}",))


@pytest.fixture
def question() -> Question:
    return HELLO


@pytest.fixture
async def api(question: Question) -> Api:
    return Api([question])


@pytest.fixture
async def origin(api: Api) -> AsyncIterator[str]:
    server = await asyncio.get_running_loop().create_server(partial(Connection, api), "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:x"


@pytest.fixture
async def web() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def updates(web: aiohttp.ClientSession, origin: str, offset: int = 0) -> list[dict[str, Any]]:
    """One getUpdates."""
    async with web.get(f"{origin}/getUpdates", json={"offset": offset, "timeout": 5}) as response:
        return list((await response.json())["result"])


async def texts(web: aiohttp.ClientSession, origin: str, offset: int = 0) -> list[tuple[int, str]]:
    """Ids and texts of one getUpdates."""
    return [(one["update_id"], one["message"]["text"]) for one in await updates(web, origin, offset)]


async def test_updates_come_in_hundreds_and_again_until_they_are_confirmed(
    api: Api, origin: str, web: aiohttp.ClientSession
) -> None:
    running = asyncio.create_task(api.run(Order(150)))

    first = await texts(web, origin)
    again = await texts(web, origin)
    rest = await texts(web, origin, offset=first[-1][0] + 1)

    running.cancel()
    assert [text for _, text in first] == [f"hallo {n}" for n in range(100)]
    assert again == first
    assert [text for _, text in rest] == [f"hallo {n}" for n in range(100, 150)]


async def test_a_poll_waits_for_the_next_update(api: Api, origin: str, web: aiohttp.ClientSession) -> None:
    poll = asyncio.create_task(texts(web, origin))
    await asyncio.sleep(0.05)

    running = asyncio.create_task(api.run(Order(1)))
    received = await poll

    running.cancel()
    assert [text for _, text in received] == ["hallo 0"]


def multipart(fields: dict[str, str]) -> aiohttp.FormData:
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in fields.items():
        form.add_field(name, value)
    return form


ANSWER = {"chat_id": str(FIRST_CHAT), "text": "hallo 0"}


@pytest.mark.parametrize(
    "body",
    [lambda: JsonPayload(ANSWER), lambda: aiohttp.FormData(ANSWER), lambda: multipart(ANSWER)],
    ids=["as JSON", "as a form", "as multipart"],
)
async def test_an_answer_is_heard(
    body: Callable[[], object], api: Api, origin: str, web: aiohttp.ClientSession
) -> None:
    running = asyncio.create_task(api.run(Order(1)))
    await texts(web, origin)

    await web.post(f"{origin}/sendMessage", data=body())

    result = await running
    assert (result.answered, result.wrong) == (1, ())


REPORT = Question("/status 1.2.M3 teilweise Bericht {n}.", ("Bericht {n}.",), "Ja", ("Gespeichert", "Bericht {n}."))
KEYBOARD = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}


@pytest.mark.parametrize("question", [REPORT], ids=["a change"])
@pytest.mark.parametrize("keyboard", [KEYBOARD, json.dumps(KEYBOARD)], ids=["as JSON", "as text"])
async def test_a_preview_is_answered_by_a_tap_on_its_message(
    keyboard: object, api: Api, origin: str, web: aiohttp.ClientSession
) -> None:
    running = asyncio.create_task(api.run(Order(1)))
    [command] = await updates(web, origin)
    chat = command["message"]["chat"]["id"]

    shown = {"chat_id": chat, "text": "Bericht 0.", "reply_markup": keyboard}
    await web.post(f"{origin}/sendMessage", json=shown)
    [update] = await updates(web, origin, offset=command["update_id"] + 1)
    tap = update["callback_query"]
    edit = {"chat_id": chat, "message_id": tap["message"]["message_id"], "text": "Gespeichert: Bericht 0."}
    async with web.post(f"{origin}/editMessageText", json=edit) as response:
        edited = (await response.json())["result"]

    result = await running
    assert (tap["data"], tap["from"]["id"], tap["message"]["reply_markup"]) == ("yes", chat, KEYBOARD)
    assert edited["message_id"] == tap["message"]["message_id"]
    assert (result.answered, result.wrong, result.saved) == (1, (), ("/status 1.2.M3 teilweise Bericht 0.",))
