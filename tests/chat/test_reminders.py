"""What people do about reminders over HTTP: open, do, put off, ask for more time, choose, be away."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.papers import Paper
from registry.people import Role
from tests.chat.places import EVERYTHING, EVERYWHERE, IN_BOTH_LANGUAGES, Member, plain
from tests.chatting import Chat, City, a_city
from tests.handlers.a_register import fill
from tests.scheduler.test_reminders import at, group_of, items, morning, person


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=True)
        yield running


async def reminded(city: City, language: str, place: str, *, offices: tuple[str, ...] = ("A51",)) -> Member:
    """Somebody of an office, in private or in its group, who is reminded on the morning of 2 December."""
    ida = await city.person("Ida", offices=offices, language=language)
    if place == "private":
        chat = city.chat(ida)
        await chat.says("/hilfe")
    else:
        chat = await group_of(city, *offices, members=(ida,))
        if language == "en":
            await chat.says("/language English")
    member = Member(chat, ida, language)
    await morning(city, at(2), chat)
    return member


async def inquiry(city: City, number: str = "Q8") -> Inquiry:
    found = await city.store.register(EVERYTHING).subject(number)
    assert isinstance(found, Inquiry)
    return found


async def opens(one: Member, label: str) -> str:
    """The item, which stands below the list."""
    listed = one.chat.last
    told = await one.taps(label)
    assert one.chat.last is not listed
    return told


ITEM = (
    "Q8 · Zuarbeit · Plätze in Sprachkursen · A51 · bis Mi., 16.12.2026 (in 10 Arbeitstagen)",
    "Q8 · contribution · Places in language courses · A51 · by Wed, 16 Dec 2026 (in 10 working days)",
)


# One item


@EVERYWHERE
async def test_an_item_opens_below_the_list_with_what_can_be_done_to_it(city: City, language: str, place: str) -> None:
    ida = await reminded(city, language, place)

    told = await opens(ida, "1 · Q8")

    assert told == ida.reads(*ITEM)
    assert ida.chat.buttons == [
        ida.reads("✓ Erledigt", "✓ Done"),
        ida.reads("Braucht länger", "Needs longer"),
        ida.reads("Später erinnern", "Remind later"),
        ida.reads("Vorgang öffnen", "Open the record"),
    ]


@EVERYWHERE
async def test_done_leads_to_the_way_there_is_for_that(city: City, language: str, place: str) -> None:
    ida = await reminded(city, language, place)
    await opens(ida, "1 · Q8")

    await ida.taps("✓ Erledigt", "✓ Done")
    await ida.says("Zwei Kurse.")
    await ida.taps("✓ Speichern", "✓ Save")

    assert [part.text for part in (await inquiry(city)).contributions] == ["Zwei Kurse."]


async def test_done_of_each_kind(city: City) -> None:
    chris = await person(city, "Chris", "D05", "D01", role=Role.COORDINATOR, wish="all")
    await morning(city, at(31), chris)
    listed = chris.last
    offered = {}
    for label in [label for label in chris.buttons if " · " in label]:
        await chris.taps(label, on=listed)
        offered[chris.text.split(" · ")[0], chris.text.split(" · ")[1]] = chris.buttons[0]

    assert offered["1.5.M1", "Maßnahme"] == "✓ Erledigt"
    assert offered["0112/23", "Prüfauftrag"] == "✓ Erledigt"
    assert offered["Q10", "Frage"] == "Zuweisen"
    assert offered["2.1.M2", "Maßnahme"] == "✓ Erledigt"


@EVERYWHERE
async def test_an_item_that_is_put_off_is_told_again_on_its_day_and_not_before(
    city: City, language: str, place: str
) -> None:
    ida = await reminded(city, language, place)
    await opens(ida, "1 · Q8")

    asked = await ida.taps("Später erinnern", "Remind later")
    said = await ida.taps("In 3 Arbeitstagen, Mo., 07.12.2026", "In 3 days, Mon, 7 Dec 2026")
    told = [items(*(await morning(city, at(day), ida.chat))) for day in (3, 4, 7, 8)]

    assert asked.endswith(
        ida.reads("Wann soll ich hier wieder daran erinnern?", "When shall I speak of it here again?")
    )
    assert said.endswith(
        ida.reads("Hier wird wieder am Mo., 07.12.2026 daran erinnert.", "Reminded here again on Mon, 7 Dec 2026.")
    )
    assert told == [[], [], ["Q8"], []]


async def test_putting_off_can_be_taken_back_and_holds_in_this_chat_alone(city: City) -> None:
    ida = await reminded(city, "de", "group")
    jo = await person(city, "Jo", "A51", wish="all")
    await morning(city, at(3), jo)
    for chat in (ida, Member(jo, jo.person, "de")):
        await opens(chat, "1 · Q8")
        await chat.taps("Später erinnern")
        await chat.taps("Nächste Woche, Mo., 07.12.2026")
    await ida.taps("↶ Rückgängig")

    told = await morning(city, at(7), ida.chat, jo)

    assert list(map(items, told)) == [[], ["Q8"]]


@pytest.mark.parametrize("label", ["Braucht länger", "Später erinnern"])
async def test_only_who_works_on_it_puts_it_off_or_asks_for_more_time(city: City, label: str) -> None:
    ida = await reminded(city, "de", "group")
    reader = await city.person("Lea", role=Role.READER, offices=("A51",))
    other = await city.person("Kim", offices=("A50",))
    await opens(ida, "1 · Q8")

    for somebody in (reader, other):
        before = ida.chat.text
        await ida.chat.taps(label, as_=somebody)
        assert ida.chat.alerts == ["Das ist denen vorbehalten, die daran arbeiten."]
        assert ida.chat.text == before


async def test_an_item_that_is_done_is_not_due_any_more(city: City) -> None:
    ida = await reminded(city, "de", "private")
    listed = ida.chat.last
    await ida.says("/antwort Q8 Zwei Kurse.")
    await ida.taps("✓ Speichern")

    await ida.taps("1 · Q8", on=listed)

    assert ida.chat.alerts == ["Das ist nicht mehr fällig."]


@pytest.mark.parametrize("place", ["group", "topic"])
async def test_a_reply_with_its_number_acts_on_an_item(city: City, place: str) -> None:
    kim = await city.person("Kim", offices=("A50",))
    chat = await city.group(kim) if place == "group" else await city.topic(kim)
    await city.store.database.write(
        lambda t: t.fetch("UPDATE chats SET offices = '[\"A50\"]' WHERE id = :id", {"id": chat.room.id})
    )
    if place == "topic":
        await chat.says("/erinnerungen an")
    [told] = await morning(city, at(24, 11), chat)
    assert items(told)[0] == "1.5.M1"
    if place == "topic":
        assert chat.topic is not None
        assert chat.last.thread == chat.topic.id

    await chat.says("1 teilweise: Drei Häuser sind fertig", as_=kim, reply_to=chat.last)
    await chat.taps("✓ Speichern", as_=kim)

    measure = await city.store.register(EVERYTHING).subject("1.5.M1")
    assert isinstance(measure, Measure)
    assert measure.current_state == "Drei Häuser sind fertig"


# More time


@EVERYWHERE
async def test_more_time_is_asked_for_granted_with_one_tap_and_told(city: City, language: str, place: str) -> None:
    chris = await person(city, "Chris", role=Role.COORDINATOR, language=language)
    ida = await reminded(city, language, place)
    await opens(ida, "1 · Q8")

    asked = await ida.taps("Braucht länger", "Needs longer")
    sent = await ida.taps("Mi., 23.12.2026", "Wed, 23 Dec 2026")
    request = plain(chris.text)
    await chris.taps(ida.reads("✓ Gewähren", "✓ Grant"))

    assert ida.reads("Bis wann brauchen Sie es?", "Until when is it needed?") in asked
    assert ida.reads("um mehr Zeit gebeten, bis Mi., 23.12.2026", "more time, until Wed, 23 Dec 2026") in sent
    assert request.splitlines()[-1] == ida.reads(
        "A51 bittet um mehr Zeit, bis Mi., 23.12.2026.", "A51 asks for more time, until Wed, 23 Dec 2026."
    )
    assert (await inquiry(city)).offices_due_on == date(2026, 12, 23)
    assert plain(ida.chat.text) == ida.reads(
        "Q8: Mehr Zeit bis Mi., 23.12.2026 ist gewährt.", "Q8: more time until Wed, 23 Dec 2026 is granted."
    )
    assert ida.reads("↶ Rückgängig", "↶ Undo") in chris.buttons


@IN_BOTH_LANGUAGES
async def test_more_time_is_declined(city: City, language: str) -> None:
    chris = await person(city, "Chris", role=Role.COORDINATOR, language=language)
    ida = await reminded(city, language, "group")
    await opens(ida, "1 · Q8")
    await ida.taps("Braucht länger", "Needs longer")
    await ida.taps("Mi., 23.12.2026", "Wed, 23 Dec 2026")

    said = await chris.taps(ida.reads("✕ Ablehnen", "✕ Decline"))

    assert plain(said) == ida.reads(
        "Q8: abgelehnt. Wer gefragt hat, erfährt es.", "Q8: declined. Whoever asked is told."
    )
    assert plain(ida.chat.text).splitlines()[0] == ida.reads(
        "Q8: Keine Verlängerung bis Mi., 23.12.2026.", "Q8: no more time until Wed, 23 Dec 2026."
    )
    assert (await inquiry(city)).offices_due_on == date(2026, 12, 16)


@EVERYWHERE
async def test_another_day_is_said_in_words_and_shown_in_full_before_anybody_is_asked(
    city: City, language: str, place: str
) -> None:
    chris = await person(city, "Chris", role=Role.COORDINATOR, language=language)
    ida = await reminded(city, language, place)
    await opens(ida, "1 · Q8")
    await ida.taps("Braucht länger", "Needs longer")

    await ida.taps("Ein anderer Tag …", "Another day …")
    refused = await ida.says("irgendwann", "some day")
    shown = await ida.says("18.12.")
    before = len(chris.messages)
    await ida.taps("✓ Fragen", "✓ Ask")

    assert refused.startswith(ida.reads(*ITEM))
    assert ida.reads("„irgendwann“ verstehe ich nicht", "I do not understand “some day”") in refused
    assert ida.reads("bis Fr., 18.12.2026?", "until Fri, 18 Dec 2026?") in shown
    assert len(chris.messages) == before + 1


async def asked_by_ida(city: City) -> tuple[Member, Chat]:
    """Ida's group has asked for more time, and coordination has it before them."""
    chris = await person(city, "Chris", role=Role.COORDINATOR)
    ida = await reminded(city, "de", "group")
    await opens(ida, "1 · Q8")
    await ida.taps("Braucht länger")
    await ida.taps("Mi., 23.12.2026")
    return ida, chris


