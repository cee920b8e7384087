"""Changes over HTTP, through the local Bot API: in private and in groups, in both languages, and what comes between."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.playground.chats import Message
from bot.playground.payloads import Json
from registry.people import Role
from tests.chatting import City, a_city
from tests.handlers.a_register import fill

SAVED, UNDONE = "✓ Gespeichert.", "↶ Zurückgenommen: 1.5.M1"
SAVE, UNDO, ADD = "✓ Speichern", "↶ Rückgängig", "✎ Text ergänzen"


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=True)
        yield running


async def version(city: City, number: str = "1.5.M1") -> int:
    rows = await city.store.database.read("SELECT version FROM measures WHERE number = :number", {"number": number})
    return int(rows[0]["version"])


async def deeds(city: City) -> int:
    return int((await city.store.database.read("SELECT count(*) AS n FROM deeds"))[0]["n"])


async def test_a_report_takes_one_message_and_two_taps(city: City) -> None:
    chat = city.chat(await city.person("Kim", offices=("A50",)))

    [shown] = await chat.says("/status 1.5.M1 voll Alle Häuser sind angeschlossen")
    saved = await chat.taps(SAVE)
    history = await chat.says("/verlauf 1.5.M1")
    [asked] = await chat.says("/rueckgaengig")
    undone = await chat.taps(UNDO)

    assert "Status: ◐ teilweise umgesetzt → ● vollständig umgesetzt" in shown
    assert saved.startswith(f"{SAVED}\n1.5.M1 · WLAN in allen Unterkünften\n")
    assert "A50 · Amt für Soziales" in history[0]
    assert asked.splitlines()[:2] == [
        "Ihre letzte Änderung zurücknehmen?",
        "Status von 1.5.M1: ◐ teilweise umgesetzt → ● vollständig umgesetzt; "
        "Aktueller Stand von 1.5.M1: Zwei von fünf Häusern sind angeschlossen. → Alle Häuser sind angeschlossen",
    ]
    assert undone == UNDONE
    assert await version(city) == 3


async def test_the_same_in_english(city: City) -> None:
    chat = city.chat(await city.person("Alex", offices=("A50",), language="en"))

    [choice] = await chat.says("/status 1.5.M1")
    asked = await chat.taps("✕ discarded")
    [shown] = await chat.says("No money left")
    saved = await chat.taps("✓ Save")
    undone = await chat.taps("↶ Undo")

    assert choice.startswith("1.5.M1 · Wi-Fi in all homes\nWhich status shall I note?")
    assert "Please write the reason" in asked
    assert "Status: ◐ partly implemented → ✕ discarded" in shown
    assert saved.startswith("✓ Saved.\n1.5.M1 · Wi-Fi in all homes\n")
    assert undone == "↶ Taken back: 1.5.M1"
    assert await version(city) == 3


async def test_in_a_group_the_words_come_as_a_reply_that_the_messenger_opens(city: City) -> None:
    kim, toni = await city.person("Kim", offices=("A50",)), await city.person("Toni", offices=("A50",))
    group = await city.group(kim, toni)

    await group.says("/notiz 1.5.M1", as_=kim)
    prompt = group.last
    chatter = await group.says("bis gleich", as_=kim)
    [shown] = await group.says("bitte anrufen", as_=kim, reply_to=prompt)
    await group.taps(SAVE, as_=kim)

    assert prompt.asked == (kim.id,)
    assert chatter == []
    assert "Notiz:\nbitte anrufen" in shown
    assert await version(city) == 2


async def test_in_a_group_a_button_opens_the_reply_for_who_tapped_it(city: City) -> None:
    kim, toni = await city.person("Kim", offices=("A50",)), await city.person("Toni", offices=("A50",))
    group = await city.group(kim, toni)
    await group.says("/status 1.5.M1 voll", as_=kim)

    await group.taps(ADD, as_=kim)
    prompt = group.last
    [shown] = await group.says("Alles fertig", as_=kim, reply_to=prompt)

    assert prompt.asked == (kim.id,)
    assert "Aktueller Stand:\nAlles fertig" in shown


async def test_a_reply_of_somebody_else_is_not_taken_for_the_words(city: City) -> None:
    kim, toni = await city.person("Kim", offices=("A50",)), await city.person("Toni", offices=("A50",))
    group = await city.group(kim, toni)
    await group.says("/notiz 1.5.M1", as_=kim)

    prompt = group.last
    [answer] = await group.says("bitte anrufen", as_=toni, reply_to=prompt)
    [shown] = await group.says("bitte anrufen", as_=kim, reply_to=prompt)

    assert answer == (
        "Es wurde nichts geändert: Hier warte ich nicht auf Ihre Worte.\n"
        "Was ich frage, gilt der Person, die es begonnen hat, und 15 Minuten lang.\n"
        "Wenn Sie selbst etwas ändern möchten, beginnen Sie mit der Karte des Vorgangs."
    )
    assert "Notiz:" in shown
    assert await version(city) == 1


async def test_in_a_topic_everything_stays_in_the_topic(city: City) -> None:
    kim = await city.person("Kim", offices=("A50",))
    topic = await city.topic(kim)

    await topic.says("/status 1.5.M1 voll", as_=kim)
    await topic.taps(ADD, as_=kim)
    await topic.says("Alles fertig", as_=kim, reply_to=topic.last)
    saved = await topic.taps(SAVE, as_=kim)

    assert topic.topic is not None
    assert saved.startswith(SAVED)
    assert {message.thread for message in topic.messages} == {topic.topic.id}


async def test_a_double_tap_in_one_batch_saves_once(city: City) -> None:
    kim = await city.person("Kim", offices=("A50",))
    chat = city.chat(kim)
    await chat.says("/status 1.5.M1 voll")

    for _ in range(5):
        city.api.doings.presses(chat.last, kim, data(chat.last, SAVE))
    await city.settled()

    toasts = [event.text for event in city.api.town.events if event.kind == "answered" and event.text]
    assert toasts == ["Gespeichert."] + ["Schon erledigt."] * 4
    assert (await version(city), await deeds(city)) == (2, 1)


async def test_of_two_editors_who_tap_at_once_one_saves_and_the_other_sees_it(city: City) -> None:
    editors = [await city.person(name, offices=("A50",)) for name in ("Kim", "Toni")]
    chats = [city.chat(editor) for editor in editors]
    for chat, status in zip(chats, ("voll", "nicht"), strict=True):
        await chat.says(f"/status 1.5.M1 {status}")

    for chat, editor in zip(chats, editors, strict=True):
        city.api.doings.presses(chat.last, editor, data(chat.last, SAVE))
    await city.settled()

    first_lines = sorted(chat.last.text.split("\n")[0].replace("\xa0", " ") for chat in chats)
    assert first_lines == sorted([SAVED, "⚠ Der Vorgang wurde inzwischen geändert. So sähe er nun aus:"])
    assert (await version(city), await deeds(city)) == (2, 1)


async def test_who_lost_their_role_after_the_preview_saves_nothing(city: City) -> None:
    kim = await city.person("Kim", offices=("A50",))
    chat = city.chat(kim)
    await chat.says("/status 1.5.M1 voll")
    await city.store.people.set_role(kim.id, Role.GUEST)

    text = await chat.taps(SAVE)

    assert chat.alerts != []
    assert "So speichern?" in text
    assert await version(city) == 1


async def test_a_button_pressed_by_somebody_else_says_so(city: City) -> None:
    kim, toni = await city.person("Kim", offices=("A50",)), await city.person("Toni", offices=("A50",))
    group = await city.group(kim, toni)
    await group.says("/status 1.5.M1 voll", as_=kim)

    await group.taps(SAVE, as_=toni)

    assert group.alerts == ["Diese Schaltfläche ist für jemand anderen bestimmt."]
    assert await version(city) == 1


async def test_buttons_and_half_finished_entries_outlive_a_restart(city: City) -> None:
    kim = await city.person("Kim", offices=("A50",))
    chat = city.chat(kim)
    await chat.says("/status 1.5.M1 voll")
    preview = chat.last
    await chat.says("/notiz 1.5.M2")

    await city.restarts()
    [note] = await chat.says("bitte anrufen")
    saved = await chat.taps(SAVE, on=preview)
    await city.restarts()
    undone = await chat.taps(UNDO, on=preview)

    assert "Notiz:\nbitte anrufen" in note
    assert saved.startswith(SAVED)
    assert undone == UNDONE


async def test_an_edited_command_does_nothing_further(city: City) -> None:
    kim = await city.person("Kim", offices=("A50",))
    chat = city.chat(kim)
    await chat.says("/status 1.5.M1 voll")
    own = next(message for message in reversed(chat.room.messages.values()) if message.sender == kim)

    city.api.doings.rewrites(own, "/status 1.5.M2 nicht")
    await city.settled()

    assert len(chat.messages) == 1
    assert "1.5.M1" in chat.last.text


SHAPES: dict[str, dict[str, Json]] = {
    "forwarded": {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Robin"}},
    "via a bot": {"via_bot": {"id": 4343, "is_bot": True, "first_name": "Other", "username": "other_bot"}},
    "by an anonymous administrator": {
        "from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"},
    },
    "in the name of a channel": {
        "from": {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"},
        "sender_chat": {"id": -100_777, "type": "channel", "title": "Neues"},
    },
}


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_command_in_a_shape_that_nobody_answers_for_is_not_heard(city: City, shape: str) -> None:
    kim = await city.person("Kim", role=Role.COORDINATOR)
    group = await city.group(kim)
    said = len(group.messages)
    message = city.api.town.post(group.room, kim, "/status 1.5.M1 voll")
    content = message.json() | {"entities": [{"type": "bot_command", "offset": 0, "length": 7}]} | SHAPES[shape]

    city.api.town.updates.push("message", content)
    await city.settled()

    assert len(group.messages) == said
    assert (await version(city), await deeds(city)) == (1, 0)


async def test_a_guest_changes_nothing_and_learns_nothing(city: City) -> None:
    guest = await city.person("Toni", role=Role.GUEST)
    chat = city.chat(guest)

    replies = [await chat.says(f"/status {ref} voll") for ref in ("1.5.M1", "7.1.M1", "9.9.M9")]

    assert replies[0] == replies[1] == replies[2]
    assert "1.5.M1" not in replies[0][0]


async def test_a_reader_in_a_group_is_told_that_the_role_does_not_allow_it(city: City) -> None:
    toni = await city.person("Toni", role=Role.GUEST)
    group = await city.group(toni)

    [answer] = await group.says("/status 1.5.M1 voll", as_=toni)

    assert answer == "Ihre Rolle erlaubt das nicht. Bitte wenden Sie sich an Ihre Administration."
    assert await version(city) == 1


async def test_what_is_hidden_is_unknown_in_a_group_even_to_coordination(city: City) -> None:
    kim = await city.person("Kim", role=Role.COORDINATOR)
    group = await city.group(kim)

    [hidden] = await group.says("/notiz 7.1.M1 bitte anrufen", as_=kim)
    [unknown] = await group.says("/notiz 9.9.M9 bitte anrufen", as_=kim)

    assert hidden == unknown.replace("9.9.M9", "7.1.M1")


async def test_a_button_of_one_chat_does_nothing_in_another(city: City) -> None:
    kim = await city.person("Kim", offices=("A50",))
    chat, group = city.chat(kim), await city.group(kim)
    await chat.says("/status 1.5.M1 voll")
    kims = replace(group, person=kim)

    await kims.presses(data(chat.last, SAVE))

    assert kims.toasts == ["Diese Schaltfläche passt nicht mehr. Bitte fragen Sie noch einmal."]
    assert await version(city) == 1


def data(message: Message, label: str) -> str:
    return next(button.data for row in message.keyboard for button in row if button.text == label)
