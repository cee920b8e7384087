"""The register as one JSON object; docs/export-format.md describes it."""

from collections.abc import Iterable

from registry.inquiries import Inquiry, QuestionList
from registry.measures import Measure
from registry.offices import Office
from registry.papers import Paper
from registry.programmes import Programme
from registry.records import Record

_OFFICE = ("code", "name_de", "name_en", "kind", "parent", "aliases")
_MEASURE = (
    "number",
    "concept",
    "field",
    "recommendation",
    "title",
    "text",
    "lead_offices",
    "participating",
    "external",
    "deadline",
    "status",
    "current_state",
    "as_of",
    "is_new",
    "visibility",
    "version",
)
_INQUIRY = ("number", "position", "list", "about", "kind", "text", "status", "due_on", "visibility", "version")
_PAPER = ("number", "title", "type", "originator", "consultations", "mandates", "milestones")
_PROGRAMME = ("name", "sponsor", "ends_on", "modules", "milestones")
_DEADLINE = ("text", "kind", "due_on")


def register_json(
    *,
    offices: Iterable[Office],
    measures: Iterable[Measure],
    inquiries: Iterable[Inquiry],
    papers: Iterable[Paper],
    programmes: Iterable[Programme],
    lists: Iterable[QuestionList],
) -> dict[str, list[dict[str, object]]]:
    """Plain JSON values: dates as ISO text, statuses as codes, office references as codes where one exists."""
    return {
        "offices": [_fields(office, _OFFICE) for office in offices],
        "measures": [_measure(measure) for measure in measures],
        "inquiries": [_inquiry(inquiry) for inquiry in inquiries],
        "papers": [_fields(paper, _PAPER) for paper in papers],
        "programmes": [_fields(programme, _PROGRAMME) for programme in programmes],
        "lists": [list_.model_dump(mode="json") for list_ in lists],
    }


def _fields(record: Record, names: Iterable[str]) -> dict[str, object]:
    dumped = record.model_dump(mode="json")
    return {name: dumped[name] if name in dumped else getattr(record, name) for name in names}


def _measure(measure: Measure) -> dict[str, object]:
    return _fields(measure, _MEASURE) | {"deadline": _fields(measure.deadline, _DEADLINE)}


def _inquiry(inquiry: Inquiry) -> dict[str, object]:
    routing = inquiry.routing
    return _fields(inquiry, _INQUIRY) | {
        "offices": list(routing.offices) if routing else [],
        "coordinating": list(routing.coordinating) if routing else [],
    }
