"""Coordination edits, enters and settles measures over HTTP: in both languages, in private and in a group."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from registry.deadlines import Deadline, DeadlineKind
from registry.measures import Measure, Status
from registry.people import Role
from tests.chat.places import (
    EVERYTHING,
    EVERYWHERE,
    IN_BOTH_LANGUAGES,
    SHAPES,
    WAITS,
    Member,
    members,
    plain,
    rewrites,
    says_in_shape,
    toasts,
    told,
)
from tests.chatting import City, a_city
from tests.handlers.a_register import fill

SAVE, UNDO = ("✓ Speichern", "✓ Save"), ("↶ Rückgängig", "↶ Undo")
SAVED = "✓ Gespeichert.", "✓ Saved."
HOMES = "1.5.M1 · WLAN in allen Unterkünften", "1.5.M1 · Wi-Fi in all homes"
REALLY = "So speichern?", "Save this?"
CHANGED = (
    "⚠ Der Vorgang wurde inzwischen geändert. So sähe er nun aus:",
    "⚠ The record was changed in the meantime. This is what it would be now:",
)
NOT_ALLOWED = (
    "Das darf nur die Koordination. Bitte wenden Sie sich an sie.",
    "Only coordination may do that. Please ask it to do so.",
)


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=True)
        yield running


async def coordinator(city: City, language: str, place: str, name: str = "Kim") -> Member:
    [kim] = await members(city, place, await city.person(name, role=Role.COORDINATOR, language=language))
    return kim


async def two_coordinators(city: City, language: str, place: str) -> tuple[Member, ...]:
    people = [await city.person(name, role=Role.COORDINATOR, language=language) for name in ("Kim", "Toni")]
    return await members(city, place, *people)


async def measure(city: City, number: str = "1.5.M1") -> Measure | None:
    return await city.store.register(EVERYTHING).measure(number)


async def known(city: City, number: str = "1.5.M1") -> Measure:
    found = await measure(city, number)
    assert found is not None
    return found


async def enter(kim: Member, number: str = "1.5.M9", title: str = "Beratung im Stadtteil") -> str:
    """As far as the preview."""
    await kim.says(f"/neu Maßnahme {number} {title}", f"/new measure {number} {title}")
    await kim.says("A50")
    return await kim.says("fortlaufend")


@IN_BOTH_LANGUAGES
async def test_a_new_measure_is_entered_step_by_step_and_taken_back(city: City, language: str) -> None:
    kim = await coordinator(city, language, "private")

    await kim.says("/neu", "/new")
    number = await kim.taps("Maßnahme", "Measure")
    title = await kim.says("1.5.M9")
    lead = await kim.says("Beratung im Stadtteil")
    unknown = await kim.says("Quatschamt")
    deadline = await kim.says("A50, Jugendamt")
    preview = await kim.says("Ende 2027")
    saved = await kim.taps(*SAVE)
    history = await kim.says("/verlauf 1.5.M9", "/history 1.5.M9")
    entered = await measure(city, "1.5.M9")
    await kim.says("/rueckgaengig", "/undo")
    undone = await kim.taps(*UNDO)

    waits = kim.reads(*WAITS["private"])
    assert number == kim.reads(
        "Welche Nummer soll die Maßnahme haben?\nZum Beispiel: /neu Maßnahme 1.5.M9 Beratung im Stadtteil\n"
        f"Drucksachen und Programme kommen mit ihrem Dokument; siehe /import.\n{waits}",
        "Which number shall the measure have?\nFor example: /new measure 1.5.M9 Advice in the district\n"
        f"Papers and programmes come with their document; see /import.\n{waits}",
    )
    assert title == kim.reads(
        f"1.5.M9 · neue Maßnahme\nWie heißt sie? Bitte schreiben Sie den Titel.\n{waits}",
        f"1.5.M9 · new measure\nWhat is it called? Please write the title.\n{waits}",
    )
    assert lead == "1.5.M9 · Beratung im Stadtteil\n" + kim.reads(
        f"Welches Amt ist federführend? Bitte Kürzel oder Namen schreiben, mehrere mit Kommas.\n{waits}",
        f"Which office leads? Please write its code or name, several with commas.\n{waits}",
    )
    assert unknown == kim.reads(
        f"Ein Amt „Quatschamt“ kenne ich nicht.\n{lead}", f"I know no office “Quatschamt”.\n{lead}"
    )
    assert kim.reads("Welche Frist gilt?", "What is the deadline?") in deadline
    facts = "1.5.M9 · Beratung im Stadtteil\nIntegrationskonzept\n" + kim.reads(
        "Federführend: A50 · Amt für Soziales und A51 · Jugendamt\n"
        "Frist: „Ende 2027“ – bis Fr., 31.12.2027\nSichtbarkeit: öffentlich",
        "Lead: A50 · Social Services Office and A51 · Youth Welfare Office\n"
        "Deadline: “Ende 2027” – by Fri, 31 Dec 2027\nVisibility: public",
    )
    assert preview == f"{facts}\n\n{kim.reads(*REALLY)}"
    assert saved == f"{kim.reads(*SAVED)}\n{facts}"
    assert history.splitlines()[-1].endswith(
        kim.reads("09:00 Uhr · von Hand angelegt · Koordination", "09:00 · entered by hand · coordination")
    )
    assert entered is not None
    assert (entered.lead_offices, entered.status, entered.is_new) == (("A50", "A51"), Status.UNCLEAR, True)
    assert undone.startswith(kim.reads("↶ Zurückgenommen", "↶ Taken back"))
    assert await measure(city, "1.5.M9") is None


@IN_BOTH_LANGUAGES
async def test_in_a_group_a_new_measure_is_sent_to_the_private_chat_at_once(city: City, language: str) -> None:
    kim = await coordinator(city, language, "group")

    await kim.says("/neu", "/new")
    answers = [
        await kim.taps("Maßnahme", "Measure"),
        await kim.says("/neu Maßnahme 1.5.M9 Beratung", "/new measure 1.5.M9 Advice"),
        await kim.says("/neu Maßnahme 7.1.M1 Beratung", "/new measure 7.1.M1 Advice"),
    ]

    assert answers == 3 * [
        kim.reads(
            "Neue Maßnahmen tragen Sie im privaten Chat mit mir ein.\nBitte schreiben Sie mir dort.",
            "A new measure is entered in our private chat.\nPlease write me there.",
        )
    ]
    assert await measure(city, "1.5.M9") is None


@EVERYWHERE
async def test_a_title_is_chosen_written_and_taken_back(city: City, language: str, place: str) -> None:
    kim = await coordinator(city, language, place)

    chosen = await kim.says("/aendern 1.5.M1", "/edit 1.5.M1")
    asked = await kim.taps("Titel", "Title")
    preview = await kim.says("WLAN in allen Häusern")
    saved = await kim.taps(*SAVE)
    renamed = await known(city)
    await kim.taps(*UNDO)

    homes = kim.reads(*HOMES)
    assert chosen == f"{homes}\n" + kim.reads("Was soll geändert werden?", "What shall be changed?")
    assert asked == f"{homes}\n" + kim.reads(
        f"Bitte schreiben Sie den neuen Titel.\n{WAITS[place][0]}",
        f"Please write the new title.\n{WAITS[place][1]}",
    )
    change = kim.reads(
        "Titel: WLAN in allen Unterkünften → WLAN in allen Häusern\nEnglischer Titel: Wi-Fi in all homes → –",
        "Title: WLAN in allen Unterkünften → WLAN in allen Häusern\nEnglish title: Wi-Fi in all homes → –",
    )
    assert preview == f"{homes}\n{change}\n\n{kim.reads(*REALLY)}"
    assert saved == f"{kim.reads(*SAVED)}\n1.5.M1 · WLAN in allen Häusern\n{change}"
    assert (renamed.title, renamed.title_en) == ("WLAN in allen Häusern", "")
    undone = await known(city)
    assert (undone.title, undone.title_en) == ("WLAN in allen Unterkünften", "Wi-Fi in all homes")


@EVERYWHERE
async def test_offices_and_deadline_are_changed_in_one_line_each(city: City, language: str, place: str) -> None:
    kim = await coordinator(city, language, place)

    unknown = await kim.says("/aendern 1.5.M1 Amt Quatschamt", "/edit 1.5.M1 office Quatschamt")
    await kim.taps("✎ Noch einmal schreiben", "✎ Write it again")
    lead = await kim.says("Amt 51 und Personalamt", "Amt 51 and Personalamt")
    await kim.taps(*SAVE)
    with_nobody = await kim.says("/aendern 1.5.M1 beteiligt keine", "/edit 1.5.M1 participating nobody")
    await kim.taps(*SAVE)
    deadline = await kim.says("/aendern 1.5.M1 Frist 4. Quartal 2027", "/edit 1.5.M1 deadline 4. Quartal 2027")
    await kim.taps(*SAVE)
    so_already = await kim.says("/aendern 1.5.M1 Frist 4. Quartal 2027", "/edit 1.5.M1 deadline 4. Quartal 2027")
    unread = await kim.says("/aendern 1.5.M1 Frist irgendwann", "/edit 1.5.M1 deadline some day")

    assert unknown.startswith(kim.reads("Ein Amt „Quatschamt“ kenne ich nicht.\n", "I know no office “Quatschamt”.\n"))
    assert kim.reads("\nFederführung: A50 → A51, A11\n", "\nLead office: A50 → A51, A11\n") in lead
    assert kim.reads("\nBeteiligte: A11 → –\n", "\nParticipating offices: A11 → –\n") in with_nobody
    assert (
        kim.reads("→ „4. Quartal 2027“ – bis Fr., 31.12.2027", "→ “4. Quartal 2027” – by Fri, 31 Dec 2027") in deadline
    )
    assert so_already.startswith(kim.reads("So steht es bereits im Register.", "The register says so already."))
    assert kim.reads("→ „irgendwann“ (nicht als Datum verstanden)", "→ “some day” (not understood as a date)") in unread
    found = await known(city)
    assert (found.lead_offices, found.participating) == (("A51", "A11"), ())
    assert found.deadline == Deadline(text="4. Quartal 2027", kind=DeadlineKind.DATED, due_on=date(2027, 12, 31))


@EVERYWHERE
async def test_what_cannot_be_edited_is_said_before_anything_is_asked(city: City, language: str, place: str) -> None:
    kim = await coordinator(city, language, place)

    inquiry = await kim.says("/aendern Q1", "/edit Q1")
    nothing = await kim.says("/aendern", "/edit")
    colour = await kim.says("/aendern 1.5.M1 Farbe blau", "/edit 1.5.M1 colour blue")
    unknown = await kim.says("/aendern 9.9.M9 Titel Neu", "/edit 9.9.M9 title New")
    hidden = await kim.says("/aendern 7.1.M1 Titel Neu", "/edit 7.1.M1 title New")

    example = kim.reads(
        "Zum Beispiel: /aendern 1.4.M1 Frist 31.12.2026", "For example: /edit 1.4.M1 deadline 31.12.2026"
    )
    assert inquiry == nothing == kim.reads(f"Welche Maßnahme?\n{example}", f"Which measure?\n{example}")
    assert colour == kim.reads(
        f"Eine Maßnahme hat kein Feld „Farbe blau“.\n{example}",
        f"I know no field “colour blue” of a measure.\n{example}",
    )
    if place == "group":
        assert hidden == unknown.replace("9.9.M9", "7.1.M1")
    assert "Grundstück" not in hidden
    assert "Secret" not in hidden


@EVERYWHERE
async def test_an_unclear_status_is_settled(city: City, language: str, place: str) -> None:
    kim = await coordinator(city, language, place)
    before = await kim.says("/stand HF 2", "/summary HF 2")

    choice = await kim.says("/status 2.1.M2")
    preview = await kim.taps("◐ teilweise umgesetzt", "◐ partly implemented")
    await kim.taps(*SAVE)
    after = await kim.says("/stand HF 2", "/summary HF 2")

    assert kim.reads("Unklar: 2.1.M2", "Unclear: 2.1.M2") in before
    assert choice == kim.reads(
        "2.1.M2 · Sprachkurse für Jugendliche\nWelchen Status soll ich eintragen?",
        "2.1.M2 · Language courses for young people\nWhich status shall I note?",
    )
    assert kim.reads("Status unklar → ", "status unclear → ") in preview
    assert (
        kim.reads("\nStand: Di., 30.06.2026 → Mo., 23.11.2026", "\nAs of: Tue, 30 Jun 2026 → Mon, 23 Nov 2026")
        in preview
    )
    assert "2.1.M2" not in after
    assert (await known(city, "2.1.M2")).status is Status.PARTLY


@EVERYWHERE
async def test_a_doubt_is_dealt_with_and_stands_again_when_taken_back(city: City, language: str, place: str) -> None:
    kim = await coordinator(city, language, place)
    doubted = kim.reads("Dieser Status wird in Q1 angezweifelt.", "This status is doubted in Q1.")

    before = await kim.says("1.5.M1") if place == "private" else await kim.says("/zeige 1.5.M1", "/show 1.5.M1")
    asked = await kim.says("/zweifel 1.5.M1", "/doubt 1.5.M1")
    preview = await kim.says("Der Bericht nennt die Zahlen.")
    saved = await kim.taps(*SAVE)
    settled = await known(city)
    way_back = kim.chat.last
    nobody = await kim.says("/zweifel 1.5.M1 Erledigt", "/doubt 1.5.M1 Done")
    again = await kim.says("/zweifel Q1 Erledigt", "/doubt Q1 Done")
    await kim.taps(*UNDO, on=way_back)

    assert doubted in before
    assert asked.splitlines()[0] == kim.reads("Q1 · WLAN in Unterkünften", "Q1 · Wi-Fi in homes")
    assert kim.reads("Wie wurde der Zweifel geklärt?", "How was the doubt dealt with?") in asked
    dealt_with = kim.reads(
        "Q1 · WLAN in Unterkünften\nZweifel am Status: 1.5.M1 → –\n"
        "Der Zweifel an 1.5.M1 ist geklärt:\nDer Bericht nennt die Zahlen.",
        "Q1 · Wi-Fi in homes\nDoubts: 1.5.M1 → –\nThe doubt about 1.5.M1 is dealt with:\nDer Bericht nennt die Zahlen.",
    )
    assert preview == f"{dealt_with}\n\n{kim.reads(*REALLY)}"
    assert saved == f"{kim.reads(*SAVED)}\n{dealt_with}"
    assert "Q1" not in settled.doubted_by
    assert nobody == kim.reads("Niemand bezweifelt den Status von 1.5.M1.", "Nobody doubts the status of 1.5.M1.")
    assert again.startswith(
        kim.reads(
            "Diese Frage bezweifelt die Maßnahme nicht (mehr).\nQ1 · ",
            "That inquiry casts no doubt on this measure any more.\nQ1 · ",
        )
    )
    assert "Q1" in (await known(city)).doubted_by


@EVERYWHERE
async def test_of_two_who_edit_at_once_the_second_sees_the_first(city: City, language: str, place: str) -> None:
    both = await two_coordinators(city, language, place)
    previews = []
    for one, day in zip(both, ("31.12.2027", "30.06.2028"), strict=True):
        await one.says(f"/aendern 1.5.M1 Frist {day}", f"/edit 1.5.M1 deadline {day}")
        previews.append(one.chat.last)

    for one, preview in zip(both, previews, strict=True):
        one.presses(*SAVE, on=preview)
    await city.settled()

    first_lines = [told(preview).splitlines()[0] for preview in previews]
    assert sorted(first_lines) == sorted(both[0].reads(*line) for line in (SAVED, CHANGED))
    late = both[first_lines.index(both[0].reads(*CHANGED))]
    shown = previews[first_lines.index(both[0].reads(*CHANGED))]
    other = "31.12.2027" if late is both[1] else "30.06.2028"
    assert f"„{other}“" in told(shown) or f"“{other}”" in told(shown)
    assert (await known(city)).deadline.text == other
    assert (await known(city)).version == 2


@IN_BOTH_LANGUAGES
async def test_of_two_who_enter_a_number_at_once_the_second_is_told_it_is_taken(city: City, language: str) -> None:
    both = await two_coordinators(city, language, "private")
    for one, title in zip(both, ("Beratung", "Begegnung"), strict=True):
        await enter(one, title=title)

    for one in both:
        one.presses(*SAVE)
    await city.settled()

    first_lines = [told(one.chat.last).splitlines()[0] for one in both]
    taken = "Die Nummer 1.5.M9 ist vergeben.", "The number 1.5.M9 is taken."
    assert sorted(first_lines) == sorted(both[0].reads(*line) for line in (SAVED, taken))
    saved = ("Beratung", "Begegnung")[first_lines.index(both[0].reads(*SAVED))]
    assert (await known(city, "1.5.M9")).title == saved


@EVERYWHERE
async def test_what_somebody_changed_since_is_not_taken_back(city: City, language: str, place: str) -> None:
    kim, toni = await two_coordinators(city, language, place)
    await kim.says("/aendern 1.5.M1 Frist 31.12.2027", "/edit 1.5.M1 deadline 31.12.2027")
    await kim.taps(*SAVE)
    saved = kim.chat.last
    await toni.says("/aendern 1.5.M1 Amt A51", "/edit 1.5.M1 office A51")
    await toni.taps(*SAVE)

    await kim.taps(*UNDO, on=saved)

    assert told(saved).startswith(
        kim.reads("Das lässt sich nicht mehr zurücknehmen.", "That can no longer be taken back.")
    )
    assert (await known(city)).deadline.text == "31.12.2027"
    assert (await known(city)).lead_offices == ("A51",)


@EVERYWHERE
async def test_a_double_tap_saves_once(city: City, language: str, place: str) -> None:
    kim = await coordinator(city, language, place)
    await kim.says("/aendern 1.5.M1 Frist 31.12.2027", "/edit 1.5.M1 deadline 31.12.2027")

    for _ in range(4):
        kim.presses(*SAVE)
    await city.settled()

    done = kim.reads("Schon erledigt.", "Done already.")
    assert toasts(city) == [kim.reads("Gespeichert.", "Saved."), done, done, done]
    assert (await known(city)).version == 2


@EVERYWHERE
async def test_who_lost_the_role_after_the_preview_saves_nothing(city: City, language: str, place: str) -> None:
    kim = await coordinator(city, language, place)
    await kim.says("/aendern 1.5.M1 Titel Neu", "/edit 1.5.M1 title New")
    edit = kim.chat.last
    await kim.says("/zweifel Q1 Erledigt", "/doubt Q1 Done")
    doubt = kim.chat.last
    await city.store.people.set_role(kim.person.id, Role.EDITOR, ("A50",))

    for preview in (edit, doubt):
        await kim.taps(*SAVE, on=preview)

    found = await known(city)
    assert found.version == 1
    assert "Q1" in found.doubted_by


@IN_BOTH_LANGUAGES
async def test_who_lost_the_role_while_entering_a_measure_enters_none(city: City, language: str) -> None:
    kim = await coordinator(city, language, "private")
    await enter(kim)
    await city.store.people.set_role(kim.person.id, Role.READER)

    await kim.taps(*SAVE)

    assert await measure(city, "1.5.M9") is None


@IN_BOTH_LANGUAGES
async def test_in_a_group_nobody_else_presses_or_answers(city: City, language: str) -> None:
    kim, toni = await two_coordinators(city, language, "group")
    group = kim.chat
    await kim.says("/aendern 1.5.M1", "/edit 1.5.M1")

    await toni.taps("Titel", "Title")
    at_the_choice = group.alerts
    await kim.taps("Titel", "Title")
    prompt = group.last
    [chatter] = await group.says("Toller Titel", as_=toni.person, reply_to=prompt)
    await group.says("WLAN überall", as_=kim.person, reply_to=prompt)
    await toni.taps(*SAVE)

    refusal = kim.reads(
        "Diese Schaltfläche ist für jemand anderen bestimmt.", "This button was made for somebody else."
    )
    assert (at_the_choice, group.alerts) == ([refusal], [refusal])
    assert prompt.asked == (kim.person.id,)
    assert kim.reads(*REALLY) not in plain(chatter)
    assert (await known(city)).version == 1


@EVERYWHERE
async def test_editing_outlives_restarts(city: City, language: str, place: str) -> None:
    kim = await coordinator(city, language, place)
    await kim.says("/aendern 1.5.M1", "/edit 1.5.M1")

    await city.restarts()
    await kim.taps("Frist", "Deadline")
    await city.restarts()
    await kim.says("31.12.2027")
    await city.restarts()
    saved = await kim.taps(*SAVE)

    assert saved.startswith(kim.reads(*SAVED))
    assert (await known(city)).deadline.due_on == date(2027, 12, 31)


@IN_BOTH_LANGUAGES
async def test_entering_a_measure_outlives_restarts(city: City, language: str) -> None:
    kim = await coordinator(city, language, "private")
    await kim.says("/neu Maßnahme 1.5.M9 Beratung", "/new measure 1.5.M9 Advice")

    for words in ("A50", "fortlaufend"):
        await city.restarts()
        await kim.says(words)
    await city.restarts()
    await kim.taps(*SAVE)

    assert (await known(city, "1.5.M9")).lead_offices == ("A50",)


@EVERYWHERE
async def test_office_staff_and_guests_do_none_of_this(city: City, language: str, place: str) -> None:
    toni, robin = await members(
        city,
        place,
        await city.person("Toni", offices=("A50",), language=language),
        await city.person("Robin", role=Role.GUEST, language=language),
    )
    commands = (
        ("/aendern 1.5.M1 Titel Neu", "/edit 1.5.M1 title New"),
        ("/zweifel Q1 Erledigt", "/doubt Q1 Done"),
        ("/neu Maßnahme 1.5.M9 Beratung", "/new measure 1.5.M9 Advice"),
        ("/neu", "/new"),
    )

    staff = {await toni.says(*command) for command in commands}
    guest = {await robin.says(*command) for command in commands}

    assert staff == {toni.reads(*NOT_ALLOWED)}
    assert len(guest) == 1
    assert (guest == staff) is (place == "group")
    assert (await known(city)).version == 1


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["private", "group"])
async def test_nothing_is_heard_in_a_shape_that_nobody_answers_for(city: City, place: str, shape: str) -> None:
    kim = await coordinator(city, "de", place)

    answers = [
        await says_in_shape(kim, text, shape)
        for text in ("/aendern 1.5.M1 Titel Neu", "/zweifel Q1 Erledigt", "/neu Maßnahme 1.5.M9 Beratung")
    ]

    assert answers == [[], [], []]


@EVERYWHERE
async def test_an_edited_command_edits_nothing_else(city: City, language: str, place: str) -> None:
    kim = await coordinator(city, language, place)
    await kim.says("/aendern 1.5.M1 Frist 31.12.2027", "/edit 1.5.M1 deadline 31.12.2027")

    answers = await rewrites(kim, "/aendern 1.5.M2 Frist 31.12.2030")
    await kim.taps(*SAVE)

    assert answers == []
    assert (await known(city)).deadline.text == "31.12.2027"
    assert (await known(city, "1.5.M2")).version == 1
