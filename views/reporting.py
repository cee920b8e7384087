"""What is said where a report lacks what it is about."""

from locales.translations import Language
from registry.queries import Intent, Query
from views import buttons, html
from views.message import Message

_WORDS_LENGTH = 40


def status_needs_reference(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("Which measure?")),
            say("For example: /status 1.4.M1 partly Places are reserved"),
        ),
        buttons=((buttons.command(say("Open for my offices"), "mine"), buttons.command(say("Help"), "help")),),
    )


def no_such_status(ref: str, words: str, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("I know no status “{words}”.", words=html.shortened(words, _WORDS_LENGTH))),
            say("Write fully, partly, not or discarded after the number, and the current state after that."),
        ),
        buttons=(
            (buttons.command(say("Choose a status"), "status", ref),),
            (buttons.question(ref, Query(intent=Intent.SHOW, ref=ref)),),
        ),
    )


def visibility_in_private(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("Please tell me that in private.")),
            say("Who may see a record is set in our private chat, where nobody reads along."),
        ),
        buttons=((buttons.command(say("Help"), "help"),),),
    )
