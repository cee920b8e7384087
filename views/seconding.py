"""What needs a second administrator, and what the others are told of what one did."""

from registry.administered import AdminSubject, Situation
from registry.deeds import AdminDeed
from views import buttons, html
from views.administration import changes, heading, onwards
from views.message import Message, Style
from views.voice import Voice


def asked_a_second(deed: AdminDeed, at: Situation, after: AdminSubject, voice: Voice) -> Message:
    """To the first of two."""
    say = voice.say
    return Message(
        html=html.lines(
            heading(deed, at, voice),
            *changes(deed, at.before, after, voice),
            html.bold(say("A second administrator has to agree. I have asked the others.")),
        ),
        buttons=(buttons.row(onwards(deed, say)),),
    )


def asks_a_second(
    deed: AdminDeed, at: Situation, after: AdminSubject, *, confirm: str, cancel: str, voice: Voice
) -> Message:
    """To those who could be the second."""
    say = voice.say
    return Message(
        html=html.paragraphs(
            html.lines(
                html.bold(say("{number} asks you to agree as second administrator:", number=at.by)),
                heading(deed, at, voice),
                *changes(deed, at.before, after, voice),
            ),
        ),
        buttons=(
            buttons.row(
                buttons.deed(say("✓ Agree"), confirm, style=Style.SUCCESS),
                buttons.deed(say("✕ Leave it"), cancel),
            ),
        ),
    )


def not_seconded(deed: AdminDeed, at: Situation, voice: Voice) -> Message:
    """To the first of two; any other administrator may still agree."""
    say = voice.say
    return Message(
        html=html.lines(
            heading(deed, at, voice),
            html.bold(say("Administrator {number} does not agree. Nothing was changed.", number=at.by)),
            say("Another administrator who was asked may still agree."),
        ),
        buttons=(buttons.row(onwards(deed, say)),),
    )


def nobody_to_ask(deed: AdminDeed, at: Situation, voice: Voice) -> Message:
    return Message(
        html=html.lines(
            heading(deed, at, voice),
            html.bold(voice.say("A second administrator has to agree, but none of the others has written to me yet.")),
            voice.say("Please ask one of them to send me /start, and try again."),
        ),
        buttons=(buttons.row(onwards(deed, voice.say)),),
    )


def told_other_admins(deed: AdminDeed, at: Situation, after: AdminSubject, voice: Voice) -> Message:
    say = voice.say
    return Message(
        html=html.lines(
            html.bold(say("Administrator {number} has changed this:", number=at.by)),
            heading(deed, at, voice),
            *changes(deed, at.before, after, voice),
        ),
        buttons=(buttons.row(onwards(deed, say)),),
        silent=True,
    )
