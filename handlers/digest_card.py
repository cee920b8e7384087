"""The card that sets a digest up: one message that shows what a chat gets, with a button for each setting."""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.context import Answer, Request, Told
from handlers.digest_choices import Choice, choices
from handlers.digest_sight import Here, following, here, texts
from handlers.preparing import CANCEL, CONFIRM, prepare, stop_asking
from registry.administered import Hindrance, NotGranted, Situation
from registry.administration import outcome
from registry.changes import Change, Prepare
from registry.deeds import SetDigest
from registry.digests import Digest
from registry.prepared import PreparedAct
from registry.queries import Names, Query
from views import administration, buttons, digest_facts, digest_list, digest_setup
from views.buttons import Row
from views.message import Button, Message, Style

NOW, PREVIEW = "now", "preview"
_FATAL = frozenset({Hindrance.NO_CHAT, Hindrance.NO_DIGEST})


@dataclass(frozen=True)
class Keys:
    """Buttons that are made for a person, and what has to be kept for them to work."""

    request: Request
    deed: SetDigest
    version: int
    made: list[Prepare]

    def key(
        self, label: str, digest: Digest, act: PreparedAct, *, page: str = "", style: Style = Style.PLAIN
    ) -> Button:
        deed = self.deed.model_copy(update={"digest": digest, "next_at": None})
        self.made.append(prepare(self.request, deed, act, version=self.version, field=page))
        return buttons.deed(label, CONFIRM + self.made[-1].token, style=style)

    def opens(self, label: str, page: str = "") -> Button:
        return self.key(label, self.deed.digest, PreparedAct.CHOOSE, page=page)

    def chooses(self, found: Iterable[Choice]) -> list[Button]:
        return [self.key(one.label, one.digest, one.act, page=one.page) for one in found]

    def offers(self, offers: Iterable[Query], known: Names) -> list[Button]:
        """What the words for a scope may have meant."""
        found = [self.deed.having(scope=scope).digest for scope in offers]
        voice = self.request.voice
        return [self.key(digest_facts.about(one, known, voice), one, PreparedAct.CHOOSE) for one in found]

    @property
    def changes(self) -> tuple[Change, ...]:
        return (*stop_asking(self.request), *self.made)


async def card(request: Request, deed: SetDigest) -> Answer:
    at = await request.register.directory.situation(deed, by=request.person.id, today=request.today)
    against = _against(deed, at)
    if against in _FATAL or not isinstance(at.before, Digest):
        return Answer(administration.hindered(against or Hindrance.NO_DIGEST, deed, at, request.voice))
    keys = Keys(request, deed, at.version, [])
    place = await here(request, deed.digest)
    warning = (
        "" if against in {None, Hindrance.NOTHING_CHANGES} else administration.hindrance_in_words(against, request.say)
    )
    message = digest_setup.card(
        at.before,
        deed.digest,
        place=place.chat,
        known=place.known,
        following=following(request, deed.digest),
        warning=warning,
        rows=_rows(keys, at.before, is_possible=against is None),
        voice=request.voice,
    )
    return Answer(message.model_copy(update={"label": place.label(deed.digest)}), changes=keys.changes)


def _against(deed: SetDigest, at: Situation) -> Hindrance | None:
    try:
        outcome(deed, at)
    except NotGranted as hindrance:
        return hindrance.hindrance
    return None


def _rows(keys: Keys, before: Digest, *, is_possible: bool) -> tuple[Row, ...]:
    say, wanted = keys.request.say, keys.deed.digest
    rows: list[Row] = []
    cancel = buttons.command(say("‹ Digests"), "digest", "list")
    if is_possible:
        label = say("✓ Set up") if before.is_ended else say("✓ Save")
        rows.append((keys.key(label, wanted, PreparedAct.DO, style=Style.SUCCESS),))
        cancel = buttons.deed(say("✕ Leave it"), CANCEL + keys.made[-1].token)
    sends = () if before.is_ended else (keys.opens(say("Send now"), NOW),)
    rows.append((keys.opens(say("Preview"), PREVIEW), *sends))
    rows += buttons.flowing([keys.opens(say(label), page) for page, label in digest_setup.PAGES.items()])
    if not before.is_ended:
        rows.append(ways_out(keys, before))
    return (*rows, (cancel,))


