"""A document applied in the chat, and taken back whole."""

import json
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from registry.changes import Change, Do, KeepDraft
from registry.deeds import Deed, ImportDocument, ReportStatus, Undo
from registry.drafts import Draft, Field
from registry.identity import identity
from registry.measures import FieldOfAction, Measure, Recommendation, Status
from registry.offices import Office, OfficeKind
from registry.people import Role
from registry.reading import Form, Reading, Title
from registry.visibility import Clearance
from storage import retention
from storage.changes import write_change
from storage.database import Transaction
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.store import Store
from tests.storage.records import (
    AT,
    CONTENT,
    OFFICES,
    PLAN,
    TODAY,
    a_list,
    a_measure,
    a_paper,
    a_programme,
    a_reading,
    an_inquiry,
)

COORDINATOR, ADMIN = 5_001, 5_002

BEFORE = a_reading(
    fields=(FieldOfAction(concept=PLAN, number=1, title="Wohnen"),),
    measures=(a_measure("1.1.M1", current_state="Zwei Häuser"), a_measure("1.1.M2")),
    papers=(a_paper("0345/25"),),
)
AFTER = a_reading(
    fields=(
        FieldOfAction(concept=PLAN, number=1, title="Wohnen"),
        FieldOfAction(concept="Neuer Plan", number=3, title="Lernen"),
    ),
    recommendations=(Recommendation(concept=PLAN, field=1, number=1, text="Mehr Wohnungen"),),
    measures=(
        a_measure("1.1.M1", title="Anders", current_state="Drei Häuser", as_of=date(2026, 6, 30)),
        a_measure("3.1.M1", concept="Neuer Plan"),
    ),
    lists=(a_list(),),
    inquiries=(an_inquiry(1), an_inquiry(2, offices=())),
    papers=(a_paper("0345/25-E1", answers="0345/25", title="Ergebnis"),),
    programmes=(a_programme("StadtLab"),),
    titles=(Title(ref="1.1.M1", language="en", text="Otherwise"),),
)

NEW_OFFICES = (
    Office(code="D09", name_de="Dezernat neun", kind=OfficeKind.DEPARTMENT),
    Office(code="A90", name_de="Amt neunzig", kind=OfficeKind.OFFICE, parent="D09"),
    Office(code="A91", name_de="Amt einundneunzig", kind=OfficeKind.UNIT, parent="A90"),
)


@pytest.fixture
async def register(tmp_path: Path) -> AsyncIterator[Store]:
    store = await Store.open(tmp_path / "register.db")
    offices = Reading(source="offices.toml", form=Form.OFFICES, offices=OFFICES)
    await store.apply(offices, public=True, by="operator", at=AT)
    await store.apply(BEFORE, public=True, by="operator", at=AT)
    await store.people.set_role(COORDINATOR, Role.COORDINATOR)
    await store.people.set_role(ADMIN, Role.ADMIN)
    yield store
    await store.close()


def a_draft(reading: Reading, *, person: int = COORDINATOR, follows: tuple[Field, ...] = ()) -> Draft:
    return Draft(
        id="draft",
        person=person,
        chat=person,
        source=reading.source,
        reading=reading,
        follows=follows,
        expires_at=AT + timedelta(days=1),
    )


async def write(store: Store, *changes: Change) -> None:
    async def write_all(transaction: Transaction) -> None:
        for change in changes:
            await write_change(transaction, change)

    await store.database.write(write_all)


async def do(store: Store, deed: Deed, *, id: str = "deed", person: int = COORDINATOR, **more: object) -> None:
    revision = (await store.database.read("SELECT revision FROM meta"))[0]["revision"]
    usual = {
        "id": id,
        "deed": deed,
        "person": person,
        "chat": person,
        "clearance": Clearance.CONTENT,
        "version": revision,
        "at": AT,
        "today": TODAY,
    }
    await write(store, Do.model_validate(usual | more))


async def imports(
    store: Store,
    reading: Reading,
    *,
    public: bool = True,
    id: str = "deed",
    person: int = COORDINATOR,
    follows: tuple[Field, ...] = (),
) -> None:
    await write(store, KeepDraft(draft=a_draft(reading, person=person, follows=follows)))
    await do(store, ImportDocument(draft="draft", source=reading.source, public=public), id=id, person=person)


_ASIDE = {
    "meta",
    "history",
    "deeds",
    "deed_records",
    "deed_rows",
    "people",
    "drafts",
    "sqlite_sequence",
    "search_words",
}


