"""What the post room itself has to say: to the sender of what went wrong, and once to every admin."""

from collections.abc import Iterable
from datetime import datetime

from telegram import Update
from telegram.constants import ChatType

from locales.translations import Language
from storage.outgoing import Outgoing, OutgoingKind
from views import html
from views.served_chats import told_moved, told_suspended


def apology(update: Update, reference: int, say: Language) -> tuple[Outgoing, ...]:
    """To the one who wrote or pressed; in groups nothing, because they may not be served at all."""
    text = say(
        "That did not work. If it happens again, please report it with the number {reference}.", reference=reference
    )
    chat, press = update.effective_chat, update.callback_query
    if chat is None:
        return ()
    if press is not None:
        answer = {"callback_query_id": press.id, "text": text, "show_alert": True}
        return (Outgoing(chat.id, "answerCallbackQuery", answer, kind=OutgoingKind.TOAST),)
    if update.message is None or chat.type != ChatType.PRIVATE:
        return ()
    return (Outgoing(chat.id, "sendMessage", {"chat_id": chat.id, "text": text}),)


def put_aside(reference: int, reason: str, say: Language) -> str:
    return say(
        "Message no. {reference} could not be handled and was put aside ({reason}).", reference=reference, reason=reason
    )


def no_more_put_aside(say: Language) -> str:
    return say("There are many of these at the moment: for an hour, further ones are found in the log only.")


def topic_gone(chat: int, say: Language) -> str:
    return say(
        "A topic in chat {chat} is closed or deleted. What belongs there now goes to the chat itself.", chat=chat
    )


def unreachable(chat: int, reason: str, say: Language) -> str:
    return say(
        "Chat {chat} cannot be reached any more ({reason}). What was waiting for it was cancelled.",
        chat=chat,
        reason=reason,
    )


def clock_is_wrong(shown: datetime, right: datetime, say: Language) -> str:
    return say(
        "The clock of the computer I run on is wrong: it shows {shown}, Telegram’s shows {right}. Digests and "
        "reminders wait until it is right again.",
        shown=f"{say.date(shown.date())}, {say.time(shown)}",
        right=f"{say.date(right.date())}, {say.time(right)}",
    )


def became_public(chat: str, say: Language) -> str:
    return html.plain(told_suspended(chat, say).html)


def moved(chat: str, say: Language) -> str:
    return html.plain(told_moved(chat, say).html)


def given_up(reference: int, chat: int, reason: str, say: Language) -> str:
    return say(
        "Answer no. {reference} to chat {chat} could not be sent ({reason}).",
        reference=reference,
        chat=chat,
        reason=reason,
    )


def to_admins(admins: Iterable[int], text: str) -> tuple[Outgoing, ...]:
    return tuple(
        Outgoing(admin, "sendMessage", {"chat_id": admin, "text": text}, kind=OutgoingKind.POST)
        for admin in sorted(admins)
    )
