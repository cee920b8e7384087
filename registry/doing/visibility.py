"""What becomes of a record that is made public, or hidden."""

from registry.deeds import SetVisibility, Subject
from registry.doing.circumstances import Circumstances, NotPossible, Obstacle
from registry.inquiries import Inquiry
from registry.visibility import Visibility


def completed(deed: SetVisibility, subject: Subject, at: Circumstances) -> SetVisibility:
    """With the number that an inquiry gets by becoming public, so that it is the one that was shown."""
    return deed.model_copy(update={"number": at.next_number if _takes_number(deed, subject) else ""})


def done(deed: SetVisibility, subject: Subject, at: Circumstances) -> Subject:
    """An inquiry that was never public counts among the public ones then; one that is hidden keeps its number."""
    after = subject.model_copy(update={"visibility": deed.to})
    if not _takes_number(deed, subject):
        return after
    if deed.number != at.next_number:  # somebody else was quicker
        raise NotPossible(Obstacle.NUMBER_TAKEN)
    return after.model_copy(update={"number": deed.number})


def _takes_number(deed: SetVisibility, subject: Subject) -> bool:
    if deed.to is not Visibility.PUBLIC or not isinstance(subject, Inquiry):
        return False
    return (subject.number or "").startswith("QN")
