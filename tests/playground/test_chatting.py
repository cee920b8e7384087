"""The harness of the conversation tests, tried on the real bot."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.playground.sampling import SAMPLE
from registry.people import Role
from tests.chatting import NOW, City, a_city, sent

DOCUMENT = SAMPLE / "public" / "evaluation-integration.txt"


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path, learns=[DOCUMENT.read_text(encoding="utf-8")]) as running:
        yield running


async def test_a_question_in_private_gets_one_reply_and_a_tap_changes_it(city: City) -> None:
    chat = city.chat(await city.person("Kim", offices=("A50",)))

    [reply] = await chat.says("was ist offen für A50")
    turned = await chat.taps("Weiter ›")

    assert reply.startswith("A50 · Amt für Soziales: 12 Fragen, 1 Maßnahme offen")
    assert turned == chat.text != reply
    assert len(chat.messages) == 1
    assert len(sent(city)) == 1


async def test_a_person_without_a_role_learns_nothing(city: City) -> None:
    chat = city.chat(await city.person("Toni", role=Role.GUEST))

    [reply] = await chat.says("was ist offen für A50")

    assert "A50" not in reply


async def test_a_group_and_a_topic_answer_once_they_are_admitted(city: City) -> None:
    kim = await city.person("Kim", offices=("A50",))
    group, topic = await city.group(kim), await city.topic(kim)

    in_group = await group.says("@amtsbote_bot was ist offen für A50", as_=kim)
    in_topic = await topic.says("/offen A50", as_=kim)
    chatter = await group.says("bis gleich", as_=kim)

    assert in_group == in_topic != []
    assert chatter == []
    assert topic.topic is not None
    assert {message.thread for message in topic.messages} == {topic.topic.id}


async def test_a_foreign_press_is_answered_in_words(city: City) -> None:
    chat = city.chat(await city.person("Kim", offices=("A50",)))
    await chat.says("was ist offen für A50")
    before = chat.last.text

    await chat.presses("no such thing")

    assert chat.last.text == before
    assert len(chat.toasts + chat.alerts) == 1


async def test_the_clock_stands_until_it_is_moved(city: City) -> None:
    kim = city.chat(await city.person("Kim", offices=("A50",)))

    await kim.says("/start")
    city.clock.at += timedelta(days=1)
    await kim.says("/start")

    assert [message.sent_at.date() for message in kim.messages] == [NOW.date(), date(2026, 11, 24)]
