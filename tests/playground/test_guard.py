"""The page keeps to itself: loopback names only, no foreign site, nothing from elsewhere."""

import json
import re

import aiohttp
import pytest

from bot.playground.api import TOKEN
from bot.playground.page import HERE
from tests.playground.browsing import a_scripted_page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example:80"}, 403),
        ({"Host": "evil@127.0.0.1", "Origin": "http://evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
    ],
)
async def test_only_this_machine_and_this_page_may_ask(headers: dict[str, str], status: int) -> None:
    async with a_scripted_page() as (origin, _, _), aiohttp.ClientSession(origin) as session:
        answer = await session.get("/", headers=headers)

        assert answer.status == status


async def test_no_other_site_may_drive_the_bot_api_by_links_and_pictures() -> None:
    async with a_scripted_page() as (origin, _, _), aiohttp.ClientSession(origin) as session:
        for headers, status in (({}, 200), ({"Sec-Fetch-Site": "cross-site"}, 403)):
            answer = await session.get(f"/bot{TOKEN}/getMe", headers=headers)
            assert answer.status == status


async def test_the_page_may_load_nothing_from_elsewhere() -> None:
    async with a_scripted_page() as (origin, _, _), aiohttp.ClientSession(origin) as session:
        answer = await session.get("/")
        policy = answer.headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_writes_text_as_text_and_names_no_foreign_address() -> None:
    for path in HERE.iterdir():
        source = path.read_text(encoding="utf-8")

        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", source)
        assert set(re.findall(r"https?://[^\s\"'/]+", source)) <= {"http://www.w3.org"}, path.name


def test_both_languages_of_the_page_say_the_same() -> None:
    words = json.loads((HERE / "words.json").read_text(encoding="utf-8"))
    german, english = words["de"], words["en"]

    assert german.keys() == english.keys()
    for key, sentence in german.items():
        assert re.findall(r"\{\w+\}", sentence) == re.findall(r"\{\w+\}", english[key]), key
