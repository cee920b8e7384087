"""The demo: the real bot behind the page, with a register read from the sample documents."""

import asyncio
import subprocess
import sys

import aiohttp
import pytest

from bot.failures import Failure
from bot.playground.api import LocalBotApi
from bot.playground.chats import Message, Room, Someone
from bot.playground.demo import a_bot, a_page, refuse_real_token
from tests.playground.towns import plain


async def answer_to(api: LocalBotApi, room: Room, person: Someone, text: str) -> str:
    """What the bot writes next in the chat."""
    question = api.doings.says(room, person, text)
    return (await first_from_bot(api, room, after=question.id)).text


async def first_from_bot(api: LocalBotApi, room: Room, *, after: int = 0) -> Message:
    async with asyncio.timeout(20):
        while True:
            for message in room.messages.values():
                if message.id > after and message.sender == api.town.bot and not message.service:
                    return message
            await api.town.bell.rung()


async def test_the_sample_register_answers_staff_and_refuses_strangers() -> None:
    async with a_page() as (origin, api, company), a_bot(origin, api, company):
        staff = await answer_to(api, api.town.private(company.editor), company.editor, "was ist offen für A50")
        stranger = await answer_to(api, api.town.private(company.stranger), company.stranger, "was ist offen für A50")

    assert plain(staff).startswith("A50 · Amt für Soziales")
    assert "nichts offen" not in staff
    assert "A50" not in stranger
    assert all(call.ok for call in api.made()), [call.description for call in api.made() if not call.ok]


async def test_the_groups_are_admitted_by_the_administration_in_front_of_everybody() -> None:
    async with a_page() as (origin, api, company), a_bot(origin, api, company):
        (team, _), (forum, topic) = company.places
        greetings = [await first_from_bot(api, room) for room in (team, forum)]
        reply = await answer_to(api, team, company.editor, "/offen@amtsbote_bot A50")

    assert [greeting.text.startswith("Diese Gruppe ist freigeschaltet") for greeting in greetings] == [True, True]
    assert [greeting.thread for greeting in greetings] == [None, topic]
    assert plain(reply).startswith("A50 · Amt für Soziales")


@pytest.mark.parametrize("name", ["AMTSBOTE_TOKEN", "AMTSBOTE_TOKEN_FILE"])
def test_a_real_token_is_refused_without_repeating_it(name: str) -> None:
    with pytest.raises(Failure) as refused:
        refuse_real_token({name: "123456:secret"})

    assert str(refused.value) == f"{name} is set. The playground needs no token and takes none: unset it first."
    assert refused.value.exit_code == 2


async def test_a_taken_port_is_named() -> None:
    async with a_page() as (origin, _, _):
        port = int(origin.rpartition(":")[2])

        with pytest.raises(Failure, match=f"Port {port} is taken"):
            await a_page(port).__aenter__()


async def test_the_page_is_only_on_loopback() -> None:
    async with a_page() as (origin, _, _), aiohttp.ClientSession() as session:
        answer = await session.get(origin)

    assert origin.startswith("http://127.0.0.1:")
    assert answer.status == 200


def test_the_page_is_there_before_the_bot_is_loaded() -> None:
    script = "import sys, bot.playground.demo; print(sorted({'telegram', 'pydantic', 'aiosqlite'} & set(sys.modules)))"

    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
