"""Every command and every button: its names, who may use it, and what answers it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from handlers import (
    access,
    asking,
    chats,
    errors,
    importing,
    inquiries,
    measures,
    new,
    offices,
    papers,
    people,
    pressing,
    privacy,
    records,
    replies,
    reporting,
    rounds,
    start,
    undoing,
)
from handlers.context import Answer, Handler, Request
from locales.phrases import Term, phrase, term
from locales.translations import Language
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


@dataclass(frozen=True)
class Topic:
    """Commands for one thing that people come for."""

    name: Term
    commands: tuple[Command, ...]

    def told(self, role: Role, say: Language) -> start_views.Told:
        """As the help tells of it, to somebody of that role."""
        allowed = (command for command in self.commands if command.who <= role)
        return say.of(*self.name), tuple((command.called_in(say.code), command.menu) for command in allowed)


async def _help(request: Request) -> Answer:
    role, say = request.reader.role, request.say
    told = [one for topic in TOPICS if (one := topic.told(role, say))[1]]
    return Answer(start_views.help_(role, told, say, private=request.is_private, bot_name=request.bot_name))


_LOOKING_UP = (
    Command("open", "offen", READER, asking.command(Intent.OPEN), phrase("What is open, for an office or overall")),
    Command("overdue", "ueberfaellig", READER, asking.command(Intent.OVERDUE), phrase("What is overdue")),
    Command("deadlines", "fristen", READER, asking.command(Intent.DEADLINES), phrase("What is due, and when")),
    Command("mine", "meine", READER, asking.command(Intent.MINE), phrase("What is open for my offices")),
    Command("show", "zeige", READER, asking.command(Intent.SHOW), phrase("Show one measure, inquiry or paper")),
    Command("search", "suche", READER, asking.command(Intent.SEARCH), phrase("Search the register")),
    Command("summary", "stand", READER, asking.command(Intent.SUMMARY), phrase("Where we stand")),
    Command("history", "verlauf", READER, asking.command(Intent.HISTORY), phrase("What changed in a record")),
    Command("offices", "aemter", READER, offices.offices, phrase("The offices and how they are called")),
)
_REPORTING = (
    Command("status", "status", EDITOR, reporting.status, phrase("Report how far a measure is")),
    Command("round", "runde", EDITOR, rounds.round_, phrase("Evaluation rounds: report, watch, compare")),
    Command("note", "notiz", EDITOR, reporting.note, phrase("Add an internal note to a record")),
    Command("undo", "rueckgaengig", EDITOR, undoing.undo_last, phrase("Take back my last change")),
)
_INQUIRIES = (
    Command("answer", "antwort", EDITOR, inquiries.deliver, phrase("Deliver a contribution to an inquiry")),
    Command("notmine", "unzustaendig", EDITOR, inquiries.hand_back, phrase("Say that an office is not responsible")),
    Command("assign", "zuweisen", COORDINATOR, inquiries.assign, phrase("Say which offices contribute")),
    Command("due", "frist", COORDINATOR, inquiries.due, phrase("Set or extend a date")),
    Command("review", "pruefen", COORDINATOR, inquiries.review, phrase("What waits to be released")),
    Command("return", "zurueck", COORDINATOR, inquiries.send_back, phrase("Send a contribution back with a remark")),
    Command("merge", "zusammenfuehren", COORDINATOR, inquiries.merge, phrase("Take contributions into the answer")),
    Command("draft", "entwurf", COORDINATOR, inquiries.draft, phrase("Write the text of an answer")),
    Command("release", "freigeben", COORDINATOR, inquiries.release, phrase("Approve an answer")),
    Command("answered", "beantwortet", COORDINATOR, inquiries.answered, phrase("Note that an answer was sent")),
    Command("withdraw", "zurueckziehen", COORDINATOR, inquiries.withdraw, phrase("Close an inquiry without answer")),
)
_REGISTER = (
    Command("new", "neu", COORDINATOR, new.new, phrase("Make something anew")),
    Command("edit", "aendern", COORDINATOR, measures.edit, phrase("Change a measure's title, offices or deadline")),
    Command("doubt", "zweifel", COORDINATOR, measures.doubt, phrase("Say that a doubt is dealt with")),
    Command("mandate", "auftrag", COORDINATOR, papers.mandate, phrase("When a mandate is due, or its result")),
    Command("decision", "beschluss", COORDINATOR, papers.decision, phrase("What the city decided on a programme")),
    Command("visibility", "sichtbarkeit", COORDINATOR, reporting.visibility, phrase("Say who may see a record")),
    Command("import", "import", COORDINATOR, importing.start, phrase("Read a document into the register")),
)
_ADMINISTRATION = (
    Command("people", "personen", ADMIN, people.people, phrase("Who may do what")),
    Command("grant", "rolle", ADMIN, people.grant, phrase("Give a person a role")),
    Command("revoke", "entziehen", ADMIN, people.revoke, phrase("Revoke a person's role")),
    Command("invite", "einladen", ADMIN, people.invite, phrase("Make a link that gives a role once")),
    Command("chats", "chats", ADMIN, chats.served, phrase("Which groups I answer in")),
    Command("admit", "freischalten", ADMIN, chats.admit, phrase("Let me answer in this group")),
)
_IN_GENERAL = (
    Command("start", "start", GUEST, start.welcome, phrase("First words")),
    Command("help", "hilfe", GUEST, _help, phrase("What I understand")),
    Command("cancel", "abbrechen", READER, pressing.cancel, phrase("Give up what was begun")),
    Command("language", "sprache", GUEST, start.choose_language, phrase("Choose the language")),
    Command("privacy", "datenschutz", GUEST, privacy.privacy, phrase("What is stored about you")),
    Command("mydata", "meinedaten", GUEST, privacy.my_data, phrase("See what is stored about me")),
    Command("forgetme", "loeschen", GUEST, privacy.forget_me, phrase("Erase what is stored about me")),
)
TOPICS = (
    Topic(term("help", "Look things up"), _LOOKING_UP),
    Topic(term("help", "Report"), _REPORTING),
    Topic(term("help", "Work on inquiries"), _INQUIRIES),
    Topic(term("help", "Keep the register"), _REGISTER),
    Topic(term("help", "Administer"), _ADMINISTRATION),
    Topic(term("help", "In general"), _IN_GENERAL),
)
COMMANDS = tuple(command for topic in TOPICS for command in topic.commands)
NAMED = {name: command for command in COMMANDS for name in (command.name, command.german)}

# Commands that are to come, so that nobody who types one is offered another for it.
_TO_COME = re.compile("digest|export")

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
        return await asking.ask(request)
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
    buttons.DEED: Press(READER, pressing.press),
    buttons.DOCUMENT: Press(COORDINATOR, importing.press),
    buttons.FORGET: Press(GUEST, privacy.forget),
    buttons.ACCESS: Press(GUEST, access.ask),
    buttons.ADMIT: Press(ADMIN, chats.admit),
    buttons.DISMISS: Press(ADMIN, chats.dismiss),
}
