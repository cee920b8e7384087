"""What the fields of records are called, and how their stored values read; histories speak of them."""

import json
from datetime import date

from locales.phrases import Term, term
from locales.translations import Language
from registry.desk import NONPUBLIC_STEP
from registry.routing import Routing, notation
from registry.visibility import Visibility
from views import html
from views import names as called
from views.voice import Voice

_LENGTH = 60
_NOTE_LENGTH = 300  # it stands nowhere else

FIELDS = {
    "imported": term("history", "imported"),
    "entered": term("history", "entered by hand"),
    "note": term("history", "internal note"),
    "number": term("field", "number"),
    "name": term("field", "name"),
    "concept": term("field", "concept"),
    "list": term("field", "question list"),
    "position": term("field", "place in the list"),
    "kind": term("field", "kind"),
    "type": term("field", "type"),
    "title": term("field", "title"),
    "title_en": term("field", "English title"),
    "text": term("field", "text"),
    "about": term("field", "subject"),
    "lead_offices": term("field", "lead office"),
    "participating": term("field", "participating offices"),
    "external": term("field", "outside bodies"),
    "routing": term("field", "routing"),
    "contributions": term("field", "contributions"),
    "deadline": term("field", "deadline"),
    "offices_due_on": term("field", "due date of contributions"),
    "due_on": term("field", "due date of the answer"),
    "status": term("field", "status"),
    "current_state": term("field", "current state"),
    "as_of": term("field", "as of"),
    "is_new": term("field", "mark as new"),
    "is_stub": term("field", "own text has arrived"),
    "doubted_by": term("field", "doubts"),
    "doubts": term("field", "doubts"),
    "answer": term("field", "answer"),
    "answered_on": term("field", "date of the answer"),
    "originator": term("field", "originator"),
    "consultations": term("field", "consultations"),
    "mandates": term("field", "mandates"),
    "milestones": term("field", "milestones"),
    "sections": term("field", "sections"),
    "conclusion": term("field", "conclusion"),
    "signed_on": term("field", "date signed"),
    "answers": term("field", "mandating paper"),
    "related": term("field", "related papers"),
    "sponsor": term("field", "sponsor"),
    "carrier": term("field", "carrier"),
    "starts_on": term("field", "start"),
    "ends_on": term("field", "end"),
    "duration": term("field", "duration"),
    "towns": term("field", "number of towns"),
    "target_group": term("field", "target group"),
    "contact": term("field", "contact"),
    "modules": term("field", "modules"),
    "parts": term("field", "parts of the work"),
    "decision": term("field", "decision of the city"),
    "visibility": term("field", "visibility"),
}
_STATUS: dict[str, tuple[str, Term]] = {
    **{status.value: told for status, told in called.MEASURE_STATUS.items()},
    **{status.value: told for status, told in called.INQUIRY_STATUS.items()},
}
_VISIBILITY: dict[str, Term] = {
    Visibility.PUBLIC.value: term("visibility", "public"),
    Visibility.NONPUBLIC.value: term("visibility", "non-public"),
    NONPUBLIC_STEP: term("visibility", "non-public because of one step"),
}
_DATES = frozenset(name for name in FIELDS if name.endswith("_on") or name == "as_of")
_MARKS = frozenset({"is_new", "is_stub"})


def field_name(name: str, say: Language) -> str:
    return say.of(*FIELDS[name]) if name in FIELDS else name


def field_caption(name: str, say: Language) -> str:
    """What a field is called where its name begins a line."""
    return html.capitalized(field_name(name, say))


def field_value(name: str, stored: str, voice: Voice, *, length: int = _LENGTH) -> str:
    """A stored value in the reader's words; the register keeps codes, ISO dates and JSON. Marks have no words."""
    if not stored or name in _MARKS:
        return ""
    if name == "status" and stored in _STATUS:
        symbol, word = _STATUS[stored]
        return f"{symbol} {voice.say.of(*word)}"
    if name == "visibility" and stored in _VISIBILITY:
        return voice.say.of(*_VISIBILITY[stored])
    if name in _DATES:
        return voice.say.date(date.fromisoformat(stored))
    if name == "routing":
        return html.shortened(_routing(stored, voice), length)
    return html.shortened(_told(stored), _NOTE_LENGTH if name == "note" else length)


def _routing(stored: str, voice: Voice) -> str:
    """The places a line names, however it was written."""
    try:
        routing = Routing.model_validate_json(stored)
    except ValueError:
        return _told(stored)
    return notation(routing.offices, routing.coordinating, voice.offices)


def changed_values(name: str, before: str, after: str, voice: Voice) -> tuple[str, str]:
    """Both in the reader's words; long ones that begin alike from where they differ."""
    old, new = (field_value(name, stored, voice) for stored in (before, after))
    if not old or old != new:
        return old, new
    words = [_told(stored).split() for stored in (before, after)]
    alike = next((at for at, (one, other) in enumerate(zip(*words, strict=False)) if one != other), None)
    if alike is None:
        alike = min(map(len, words))
    first, second = (html.shortened(" ".join(("…", *told[alike:])), _LENGTH) for told in words)
    return ("", "") if first == second else (first, second)


def _told(stored: str) -> str:
    """Of a structured value its words: the texts of a list, the text of a deadline."""
    try:
        value = json.loads(stored) if stored[0] in "[{" else stored
    except ValueError:
        return stored  # a text that merely begins like JSON
    if isinstance(value, dict):
        return str(value.get("text", ""))
    return ", ".join(filter(None, map(_named, value))) if isinstance(value, list) else stored


def _named(item: object) -> str:
    """What a part of a record is called: a step by its body, a date by its title, a mandate by its text."""
    if not isinstance(item, dict):
        return item if isinstance(item, str) else ""
    return next((str(item[name]) for name in ("title", "body", "text") if item.get(name)), "")
