"""The bot as a whole: starting, stopping, and being the only one."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import aiohttp
import pytest

from bot.application import Application, run_bot
from bot.failures import Failure
from bot.instance import AlreadyRunning, InstanceLock
from bot.playground.refusals import conflict
from bot.settings import SettingsError
from tests.bot.office import NOW, PATIENCE, Office, eventually

RUN = """
import asyncio
from bot.application import run_bot
from bot.settings import load_settings
asyncio.run(run_bot(load_settings()))
"""
ROOT = Path(__file__).parents[2]


def environment(office: Office) -> dict[str, str]:
    assert office.settings.token
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "AMTSBOTE_TOKEN": office.settings.token.get_secret_value(),
        "AMTSBOTE_DATABASE": str(office.settings.database.with_name("run.db")),
        "AMTSBOTE_API_URL": office.settings.api_url,
    }


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_a_busy_bot_cleanly_within_ten_seconds(office: Office, number: signal.Signals) -> None:
    office.private()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", RUN, env=environment(office), stderr=asyncio.subprocess.PIPE
    )
    await eventually(lambda: any(call.method == "getupdates" for call in office.api.calls), within=60)
    office.write(*("/help" for _ in range(50)))
    await eventually(lambda: len(office.api.made("sendMessage")) > 2, within=30)

    started = time.monotonic()
    process.send_signal(number)
    _, errors = await process.communicate()

    assert process.returncode == 0, errors.decode()
    assert time.monotonic() - started < 10
    assert office.settings.token and office.settings.token.get_secret_value() not in errors.decode()


async def test_what_a_handler_has_begun_is_finished_before_the_bot_stops(office: Office) -> None:
    office.router.pause = 0.3
    async with office.opened() as bot:
        office.write("begun", "not begun")
        await eventually(lambda: office.api.town.updates.confirmed and office.router.begun)
        bot.stop()
        await bot.run()

    assert await office.states("inbox") == ["done", "new"]
    async with office.opened():
        await office.settled()
    assert office.said() == ["echo begun", "echo not begun"]


async def test_a_second_bot_on_the_same_database_is_refused(office: Office) -> None:
    async with office.opened():
        with pytest.raises(AlreadyRunning) as refusal:
            async with office.opened():
                pass

    assert refusal.value.exit_code == 3
    async with office.opened():
        office.write("hello")
        await office.settled()
    assert office.said() == ["echo hello"]


async def test_a_second_bot_is_refused_by_whatever_name_it_calls_the_register(office: Office, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(office.settings.database)

    async with office.opened():
        with pytest.raises(AlreadyRunning):
            await asyncio.wait_for(run_bot(office.settings.model_copy(update={"database": link})), PATIENCE)


async def test_a_second_bot_is_refused_before_it_touches_the_register(office: Office, tmp_path: Path) -> None:
    settings = office.settings.model_copy(update={"database": tmp_path / "new.db"})

    with InstanceLock(settings.database), pytest.raises(AlreadyRunning):
        await asyncio.wait_for(run_bot(settings), PATIENCE)

    assert not settings.database.exists()


async def test_without_a_token_there_is_no_bot(office: Office) -> None:
    settings = office.settings.model_copy(update={"token": None})

    with pytest.raises(SettingsError):
        Application(settings, office.store, router=office.router)


async def test_the_menus_are_published_only_when_they_changed(office: Office) -> None:
    async with office.opened():
        await eventually(lambda: office.api.made("setMyCommands"))
        await asyncio.sleep(0.3)
    published = len(office.api.made("setMyCommands"))
    async with office.opened():
        office.write("hello")
        await office.settled()
        await asyncio.sleep(0.3)

    assert published > 1
    assert len(office.api.made("setMyCommands")) == published


async def test_health_counts_and_tells_no_texts(office: Office) -> None:
    office.router.failures["poison"] = [ValueError()] * 9
    async with office.opened() as bot:
        office.write("hello", "poison")
        await office.settled()
        health = await bot.health()
        office.passes(seconds=100)
        later = await bot.health()

    assert (health.is_running, health.is_well, health.poll_age) == (True, True, 0.0)
    assert (health.inbox_waiting, health.outbox_waiting, health.quarantined, health.dead) == (0, 0, 1, 0)
    assert (later.is_well, later.poll_age) == (False, 100.0)


async def test_a_part_that_dies_turns_health_red_and_ends_the_bot(office: Office) -> None:
    office.api.trouble.refuse(conflict("terminated"), method="getUpdates", times=9)
    bot = office.opened()

    with pytest.raises(Exception, match="stands down"):
        async with bot:
            while (health := await bot.health()).is_running:  # noqa: ASYNC110  # a death rings no bell
                await asyncio.sleep(0.01)

    assert (health.is_running, health.is_well) == (False, False)


async def test_the_health_page_answers_on_loopback(office: Office, unused_tcp_port: int) -> None:
    settings = office.settings.model_copy(update={"listen": unused_tcp_port})
    async with Application(settings, office.store, router=office.router, now=lambda: NOW):
        office.write("hello")
        await office.settled()
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://127.0.0.1:{unused_tcp_port}/health") as answer,
        ):
            found = await answer.json()

    assert answer.status == 200
    assert found["is_well"] is True
    assert all(value is None or isinstance(value, int | float) for value in found.values())


async def test_a_taken_port_for_the_health_page_is_said_in_one_sentence(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = office.settings.model_copy(update={"listen": port})

        with pytest.raises(Failure) as refusal:
            async with Application(settings, office.store, router=office.router):
                pass

    assert str(refusal.value) == (
        f"The health page cannot have port {port} of 127.0.0.1: another program has it. "
        "Set AMTSBOTE_LISTEN to a free one."
    )
    assert refusal.value.exit_code == 1


def test_no_web_server_is_loaded_for_a_bot_without_a_health_page() -> None:
    code = "import sys, bot.application; print('aiohttp.web' in sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    assert loaded.stdout == "False\n"
