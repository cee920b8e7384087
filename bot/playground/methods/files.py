"""Documents: the bot sends one, and fetches the ones people sent."""

import secrets

from bot.playground.chats import Document
from bot.playground.keyboards import read_markup
from bot.playground.methods.messages import read_reply, read_thread
from bot.playground.payloads import Json, Payload
from bot.playground.refusals import bad_request
from bot.playground.texts import MAX_CAPTION, read_text
from bot.playground.town import Town

MAX_DOWNLOAD = 20 * 1024 * 1024
FILE_ID = "BQAC"


def send_document(town: Town, given: Payload) -> Json:
    room = town.find_room(given)
    document = _read_document(town, given)
    text, entities = read_text(given, "caption", limit=MAX_CAPTION)
    keyboard, thread, replied = read_markup(given), read_thread(room, given), read_reply(room, given)
    message = town.post(room, town.bot, text, entities=entities, keyboard=keyboard, reply_to=replied, thread=thread)
    message.document = document
    return message.json()


def get_file(town: Town, given: Payload) -> Json:
    document = find_document(town, given.text("file_id"))
    if document is None:
        raise bad_request("invalid file_id")
    if len(document.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": document.file_id,
        "file_unique_id": document.file_id[-16:],
        "file_size": len(document.content),
        "file_path": f"documents/{document.file_id}",
    }


def new_document(name: str, mime_type: str, content: bytes) -> Document:
    return Document(FILE_ID + secrets.token_urlsafe(24), name, mime_type, content)


def find_document(town: Town, file_id: str) -> Document | None:
    for room in town.rooms.values():
        for message in room.messages.values():
            if message.document and message.document.file_id == file_id:
                return message.document
    return None


def _read_document(town: Town, given: Payload) -> Document:
    upload = given.upload("document")
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return new_document(upload.name, upload.mime_type, upload.content)
    known = find_document(town, given.text("document"))
    if known is None:
        raise bad_request(
            "there is no document in the request"
            if not given.has("document")
            else "wrong file identifier/HTTP URL specified"
        )
    return known
