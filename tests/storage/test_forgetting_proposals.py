"""Buttons that others hold and that name somebody who is erased."""

from datetime import timedelta
from pathlib import Path

import pytest

from registry.changes import Change, Forget, Prepare
from registry.deeds import ForgetMe, GrantRole
from registry.people import Role
from registry.prepared import Prepared, PreparedAct
from storage.changes import write_change
from storage.database import Transaction
from storage.store import Store
from tests.storage.records import AT, TODAY

PERSON, OTHER = 5_001, 5_002


@pytest.mark.parametrize("field", ["person", "proposed_by", "stands_in_for"])
async def test_no_button_of_others_keeps_the_number_of_who_was_erased(tmp_path: Path, field: str) -> None:
    named = GrantRole.model_validate({"person": 5_003, "role": Role.READER, field: PERSON})
    theirs = Prepared(act=PreparedAct.DO, deed=named, person=OTHER, chat=OTHER, version=1, expires_at=AT + timedelta(1))
    own = theirs.model_copy(update={"deed": ForgetMe(), "person": PERSON, "chat": PERSON})
    store = await Store.open(tmp_path / "register.db")
    try:
        await store.people.set_role(PERSON, Role.READER)
        await write(store, Prepare(token="theirs", what=theirs), Prepare(token="own", what=own))

        await write(store, Forget(person=PERSON, token="own", at=AT, today=TODAY))

        assert await store.database.read("SELECT * FROM prepared") == []
    finally:
        await store.close()


async def write(store: Store, *changes: Change) -> None:
    async def work(transaction: Transaction) -> None:
        for change in changes:
            await write_change(transaction, change)

    await store.database.write(work)
