"""What the page is told: people, chats and messages as plain values."""

from bot.playground.calls import Call
from bot.playground.chats import Message, Room, RoomKind, Someone, Standing
from bot.playground.entities import part
from bot.playground.payloads import Json, loads
from bot.playground.town import Town

QUOTED = 120  # characters of a message shown above a reply to it
LONG = 2_000  # characters of a value shown in the list of calls


def person_json(person: Someone, role: str) -> Json:
    return {"id": person.id, "name": person.first_name, "language": person.language, "role": role}


def room_json(room: Room, town: Town) -> Json:
    posting = {Standing.CREATOR, Standing.ADMINISTRATOR}
    writers = [m for m, standing in room.members.items() if room.kind is not RoomKind.CHANNEL or standing in posting]
    return {
        "id": room.id,
        "kind": room.kind.value,
        "title": town.bot.first_name if room.kind is RoomKind.PRIVATE else room.title,
        "members": [member for member in room.members if room.has(member)],
        "writers": [*writers],
        "topics": [{"id": topic.id, "name": topic.name} for topic in room.topics.values()],
        "forum": room.is_forum,
    }


def message_json(message: Message, town: Town) -> Json:
    replied = message.reply_to
    return {
        "room": message.room.id,
        "id": message.id,
        "thread": message.thread,
        "sender": _sender(message, town),
        "at": message.sent_at.isoformat(),
        "text": message.text,
        "entities": [{**entity.json(), "text": part(message.text, entity)} for entity in message.entities],
        "keyboard": [[button.json() for button in row] for row in message.keyboard],
        "reply": {"id": replied.id, "sender": _sender(replied, town), "text": replied.text[:QUOTED]}
        if replied
        else None,
        "document": {"name": message.document.name, "size": len(message.document.content)}
        if message.document
        else None,
        "service": _service(message, town),
        "edited": message.edited_at is not None,
        "silent": message.silent,
        "asks": {"people": [*message.asked], "placeholder": message.prompt.placeholder} if message.prompt else None,
        "keys": [[{"text": key.text, "request": key.request} for key in row] for row in message.keys],
        "reactions": [*message.reactions.values()],
    }


def call_json(number: int, call: Call) -> Json:
    return {
        "number": number,
        "at": call.at.isoformat(),
        "method": call.name,
        "status": call.status,
        "payload": {name: _shortened(_unpacked(value)) for name, value in call.payload.items()},
        "answer": {name: _shortened(value) for name, value in call.answer.items()},
    }


def _sender(message: Message, town: Town) -> Json:
    if message.room.kind is RoomKind.CHANNEL or message.sender is None:
        return {"id": message.room.id, "name": message.room.title, "bot": message.sender == town.bot}
    return {"id": message.sender.id, "name": message.sender.first_name, "bot": message.sender.is_bot}


def _service(message: Message, town: Town) -> Json:
    """The kind of a service message and the name it speaks of."""
    if message.picked:
        return {"kind": "users_shared", "name": town.people[message.picked].first_name}
    for kind, about in message.service.items():
        someone = about[0] if isinstance(about, list) else about
        named = someone if isinstance(someone, dict) else {}
        return {"kind": kind, "name": named.get("first_name") or named.get("name") or ""}
    return None


def _unpacked(value: Json) -> Json:
    """Form values that are JSON are easier to read unpacked."""
    if isinstance(value, str) and value[:1] in {"{", "["}:
        try:
            return loads(value)
        except ValueError:
            return value
    return value


def _shortened(value: Json) -> Json:
    return value[:LONG] + " …" if isinstance(value, str) and len(value) > LONG else value
