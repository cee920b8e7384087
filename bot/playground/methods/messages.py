"""Sending, editing and deleting messages, answering presses."""

from datetime import timedelta

from bot.playground.chats import Message, Room, RoomKind, Standing
from bot.playground.keyboards import Keyboard, keyboard_json, read_keys, read_markup, read_prompt
from bot.playground.payloads import Json, Payload
from bot.playground.refusals import bad_request, forbidden
from bot.playground.texts import read_text
from bot.playground.town import Event, Town

DELETABLE_FOR = timedelta(hours=48)
MAX_TOAST = 200
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def send_message(town: Town, given: Payload) -> Json:
    room = town.find_room(given)
    text, entities = read_text(given)
    keyboard, prompt, keys = read_markup(given), read_prompt(given), read_keys(given)
    thread = read_thread(room, given)
    _may_post(town, room)
    if room.kind is not RoomKind.PRIVATE and any(key.request is not None for row in keys for key in row):
        raise bad_request("BUTTON_TYPE_INVALID")  # persons are picked in private chats alone
    replied = read_reply(room, given)
    message = town.post(room, town.bot, text, entities=entities, keyboard=keyboard, reply_to=replied, thread=thread)
    message.silent = given.flag("disable_notification")
    message.prompt, message.keys = prompt, keys
    return message.json()


def edit_message_text(town: Town, given: Payload) -> Json:
    message = _own(town, given)
    text, entities = read_text(given)
    keyboard = _read_edited(given)
    if (text, entities, keyboard) == (message.text, message.entities, message.keyboard):
        raise bad_request(SAME)
    message.text, message.entities = text, entities
    return _edited(town, message, given)


def edit_message_reply_markup(town: Town, given: Payload) -> Json:
    message = _own(town, given)
    if _read_edited(given) == message.keyboard:
        raise bad_request(SAME)
    return _edited(town, message, given)


def delete_message(town: Town, given: Payload) -> Json:
    room = town.find_room(given)
    message = room.messages.get(given.number("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(town, message):
        raise bad_request("message can't be deleted")
    del room.messages[message.id]
    town.tell(Event("deleted", room.id, message.id))
    return True


def answer_callback_query(town: Town, given: Payload) -> Json:
    if len(given.text("text")) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    press = town.presses.pop(given.text("callback_query_id"), None)
    if press is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    town.tell(
        Event(
            "answered",
            press.message.room.id,
            press.message.id,
            press.person.id,
            given.text("text"),
            given.flag("show_alert"),
        )
    )
    return True


def set_message_reaction(town: Town, given: Payload) -> Json:
    room = town.find_room(given)
    message = room.messages.get(given.number("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    emoji = [str(item["emoji"]) for item in given.items("reaction") if isinstance(item, dict) and "emoji" in item]
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions = {town.bot.id: emoji[0]} if emoji else {}
    town.tell(Event("edited", room.id, message.id))
    return True


def send_chat_action(town: Town, given: Payload) -> Json:
    room = town.find_room(given)
    if not given.has("action"):
        raise bad_request("wrong parameter action in request")
    town.tell(Event("typing", room.id))
    return True


def read_thread(room: Room, given: Payload) -> int | None:
    if not given.has("message_thread_id"):
        return None
    thread = given.number("message_thread_id")
    if room.is_forum and thread in room.topics:
        if room.topics[thread].closed:
            raise bad_request("TOPIC_CLOSED")
        return thread
    raise bad_request("message thread not found")


def read_reply(room: Room, given: Payload) -> Message | None:
    reply = given.nested("reply_parameters")
    if reply is None and not given.has("reply_to_message_id"):
        return None
    wanted = reply or Payload({"message_id": given.number("reply_to_message_id")} | given.values)
    message = room.messages.get(wanted.number("message_id"))
    if message is None and not wanted.flag("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message


def _may_post(town: Town, room: Room) -> None:
    if room.kind is RoomKind.CHANNEL and room.members[town.bot.id] is not Standing.ADMINISTRATOR:
        raise forbidden("need administrator rights in the channel chat")


def _own(town: Town, given: Payload) -> Message:
    room = town.find_room(given)
    message = room.messages.get(given.number("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != town.bot:
        raise bad_request("message can't be edited")
    return message


def _read_edited(given: Payload) -> Keyboard:
    """An edit may bring an inline keyboard and nothing else."""
    if read_prompt(given) is not None or read_keys(given):
        raise bad_request("inline keyboard expected")
    return read_markup(given)


def _edited(town: Town, message: Message, given: Payload) -> Json:
    """An edit without a keyboard removes it."""
    message.keyboard = read_markup(given)
    message.edited_at = town.now()
    town.tell(Event("edited", message.room.id, message.id))
    return message.json() | ({"reply_markup": keyboard_json(message.keyboard)} if message.keyboard else {})


def _deletable(town: Town, message: Message) -> bool:
    fresh = town.now() - message.sent_at < DELETABLE_FOR
    own = message.sender == town.bot
    standing = message.room.members.get(town.bot.id)
    in_private = message.room.kind is RoomKind.PRIVATE
    return (fresh and (own or in_private)) or (standing is Standing.ADMINISTRATOR and not in_private)
