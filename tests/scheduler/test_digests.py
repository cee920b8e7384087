"""Digests over the local Bot API: announced when they are due, written once, caught up once."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.playground.chats import Room, Standing
from bot.playground.refusals import Refusal, bad_request, forbidden
from registry.digests import Digest, WhenEmpty
from registry.queries import Intent, Query
from registry.slots import OnHoliday, Rule
from storage import digests
from storage.announcing import Planned
from storage.bulletins import Posted, Text
from tests.chatting import NOW, Chat, City, a_city, said
from tests.handlers.a_register import fill

DUE = NOW + timedelta(days=7, hours=-1)  # Monday, 30 November 2026, 8:00
SENT = ("2026-11-30", "sent", "")
HEADLINE = "Insgesamt · Mo., 30.11.2026: "
OTHER = "Etwas anderes"
SECRET = "Geheimer Grundstückskauf"


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path, non_public="content") as running:
        await fill(running.store, with_secrets=True)
        running.chat(running.admin)
        yield running


async def save(city: City, digest: Digest, *, at: datetime = NOW, next_at: datetime | None = DUE) -> Digest:
    number = await city.store.database.write(lambda t: digests.save(t.fetch, digest, at=at, next_at=next_at))
    return digest.model_copy(update={"id": number})


async def weekly(city: City, chat: Chat, **more: object) -> Digest:
    """A digest of a chat, every Monday at eight, from now on."""
    fields = {"chat": chat.room.id, "thread": chat.topic.id if chat.topic else None} | more
    return await save(city, Digest.model_validate(fields))


async def states(city: City) -> list[tuple[str, str, str]]:
    rows = await city.store.database.read(
        'SELECT "on", state, reason FROM bulletins WHERE digest <> 0 ORDER BY "on", key'
    )
    return [(row["on"], row["state"], row["reason"]) for row in rows]


def digests_in(room: Room, *, day: str = "30.11.2026") -> list[str]:
    """What the bot wrote in a chat and that says a digest of a day, line or text."""
    return [said(one) for one in room.messages.values() if f"{day}: " in said(one)]


def texts_in(room: Room, *, day: str = "30.11.2026") -> list[str]:
    """The digests of a day that say more than their line."""
    return [text for text in digests_in(room, day=day) if "\n" in text]


def meanwhile(city: City, do: Callable[[], Awaitable[object]]) -> None:
    """Something happens once, after a line has arrived and before its text is queued."""
    write, left = city.store.bulletins.write, [do]

    async def and_then_write(texts: Sequence[Text], *, at: datetime) -> None:
        while left:
            await left.pop()()
        await write(texts, at=at)

    setattr(city.store.bulletins, "write", and_then_write)  # noqa: B010  # mypy forbids it as an assignment


async def told(city: City) -> list[str]:
    """What the admin was told."""
    return [said(one) for one in city.chat(city.admin).messages]


async def test_a_digest_is_announced_and_then_written_into_the_same_message(city: City) -> None:
    group = await city.group()
    await weekly(city, group)
    before = len(group.messages)

    await city.ticks(DUE)

    [digest] = group.messages[before:]
    assert said(digest).startswith(HEADLINE)
    assert texts_in(group.room) == [said(digest)]
    assert await states(city) == [SENT]


async def test_nothing_comes_a_second_before_it_is_due_and_nothing_comes_again(city: City) -> None:
    group = await city.group()
    await weekly(city, group)

    await city.ticks(DUE - timedelta(seconds=1))
    early = digests_in(group.room)
    for seconds in (0, 20, 40, 3600):
        await city.ticks(DUE + timedelta(seconds=seconds))

    assert early == []
    assert len(digests_in(group.room)) == 1


async def test_two_chats_get_theirs_each_and_a_chat_may_have_several(city: City) -> None:
    first, second = await city.group(title="Eins"), await city.group(title="Zwei")
    await weekly(city, first)
    await weekly(city, first, scope=Query(intent=Intent.OPEN, offices=("A50",)))
    await weekly(city, second, language="en")

    await city.ticks(DUE)

    assert [text.partition(" · ")[0] for text in texts_in(first.room)] == ["Insgesamt", "A50"]
    assert [text.partition(" · ")[0] for text in digests_in(second.room, day="30 Nov 2026")] == ["Overall"]
    assert await states(city) == [SENT] * 3


async def test_a_topic_gets_its_digest_in_the_topic_and_a_person_in_private(city: City) -> None:
    topic, kim = await city.topic(), city.chat(await city.person())
    await weekly(city, topic)
    await weekly(city, kim)

    await city.ticks(DUE)

    assert topic.topic and [one.thread for one in topic.messages if HEADLINE in said(one)] == [topic.topic.id]
    assert len(texts_in(kim.room)) == 1


async def test_what_was_missed_for_five_minutes_comes_as_if_it_had_not(city: City) -> None:
    group = await city.group()
    await weekly(city, group)

    await city.ticks(DUE + timedelta(minutes=5))

    assert "Nachgeholt" not in texts_in(group.room)[0]
    assert await states(city) == [SENT]


async def test_what_was_missed_for_three_days_is_caught_up_and_says_so(city: City) -> None:
    group = await city.group()
    await weekly(city, group)

    await city.ticks(DUE + timedelta(days=3))

    [text] = texts_in(group.room, day="03.12.2026")
    assert "Nachgeholt" in text
    assert await states(city) == [SENT]


async def test_of_three_weeks_that_were_missed_the_newest_is_caught_up(city: City) -> None:
    group = await city.group()
    await weekly(city, group)

    await city.ticks(DUE + timedelta(days=15))

    assert len(texts_in(group.room, day="15.12.2026")) == 1
    assert await states(city) == [
        ("2026-11-30", "skipped", "missed"),
        ("2026-12-07", "skipped", "missed"),
        ("2026-12-14", "sent", ""),
    ]


async def test_what_was_missed_is_caught_up_at_a_decent_hour(city: City) -> None:
    group = await city.group()
    await weekly(city, group)

    await city.ticks(DUE + timedelta(hours=15))  # 23:00
    at_night = digests_in(group.room)
    await city.ticks(DUE + timedelta(hours=23))  # Tuesday, 7:00

    assert at_night == []
    assert len(texts_in(group.room, day="01.12.2026")) == 1


async def test_what_waits_for_a_decent_hour_gives_way_to_the_next_one_at_its_own(city: City) -> None:
    group = await city.group()
    daily = Rule(weekdays=(0, 1, 2, 3, 4), at=time(6))
    await save(city, Digest(chat=group.room.id, rule=daily), next_at=DUE - timedelta(hours=2))

    await city.ticks(DUE.replace(hour=21))
    await city.ticks(DUE.replace(hour=6) + timedelta(days=1))

    assert digests_in(group.room) == []
    assert "Nachgeholt" not in texts_in(group.room, day="01.12.2026")[0]
    assert (await states(city))[-2:] == [("2026-11-30", "skipped", "missed"), ("2026-12-01", "sent", "")]


@pytest.mark.parametrize(
    ("on_holiday", "comes_on"),
    [(OnHoliday.NEXT, "26.05.2026"), (OnHoliday.ANYWAY, "25.05.2026"), (OnHoliday.SKIP, "01.06.2026")],
)
async def test_a_holiday_moves_it_to_the_next_working_day_or_as_was_chosen(
    city: City, on_holiday: OnHoliday, comes_on: str
) -> None:
    group = await city.group()
    friday, whit_monday = NOW.replace(month=5, day=22), NOW.replace(month=5, day=25, hour=8)
    digest = Digest(chat=group.room.id, rule=Rule(on_holiday=on_holiday))
    await save(city, digest, at=friday, next_at=whit_monday)

    for days in range(8):
        await city.ticks(whit_monday + timedelta(days=days))

    assert digests_in(group.room, day=comes_on)
    assert (await states(city))[0][0] == date(*map(int, reversed(comes_on.split(".")))).isoformat()


async def test_an_empty_digest_is_a_line_or_nothing(city: City) -> None:
    group = await city.group()
    nowhere = Query(intent=Intent.OPEN, programme="Nirgends")
    await weekly(city, group, scope=nowhere, horizon=1)
    await weekly(city, group, scope=nowhere, horizon=1, when_empty=WhenEmpty.NOTHING)

    await city.ticks(DUE)

    assert len(digests_in(group.room)) == 1
    assert await states(city) == [SENT, ("2026-11-30", "skipped", "empty")]


async def test_one_that_is_paused_or_ended_is_silent_and_one_that_goes_on_catches_nothing_up(city: City) -> None:
    group = await city.group()
    paused, ended = await weekly(city, group), await weekly(city, group)
    await save(city, paused.model_copy(update={"is_paused": True}), next_at=None)
    await save(city, ended.model_copy(update={"is_ended": True}), next_at=None)

    await city.ticks(DUE + timedelta(hours=1))
    next_monday = DUE + timedelta(days=7)
    await save(city, paused, at=city.clock(), next_at=next_monday)
    await city.ticks(DUE + timedelta(hours=2))
    silent = digests_in(group.room)
    await city.ticks(next_monday)

    assert silent == []
    assert len(texts_in(group.room, day="07.12.2026")) == 1
    assert await states(city) == [("2026-12-07", "sent", "")]


async def test_a_slot_that_is_open_when_its_digest_gets_other_times_is_noted_as_skipped(city: City) -> None:
    group = await city.group()
    digest = await weekly(city, group)
    city.clock.at = DUE + timedelta(seconds=5)  # before the tick
    at_nine = digest.model_copy(update={"rule": Rule(at=time(9))})
    await save(city, at_nine, at=city.clock(), next_at=DUE + timedelta(hours=1))

    await city.ticks()
    skipped, silent = await states(city), digests_in(group.room)
    await city.ticks(DUE + timedelta(hours=1))

    assert (skipped, silent) == ([("2026-11-30", "skipped", "ended")], [])
    assert len(texts_in(group.room)) == 1
    assert await states(city) == [SENT]


async def test_a_slot_that_is_open_when_its_digest_is_worded_anew_still_comes(city: City) -> None:
    group = await city.group()
    digest = await weekly(city, group)
    city.clock.at = DUE + timedelta(seconds=5)  # before the tick
    await save(city, digest.model_copy(update={"horizon": 60}), at=city.clock(), next_at=DUE + timedelta(days=7))

    await city.ticks()

    assert len(texts_in(group.room)) == 1


async def test_one_that_is_changed_while_it_is_on_its_way_comes_once_as_it_was_or_is_now(city: City) -> None:
    group = await city.group()
    digest = await weekly(city, group)
    in_english = digest.model_copy(update={"language": "en", "rule": Rule(at=time(9))})
    meanwhile(city, lambda: save(city, in_english, at=city.clock(), next_at=DUE + timedelta(hours=1)))

    await city.ticks(DUE)
    await city.ticks(DUE + timedelta(hours=1))

    assert len(digests_in(group.room) + digests_in(group.room, day="30 Nov 2026")) == 1
    assert await states(city) == [SENT]


async def test_one_that_gets_other_times_while_it_is_planned_keeps_to_these(city: City) -> None:
    group = await city.group()
    digest = await weekly(city, group)
    announce, at_nine = city.store.bulletins.announce, digest.model_copy(update={"rule": Rule(at=time(9))})

    async def changed(planned: Sequence[Planned], *, at: datetime) -> None:
        setattr(city.store.bulletins, "announce", announce)  # noqa: B010  # as above
        await save(city, at_nine, at=city.clock() + timedelta(seconds=1), next_at=DUE + timedelta(hours=1))
        await announce(planned, at=at)

    setattr(city.store.bulletins, "announce", changed)  # noqa: B010  # mypy forbids it as an assignment
    await city.ticks(DUE)
    at_eight = digests_in(group.room)
    await city.ticks(DUE + timedelta(hours=1))

    assert at_eight == []
    assert len(texts_in(group.room)) == 1


async def test_one_that_is_ended_while_it_is_on_its_way_says_no_more(city: City) -> None:
    group = await city.group()
    digest = await weekly(city, group)
    write = city.store.bulletins.posted

    async def posted() -> list[Posted]:
        await save(city, digest.model_copy(update={"is_ended": True}), at=city.clock(), next_at=None)
        return await write()

    setattr(city.store.bulletins, "posted", posted)  # noqa: B010  # mypy forbids it as an assignment
    await city.ticks(DUE)

    assert texts_in(group.room) == []
    assert await states(city) == [("2026-11-30", "skipped", "ended")]


async def test_a_bot_that_stops_between_line_and_text_writes_it_when_it_is_back(city: City) -> None:
    group = await city.group()
    await weekly(city, group)
    write = city.store.bulletins.write
    setattr(city.store.bulletins, "write", fails)  # noqa: B010  # mypy forbids it as an assignment
    assert city.bot
    city.clock.at = DUE
    await city.bot.tick()
    await city.settled()
    line = digests_in(group.room)

    setattr(city.store.bulletins, "write", write)  # noqa: B010  # as above
    await city.restarts()
    await city.ticks(DUE + timedelta(minutes=2))

    assert line and "\n" not in line[0]
    assert len(digests_in(group.room)) == len(texts_in(group.room)) == 1


async def fails(texts: Sequence[Text], *, at: datetime) -> None:
    raise RuntimeError("the end of this bot")


async def test_a_line_whose_answer_was_lost_may_come_twice_and_its_text_comes_once(city: City) -> None:
    group = await city.group()
    await weekly(city, group)
    city.api.trouble.lose_answer(method="sendMessage", chat=group.room.id)

    await city.ticks(DUE)

    assert len(digests_in(group.room)) == 2
    assert len(texts_in(group.room)) == 1


async def test_a_text_whose_answer_was_lost_comes_once(city: City) -> None:
    group = await city.group()
    await weekly(city, group)
    city.api.trouble.lose_answer(method="editMessageText", chat=group.room.id)

    await city.ticks(DUE)

    assert len(digests_in(group.room)) == len(texts_in(group.room)) == 1
    assert await states(city) == [SENT]


async def test_a_chat_that_cannot_be_reached_waits_is_told_of_once_and_catches_up(city: City) -> None:
    group = await city.group()
    await weekly(city, group)
    city.api.doings.throws_bot_out(group.room, city.admin)
    await city.settled()

    for days in (0, 1, 7):
        await city.ticks(DUE + timedelta(days=days))
    open_meanwhile = await states(city)
    city.api.doings.lets_bot_in(group.room, city.admin)
    await city.settled()
    await city.ticks(DUE + timedelta(days=8))

    assert open_meanwhile == []
    assert len([one for one in await told(city) if str(group.room.id) in one]) == 1
    assert len(texts_in(group.room, day="08.12.2026")) == 1
    assert await states(city) == [("2026-11-30", "skipped", "missed"), ("2026-12-07", "sent", "")]


async def test_a_chat_that_refuses_the_line_gets_its_digest_when_it_is_back(city: City) -> None:
    group = await city.group()
    await weekly(city, group)
    city.api.trouble.refuse(forbidden("bot was kicked from the supergroup chat"), chat=group.room.id)

    await city.ticks(DUE)
    refused = await states(city)
    await group.says("/hilfe@amtsbote_bot")
    await city.ticks(DUE + timedelta(hours=2))

    assert refused == []
    assert len(digests_in(group.room)) == len(texts_in(group.room)) == 1
    assert await states(city) == [SENT]


async def test_a_bot_that_is_thrown_out_between_line_and_text_writes_it_when_it_is_back(city: City) -> None:
    group = await city.group()
    await weekly(city, group)

    async def out() -> None:
        city.api.doings.throws_bot_out(group.room, city.admin)

    meanwhile(city, out)
    await city.ticks(DUE)
    without_text = texts_in(group.room)
    city.api.doings.lets_bot_in(group.room, city.admin)
    await city.settled()
    await city.ticks(DUE + timedelta(hours=1))

    assert without_text == []
    assert len(digests_in(group.room)) == len(texts_in(group.room)) == 1
    assert await states(city) == [SENT]


async def test_a_message_that_is_deleted_between_line_and_text_is_announced_anew(city: City) -> None:
    group = await city.group()
    await weekly(city, group)

    async def deleted() -> None:
        group.room.messages.pop(group.last.id)

    meanwhile(city, deleted)
    await city.ticks(DUE)

    assert len(digests_in(group.room)) == len(texts_in(group.room)) == 1
    assert await states(city) == [SENT]


@pytest.mark.parametrize("announced", [True, False])
async def test_a_group_that_becomes_a_supergroup_before_it_is_due_gets_it_there(city: City, announced: bool) -> None:
    group = await city.group(basic=True)
    await weekly(city, group)

    upgraded = city.api.doings.upgrades(group.room, announced=announced)
    await city.settled()
    await city.ticks(DUE)

    assert digests_in(group.room) == []
    assert len(digests_in(upgraded)) == len(texts_in(upgraded)) == 1
    assert await states(city) == [SENT]


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("at_once", [True, False])
async def test_a_group_that_becomes_a_supergroup_between_line_and_text_gets_both_there(
    city: City, announced: bool, at_once: bool
) -> None:
    group = await city.group(basic=True)
    await weekly(city, group)
    rooms = list[Room]()

    async def upgrade() -> None:
        rooms.append(city.api.doings.upgrades(group.room, announced=announced))
        if not at_once:
            await city.settled()

    meanwhile(city, upgrade)
    await city.ticks(DUE)
    await city.ticks(DUE + timedelta(days=7))

    [upgraded] = rooms
    assert texts_in(group.room) == []
    assert len(digests_in(upgraded)) == len(texts_in(upgraded)) == 1
    assert len(texts_in(upgraded, day="07.12.2026")) == 1
    assert await states(city) == [SENT, ("2026-12-07", "sent", "")]


async def test_a_group_that_becomes_a_supergroup_after_its_line_came_has_nothing_else_overwritten(
    city: City,
) -> None:
    group = await city.group(basic=True)
    await weekly(city, group)
    posted, rooms = city.store.bulletins.posted, list[Room]()

    async def after_the_upgrade() -> list[Posted]:
        if digests_in(group.room) and not rooms:
            rooms.append(city.api.doings.upgrades(group.room))
            for _ in range(group.last.id + 1):  # the numbers of messages begin anew
                city.api.town.post(rooms[0], city.api.town.bot, OTHER)
            await city.settled()
        return await posted()

    setattr(city.store.bulletins, "posted", after_the_upgrade)  # noqa: B010  # mypy forbids it as an assignment
    await city.ticks(DUE)

    [upgraded] = rooms
    assert sum(said(one) == OTHER for one in upgraded.messages.values()) == group.last.id + 1
    assert len(digests_in(upgraded)) == len(texts_in(upgraded)) == 1
    assert await states(city) == [SENT]


async def test_a_topic_that_is_closed_has_its_digest_in_the_chat_itself(city: City) -> None:
    topic = await city.topic()
    await weekly(city, topic)
    assert topic.topic
    topic.room.topics[topic.topic.id].closed = True

    await city.ticks(DUE)

    assert [one.thread for one in topic.messages if HEADLINE in said(one)] == [None]
    assert len(texts_in(topic.room)) == 1
    assert len([one for one in await told(city) if "Thema" in one]) == 1


async def test_a_channel_without_the_right_to_post_waits_for_it(city: City) -> None:
    room = city.api.town.channel("Bekanntmachungen", city.admin)
    channel = Chat(city, room, city.admin)
    await city.store.database.write_rows(("INSERT INTO chats (id, admitted) VALUES (:id, 1)", [{"id": room.id}]))
    await weekly(city, channel)
    room.members[city.api.town.bot.id] = Standing.MEMBER

    await city.ticks(DUE)
    without = digests_in(room)
    room.members[city.api.town.bot.id] = Standing.ADMINISTRATOR
    city.api.doings.says(room, city.admin, "Guten Tag")
    await city.settled()
    await city.ticks(DUE + timedelta(hours=3))

    assert without == []
    assert len(texts_in(room)) == 1


async def test_a_clearance_that_is_withdrawn_between_line_and_text_is_gone_from_the_text(city: City) -> None:
    group = await city.group()
    group.room.members[city.api.town.bot.id] = Standing.ADMINISTRATOR
    await cleared(city, group, 2)
    await weekly(city, group)

    async def withdrawn() -> None:
        await cleared(city, group, 0)

    meanwhile(city, withdrawn)
    await city.ticks(DUE)

    [text] = texts_in(group.room)
    assert SECRET not in text
    assert await states(city) == [SENT]


async def test_a_chat_with_clearance_sees_more(city: City) -> None:
    group = await city.group()
    await cleared(city, group, 2)
    await weekly(city, group)

    await city.ticks(DUE)

    assert SECRET in texts_in(group.room)[0]


async def cleared(city: City, chat: Chat, clearance: int) -> None:
    values = {"id": chat.room.id, "clearance": clearance}
    await city.store.database.write_rows(("UPDATE chats SET clearance = :clearance WHERE id = :id", [values]))


@pytest.mark.parametrize("refusal", [bad_request("something new"), Refusal(418, "I'm a teapot")])
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_what_telegram_will_never_take_ends_and_is_told_to_the_admin(
    city: City, method: str, refusal: Refusal
) -> None:
    group = await city.group()
    await weekly(city, group)
    city.api.trouble.refuse(refusal, chat=group.room.id, method=method)

    await city.ticks(DUE)
    await city.ticks(DUE + timedelta(minutes=1))

    assert texts_in(group.room) == []
    assert await states(city) == [("2026-11-30", "skipped", "unreachable")]
    assert len([one for one in await told(city) if str(group.room.id) in one]) == 1


async def test_one_digest_that_cannot_be_composed_keeps_no_other_waiting(city: City) -> None:
    first, second = await city.group(title="Eins"), await city.group(title="Zwei")
    broken = await weekly(city, first)
    await weekly(city, second)
    rows = [{"id": broken.id}]
    await city.store.database.write_rows(("UPDATE digests SET language = 'xx' WHERE id = :id", rows))

    await city.ticks(DUE)

    assert len(texts_in(second.room)) == 1


async def test_what_telegram_did_not_take_for_a_week_is_overtaken_by_the_next_one(city: City) -> None:
    group = await city.group()
    await weekly(city, group)
    city.api.trouble.flood(group.room.id, retry_after=3600, method="sendMessage")
    assert city.bot
    city.clock.at = DUE
    await city.bot.tick()
    while city.api.made("sendMessage")[-1].status != 429:
        await city.bot.tick()

    city.clock.at = DUE + timedelta(days=7)
    await city.bot.tick()
    await city.restarts()
    await city.ticks()

    assert digests_in(group.room) == []
    assert len(texts_in(group.room, day="07.12.2026")) == 1
    assert await states(city) == [("2026-11-30", "skipped", "missed"), ("2026-12-07", "sent", "")]


@pytest.mark.parametrize(
    "wrong",
    [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1), timedelta(days=365)],
)
async def test_a_clock_that_jumps_holds_what_comes_by_it_until_it_is_right(city: City, wrong: timedelta) -> None:
    group, town = await city.group(), [NOW]
    city.api.town.now = lambda: town[0]
    await weekly(city, group)
    await save(city, Digest(chat=group.room.id, rule=Rule(weekdays=tuple(range(7)))), next_at=DUE - timedelta(days=6))

    for step in range(5):
        town[0] = DUE + timedelta(hours=30 * step - 24)
        await city.ticks(town[0] + wrong)
    held, told_once = await states(city), [one for one in await told(city) if "Uhr" in one and "Telegram" in one]
    for days in range(2):
        town[0] = DUE + timedelta(days=days + 5)
        await city.ticks(town[0])

    assert held == []
    assert len(told_once) == 1
    assert [on for on, state, _ in await states(city) if state == "sent"] == ["2026-12-05", "2026-12-06"]


async def test_a_clock_of_nineteen_seventy_brings_nothing_and_harms_nothing(city: City) -> None:
    group, town = await city.group(), [DUE]
    city.api.town.now = lambda: town[0]
    await weekly(city, group)

    await city.ticks(datetime(1970, 1, 1, 1, tzinfo=NOW.tzinfo))
    held = digests_in(group.room)
    await city.ticks(DUE)

    assert held == []
    assert len(texts_in(group.room)) == 1


async def test_a_clock_that_is_four_minutes_off_holds_nothing(city: City) -> None:
    group, town = await city.group(), [DUE + timedelta(minutes=4)]
    city.api.town.now = lambda: town[0]
    await weekly(city, group)

    await city.ticks(DUE)

    assert len(texts_in(group.room)) == 1


async def test_the_newest_is_pinned_and_the_one_before_no_longer(city: City) -> None:
    group = await city.group()
    group.room.members[city.api.town.bot.id] = Standing.ADMINISTRATOR
    await weekly(city, group, is_pinned=True)

    await city.ticks(DUE)
    [first] = pinned(group)
    await city.ticks(DUE + timedelta(days=7))
    [second] = pinned(group)

    assert "30.11.2026" in first
    assert "07.12.2026" in second


async def test_who_may_not_pin_gets_the_digest_all_the_same(city: City) -> None:
    group = await city.group()
    await weekly(city, group, is_pinned=True)
    city.api.trouble.refuse(
        bad_request("not enough rights to manage pinned messages in the chat"), method="pinChatMessage"
    )

    await city.ticks(DUE)
    await city.ticks(DUE + timedelta(days=7))

    assert len(texts_in(group.room)) == len(texts_in(group.room, day="07.12.2026")) == 1
    assert [state for _, state, _ in await states(city)] == ["sent", "sent"]


def pinned(chat: Chat) -> list[str]:
    return [said(chat.room.messages[message]) for message in chat.room.pinned]
