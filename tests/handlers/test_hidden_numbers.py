"""Whether a number is free tells which hidden measures there are."""

from dataclasses import replace
from pathlib import Path

from registry.people import Role
from registry.visibility import Clearance
from tests.handlers.conversing import a_city

COORDINATOR = 7_104


async def test_where_nothing_may_be_known_of_hidden_records_a_hidden_number_is_answered_like_a_free_one(
    tmp_path: Path,
) -> None:
    async with a_city(tmp_path, with_secrets=True, non_public=Clearance.PUBLIC) as city:
        await city.store.people.set_role(COORDINATOR, Role.COORDINATOR)
        coordination = replace(city, person=COORDINATOR)
        rows = await city.store.database.read("SELECT number FROM measures WHERE visibility = 'nonpublic'")
        numbers = [str(row["number"]) for row in rows]

        hidden = {await coordination.says(f"/neu massnahme {number} Beratung") for number in numbers}
        free = await coordination.says("/neu massnahme 9.9.M9 Beratung")

    assert hidden == {free}
    assert free.splitlines()[0] == "Neue Maßnahmen kommen hier mit ihrem Dokument."
