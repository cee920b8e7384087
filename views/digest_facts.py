"""What a digest is set to, in words."""

from collections.abc import Iterator

from locales.phrases import phrase, term
from locales.translations import Language
from registry.administered import ServedChat
from registry.digests import Digest, WhenEmpty
from registry.queries import Names, is_known
from registry.slots import OnHoliday
from views import html
from views.filters import scope
from views.html import Html
from views.names import KIND, language_name
from views.voice import Voice

_WEEKDAYS = (
    (term("weekday", "Mon"), term("every week", "Mondays")),
    (term("weekday", "Tue"), term("every week", "Tuesdays")),
    (term("weekday", "Wed"), term("every week", "Wednesdays")),
    (term("weekday", "Thu"), term("every week", "Thursdays")),
    (term("weekday", "Fri"), term("every week", "Fridays")),
    (term("weekday", "Sat"), term("every week", "Saturdays")),
    (term("weekday", "Sun"), term("every week", "Sundays")),
)
_WORKING, _EVERY = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6)
ON_HOLIDAY = {
    OnHoliday.NEXT: phrase("On holidays: the next working day"),
    OnHoliday.SKIP: phrase("On holidays: not at all"),
    OnHoliday.ANYWAY: phrase("On holidays: all the same"),
}


def weekday(day: int, say: Language) -> str:
    return say.of(*_WEEKDAYS[day][0])


def heading(digest: Digest, place: ServedChat | None, say: Language) -> Html:
    if digest.is_private or place is None:
        return html.bold(say("Your digest"))
    if place.is_channel:
        return html.bold(say("Digest for “{chat}”", chat=place.title))
    return html.bold(say("Digest for this topic") if digest.thread else say("Digest for this group"))


def about(digest: Digest, known: Names | None, voice: Voice) -> str:
    """Whose records it tells of; a name that is not known here is not told."""
    if known is not None and not is_known(digest.scope, known):
        return voice.say("something that is not shown here")
    return scope(digest.scope, known or Names(), voice) or voice.say("the whole city")


def when(digest: Digest, voice: Voice) -> str:
    return voice.say(
        "{days} at {time}", days=_days(digest.rule.weekdays, voice.say), time=voice.say.time(digest.rule.at)
    )


def _days(days: tuple[int, ...], say: Language) -> str:
    if days == _EVERY:
        return say("every day")
    if days == _WORKING:
        return say("Mondays to Fridays")
    return say.list(say.of(*_WEEKDAYS[day][1]) for day in days)


def _facts(digest: Digest, known: Names | None, voice: Voice) -> tuple[tuple[str, str], ...]:
    """Every setting: the sentence that says it, and what it is set to."""
    say = voice.say
    kinds = say.list(say.of(*KIND[kind]) for kind in digest.scope.kinds)
    is_line = digest.when_empty is WhenEmpty.LINE
    sound = say("Without a sound") if digest.is_silent else say("With a sound")
    pin = say("the newest is pinned") if digest.is_pinned else say("not pinned")
    return (
        (say("About: {what}"), about(digest, known, voice)),
        (say("When: {what}"), when(digest, voice)),
        ("{what}", say(ON_HOLIDAY[digest.rule.on_holiday])),
        (say("Deadlines: {what}"), say.plural("{n} day ahead", "{n} days ahead", digest.horizon)),
        (say("Lists: {what}"), kinds or say("everything")),
        (say("Language: {what}"), language_name(digest.language, say) if digest.language else ""),
        (say("When nothing is due: {what}"), say("one line") if is_line else say("no message")),
        ("{what}", " · ".join((sound, pin))),
        ("{what}", state(digest, say)),
    )


def state(digest: Digest, say: Language) -> str:
    if digest.is_ended:
        return say("Ended")
    return say("Paused") if digest.is_paused else ""


def differences(before: Digest, after: Digest, known: Names | None, voice: Voice) -> tuple[Html, ...]:
    """Only what changes; of a new one, and of one that ends, what and when. Names count where ``known`` is None."""
    if before.is_ended or after.is_ended:
        what = (html.html(about(after, known, voice)), html.html(when(after, voice)))
        return (html.bold(state(after, voice.say)), *what) if after.is_ended else what
    if before.is_paused != after.is_paused:
        return (html.bold(state(after, voice.say) or voice.say("Goes on")),)
    facts = zip(_facts(before, known, voice), _facts(after, known, voice), strict=True)
    return tuple(_fact(old, new) for old, new in facts if old != new)


def settings(before: Digest, after: Digest, known: Names, voice: Voice) -> Iterator[Html]:
    """All that is set; what differs with what it was."""
    was = after if before.is_ended else before
    facts = zip(_facts(was, known, voice), _facts(after, known, voice), strict=True)
    return (_fact(old, new) for old, new in facts if new[1])


def _fact(before: tuple[str, str], after: tuple[str, str]) -> Html:
    (_, old), (label, new) = before, after
    changed = html.join(" → ", (old, html.bold(new))) if old != new else html.bold(new)
    return html.fill(label, what=changed)
