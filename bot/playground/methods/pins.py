"""Pinning messages, and taking the pin away."""

from bot.playground.chats import Room, RoomKind, Standing
from bot.playground.payloads import Json, Payload
from bot.playground.refusals import bad_request
from bot.playground.town import Town

_MAY_PIN = frozenset({Standing.CREATOR, Standing.ADMINISTRATOR})


def pin_chat_message(town: Town, given: Payload) -> Json:
    room = town.find_room(given)
    number = given.number("message_id")
    if number not in room.messages:
        raise bad_request("message to pin not found")
    _may_pin(town, room)
    room.pinned = [*(one for one in room.pinned if one != number), number]
    town.post(room, town.bot, service={"pinned_message": room.messages[number].json(with_reply=False)})
    return True


def unpin_chat_message(town: Town, given: Payload) -> Json:
    """The message named, or else the newest one."""
    room = town.find_room(given)
    _may_pin(town, room)
    number = given.number("message_id") or (room.pinned[-1] if room.pinned else 0)
    if number not in room.pinned:
        raise bad_request("message to unpin not found")
    room.pinned.remove(number)
    return True


def _may_pin(town: Town, room: Room) -> None:
    if room.kind is not RoomKind.PRIVATE and room.members[town.bot.id] not in _MAY_PIN:
        raise bad_request("not enough rights to manage pinned messages in the chat")
