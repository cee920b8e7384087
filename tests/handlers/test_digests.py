"""Digests as they are set up: what a chat may know, two who do it at once, and what is pressed too late."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from registry.administered import ServedChat
from registry.digests import Digest
from registry.people import Role
from registry.prepared import BUTTON_LASTS
from registry.queries import Intent, Query
from registry.visibility import Clearance, Visibility
from storage import digests
from storage.served_chats import save as save_chat
from tests.handlers.conversing import ADMIN, GROUP, NOW, Conversation, a_city

CHRIS, TONI = 7_004, 7_005
HIDDEN = "etwas, das hier nicht gezeigt wird"


@pytest.fixture
async def chris(tmp_path: Path) -> AsyncIterator[Conversation]:
    """Coordination, in a group that is served; there is something non-public, and the messenger may carry it."""
    async with a_city(tmp_path, with_secrets=True, non_public=Clearance.CONTENT) as chat:
        await replace(chat, person=ADMIN, chat=GROUP).says("/admit")
        for person in (CHRIS, TONI):
            await chat.store.people.set_role(person, Role.COORDINATOR)
        yield replace(chat, person=CHRIS, chat=GROUP)


async def put(chat: Conversation, **fields: object) -> Digest:
    digest = Digest.model_validate({"chat": GROUP} | fields)
    number = await chat.store.database.write(lambda t: digests.save(t.fetch, digest, at=NOW, next_at=None))
    return digest.model_copy(update={"id": number})


async def stored(chat: Conversation) -> tuple[Digest, ...]:
    return await digests.in_chat(chat.store.database.read, GROUP)


async def cleared(chat: Conversation) -> None:
    """The group may see everything."""
    seen = ServedChat(id=GROUP, admitted=True, clearance=Clearance.CONTENT)
    await chat.store.database.write(lambda t: save_chat(t.fetch, seen))


async def test_what_a_digest_is_about_is_not_told_where_it_may_not_be_known(chris: Conversation) -> None:
    await put(chris, scope=Query(intent=Intent.OPEN, programme="GehProg"))

    listed = await chris.says("/digest list")
    card = await chris.says("/digest")
    preview = await chris.taps("Vorschau")
    asked = await chris.says("/digest GehProg")

    assert f"1. {HIDDEN} · montags um 08:00 Uhr" in listed
    assert f"Worum: {HIDDEN}\n" in card
    assert all("GehProg" not in text for text in (listed, card, preview))
    assert asked.startswith("„GehProg“ verstehe ich nicht.")


async def test_a_card_that_names_something_non_public_is_labelled_so(chris: Conversation) -> None:
    await cleared(chris)
    labels = []

    for words in ("/digest BeSta", "/digest GehProg", "/digest Geheimkonzept"):
        outcome = await chris.outcome({"message": chris.message(words)})
        labels.append(outcome.outgoing[0].label)

    assert labels == [Visibility.PUBLIC, Visibility.NONPUBLIC, Visibility.NONPUBLIC]


async def test_a_preview_shows_what_the_chat_may_see_however_much_its_asker_may(chris: Conversation) -> None:
    await chris.says("/digest A50")
    public = await chris.taps("Vorschau")
    await cleared(chris)
    await chris.says("/digest A50")
    everything = await chris.taps("Vorschau")
    label = chris.shown.label if chris.shown else None
    await chris.store.people.set_role(CHRIS, Role.ADMIN)
    await chris.store.database.write(lambda t: save_chat(t.fetch, ServedChat(id=GROUP, admitted=True)))
    await chris.says("/digest A50")
    again = await chris.taps("Vorschau")

    assert ["Geheimer Grundstückskauf" in text for text in (public, everything, again)] == [False, True, False]
    assert label is Visibility.NONPUBLIC
    assert public == again


async def test_what_a_channel_gets_is_previewed_as_the_channel_sees_it(chris: Conversation) -> None:
    await chris.store.database.write_rows(
        ("INSERT INTO chats (id, title, admitted, is_channel) VALUES (-100900, 'Rathaus', 1, 1)", [()])
    )
    private = replace(chris, chat=None)

    await private.says("/digest")
    own = await private.taps("Vorschau")
    await private.says("/digest for -100900")
    channels = await private.taps("Vorschau")

    assert ["Geheimer Grundstückskauf" in text for text in (own, channels)] == [True, False]
    assert "WLAN in allen Unterkünften" in channels


async def test_two_who_set_one_up_at_once_get_one_each(chris: Conversation) -> None:
    toni = replace(chris, person=TONI)
    await chris.says("/digest A50")
    await toni.says("/digest A51")

    decided = [await one.outcome({"callback_query": one.press(first_button(one))}) for one in (chris, toni)]
    await chris.write(decided[0].changes)
    await toni.handle({"callback_query": toni.press(first_button(toni))})

    assert [one.scope.offices for one in await stored(chris)] == [("A50",), ("A51",)]


async def test_who_comes_second_sees_what_the_first_one_changed(chris: Conversation) -> None:
    await put(chris)
    toni = replace(chris, person=TONI)
    await chris.says("/digest Di")
    await toni.says("/digest Mi")

    await chris.taps("✓ Speichern")
    anew = await toni.taps("✓ Speichern")
    await toni.taps("✓ Speichern")

    assert "inzwischen geändert" in anew
    assert "Wann: dienstags um 08:00 Uhr → mittwochs um 08:00 Uhr" in anew
    assert [one.rule.weekdays for one in await stored(chris)] == [(2,)]


async def test_a_button_works_once_for_its_person_and_not_for_ever(chris: Conversation) -> None:
    await chris.says("/digest")
    data = first_button(chris)

    others = await replace(chris, person=TONI).presses(data)
    late = await replace(chris, now=NOW + BUTTON_LASTS).presses(data)
    await chris.presses(data)
    twice = await chris.presses(data)

    assert len(await stored(chris)) == 1
    assert [text.startswith("(") for text in (others, late, twice)] == [True] * 3


async def test_whose_role_is_taken_meanwhile_saves_nothing(chris: Conversation) -> None:
    await chris.says("/digest")
    await chris.store.people.set_role(CHRIS, Role.EDITOR, ("A50",))

    refused = await chris.taps("✓ Einrichten")

    assert refused.startswith("(")
    assert await stored(chris) == ()


async def test_what_changes_only_the_wording_leaves_a_slot_that_is_due(chris: Conversation) -> None:
    digest = await put(chris)
    due = NOW.isoformat()
    await chris.store.database.write_rows(("UPDATE digests SET next_at = :at, settled_to = :at", [{"at": due}]))

    await chris.says("/digest lautlos")
    await chris.taps("✓ Speichern")
    reworded = await chris.store.database.read("SELECT next_at, settled_to, is_silent FROM digests")
    await chris.says("/digest Di")
    await chris.taps("✓ Speichern")
    moved = await chris.store.database.read("SELECT next_at FROM digests")

    assert [tuple(row) for row in reworded] == [(due, due, 1)]
    assert moved[0]["next_at"].startswith("2026-11-24T07:00")
    assert digest.id == 1


@pytest.mark.parametrize("words", ["/digest pause 3", "/digest now 3", "/digest off"])
async def test_of_several_the_one_that_is_meant_is_asked(chris: Conversation, words: str) -> None:
    await put(chris)
    await put(chris, scope=Query(intent=Intent.OPEN, offices=("A50",)))

    assert (await chris.says(words)).startswith("Übersichten für „Team Soziales“\n\n1. ")


async def test_a_number_that_stands_in_another_message_of_a_digest_is_known_there_too(chris: Conversation) -> None:
    await put(chris)
    parts = (("1.5.M1", "Q1"), ("", "", "Q8"))
    rows = [
        {"key": f"digest 1 2026-11-23 {part}.0", "refs": "\n".join(refs), "message": 900 + part, "chat": GROUP}
        for part, refs in enumerate(parts, 1)
    ]
    await chris.store.database.write_rows(
        (
            'INSERT INTO bulletins (key, digest, chat, "on", due_at, is_late, state)'
            " VALUES ('digest 1 2026-11-23', 1, :chat, '2026-11-23', '', 0, 'sent')",
            rows[:1],
        ),
        (
            "INSERT INTO bulletin_parts (bulletin, part, state) VALUES ('digest 1 2026-11-23', :part, 'over')",
            [{"part": 1}, {"part": 2}],
        ),
        (
            "INSERT INTO outbox (key, chat, method, payload, kind, label, refs, state, message_id, created_at)"
            " VALUES (:key, :chat, 'sendMessage', '{}', 'post', 'public', :refs, 'sent', :message, '2026-11-23')",
            rows,
        ),
    )
    register = (await replace(chris, chat=None).request()).register.read_as(
        (await replace(chris, chat=None).request()).reader.model_copy(update={"chat": GROUP})
    )

    assert [await register.own.listed_in(message) for message in (901, 902)] == [("1.5.M1", "Q1", "Q8")] * 2


def first_button(chat: Conversation) -> str:
    assert chat.shown is not None
    rows = chat.shown.payload["reply_markup"]["inline_keyboard"]  # type: ignore[index]
    return str(rows[0][0]["callback_data"])
