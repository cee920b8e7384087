"""Every command and every button: its names, who may use it, and what answers it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from handlers import asking, chats, deeds, errors, records, reporting, start
from handlers.context import Answer, Handler, Request
from locales.phrases import phrase
from registry.folding import fold, tidy
from registry.people import Role
from registry.queries import Intent
from views import buttons
from views import errors as error_views
from views import start as start_views

GUEST, READER, EDITOR, COORDINATOR, ADMIN = Role


@dataclass(frozen=True)
class Command:
    """``does`` answers it; ``menu`` is its line in the messenger's menu."""

    name: str
    german: str
    who: Role
    does: Handler
    menu: str

    def called_in(self, language: str) -> str:
        return self.german if language == "de" else self.name


@dataclass(frozen=True)
class Press:
    """What answers a button; its data is given to it without the first letter."""

    who: Role
    does: Handler


async def _help(request: Request) -> Answer:
    allowed = [command for command in COMMANDS if command.who <= request.reader.role]
    named = [(command.called_in(request.say.code), command.menu) for command in allowed]
    return Answer(
        start_views.help_(
            request.reader.role, named, request.say, private=request.is_private, bot_name=request.bot_name
        )
    )


COMMANDS = (
    Command("open", "offen", READER, asking.command(Intent.OPEN), phrase("What is open, for an office or overall")),
    Command("overdue", "ueberfaellig", READER, asking.command(Intent.OVERDUE), phrase("What is overdue")),
    Command("deadlines", "fristen", READER, asking.command(Intent.DEADLINES), phrase("What is due, and when")),
    Command("mine", "meine", READER, asking.command(Intent.MINE), phrase("What is open for my offices")),
    Command("show", "zeige", READER, asking.command(Intent.SHOW), phrase("Show one measure, inquiry or paper")),
    Command("search", "suche", READER, asking.command(Intent.SEARCH), phrase("Search the register")),
    Command("summary", "stand", READER, asking.command(Intent.SUMMARY), phrase("Where we stand")),
    Command("history", "verlauf", READER, asking.command(Intent.HISTORY), phrase("What changed in a record")),
    Command("status", "status", EDITOR, reporting.status, phrase("Report how far a measure is")),
    Command("note", "notiz", EDITOR, reporting.note, phrase("Add an internal note to a record")),
    Command("visibility", "sichtbarkeit", COORDINATOR, reporting.visibility, phrase("Say who may see a record")),
    Command("undo", "rueckgaengig", EDITOR, deeds.undo_last, phrase("Take back my last change")),
    Command("cancel", "abbrechen", READER, deeds.cancel, phrase("Give up what was begun")),
    Command("start", "start", GUEST, start.welcome, phrase("First words")),
    Command("help", "hilfe", GUEST, _help, phrase("What I understand")),
    Command("language", "sprache", GUEST, start.choose_language, phrase("Choose the language")),
    Command("privacy", "datenschutz", GUEST, start.privacy, phrase("What is stored about you")),
    Command("admit", "freischalten", ADMIN, chats.admit, phrase("Let me answer in this group")),
)
NAMED = {name: command for command in COMMANDS for name in (command.name, command.german)}

# Commands that are to come, so that nobody who types one is offered another for it: those that change records …
_CHANGING = re.compile(
    "answer|antwort|notmine|unzustaendig|assign|zuweisen|due|frist|release|freigeben|return|zurueck|new|neu|round|runde"
)
# … and the others.
_TO_COME = re.compile(
    "review|pruefen|digest|export|invite|einladen|grant|rolle|revoke|entziehen|people|personen|offices|aemter|chats"
    "|mydata|meinedaten|forgetme|loeschen"
)
_IMPORT = "import"

_CALL = re.compile(r"/(\w{1,32})(?:@\w+)?(?=\s|$)\s*(.*)", re.DOTALL)
_NEAR = 80  # of 100; below that a name is no likely slip for another
_MOST_OFFERS = 3


async def answer(request: Request) -> Answer:
    """Answers a text: a command where it starts with a slash, else a question in one's own words."""
    called = _CALL.fullmatch(request.words.strip())
    if called is None:
        return await errors.permitted(READER, asking.ask, request)
    return await call(replace(request, words=called[2]), called[1].lower())


async def call(request: Request, name: str) -> Answer:
    """Answers a command, however its umlauts are spelled."""
    plain, words = fold(name), tidy(request.words)
    command = NAMED.get(plain)
    if command is not None:
        return await errors.permitted(command.who, command.does, request)
    if request.reader.role is GUEST:
        return errors.refuse(request)
    if plain == _IMPORT:
        return await errors.documents_later(request)
    offers = _offers(plain, request)
    changes = _CHANGING.fullmatch(plain) is not None
    if changes or _TO_COME.fullmatch(plain):
        return Answer(error_views.not_yet(name, offers, words, changes=changes, say=request.say))
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


async def _command(request: Request) -> Answer:
    """A button that stands for a command and the words after it."""
    name, _, words = request.data.partition(" ")
    command = NAMED.get(name)
    if command is None:
        return errors.outdated(request)
    return await errors.permitted(command.who, command.does, replace(request, words=words))


PRESSES = {
    buttons.QUESTION: Press(READER, asking.follow),
    buttons.DETAIL: Press(READER, records.detail),
    buttons.HISTORY: Press(READER, records.history_of),
    buttons.COMMAND: Press(GUEST, _command),
    buttons.LANGUAGE: Press(GUEST, start.set_language),
    buttons.DEED: Press(READER, deeds.press),
    buttons.ADMIT: Press(ADMIN, chats.admit),
    buttons.DISMISS: Press(ADMIN, chats.dismiss),
}
