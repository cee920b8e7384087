"""How any record is called and told from others, and who may see it."""

from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.papers import Paper, effective_visibility
from registry.programmes import Programme
from registry.visibility import Visibility


def identity(record: Measure | Inquiry | Paper | Programme) -> str:
    """The same for the same record alone: two concepts may have a measure of one number, and a reference may mean
    another record later than it did."""
    match record:
        case Measure():
            return f"{record.concept} {record.number}"
        case Programme():
            return record.name
    return record.number or ""


def ref_of(record: Measure | Inquiry | Paper | Programme) -> str:
    """How people call the record; an inquiry without a number has no name yet."""
    return record.name if isinstance(record, Programme) else record.number or ""


def visibility_of(record: Measure | Inquiry | Paper | Programme) -> Visibility:
    """The label in effect: one step of its consultations keeps a paper non-public, whatever its own label says."""
    return effective_visibility(record) if isinstance(record, Paper) else record.visibility
