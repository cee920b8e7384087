"""Why something is not done: whose record it is, or what stands against it; always with the next step."""

from collections.abc import Sequence

from locales.phrases import phrase
from registry.deeds import RecordDeed, Subject
from registry.doing import Obstacle
from registry.identity import visibility_of
from registry.rights import places_of
from views import buttons, html, inquiry_work, measure_work, paper_work
from views.deeds import adding
from views.message import Message
from views.subjects import named, show
from views.voice import Voice

_WORDS_LENGTH = 60

_OBSTACLES = {
    **inquiry_work.OBSTACLES,
    **measure_work.OBSTACLES,
    **paper_work.OBSTACLES,
    Obstacle.NOTHING_CHANGES: phrase("The register says so already."),
    Obstacle.WRONG_KIND: phrase("That cannot be done to this kind of record."),
    Obstacle.IS_STUB: phrase("This measure is only referred to; its own text has not arrived yet."),
    Obstacle.NOT_REPORTABLE: phrase("That is no status that can be reported."),
    Obstacle.TEXT_TOO_LONG: phrase("That text is too long; at most 4,000 characters fit."),
}


def not_yours(deed: RecordDeed, subject: Subject, voice: Voice) -> Message:
    places = voice.short_offices(places_of(subject)) or voice.say("coordination")
    return Message(
        html=html.lines(
            html.bold(voice.say("You may not change {ref}.", ref=deed.ref)),
            voice.say("It belongs to: {places}. Coordination can change every record.", places=places),
        ),
        buttons=(buttons.row(show(deed.ref)),),
        label=visibility_of(subject),
        refs=(deed.ref,),
    )


def not_possible(
    obstacle: Obstacle,
    deed: RecordDeed,
    subject: Subject,
    voice: Voice,
    *,
    words: str = "",
    instead: Sequence[tuple[RecordDeed, str]] = (),
    more: Sequence[tuple[str, str]] = (),
) -> Message:
    """``instead`` are the deeds that could be done, ``more`` the fields that may be said otherwise, with the tokens of
    their buttons.
    """
    told = voice.say(_OBSTACLES[obstacle], words=html.shortened(words, _WORDS_LENGTH))
    others = [buttons.deed(_instead(one, voice), token) for one, token in instead] + [
        buttons.deed(voice.say(_again(obstacle, deed, field)), token) for field, token in more
    ]
    return Message(
        html=html.lines(html.bold(told), named(subject, voice)),
        buttons=buttons.rows(*buttons.flowing(others), buttons.row(show(deed.ref))),
        label=visibility_of(subject),
        refs=(deed.ref,),
    )


def _instead(deed: RecordDeed, voice: Voice) -> str:
    """What a button is called that does something else than what cannot be done."""
    told = measure_work.instead(deed, voice.say) or paper_work.instead(deed, voice)
    return told or inquiry_work.instead(deed, voice)


def _again(obstacle: Obstacle, deed: RecordDeed, field: str) -> str:
    return adding(deed, field) if obstacle is Obstacle.NOTHING_CHANGES else phrase("✎ Write it again")
