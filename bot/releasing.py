"""``amtsbote release``: makes a record public that nobody sees in the chat, and so nobody can release there."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console

from bot import free_days
from bot.failures import Failure
from bot.opening import open_store
from bot.settings import Settings
from locales.phrases import phrase
from locales.translations import Language, language
from registry.changes import Do
from registry.deeds import SetVisibility, Subject
from registry.doing import Circumstances, NotPossible, completed, done
from registry.identity import identity, ref_of, visibility_of
from registry.inquiries import Inquiry, QuestionList
from registry.people import Reader, Role
from registry.references import read_reference
from registry.visibility import Clearance, Visibility
from storage.doing import do_by_operator
from storage.errors import ChangedMeanwhile
from storage.store import Store
from views import html, releasing
from views.html import Html
from views.subjects import named
from views.voice import Voice

_NO_RECORD = phrase("There is no record {ref} in the register.")
_IS_PUBLIC = phrase("{ref} is public already.")
_CHANGED = phrase("{ref} was changed in the meantime. Run the command again to see what it says now.")
_OPERATOR = Reader(person=0, chat=0, role=Role.ADMIN, clearance=Clearance.CONTENT)
_AGREED = frozenset({"j", "ja", "y", "yes"})


@dataclass(frozen=True)
class _Release:
    """A release as it was shown: what the record says before and after it, and what becomes public with it."""

    deed: SetVisibility
    before: Subject
    after: Subject
    question_list: QuestionList | None


async def release(settings: Settings, ref: str, *, yes: bool, language_code: str | None) -> int:
    """Shows what becomes public and asks, unless ``yes`` says so. Returns 1 if that was declined."""
    say = language(language_code or settings.language)
    now = datetime.now(UTC).astimezone(settings.zone)
    async with open_store(settings, writes=True) as store:
        release_ = await _considered(store, read_reference(ref) or ref.strip(), now)
        voice = Voice(say=say, offices=await store.offices(), now=now, workdays=free_days.workdays(settings))
        _show(
            named(release_.before, voice),
            *releasing.disclosed(release_.after, voice, question_list=release_.question_list),
        )
        if not yes and not _agrees(ref_of(release_.before), say):
            _show(html.html(say("Nothing was changed.")))
            return 1
        await _do(store, release_, now)
    _show(_done(release_.after, say))
    return 0


async def _considered(store: Store, ref: str, now: datetime) -> _Release:
    register = store.register(_OPERATOR)
    subject = await register.subject(ref)
    if subject is None:
        raise Failure(_NO_RECORD, ref=ref, exit_code=2)
    at = Circumstances(now.date(), await store.offices(), None, next_number=await register.next_number(subject))
    try:
        deed = completed(SetVisibility(ref=ref_of(subject), to=Visibility.PUBLIC), subject, at)
        after = done(deed, subject, at)
    except NotPossible as obstacle:
        raise Failure(_IS_PUBLIC, ref=ref) from obstacle
    if not isinstance(deed, SetVisibility):
        raise TypeError("a release stays one")
    lists = await register.lists() if isinstance(after, Inquiry) else ()
    hidden = (one for one in lists if one.visibility is Visibility.NONPUBLIC and one.key == getattr(after, "list", ""))
    return _Release(deed, subject, after, next(hidden, None))


def _agrees(ref: str, say: Language) -> bool:
    """Nobody at the other end does not agree."""
    try:
        answer = input(say("Make {ref} public? (y/N)", ref=ref) + " ")
    except EOFError:
        return False
    return answer.strip().lower() in _AGREED


async def _do(store: Store, what: _Release, now: datetime) -> None:
    change = Do(
        id=secrets.token_urlsafe(18),
        deed=what.deed,
        person=_OPERATOR.person,
        chat=_OPERATOR.chat,
        clearance=_OPERATOR.clearance,
        record=identity(what.before),
        version=what.before.version,
        at=now,
        today=now.date(),
    )
    try:
        await store.database.write(lambda transaction: do_by_operator(transaction, change, what.deed))
    except ChangedMeanwhile as error:
        raise Failure(_CHANGED, ref=ref_of(what.before)) from error


def _done(after: Subject, say: Language) -> Html:
    """A paper may still be hidden by one of its steps."""
    if visibility_of(after) is Visibility.NONPUBLIC:
        return html.html(say("✓ Saved."))
    return html.html(say("✓ {ref} is public.", ref=ref_of(after)))


def _show(*told: Html) -> None:
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for one in told:
        console.print(html.plain(one))
