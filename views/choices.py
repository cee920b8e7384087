"""What there is to choose from where a deed still lacks something, as labels with the deed each leads to."""

from registry.deeds import RecordDeed, ReportStatus, SetVisibility
from registry.doing.measures import REPORTABLE
from registry.visibility import Visibility
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
        case SetVisibility(), "to":
            return tuple(
                (field_value("visibility", label.value, voice), deed.model_copy(update={"to": label}))
                for label in Visibility
            )
    return ()
