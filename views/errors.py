"""What is not possible, why, and the next step; kindly, and never more than the reader may know."""

from collections.abc import Iterable

from locales.translations import Language
from registry.people import Role
from views import buttons, html
from views.message import Button, Message


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
    return say("Your role does not allow that. Please ask your administrators.")


def unknown_command(name: str, words: str, offers: Iterable[str], say: Language) -> Message:
    """``offers`` are the names of commands that may have been meant with these words."""
    offered = tuple(offers)
    question = say("Did you mean one of these?") if offered else say("The help lists everything I understand.")
    return Message(
        html=html.lines(html.bold(say("I do not know the command /{name}.", name=html.shortened(name, 32))), question),
        buttons=buttons.rows(
            *buttons.flowing([buttons.command(f"/{offer} {words}".strip(), offer, words) for offer in offered]),
            (_help(say),),
        ),
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


def _help(say: Language) -> Button:
    return buttons.command(say("Help"), "help")
