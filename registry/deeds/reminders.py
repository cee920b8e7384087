"""What somebody who is reminded asks of coordination: more time. What is granted then is a deed of its own."""

from datetime import date
from typing import Literal

from registry.records import Record
from registry.reminders import Key, What


class AskForLonger(Record):
    """Asks for another due date. ``words`` is it as somebody says it; ``until`` is None while unsaid."""

    deed: Literal["ask_for_longer"] = "ask_for_longer"
    ref: str
    what: What
    position: int = 0
    words: str | None = None
    until: date | None = None

    @property
    def key(self) -> Key:
        return Key(self.ref, self.what, self.position)


class DecideLonger(Record):
    """Grants what was asked for in a chat (and a topic of it), or declines it. ``places`` are those that asked."""

    deed: Literal["decide_longer"] = "decide_longer"
    ref: str
    asked: AskForLonger
    chat: int
    thread: int | None = None
    places: tuple[str, ...] = ()
    grants: bool


ReminderDeed = AskForLonger | DecideLonger
