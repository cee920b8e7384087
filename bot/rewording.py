"""A stored payload, changed so that Telegram takes it after all, or so that it says it may be a repetition."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace

from bot.verdicts import Step
from locales.translations import Language
from registry.visibility import Visibility
from storage.outbox import Parcel
from views.message import MAX_CHARACTERS

_TAG = re.compile(r"</?[a-z][^<>]*>")

Fields = dict[str, object]


def edited_message(parcel: Parcel) -> int:
    return _number(parcel, "message_id")


def topic_of(parcel: Parcel) -> int:
    return _number(parcel, "message_thread_id")


def anew(parcel: Parcel, thread: int | None) -> Parcel:
    """The edit as a message of its own: where the edited one was, as protected as it was, and without a sound."""
    manners: Fields = {"disable_notification": True}
    if parcel.label is Visibility.NONPUBLIC:
        manners["protect_content"] = True
    if thread is not None:
        manners["message_thread_id"] = thread
    return replace(_changed(parcel, lambda fields: {**_without(fields, "message_id"), **manners}), method="sendMessage")


def unformatted(parcel: Parcel) -> Parcel:
    return _changed(parcel, _as_plain)


def outside_topic(parcel: Parcel) -> Parcel:
    return _changed(parcel, lambda fields: _without(fields, "message_thread_id", "reply_parameters"))


def unquoted(parcel: Parcel) -> Parcel:
    return _changed(parcel, lambda fields: _without(fields, "reply_parameters"))


def repeated(parcel: Parcel, say: Language) -> Parcel:
    """The message with a line that says it may have come before, as long as there is room for one."""
    line = say("This may be a repetition: the connection broke while the message was being sent.")

    def add_line(fields: Fields) -> Fields:
        text = str(fields.get("text", ""))
        if not text or len(_plain(text)) + len(line) + 2 > MAX_CHARACTERS:
            return fields
        shown = f"<i>{html.escape(line)}</i>" if fields.get("parse_mode") == "HTML" else line
        return {**fields, "text": f"{text}\n\n{shown}"}

    return _changed(parcel, add_line)


REWORDINGS: dict[Step, Callable[[Parcel], Parcel]] = {
    Step.UNFORMATTED: unformatted,
    Step.NO_TOPIC: outside_topic,
    Step.UNQUOTED: unquoted,
}


def _number(parcel: Parcel, field: str) -> int:
    number = json.loads(parcel.payload).get(field)
    return number if isinstance(number, int) else 0


def _changed(parcel: Parcel, change: Callable[[Fields], Fields]) -> Parcel:
    return replace(parcel, payload=json.dumps(change(json.loads(parcel.payload))))


def _without(fields: Fields, *names: str) -> Fields:
    return {name: value for name, value in fields.items() if name not in names}


def _as_plain(fields: Fields) -> Fields:
    return {**_without(fields, "parse_mode"), "text": _plain(str(fields.get("text", "")))[:MAX_CHARACTERS]}


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text))