async def test_what_changed_before_it_is_granted_is_shown_anew(city: City) -> None:
    ida, chris = await asked_by_ida(city)
    request = chris.last
    await chris.says("/frist Q8 18.12.2026")
    await chris.taps("✓ Speichern")
    told = len(ida.chat.messages)

    anew = await chris.taps("✓ Gewähren", on=request)
    before = (await inquiry(city)).offices_due_on, len(ida.chat.messages)
    await chris.taps("✓ Gewähren", on=request)

    assert anew.startswith("⚠ Der Vorgang wurde inzwischen geändert. So sähe er nun aus:")
    assert "bis Fr., 18.12.2026" in anew
    assert before == (date(2026, 12, 18), told)
    assert (await inquiry(city)).offices_due_on == date(2026, 12, 23)
    assert plain(ida.chat.text) == "Q8: Mehr Zeit bis Mi., 23.12.2026 ist gewährt."


@pytest.mark.parametrize("label", ["✓ Gewähren", "✕ Ablehnen"])
async def test_what_a_colleague_has_granted_is_settled(city: City, label: str) -> None:
    toni = await person(city, "Toni", role=Role.COORDINATOR)
    ida, chris = await asked_by_ida(city)
    await chris.taps("✓ Gewähren")
    told = len(ida.chat.messages)

    await toni.taps(label)

    assert toni.alerts == ["Das ist schon entschieden."]
    assert len(ida.chat.messages) == told


