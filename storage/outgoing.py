"""What the bot wants to send, before it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from registry.visibility import Visibility


class OutgoingKind(StrEnum):
    REPLY = "reply"  # a new message; repeated at most once per crash, and then says so
    EDIT = "edit"  # changes a message of ours; repeating it is harmless
    TOAST = "toast"  # answers a button press; may be dropped when late
    ACT = "act"  # changes a chat or a menu, for example leaving; repeating it is harmless
    POST = "post"  # a new message nobody waits for, such as a digest or a notice; answers go first
    BODY = "body"  # written into a post that has arrived; nobody waits for it, and repeating it is harmless


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call to the messenger: its method name and payload (plain JSON values), and where it goes.

    ``label`` is the strictest label of the records it speaks of; ``refs`` are their references.
    """

    chat: int
    method: str
    payload: Mapping[str, object]
    kind: OutgoingKind = OutgoingKind.REPLY
    label: Visibility = Visibility.PUBLIC
    refs: tuple[str, ...] = field(default=())
