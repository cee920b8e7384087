"""What is asked back carries the strictest label of the records it names."""

from dataclasses import replace
from pathlib import Path

from registry.people import Role
from registry.visibility import Clearance, Visibility
from tests.handlers.conversing import a_city
from tests.handlers.test_replies import replies, shown

COORDINATOR = 7_004


async def test_which_of_several_records_is_meant_is_asked_with_the_label_of_the_strictest(tmp_path: Path) -> None:
    labels = []
    async with a_city(tmp_path, with_secrets=True, non_public=Clearance.CONTENT) as chat:
        await chat.store.people.set_role(COORDINATOR, Role.COORDINATOR)
        robin = replace(chat, person=COORDINATOR)
        for third in ("Q2", "QN1"):  # or the inquiry with the number 3
            await robin.says("was ist offen für A50")
            assert robin.shown is not None
            robin.shown = replace(robin.shown, refs=("1.5.M1", "Q1", third, "Q3"))
            asked = await replies(robin, "3 an A11", to=await shown(robin))
            assert asked == f"Welchen Vorgang meinen Sie?\n[{third}] [Q3]"
            labels.append(robin.shown.label)

    assert labels == [Visibility.PUBLIC, Visibility.NONPUBLIC]
