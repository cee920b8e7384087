"""What somebody is about to do, has done, or cannot do; always with what was before and what is the next step."""

import json
from collections.abc import Sequence

from locales.phrases import phrase
from locales.translations import Language
from registry.deeds import Deed, RecordDeed, ReportStatus, SetVisibility, Subject, WriteNote
from registry.doing import Obstacle
from registry.measures import Status
from registry.papers import Paper, effective_visibility
from registry.programmes import Programme
from registry.queries import Intent, Query
from registry.rights import places_of
from registry.visibility import Visibility
from views import buttons, html
from views.cards import heading
from views.fields import field_name, field_value
from views.html import Html
from views.message import Button, Message, Style
from views.voice import Voice

_LONG = frozenset({"current_state", "answer", "text"})  # shown as they will read, folded
_UNSAID = frozenset({"version", "doubted_by"})

_OBSTACLES = {
    Obstacle.NOTHING_CHANGES: phrase("The register says so already."),
    Obstacle.WRONG_KIND: phrase("That cannot be done to this kind of record."),
    Obstacle.IS_STUB: phrase("This measure is only referred to; its own text has not arrived yet."),
    Obstacle.NOT_REPORTABLE: phrase("That is no status that can be reported."),
    Obstacle.TEXT_TOO_LONG: phrase("That text is too long; at most 4,000 characters fit."),
}
_QUESTIONS = {
    "status": phrase("Which status shall I note?"),
    "to": phrase("Who may see it?"),
}
_PROMPTS = {
    (ReportStatus, "text"): phrase("Please write the current state as your next message."),
    (WriteNote, "text"): phrase("Please write the note as your next message."),
}
_REASON = phrase("Please write the reason as your next message: a discarded measure needs one.")
_ADDED = {"text": phrase("✎ Add text")}


def may_be_added(deed: RecordDeed) -> tuple[str, ...]:
    """The fields that the deed may say more about, or otherwise."""
    return ("text",) if isinstance(deed, ReportStatus) else ()


def choose(deed: RecordDeed, subject: Subject, missing: str, keys: Sequence[tuple[str, str]], voice: Voice) -> Message:
    """``keys`` are the labels with the tokens of their buttons."""
    return Message(
        html=html.lines(_subject(subject, voice), html.bold(voice.say(_QUESTIONS[missing]))),
        buttons=buttons.rows(*buttons.flowing([buttons.deed(label, token) for label, token in keys])),
        label=label_of(subject),
        refs=(deed.ref,),
    )


def asks_for_words(deed: Deed, subject: Subject, field: str, voice: Voice) -> Message:
    needs_reason = isinstance(deed, ReportStatus) and deed.status is Status.DISCARDED
    prompt = _REASON if needs_reason else _PROMPTS[type(deed), field]
    return Message(
        html=html.lines(
            _subject(subject, voice),
            html.bold(voice.say(prompt)),
            html.italic(voice.say("I wait for it for 15 minutes. /cancel gives it up.")),
        ),
        buttons=((buttons.command(voice.say("Cancel"), "cancel"),),),
        label=label_of(subject),
        refs=(ref_of(subject),),
        asks=True,
    )


def preview(
    deed: RecordDeed,
    subject: Subject,
    after: Subject,
    *,
    confirm: str,
    cancel: str,
    more: Sequence[tuple[str, str]],
    voice: Voice,
) -> Message:
    say = voice.say
    return Message(
        html=html.paragraphs(
            html.lines(_subject(subject, voice), *differences(subject, after, voice), *_besides(deed, voice)),
            html.bold(say("Save this?")),
        ),
        buttons=buttons.rows(
            buttons.row(
                buttons.deed(say("✓ Save"), confirm, style=Style.SUCCESS),
                *(buttons.deed(say(_ADDED[field]), token) for field, token in more),
            ),
            buttons.row(buttons.deed(say("✕ Do not save"), cancel)),
        ),
        label=label_of(subject),
        refs=(deed.ref,),
    )


def saved(deed: RecordDeed, subject: Subject, after: Subject, *, undo: str, voice: Voice) -> Message:
    say = voice.say
    return Message(
        html=html.lines(
            html.bold(say("✓ Saved.")),
            _subject(after, voice),
            *differences(subject, after, voice),
            *_besides(deed, voice),
        ),
        buttons=(buttons.row(buttons.deed(say("↶ Undo"), undo), _show(deed.ref)),),
        label=_stricter(subject, after),
        refs=(deed.ref,),
    )


def saved_briefly(say: Language) -> str:
    return say("Saved.")


def changed_meanwhile(shown: Message, say: Language) -> Message:
    """The proposal as it would be now, after somebody else's change."""
    warning = html.bold(say("⚠ The record was changed in the meantime. This is what it would be now:"))
    return shown.model_copy(update={"html": html.paragraphs(warning, Html(shown.html))})


