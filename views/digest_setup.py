"""What a chat gets and when: the card that sets a digest up, and its pages."""

from collections.abc import Sequence

from locales.phrases import phrase
from locales.translations import Language
from registry.administered import ServedChat
from registry.digests import Digest
from registry.queries import Names
from registry.slots import Slot
from views import awaiting, buttons, digest_facts, html
from views.html import Html
from views.message import MAX_CHARACTERS, Button, Message
from views.voice import Voice

Keys = Sequence[Button]
_ROOM = 200  # that a preview needs around what it shows

_QUESTIONS = {
    "scope": phrase("What shall it be about?"),
    "field": phrase("Which field of action?"),
    "programme": phrase("Which programme?"),
    "when": phrase("On which days, and at what time?"),
    "horizon": phrase("How far ahead?"),
    "kinds": phrase("What shall it list?"),
    "language": phrase("In which language?"),
    "rest": phrase("And the rest?"),
}
_PROMPTS = {
    "scope": phrase("Please write what it shall be about, for example: A50 inquiries"),
    "at": phrase("At what time? Please write it, for example 7:30."),
}
PAGES = {
    "scope": phrase("✎ About"),
    "when": phrase("✎ When"),
    "horizon": phrase("✎ How far"),
    "kinds": phrase("✎ Kinds"),
    "language": phrase("✎ Language"),
    "rest": phrase("✎ More"),
}


def card(
    before: Digest,
    after: Digest,
    *,
    place: ServedChat | None,
    known: Names,
    following: Slot | None,
    warning: str,
    rows: Sequence[Keys],
    voice: Voice,
) -> Message:
    """What a chat gets, as it would be; each setting has a button."""
    return Message(
        html=html.paragraphs(
            digest_facts.heading(after, place, voice.say),
            html.lines(*digest_facts.settings(before, after, known, voice)),
            html.bold(warning) if warning else html.italic(_following(before, after, following, voice)),
        ),
        buttons=buttons.rows(*(tuple(row) for row in rows)),
    )


def _following(before: Digest, after: Digest, following: Slot | None, voice: Voice) -> str:
    if following is None or after.is_paused:
        return ""
    day = voice.say.date(following.on)
    if before.is_ended:
        return voice.say("It comes for the first time on {day}.", day=day)
    return voice.say("It comes next on {day}.", day=day)


def page(name: str, digest: Digest, place: ServedChat | None, rows: Sequence[Keys], voice: Voice) -> Message:
    return Message(
        html=html.lines(digest_facts.heading(digest, place, voice.say), html.bold(voice.say(_QUESTIONS[name]))),
        buttons=buttons.rows(*(tuple(row) for row in rows)),
    )


def asks_for_words(
    name: str, digest: Digest, place: ServedChat | None, *, unread: str | None, offers: Keys, voice: Voice
) -> Message:
    """``unread`` are words that were written before and say nothing that fits, ``offers`` what they may have meant."""
    say = voice.say
    return Message(
        html=html.lines(
            digest_facts.heading(digest, place, say),
            not_read(unread, say),
            html.bold(say(_PROMPTS[name])),
            awaiting.how(voice),
        ),
        buttons=buttons.rows(*buttons.flowing(offers), buttons.row(buttons.command(say("Cancel"), "cancel"))),
        asks=not offers,
    )


def not_read(words: str | None, say: Language) -> str:
    """Empty words were understood, but as more than a scope; None are none."""
    if words is None:
        return ""
    if not words:
        return say(
            "A digest is about offices, a field, a programme and kinds of records; it has no period and no status."
        )
    return say("I do not understand “{words}”.", words=html.shortened(words, 40))


def not_understood(words: str, offers: Keys, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(not_read(words, say)),
            say("Write what it shall be about, then the weekday and the time:"),
            html.code(say("/digest A50 Mon 8:00")),
        ),
        buttons=buttons.rows(
            *buttons.flowing(offers),
            (buttons.command(say("Set one up"), "digest"), buttons.command(say("Help"), "help")),
        ),
    )


def saved(
    before: Digest,
    after: Digest,
    place: ServedChat | None,
    following: Slot | None,
    known: Names,
    undo: str | None,
    voice: Voice,
) -> Message:
    say = voice.say
    return Message(
        html=html.lines(
            html.bold(say("✓ Saved.")),
            digest_facts.heading(after, place, say),
            *digest_facts.differences(before, after, known, voice),
            html.italic(_following(before, after, None if after.is_ended else following, voice)),
        ),
        buttons=buttons.rows(
            buttons.row(
                buttons.deed(say("↶ Undo"), undo) if undo else None, buttons.command(say("Digests"), "digest", "list")
            )
        ),
    )


def really(digest: Digest, place: ServedChat | None, known: Names, rows: Sequence[Keys], voice: Voice) -> Message:
    """Before a digest that was named in words is paused, goes on, or ends."""
    return Message(
        html=html.lines(
            digest_facts.heading(digest, place, voice.say),
            html.html(digest_facts.about(digest, known, voice)),
            html.html(digest_facts.when(digest, voice)),
        ),
        buttons=buttons.rows(*(tuple(row) for row in rows)),
    )


def previewed(shown: Message, further: int, back: Button, say: Language) -> Message:
    """A digest as it would be now, instead of the card."""
    more = say.plural("It would go on in {n} more message.", "It would go on in {n} more messages.", further)
    return shown.model_copy(
        update={
            "html": html.paragraphs(
                html.italic(say("Preview: this is how it would look now.")),
                html.split(Html(shown.html), MAX_CHARACTERS - _ROOM)[0],
                html.italic(more) if further else "",
            ),
            "buttons": ((back,),),
        }
    )
