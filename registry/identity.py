"""Which record is meant, whatever it is called: a reference may mean another record later than it did."""

from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.papers import Paper
from registry.programmes import Programme


def identity(record: Measure | Inquiry | Paper | Programme) -> str:
    """The same for the same record alone: two concepts may have a measure of one number."""
    match record:
        case Measure():
            return f"{record.concept} {record.number}"
        case Programme():
            return record.name
    return record.number or ""
