"""What an answer of Telegram means for the message that was sent."""

from dataclasses import dataclass
from enum import StrEnum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.backoff import backoff
from bot.transport import Flooded, NeverSent, Unanswered
from storage.outbox import Parcel
from storage.outgoing import OutgoingKind


class Step(StrEnum):
    SENT = "sent"
    LATER = "later"  # nothing was done; again after ``seconds``
    UNCERTAIN = "uncertain"  # it may have been done; again after ``seconds``, and saying so
    CLOSED = "closed"  # nobody can be reached; everything waits ``seconds``
    ANEW = "anew"  # the message to edit is gone: send it as a new one
    UNFORMATTED = "unformatted"  # Telegram cannot read our formatting: a mistake of ours
    NO_TOPIC = "no topic"  # the topic is gone: send to the chat itself
    UNQUOTED = "unquoted"  # the quoted message is gone
    STALE = "stale"  # too late to matter
    EXPOSED = "exposed"  # not public, and everybody could read along there
    GONE = "gone"  # the chat cannot be written to any more
    MOVED = "moved"  # the chat has the new id ``chat``
    REFUSED = "refused"  # will never be taken
    LOCKED_OUT = "locked out"  # the token is not accepted any more


@dataclass(frozen=True)
class Verdict:
    step: Step
    reason: str = ""
    seconds: float = 0.0
    chat: int = 0
    message_id: int | None = None


# Parts of Telegram's descriptions (in lower case), which are the only thing that tells one 400 from another.
_BAD_REQUESTS = (
    ("message is not modified", Step.SENT),
    ("message to edit not found", Step.ANEW),
    ("message to delete not found", Step.STALE),
    ("message can't be edited", Step.ANEW),
    ("message_id_invalid", Step.ANEW),
    ("can't parse entities", Step.UNFORMATTED),
    ("message thread not found", Step.NO_TOPIC),
    ("topic_closed", Step.NO_TOPIC),
    ("topic_deleted", Step.NO_TOPIC),
    ("message to be replied not found", Step.UNQUOTED),
    ("message to reply not found", Step.UNQUOTED),
    ("query is too old", Step.STALE),
    ("query_id_invalid", Step.STALE),
    ("chat not found", Step.GONE),
    ("not enough rights", Step.GONE),
    ("have no rights", Step.GONE),
    ("chat_write_forbidden", Step.GONE),
    ("need administrator rights", Step.GONE),
    ("chat_admin_required", Step.GONE),
    ("chat_restricted", Step.GONE),
    ("chat_send_plain_forbidden", Step.GONE),
    ("message to pin not found", Step.STALE),
    ("message to unpin not found", Step.STALE),
    ("peer_id_invalid", Step.GONE),
    ("user is deactivated", Step.GONE),
)
# Each try may be one more repetition in the chat, so the pauses grow far; over some hours, then somebody has to look.
_TRIES_WITHOUT_ANSWER = 30
_LONGEST_WITHOUT_ANSWER = 600.0


def verdict(error: TelegramError, parcel: Parcel, *, postponed: int = 0) -> Verdict:
    """``postponed`` counts the tries so far that did nothing; they may go on for ever."""
    reason = str(error)
    match error:
        case ChatMigrated():
            return Verdict(Step.MOVED, reason, chat=error.new_chat_id)
        case Flooded():
            # A toast is no message to its chat: what limits it limits everything.
            step = Step.CLOSED if parcel.kind is OutgoingKind.TOAST else Step.LATER
            return Verdict(step, reason, seconds=error.seconds)
        case Forbidden():
            return Verdict(Step.GONE, reason)
        case BadRequest():
            return Verdict(_step_of(reason.lower(), parcel), reason)
        case InvalidToken() | EndPointNotFound():  # an unknown token is a path that leads nowhere
            return Verdict(Step.LOCKED_OUT, reason)
        case NeverSent():
            return Verdict(Step.CLOSED, reason, seconds=backoff(postponed))
        case Unanswered() if parcel.attempt >= _TRIES_WITHOUT_ANSWER:
            return Verdict(Step.REFUSED, reason)
        case Unanswered():
            pause = backoff(parcel.attempt, longest=_LONGEST_WITHOUT_ANSWER)
            return Verdict(Step.UNCERTAIN, reason, seconds=pause)
        case NetworkError():
            return Verdict(Step.LATER, reason, seconds=backoff(postponed))
        case _:
            return Verdict(Step.REFUSED, reason)


def _step_of(description: str, parcel: Parcel) -> Step:
    step = next((step for part, step in _BAD_REQUESTS if part in description), Step.REFUSED)
    if step is Step.ANEW and parcel.kind is OutgoingKind.ACT:  # it withdraws the message: nobody wants it back
        return Step.REFUSED if "can't be edited" in description else Step.STALE
    return step
