"""The work on inquiries: what is asked, offered and shown while offices contribute and coordination answers."""

from collections.abc import Iterator

from locales.phrases import Term, phrase, term
from locales.translations import Language
from registry.deeds import Deed, RecordDeed, Subject
from registry.deeds.inquiries import (
    DeliverContribution,
    ForAnOffice,
    HandBack,
    MergeContributions,
    NoteAnswered,
    Release,
    Route,
    SendBack,
    SetInquiryDue,
    Withdraw,
    WriteAnswer,
)
from registry.doing import Obstacle
from registry.inquiries import Contribution, Inquiry, InquiryStatus
from views import buttons, html
from views import names as called
from views.fields import field_caption
from views.html import Html
from views.message import Button, Message
from views.voice import Voice

_SHOWN_CHARACTERS = 1500  # of a text in a preview; two of them and what stands around them fit one message

OBSTACLES = {
    Obstacle.NO_CONTRIBUTION: phrase("No contribution is awaited from there."),
    Obstacle.NOBODY_ASKED: phrase("No office is asked to contribute yet."),
    Obstacle.NOTHING_DELIVERED: phrase("Nothing was delivered yet that could be sent back."),
    Obstacle.IS_SETTLED: phrase("This inquiry is settled; nothing more is needed."),
    Obstacle.IS_RELEASED: phrase("The answer is released already. Coordination can send the contribution back."),
    Obstacle.NOT_RELEASED: phrase("The answer is not released yet."),
    Obstacle.WAITS_FOR_OFFICES: phrase("The answer still waits for: {words}"),
    Obstacle.NOT_IN_ANSWER: phrase("There are contributions that are not part of the answer yet."),
    Obstacle.NO_ANSWER: phrase("There is no answer yet that could be released."),
    Obstacle.NOTHING_TO_MERGE: phrase("Nothing was delivered that is not part of the answer already."),
    Obstacle.UNKNOWN_OFFICE: phrase("I know no office “{words}”."),
    Obstacle.NO_OFFICE_NAMED: phrase("I find no office in “{words}”."),
    Obstacle.OWN_OFFICE: phrase("{words} is the office that hands the inquiry back."),
    Obstacle.UNKNOWN_DATE: phrase("I do not understand the date “{words}”."),
    Obstacle.DATE_PAST: phrase("The date “{words}” lies in the past."),
    Obstacle.DATE_TO_COME: phrase("The date “{words}” is still to come."),
}
QUESTIONS = {"office": phrase("For which office?")}
PROMPTS: dict[tuple[type[Deed], str], str] = {
    (DeliverContribution, "text"): phrase("Please write the contribution."),
    (HandBack, "reason"): phrase("Why is the office not responsible? Please write it."),
    (HandBack, "better"): phrase("Which office is responsible? Please write its code or name."),
    (SendBack, "remark"): phrase("What is missing? Please write it."),
    (Route, "words"): phrase("Who contributes? Please write it as in D05/ A50/ A51// D01/ A11."),
    (SetInquiryDue, "words"): phrase("Until when? For example 31.12. or in 2 weeks; “answer 31.12.” means the answer."),
    (WriteAnswer, "text"): phrase("Please write the answer."),
    (Withdraw, "reason"): phrase("Why is no answer needed any more? Please write it."),
}
ADDED = {
    "better": phrase("✎ Name the right office"),
    "reason": phrase("✎ Change the reason"),
    "remark": phrase("✎ Change the remark"),
}
_ADDABLE: dict[type[Deed], tuple[str, ...]] = {
    DeliverContribution: ("text",),
    HandBack: ("better", "reason"),
    SendBack: ("remark",),
    WriteAnswer: ("text",),
}
_DROPPED: Term = term("contribution status", "no longer asked")


def which_inquiry(example: str, say: Language, *, in_review: bool) -> Message:
    """``in_review`` offers those that wait for coordination, else those that wait for offices of one's own."""
    listed = buttons.command(say("To review"), "review") if in_review else _mine(say)
    return Message(
        html=html.lines(html.bold(say("Which inquiry?")), say(example)),
        buttons=(buttons.row(listed, buttons.command(say("What is open?"), "open")), (_help(say),)),
    )


def _mine(say: Language) -> Button:
    return buttons.command(say("Open for my offices"), "mine")


def _help(say: Language) -> Button:
    return buttons.command(say("Help"), "help")


def may_be_added(deed: RecordDeed) -> tuple[str, ...]:
    return _ADDABLE.get(type(deed), ())


def choices(deed: ForAnOffice, voice: Voice) -> tuple[tuple[str, RecordDeed], ...]:
    """The offices that it can be done for."""
    return tuple((voice.office(office), deed.model_copy(update={"office": office})) for office in deed.among)


