"""What there is to make anew."""

from collections.abc import Iterable

from locales.phrases import term
from locales.translations import Language
from views import buttons, html
from views.message import Message

_WORDS_LENGTH = 40
_LABELS = {
    "measure": term("new", "Measure"),
    "inquiries": term("new", "Question list"),
    "step": term("new", "Consultation step"),
    "mandate": term("new", "Mandate"),
    "milestone": term("new", "Milestone"),
}


def what_is_new(words: str, kinds: Iterable[str], say: Language) -> Message:
    """``kinds`` are the names of what can be made; unknown words are named."""
    unknown = say("I do not know how to make “{words}”.", words=html.shortened(words, _WORDS_LENGTH)) if words else ""
    command = "neu" if say.code == "de" else "new"
    return Message(
        html=html.lines(
            html.bold(unknown or say("What is new?")),
            say("Choose, or write it after /{command}.", command=command),
        ),
        buttons=buttons.rows(
            *buttons.flowing([buttons.command(say.of(*_LABELS[kind]), "new", kind) for kind in kinds]),
            (buttons.command(say("Help"), "help"),),
        ),
    )
