"""Conversations that are the same in both languages, in private and in a group."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from bot.playground.chats import Message, Someone
from bot.playground.payloads import Json
from registry.people import Reader, Role
from registry.visibility import Clearance
from tests.chatting import Chat, City

LANGUAGES = ("de", "en")
IN_BOTH_LANGUAGES = pytest.mark.parametrize("language", LANGUAGES)
EVERYWHERE = pytest.mark.parametrize(
    ("language", "place"), [(language, place) for language in LANGUAGES for place in ("private", "group")]
)
EVERYTHING = Reader(person=0, chat=0, role=Role.ADMIN, clearance=Clearance.CONTENT)


@dataclass
class Member:
    """A person in one place, who answers what they are asked and taps below what the bot said last.

    What they say, tap and read is given in German and in English.
    """

    chat: Chat
    person: Someone
    language: str

    def reads(self, german: str, english: str) -> str:
        return german if self.language == "de" else english

    async def says(self, german: str, english: str | None = None) -> str:
        """The bot's answer. In a group the messenger has opened a reply to what asks for words."""
        text = german if english is None else self.reads(german, english)
        asked = self.chat.messages and self.person.id in self.chat.last.asked
        replies = await self.chat.says(text, as_=self.person, reply_to=self.chat.last if asked else None)
        assert replies, f"no answer to {text!r}"
        return plain(replies[-1])

    async def taps(self, german: str, english: str | None = None, *, on: Message | None = None) -> str:
        """What the tapped message then says, or the one that came below it."""
        last = self.chat.last
        label = german if english is None else self.reads(german, english)
        changed = await self.chat.taps(label, as_=self.person, on=on)
        return plain(changed) if self.chat.last is last else told(self.chat.last)

    def presses(self, german: str, english: str, *, on: Message | None = None) -> None:
        """Taps without waiting for what comes of it."""
        message = on or self.chat.last
        self.chat.city.api.doings.presses(message, self.person, data(message, self.reads(german, english)))


WAITS = {
    "private": (
        "Ich warte 15 Minuten darauf. /abbrechen beendet die Eingabe.",
        "I wait for it for 15 minutes. /cancel gives it up.",
    ),
    "group": (
        "Bitte schreiben Sie es als Antwort auf diese Nachricht. "
        "Ich warte 15 Minuten darauf; /abbrechen beendet die Eingabe.",
        "Please write it as a reply to this message. I wait for 15 minutes; /cancel gives it up.",
    ),
}


async def members(city: City, place: str, *people: Someone) -> tuple[Member, ...]:
    """Each in their own chat with the bot, or all in one group."""
    if place == "private":
        return tuple(Member(city.chat(one), one, one.language) for one in people)
    group = await city.group(*people)
    return tuple(Member(group, one, one.language) for one in people)


def plain(text: str) -> str:
    """A text whose lines may break wherever there is a space."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def told(message: Message) -> str:
    return plain(message.text)


def data(message: Message, label: str) -> str:
    return next(button.data for row in message.keyboard for button in row if button.text == label)


def toasts(city: City) -> list[str]:
    """All that pressers were told, in whichever chat."""
    return [plain(event.text) for event in city.api.town.events if event.kind == "answered" and event.text]


SHAPES: Mapping[str, dict[str, Json]] = {
    "forwarded": {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Robin"}},
    "via a bot": {"via_bot": {"id": 4343, "is_bot": True, "first_name": "Other", "username": "other_bot"}},
    "by an anonymous administrator": {
        "from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    },
    "in the name of a channel": {
        "from": {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
        "sender_chat": {"id": -100_777, "type": "channel", "title": "Neues"},
    },
}


async def says_in_shape(one: Member, text: str, shape: str) -> list[str]:
    """What the bot answers to a command in a shape that nobody answers for."""
    room, town = one.chat.room, one.chat.city.api.town
    before = len(one.chat.messages)
    message = town.post(room, one.person, text)
    length = len(text.split()[0])
    content = message.json() | {"entities": [{"type": "bot_command", "offset": 0, "length": length}]} | SHAPES[shape]
    town.updates.push("message", content)
    await one.chat.city.settled()
    return [message.text for message in one.chat.messages[before:]]


async def rewrites(one: Member, text: str) -> list[str]:
    """Edits the person's own last message; what the bot says to that."""
    before = len(one.chat.messages)
    own = next(message for message in reversed(one.chat.room.messages.values()) if message.sender == one.person)
    one.chat.city.api.doings.rewrites(own, text)
    await one.chat.city.settled()
    return [message.text for message in one.chat.messages[before:]]