async def contents(store: Store, *aside: str) -> dict[str, list[str]]:
    """Every row of every table that says what the register says, but for versions and row numbers."""
    tables = await store.database.read(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' AND name NOT LIKE 'sqlite_%'"
    )
    told = {}
    for name in {row["name"] for row in tables} - _ASIDE - set(aside):
        rows = await store.database.read(f"SELECT * FROM {name}{' WHERE lines > 0' if name == 'desk_counts' else ''}")
        told[name] = sorted(json.dumps(_told(dict(row)), default=str) for row in rows)
    return told | {"search": await _indexed(store)}


async def _indexed(store: Store) -> list[str]:
    """The search index by what its numbers mean; a word that no line has any more may stay in it."""
    rows = await store.database.read(
        "SELECT l.ref, w.word, s.standing FROM search_standings s"
        " LEFT JOIN search_words w ON w.id = s.word LEFT JOIN listed l ON l.id = s.line ORDER BY 1, 2, 3"
    )
    return [f"{row['ref']} {row['word']} {row['standing']}" for row in rows]


def _told(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in {"version", "line", "changed_on"}} | (
        {"id": 0} if "owner" in row else {}
    )


async def test_an_import_writes_what_the_command_line_would_write(register: Store, tmp_path: Path) -> None:
    other = await Store.open(tmp_path / "other.db")
    offices = Reading(source="offices.toml", form=Form.OFFICES, offices=OFFICES)
    for reading in (offices, BEFORE, AFTER):
        await other.apply(reading, public=True, by="operator", at=AT)

    await imports(register, AFTER)

    try:
        assert await contents(register) == await contents(other)
    finally:
        await other.close()


async def test_taking_an_import_back_leaves_the_register_as_it_was(register: Store) -> None:
    before = await contents(register)

    await imports(register, AFTER)
    assert await contents(register) != before
    await do(register, Undo(of="deed"), id="undo")

    assert await contents(register) == before
    assert not await register.database.read("PRAGMA foreign_key_check")


async def test_what_is_taken_back_stays_in_the_history(register: Store) -> None:
    await imports(register, AFTER)
    await do(register, Undo(of="deed"), id="undo")

    rows = await register.database.read(
        "SELECT DISTINCT kind, what, why FROM history WHERE what = 'removed' ORDER BY kind"
    )
    assert [tuple(row) for row in rows] == [
        ("inquiry", "removed", "undone"),
        ("measure", "removed", "undone"),
        ("paper", "removed", "undone"),
        ("programme", "removed", "undone"),
    ]


async def test_a_document_taken_back_can_be_applied_again_without_differences_to_decide(register: Store) -> None:
    await imports(register, AFTER)
    after = await contents(register)
    await do(register, Undo(of="deed"), id="undo")

    assert (await register.preview(AFTER, public=True)).conflicts == ()
    await imports(register, AFTER, id="again")

    assert await contents(register) == after or _but_for_ids(await contents(register)) == _but_for_ids(after)


def _but_for_ids(told: dict[str, list[str]]) -> dict[str, int]:
    return {name: len(rows) for name, rows in told.items()}


async def test_a_new_record_never_takes_the_row_number_of_one_that_was_taken_back(register: Store) -> None:
    await imports(register, AFTER)
    gone = {row["id"] for row in await register.database.read("SELECT id FROM inquiries")}
    await do(register, Undo(of="deed"), id="undo")
    await imports(register, AFTER, id="again")

    now = {row["id"] for row in await register.database.read("SELECT id FROM inquiries")}
    assert gone and not gone & now
    assert [event.what for event in await register.register(CONTENT).history("Q1")] == ["imported", "visibility"]


async def test_nothing_is_taken_back_where_a_record_was_changed_since(register: Store) -> None:
    await imports(register, AFTER)
    measure = await register.register(CONTENT).measure("1.1.M1")
    assert measure is not None
    deed = ReportStatus(ref="1.1.M1", status=Status.FULLY)
    await do(register, deed, id="report", record=identity(measure), version=measure.version)
    before = await contents(register)

    with pytest.raises(ChangedMeanwhile):
        await do(register, Undo(of="deed"), id="undo")

    assert await contents(register) == before


