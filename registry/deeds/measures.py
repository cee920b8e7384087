"""What people do to measures."""

from typing import Literal

from registry.measures import Status
from registry.records import Record


class ReportStatus(Record):
    """Reports a measure's status and current state. ``status`` is None while it is still to be said; without a
    ``text`` the current state stays as it is."""

    deed: Literal["report_status"] = "report_status"
    ref: str
    status: Status | None = None
    text: str | None = None
