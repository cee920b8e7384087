"""What becomes of an inquiry."""

from registry.deeds import RecordDeed
from registry.doing.circumstances import Circumstances, NotPossible, Obstacle
from registry.inquiries import Inquiry


def done(deed: RecordDeed, inquiry: Inquiry, at: Circumstances) -> Inquiry:  # noqa: ARG001  # of the room's one shape
    raise NotPossible(Obstacle.WRONG_KIND)
