"""Persons and chats: unknown ones are guests, and rights are read when they are used."""

from datetime import UTC, date, datetime, timedelta

import pytest

from registry.changes import AdmitChat, Change, KeepData, SetChatLanguage, SetPersonLanguage
from registry.people import Chat, ChatKind, Person, Role, Staff
from registry.visibility import Clearance
from storage import staff
from storage.changes import write_change
from storage.clearances import Clearances
from storage.database import Transaction
from storage.errors import NotAllowed
from storage.people import actor, role_of
from storage.store import Store

PERSON, GROUP = 4711, -100_200
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


async def write(store: Store, *changes: Change) -> None:
    for change in changes:
        await store.database.write(lambda transaction, change=change: write_change(transaction, change))  # type: ignore[misc]


async def asking(store: Store, kind: ChatKind = ChatKind.GROUP) -> tuple[Person, Chat]:
    person, chat, *_ = await store.people.asking(PERSON, GROUP, kind, NOW)
    return person, chat


async def test_whoever_is_unknown_is_a_guest_in_a_chat_that_is_not_admitted(store: Store) -> None:
    assert await asking(store) == (Person(id=PERSON), Chat(id=GROUP, kind=ChatKind.GROUP))


async def test_a_person_has_a_role_offices_and_a_language(store: Store) -> None:
    await store.people.set_role(PERSON, Role.EDITOR, ("A50", "A51"))
    await write(store, SetPersonLanguage(person=PERSON, language="en"), SetChatLanguage(chat=GROUP, language="de"))
    await store.people.set_role(PERSON, Role.COORDINATOR, ("A50",))

    person, chat = await asking(store)

    assert person == Person(id=PERSON, role=Role.COORDINATOR, offices=("A50",), language="en")
    assert chat.language == "de"


async def test_the_settings_admins_are_exactly_those_of_the_last_start(store: Store) -> None:
    await store.people.set_role(PERSON, Role.READER)

    roles = []
    for admins in ({PERSON, 1}, {1}):
        await store.people.set_admins(admins, NOW)
        roles.append((await asking(store))[0].role)

    assert roles == [Role.ADMIN, Role.READER]


async def test_an_admin_admits_a_chat_and_ends_that(store: Store) -> None:
    await store.people.set_admins({PERSON}, NOW)

    admitted = []
    for wanted in (True, False):
        await write(store, AdmitChat(chat=GROUP, title="Runde", by=PERSON, on=NOW.date(), at=NOW, admitted=wanted))
        admitted.append((await asking(store))[1].admitted)

    assert admitted == [True, False]


@pytest.mark.parametrize("role", [Role.GUEST, Role.READER, Role.EDITOR, Role.COORDINATOR])
async def test_nobody_else_admits_a_chat_whatever_they_were_before(store: Store, role: Role) -> None:
    await store.people.set_role(PERSON, Role.ADMIN)
    await store.people.set_role(PERSON, role)

    with pytest.raises(NotAllowed):
        await write(store, AdmitChat(chat=GROUP, title="Runde", by=PERSON, on=NOW.date(), at=NOW))

    assert not (await asking(store))[1].admitted


async def test_what_a_button_says_is_kept_under_its_token(store: Store) -> None:
    await write(store, KeepData(token="t1", data="first"), KeepData(token="t1", data="second"))

    assert [await store.kept(token) for token in ("t1", "t2")] == ["first", None]


async def test_a_role_counts_to_its_last_day_wherever_it_is_read(store: Store) -> None:
    ends = Staff(number=PERSON, role=Role.EDITOR, offices=("A50",), until=TODAY)
    found: list[tuple[Role, Role, Clearance]] = []

    async def read(transaction: Transaction) -> None:
        await staff.save(transaction.fetch, ends)
        for day in (TODAY, TOMORROW):
            acting = await actor(transaction, PERSON, day)
            cleared = await Clearances(Clearance.CONTENT, lambda day=day: day).of(PERSON, transaction)  # type: ignore[misc]
            found.append((acting.role, await role_of(transaction, PERSON, day), cleared))

    await store.database.write(read)

    assert found == [
        (Role.EDITOR, Role.EDITOR, Clearance.CONTENT),
        (Role.GUEST, Role.GUEST, Clearance.PUBLIC),
    ]
    later, *_ = await store.people.asking(PERSON, GROUP, ChatKind.GROUP, NOW + timedelta(days=1))
    assert later == Person(id=PERSON)


async def test_an_administrator_by_the_settings_has_no_end(store: Store) -> None:
    await store.people.set_admins([PERSON], NOW)

    async def read(transaction: Transaction) -> None:
        await staff.save(transaction.fetch, Staff(number=PERSON, role=Role.READER, until=TODAY))
        assert (await actor(transaction, PERSON, TOMORROW)).role is Role.ADMIN
        assert [one.number for one in await staff.admins(transaction.fetch, TOMORROW)] == [PERSON]

    await store.database.write(read)


async def test_a_deputy_is_read_with_the_offices_of_the_other(store: Store) -> None:
    other = 4712
    deputy = Staff(number=PERSON, role=Role.READER, stands_in_for=other, stands_in_until=TODAY)

    async def save(transaction: Transaction) -> None:
        await staff.save(transaction.fetch, Staff(number=other, role=Role.EDITOR, offices=("A50",)))
        await staff.save(transaction.fetch, deputy)
        acting = [await actor(transaction, PERSON, day) for day in (TODAY, TOMORROW)]
        assert [(one.role, one.offices) for one in acting] == [(Role.EDITOR, ("A50",)), (Role.READER, ())]

    await store.database.write(save)

    assert (await staff.of(store.database.read, PERSON)).model_copy(update={"pseudonym": ""}) == deputy


async def test_whom_the_settings_make_administrator_stands_in_the_history(store: Store) -> None:
    for admins in ({PERSON}, {PERSON}, set[int]()):
        await store.people.set_admins(admins, NOW)

    rows = await store.database.read("SELECT deed, before, after, pseudonym FROM people_history ORDER BY id")
    assert [(row["deed"], "is_set" in row["before"], "is_set" in row["after"], row["pseudonym"]) for row in rows] == [
        ("set_by_settings", False, True, ""),
        ("set_by_settings", True, False, ""),
    ]


async def test_the_last_administrator_stays_so_beyond_the_day_and_nobody_before_them(store: Store) -> None:
    """Of those whose day has passed, the last; once somebody else is there, nobody."""
    days = {PERSON: "2026-11-01", 2: "2026-10-01", 3: "2026-11-01"}
    rows = [{"id": person, "until": until} for person, until in days.items()]
    await store.database.write_rows(("INSERT INTO people (id, role, until) VALUES (:id, 4, :until)", rows))

    async def who() -> list[int]:
        asked = [(await store.people.asking(one, one, ChatKind.PRIVATE, NOW)).person for one in days]
        return [one.id for one in asked if one.role is Role.ADMIN]

    alone = await who()
    admins = await staff.admins(store.database.read, NOW.date())
    await store.people.set_admins({9}, NOW)

    assert alone == [PERSON, 3]
    assert [one.number for one in admins] == [3, PERSON]
    assert await who() == []
