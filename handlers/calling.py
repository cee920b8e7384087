"""Finds what answers: a command by its name, words by what they want, a button by its first letter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from handlers import (
    access,
    asking,
    awaiting,
    chats,
    errors,
    importing,
    pressing,
    privacy,
    records,
    reminders,
    replies,
    start,
)
from handlers.commands import ADMIN, COORDINATOR, GUEST, NAMED, READER
from handlers.context import Answer, Handler, Request
from registry.folding import fold, tidy
from registry.people import Role
from views import buttons
from views import errors as error_views


@dataclass(frozen=True)
class Press:
    """What answers a button; its data is given to it without the first letter."""

    who: Role
    does: Handler


# Commands that are to come, so that nobody who types one is offered another for it.
_TO_COME = re.compile("export")

_CALL = re.compile(r"/(\w{1,32})(?:@\w+)?(?=\s|$)\s*(.*)", re.DOTALL)
_NEAR = 80  # of 100; below that a name is no likely slip for another
_MOST_OFFERS = 3


async def answer(request: Request) -> Answer:
    """Answers a text: a command where it starts with a slash, else a question in one's own words."""
    called = _CALL.fullmatch(request.words.strip())
    if called is None:
        return await errors.permitted(READER, speak, request)
    return await call(replace(request, words=called[2]), called[1].lower())


async def speak(request: Request) -> Answer:
    """Answers words of one's own: those that were asked for, a wish to change something, else a question."""
    if await replies.answers_entry(request):
        return await pressing.said(request)
    if importing.is_document(request):
        return await importing.begin(request)
    wished = await replies.wish(request)
    if wished is None:
        return await awaiting.overheard(request) or await asking.ask(request)
    if len(wished.refs) != 1:
        return await replies.unclear(request, wished)
    ref, command = wished.refs[0], NAMED.get(wished.command)
    if command is not None and request.reader.role < command.who:
        return await asking.shown_instead(request, ref, command.who)
    if wished.command == "status" and not wished.detail:
        return await replies.note_state(request, ref, wished.text)
    return await call(replace(request, words=wished.words(ref), replied=None), wished.command)


async def call(request: Request, name: str) -> Answer:
    """Answers a command, however its umlauts are spelled."""
    plain, words = fold(name), tidy(request.words)
    command = NAMED.get(plain)
    if command is not None:
        named = await replies.about_what_it_answers(request, command.name)
        return await errors.permitted(command.who, command.does, named)
    if request.reader.role is GUEST:
        return errors.refuse(request)
    offers = _offers(plain, request)
    if _TO_COME.fullmatch(plain):
        return Answer(error_views.not_yet(name, offers, words, request.say))
    return Answer(error_views.unknown_command(name, words, offers, request.say))


def _offers(name: str, request: Request) -> Iterator[str]:
    """Commands whose name looks like the one that does not exist, in the reader's language."""
    near = process.extract(name, tuple(NAMED), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=2 * _MOST_OFFERS)
    likely = dict.fromkeys(NAMED[found] for found, _, _ in near if NAMED[found].who <= request.reader.role)
    return (command.called_in(request.say.code) for command in tuple(likely)[:_MOST_OFFERS])


async def press(request: Request) -> Answer:
    """Answers a button; data that no button of ours carries is told kindly that it no longer fits."""
    found = PRESSES.get(request.data[:1])
    if found is None:
        return errors.refuse(request) if request.reader.role is GUEST else errors.outdated(request)
    return await errors.permitted(found.who, found.does, replace(request, data=request.data[1:]))


async def _below(request: Request) -> Answer:
    """A button whose answer leaves its message as it is."""
    if request.data[:1] not in _LOOKS:
        return errors.outdated(request)
    return replace(await press(request), below=True)


async def _command(request: Request) -> Answer:
    """A button that stands for a command and the words after it."""
    name, _, words = request.data.partition(" ")
    command = NAMED.get(name)
    if command is None:
        return errors.outdated(request)
    return await errors.permitted(command.who, command.does, replace(request, words=words))


# What may be looked at below a message: nothing that does anything.
_LOOKS = frozenset({buttons.QUESTION, buttons.DETAIL, buttons.HISTORY})

PRESSES = {
    buttons.QUESTION: Press(READER, asking.follow),
    buttons.DETAIL: Press(READER, records.detail),
    buttons.HISTORY: Press(READER, records.history_of),
    buttons.COMMAND: Press(GUEST, _command),
    buttons.LANGUAGE: Press(GUEST, start.set_language),
    buttons.DEED: Press(READER, pressing.press),
    buttons.DOCUMENT: Press(COORDINATOR, importing.press),
    buttons.REMINDER: Press(READER, reminders.press),
    buttons.BELOW: Press(READER, _below),
    buttons.FORGET: Press(GUEST, privacy.forget),
    buttons.ACCESS: Press(GUEST, access.ask),
    buttons.ADMIT: Press(ADMIN, chats.admit),
    buttons.DISMISS: Press(ADMIN, chats.dismiss),
}
