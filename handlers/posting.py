"""The way out: an answer becomes calls to the messenger, as each place demands."""

from collections.abc import Iterator

from handlers.context import Answer, Told
from handlers.incoming import Incoming, Place, Tapped
from registry.changes import Change, KeepData
from registry.people import ChatKind
from registry.visibility import Visibility
from storage.outgoing import Outgoing, OutgoingKind
from views.message import Message
from views.payloads import Payload, body, kept

PICKED = 1  # tells our question for a person from anybody else's
_TOAST_LENGTH = 200  # Telegram's limit for the text of a callback answer


def post(answer: Answer, incoming: Incoming) -> tuple[tuple[Outgoing, ...], tuple[Change, ...]]:
    """The calls that carry the answer, and what has to be kept for its buttons to work."""
    shown = (answer.ahead, answer.message, *(told.message for told in answer.told))
    messages = [message for message in shown if message]
    keeping = (change for message in messages for change in _kept(message))
    return tuple(_calls(answer, incoming)), (*answer.changes, *keeping)


def _calls(answer: Answer, incoming: Incoming) -> Iterator[Outgoing]:
    act, place = incoming.act, incoming.place
    if isinstance(act, Tapped):
        yield _toast(answer, act, place)
    if answer.ahead is not None:
        yield _edit(answer.ahead, place) if isinstance(act, Tapped) else _reply(answer.ahead, place)
    if answer.message is not None:
        edits = isinstance(act, Tapped) and (act.protected or answer.message.label is Visibility.PUBLIC)
        edits = edits and not answer.below and not _asks_here(answer.message, place) and not answer.message.picks
        yield _edit(answer.message, place) if edits else _reply(answer.message, place, tapped=isinstance(act, Tapped))
    for told in answer.told:
        yield _post(told)
    if answer.leave:
        yield Outgoing(place.chat, "leaveChat", {"chat_id": place.chat}, kind=OutgoingKind.ACT)


def _toast(answer: Answer, act: Tapped, place: Place) -> Outgoing:
    payload: Payload = {"callback_query_id": act.press}
    if answer.toast:
        payload |= {"text": answer.toast[:_TOAST_LENGTH], "show_alert": answer.alert}
    return Outgoing(place.chat, "answerCallbackQuery", payload, kind=OutgoingKind.TOAST)


def _post(told: Told) -> Outgoing:
    """A message to somebody else, which nobody waits for."""
    payload: Payload = {"chat_id": told.chat, **body(told.message)}
    if told.thread is not None:
        payload["message_thread_id"] = told.thread
    if told.message.silent:
        payload["disable_notification"] = True
    if told.message.label is Visibility.NONPUBLIC:
        payload["protect_content"] = True
    return Outgoing(told.chat, "sendMessage", payload, OutgoingKind.POST, told.message.label, told.message.refs)


def _edit(message: Message, place: Place) -> Outgoing:
    payload = {"chat_id": place.chat, "message_id": place.message, **body(message)}
    return Outgoing(place.chat, "editMessageText", payload, OutgoingKind.EDIT, message.label, message.refs)


def _reply(message: Message, place: Place, *, tapped: bool = False) -> Outgoing:
    """In groups an answer stays in its topic, quotes the question and makes no sound."""
    quoted = (place.asked or place.message) if _asks_here(message, place) else place.message
    payload: Payload = {"chat_id": place.chat, **body(message)}
    if place.kind is not ChatKind.PRIVATE:
        payload["disable_notification"] = True
        if quoted is not None:
            payload["reply_parameters"] = {"message_id": quoted, "allow_sending_without_reply": True}
    if place.thread is not None:
        payload["message_thread_id"] = place.thread
    if message.silent:
        payload["disable_notification"] = True
    if _asks_here(message, place):
        # Selective means the writer of the quoted message; where that is the bot itself, it would mean nobody.
        is_theirs = place.asked is not None or not tapped
        payload["reply_markup"] = {"force_reply": True} | ({"selective": True} if is_theirs else {})
    if message.picks and place.kind is ChatKind.PRIVATE:
        payload["reply_markup"] = _picking(message.picks)
    if message.label is Visibility.NONPUBLIC:
        payload["protect_content"] = True
    return Outgoing(place.chat, "sendMessage", payload, OutgoingKind.REPLY, message.label, message.refs)


def _picking(label: str) -> Payload:
    """Telegram's own list to pick a person from; which one it was arrives as a message."""
    button: Payload = {"text": label, "request_users": {"request_id": PICKED, "user_is_bot": False, "max_quantity": 1}}
    return {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}


def _asks_here(message: Message, place: Place) -> bool:
    """In groups the bot hears only what replies to it, so the person's client is asked to open a reply."""
    return message.asks and place.kind is not ChatKind.PRIVATE


def _kept(message: Message) -> Iterator[KeepData]:
    return (KeepData(token=token, data=data) for token, data in kept(message))