def ways_out(keys: Keys, before: Digest) -> Row:
    """Pausing, going on and ending are done at once; each can be taken back."""
    say = keys.request.say
    paused = before.model_copy(update={"is_paused": not before.is_paused})
    label = say("▶ Go on") if before.is_paused else say("⏸ Pause")
    return (
        keys.key(label, paused, PreparedAct.DO),
        keys.key(say("✕ End it"), before.model_copy(update={"is_ended": True}), PreparedAct.DO, style=Style.DANGER),
    )


async def ways_out_of(request: Request, deed: SetDigest) -> Answer:
    """Where it was said in words that a digest shall pause, go on, or end."""
    at = await request.register.directory.situation(deed, by=request.person.id, today=request.today)
    place = await here(request, deed.digest)
    keys = Keys(request, deed, at.version, [])
    rows = (ways_out(keys, deed.digest), (buttons.deed(request.say("✕ Leave it"), CANCEL + keys.made[0].token),))
    message = digest_setup.really(deed.digest, place.chat, place.known, rows, request.voice)
    return Answer(message.model_copy(update={"label": place.label(deed.digest)}), changes=keys.changes)


async def numbered(request: Request, deed: SetDigest) -> SetDigest:
    """As it is written: a new one under the next number, and with the time it comes next."""
    digest = deed.digest
    number = digest.id or await request.register.directory.next_digest()
    slot = following(request, digest)
    numbered = digest.model_copy(update={"id": number})
    return deed.model_copy(update={"digest": numbered, "next_at": slot.due_at if slot else None})


async def page(request: Request, deed: SetDigest, name: str) -> Answer | None:
    """One setting of the card in its place; None where there is no such page."""
    place = await here(request, deed.digest)
    at = await request.register.directory.situation(deed, by=request.person.id, today=request.today)
    own = request.person.offices if place.chat is None else place.chat.offices
    found = choices(request, deed, name, place.known, own)
    if found is None:
        return None
    keys = Keys(request, deed, at.version, [])
    made = keys.chooses(found)
    rows = (made[:4], made[4:7], *buttons.flowing(made[7:])) if name == "when" else buttons.flowing(made)
    shown = (*(tuple(row) for row in rows), (keys.opens(request.say("‹ Back")),))
    message = digest_setup.page(name, deed.digest, place.chat, shown, request.voice)
    return Answer(message.model_copy(update={"label": place.label(deed.digest)}), changes=keys.changes)


async def preview(request: Request, deed: SetDigest) -> Answer:
    """A real digest, of which nothing is written, in the place of the card."""
    place = await here(request, deed.digest)
    first, *further = await texts(request, deed.digest, place)
    keys = Keys(request, deed, 0, [])
    back = keys.opens(request.say("‹ Back"))
    message = digest_setup.previewed(first, len(further), back, request.say)
    return Answer(message, changes=keys.changes)


async def send_now(request: Request, digest: Digest) -> Answer:
    """A digest besides those that come by the clock, which know nothing of it."""
    place = await here(request, digest)
    first, *further = await texts(request, digest, place)
    is_here = (digest.chat, digest.thread) == (request.chat.id, request.thread)
    pages = further if is_here else (first, *further)
    told = tuple(Told(digest.chat, message, digest.thread) for message in pages)
    if not is_here:
        return Answer(digest_list.sent(place.chat, request.say), told=told)
    return Answer(first, below=True, told=told)


async def saved(request: Request, deed: SetDigest, before: Digest, undo: str | None) -> Message:
    place = await here(request, deed.digest)
    message = digest_setup.saved(
        before, deed.digest, place.chat, following(request, deed.digest), place.known, undo, request.voice
    )
    return message.model_copy(update={"label": place.label(deed.digest)})


async def listing(request: Request, found: tuple[Digest, ...], place: Here, new: SetDigest, more: Row = ()) -> Answer:
    """What comes here, each with a button that opens its card."""
    keys = Keys(request, new, 0, [])
    opened = [
        keys.key(f"{at} · {digest_facts.about(one, place.known, request.voice)}", one, PreparedAct.CHOOSE)
        for at, one in enumerate(found, 1)
    ]
    rows = (*((button,) for button in opened), (keys.opens(request.say("＋ Another one")),), *((one,) for one in more))
    message = digest_list.listing(found, place.chat, place.known, rows, request.voice)
    return Answer(message.model_copy(update={"label": place.label(*found)}), changes=keys.changes)
