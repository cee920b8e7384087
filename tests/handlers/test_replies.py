"""Acting on what a message lists: replies by number or reference, in private and in a group, and free wishes."""

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from registry.people import Role
from storage.outgoing import Outgoing
from tests.handlers.conversing import ADMIN, BOT, EDITOR, GROUP, NOW, READER, Conversation, a_city

COORDINATOR = 7_004
_NUMBERS = count(5_001)

STATUS_OF_HOMES = """1.5.M1 · WLAN in allen Unterkünften
Status: ◐ teilweise umgesetzt → ● vollständig umgesetzt
Aktueller Stand:
Alles fertig
Stand: Di., 30.06.2026 → Mo., 23.11.2026

So speichern?
[✓ Speichern] [✎ Text ändern]
[✕ Nicht speichern]"""
NOT_ALLOWED = "Ihre Rolle erlaubt das nicht. Bitte wenden Sie sich an Ihre Administration."


async def shown(chat: Conversation) -> int:
    """The last message, sent as the post room would have; the number Telegram gave it."""
    number = next(_NUMBERS)
    assert isinstance(chat.shown, Outgoing)
    outbox = chat.store.outbox
    before = [message.id for message in await outbox.queued(limit=1_000)]
    await outbox.add([chat.shown], key=f"shown {number}", at=NOW)
    [added] = [message for message in await outbox.queued(limit=1_000) if message.id not in before]
    await outbox.sent(added.id, number, at=NOW)
    return number


async def replies(chat: Conversation, text: str, *, to: int) -> str:
    message = {"message_id": to, "date": 1, "chat": chat.place(), "from": BOT, "text": "…"}
    return await chat.says(text, reply_to_message=message)


def editor(chat: Conversation) -> Conversation:
    return replace(chat, person=EDITOR)


async def coordinator(chat: Conversation) -> Conversation:
    await chat.store.people.set_role(COORDINATOR, Role.COORDINATOR)
    return replace(chat, person=COORDINATOR)


async def test_a_reply_by_number_proposes_the_deed_for_that_item(chat: Conversation) -> None:
    kim = editor(chat)
    listing = await kim.says("was ist offen für A50")
    listed = await shown(kim)

    assert listing.splitlines()[2].startswith("1.5.M1 · ")
    assert await replies(kim, "1 voll: Alles fertig", to=listed) == STATUS_OF_HOMES
    assert (await kim.taps("✓ Speichern")).splitlines()[:2] == ["(Gespeichert.)", ""]
    assert (await kim.says("1.5.M1")).splitlines()[1] == "● vollständig umgesetzt · Stand 23.11.2026"


async def test_a_reply_in_english_by_reference(chat: Conversation) -> None:
    kim = replace(editor(chat), language="en")
    await kim.says("what is open for A50")

    told = await replies(kim, "1.5.M1 fully: all done", to=await shown(kim))

    first, second, *_ = told.splitlines()
    assert first == "1.5.M1 · Wi-Fi in all homes"
    assert second == "Status: ◐ partly implemented → ● fully implemented"


async def test_a_reply_in_a_group_acts_for_who_may(chat: Conversation) -> None:
    await replace(chat, person=ADMIN, chat=GROUP).says("/admit")
    kim = replace(chat, person=EDITOR, chat=GROUP)
    await kim.says("@amtsbote_bot was ist offen für A50")
    listed = await shown(kim)

    assert await replies(kim, "1 voll: Alles fertig", to=listed) == STATUS_OF_HOMES
    refused = await replies(replace(kim, person=READER), "1 voll: Alles fertig", to=listed)
    assert refused.splitlines()[:2] == [NOT_ALLOWED, ""]


async def test_an_item_goes_to_another_office(chat: Conversation) -> None:
    robin = await coordinator(chat)
    await robin.says("offene Fragen A51")

    told = await replies(robin, "1 an A11", to=await shown(robin))

    assert told.splitlines()[0] == "Q8 · Plätze in Sprachkursen"
    assert "A11 · Personal- und Organisationsamt: ○ ausstehend" in told
    assert told.splitlines()[-2:] == ["[✓ Speichern]", "[✕ Nicht speichern]"]


