"""getUpdates: kept until confirmed, one poller, only what was asked for, and what privacy mode lets through."""

import asyncio

import pytest

from bot.playground.chats import Standing
from bot.playground.payloads import Json
from bot.playground.updates import UpdateQueue
from tests.playground.towns import Setting


def ids(updates: list[dict[str, Json]]) -> list[Json]:
    return [update["update_id"] for update in updates]


async def test_updates_are_given_again_until_an_offset_confirms_them(setting: Setting) -> None:
    for text in ("one", "two", "three"):
        setting.api.doings.says(setting.chat, setting.kim, text)

    first = await setting.updates()
    again = await setting.updates()
    rest = await setting.updates(offset=100_003)

    assert ids(first) == ids(again) == [100_001, 100_002, 100_003]
    assert ids(rest) == [100_003]
    assert ids(await setting.updates()) == [100_003]


async def test_a_negative_offset_keeps_only_the_last_ones(setting: Setting) -> None:
    for text in ("one", "two", "three"):
        setting.api.doings.says(setting.chat, setting.kim, text)

    assert ids(await setting.updates(offset=-1)) == [100_003]
    assert ids(await setting.updates()) == [100_003]


async def test_an_offset_far_ahead_is_taken_for_nonsense(setting: Setting) -> None:
    setting.api.doings.says(setting.chat, setting.kim, "one")

    assert ids(await setting.updates(offset=900_000)) == [100_001]


async def test_a_limit_bounds_the_batch(setting: Setting) -> None:
    for _ in range(120):
        setting.api.doings.says(setting.chat, setting.kim, "x")

    assert len(await setting.updates(limit=2)) == 2
    assert len(await setting.updates(limit=1000)) == 100


async def test_a_long_poll_ends_with_the_next_update(setting: Setting) -> None:
    poll = asyncio.create_task(setting.updates(timeout=30))
    await asyncio.sleep(0)

    setting.api.doings.says(setting.chat, setting.kim, "now")

    assert len(await asyncio.wait_for(poll, 1)) == 1


async def test_of_two_pollers_the_older_one_is_sent_away(setting: Setting) -> None:
    older = asyncio.create_task(setting.api.call("getUpdates", timeout=30))
    await asyncio.sleep(0)
    younger = asyncio.create_task(setting.api.call("getUpdates", timeout=30))

    refused = await asyncio.wait_for(older, 1)
    setting.api.doings.says(setting.chat, setting.kim, "for the younger")

    assert (refused.status, refused.description) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    assert (await asyncio.wait_for(younger, 1)).ok


async def test_only_kinds_that_were_asked_for_arrive_and_the_wish_is_remembered(setting: Setting) -> None:
    await setting.updates(allowed_updates=["callback_query"])
    setting.api.doings.says(setting.chat, setting.kim, "unseen")
    missed = await setting.updates()
    await setting.updates(allowed_updates=[])
    setting.api.doings.says(setting.chat, setting.kim, "seen")

    assert missed == []
    assert [update["update_id"] for update in await setting.updates()] == [100_001]


async def test_ids_may_restart_low_and_confirmed_updates_may_come_again(setting: Setting) -> None:
    setting.api.doings.says(setting.chat, setting.kim, "before the holidays")
    await setting.updates(offset=100_002)
    setting.api.town.updates.continue_at(17)
    setting.api.doings.says(setting.chat, setting.kim, "after")

    fresh = ids(await setting.updates())
    await setting.updates(offset=18)
    setting.api.town.updates.redeliver(2)

    assert fresh == [17]
    assert ids(await setting.updates()) == [100_001, 17]


async def test_duplicates_carry_new_ids(setting: Setting) -> None:
    setting.api.town.updates.twice = True

    setting.api.doings.says(setting.chat, setting.kim, "twice")

    first, second = await setting.updates()
    assert first["message"] == second["message"]
    assert ids([first, second]) == [100_001, 100_002]


def test_unreadable_updates_can_be_queued() -> None:
    queue = UpdateQueue()

    queue.push_raw({"message": "not an object"})

    assert [update.json() for update in queue.waiting] == [{"update_id": 100_001, "message": "not an object"}]


@pytest.mark.parametrize(
    ("text", "arrives"),
    [
        ("was ist offen", False),
        ("/offen", True),
        ("/offen@amtsbote_bot A50", True),
        ("/offen@other_bot", False),
        ("@amtsbote_bot was ist offen", True),
        ("@AmtsBote_Bot bitte", True),
        ("@amtsbote_bots", False),
        ("mail@amtsbote_bot", False),
        ("see a/offen", False),
    ],
)
async def test_privacy_mode_lets_commands_and_mentions_through(setting: Setting, text: str, arrives: bool) -> None:
    group = setting.api.town.group("Team", setting.kim)

    setting.api.doings.says(group, setting.kim, text)

    assert bool(await setting.updates()) is arrives


async def test_in_groups_the_bot_sees_replies_to_it_and_as_administrator_everything(setting: Setting) -> None:
    group = setting.api.town.group("Team", setting.kim)
    await setting.send(chat_id=group.id)

    setting.api.doings.says(group, setting.kim, "thanks", reply_to=group.last)
    replied = len(await setting.updates())
    group.members[setting.api.town.bot.id] = Standing.ADMINISTRATOR
    setting.api.doings.says(group, setting.kim, "just talking")

    assert replied == 1
    assert len(await setting.updates()) == 2


async def test_a_group_becomes_a_supergroup_with_and_without_notice(setting: Setting) -> None:
    told = setting.api.town.group("Told", setting.kim, basic=True)
    silent = setting.api.town.group("Silent", setting.kim, basic=True)

    to_told = setting.api.doings.upgrades(told)
    to_silent = setting.api.doings.upgrades(silent, announced=False)

    *service, joined = await setting.updates()
    [leaving, arriving] = [update["message"] for update in service]
    assert isinstance(joined["my_chat_member"], dict)
    assert joined["my_chat_member"]["chat"] == to_told.json()
    assert isinstance(leaving, dict)
    assert isinstance(arriving, dict)
    assert leaving["migrate_to_chat_id"] == to_told.id
    assert arriving["migrate_from_chat_id"] == told.id
    refused = await setting.send(chat_id=silent.id)
    assert refused.description == "Bad Request: group chat was upgraded to a supergroup chat"
    assert refused.answer["parameters"] == {"migrate_to_chat_id": to_silent.id}
    assert (await setting.send(chat_id=to_silent.id)).ok
