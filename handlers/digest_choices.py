"""What there is to choose from for each setting of a digest."""

from dataclasses import dataclass
from datetime import time

from handlers.context import Request
from locales.translations import languages
from registry.deeds import SetDigest
from registry.digests import HORIZONS, Digest, WhenEmpty
from registry.prepared import PreparedAct
from registry.queries import Intent, Kind, Names, Query
from registry.slots import OnHoliday
from views import digest_facts as views
from views.filters import field as field_name
from views.html import shortened
from views.names import KIND, language_name
from views.voice import Voice

PICKS = "pick "  # of a button that opens the offices below one, or below none
_TIMES = (time(7), time(7, 30), time(8), time(9), time(12), time(16))
_MOST = 40  # names in one message
_LENGTH = 38


@dataclass(frozen=True)
class Choice:
    """A button: how the digest then is, and the page that is shown of it, '' for the card."""

    label: str
    digest: Digest
    page: str = ""
    act: PreparedAct = PreparedAct.CHOOSE


Choices = tuple[Choice, ...]


def choices(request: Request, deed: SetDigest, page: str, known: Names, offices: tuple[str, ...]) -> Choices | None:
    """None where there is no such page; ``offices`` are those of the chat, or of the person in private."""
    digest, voice = deed.digest, request.voice
    match page:
        case "scope":
            return _scopes(digest, known, offices, voice)
        case "field":
            numbers = dict.fromkeys(sorted(found.number for found in known.fields))
            return tuple(_about(field_name(n, known, voice), digest, Query(field=n)) for n in numbers)[:_MOST]
        case "programme":
            return tuple(_about(name, digest, Query(programme=name)) for name in known.programmes[:_MOST])
        case "when":
            return _times(digest, voice)
        case "horizon":
            days = [(voice.say.plural("{n} day", "{n} days", n), n) for n in HORIZONS]
            return tuple(_one(label, digest, digest.horizon == n, horizon=n) for label, n in days)
        case "kinds":
            return _kinds(digest, voice)
        case "language":
            named = [(language_name(code, voice.say), code) for code in languages()]
            return tuple(_one(label, digest, digest.language == code, language=code) for label, code in named)
        case "rest":
            return _rest(digest, voice)
    return None


def _one(label: str, digest: Digest, chosen: bool, *, page: str = "", **change: object) -> Choice:
    return Choice(f"✓ {label}" if chosen else label, digest.model_copy(update=change), page)


def _about(label: str, digest: Digest, scope: Query) -> Choice:
    """Whose records a digest is about; the kinds stay."""
    scope = scope.model_copy(update={"intent": Intent.OPEN, "kinds": digest.scope.kinds})
    return Choice(shortened(label, _LENGTH), digest.model_copy(update={"scope": scope}))


def _scopes(digest: Digest, known: Names, offices: tuple[str, ...], voice: Voice) -> Choices:
    say = voice.say
    found = [_about(say("The whole city"), digest, Query())]
    if offices:
        found.append(_about(voice.short_offices(offices), digest, Query(offices=offices)))
    found.append(Choice(say("Offices …"), digest, PICKS))
    if known.fields:
        found.append(Choice(say("Field of action …"), digest, "field"))
    if known.programmes:
        found.append(Choice(say("Programme …"), digest, "programme"))
    found.append(Choice(say("In my words …"), digest, "scope", PreparedAct.SAY))
    return tuple(found)


def _times(digest: Digest, voice: Voice) -> Choices:
    rule = digest.rule
    days = [(day, tuple(sorted(set(rule.weekdays) ^ {day}))) for day in range(7)]
    weekdays = tuple(
        _one(
            views.weekday(day, voice.say),
            digest,
            day in rule.weekdays,
            page="when",
            rule=rule.model_copy(update={"weekdays": then or rule.weekdays}),
        )
        for day, then in days
    )
    times = tuple(
        _one(voice.say.time(at), digest, rule.at == at, page="when", rule=rule.model_copy(update={"at": at}))
        for at in _TIMES
    )
    return (*weekdays, *times, Choice(voice.say("Another time …"), digest, "at", PreparedAct.SAY))


def _kinds(digest: Digest, voice: Voice) -> Choices:
    scope = digest.scope

    def having(*kinds: Kind) -> Query:
        return scope.model_copy(update={"kinds": kinds})

    everything = _one(voice.say("Everything"), digest, not scope.kinds, page="kinds", scope=having())
    kinds = (kind for kind in Kind if kind in KIND)
    return everything, *(
        _one(
            voice.say.of(*KIND[kind]),
            digest,
            kind in scope.kinds,
            page="kinds",
            scope=having(*(one for one in Kind if (one in scope.kinds) != (one is kind))),
        )
        for kind in kinds
    )


def _rest(digest: Digest, voice: Voice) -> Choices:
    say, rule = voice.say, digest.rule
    empty = digest.when_empty is WhenEmpty.LINE
    switched = WhenEmpty.NOTHING if empty else WhenEmpty.LINE
    return (
        _one(say("A line when nothing is due"), digest, empty, page="rest", when_empty=switched),
        _one(say("With a sound"), digest, not digest.is_silent, page="rest", is_silent=not digest.is_silent),
        _one(say("Pin the newest"), digest, digest.is_pinned, page="rest", is_pinned=not digest.is_pinned),
        *(
            _one(
                say(views.ON_HOLIDAY[shift]),
                digest,
                rule.on_holiday is shift,
                page="rest",
                rule=rule.model_copy(update={"on_holiday": shift}),
            )
            for shift in OnHoliday
        ),
    )