async def test_the_words_of_a_contribution(chat: Conversation) -> None:
    kim = editor(chat)
    await kim.says("zeige Q2")

    told = await replies(kim, "fertig: Das Haus ist angeschlossen.", to=await shown(kim))

    assert told.splitlines()[:3] == [
        "Q2 · Stand Haus 2",
        "A50 · Amt für Soziales: ○ ausstehend → ◐ geliefert",
        "Das Haus ist angeschlossen.",
    ]


async def test_a_current_state_without_a_status_asks_for_that(chat: Conversation) -> None:
    kim = editor(chat)
    await kim.says("1.5.M1")

    asked = await replies(kim, "1: Alles fertig", to=await shown(kim))

    assert asked.splitlines()[1] == "Welchen Status soll ich eintragen?"
    assert await kim.taps("● vollständig umgesetzt") == STATUS_OF_HOMES


@pytest.mark.parametrize("question", ["was ist überfällig", "1 fällig?", "A51"])
async def test_a_reply_that_is_a_question_stays_one(chat: Conversation, question: str) -> None:
    kim = editor(chat)
    await kim.says("was ist offen für A50")
    listed = await shown(kim)

    assert await replies(kim, question, to=listed) == await kim.says(question)


async def test_an_item_that_is_not_there_is_said_to_be_none(chat: Conversation) -> None:
    kim = editor(chat)
    await kim.says("was ist offen für A50")

    assert await replies(kim, "9 voll: Alles fertig", to=await shown(kim)) == (
        "So viele Einträge hat diese Nachricht nicht.\n"
        "Zählen Sie von oben, oder schreiben Sie die Nummer des Vorgangs, zum Beispiel: Q12 an A11\n"
        "[Was ist offen?] [Hilfe]"
    )


async def test_a_number_that_may_be_two_records_is_asked_about(chat: Conversation) -> None:
    robin = await coordinator(chat)
    await robin.says("was ist offen für A50")  # 1.5.M1, then Q1 as the second, Q2 as the third
    listed = await shown(robin)

    assert await replies(robin, "3 an A11", to=listed) == "Welchen Vorgang meinen Sie?\n[Q2] [Q3]"
    assert (await robin.taps("Q3")).splitlines()[0] == "Q3 · Stand Haus 3"


async def test_two_things_at_once_are_not_done(chat: Conversation) -> None:
    kim = editor(chat)
    await kim.says("was ist offen für A50")

    told = await replies(kim, "1 voll: Alles fertig\n2 fertig: Ja", to=await shown(kim))

    assert told.splitlines()[0] == "Bitte eines nach dem anderen. Es wurde nichts geändert."


async def test_an_edited_message_lists_what_stands_there_now(chat: Conversation) -> None:
    kim = editor(chat)
    await kim.says("was ist offen für A50")
    number = await shown(kim)
    await kim.taps("Weiter ›")
    await chat.store.outbox.add([kim.shown], key="edit", at=NOW)  # type: ignore[list-item]
    [edit] = await chat.store.outbox.queued(limit=10)
    await chat.store.outbox.sent(edit.id, number, at=NOW)

    told = await replies(kim, "1", to=number)

    assert told.splitlines()[0] == "Q5 · Stand Haus 5"


async def test_a_message_of_another_chat_or_unknown_lists_nothing(chat: Conversation) -> None:
    kim, reader = editor(chat), chat
    await reader.says("was ist offen für A50")
    elsewhere = await shown(reader)

    for number in (elsewhere, 999_999):
        assert await replies(kim, "1 voll: Alles fertig", to=number) == await kim.says("1 voll: Alles fertig")


async def test_a_reply_to_another_message_is_not_what_was_asked_for(chat: Conversation) -> None:
    kim = editor(chat)
    await kim.says("was ist offen für A50")
    listed = await shown(kim)
    await kim.says("/note Q2")
    prompt = await shown(kim)

    acted = await replies(kim, "1 voll: Alles fertig", to=listed)
    await kim.says("/note Q2")
    noted = await replies(kim, "1 voll: Alles fertig", to=prompt)

    assert acted == STATUS_OF_HOMES
    assert noted.splitlines()[:3] == ["Q2 · Stand Haus 2", "Notiz:", "1 voll: Alles fertig"]


