"""Persons and chats: unknown ones are guests, and rights are read when they are used."""

from datetime import UTC, datetime

import pytest

from registry.changes import AdmitChat, Change, KeepData, SetChatLanguage, SetPersonLanguage
from registry.people import Chat, ChatKind, Person, Role
from storage.changes import write_change
from storage.errors import NotAllowed
from storage.store import Store

PERSON, GROUP = 4711, -100_200
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


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
        await store.people.set_admins(admins)
        roles.append((await asking(store))[0].role)

    assert roles == [Role.ADMIN, Role.READER]


async def test_an_admin_admits_a_chat_and_ends_that(store: Store) -> None:
    await store.people.set_admins({PERSON})

    admitted = []
    for wanted in (True, False):
        await write(store, AdmitChat(chat=GROUP, title="Runde", by=PERSON, admitted=wanted))
        admitted.append((await asking(store))[1].admitted)

    assert admitted == [True, False]


@pytest.mark.parametrize("role", [Role.GUEST, Role.READER, Role.EDITOR, Role.COORDINATOR])
async def test_nobody_else_admits_a_chat_whatever_they_were_before(store: Store, role: Role) -> None:
    await store.people.set_role(PERSON, Role.ADMIN)
    await store.people.set_role(PERSON, role)

    with pytest.raises(NotAllowed):
        await write(store, AdmitChat(chat=GROUP, title="Runde", by=PERSON))

    assert not (await asking(store))[1].admitted


async def test_what_a_button_says_is_kept_under_its_token(store: Store) -> None:
    await write(store, KeepData(token="t1", data="first"), KeepData(token="t1", data="second"))

    assert [await store.kept(token) for token in ("t1", "t2")] == ["first", None]
