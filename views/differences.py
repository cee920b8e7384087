"""What a deed changes in a record: what it said before, and what it will say."""

import json

from registry.deeds import RecordDeed, Subject, WriteNote
from registry.inquiries import Inquiry
from registry.measures import Measure
from views import html, inquiry_work, measure_work, paper_work, times
from views.fields import field_caption, field_value
from views.html import Html
from views.voice import Voice

_VALUE_LENGTH = 300  # of a value in a preview: who confirms it should read it
_LONG = frozenset({"current_state", "answer", "text", "decision"})  # shown as they will read, folded
_UNSAID = frozenset({"version", "doubted_by", "contributions", "consultations", "mandates", "milestones"})


def differences(before: Subject, after: Subject, voice: Voice) -> tuple[Html, ...]:
    """One line for each field that changes; long texts as they will read."""
    changed = [name for name in type(before).model_fields if getattr(before, name) != getattr(after, name)]
    told = tuple(_difference(name, before, after, voice) for name in changed if name not in _UNSAID)
    if isinstance(before, Inquiry) and isinstance(after, Inquiry):
        return (*inquiry_work.contribution_changes(before, after, voice), *told)
    return (*paper_work.differences(before, after, voice), *told)


def _difference(name: str, before: Subject, after: Subject, voice: Voice) -> Html:
    named = field_caption(name, voice.say)
    if name in _LONG:
        text = inquiry_work.quoted(str(getattr(after, name)), voice)
        return html.lines(html.fill("{field}:", field=named), text or html.bold("–"))
    old, new = (_value(name, record, voice) for record in (before, after))
    return html.fill("{field}: {change}", field=named, change=html.join(" → ", (old, html.bold(new or "–"))))


def _value(name: str, record: Subject, voice: Voice) -> str:
    """A deadline with the date that its words mean."""
    if isinstance(record, Measure) and name == "deadline":
        return times.deadline(record.deadline, voice, is_open=True)
    return field_value(name, stored(getattr(record, name)), voice, length=_VALUE_LENGTH)


def stored(value: object) -> str:
    """As the register writes it; see views/fields."""
    if value is None or value == ():
        return ""
    if hasattr(value, "model_dump_json"):
        return str(value.model_dump_json())
    if isinstance(value, tuple):
        return json.dumps([str(one) for one in value], ensure_ascii=False)
    return str(value)


def besides(deed: RecordDeed, before: Subject, after: Subject, voice: Voice) -> tuple[Html, ...]:
    """What a deed says that no field of the record shows."""
    match deed:
        case WriteNote(text=str() as text):
            return (html.lines(voice.say("Note:"), inquiry_work.quoted(text, voice)),)
    warnings = inquiry_work.warnings(deed, before, after, voice)
    return (*measure_work.besides(deed, before, voice), *warnings, *paper_work.warnings(deed, before, after, voice))
