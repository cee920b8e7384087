"""What becomes of a council paper or a programme."""

from registry.deeds import RecordDeed
from registry.doing.circumstances import Circumstances, NotPossible, Obstacle
from registry.papers import Paper
from registry.programmes import Programme


def done(deed: RecordDeed, subject: Paper | Programme, at: Circumstances) -> Paper | Programme:  # noqa: ARG001  # as above
    raise NotPossible(Obstacle.WRONG_KIND)