async def test_nobody_but_coordination_grants_it(city: City) -> None:
    _, chris = await asked_by_ida(city)
    await city.store.people.set_role(chris.person.id, Role.EDITOR, ("A51",))

    await chris.taps("✓ Gewähren")

    assert (await inquiry(city)).offices_due_on == date(2026, 12, 16)
    assert chris.alerts != []


async def test_with_nobody_in_coordination_to_be_reached_that_is_said(city: City) -> None:
    ida = await reminded(city, "de", "private")
    await opens(ida, "1 · Q8")
    await ida.taps("Braucht länger")

    said = await ida.taps("Mi., 23.12.2026")

    assert said.endswith("In der Koordination ist hier gerade niemand zu erreichen.")


async def test_more_time_for_a_measure_and_for_a_mandate(city: City) -> None:
    chris = await person(city, "Chris", role=Role.COORDINATOR)
    kim = await person(city, "Kim", "A50")
    await morning(city, at(17), kim)
    listed = kim.last
    for what, day in (("Maßnahme", "Do., 24.12.2026"), ("Prüfauftrag", "Fr., 08.01.2027")):
        line = next(line for line in plain(listed.text).splitlines() if f" · {what} · " in line)
        number, ref = line.split(" · ")[0].split(". ")
        await kim.taps(f"{number} · {ref}", on=listed)
        await kim.taps("Braucht länger")
        await kim.taps(day)
        await chris.taps("✓ Gewähren")

    measure = await city.store.register(EVERYTHING).subject("1.5.M1")
    paper = await city.store.register(EVERYTHING).subject("0112/23")
    assert isinstance(measure, Measure)
    assert isinstance(paper, Paper)
    assert (measure.deadline.due_on, paper.mandates[0].due_on) == (date(2026, 12, 24), date(2027, 1, 8))


