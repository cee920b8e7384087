"""What changed in the parts of a record, as its history keeps them: contributions, mandates, steps and dates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from locales.phrases import Term, term
from registry.inquiries import Contribution
from registry.papers import Consultation, Mandate, Milestone
from views import html, inquiry_work, papers
from views import names as called
from views.voice import Voice

_FACT_LENGTH = 60
_LENGTH = 300  # twelve such lines fit one message

_STATUS = "status"  # of a contribution: a symbol and a word that need no name
_NAMES: dict[str, Term] = {
    "text": term("field", "text"),
    "reason": term("field", "reason"),
    "better_office": term("field", "right office"),
    "remark": term("field", "remark"),
    "responsible": term("field", "responsible office"),
    "due": term("field", "due date"),
    "report_to": term("field", "report to:"),
    "result": term("field", "result"),
    "result_on": term("field", "date of the result"),
    "on": term("field", "day"),
    "time": term("field", "time"),
    "kind": term("field", "kind"),
    "role": term("field", "role"),
    "public": term("field", "visibility"),
}
_CONTRIBUTIONS: TypeAdapter[tuple[Contribution, ...]] = TypeAdapter(tuple[Contribution, ...])
_MANDATES: TypeAdapter[tuple[Mandate, ...]] = TypeAdapter(tuple[Mandate, ...])
_STEPS: TypeAdapter[tuple[Consultation, ...]] = TypeAdapter(tuple[Consultation, ...])
_DATES: TypeAdapter[tuple[Milestone, ...]] = TypeAdapter(tuple[Milestone, ...])

STRUCTURED = frozenset({"contributions", "mandates", "consultations", "milestones"})


@dataclass(frozen=True, slots=True)
class Part:
    """What a part is called, and what is said of it; a fact that is not said is empty."""

    name: str
    facts: dict[str, str]

    @property
    def said(self) -> str:
        """All of it; what each fact is shows by itself."""
        return f"{self.name} {' · '.join(filter(None, self.facts.values()))}"


def changes(field: str, before: str, after: str, voice: Voice) -> str:
    """``A50 ○ pending → ◐ delivered``, ``Mandate 1: due date Thu, 31 Dec 2026 → Mon, 11 Jan 2027``."""
    old, new = (_parts(field, stored or "[]", voice) for stored in (before, after))
    return html.shortened("; ".join(_told(old, new, voice)), _LENGTH)


def _parts(field: str, stored: str, voice: Voice) -> list[Part]:
    match field:
        case "contributions":
            return [_contribution(one, voice) for one in _CONTRIBUTIONS.validate_json(stored)]
        case "mandates":
            return [_mandate(one, voice) for one in _MANDATES.validate_json(stored)]
        case "consultations":
            return [_step(one, voice) for one in _STEPS.validate_json(stored)]
    return [_date(one, voice) for one in _DATES.validate_json(stored)]


def _told(old: Sequence[Part], new: Sequence[Part], voice: Voice) -> Iterator[str]:
    """Those that stayed are left out; of the others, one of the same name is the same part."""
    gone = [part for part in old if part not in new]
    for part in (part for part in new if part not in old):
        former = next((one for one in gone if one.name == part.name), None)
        if former is None:
            yield part.said if _STATUS in part.facts else f"+ {part.said}"
        else:
            gone.remove(former)
            yield f"{part.name} {', '.join(_changed(former, part, voice))}"
    for part in gone:
        status = part.facts.get(_STATUS)
        yield f"{part.name} {status} → {inquiry_work.asked_no_more(voice)}" if status else f"✕ {part.said}"


def _changed(old: Part, new: Part, voice: Voice) -> Iterator[str]:
    for name, value in new.facts.items():
        if value != old.facts[name]:
            change = f"{old.facts[name]} → {value or '–'}" if old.facts[name] else value
            yield change if name == _STATUS else f"{voice.say.of(*_NAMES[name])} {change}"


def _short(text: str) -> str:
    return html.shortened(text, _FACT_LENGTH)


def _contribution(one: Contribution, voice: Voice) -> Part:
    facts = {
        _STATUS: called.contribution_status(one.status, voice.say),
        "text": _short(one.text),
        "reason": _short(one.reason),
        "better_office": voice.short_office(one.better_office) if one.better_office else "",
        "remark": _short(one.remark),
    }
    return Part(voice.short_office(one.office), facts)


def _mandate(one: Mandate, voice: Voice) -> Part:
    facts = {
        "text": _short(one.text),
        "responsible": voice.short_office(one.responsible) if one.responsible else "",
        "due": voice.say.date(one.due_on) if one.due_on else _short(one.due_text),
        "report_to": one.report_to,
        "result": _short(one.result),
        "result_on": voice.say.date(one.result_on) if one.result_on else "",
    }
    return Part(f"{voice.say('Mandate {number}', number=one.number)}:", facts)


def _step(one: Consultation, voice: Voice) -> Part:
    facts = {
        "on": voice.say.date(one.on) if one.on else "",
        "role": voice.say.of(*called.CONSULTATION_ROLE[one.role]),
        "public": papers.openness(one, voice.say),
    }
    return Part(f"{one.body}:", facts)


def _date(one: Milestone, voice: Voice) -> Part:
    hours = (voice.say.time(hour) for hour in (one.starts, one.ends) if hour)
    facts = {
        "on": voice.say.date(one.on) if one.on else one.rhythm,
        "time": "–".join(hours),
        "kind": papers.deadline_kind(one, voice.say),
    }
    return Part(f"{_short(one.title)}:", facts)
