"""The digests of a chat, and how a channel comes to have some."""

from collections.abc import Sequence

from locales.translations import Language
from registry.administered import ServedChat
from registry.digests import Digest
from registry.queries import Names
from views import buttons, digest_facts, html
from views.buttons import Row
from views.html import Html
from views.message import Message
from views.voice import Voice


def listing(
    digests: Sequence[Digest],
    place: ServedChat | None,
    known: Names,
    rows: Sequence[Row],
    voice: Voice,
    *,
    hint: bool = False,
) -> Message:
    """What comes here; a ``hint`` says who could change it."""
    say = voice.say
    items = [_item(at, digest, known, voice) for at, digest in enumerate(digests, 1)]
    title = say("Your digests") if place is None else say("Digests for “{chat}”", chat=place.title)
    return Message(
        html=html.paragraphs(
            html.bold(title),
            html.lines(*items) if items else say("No digest comes here yet."),
            html.italic(_who_may(say)) if hint else "",
        ),
        buttons=buttons.rows(*rows),
    )


def _item(at: int, digest: Digest, known: Names, voice: Voice) -> Html:
    told = (
        digest_facts.about(digest, known, voice),
        digest_facts.when(digest, voice),
        digest_facts.state(digest, voice.say),
    )
    return html.join(" ", (f"{at}.", html.join(" · ", told)))


def _who_may(say: Language) -> str:
    return say("Coordination sets this up, and administrators of this group who have a role.")


def sent(place: ServedChat | None, say: Language) -> Message:
    title = place.title if place else ""
    return Message(html=html.bold(say("✓ Sent to “{chat}”.", chat=title)))


def admit_channel(chat: int, title: str, say: Language) -> Message:
    """To the administrator who added the bot to a channel, in private: nobody can be answered there."""
    return Message(
        html=html.lines(
            html.bold(say("I was added to the channel “{chat}”.", chat=title)),
            say("Once it is admitted, it can get digests of the public register; nobody can ask me anything there."),
        ),
        buttons=((buttons.admit(say("Admit this channel"), chat),),),
    )


def channel_admitted(chat: int, title: str, say: Language) -> Message:
    return Message(
        html=html.bold(say("The channel “{chat}” is admitted.", chat=title)),
        buttons=(
            (
                buttons.command(say("Set up a digest"), "digest", f"for {chat}"),
                buttons.command(say("Chats"), "chats"),
            ),
        ),
    )
