"""What is said where a reply does not say plainly which record it is about."""

from collections.abc import Sequence

from locales.translations import Language
from registry.visibility import Visibility
from views import buttons, html
from views.message import Message


def which(command: str, meant: Sequence[tuple[str, str]], label: Visibility, say: Language) -> Message:
    """``meant`` are the records with the words that the command is called with for each, ``label`` is theirs."""
    return Message(
        html=html.bold(say("Which one do you mean?")),
        buttons=(buttons.row(*(buttons.command(ref, command, words) for ref, words in meant)),),
        label=label,
        refs=tuple(ref for ref, _ in meant),
    )


def no_such_item(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("That message has no such item.")),
            say("Count from the top of the list, or write the number of the record, for example: Q12 to A11"),
        ),
        buttons=((buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),),
    )


def one_at_a_time(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("One thing at a time, please. Nothing was changed.")),
            say("Reply once for each item, so that you can check each change before it is saved."),
        ),
        buttons=((buttons.command(say("Help"), "help"),),),
    )
