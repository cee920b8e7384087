"""Words that somebody is asked for: where to write them, how long they are waited for, and how to give it up."""

from locales.translations import Language
from registry.deeds import Subject
from registry.identity import ref_of, visibility_of
from registry.visibility import Visibility
from views import buttons, html
from views.html import Html
from views.message import Message
from views.subjects import show
from views.voice import Voice


def how(voice: Voice) -> Html:
    """In groups the bot hears only what answers it."""
    private, group = (
        voice.say("I wait for it for 15 minutes. /cancel gives it up."),
        voice.say("Please write it as a reply to this message. I wait for 15 minutes; /cancel gives it up."),
    )
    return html.italic(group if voice.in_group else private)


def give_up(token: str, say: Language) -> Message:
    """Ahead of a question in a group, which opens a reply and so has no buttons."""
    return Message(
        html=html.html(say("I need some words from you for that: please answer my question below.")),
        buttons=((buttons.deed(say("Cancel"), token),),),
    )


def not_for_you(about: Subject | None, say: Language) -> Message:
    """The answer to words that are not waited for any more, or not from this person."""
    return Message(
        html=html.lines(
            html.bold(say("Nothing was changed: I am not waiting for your words here.")),
            say("What I ask is meant for whoever began it, and for 15 minutes."),
            say("To change the record yourself, begin with its card.") if about else "",
        ),
        buttons=buttons.rows(
            buttons.row(show(ref_of(about)) if about else None),
            (buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),
        ),
        label=visibility_of(about) if about else Visibility.PUBLIC,
        refs=(ref_of(about),) if about else (),
    )
