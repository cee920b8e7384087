"""What there is to choose from where a deed still lacks something, as labels with the deed each leads to."""

from registry.deeds import EditMeasure, RecordDeed, ReportStatus, SetVisibility
from registry.deeds.inquiries import DeliverContribution, HandBack, SendBack
from registry.doing.measures import REPORTABLE
from registry.visibility import Visibility
from views import inquiry_work, measure_work, paper_work
from views import names as called
from views.fields import field_value
from views.voice import Voice

Choices = tuple[tuple[str, RecordDeed], ...]


def choices(deed: RecordDeed, missing: str, voice: Voice) -> Choices:
    """Nothing where it has to be said in words."""
    match deed, missing:
        case ReportStatus(), "status":
            return tuple(
                (called.measure_status(status, voice.say), deed.model_copy(update={"status": status}))
                for status in REPORTABLE
            )
        case EditMeasure(), "field":
            return measure_work.choices(deed, voice)
        case SetVisibility(), "to":
            return tuple(
                (field_value("visibility", label.value, voice), deed.model_copy(update={"to": label}))
                for label in Visibility
            )
        case DeliverContribution() | HandBack() | SendBack(), "office":
            return inquiry_work.choices(deed, voice)
    return paper_work.choices(deed, missing, voice)
