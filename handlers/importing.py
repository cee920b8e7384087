"""Documents that coordination sends in private: collected, read, tried out, decided, applied."""

from dataclasses import replace

import documents
from documents.findings import UnreadDocument
from handlers import administering, errors
from handlers.context import Answer, Request
from handlers.incoming import SentFile
from handlers.intray import NotFetched
from handlers.preparing import CONFIRM, await_words, do, new_token, prepare, stop_asking
from handlers.trying import tried
from registry import rights
from registry.changes import Change, DropDraft, KeepDraft
from registry.deeds import ImportDocument, LoadOffices, Undo
from registry.drafts import DRAFT_LASTS, LONGEST_TEXT, Draft, Field, joined, source_of
from registry.folding import tidy
from registry.offices import Office
from registry.people import Role
from registry.prepared import PreparedAct
from registry.reading import Form
from views import deeds as deed_views
from views import doubts, dry_run
from views import importing as views
from views.dry_run import Shown

LARGEST_FILE = 20_000_000  # bytes; Telegram hands bots no larger ones
_MEGABYTE = 1_000_000
_SHORTEST = 200  # characters; a shorter text is a question, whatever it looks like
_ID_LENGTH = 24


async def start(request: Request) -> Answer:
    """``/import``: waits for a text or a file."""
    if not request.is_private:
        return Answer(views.only_in_private(request.bot_name, request.say))
    return Answer(views.asks_for_document(request.say), changes=(_await_more(request, new_token()),))


def is_document(request: Request) -> bool:
    """Whether a text that nobody asked for is a document to be read, from somebody who may have it read."""
    may = request.is_private and request.reader.role >= Role.COORDINATOR
    return may and len(request.words) >= _SHORTEST and documents.recognises(request.words)


async def begin(request: Request) -> Answer:
    return await more(request, ImportDocument(draft=new_token(), source=""))


async def more(request: Request, document: ImportDocument) -> Answer:
    """One more part of a text, which a messenger cuts where it is long."""
    if request.reader.role < Role.COORDINATOR:
        return errors.refuse_role(request, Role.COORDINATOR)
    draft = await _draft(request, document.draft) or _new_draft(request, document.draft)
    longer = draft.with_part(request.words)
    if longer.characters > LONGEST_TEXT:
        return Answer(views.too_long(LONGEST_TEXT, draft, request.say), changes=stop_asking(request))
    changes = (KeepDraft(draft=longer), _await_more(request, draft.id))
    return Answer(views.collected(longer, request.say), changes=changes)


