"""The gate in front of everything: which updates act at all, and what they say."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, MessageEntity, Update, UsersShared
from telegram import Chat as TelegramChat
from telegram.constants import ChatType

from handlers.incoming import Act, Added, Asked, Called, Incoming, Picked, Place, SentFile, Shown, Tapped
from handlers.posting import PICKED
from registry.folding import tidy
from registry.people import PSEUDO_SENDERS, ChatKind, is_person

KINDS = {ChatType.PRIVATE: ChatKind.PRIVATE, ChatType.CHANNEL: ChatKind.CHANNEL}

_NUMBERED = re.compile(r"^\d{1,2}\.\s", re.MULTILINE)
# Telegram marks only names of plain letters as commands; people write /überfällig all the same.
_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?=\s|$)\s*(.*)", re.DOTALL)


class Refusal(StrEnum):
    """Why an update is passed over in silence."""

    NOT_A_MESSAGE = "not a message"  # edits, channel posts, reactions, inline queries, and what is yet to come
    NO_SENDER = "no sender"
    STAND_IN = "sent on behalf of a chat"
    BOT = "another bot"
    FORWARDED = "forwarded"
    VIA_BOT = "via another bot"
    OTHER_BOTS_COMMAND = "another bot's command"
    NOT_ADDRESSED = "not addressed"
    NOT_JOINED = "not joined"  # membership news other than being added
    NO_MESSAGE = "button without a message of ours"


@dataclass(frozen=True)
class Self:
    """The bot's own id and user name."""

    id: int = 0
    name: str = ""


def open_gate(update: Update, bot: Self) -> Incoming | Refusal:
    if update.message is not None:
        return _message(update.message, bot)
    if update.callback_query is not None:
        return _press(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    return Refusal.NOT_A_MESSAGE


def _message(message: Message, bot: Self) -> Incoming | Refusal:
    refusal = _doubtful_sender(message)
    if refusal or message.from_user is None:
        return refusal or Refusal.NO_SENDER
    act = _act(message, bot)
    if isinstance(act, Refusal):
        return act
    sender = message.from_user
    return Incoming(sender.id, _place(message.chat, message), act, sender.language_code, _about(message))


def _about(message: Message) -> int | None:
    """The person whose message it answers; bots and those who write on behalf of a chat are none."""
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.from_user.id == getattr(message.from_user, "id", 0):
        return None
    is_somebody = is_person(answered.from_user.id) and not answered.from_user.is_bot and answered.sender_chat is None
    return answered.from_user.id if is_somebody else None


def _doubtful_sender(message: Message) -> Refusal | None:
    sender = message.from_user
    if sender is None:
        return Refusal.NO_SENDER
    if message.sender_chat is not None or sender.id in PSEUDO_SENDERS or message.is_automatic_forward:
        return Refusal.STAND_IN
    if sender.is_bot:
        return Refusal.BOT
    if message.forward_origin is not None:
        return Refusal.FORWARDED
    if message.via_bot is not None:
        return Refusal.VIA_BOT
    return None


def _act(message: Message, bot: Self) -> Act | Refusal:
    private = message.chat.type == ChatType.PRIVATE
    replied = _replied(message, bot)
    numbered = replied is not None and _is_numbered(message.reply_to_message)
    if message.users_shared is not None:
        return _picked(message.users_shared) if private else Refusal.NOT_ADDRESSED
    if message.text is None:
        shown = Shown(_file(message))
        return shown if private and _shows_something(message) else Refusal.NOT_ADDRESSED
    text = message.text if message.text.startswith("/") else _without_mention(message.text, bot)
    addressed = private or replied is not None or _mentions(message, bot)
    command = _COMMAND.match(text)
    if command and (addressed or message.text.startswith("/")):
        return _called(command, bot, replied, numbered=numbered)
    return Asked(text, replied, numbered) if addressed else Refusal.NOT_ADDRESSED


def _picked(shared: UsersShared) -> Act | Refusal:
    """The answer to our question for a person."""
    if shared.request_id != PICKED or len(shared.users) != 1:
        return Refusal.NOT_ADDRESSED
    return Picked(shared.users[0].user_id)


def _called(command: re.Match[str], bot: Self, replied: int | None, *, numbered: bool) -> Act | Refusal:
    name, address, words = command.groups()
    if address and address.lower() != bot.name.lower():
        return Refusal.OTHER_BOTS_COMMAND
    return Called(name.lower(), _without_mention(words, bot), replied, numbered)


def _file(message: Message) -> SentFile | None:
    document = message.document
    if document is None or message.animation is not None:
        return None
    return SentFile(document.file_id, document.file_name or "", document.file_size or 0)


def _shows_something(message: Message) -> bool:
    """Whether a person sent content; service messages such as a pinned message have no attachment."""
    return message.effective_attachment is not None or message.caption is not None


def _replied(message: Message, bot: Self) -> int | None:
    """The message of ours it answers, if any; what is said in a topic formally replies to the topic's creation."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.forum_topic_created is not None:
        return None
    return replied.message_id if replied.from_user.id == bot.id else None


def _is_numbered(message: Message | None) -> bool:
    """Whether each of its items stands under a number: then that is what a number in the answer means."""
    return message is not None and bool(_NUMBERED.search(message.text or ""))


def _mentions(message: Message, bot: Self) -> bool:
    mentions = message.parse_entities([MessageEntity.MENTION]).values()
    named = any(mention.lower() == f"@{bot.name.lower()}" for mention in mentions)
    return named or any(entity.user is not None and entity.user.id == bot.id for entity in message.entities)


def _without_mention(text: str, bot: Self) -> str:
    return re.sub(rf"(?<!\w)@{re.escape(bot.name)}(?!\w)", " ", text, flags=re.IGNORECASE).strip() if bot.name else text


def _press(press: CallbackQuery) -> Incoming | Refusal:
    message = press.message
    if message is None or press.data is None:
        return Refusal.NO_MESSAGE
    if press.from_user.is_bot or press.from_user.id in PSEUDO_SENDERS:
        return Refusal.BOT
    whole = message if isinstance(message, Message) else None
    tapped = Tapped(press.data, press.id, protected=bool(whole and whole.has_protected_content))
    place = replace(_place(message.chat, whole, message.message_id), asked=_asked(whole, press.from_user.id))
    return Incoming(press.from_user.id, place, tapped, press.from_user.language_code)


def _asked(message: Message | None, person: int) -> int | None:
    """The message of theirs that the tapped one answers."""
    answered = message.reply_to_message if message else None
    is_theirs = answered is not None and answered.from_user is not None and answered.from_user.id == person
    return answered.message_id if answered is not None and is_theirs else None


def _membership(news: ChatMemberUpdated) -> Incoming | Refusal:
    gone = {ChatMember.LEFT, ChatMember.BANNED}
    if (
        news.chat.type == ChatType.PRIVATE
        or news.old_chat_member.status not in gone
        or news.new_chat_member.status in gone
    ):
        return Refusal.NOT_JOINED
    return Incoming(news.from_user.id, _place(news.chat, None), Added(), news.from_user.language_code)


def _place(chat: TelegramChat, message: Message | None, message_id: int | None = None) -> Place:
    kind = KINDS.get(ChatType(chat.type), ChatKind.GROUP)
    thread = message.message_thread_id if message and message.is_topic_message else None
    number = message.message_id if message else message_id
    # Whoever has its name reads along in a public group.
    is_public = kind is not ChatKind.PRIVATE and bool(chat.username)
    return Place(chat.id, kind, tidy(chat.title or ""), thread, number, is_public=is_public)
