"""What is not possible, why, and the next step; kindly, and never more than the reader may know."""

from collections.abc import Iterable

from locales.translations import Language
from registry.people import Role
from registry.queries import Intent, Query
from registry.references import read_reference
from views import buttons, html
from views.message import Button, Message

_NAME_LENGTH = 32


def refused(person: int, say: Language) -> Message:
    """The one answer a guest gets, whatever they ask; the number is their own."""
    return Message(
        html=html.paragraphs(
            html.bold(say("This service is for staff of the city administration.")),
            html.fill(
                say("You have no access yet. If you need it, please give your administrators this number: {number}"),
                number=html.code(str(person)),
            ),
        ),
        buttons=(
            (buttons.access(say("Request access")),),
            (Button(text=say("Copy number"), copy_text=str(person)),),
            buttons.row(buttons.command(say("Help"), "help"), buttons.command(say("Privacy"), "privacy")),
        ),
    )


def refused_briefly(say: Language) -> str:
    return say("This service is for staff of the city administration. You have no access yet.")


def not_allowed(who: Role, say: Language) -> Message:
    return Message(html=html.html(not_allowed_briefly(who, say)), buttons=((_help(say),),))


def not_allowed_briefly(who: Role, say: Language) -> str:
    if who is Role.ADMIN:
        return say("Only administrators may do that.")
    if who is Role.COORDINATOR:
        return say("Only coordination may do that. Please ask it to do so.")
    return say("Your role does not allow that. Please ask your administrators.")


def unknown_command(name: str, words: str, offers: Iterable[str], say: Language) -> Message:
    """``offers`` are the names of commands that may have been meant with these words."""
    offered = tuple(offers)
    question = say("Did you mean one of these?") if offered else say("The help lists everything I understand.")
    unknown = say("I do not know the command /{name}.", name=html.shortened(name, _NAME_LENGTH))
    return Message(
        html=html.lines(html.bold(unknown), question),
        buttons=buttons.rows(
            *_instead(offered, words),
            (_help(say),),
        ),
    )


def not_yet(name: str, offers: Iterable[str], words: str, say: Language) -> Message:
    """A command that is to come; a record it names can be shown."""
    named = html.shortened(name, _NAME_LENGTH)
    ref = read_reference(words.partition(" ")[0]) if words else None
    show = buttons.question(ref, Query(intent=Intent.SHOW, ref=ref)) if ref else None
    return Message(
        html=html.lines(html.bold(say("I cannot do that yet.")), say("The command /{name} is to come.", name=named)),
        buttons=buttons.rows(buttons.row(show), *_instead(offers, words), (_help(say),)),
    )


def only_text(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("I can only read text here.")),
            say("Please write your question in a few words."),
        ),
        buttons=((_help(say),),),
    )


def too_long(longest: int, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("That is too long for a question.")),
            say("Please ask in at most {n} characters, for example: what is open for A50", n=say.number(longest)),
        ),
        buttons=((_help(say),),),
    )


def outdated(say: Language) -> str:
    return say("This button no longer fits. Please ask again.")


def _instead(offers: Iterable[str], words: str) -> tuple[buttons.Row, ...]:
    return buttons.flowing([buttons.command(f"/{offer} {words}".strip(), offer, words) for offer in offers])


def _help(say: Language) -> Button:
    return buttons.command(say("Help"), "help")
