"""Files that people send, fetched over HTTP from the local Bot API, and what goes wrong on the way."""

from pathlib import Path

import pytest
from telegram.error import BadRequest

from bot.api import BotApi
from bot.files import TelegramFiles
from bot.playground.api import BOT, TOKEN, LocalBotApi
from bot.playground.methods.files import new_document
from bot.playground.town import Town
from bot.transport import Transport
from handlers.intray import NotFetched
from registry.people import Role
from tests.chatting import a_city

TEXT = (Path(__file__).parents[2] / "bot/playground/sample/public/paper-0615-26.txt").read_bytes()


async def test_coordination_drops_a_file_and_imports_it(tmp_path: Path) -> None:
    async with a_city(tmp_path) as city:
        chat = city.chat(await city.person(role=Role.COORDINATOR))

        [shown] = await chat.drops("vorlage.txt", TEXT)
        await chat.taps("Lieber öffentlich")
        imported = await chat.taps("✓ Öffentlich importieren")
        [paper] = await chat.says("0615/26")

        assert shown.startswith("vorlage.txt: Drucksache\n0615/26")
        assert imported.startswith("✓ Importiert: vorlage.txt\n")
        assert paper.startswith("0615/26 · ")


async def test_a_file_that_is_too_large_is_refused_without_asking_for_it(tmp_path: Path) -> None:
    async with a_city(tmp_path) as city:
        chat = city.chat(await city.person(role=Role.COORDINATOR))

        [told] = await chat.drops("gross.txt", b"x" * (20 * 1024 * 1024 + 1))

        assert told == (
            "gross.txt wurde nicht gelesen.\nEine Datei darf hier höchstens 20 MB haben. Bitte senden Sie nur den Text."
        )
        assert not city.api.made("getFile")


async def test_an_editor_sends_a_file_in_vain_and_nothing_is_fetched(tmp_path: Path) -> None:
    async with a_city(tmp_path) as city:
        chat = city.chat(await city.person(role=Role.EDITOR, offices=("A50",)))

        [told] = await chat.drops("vorlage.txt", TEXT)

        assert told == "Das darf nur die Koordination. Bitte wenden Sie sich an sie."
        assert not city.api.made("getFile")


async def test_no_more_is_read_than_may_be() -> None:
    api = LocalBotApi(Town(BOT))
    kim = api.town.person("Kim")
    document = new_document("text.txt", "text/plain", b"0123456789")
    api.doings.drops(api.town.private(kim), kim, document)
    async with api.serve() as origin:
        transport = Transport()
        await transport.initialize()
        try:
            bot = BotApi(transport, origin=origin, token=TOKEN)
            path = f"documents/{document.file_id}"

            assert await TelegramFiles(bot).fetch(document.file_id) == b"0123456789"
            assert await bot.download(path, limit=10) == b"0123456789"
            with pytest.raises(BadRequest, match="too big"):
                await bot.download(path, limit=9)
            with pytest.raises(NotFetched):
                await TelegramFiles(bot).fetch("unknown")
        finally:
            await transport.shutdown()
