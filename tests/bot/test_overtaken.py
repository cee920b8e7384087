"""Decisions that others overtake: decided anew, but not for ever, and never written by halves."""

import pytest

from registry.changes import SetPersonLanguage, UseButton
from storage.errors import ChangedMeanwhile
from storage.inbox import Letter
from tests.bot.office import KIM, NOW, Office

GONE = UseButton(token="nobody's", at=NOW)
_MOST = 25


async def test_what_is_overtaken_every_time_is_put_aside_and_holds_up_nobody(office: Office) -> None:
    office.router.changes["late"] = GONE
    async with office.opened():
        office.write("late", "next")
        await office.settled()

    assert 3 < office.router.seen.count("late") <= _MOST
    assert await office.states("inbox") == ["quarantined", "done"]
    assert office.said()[-1] == "echo next"


async def test_of_several_changes_none_is_written_where_one_is_overtaken(office: Office) -> None:
    inbox = office.store.inbox
    await inbox.receive([Letter(1, "one", KIM, "{}")], NOW)
    (received,) = await inbox.waiting(limit=1)

    with pytest.raises(ChangedMeanwhile):
        await inbox.settle(received.id, (), (SetPersonLanguage(person=KIM, language="en"), GONE), at=NOW)

    assert await office.rows("SELECT 1 FROM people") == []
    assert await office.states("inbox") == ["new"]
