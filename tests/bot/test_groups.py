"""Groups as they come, change and go: never left without need, left where the bot has no business."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.playground.refusals import bad_request
from registry.people import Role
from tests.bot.office import eventually
from tests.chatting import City, a_city

MUTED = bad_request("not enough rights to send text messages to the chat")


@pytest.fixture
async def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[City]:
    monkeypatch.setattr("storage.outbox.LEAVING_WAITS", timedelta(seconds=0.5))
    async with a_city(tmp_path) as city:
        yield city


async def chats(city: City) -> list[tuple[int, int]]:
    return [tuple(row) for row in await city.store.database.read("SELECT id, admitted FROM chats")]


@pytest.mark.parametrize("joins_first", [True, False])
async def test_an_admitted_group_that_anybody_makes_a_supergroup_keeps_its_bot(city: City, joins_first: bool) -> None:
    owner = await city.person("Owner", role=Role.GUEST)
    group = await city.group(owner, basic=True)

    upgraded = city.api.doings.upgrades(group.room, by=owner, joins_first=joins_first)
    await city.settled()

    assert upgraded.has(city.api.town.bot.id)
    assert city.api.made("leaveChat") == []
    assert [message.text for message in upgraded.messages.values() if message.sender == city.api.town.bot] == []
    assert await chats(city) == [(upgraded.id, 1)]


async def test_whoever_lets_the_bot_into_an_admitted_group_anew_gets_no_answer_at_all(city: City) -> None:
    owner = await city.person("Owner", role=Role.GUEST)
    group = await city.group(owner)
    del group.room.members[city.api.town.bot.id]

    city.api.doings.lets_bot_in(group.room, owner)
    await city.settled()

    rows = await city.store.database.read("SELECT state FROM outbox")
    assert [row["state"] for row in rows] == ["sent"]  # the admission


async def test_the_bot_that_learns_of_the_upgrade_a_moment_after_joining_stays(city: City) -> None:
    owner = await city.person("Owner", role=Role.GUEST)
    group = await city.group(owner, basic=True)
    upgraded = city.api.town.group(group.room.title, owner)
    del upgraded.members[city.api.town.bot.id]
    city.api.doings.lets_bot_in(upgraded, owner)
    await eventually(lambda: city.store.database.read("SELECT 1 FROM outbox WHERE method = 'leaveChat'"))

    await city.store.suspensions.move(group.room.id, upgraded.id, at=datetime.now(UTC))
    await city.settled()

    assert city.api.made("leaveChat") == []
    rows = await city.store.database.read(f"SELECT state, reason FROM outbox WHERE chat = {upgraded.id}")
    assert [tuple(row) for row in rows] == [("cancelled", "chat admitted")] * 2


async def test_a_strangers_group_is_left_with_a_word(city: City) -> None:
    stranger = await city.person("Stranger", role=Role.GUEST)
    room = city.api.town.group("Strangers", stranger)
    del room.members[city.api.town.bot.id]

    city.api.doings.lets_bot_in(room, stranger)
    await city.settled()

    said = [message.text for message in room.messages.values() if message.sender == city.api.town.bot and message.text]
    assert said == ["Diese Gruppe ist nicht freigeschaltet. Ich verlasse sie."]
    assert not room.has(city.api.town.bot.id)


async def test_a_strangers_group_where_the_bot_may_not_write_is_left_without_one(city: City) -> None:
    stranger = await city.person("Stranger", role=Role.GUEST)
    room = city.api.town.group("Strangers", stranger)
    del room.members[city.api.town.bot.id]
    city.api.trouble.refuse(MUTED, chat=room.id, method="sendMessage", times=99)

    city.api.doings.lets_bot_in(room, stranger)
    await city.settled()

    assert not room.has(city.api.town.bot.id)


async def test_a_chat_that_let_the_bot_go_already_needs_no_leaving(city: City) -> None:
    stranger = await city.person("Stranger", role=Role.GUEST)
    room = city.api.town.group("Strangers", stranger)
    del room.members[city.api.town.bot.id]

    city.api.doings.lets_bot_in(room, stranger)
    del room.members[city.api.town.bot.id]
    await city.settled()

    states = await city.store.database.read(f"SELECT DISTINCT state FROM outbox WHERE chat = {room.id}")
    assert [row["state"] for row in states] == ["cancelled"]


async def test_a_group_where_the_bot_may_not_write_is_news_once_a_day(city: City) -> None:
    admin = city.chat(city.admin)
    group = await city.group()
    city.api.trouble.refuse(MUTED, chat=group.room.id, method="sendMessage", times=99)

    for _ in range(10):
        await group.says("/offen")
        city.clock.at += timedelta(minutes=1)
    on_the_first_day = len(admin.messages)
    city.clock.at += timedelta(days=1)
    await group.says("/offen")

    assert on_the_first_day == 1
    assert len(admin.messages) == 2


async def test_a_group_where_the_bot_may_write_again_is_answered_again(city: City) -> None:
    group = await city.group()
    city.api.trouble.refuse(MUTED, chat=group.room.id, method="sendMessage", times=1)

    assert await group.says("/offen") == []
    assert len(await group.says("/offen")) == 1
