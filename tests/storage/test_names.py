"""The names a question may use: of whatever the reader sees, and of nothing else."""

import asyncio

import pytest

from registry.inquiries import About, AboutKind
from registry.measures import FieldOfAction, Status
from registry.queries import Names
from registry.visibility import Clearance
from storage import names
from storage.rows import Fetch
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import PLAN, PUBLIC, a_list, a_measure, a_programme, a_reading, an_inquiry


def about(number: int) -> About:
    return About(kind=AboutKind.FIELD, field=number)


async def fields(store: Store) -> tuple[FieldOfAction, ...]:
    await store.offices()
    return (await store.register(PUBLIC).names()).fields


async def test_every_field_with_a_visible_record_has_a_name_those_with_a_title_first(store: Store) -> None:
    stub = a_measure("14.1.M1", status=Status.UNKNOWN, is_stub=True, as_of=None)
    titles = (FieldOfAction(concept=PLAN, number=2, title="Sprache"), FieldOfAction(concept=PLAN, number=6, title="…"))
    await apply(
        store,
        a_reading(measures=(a_measure("2.1.M1"), stub), inquiries=(an_inquiry(1, about=about(9)),), fields=titles),
    )
    await apply(store, a_reading(measures=(a_measure("7.1.M1"),)), public=False)

    assert await fields(store) == (
        FieldOfAction(concept=PLAN, number=2, title="Sprache"),
        FieldOfAction(concept=PLAN, number=9),
        FieldOfAction(concept=PLAN, number=14),
    )


async def test_a_list_without_a_concept_adds_only_fields_that_no_concept_has(store: Store) -> None:
    inquiries = (an_inquiry(1, about=about(2)), an_inquiry(2, about=about(3)))
    await apply(store, a_reading(measures=(a_measure("2.1.M1"),), lists=(a_list(concept=""),), inquiries=inquiries))

    assert await fields(store) == (FieldOfAction(concept="", number=3), FieldOfAction(concept=PLAN, number=2))


async def test_a_programme_is_known_by_its_carriers_short_name_where_it_may_be_read(store: Store) -> None:
    open_one = a_programme("Städte für alle", carrier="Städtekoalition gegen Rassismus e. V. (ECCAR e. V.)")
    await apply(store, a_reading(programmes=(open_one,)))
    await apply(store, a_reading(programmes=(a_programme("Geheim", carrier="Geheimbund (GEH)"),)), public=False)
    await store.offices()

    assert (await store.register(PUBLIC).names()).short_names == (("ECCAR", "Städte für alle"),)


async def test_names_follow_the_register(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("2.1.M1"),)))
    before = await fields(store)

    await apply(store, a_reading(measures=(a_measure("3.1.M1"),)))

    assert [field.number for field in before] == [2]
    assert [field.number for field in await fields(store)] == [2, 3]


async def test_names_read_while_the_register_changes_are_not_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await apply(store, a_reading(measures=(a_measure("2.1.M1"),)))
    before = await fields(store)
    await apply(store, a_reading(measures=(a_measure("3.1.M1"),)))
    await store.offices()
    have_read, may_go_on, read = asyncio.Event(), asyncio.Event(), names.names

    async def slowly(fetch: Fetch, clearance: Clearance) -> Names:
        found = await read(fetch, clearance)
        have_read.set()
        await may_go_on.wait()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(names, "names", slowly)
        slow = asyncio.create_task(store.register(PUBLIC).names())
        await have_read.wait()
        await apply(store, a_reading(measures=(a_measure("4.1.M1"),)))
        await store.offices()
        may_go_on.set()
        await slow

    told = (await store.register(PUBLIC).names()).fields
    assert [[field.number for field in found] for found in (before, told)] == [[2], [2, 3, 4]]
