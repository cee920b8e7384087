"""What somebody did last, in one line: before they take it back."""

import json
from collections.abc import Iterator, Sequence

from locales.translations import Language
from registry.administered import AdminSubject, Invitation
from registry.deeds import AdminDeed, CloseRound, ConfirmUnchanged, Deed, NewMeasure, OpenRound, RoundDeed, WriteNote
from registry.measures import Measure
from registry.prepared import Touched
from views import administration, html, parts, times
from views.differences import stored
from views.fields import changed_values, field_caption
from views.html import Html
from views.people import terms
from views.voice import Voice

_MOST = 3  # fields
_LENGTH = 300
_UNSAID = frozenset({"version", "doubted_by", "as_of"})  # a report says its day by itself
_DRAFTS = frozenset({"answer"})  # not everybody who reads along may read them; their name says enough


def record_line(deed: Deed, records: Sequence[Touched], voice: Voice) -> Html:
    """``Status of 1.5.M1: partly implemented → fully implemented``; of several records the references."""
    if len(records) != 1:
        return html.html(", ".join(one.ref for one in records))
    [one] = records
    match deed:
        case NewMeasure():
            return html.html(voice.say("New measure {ref}", ref=one.ref))
        case WriteNote():
            return html.html(voice.say("Note on {ref}", ref=one.ref))
        case ConfirmUnchanged():
            return html.html(voice.say("{ref} confirmed as unchanged", ref=one.ref))
    changes = [_change(name, one, voice) for name in _changed(one)]
    return html.html(html.shortened("; ".join(changes[:_MOST]), _LENGTH)) if changes else html.html(one.ref)


def _changed(one: Touched) -> Iterator[str]:
    names = (name for name in type(one.now).model_fields if name not in _UNSAID)
    return (name for name in names if getattr(one.was, name) != getattr(one.now, name))


def _change(name: str, one: Touched, voice: Voice) -> str:
    field, change = field_caption(name, voice.say), _values(name, one, voice)
    if not change:
        return voice.say("{field} of {ref}", field=field, ref=one.ref)
    return voice.say("{field} of {ref}: {change}", field=field, ref=one.ref, change=change)


def _values(name: str, one: Touched, voice: Voice) -> str:
    if name in _DRAFTS:
        return ""
    if name == "deadline" and isinstance(one.was, Measure) and isinstance(one.now, Measure):
        sides = (html.plain(times.deadline(side.deadline, voice, is_open=True)) for side in (one.was, one.now))
        return " → ".join(side or "–" for side in sides)
    before, after = (_said(name, getattr(side, name)) for side in (one.was, one.now))
    if name in parts.STRUCTURED:
        return parts.changes(name, before, after, voice)
    old, new = changed_values(name, before, after, voice)
    return f"{old or '–'} → {new or '–'}" if old or new else ""


def _said(name: str, value: object) -> str:
    """As the register writes it; of contributions how far they are, for their words are drafts."""
    if name == "contributions" and isinstance(value, tuple):
        told = [{"office": part.office, "status": part.status} for part in value]
        return json.dumps(told, ensure_ascii=False)
    if isinstance(value, tuple):
        return json.dumps([_plain(one) for one in value], ensure_ascii=False)
    return stored(value)


def _plain(one: object) -> object:
    return one.model_dump(mode="json") if hasattr(one, "model_dump") else str(one)


def admin_line(deed: AdminDeed, before: AdminSubject, after: AdminSubject, heading: Html, voice: Voice) -> Html:
    """What was before and after the deed that ``deed`` takes back."""
    if isinstance(before, Invitation):
        return html.join(" · ", (heading, terms(before.role, before.offices, before.until, voice)))
    told = administration.changes(deed, before, after, voice)
    return html.join(": ", (heading, html.join("; ", told)))


def round_line(back: RoundDeed, say: Language, *, was_reopened: bool) -> Html:
    """``back`` is what takes it back: opening is undone by closing, and the other way round."""
    told = {"concept": back.concept or "", "day": say.date(back.as_of) if back.as_of else ""}
    if isinstance(back, OpenRound):
        return html.html(say("{concept} as of {day}: round taken back, for nobody had reported", **told))
    if was_reopened:
        return html.html(say("{concept} as of {day}: round opened again", **told))
    if isinstance(back, CloseRound):
        return html.html(say("{concept} as of {day}: round opened", **told))
    return html.html(say("{concept} as of {day}: round closed", **told))
