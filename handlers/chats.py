"""Which chats the bot serves, and how it comes into one."""

import re
from dataclasses import replace

from handlers import administering, people
from handlers.context import Answer, Request, Told
from handlers.incoming import Act, Added, Called, Tapped
from handlers.seconding import voice_of
from registry.changes import AdmitChat, NoteChat, SuspendClearance
from registry.deeds import ClearChat, GiveChatOffices
from registry.people import ChatKind, Role
from registry.visibility import Clearance
from storage.served_chats import PAGE_SIZE
from views import chats as chat_views
from views import digest_list, served_chats
from views.administration import only_in_private
from views.buttons import ADMIT


def may_speak(request: Request, act: Act) -> bool:
    """Whether the chat is served; in one that is not, the bot hears of being added and of being admitted alone."""
    return request.is_private or request.chat.admitted or isinstance(act, Added) or _admits(request, act)


def _admits(request: Request, act: Act) -> bool:
    asks = isinstance(act, Called) and act.name in {"admit", "freischalten"}
    return (asks or (isinstance(act, Tapped) and act.data == ADMIT)) and request.person.role >= Role.ADMIN


def not_admitted(request: Request, act: Act) -> Answer:
    """Says so once; after that the group is left in peace, except that every press is answered."""
    if isinstance(act, Tapped):
        return Answer(toast=chat_views.not_admitted_briefly(request.say), alert=True)
    if request.chat.is_known:
        return Answer()
    return Answer(chat_views.not_admitted(request.say), changes=(_noted(request),))


async def added(request: Request) -> Answer:
    """An administrator's group waits to be admitted; a stranger's is left."""
    is_channel = request.chat.kind is ChatKind.CHANNEL
    if request.chat.admitted:  # a group that becomes a supergroup lets the bot in anew, whoever made it one
        return Answer()
    if request.person.role < Role.ADMIN:
        return Answer(None if is_channel else chat_views.left(request.say), leave=True)
    if is_channel:
        return await _channel_added(request)
    return Answer(chat_views.added(request.say), changes=(_noted(request),))


async def _channel_added(request: Request) -> Answer:
    """Nobody can be asked in a channel, so that whoever added the bot is asked in private, or who else administers."""
    admins = [admin.number for admin in await request.register.directory.admins(request.today)]
    asked = [request.person.id] if await request.register.directory.has_written(request.person.id) else admins
    told = []
    for admin in asked:
        if await request.register.directory.has_written(admin):
            say = (await voice_of(request, admin)).say
            told.append(Told(admin, digest_list.admit_channel(request.chat.id, request.chat_title, say)))
    return Answer(changes=(_noted(request),), told=tuple(told))


def _noted(request: Request) -> NoteChat:
    is_channel = request.chat.kind is ChatKind.CHANNEL
    return NoteChat(chat=request.chat.id, title=request.chat_title, is_channel=is_channel)


async def served(request: Request) -> Answer:
    """``/chats``: which chats are served and what may be seen there; ``clear`` or ``offices`` and a number
    changes that."""
    if not request.is_private:
        return Answer(only_in_private("chats", request.say))
    asked, _, number = request.words.strip().partition(" ")
    if asked in {"clear", "offices"} and re.fullmatch(r"-\d{1,16}", number):
        return await _change(request, int(number), asked)
    page = people.page_number(request.words)
    found, count = await request.register.directory.chats(page)
    return Answer(served_chats.page(found, page, count, request.voice, size=PAGE_SIZE))


async def _change(request: Request, number: int, asked: str) -> Answer:
    if asked == "clear":
        return await administering.propose(request, ClearChat(chat=number))
    chat = await request.register.directory.chat(number)
    return await administering.pick_offices(request, GiveChatOffices(chat=number, offices=chat.offices))


async def suspending(request: Request, answer: Answer) -> Answer:
    """The answer in a group that has a public name: whatever it was cleared for, it is so no longer."""
    chat = await request.register.directory.chat(request.chat.id)
    if chat.clearance is Clearance.PUBLIC:
        return answer
    told = []
    for admin in await request.register.directory.admins(request.today):
        if await request.register.directory.has_written(admin.number):
            voice = await voice_of(request, admin.number)
            told.append(Told(admin.number, served_chats.told_suspended(chat.title, voice.say)))
    change = SuspendClearance(chat=request.chat.id, reason="public", at=request.now)
    return replace(answer, changes=(*answer.changes, change), told=(*answer.told, *told))


async def admit(request: Request) -> Answer:
    if request.is_private:
        return await _admit_channel(request)
    return Answer(chat_views.admitted(request.bot_name, request.say), changes=(_admission(request),))


async def _admit_channel(request: Request) -> Answer:
    """By the button that came when the bot was added to it."""
    is_number = re.fullmatch(r"-\d{1,16}", request.data)
    channel = await request.register.directory.chat(int(request.data)) if is_number else None
    if channel is None or not channel.is_channel:
        return Answer(chat_views.only_in_groups(request.say))
    admission = AdmitChat(chat=channel.id, title=channel.title, by=request.person.id, on=request.today, at=request.now)
    return Answer(digest_list.channel_admitted(channel.id, channel.title, request.say), changes=(admission,))


async def dismiss(request: Request) -> Answer:
    """Ends the admission once it was asked about and confirmed."""
    if request.data == chat_views.NO:
        return Answer(chat_views.admitted(request.bot_name, request.say))
    if request.data != chat_views.YES:
        return Answer(chat_views.really_dismiss(request.say))
    return Answer(chat_views.dismissed(request.say), changes=(_admission(request, admitted=False),))


def _admission(request: Request, *, admitted: bool = True) -> AdmitChat:
    return AdmitChat(
        chat=request.chat.id,
        title=request.chat_title,
        by=request.person.id,
        on=request.today,
        at=request.now,
        admitted=admitted,
    )
