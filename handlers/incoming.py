"""What an update is about, in plain values: who did what, and where."""

from dataclasses import dataclass

from registry.people import ChatKind


@dataclass(frozen=True)
class Place:
    """The chat, the topic in it, and the message that was written or tapped; ``asked`` is the presser's own one that
    the tapped one answers."""

    chat: int
    kind: ChatKind
    title: str = ""
    thread: int | None = None
    message: int | None = None
    asked: int | None = None
    is_public: bool = False


@dataclass(frozen=True)
class Called:
    """A command: its name without slash and address, and the words after it.

    ``replied`` is the message of ours that it answers, ``numbered`` whether that one shows numbers for its items.
    """

    name: str
    words: str
    replied: int | None = None
    numbered: bool = False


@dataclass(frozen=True)
class Asked:
    """A question or a wish in one's own words."""

    words: str
    replied: int | None = None
    numbered: bool = False


@dataclass(frozen=True)
class Tapped:
    """A button; ``protected`` tells whether its message may be forwarded and saved."""

    data: str
    press: str
    protected: bool = False


@dataclass(frozen=True)
class SentFile:
    """A file in the messenger's keeping; ``size`` in bytes, as far as the messenger says."""

    id: str
    name: str
    size: int = 0


@dataclass(frozen=True)
class Picked:
    """A person picked from the messenger's own list."""

    person: int


@dataclass(frozen=True)
class Shown:
    """Something without text: a picture, a voice message, a file."""

    file: SentFile | None = None


@dataclass(frozen=True)
class Added:
    """The bot itself was added to a group or channel."""


Act = Called | Asked | Tapped | Picked | Shown | Added


@dataclass(frozen=True)
class Incoming:
    """``about`` is the person whose message it answers, if that is somebody else's."""

    person: int
    place: Place
    act: Act
    sender_language: str | None = None
    about: int | None = None
