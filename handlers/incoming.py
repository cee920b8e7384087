"""What an update is about, in plain values: who did what, and where."""

from dataclasses import dataclass

from registry.people import ChatKind


@dataclass(frozen=True)
class Place:
    """The chat, the topic in it, and the message that was written or tapped."""

    chat: int
    kind: ChatKind
    title: str = ""
    thread: int | None = None
    message: int | None = None


@dataclass(frozen=True)
class Called:
    """A command: its name without slash and address, and the words after it."""

    name: str
    words: str


@dataclass(frozen=True)
class Asked:
    """A question in one's own words."""

    words: str


@dataclass(frozen=True)
class Tapped:
    """A button; ``protected`` tells whether its message may be forwarded and saved."""

    data: str
    press: str
    protected: bool = False


@dataclass(frozen=True)
class Shown:
    """Something without text: a picture, a voice message, a file."""

    is_file: bool = False


@dataclass(frozen=True)
class Added:
    """The bot itself was added to a group or channel."""


Act = Called | Asked | Tapped | Shown | Added


@dataclass(frozen=True)
class Incoming:
    person: int
    place: Place
    act: Act
    sender_language: str | None = None