def differences(before: Subject, after: Subject, voice: Voice) -> tuple[Html, ...]:
    """One line for each field that changes; long texts as they will read."""
    changed = [name for name in type(before).model_fields if getattr(before, name) != getattr(after, name)]
    return tuple(_difference(name, before, after, voice) for name in changed if name not in _UNSAID)


def _difference(name: str, before: Subject, after: Subject, voice: Voice) -> Html:
    named = field_name(name, voice.say)
    if name in _LONG:
        return html.lines(html.fill("{field}:", field=named), html.quote(str(getattr(after, name)), folded=True))
    old, new = (field_value(name, _stored(getattr(record, name)), voice) for record in (before, after))
    return html.fill("{field}: {change}", field=named, change=html.join(" → ", (old, html.bold(new or "–"))))


def _stored(value: object) -> str:
    """As the register writes it; see views/fields."""
    if value is None or value == ():
        return ""
    if hasattr(value, "model_dump_json"):
        return str(value.model_dump_json())
    if isinstance(value, tuple):
        return json.dumps([str(one) for one in value], ensure_ascii=False)
    return str(value)


def _besides(deed: RecordDeed, voice: Voice) -> tuple[Html, ...]:
    """What a deed says that no field of the record shows."""
    match deed:
        case WriteNote(text=str() as text):
            return (html.lines(voice.say("Note:"), html.quote(text, folded=True)),)
        case SetVisibility(to=Visibility.PUBLIC):
            return (html.italic(voice.say("Everybody who may ask here will then see it, its numbers and its texts.")),)
    return ()


def not_yours(deed: RecordDeed, subject: Subject, voice: Voice) -> Message:
    places = voice.short_offices(places_of(subject)) or voice.say("coordination")
    return Message(
        html=html.lines(
            html.bold(voice.say("You may not change {ref}.", ref=deed.ref)),
            voice.say("It belongs to: {places}. Coordination can change every record.", places=places),
        ),
        buttons=(buttons.row(_show(deed.ref)),),
        label=label_of(subject),
        refs=(deed.ref,),
    )


def not_possible(obstacle: Obstacle, deed: RecordDeed, subject: Subject, voice: Voice) -> Message:
    return Message(
        html=html.lines(html.bold(voice.say(_OBSTACLES[obstacle])), _subject(subject, voice)),
        buttons=(buttons.row(_show(deed.ref)),),
        label=label_of(subject),
        refs=(deed.ref,),
    )


def really_undo(refs: Sequence[str], label: Visibility, *, confirm: str, cancel: str, say: Language) -> Message:
    return Message(
        html=html.bold(say("Take back your last change ({refs})?", refs=", ".join(refs))),
        buttons=(
            buttons.row(
                buttons.deed(say("↶ Undo"), confirm, style=Style.DANGER), buttons.deed(say("✕ Leave it"), cancel)
            ),
        ),
        label=label,
        refs=tuple(refs),
    )


def undone(refs: Sequence[str], label: Visibility, say: Language) -> Message:
    return Message(
        html=html.bold(say("↶ Taken back: {refs}", refs=", ".join(refs))),
        buttons=(buttons.row(*(_show(ref) for ref in refs[:4])),),
        label=label,
        refs=tuple(refs),
    )


def undone_briefly(say: Language) -> str:
    return say("Taken back.")


def cannot_undo(refs: Sequence[str], label: Visibility, say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("That can no longer be taken back.")),
            say("{refs} was changed again since. Please change it anew.", refs=", ".join(refs)),
        ),
        buttons=(buttons.row(*(_show(ref) for ref in refs[:4])),),
        label=label,
        refs=tuple(refs),
    )


def nothing_to_undo(say: Language) -> Message:
    return Message(
        html=html.lines(
            html.bold(say("There is nothing to take back.")),
            say("A change can be taken back for ten minutes, by whoever made it."),
        ),
        buttons=((buttons.command(say("What is open?"), "open"),),),
    )


def nothing_changed(say: Language) -> Message:
    return Message(
        html=html.bold(say("Nothing was changed.")),
        buttons=((buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),),
    )


def not_your_button(say: Language) -> str:
    return say("This button was made for somebody else.")


def done_already(say: Language) -> str:
    return say("Done already.")


def expired(say: Language) -> str:
    return say("This button has expired. Please start again.")


def label_of(subject: Subject) -> Visibility:
    return effective_visibility(subject) if isinstance(subject, Paper) else subject.visibility


def _stricter(before: Subject, after: Subject) -> Visibility:
    return Visibility.NONPUBLIC if Visibility.NONPUBLIC in (label_of(before), label_of(after)) else Visibility.PUBLIC


def ref_of(subject: Subject) -> str:
    return subject.name if isinstance(subject, Programme) else subject.number or ""


def _subject(subject: Subject, voice: Voice) -> Html:
    return heading(ref_of(subject), voice.title(subject.title, subject.title_en))


def _show(ref: str) -> Button:
    return buttons.question(ref, Query(intent=Intent.SHOW, ref=ref))