async def sent(request: Request, file: SentFile) -> Answer:
    """A file: fetched where it is small enough, and read at once."""
    name = tidy(file.name) or "file"
    if file.size > LARGEST_FILE:
        return Answer(views.file_too_large(name, LARGEST_FILE // _MEGABYTE, request.say))
    if request.intray is None:
        return Answer(views.not_fetched(name, request.say))
    try:
        content = await request.intray.fetch(file.id)
    except NotFetched:
        return Answer(views.not_fetched(name, request.say))
    draft = _new_draft(request, new_token()).model_copy(update={"source": name})
    return _asked_no_more(request, await _read(request, draft, content))


def _asked_no_more(request: Request, answer: Answer) -> Answer:
    return replace(answer, changes=(*stop_asking(request), *answer.changes))


def dropped(request: Request) -> tuple[Change, ...]:
    """Who gives up writing a document gives up what was sent of it."""
    deed = request.entry.deed if request.entry else None
    return (DropDraft(id=deed.draft),) if isinstance(deed, ImportDocument) else ()


async def press(request: Request) -> Answer:
    """A button under a document: only for the person who sent it, where it was sent, as long as it is kept."""
    act, of, more = request.data[:1], request.data[1 : 1 + _ID_LENGTH], request.data[1 + _ID_LENGTH :]
    draft = await _draft(request, of)
    if draft is None:
        return errors.outdated(request)
    if act == "x":
        return Answer(views.given_up(request.say), changes=(*stop_asking(request), DropDraft(id=draft.id)))
    if draft.reading is None:
        return await _done_collecting(request, draft) if act == "d" else errors.outdated(request)
    return await _go_on(request, draft, act, more)


async def _done_collecting(request: Request, draft: Draft) -> Answer:
    text = joined(draft.parts)
    named = draft.model_copy(update={"source": source_of(text)})
    return _asked_no_more(request, await _read(request, named, text.encode()))


async def _read(request: Request, draft: Draft, content: bytes) -> Answer:
    """Whatever the document is, only its reading is kept from here on."""
    drop = DropDraft(id=draft.id)
    if request.intray is None:
        return Answer(views.not_fetched(draft.source, request.say), changes=(drop,))
    try:
        reading = await request.intray.read(draft.source, content, request.offices)
    except UnreadDocument as error:
        return Answer(views.not_read(draft.source, error, request.say), changes=(drop,))
    if not rights.may_import(request.reader.role, reading.form):
        return Answer(views.not_for_you(request.say), changes=(drop,))
    if reading.form is Form.OFFICES:
        return await _load_offices(request, reading.offices, drop)
    return await _show(request, draft.model_copy(update={"reading": reading, "parts": ()}))


async def _load_offices(request: Request, offices: tuple[Office, ...], drop: DropDraft) -> Answer:
    """The tree of offices decides who may change what: it goes the way of all that administrators do."""
    loaded = await administering.propose(request, LoadOffices(offices=offices))
    return replace(loaded, changes=(drop, *loaded.changes))


async def _go_on(request: Request, draft: Draft, act: str, more: str) -> Answer:
    match act:
        case "s":
            return await _show(request, draft)
        case "p" | "n":
            return await _show(request, draft.model_copy(update={"public": act == "p"}))
        case "f":
            return Answer(doubts.doubts(await tried(request, draft), more, request.voice))
        case "c":
            return await _next_conflict(request, draft)
        case "o" | "t":
            return await _decide(request, draft, more, follows=act == "t")
        case "a":
            return await _apply(request, draft)
    return errors.outdated(request)


async def _show(request: Request, draft: Draft, *, is_anew: bool = False) -> Answer:
    shown = await tried(request, draft)
    if shown.says_nothing_new:
        return Answer(dry_run.nothing_new(shown, request.say), changes=(DropDraft(id=draft.id),))
    kept = draft.model_copy(update={"shown": shown.fingerprint})
    return Answer(dry_run.summary(shown, request.voice, is_anew=is_anew), changes=(KeepDraft(draft=kept),))


async def _next_conflict(request: Request, draft: Draft) -> Answer:
    """The first that is not decided, else the first of all."""
    shown = await tried(request, draft)
    conflicts = shown.applied.conflicts
    if not conflicts:
        return await _show(request, draft)
    decided = {(field.ref, field.name) for field in (*draft.follows, *draft.stays)}
    at = next((n for n, one in enumerate(conflicts) if (one.ref, one.field) not in decided), 0)
    return Answer(doubts.conflict(shown, at, request.voice))


async def _decide(request: Request, draft: Draft, told: str, *, follows: bool) -> Answer:
    """One conflict decided; then the next that is not, and after the last of them the whole again."""
    ref, _, name = told.rpartition(" ")
    shown = await tried(request, draft)
    conflicts = shown.applied.conflicts
    if not any((one.ref, one.field) == (ref, name) for one in conflicts):
        return await _show(request, draft, is_anew=True)
    decided = draft.decided(Field(ref=ref, name=name), follows=follows)
    known = {(field.ref, field.name) for field in (*decided.follows, *decided.stays)}
    at = next((n for n, one in enumerate(conflicts) if (one.ref, one.field) not in known), None)
    if at is None:
        return await _show(request, decided)
    message = doubts.conflict(replace(shown, draft=decided), at, request.voice)
    return Answer(message, changes=(KeepDraft(draft=decided),))


async def _apply(request: Request, draft: Draft) -> Answer:
    """Applies what was shown; if that would be something else by now, it is shown anew."""
    shown = await tried(request, draft)
    if shown.fingerprint != draft.shown or request.revision is None:
        return await _show(request, draft, is_anew=True)
    return _applied(request, draft, shown, request.revision)


def _applied(request: Request, draft: Draft, shown: Shown, revision: int) -> Answer:
    deed_id = new_token()
    deed = ImportDocument(draft=draft.id, source=draft.source, title=shown.title, public=draft.public)
    undo = prepare(request, Undo(of=deed_id), PreparedAct.DO)
    return Answer(
        dry_run.imported(shown, request.voice, undo=CONFIRM + undo.token),
        toast=deed_views.saved_briefly(request.say),
        changes=(do(request, deed_id, deed, "", version=revision), undo, *stop_asking(request)),
    )


def _new_draft(request: Request, of: str) -> Draft:
    return Draft(id=of, person=request.person.id, chat=request.chat.id, expires_at=request.now + DRAFT_LASTS)


async def _draft(request: Request, of: str) -> Draft | None:
    return await request.register.own.draft(of, at=request.now)


def _await_more(request: Request, of: str) -> Change:
    return await_words(request, ImportDocument(draft=of, source=""), "text")
