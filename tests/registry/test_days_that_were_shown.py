"""A day that was said in words is the day that was shown, however long somebody waits before they confirm it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.deeds.papers import (
    AddMandate,
    AddMilestone,
    AddStep,
    MilestoneKind,
    NoteResult,
    PaperDeed,
    SetMandateDue,
)
from registry.doing import Circumstances, completed, done
from registry.offices import OfficeTree
from registry.papers import ConsultationRole, Mandate, Paper
from registry.workdays import Workdays

PAPER = Paper(number="0112/23", mandates=(Mandate(number=1, text="Zu prüfen."),))
SHOWN = Circumstances(date(2026, 12, 30), OfficeTree(()), workdays=Workdays("DE-BY"))
NEXT_DAY = replace(SHOWN, today=SHOWN.today + timedelta(days=1), workdays=Workdays())


@pytest.mark.parametrize(
    "deed",
    [
        AddStep(ref="0112/23", words="Rat in 2 Wochen", role=ConsultationRole.DECISION, public=True),
        AddMilestone(ref="0112/23", words="in 5 Arbeitstagen Abgabe", kind=MilestoneKind.EVENT),
        AddMandate(ref="0112/23", text="Zu klären.", due="in 5 Arbeitstagen"),
        SetMandateDue(ref="0112/23", number=1, words="in 2 Wochen"),
        NoteResult(ref="0112/23", number=1, text="Geklärt.", day="gestern"),
        NoteResult(ref="0112/23", number=1, text="Geklärt."),
    ],
    ids=lambda deed: f"{deed.deed} {getattr(deed, 'day', '')}",
)
def test_what_was_shown_is_what_is_done(deed: PaperDeed) -> None:
    proposed = completed(deed, PAPER, SHOWN)
    shown = done(proposed, PAPER, SHOWN)

    confirmed = done(completed(proposed, PAPER, NEXT_DAY), PAPER, NEXT_DAY)

    assert confirmed == shown


def test_a_day_that_is_said_anew_is_understood_anew() -> None:
    proposed = completed(SetMandateDue(ref="0112/23", number=1, words="in 2 Wochen"), PAPER, SHOWN)
    anew = proposed.model_copy(update={"words": "31.01.2027"})

    after = done(completed(anew, PAPER, NEXT_DAY), PAPER, NEXT_DAY)

    assert isinstance(after, Paper)
    assert (after.mandates[0].due_text, after.mandates[0].due_on) == ("31.01.2027", date(2027, 1, 31))
