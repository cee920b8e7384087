"""What is said of messages that carried a record which becomes non-public."""

from collections import Counter
from collections.abc import Sequence

from locales.translations import Language
from registry.recall import Carrier, Fate
from views import html
from views.html import Html
from views.voice import Voice

_MOST = 8  # lines before the fold


def withdrawn(say: Language) -> Html:
    """What stands in the place of a message that is too old to be deleted."""
    return html.italic(say("This message was withdrawn."))


def leaves_sight(say: Language) -> tuple[Html, ...]:
    """Where nobody sees on this messenger what is not public, nobody can release it here either."""
    return (html.bold(say("Nobody sees it here then. After ten minutes only an import can make it public again.")),)


def recalled(found: Sequence[Carrier], voice: Voice) -> tuple[Html, ...]:
    """How many messages go, and which stay in some way: those have to be known, for they may have been read."""
    say = voice.say
    young = [one for one in found if one.fate is Fate.DELETED]
    if not found:
        return (Html(say("No message of mine carries it where it may not be read.")),)
    gone = say.plural("{n} message that carries it is deleted.", "{n} messages that carry it are deleted.", len(young))
    return tuple(
        filter(
            None,
            (
                html.html(gone) if young else Html(""),
                _told(say("Older than 48 hours, so only written over:"), found, Fate.OVERWRITTEN, voice),
                _told(say("Stays, because I no longer reach the chat:"), found, Fate.STAYS, voice),
                html.html(say("What was forwarded, copied or read is out of my reach.")),
            ),
        )
    )


def _told(headline: str, found: Sequence[Carrier], fate: Fate, voice: Voice) -> Html:
    """By chat; private ones are counted, never told apart: a person's number is nobody's business."""
    of_fate = [one for one in found if one.fate is fate]
    if not of_fate:
        return Html("")
    groups = Counter(
        (one.title or voice.say("a group"), one.sent_at.astimezone(voice.now.tzinfo).date())
        for one in of_fate
        if one.chat < 0
    )
    lines = [
        html.fill("• {chat}, {day}{times}", chat=title, day=voice.say.date(day), times=f" ({n} ×)" if n > 1 else "")
        for (title, day), n in sorted(groups.items())
    ]
    if private := {one.chat for one in of_fate if one.chat > 0}:
        since = min(one.sent_at for one in of_fate if one.chat > 0).astimezone(voice.now.tzinfo).date()
        told = voice.say.plural(
            "• {n} private chat, since {day}",
            "• {n} private chats, since {day}",
            len(private),
            day=voice.say.date(since),
        )
        lines.append(html.html(told))
    shown = html.lines(*lines)
    return html.lines(html.html(headline), shown if len(lines) <= _MOST else html.quote(shown, folded=True))
