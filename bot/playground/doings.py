"""What people do in the playground's chats, and which updates the bot gets to see of it."""

import secrets
from dataclasses import dataclass
from functools import partial

from bot.playground.chats import Document, Message, Room, RoomKind, Someone, Standing
from bot.playground.entities import Entity, found_in, part
from bot.playground.keyboards import InlineButton
from bot.playground.payloads import Json, compact
from bot.playground.town import Event, Press, Town

_RIGHTS: dict[str, Json] = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
}


@dataclass(frozen=True)
class Doings:
    town: Town

    def says(
        self, room: Room, person: Someone, text: str, *, reply_to: Message | None = None, thread: int | None = None
    ) -> Message:
        message = self.town.post(
            room, person, text, entities=found_in(text), reply_to=reply_to, thread=_thread(thread, reply_to)
        )
        self._show(message)
        return message

    def drops(self, room: Room, person: Someone, document: Document, *, thread: int | None = None) -> Message:
        message = self.town.post(room, person, thread=thread)
        message.document = document
        self._show(message)
        return message

    def picks(self, room: Room, person: Someone, picked: Someone, *, request: int) -> Message:
        """A person picks another for the bot, which learns the number alone."""
        service: dict[str, Json] = {"users_shared": {"request_id": request, "users": [{"user_id": picked.id}]}}
        message = self.town.post(room, person, service=service)
        message.picked = picked.id
        self._show(message)
        return message

    def rewrites(self, message: Message, text: str) -> None:
        """A person edits their own message."""
        message.text, message.entities, message.edited_at = text, found_in(text), self.town.now()
        self.town.tell(Event("edited", message.room.id, message.id))
        self._show(message, edited=True)

    def taps(self, message: Message, person: Someone, button: InlineButton) -> Press:
        return self.presses(message, person, button.data)

    def presses(self, message: Message, person: Someone, data: str) -> Press:
        """A press with any data: clients may send what no button carries."""
        press = Press(secrets.token_hex(8), person, message, data)
        self.town.presses[press.id] = press
        content: dict[str, Json] = {
            "id": press.id,
            "from": person.json(),
            "message": message.json(),
            "chat_instance": str(message.room.id),
            "data": data,
        }
        self.town.updates.push("callback_query", content)
        return press

    def lets_bot_in(self, room: Room, by: Someone) -> None:
        if room.kind is RoomKind.CHANNEL:
            self._bot_becomes(room, by, Standing.ADMINISTRATOR, Standing.LEFT)
            return
        self._bot_becomes(room, by, Standing.MEMBER)
        service: dict[str, Json] = {"new_chat_members": [self.town.bot.json()]}
        self._show(self.town.post(room, by, service=service))

    def throws_bot_out(self, room: Room, by: Someone) -> None:
        self._bot_becomes(room, by, Standing.KICKED)

    def blocks(self, person: Someone) -> None:
        room = self.town.private(person)
        room.blocked = True
        self._bot_becomes(room, person, Standing.KICKED)

    def unblocks(self, person: Someone) -> None:
        room = self.town.private(person)
        room.blocked = False
        self._bot_becomes(room, person, Standing.MEMBER)

    def upgrades(
        self, room: Room, *, by: Someone | None = None, announced: bool = True, joins_first: bool = False
    ) -> Room:
        """A basic group becomes a supergroup: a new id, told by service messages or only by the next call's refusal.

        The bot is let into the supergroup by whoever made it one, which it may learn before the rest.
        """
        upgraded = self.town.group(room.title)
        upgraded.members = dict(room.members)
        room.migrated_to = upgraded.id
        if announced:
            joins = partial(self._bot_becomes, upgraded, by or self._owner(room), Standing.MEMBER, Standing.LEFT)
            service = partial(self._tell_of_upgrade, room, upgraded)
            for tell in (joins, service) if joins_first else (service, joins):
                tell()
        return upgraded

    def _tell_of_upgrade(self, room: Room, upgraded: Room) -> None:
        self._show(self.town.post(room, None, service={"migrate_to_chat_id": upgraded.id}))
        self._show(self.town.post(upgraded, None, service={"migrate_from_chat_id": room.id}))

    def _owner(self, room: Room) -> Someone:
        return next(self.town.people[member] for member, how in room.members.items() if how is Standing.CREATOR)

    def _bot_becomes(self, room: Room, by: Someone, standing: Standing, before: Standing | None = None) -> None:
        before = before or room.members.get(self.town.bot.id, Standing.LEFT)
        room.members[self.town.bot.id] = standing
        content: dict[str, Json] = {
            "chat": room.json(),
            "from": by.json(),
            "date": int(self.town.now().timestamp()),
            "old_chat_member": member_json(self.town.bot, before),
            "new_chat_member": member_json(self.town.bot, standing),
        }
        self.town.updates.push("my_chat_member", content)
        self.town.tell(Event("room", room.id))

    def _show(self, message: Message, *, edited: bool = False) -> None:
        if not reaches_bot(message, self.town.bot, reads_all=self.town.reads_all_groups):
            return
        kind = "channel_post" if message.room.kind is RoomKind.CHANNEL else "message"
        self.town.updates.push(f"edited_{kind}" if edited else kind, message.json())


def member_json(someone: Someone, standing: Standing) -> dict[str, Json]:
    rights = _RIGHTS if standing is Standing.ADMINISTRATOR else {}
    return (
        {"user": someone.json(), "status": standing.value}
        | rights
        | compact({"until_date": 0 if standing is Standing.KICKED else None})
    )


def reaches_bot(message: Message, bot: Someone, *, reads_all: bool = False) -> bool:
    """Privacy mode: in groups the bot sees commands, mentions, replies to it and service messages only."""
    room = message.room
    standing = room.members.get(bot.id, Standing.LEFT)
    if not room.has(bot.id):
        return False
    if room.kind in {RoomKind.PRIVATE, RoomKind.CHANNEL} or reads_all or standing is Standing.ADMINISTRATOR:
        return True
    answers_bot = message.reply_to is not None and message.reply_to.sender == bot
    return bool(message.service) or answers_bot or any(_calls(message.text, e, bot) for e in message.entities)


def _calls(text: str, entity: Entity, bot: Someone) -> bool:
    said = part(text, entity)
    if entity.type == "mention":
        return said.lower() == f"@{bot.username}".lower()
    _, at, addressed = said.partition("@")
    return entity.type == "bot_command" and (not at or addressed.lower() == bot.username.lower())


def _thread(thread: int | None, reply_to: Message | None) -> int | None:
    return thread if thread is not None else (reply_to.thread if reply_to else None)
