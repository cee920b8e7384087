"""Every command: its names, who may use it, and what answers it."""

from dataclasses import dataclass

from handlers import (
    absence,
    asking,
    chats,
    digests,
    importing,
    inquiries,
    measures,
    new,
    offices,
    papers,
    people,
    pressing,
    privacy,
    reminders,
    reporting,
    rounds,
    start,
    undoing,
)
from handlers.context import Answer, Handler, Request
from locales.phrases import Term, phrase, term
from locales.translations import Language
from registry.people import Role
from registry.queries import Intent
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
_REMINDERS = (
    Command("digest", "digest", READER, digests.digest, phrase("What comes here regularly, and when")),
    Command("reminders", "erinnerungen", READER, reminders.settings, phrase("What I remind this chat of")),
    Command("away", "abwesend", EDITOR, absence.away, phrase("Say until when you are away")),
    Command("back", "anwesend", EDITOR, absence.back, phrase("Say that you are back")),
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
    Command("privacy", "datenschutz", GUEST, privacy.privacy, phrase("What happens to your data")),
    Command("mydata", "meinedaten", GUEST, privacy.my_data, phrase("See what is stored about me")),
    Command("forgetme", "loeschen", GUEST, privacy.forget_me, phrase("Erase what is stored about me")),
)
TOPICS = (
    Topic(term("help", "Look things up"), _LOOKING_UP),
    Topic(term("help", "Report"), _REPORTING),
    Topic(term("help", "Stay informed"), _REMINDERS),
    Topic(term("help", "Work on inquiries"), _INQUIRIES),
    Topic(term("help", "Keep the register"), _REGISTER),
    Topic(term("help", "Administer"), _ADMINISTRATION),
    Topic(term("help", "In general"), _IN_GENERAL),
)
COMMANDS = tuple(command for topic in TOPICS for command in topic.commands)
NAMED = {name: command for command in COMMANDS for name in (command.name, command.german)}
