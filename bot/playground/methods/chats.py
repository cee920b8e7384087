"""What the bot may learn about a chat and its members, and leaving it."""

from bot.playground.chats import Room, RoomKind, Someone, Standing
from bot.playground.doings import member_json
from bot.playground.payloads import Json, Payload, compact
from bot.playground.refusals import bad_request
from bot.playground.town import Event, Town

ADMINISTRATORS = frozenset({Standing.CREATOR, Standing.ADMINISTRATOR})


def get_chat(town: Town, given: Payload) -> Json:
    room = town.find_room(given)
    return room.json() | compact({"accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": GIFTS})


def get_chat_member(town: Town, given: Payload) -> Json:
    room = town.find_room(given)
    someone = _someone(town, given.number("user_id"))
    return member_json(someone, room.members.get(someone.id, Standing.LEFT))


def get_chat_member_count(town: Town, given: Payload) -> Json:
    room = town.find_room(given)
    return sum(1 for member in room.members if room.has(member))


def get_chat_administrators(town: Town, given: Payload) -> Json:
    room = town.find_room(given)
    if room.kind is RoomKind.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    return [
        member_json(_someone(town, member), standing)
        for member, standing in room.members.items()
        if standing in ADMINISTRATORS
    ]


def leave_chat(town: Town, given: Payload) -> Json:
    room = town.find_room(given)
    if room.kind is RoomKind.PRIVATE:
        raise bad_request("chat can't be left")
    room.members[town.bot.id] = Standing.LEFT
    _bot_left(town, room)
    return True


def _bot_left(town: Town, room: Room) -> None:
    town.post(room, town.bot, service={"left_chat_member": town.bot.json()})
    town.tell(Event("room", room.id))


def _someone(town: Town, number: int) -> Someone:
    if number == town.bot.id:
        return town.bot
    someone = town.people.get(number)
    if someone is None:
        raise bad_request("invalid user_id specified" if number <= 0 else "member not found")
    return someone


GIFTS: Json = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}
