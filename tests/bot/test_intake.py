"""What comes in: nothing lost, nothing taken twice, and nothing that stops the rest (RELIABILITY, section A)."""

import asyncio
import sqlite3
import time

import pytest

from bot.envelopes import seal
from bot.intake import StoodDown, TokenRefused
from bot.playground.payloads import Json
from bot.playground.refusals import UNAUTHORIZED, conflict
from tests.bot.office import NOW, Office, eventually


async def test_an_update_is_on_disk_before_it_is_confirmed(office: Office) -> None:
    on_disk: list[tuple[int, int]] = []
    database = office.store.database.path

    def count(offset: int) -> None:
        connection = sqlite3.connect(database)
        on_disk.append((offset, connection.execute("SELECT coalesce(max(update_id), 0) FROM inbox").fetchone()[0]))
        connection.close()

    office.api.town.updates.on_poll = count
    async with office.opened():
        for number in range(5):
            office.write(f"{number}")
            await office.settled()

    confirming = [(offset, highest) for offset, highest in on_disk if offset]
    assert len(confirming) >= 5
    assert all(highest == offset - 1 for offset, highest in confirming)


async def test_a_redelivered_update_is_answered_once(office: Office) -> None:
    async with office.opened():
        office.write("one", "two", "three")
        await office.settled()
        office.api.town.updates.redeliver(3)
        await office.settled()

    assert office.said() == ["echo one", "echo two", "echo three"]
    assert await office.states("inbox") == ["done"] * 3


async def test_an_update_that_comes_again_under_another_id_is_answered_once(office: Office) -> None:
    office.api.town.updates.twice = True
    async with office.opened():
        office.write("one", "two")
        await office.settled()

    assert office.said() == ["echo one", "echo two"]


async def test_update_ids_may_begin_anew_anywhere(office: Office) -> None:
    async with office.opened(poll_seconds=1):
        office.api.town.updates.continue_at(900_000)
        office.write("before")
        await office.settled()
        office.api.town.updates.continue_at(17)
        office.write("after")
        await office.settled()

    assert office.said() == ["echo before", "echo after"]
    assert [row[0] for row in await office.rows("SELECT update_id FROM inbox ORDER BY id")] == [900_000, 17]


async def test_the_same_id_with_another_content_is_another_update(office: Office) -> None:
    async with office.opened():
        for text in ("first", "second"):
            office.api.town.updates.continue_at(500)
            office.write(text)
            await office.settled()

    assert office.said() == ["echo first", "echo second"]


POISON: tuple[dict[str, Json], ...] = (
    {"message": {"text": "no chat, no id, no date"}},
    {"message": "not even an object"},
    {"message": {"message_id": "seven", "date": "today", "chat": {"id": "x"}}},
    {"message": {"message_id": 2**70, "date": 1, "chat": {"id": 2**70, "type": "private"}}},
    {"callback_query": {"id": 5}},
)


async def test_unreadable_updates_are_put_aside_and_the_rest_flows_on(office: Office) -> None:
    async with office.opened(poll_seconds=1):
        for poison in POISON:
            office.api.town.updates.push_raw(poison)
        office.write("still here")
        await office.settled()

    assert office.said() == ["echo still here"]
    assert await office.states("inbox") == ["quarantined"] * len(POISON) + ["done"]
    told = office.said(office.api.town.private(office.admin))
    assert [text.partition("\n")[0] for text in told] == [
        f"Nachricht Nr. {n} konnte nicht bearbeitet werden und wurde beiseitegelegt (unreadable)."
        for n in range(1, len(POISON) + 1)
    ]


async def test_an_unknown_kind_of_update_is_refused_in_silence(office: Office) -> None:
    async with office.opened():
        office.api.town.updates.push_raw({"telepathy": {"from": 1}})
        office.write("hello")
        await office.settled()

    assert await office.states("inbox") == ["refused", "done"]
    assert office.said() == ["echo hello"]


async def test_updates_that_cannot_be_confirmed_make_no_hot_loop(office: Office) -> None:
    async with office.opened():
        office.api.town.updates.continue_at(2**64)
        office.api.town.updates.push_raw({"message": "x"})
        started = time.monotonic()
        await asyncio.sleep(1.5)

    polls = [call for call in office.api.calls if call.method == "getupdates"]
    assert len(polls) / (time.monotonic() - started) < 5


async def test_updates_left_by_the_last_run_are_handled_first_and_in_order(office: Office) -> None:
    for number in range(3):
        message = office.api.town.post(office.private(), office.kim(), f"left {number}")
        await office.store.inbox.receive([seal({"update_id": number, "message": message.json()})], NOW)

    async with office.opened():
        office.write("new")
        await office.settled()

    assert office.said() == ["echo left 0", "echo left 1", "echo left 2", "echo new"]


async def test_a_second_poller_makes_the_bot_stand_down(office: Office) -> None:
    office.api.trouble.refuse(conflict("terminated by other getUpdates request"), method="getUpdates", times=3)

    with pytest.raises(StoodDown) as refusal:
        async with office.opened() as bot:
            await bot.run()

    assert refusal.value.exit_code == 4
    assert len([call for call in office.api.calls if call.method == "getupdates"]) == 3


async def test_a_short_conflict_is_waited_out(office: Office) -> None:
    office.api.trouble.refuse(conflict("terminated by other getUpdates request"), method="getUpdates", times=2)

    async with office.opened():
        office.write("hello")
        await office.settled()

    assert office.said() == ["echo hello"]


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
async def test_a_revoked_token_ends_the_bot(office: Office, method: str) -> None:
    office.api.trouble.refuse(UNAUTHORIZED, method=method, times=9)

    with pytest.raises(TokenRefused) as refusal:
        async with office.opened() as bot:
            await bot.run()

    assert refusal.value.exit_code == 5


async def test_trouble_at_telegram_is_waited_out(office: Office) -> None:
    for order in (office.api.trouble.server_error, office.api.trouble.html_page, office.api.trouble.garbage):
        order(method="getUpdates")
    office.api.trouble.reset(method="getUpdates")
    office.api.trouble.lose_answer(method="getUpdates")

    async with office.opened(poll_seconds=1):
        office.write("hello")
        await eventually(lambda: office.said() == ["echo hello"], within=15)
        await office.settled()

    assert await office.states("inbox") == ["done"]


async def test_a_full_disk_confirms_nothing_and_recovers_by_itself(office: Office) -> None:
    [[pages]] = await office.rows("PRAGMA page_count")
    await office.store.database.write(lambda open_: open_.fetch(f"PRAGMA max_page_count = {pages}"))
    async with office.opened(poll_seconds=1):
        office.write("x" * 4000, "y" * 4000, "z" * 4000)
        await asyncio.sleep(0.4)
        confirmed_while_full = list(office.api.town.updates.confirmed)
        await office.store.database.write(lambda open_: open_.fetch("PRAGMA max_page_count = 1000000"))
        await office.settled()

    assert confirmed_while_full == []
    assert [len(text) for text in office.said()] == [4005] * 3
    assert await office.states("inbox") == ["done"] * 3
