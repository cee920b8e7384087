"""Inquiries over HTTP, through the local Bot API: from their routing to the answer, in both languages and places."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from registry.inquiries import ContributionStatus, Inquiry, InquiryStatus
from registry.people import Role
from tests.chat.places import (
    EVERYTHING,
    EVERYWHERE,
    SHAPES,
    Member,
    data,
    members,
    rewrites,
    says_in_shape,
    toasts,
    told,
)
from tests.chatting import City, a_city
from tests.handlers.a_register import fill

SAVE = ("✓ Speichern", "✓ Save")
SAVED = ("✓ Gespeichert.\n", "✓ Saved.\n")
HEADING = ("Q1 · WLAN in Unterkünften\n", "Q1 · Wi-Fi in homes\n")
SETTLED = (
    "Diese Frage ist erledigt; es wird nichts mehr gebraucht.",
    "This inquiry is settled; nothing more is needed.",
)
CHANGED = (
    "⚠ Der Vorgang wurde inzwischen geändert. So sähe er nun aus:",
    "⚠ The record was changed in the meantime. This is what it would be now:",
)
PENDING, DELIVERED, ACCEPTED, NOT_RESPONSIBLE = ContributionStatus


class Staff(NamedTuple):
    """Social services, the youth office, their department, and coordination."""

    kim: Member
    toni: Member
    dana: Member
    chris: Member


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=True)
        yield running


async def staff(city: City, language: str, place: str) -> Staff:
    offices = {"Kim": ("A50",), "Toni": ("A51",), "Dana": ("D05",)}
    people = [await city.person(name, offices=own, language=language) for name, own in offices.items()]
    chris = await city.person("Chris", role=Role.COORDINATOR, language=language)
    return Staff(*await members(city, place, *people, chris))


async def saves(one: Member, german: str, english: str | None = None) -> str:
    await one.says(german, english)
    return await one.taps(*SAVE)


async def inquiry(city: City, number: str = "Q1") -> Inquiry:
    found = await city.store.register(EVERYTHING).subject(number)
    assert isinstance(found, Inquiry)
    return found


async def parts(city: City, number: str = "Q1") -> dict[str, ContributionStatus]:
    return {part.office: part.status for part in (await inquiry(city, number)).contributions}


@EVERYWHERE
async def test_a_joint_question_goes_from_its_routing_to_the_answer(city: City, language: str, place: str) -> None:
    kim, _, dana, chris = await staff(city, language, place)

    routed = await chris.says("/zuweisen Q1 D05/ A50/ A51", "/assign Q1 D05/ A50/ A51")
    await chris.taps(*SAVE)
    chosen = await dana.says("/antwort Q1", "/answer Q1")
    asked = await dana.taps("A51 · Jugendamt", "A51 · Youth Welfare Office")
    shown = await dana.says("Zwei Kurse.")
    await dana.taps(*SAVE)
    waits = await chris.says("/freigeben Q1", "/release Q1")
    owing = await inquiry(city)
    last = await kim.says("/antwort Q1 Drei von fünf.", "/answer Q1 Drei von fünf.")
    await kim.taps(*SAVE)
    queue = await chris.says("/pruefen", "/review")
    card = await chris.taps("Q1")
    merged = await saves(chris, "/zusammenfuehren Q1", "/merge Q1")
    approving = await chris.taps("✓ Freigeben", "✓ Release")
    released = await chris.taps(*SAVE)
    sent = await chris.taps("✓ Antwort ist verschickt", "✓ Answer was sent")
    await chris.taps(*SAVE)

    assert routed.startswith(chris.reads(*HEADING))
    assert chris.reads("A51 · Jugendamt: ○ ausstehend\n", "A51 · Youth Welfare Office: ○ pending\n") in routed
    assert chosen == dana.reads(*HEADING) + dana.reads("Für welches Amt?", "For which office?")
    assert dana.reads("Bitte schreiben Sie die Zuarbeit.", "Please write the contribution.") in asked
    assert dana.reads("A51 · Jugendamt: ○ ausstehend\n", "A51 · Youth Welfare Office: ○ pending\n") in asked
    assert dana.reads("A51 · Jugendamt: ○ ausstehend → ◐ geliefert", "○ pending → ◐ delivered") in shown
    assert waits.startswith(chris.reads("Die Antwort wartet noch auf: A50\n", "The answer still waits for: A50\n"))
    assert owing.status is InquiryStatus.OPEN
    assert last.split("\n\n")[0].endswith(kim.reads("in Prüfung", "in review"))
    assert queue.startswith(chris.reads("Insgesamt: 1 Frage ·", "Overall: 1 inquiry ·"))
    assert chris.reads("◐ in Prüfung", "◐ in review") in card
    assert merged.startswith(chris.reads(*SAVED) + chris.reads(*HEADING))
    # Coordination reads what it approves, wherever it does.
    answer = "Amt für Soziales:\nDrei von fünf.\n\nJugendamt:\nZwei Kurse."
    assert answer in approving and answer in released
    assert chris.reads("Datum der Antwort: Mo., 23.11.2026", "Date of the answer: Mon, 23 Nov 2026") in sent
    done = await inquiry(city)
    assert (done.status, done.answer, done.answered_on) == (InquiryStatus.ANSWERED, answer, date(2026, 11, 23))
    assert await parts(city) == {"A50": ACCEPTED, "A51": ACCEPTED}


@EVERYWHERE
async def test_who_is_not_responsible_says_why_and_who_is(city: City, language: str, place: str) -> None:
    _, toni, _, chris = await staff(city, language, place)
    await saves(chris, "/zuweisen Q1 D05/ A50/ A51", "/assign Q1 D05/ A50/ A51")

    why = await toni.says("/unzustaendig Q1", "/notmine Q1")
    shown = await toni.says("Das macht ein anderes Amt.", "Another office does that.")
    which = await toni.taps("✎ Zuständiges Amt nennen", "✎ Name the right office")
    unknown = await toni.says("Personalabteilungsdienst")
    label = toni.chat.buttons
    await toni.taps("Ohne ein Amt zu nennen", "Without naming an office")
    await toni.taps("✎ Zuständiges Amt nennen", "✎ Name the right office")
    named = await toni.says("Personalamt")
    saved = await toni.taps(*SAVE)

    assert toni.reads("Warum ist das Amt nicht zuständig?", "Why is the office not responsible?") in why
    assert toni.reads("○ ausstehend → ✕ nicht zuständig", "○ pending → ✕ not responsible") in shown
    assert toni.reads("Welche Stelle ist zuständig?", "Which office is responsible?") in which
    assert unknown.startswith(toni.reads("Ein Amt „Personal", "I know no office “Personal"))
    assert toni.reads("Ohne ein Amt zu nennen", "Without naming an office") in label
    responsible = ("Zuständig: A11 · Personal- und Organisationsamt", "Responsible: A11 · Human Resources Office")
    assert toni.reads(*responsible) in named and toni.reads(*responsible) in saved
    [_, part] = (await inquiry(city)).contributions
    assert (part.office, part.status, part.better_office) == ("A51", NOT_RESPONSIBLE, "A11")
    assert part.reason == toni.reads("Das macht ein anderes Amt.", "Another office does that.")
    if place == "private":
        await chris.says("/zeige Q1", "/show Q1")
        passed_on = await chris.taps("A11 statt A51", "A11 instead of A51")
        await chris.taps(*SAVE)
        assert chris.reads("✕ nicht mehr gefragt", "✕ no longer asked") in passed_on
        assert await parts(city) == {"A50": PENDING, "A11": PENDING}


@EVERYWHERE
async def test_a_contribution_goes_back_with_a_remark_and_comes_anew(city: City, language: str, place: str) -> None:
    kim, _, _, chris = await staff(city, language, place)
    nothing = await chris.says("/zurueck Q1 Zahlen", "/return Q1 Zahlen")
    await saves(kim, "/antwort Q1 Einige Häuser.", "/answer Q1 Einige Häuser.")

    missing = await chris.says("/zurueck Q1", "/return Q1")
    shown = await chris.says("Bitte mit Zahlen", "With figures, please")
    await chris.taps(*SAVE)
    again = await kim.says("/antwort Q1", "/answer Q1")
    anew = await kim.says("Zwei von fünf Häusern.")
    await kim.taps(*SAVE)

    early = (
        "Es liegt noch keine Zuarbeit vor, die zurückgehen könnte.",
        "Nothing was delivered yet that could be sent",
    )
    assert nothing.startswith(chris.reads(*early))
    assert (
        chris.reads("A50 · Amt für Soziales: ◐ geliefert\n", "A50 · Social Services Office: ◐ delivered\n") in missing
    )
    assert chris.reads("Was fehlt? Bitte schreiben", "What is missing? Please write") in missing
    assert chris.reads("◐ geliefert → ○ ausstehend\nBitte mit Zahlen", "◐ delivered → ○ pending\nWith figures") in shown
    # What the office wrote and what is missing in it is for the office alone; in a group others read along.
    remark = kim.reads("Bitte mit Zahlen", "With figures, please")
    assert ("Einige Häuser." in again, remark in again) == (place == "private",) * 2
    assert "Zwei von fünf Häusern." in anew
    [part] = (await inquiry(city)).contributions
    assert (part.status, part.text, part.remark) == (DELIVERED, "Zwei von fünf Häusern.", "")
    assert (await inquiry(city)).status is InquiryStatus.IN_REVIEW


@EVERYWHERE
async def test_routing_is_asked_for_and_an_unknown_office_is_offered(city: City, language: str, place: str) -> None:
    *_, chris = await staff(city, language, place)

    which = await chris.says("/zuweisen", "/assign")
    asked = await chris.says("/zuweisen Q10", "/assign Q10")
    unknown = await chris.says("D05/ A50/ Jugentamt// D01/ A11")
    shown = await chris.taps("D05/ A50/ A51// D01/ A11")
    await chris.taps(*SAVE)

    assert which.startswith(chris.reads("Welche Frage?\n", "Which inquiry?\n"))
    assert chris.reads("Wer arbeitet zu?", "Who contributes?") in asked
    assert unknown.startswith(chris.reads("Ein Amt „Jugentamt“ kenne ich nicht.", "I know no office “Jugentamt”."))
    assert [line for line in shown.splitlines() if "○ " in line][:3] == [
        chris.reads("A50 · Amt für Soziales: ○ ausstehend", "A50 · Social Services Office: ○ pending"),
        chris.reads("A51 · Jugendamt: ○ ausstehend", "A51 · Youth Welfare Office: ○ pending"),
        chris.reads("A11 · Personal- und Organisationsamt: ○ ausstehend", "A11 · Human Resources Office: ○ pending"),
    ]
    assert await parts(city, "Q10") == {"A50": PENDING, "A51": PENDING, "A11": PENDING}
    assert (await inquiry(city, "Q10")).status is InquiryStatus.OPEN


@EVERYWHERE
async def test_dates_are_told_with_weekday_and_year_before_they_are_saved(
    city: City, language: str, place: str
) -> None:
    *_, chris = await staff(city, language, place)

    shown = await chris.says("/frist Q8 31.12.", "/due Q8 31.12.")
    await chris.taps(*SAVE)
    asked = await chris.says("/frist Q8", "/due Q8")
    unread = await chris.says("übermorgen früh oder so", "the day before Christmas or so")
    await chris.taps("✎ Noch einmal schreiben", "✎ Write it again")
    answer = await chris.says("Antwort 23.12.", "answer 23.12.")
    await chris.taps(*SAVE)

    assert chris.reads("Mi., 16.12.2026 → Do., 31.12.2026", "Wed, 16 Dec 2026 → Thu, 31 Dec 2026") in shown
    assert chris.reads("Bis wann? Zum Beispiel 31.12.", "Until when? For example 31.12.") in asked
    assert unread.startswith(chris.reads("Das Datum „", "I do not understand the date “"))
    assert chris.reads("Termin der Antwort: Mi., 23.12.2026", "Due date of the answer: Wed, 23 Dec 2026") in answer
    assert chris.reads("⚠ Die Antwort ist vor den Zuarbeiten fällig", "⚠ The answer is due before the contr") in answer
    known = await inquiry(city, "Q8")
    assert (known.offices_due_on, known.due_on) == (date(2026, 12, 31), date(2026, 12, 23))


@EVERYWHERE
async def test_coordination_writes_an_answer_and_takes_late_contributions_into_it(
    city: City, language: str, place: str
) -> None:
    kim, *_, chris = await staff(city, language, place)
    await saves(chris, "/entwurf Q1 Das WLAN kommt.", "/draft Q1 Das WLAN kommt.")
    await saves(kim, "/antwort Q1 Zwei von fünf.", "/answer Q1 Zwei von fünf.")

    asked = await chris.says("/entwurf Q1", "/draft Q1")
    await chris.says("/abbrechen", "/cancel")
    fresh = await chris.says("/freigeben Q1", "/release Q1")
    await chris.taps("In die Antwort übernehmen", "Add them to the answer")
    saved = await chris.taps(*SAVE)
    nothing = await chris.says("/zusammenfuehren Q1", "/merge Q1")

    so_far = chris.reads("Bisherige Antwort:\nDas WLAN kommt.", "Answer so far:\nDas WLAN kommt.")
    assert (so_far in asked) == (place == "private")
    assert fresh.startswith(chris.reads("Es gibt Zuarbeiten, die noch nicht", "There are contributions that are not"))
    assert ("Das WLAN kommt.\n\nZwei von fünf." in saved) == (place == "private")
    assert nothing.startswith(
        chris.reads("Es liegt keine Zuarbeit vor, die nicht", "Nothing was delivered that is not")
    )
    known = await inquiry(city)
    assert (known.answer, known.status) == ("Das WLAN kommt.\n\nZwei von fünf.", InquiryStatus.IN_REVIEW)


@EVERYWHERE
async def test_an_inquiry_is_withdrawn_for_a_reason_and_asked_again(city: City, language: str, place: str) -> None:
    kim, *_, chris = await staff(city, language, place)

    asked = await chris.says("/zurueckziehen Q2", "/withdraw Q2")
    shown = await chris.says("Die Fraktion fragt nicht mehr.", "The faction no longer asks it.")
    await chris.taps(*SAVE)
    withdrawn = await inquiry(city, "Q2")
    refused = await kim.says("/antwort Q2 Doch.", "/answer Q2 Doch.")
    await saves(chris, "/zuweisen Q2 A51", "/assign Q2 A51")

    assert chris.reads("Warum wird keine Antwort mehr gebraucht?", "Why is no answer needed any more?") in asked
    assert chris.reads("Grund:\nDie Fraktion", "Reason:\nThe faction") in shown
    assert withdrawn.status is InquiryStatus.WITHDRAWN
    assert refused.startswith(kim.reads(*SETTLED))
    assert (await inquiry(city, "Q2")).status is InquiryStatus.OPEN


@EVERYWHERE
async def test_an_answer_that_is_not_released_is_not_noted_as_sent(city: City, language: str, place: str) -> None:
    *_, chris = await staff(city, language, place)

    early = await chris.says("/beantwortet Q2", "/answered Q2")
    waits = await chris.taps("✓ Freigeben", "✓ Release")

    assert early.startswith(chris.reads("Die Antwort ist noch nicht freigegeben.", "The answer is not released yet."))
    assert waits.startswith(chris.reads("Die Antwort wartet noch auf: A50", "The answer still waits for: A50"))
    assert (await inquiry(city, "Q2")).version == 1


@EVERYWHERE
async def test_of_two_offices_that_deliver_at_once_the_second_is_shown_what_came_first(
    city: City, language: str, place: str
) -> None:
    kim, toni, _, chris = await staff(city, language, place)
    await saves(chris, "/zuweisen Q1 D05/ A50/ A51", "/assign Q1 D05/ A50/ A51")
    shown = []
    for one, text in ((kim, "Drei von fünf."), (toni, "Zwei Kurse.")):
        await one.says(f"/antwort Q1 {text}", f"/answer Q1 {text}")
        shown.append(one.chat.last)

    for one, message in zip((kim, toni), shown, strict=True):
        one.presses(*SAVE, on=message)
    await city.settled()

    [late] = [message for message in shown if told(message).startswith(kim.reads(*CHANGED))]
    assert [told(message).startswith(kim.reads(*SAVED)) for message in shown if message is not late] == [True]
    second = toni if late is shown[1] else kim
    assert second.reads("→ ◐ geliefert", "→ ◐ delivered") in told(late)
    await second.taps(*SAVE, on=late)
    assert await parts(city) == {"A50": DELIVERED, "A51": DELIVERED}
    assert (await inquiry(city)).status is InquiryStatus.IN_REVIEW


@EVERYWHERE
async def test_what_was_released_between_preview_and_confirmation_is_left_alone(
    city: City, language: str, place: str
) -> None:
    kim, *_, chris = await staff(city, language, place)
    await saves(kim, "/antwort Q1 Zwei von fünf.", "/answer Q1 Zwei von fünf.")
    await kim.says("/antwort Q1 Vier von fünf.", "/answer Q1 Vier von fünf.")
    preview = kim.chat.last
    await saves(chris, "/freigeben Q1", "/release Q1")

    answer = await kim.taps(*SAVE, on=preview)

    assert answer == told(preview)
    assert answer.startswith(kim.reads("Die Antwort ist bereits freigegeben.", "The answer is released already."))
    known = await inquiry(city)
    assert (known.status, known.answer) == (InquiryStatus.RELEASED, "Zwei von fünf.")


@EVERYWHERE
async def test_whose_role_ended_before_the_confirmation_releases_nothing(city: City, language: str, place: str) -> None:
    kim, *_, chris = await staff(city, language, place)
    await saves(kim, "/antwort Q1 Zwei von fünf.", "/answer Q1 Zwei von fünf.")
    await chris.says("/freigeben Q1", "/release Q1")
    await city.store.people.set_role(chris.person.id, Role.EDITOR, ("A51",))

    await chris.taps(*SAVE)

    assert (await inquiry(city)).status is InquiryStatus.IN_REVIEW


@EVERYWHERE
async def test_whose_question_was_given_away_before_the_confirmation_delivers_nothing(
    city: City, language: str, place: str
) -> None:
    kim, *_, chris = await staff(city, language, place)
    await kim.says("/antwort Q2 Fertig.", "/answer Q2 Fertig.")
    preview = kim.chat.last
    await saves(chris, "/zuweisen Q2 A51", "/assign Q2 A51")

    answer = await kim.taps(*SAVE, on=preview)

    assert answer.startswith(kim.reads("Q2 dürfen Sie nicht ändern.", "You may not change Q2."))
    assert await parts(city, "Q2") == {"A51": PENDING}


@EVERYWHERE
async def test_a_double_tap_releases_once(city: City, language: str, place: str) -> None:
    kim, *_, chris = await staff(city, language, place)
    await saves(kim, "/antwort Q1 Zwei von fünf.", "/answer Q1 Zwei von fünf.")
    await chris.says("/freigeben Q1", "/release Q1")
    before = (await inquiry(city)).version

    for _ in range(3):
        chris.presses(*SAVE)
    await city.settled()

    once = [chris.reads("Gespeichert.", "Saved."), *[chris.reads("Schon erledigt.", "Done already.")] * 2]
    assert toasts(city)[-3:] == once
    assert (await inquiry(city)).version == before + 1


@pytest.mark.parametrize("language", ["de", "en"])
async def test_in_a_group_nobody_confirms_or_answers_for_another(city: City, language: str) -> None:
    kim, toni, *_ = await staff(city, language, "group")
    await kim.says("/antwort Q1 Zwei von fünf.", "/answer Q1 Zwei von fünf.")

    await toni.taps(*SAVE)
    alerts = list(toni.chat.alerts)
    await kim.says("/antwort Q2", "/answer Q2")
    await toni.chat.says("Drei.", as_=toni.person, reply_to=toni.chat.last)

    others = ("Diese Schaltfläche ist für jemand anderen bestimmt.", "This button was made for somebody else.")
    assert alerts == [toni.reads(*others)]
    assert await parts(city) == {"A50": PENDING}
    assert (await inquiry(city, "Q2")).version == 1


@EVERYWHERE
async def test_words_that_are_awaited_and_keyboards_outlive_a_restart(city: City, language: str, place: str) -> None:
    kim, *_ = await staff(city, language, place)
    await kim.says("/unzustaendig Q1", "/notmine Q1")

    await city.restarts()
    shown = await kim.says("Das macht das Jugendamt.")
    preview = kim.chat.last
    await city.restarts()
    await kim.taps("✎ Zuständiges Amt nennen", "✎ Name the right office", on=preview)
    await city.restarts()
    await kim.says("A51")
    saved = await kim.taps(*SAVE)
    await city.restarts()
    undone = await kim.taps("↶ Rückgängig", "↶ Undo")

    assert kim.reads("→ ✕ nicht zuständig", "→ ✕ not responsible") in shown
    assert saved.startswith(kim.reads(*SAVED))
    assert undone.startswith(kim.reads("↶ Zurückgenommen: Q1", "↶ Taken back: Q1"))
    assert await parts(city) == {"A50": PENDING}


@EVERYWHERE
async def test_undo_gives_the_question_back_as_it_was(city: City, language: str, place: str) -> None:
    kim, *_, chris = await staff(city, language, place)
    await saves(kim, "/antwort Q1 Zwei von fünf.", "/answer Q1 Zwei von fünf.")
    await saves(chris, "/freigeben Q1", "/release Q1")

    asked = await chris.says("/rueckgaengig", "/undo")
    await chris.taps("↶ Rückgängig", "↶ Undo")

    assert "Q1" in asked
    assert await parts(city) == {"A50": DELIVERED}
    assert (await inquiry(city)).status is InquiryStatus.IN_REVIEW


@EVERYWHERE
async def test_offices_and_guests_do_not_do_the_work_of_coordination(city: City, language: str, place: str) -> None:
    [kim, guest] = await members(
        city,
        place,
        await city.person("Kim", offices=("A50",), language=language),
        await city.person("Sam", role=Role.GUEST, language=language),
    )
    names = ("assign Q1 A51", "due Q1 31.12.", "return Q1 x", "merge Q1", "draft Q1 x", "release Q1", "withdraw Q1 x")

    refused = {await kim.says(f"/{name}") for name in (*names, "answered Q1", "review")}
    kept_out = {await guest.says(f"/{name}") for name in (*names, "answer Q1 x", "notmine Q1 x")}
    others = await kim.says("/answer Q8 x")

    assert refused == {
        kim.reads(
            "Das darf nur die Koordination. Bitte wenden Sie sich an sie.",
            "Only coordination may do that. Please ask it to do so.",
        )
    }
    assert len(kept_out) == (2 if place == "group" else 1)  # who reads along in a group is told whom to ask
    assert "WLAN" not in str(kept_out)
    assert others.startswith(kim.reads("Q8 dürfen Sie nicht ändern.", "You may not change Q8."))
    assert {(await inquiry(city, number)).version for number in ("Q1", "Q8")} == {1}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["private", "group"])
async def test_a_release_in_a_shape_that_nobody_answers_for_is_not_heard(city: City, place: str, shape: str) -> None:
    kim, *_, chris = await staff(city, "de", place)
    await saves(kim, "/antwort Q1 Zwei von fünf.")

    assert await says_in_shape(chris, "/freigeben Q1", shape) == []
    assert (await inquiry(city)).status is InquiryStatus.IN_REVIEW


@EVERYWHERE
async def test_an_edited_contribution_changes_nothing(city: City, language: str, place: str) -> None:
    kim, *_ = await staff(city, language, place)
    await kim.says("/antwort Q1 Zwei von fünf.", "/answer Q1 Zwei von fünf.")

    assert await rewrites(kim, "/antwort Q1 Alle fünf.") == []
    await kim.taps(*SAVE)

    assert [part.text for part in (await inquiry(city)).contributions] == ["Zwei von fünf."]


@pytest.mark.parametrize("language", ["de", "en"])
async def test_what_is_hidden_is_unknown_to_coordination_in_a_group(city: City, language: str) -> None:
    *_, chris = await staff(city, language, "group")

    for words in ("assign {} A50", "answer {} x", "release {}", "due {} 31.12.", "withdraw {} x"):
        hidden, unknown = [await chris.says("/" + words.format(ref)) for ref in ("QN1", "QN900")]
        assert hidden.replace("QN1", "QN900") == unknown


async def test_a_button_made_in_private_does_nothing_in_the_group(city: City) -> None:
    people = [await city.person("Kim", offices=("A50",))]
    [alone], [together] = await members(city, "private", *people), await members(city, "group", *people)
    await alone.says("/antwort Q1 Zwei von fünf.")
    await together.says("/zeige Q1")

    await together.chat.presses(data(alone.chat.last, SAVE[0]), as_=together.person)

    assert together.chat.toasts == ["Diese Schaltfläche passt nicht mehr. Bitte fragen Sie noch einmal."]
    assert await parts(city) == {"A50": PENDING}