async def test_coordination_moves_a_date_itself(city: City) -> None:
    chris = await person(city, "Chris", "A51", role=Role.COORDINATOR)
    await morning(city, at(2), chris)
    button = next(label for label in chris.buttons if label.endswith("· Q8"))
    await chris.taps(button)

    await chris.taps("Braucht länger")
    await chris.says("23.12.2026")
    await chris.taps("✓ Speichern")

    assert (await inquiry(city)).offices_due_on == date(2026, 12, 23)


# What one wants


@IN_BOTH_LANGUAGES
async def test_a_person_chooses_what_to_hear_of(city: City, language: str) -> None:
    ida = Member(await person(city, "Ida", "A51", language=language), (await city.person("X")), language)
    ida = Member(ida.chat, ida.chat.person, language)

    shown = await ida.says("/erinnerungen", "/reminders")
    buttons = ida.chat.buttons
    await ida.taps("Nichts", "Nothing")
    after = ida.chat.buttons
    [told] = await morning(city, at(2), ida.chat)

    assert shown.splitlines()[0] == ida.reads("Erinnerungen", "Reminders")
    assert shown.splitlines()[-1] == ida.reads("Wovon möchten Sie erfahren?", "What do you want to hear of?")
    assert buttons == [
        ida.reads("✓ Nur, was kein Chat erfährt", "✓ Only what no chat is told"),
        ida.reads("Alles für meine Ämter", "Everything for my offices"),
        ida.reads("Nichts", "Nothing"),
        ida.reads("Ich bin abwesend …", "I am away …"),
    ]
    assert ida.reads("✓ Nichts", "✓ Nothing") in after
    assert told == []