def instead(deed: RecordDeed, voice: Voice) -> str:
    """What a button is called that does something else than what cannot be done."""
    say = voice.say
    match deed:
        case Route(words=str() as words):
            return words
        case HandBack(better=str() as office):
            return voice.office(office)
        case HandBack():
            return say("Without naming an office")
        case MergeContributions():
            return say("Add them to the answer")
        case Release(as_it_is=True):
            return say("Release it as it is")
        case Release():
            return say("✓ Release")
        case WriteAnswer():
            return say("✎ Write the answer")
        case DeliverContribution():
            return say("✎ Contribute")
        case NoteAnswered():
            return say("Today")
    return say("✎ Write it again")


def at_hand(deed: Deed, inquiry: Inquiry, voice: Voice) -> Iterator[Html]:
    """The question, and what was said before: by the office, of its contribution, or in the answer."""
    if isinstance(deed, DeliverContribution | HandBack | Route | Withdraw | WriteAnswer):
        yield quoted(inquiry.text, voice)
    if isinstance(deed, ForAnOffice) and deed.office:
        known = next((part for part in inquiry.contributions if part.office == deed.office), None)
        yield _change(None, known, voice) if known else Html("")
    if isinstance(deed, WriteAnswer) and inquiry.answer:
        yield html.lines(voice.say("Answer so far:"), quoted(inquiry.answer, voice))


def ways_on(deed: RecordDeed, after: Inquiry, voice: Voice) -> buttons.Row:
    """What an answer that was just worked on waits for."""
    ref, say = after.number or "", voice.say
    match deed, after.status:
        case ((MergeContributions() | WriteAnswer()), InquiryStatus.IN_REVIEW):
            return (buttons.command(say("✓ Release"), "release", ref),)
        case Release(), _:
            return (buttons.command(say("✓ Answer was sent"), "answered", ref),)
    return ()


def contribution_changes(before: Inquiry, after: Inquiry, voice: Voice) -> Iterator[Html]:
    """One line for each office whose part changes, with what it says now."""
    known = {part.office: part for part in before.contributions}
    is_routed_anew = before.routing != after.routing  # then all are listed that contribute from now on
    for part in after.contributions:
        old = known.pop(part.office, None)
        if part != old or is_routed_anew:
            yield _change(old, part, voice)
    for dropped in known.values():
        yield _line(dropped.office, called.contribution_status(dropped.status, voice.say), asked_no_more(voice), voice)


def _change(old: Contribution | None, new: Contribution, voice: Voice) -> Html:
    status = called.contribution_status(new.status, voice.say)
    before = called.contribution_status(old.status, voice.say) if old and old.status is not new.status else ""
    known = old or Contribution(office=new.office)
    better = voice.say("Responsible: {office}", office=voice.office(new.better_office)) if new.better_office else ""
    return html.lines(
        _line(new.office, before, status, voice),
        quoted(new.text, voice) if new.text != known.text else "",
        quoted(new.reason, voice) if new.reason != known.reason else "",
        better if new.better_office != known.better_office else "",
        quoted(new.remark, voice) if new.remark != known.remark else "",
    )


def _line(office: str, before: str, after: str, voice: Voice) -> Html:
    change = html.join(" → ", (before, html.bold(after)))
    return html.fill("{office}: {change}", office=voice.office(office), change=change)


def asked_no_more(voice: Voice) -> str:
    return f"✕ {voice.say.of(*_DROPPED)}"


def quoted(text: str, voice: Voice) -> Html:
    """A text as it will read; of a long one the beginning, and how long it is."""
    if len(text) <= _SHOWN_CHARACTERS:
        return html.quote(text, folded=True) if text else Html("")
    shown = text[:_SHOWN_CHARACTERS].rsplit(maxsplit=1)[0]
    size = voice.say("The whole text has {n} characters.", n=voice.say.number(len(text)))
    return html.lines(html.quote(f"{shown} …", folded=True), html.italic(size))


def warnings(deed: RecordDeed, before: Subject, after: Subject, voice: Voice) -> tuple[Html, ...]:
    """What the record does not show, and what should be known before it is done though nothing stands against it."""
    if not isinstance(before, Inquiry) or not isinstance(after, Inquiry):
        return ()
    return tuple(_warnings(deed, before, after, voice))


def _warnings(deed: RecordDeed, before: Inquiry, after: Inquiry, voice: Voice) -> Iterator[Html]:
    if isinstance(deed, Withdraw) and deed.reason:
        yield html.lines(voice.say("Reason:"), quoted(deed.reason, voice))
    if isinstance(deed, Release) and before.answer == after.answer:
        # Who approves a text reads it.
        yield html.lines(html.fill("{field}:", field=field_caption("answer", voice.say)), quoted(after.answer, voice))
    if not isinstance(deed, SetInquiryDue) or deed.on is None:
        return
    if after.offices_due_on and after.due_on and after.offices_due_on > after.due_on:
        day = voice.say.date(after.due_on)
        yield html.italic(voice.say("⚠ The answer is due before the contributions, on {day}.", day=day))
    if not voice.workdays.is_workday(deed.on):
        yield html.italic(voice.say("⚠ That is no working day."))
