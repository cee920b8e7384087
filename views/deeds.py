"""What somebody is about to do, or has done; always with what was before and what is the next step."""

from collections.abc import Sequence

from locales.phrases import phrase
from locales.translations import Language
from registry.deeds import Deed, EditMeasure, MeasureField, RecordDeed, ReportStatus, Subject, WriteNote
from registry.identity import ref_of, visibility_of
from registry.inquiries import Inquiry
from registry.measures import Measure, Status
from registry.visibility import Visibility, strictest
from views import awaiting, buttons, html, inquiry_work, measure_work, paper_work
from views.differences import besides, differences
from views.html import Html
from views.message import Message, Style
from views.subjects import named, show
from views.voice import Voice

_QUESTIONS = {
    **inquiry_work.QUESTIONS,
    **measure_work.QUESTIONS,
    **paper_work.QUESTIONS,
    "status": phrase("Which status shall I note?"),
    "to": phrase("Who may see it?"),
}
_PROMPTS: dict[tuple[type[Deed], str], str] = {
    **inquiry_work.PROMPTS,
    **measure_work.PROMPTS,
    **paper_work.PROMPTS,
    (ReportStatus, "text"): phrase("Please write the current state."),
    (WriteNote, "text"): phrase("Please write the note."),
}
_REASON = phrase("Please write the reason: a discarded measure needs one.")
_ADDED = {**inquiry_work.ADDED, **measure_work.ADDED, **paper_work.ADDED, "text": phrase("✎ Add text")}
_ANEW = phrase("✎ Change the text")


def adding(deed: RecordDeed, field: str) -> str:
    """What the button is called that asks for a field; what is said already is said anew, not added to."""
    return _ANEW if field == "text" and getattr(deed, field) else _ADDED[field]


def may_be_added(deed: RecordDeed) -> tuple[str, ...]:
    """The fields that the deed may say more about, or otherwise."""
    return measure_work.may_be_added(deed) or inquiry_work.may_be_added(deed) or paper_work.may_be_added(deed)


def choose(deed: RecordDeed, subject: Subject, missing: str, keys: Sequence[tuple[str, str]], voice: Voice) -> Message:
    """``keys`` are the labels with the tokens of their buttons."""
    return Message(
        html=html.lines(named(subject, voice), html.bold(voice.say(_QUESTIONS[missing]))),
        buttons=buttons.rows(
            *buttons.flowing([buttons.deed(label, token) for label, token in keys]), buttons.row(show(deed.ref))
        ),
        label=visibility_of(subject),
        refs=(deed.ref,),
    )


def asks_for_words(deed: Deed, subject: Subject, field: str, voice: Voice) -> Message:
    needs_reason = isinstance(deed, ReportStatus) and deed.status is Status.DISCARDED
    prompt = _REASON if needs_reason else measure_work.prompt(deed) or _PROMPTS[type(deed), field]
    return Message(
        html=html.lines(
            named(subject, voice),
            *_at_hand(deed, subject, voice),
            html.bold(voice.say(prompt)),
            awaiting.how(voice),
        ),
        buttons=((buttons.command(voice.say("Cancel"), "cancel"),),),
        label=visibility_of(subject),
        refs=(ref_of(subject),),
        asks=True,
    )


def _at_hand(deed: Deed, subject: Subject, voice: Voice) -> tuple[Html, ...]:
    """What is good to have before one's eyes while writing: the question, or the text that is written anew."""
    match deed, subject:
        case _, Inquiry():
            return tuple(inquiry_work.at_hand(deed, subject, voice))
        case ReportStatus(), Measure():
            return (inquiry_work.quoted(subject.current_state, voice),)
        case EditMeasure(field=MeasureField.TEXT), Measure():
            return (inquiry_work.quoted(subject.text, voice),)
    return ()


def preview(
    deed: RecordDeed,
    subject: Subject,
    after: Subject,
    *,
    confirm: str,
    cancel: str,
    more: Sequence[tuple[str, str]],
    voice: Voice,
    effects: Sequence[Html] = (),
) -> Message:
    """``effects`` are the lines that tell what comes of the deed besides."""
    say = voice.say
    return Message(
        html=html.paragraphs(
            html.lines(
                named(subject, voice),
                *differences(subject, after, voice),
                *besides(deed, subject, after, voice),
            ),
            html.lines(*effects),
            html.bold(say("Save this?")),
        ),
        buttons=buttons.rows(
            *buttons.flowing(
                [
                    buttons.deed(say("✓ Save"), confirm, style=Style.SUCCESS),
                    *(buttons.deed(say(adding(deed, field)), token) for field, token in more),
                ]
            ),
            buttons.row(buttons.deed(say("✕ Do not save"), cancel)),
        ),
        label=visibility_of(subject),
        refs=(deed.ref,),
    )


def saved(
    deed: RecordDeed, subject: Subject, after: Subject, *, undo: str, voice: Voice, effects: Sequence[Html] = ()
) -> Message:
    say = voice.say
    return Message(
        html=html.lines(
            html.bold(say("✓ Saved.")),
            named(after, voice),
            *differences(subject, after, voice),
            *besides(deed, subject, after, voice),
            *effects,
        ),
        buttons=buttons.rows(
            buttons.row(buttons.deed(say("↶ Undo"), undo), show(ref_of(after))),
            measure_work.ways_on(deed, after, voice),
            inquiry_work.ways_on(deed, after, voice) if isinstance(after, Inquiry) else (),
        ),
        label=strictest((visibility_of(subject), visibility_of(after))),
        refs=(ref_of(after),),
    )


def saved_unseen(*, undo: str, say: Language, effects: Sequence[Html] = ()) -> Message:
    """Of a record that is not shown here any more."""
    return Message(
        html=html.lines(html.bold(say("✓ Saved.")), say("The record is no longer shown in this chat."), *effects),
        buttons=(buttons.row(buttons.deed(say("↶ Undo"), undo)),),
    )


def saved_briefly(say: Language) -> str:
    return say("Saved.")


def changed_meanwhile(shown: Message, say: Language, *, by_round: bool = False) -> Message:
    """The proposal as it would be now; ``by_round`` where only an evaluation began or ended."""
    record, evaluation = (
        say("⚠ The record was changed in the meantime. This is what it would be now:"),
        say("⚠ An evaluation round began or ended in the meantime. This is what it would be now:"),
    )
    warning = html.bold(evaluation if by_round else record)
    return shown.model_copy(update={"html": html.paragraphs(warning, Html(shown.html))})


def nothing_changed(say: Language, about: Subject | None = None) -> Message:
    """With the way back to the record that it was about."""
    return Message(
        html=html.bold(say("Nothing was changed.")),
        buttons=buttons.rows(
            buttons.row(show(ref_of(about)) if about else None),
            buttons.row(buttons.command(say("What is open?"), "open"), buttons.command(say("Help"), "help")),
        ),
        label=visibility_of(about) if about else Visibility.PUBLIC,
        refs=(ref_of(about),) if about else (),
    )


def not_your_button(say: Language) -> str:
    return say("This button was made for somebody else.")


def done_already(say: Language) -> str:
    return say("Done already.")


def expired(say: Language) -> str:
    return say("This button has expired. Please start again.")