async def test_a_command_in_a_reply_is_about_what_it_answers(chat: Conversation) -> None:
    kim = editor(chat)
    await kim.says("1.5.M1")
    card = await shown(kim)
    await kim.says("was ist offen für A50")
    listing = await shown(kim)

    assert await replies(kim, "/status voll Alles fertig", to=card) == STATUS_OF_HOMES
    assert await replies(kim, "/status 1 voll Alles fertig", to=listing) == STATUS_OF_HOMES
    assert (await replies(kim, "/show Q2", to=card)).splitlines()[0] == "Q2 · Stand Haus 2"
    assert await replies(kim, "/status voll", to=listing) == await kim.says("/status voll")


async def test_a_record_hidden_since_is_answered_like_one_there_never_was(tmp_path: Path) -> None:
    async with a_city(tmp_path, with_secrets=True) as chat:
        kim = editor(chat)
        await chat.says("was ist offen für A50")
        assert chat.shown is not None
        chat.shown = replace(chat.shown, chat=EDITOR, refs=("7.1.M1", "9.9.M9"))
        listed = await shown(chat)

        hidden, missing = [await replies(kim, f"{n} voll: Fertig", to=listed) for n in (1, 2)]

    assert hidden.splitlines()[0] == "7.1.M1 finde ich im Register nicht."
    assert hidden.replace("7.1.M1", "9.9.M9").splitlines()[0] == missing.splitlines()[0]


@pytest.mark.parametrize(
    ("language", "wish", "old_to_new"),
    [
        ("de", "setze 1.5.M1 auf voll: Alles fertig", "Status: ◐ teilweise umgesetzt → ● vollständig umgesetzt"),
        ("de", "1.5.M1 ist verworfen: Kein Geld", "Status: ◐ teilweise umgesetzt → ✕ verworfen"),
        ("en", "mark 1.5.M1 as fully", "Status: ◐ partly implemented → ● fully implemented"),
        ("en", "could you set 1.5.M1 to discarded: no money?", "Status: ◐ partly implemented → ✕ discarded"),
    ],
)
async def test_a_wish_in_ones_own_words_is_proposed(
    chat: Conversation, language: str, wish: str, old_to_new: str
) -> None:
    told = await replace(editor(chat), language=language).says(wish)

    assert told.splitlines()[1] == old_to_new


async def test_a_wish_of_a_reader_and_one_that_is_not_understood_show_the_record(chat: Conversation) -> None:
    kim = editor(chat)
    card = await chat.says("1.5.M1")
    own_card = await kim.says("1.5.M1")

    assert await chat.says("setze 1.5.M1 auf voll") == f"{NOT_ALLOWED}\n\n{card}"
    assert await chat.says("setze 1.5.M1 auf quark") == f"{NOT_ALLOWED}\n\n{card}"
    not_understood = "Ich habe nicht verstanden, was geändert werden soll. Es wurde nichts geändert."
    assert await kim.says("setze 1.5.M1 auf quark") == f"{not_understood}\n\n{own_card}"
    assert await kim.says("lösche alles") == (
        f"{not_understood}\nSchreiben Sie zum Beispiel: setze 1.5.M1 auf teilweise: Plätze sind reserviert\n"
        "[Was ist offen?] [Hilfe]"
    )


async def test_a_wish_for_another_offices_record_is_refused(chat: Conversation) -> None:
    told = await editor(chat).says("setze 2.1.M2 auf voll")

    assert told.splitlines()[0] == "2.1.M2 dürfen Sie nicht ändern."


async def test_a_question_about_a_status_is_answered(chat: Conversation) -> None:
    kim = editor(chat)
    card = await kim.says("1.5.M1")

    for question in ("ist 1.5.M1 fertig?", "is 1.5.M1 done", "1.5.M1 ist umgesetzt?"):
        assert (await kim.says(question)).splitlines()[:2] == card.splitlines()[:2]
