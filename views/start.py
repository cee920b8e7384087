"""First words, help, language and privacy."""

from collections.abc import Sequence

from locales.translations import Language, languages
from registry.people import Role
from views import buttons, html
from views.html import Html
from views.message import Message

Named = tuple[str, str]  # a command's name in the reader's language, and its line in the catalogue
Told = tuple[str, Sequence[Named]]  # what people come for, and the commands for it

_LANGUAGE_NAMES = {"de": "Deutsch", "en": "English"}


def welcome(role: Role, offices: Sequence[str], say: Language) -> Message:
    """The first words; a guest learns only whom the service is for."""
    hello = html.bold(say("Hello, this is Amtsbote."))
    if role is Role.GUEST:
        text = html.paragraphs(hello, say("This service is for staff of the city administration."))
        return Message(html=text, buttons=((buttons.access(say("Request access")),), _about(say)))
    purpose = say("I keep the register of measures and inquiries and tell you what is open, for whom and until when.")
    mine = buttons.command(say("Open for my offices"), "mine") if offices else None
    return Message(
        html=html.paragraphs(hello, purpose, _examples(say)),
        buttons=buttons.rows(
            buttons.row(mine),
            buttons.row(buttons.command(say("What is open?"), "open"), buttons.command(say("Overdue"), "overdue")),
            buttons.row(buttons.command(say("Where we stand"), "summary"), buttons.command(say("Help"), "help")),
        ),
    )


def help_(role: Role, topics: Sequence[Told], say: Language, *, private: bool, bot_name: str) -> Message:
    """What the bot understands; ``topics`` hold the commands that the person may use, with what each does."""
    if role is Role.GUEST:
        return Message(
            html=html.lines(*(line for _, commands in topics for line in _lines(commands, say))), buttons=(_about(say),)
        )
    told = (html.lines(html.bold(name), *_lines(commands, say)) for name, commands in topics)
    return Message(
        html=html.paragraphs(
            _examples(say),
            _replies(role, say),
            "" if private else _in_groups(bot_name, say),
            html.lines(html.bold(say("Commands")), html.quote(html.paragraphs(*told), folded=True)),
        ),
        buttons=(
            buttons.row(
                buttons.command(say("What is open?"), "open"), buttons.command(say("Where we stand"), "summary")
            ),
        ),
    )


def _examples(say: Language) -> Html:
    asked = (
        say("what is open for A50"),
        say("deadlines in December"),
        say("search language course"),
        say("1.5.M1, Q12 or 0112/23"),
    )
    return html.lines(
        html.bold(say("Just write what you would like to know:")),
        *(html.join(" ", ("•", html.italic(example))) for example in asked),
    )


def _replies(role: Role, say: Language) -> Html:
    """How to act on what a message lists."""
    if role < Role.EDITOR:
        return Html("")
    asked = (
        say("2 partly: places are reserved"),
        say("Q12 done: the homes have Wi-Fi"),
        say("3 to A11") if role >= Role.COORDINATOR else "",
    )
    return html.lines(
        html.bold(say("Or reply to a list of mine and name the item:")),
        *(html.join(" ", ("•", html.italic(example))) for example in asked if example),
    )


def _in_groups(bot_name: str, say: Language) -> str:
    return say("In a group, start with @{name} or with a command, or reply to one of my messages.", name=bot_name)


def _lines(commands: Sequence[Named], say: Language) -> tuple[str, ...]:
    return tuple(f"/{name} – {say(does)}" for name, does in commands)


def choose_language(say: Language, *, private: bool, unknown: str = "") -> Message:
    """``unknown`` are the words that were meant to name a language."""
    question = (
        say("Which language shall I speak with you?") if private else say("Which language shall I speak in this group?")
    )
    refused = say("I do not speak “{words}”.", words=html.shortened(unknown, 32)) if unknown else ""
    return Message(html=html.lines(refused, html.bold(question)), buttons=(_languages(say),))


def now_speaking(say: Language) -> Message:
    return Message(html=html.bold(language_chosen(say)), buttons=(_languages(say),))


def _languages(say: Language) -> buttons.Row:
    names = ((_LANGUAGE_NAMES.get(code, code), code) for code in languages())
    return tuple(buttons.language(name, code, chosen=code == say.code) for name, code in names)


def language_of_group(say: Language) -> Message:
    """For those who may not change it."""
    return Message(
        html=html.lines(
            html.bold(say("Administrators set the language of this group.")),
            say("To choose your own, send /language to me in private."),
        ),
        buttons=((buttons.command(say("Help"), "help"),),),
    )


def language_chosen(say: Language) -> str:
    return say("I speak English from now on.")


def _about(say: Language) -> buttons.Row:
    return buttons.row(
        buttons.command(say("Help"), "help"),
        buttons.command(say("Language"), "language"),
        buttons.command(say("Privacy"), "privacy"),
    )
