"""What a dry run tells of records that are there and hidden, and what an import that is taken back gives away."""

from datetime import date, timedelta

import pytest

from registry.applied import Act, Applied
from registry.changes import Change, Do, KeepDraft
from registry.deeds import Deed, ImportDocument, Undo
from registry.drafts import Draft
from registry.people import Role
from registry.reading import FindingKind, Reading
from registry.rounds import EvaluationRound
from registry.visibility import Clearance, Visibility
from storage.changes import write_change
from storage.database import Transaction
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import (
    AS_OF,
    AT,
    CONTENT,
    TODAY,
    a_list,
    a_mandate,
    a_measure,
    a_paper,
    a_reading,
    an_inquiry,
)
from views.dry_run import Shown

COORDINATOR = 5_001
OTHER = "Anderer Plan"


def of_other_plan(**fields: object) -> Reading:
    return a_reading(
        measures=(a_measure("1.1.M1", concept=OTHER, **fields),),
        rounds=(EvaluationRound(concept=OTHER, as_of=AS_OF),),
    )


async def test_a_hidden_measure_is_new_though_another_concept_has_its_number_in_public(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1"),)))
    await apply(store, of_other_plan(title="Geheim"), public=False)

    told = (await store.preview(of_other_plan(title="Öffentlich"), public=True)).as_told(layers=False)

    assert [(one.kind, one.ref, one.act) for one in told.outcomes] == [("measure", "1.1.M1", Act.ADDED)]
    assert (told.conflicts, told.kept, told.findings) == ((), (), ())


async def test_a_dry_run_for_everybody_is_non_public_as_soon_as_it_meets_a_hidden_record(store: Store) -> None:
    reading = of_other_plan(title="Öffentlich")
    await apply(store, of_other_plan(title="Geheim"), public=False)
    draft = Draft(id="x", person=1, chat=1, reading=reading, public=True, expires_at=AT)
    applied = await store.preview(reading, public=True)

    shown = Shown(draft=draft, reading=reading, applied=applied, quotes=True)

    assert shown.label is Visibility.NONPUBLIC
    assert Shown(draft, reading, applied.as_told(layers=True), quotes=True).label is Visibility.PUBLIC


ASKING = a_paper("0345/25", mandates=(a_mandate(due_on=date(2026, 1, 31)),))
LATE = a_paper("0345/25-E1", answers="0345/25", signed_on=date(2026, 2, 15))


@pytest.mark.parametrize(("hidden", "sent"), [(ASKING, LATE), (LATE, ASKING)])
async def test_that_a_result_is_late_is_told_only_to_who_sees_both_papers(
    store: Store, hidden: object, sent: object
) -> None:
    await apply(store, a_reading(papers=(hidden,)), public=False)

    applied = await store.preview(a_reading(papers=(sent,)), public=True)

    assert [(one.kind, one.ref) for one in applied.confidential] == [(FindingKind.LATE_RESULT, LATE.number)]
    assert "2026-01-31" not in applied.as_told(layers=True).model_dump_json()
    assert applied.as_told(layers=True).findings == ()


async def test_that_a_public_result_is_late_is_told_to_everybody(store: Store) -> None:
    await apply(store, a_reading(papers=(ASKING,)))

    applied: Applied = await store.preview(a_reading(papers=(LATE,)), public=True)

    assert [one.kind for one in applied.as_told(layers=True).findings] == [FindingKind.LATE_RESULT]


async def do(store: Store, deed: Deed, of: str, *before: Change) -> None:
    revision = (await store.database.read("SELECT revision FROM meta"))[0]["revision"]
    change = Do(
        id=of,
        deed=deed,
        person=COORDINATOR,
        chat=COORDINATOR,
        clearance=Clearance.CONTENT,
        version=revision,
        at=AT,
        today=TODAY,
    )

    async def work(transaction: Transaction) -> None:
        for one in (*before, change):
            await write_change(transaction, one)

    await store.database.write(work)


async def test_an_import_that_is_taken_back_leaves_numbers_to_whom_they_were_given_since(store: Store) -> None:
    await store.people.set_role(COORDINATOR, Role.COORDINATOR)
    asked = a_reading(inquiries=(an_inquiry(1),))
    await apply(store, asked, public=False)
    draft = Draft(
        id="draft", person=COORDINATOR, chat=COORDINATOR, reading=asked, public=True, expires_at=AT + timedelta(days=1)
    )
    await do(store, ImportDocument(draft="draft", source="x", public=True), "deed", KeepDraft(draft=draft))
    other = a_reading(lists=(a_list("liste-2"),), inquiries=(an_inquiry(1, list="liste-2"),))
    await apply(store, other, public=False)

    await do(store, Undo(of="deed"), "undo")

    found = await store.register(CONTENT).inquiries()
    assert [(one.list, one.number, one.visibility) for one in found] == [
        ("liste-1", "Q1", Visibility.NONPUBLIC),
        ("liste-2", "QN1", Visibility.NONPUBLIC),
    ]
