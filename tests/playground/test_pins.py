"""Pinning, as Telegram allows it: with the right to, and only what is there."""

from bot.playground.chats import Standing
from tests.playground.towns import Setting


async def test_a_bot_pins_and_unpins_in_private_and_the_newest_where_none_is_named(setting: Setting) -> None:
    first, second = await setting.sent("one"), await setting.sent("two")
    pin = {"chat_id": setting.chat.id, "disable_notification": True}

    for message in (first, second):
        assert (await setting.api.call("pinChatMessage", **pin, message_id=message.id)).ok
    pinned = [*setting.chat.pinned]
    unpinned = [await setting.api.call("unpinChatMessage", chat_id=setting.chat.id) for _ in range(3)]

    assert pinned == [first.id, second.id]
    assert setting.chat.pinned == []
    assert [call.description for call in unpinned] == ["", "", "Bad Request: message to unpin not found"]


async def test_in_a_group_it_takes_an_administrator_and_a_message_that_is_there(setting: Setting) -> None:
    town = setting.api.town
    group = town.group("Team", setting.kim)
    message = town.post(group, town.bot, "digest")

    without = await setting.api.call("pinChatMessage", chat_id=group.id, message_id=message.id)
    group.members[town.bot.id] = Standing.ADMINISTRATOR
    missing = await setting.api.call("pinChatMessage", chat_id=group.id, message_id=999)
    done = await setting.api.call("pinChatMessage", chat_id=group.id, message_id=message.id)

    assert without.description == "Bad Request: not enough rights to manage pinned messages in the chat"
    assert missing.description == "Bad Request: message to pin not found"
    assert (done.ok, group.pinned) == (True, [message.id])