async def test_a_row_that_something_newer_stands_on_stays(register: Store) -> None:
    await imports(register, AFTER)
    later = a_reading(measures=(a_measure("3.1.M2", concept="Neuer Plan"),))
    await register.apply(later, public=True, by="operator", at=AT)

    await do(register, Undo(of="deed"), id="undo")

    concepts = {row["name"] for row in await register.database.read("SELECT name FROM concepts")}
    assert concepts == {PLAN, "Neuer Plan"}
    assert await register.register(CONTENT).measure("3.1.M1") is None
    assert await register.register(CONTENT).measure("3.1.M2") is not None
    assert not await register.database.read("PRAGMA foreign_key_check")


async def test_offices_that_were_loaded_go_again_with_those_below_them(register: Store) -> None:
    before = await contents(register)
    more = Reading(source="more.toml", form=Form.OFFICES, offices=(*OFFICES, *NEW_OFFICES))

    await imports(register, more, person=ADMIN)
    await do(register, Undo(of="deed"), id="undo", person=ADMIN)

    assert await contents(register) == before


async def test_only_administrators_load_offices(register: Store) -> None:
    more = Reading(source="more.toml", form=Form.OFFICES, offices=(*OFFICES, *NEW_OFFICES))

    with pytest.raises(NotAllowed):
        await imports(register, more)


async def test_a_document_is_applied_once(register: Store) -> None:
    await imports(register, AFTER)

    with pytest.raises(ChangedMeanwhile):
        await do(register, ImportDocument(draft="draft", source="again", public=True), id="twice")


async def test_a_document_of_somebody_else_is_not_applied(register: Store) -> None:
    await write(register, KeepDraft(draft=a_draft(AFTER)))

    with pytest.raises(ChangedMeanwhile):
        await do(register, ImportDocument(draft="draft", source="theirs", public=True), person=ADMIN)


async def test_nothing_is_applied_to_a_register_that_has_changed_since_it_was_shown(register: Store) -> None:
    await write(register, KeepDraft(draft=a_draft(AFTER)))
    revision = (await register.database.read("SELECT revision FROM meta"))[0]["revision"]
    await register.apply(a_reading(measures=(a_measure("9.9.M9"),)), public=True, by="operator", at=AT)
    before = await contents(register)

    with pytest.raises(ChangedMeanwhile):
        await do(register, ImportDocument(draft="draft", source="x", public=True), version=revision)

    assert await contents(register) == before


async def test_who_may_no_longer_import_does_not(register: Store) -> None:
    await register.people.set_role(COORDINATOR, Role.EDITOR, ("A50",))

    with pytest.raises(NotAllowed):
        await imports(register, AFTER)


async def test_a_field_that_was_changed_here_follows_the_document_where_somebody_lets_it(register: Store) -> None:
    measure = await register.register(CONTENT).measure("1.1.M2")
    assert measure is not None
    deed = ReportStatus(ref="1.1.M2", status=Status.FULLY, text="Hier geschrieben")
    await do(register, deed, id="report", record=identity(measure), version=measure.version)
    document = a_reading(
        measures=(
            a_measure("1.1.M2", status=Status.NOT_IMPLEMENTED, current_state="Vom Dokument", as_of=date(2026, 6, 30)),
        )
    )

    conflicts = (await register.preview(document, public=True)).conflicts
    await imports(register, document, follows=(Field(ref="1.1.M2", name="status"),))

    assert [(one.field, one.ours, one.theirs) for one in conflicts] == [
        ("status", "fully", "not_implemented"),
        ("current_state", "Hier geschrieben", "Vom Dokument"),
        ("as_of", "2026-03-16", "2026-06-30"),
    ]
    now = await register.register(CONTENT).measure("1.1.M2")
    assert isinstance(now, Measure)
    assert (now.status, now.current_state) == (Status.NOT_IMPLEMENTED, "Hier geschrieben")


async def test_a_draft_is_forgotten_after_a_day(register: Store) -> None:
    await write(register, KeepDraft(draft=a_draft(AFTER)))

    await _forget(register, AT + timedelta(hours=23))
    assert await register.database.read("SELECT id FROM drafts")
    await _forget(register, AT + timedelta(days=1))

    assert not await register.database.read("SELECT id FROM drafts")


async def _forget(register: Store, now: datetime) -> None:
    await retention.forget(register.database, now, buttons=now, deeds=now, requests=now, reminders=now)


async def test_a_new_document_takes_the_place_of_the_last_one_of_that_person(register: Store) -> None:
    await write(register, KeepDraft(draft=a_draft(AFTER)))
    await write(register, KeepDraft(draft=a_draft(BEFORE).model_copy(update={"id": "newer"})))

    assert [row["id"] for row in await register.database.read("SELECT id FROM drafts")] == ["newer"]