async def switch(chat: Chat, words: str, who: object) -> str:
    return (await chat.says(words, as_=who))[-1]  # type: ignore[arg-type]


async def test_office_staff_switch_the_chat_of_their_office_and_coordination_every_chat(city: City) -> None:
    group = await group_of(city, "A51")
    ida, kim = await city.person("Ida", offices=("A51",)), await city.person("Kim", offices=("A50",))
    chris = await city.person("Chris", role=Role.COORDINATOR)

    shown = await switch(group, "/erinnerungen", kim)
    refused = await switch(group, "/erinnerungen aus", kim)
    off = await switch(group, "/erinnerungen aus", ida)
    not_coordination = await switch(group, "/erinnerungen koordination", ida)
    coordination = await switch(group, "/erinnerungen koordination", chris)

    assert "Die Ämter dieses Chats: A51\nEr erfährt: Was bei seinen Ämtern liegt" in shown
    assert refused == not_coordination
    assert off.endswith("Er erfährt: Nichts")
    assert coordination.endswith("Er erfährt: Was die Koordination erfährt")


async def test_a_chat_that_is_switched_off_is_told_nothing_and_one_of_coordination_what_is_its_own(city: City) -> None:
    group = await group_of(city, "A51")
    chris = await city.person("Chris", role=Role.COORDINATOR)
    await switch(group, "/erinnerungen aus", chris)
    [off] = await morning(city, at(24, 11), group)
    await switch(group, "/erinnerungen koordination", chris)

    [told] = await morning(city, at(25, 11), group)

    assert off == []
    assert "Q10" in items(told)


@pytest.mark.parametrize("words", ["/abwesend gestern", "/abwesend bis 20.11.2026", "/abwesend irgendwann"])
async def test_days_that_lie_behind_are_no_absence(city: City, words: str) -> None:
    ida = await person(city, "Ida", "A51")

    [said] = await ida.says(words)

    assert said.splitlines()[0].endswith("verstehe ich nicht als Tage, die noch kommen.")
    assert "bis Fr., 27.11.2026" in ida.buttons


@IN_BOTH_LANGUAGES
async def test_an_absence_may_lie_ahead_and_is_shown(city: City, language: str) -> None:
    chat = await person(city, "Ida", "A51", language=language)
    ida = Member(chat, chat.person, language)

    said = await ida.says("/abwesend 01.12. bis 04.12.", "/away 01.12. to 04.12.")
    shown = await ida.says("/erinnerungen", "/reminders")
    data = await ida.says("/meinedaten", "/mydata")
    back = await ida.says("/anwesend", "/back")

    assert said.splitlines()[0] == ida.reads(
        "Sie sind abwesend: 01.12.2026 bis 04.12.2026.", "You are away: 1 Dec 2026 to 4 Dec 2026."
    )
    assert said.splitlines()[0] in shown
    assert ida.reads("Sie sind abwesend bis Fr., 04.12.2026.", "You are away until Fri, 4 Dec 2026.") in data
    assert back.startswith(ida.reads("Willkommen zurück.", "Welcome back."))


async def test_in_a_group_nobody_is_asked_when_they_are_away(city: City) -> None:
    group = await group_of(city, "A51")
    ida = await city.person("Ida", offices=("A51",))

    said = await switch(group, "/abwesend bis 04.12.", ida)

    assert said.splitlines()[0] == "Das geht nur im privaten Chat."
    assert not await city.store.database.read("SELECT 1 FROM people WHERE away_until IS NOT NULL")


async def test_who_is_erased_leaves_nothing_of_their_reminders(city: City) -> None:
    ida = await reminded(city, "de", "private")
    await ida.says("/loeschen")
    await ida.taps("Löschen")

    for table in ("reminded", "snoozed", "bulletins"):
        assert not await city.store.database.read(f"SELECT 1 FROM {table} WHERE chat = ?", (ida.person.id,))
