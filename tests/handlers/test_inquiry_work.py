"""Inquiries from their routing to the answer, as offices and coordination live it in the chat."""

from dataclasses import replace

import pytest

from registry.people import Role
from tests.handlers.conversing import EDITOR, READER, Conversation

COORDINATOR, YOUTH, DEPARTMENT = 7_104, 7_105, 7_106

ROUTED_DE = """\
Q1 · WLAN in Unterkünften
A50 · Amt für Soziales: ○ ausstehend
A51 · Jugendamt: ○ ausstehend
Zuständigkeit: D05/ A50 → D05/ A50/ A51

So speichern?
[✓ Speichern]
[✕ Nicht speichern]"""

DELIVERED_DE = """\
Q1 · WLAN in Unterkünften
A50 · Amt für Soziales: ○ ausstehend → ◐ geliefert
Zwei Häuser.
Drei folgen.

So speichern?
[✓ Speichern] [✎ Text ändern]
[✕ Nicht speichern]"""

HANDED_BACK_DE = """\
Q1 · WLAN in Unterkünften
A51 · Jugendamt: ○ ausstehend → ✕ nicht zuständig
Das liegt bei A11
Zuständig: A11 · Personal- und Organisationsamt

So speichern?
[✓ Speichern]
[✎ Zuständiges Amt nennen]
[✎ Grund ändern]
[✕ Nicht speichern]"""

WAITS_DE = """\
Die Antwort wartet noch auf: A51
Q1 · WLAN in Unterkünften
[Q1]"""

PASSED_ON_DE = """\
Q1 · WLAN in Unterkünften
A50 · Amt für Soziales: ◐ geliefert
A11 · Personal- und Organisationsamt: ○ ausstehend
A51 · Jugendamt: ✕ nicht zuständig → ✕ nicht mehr gefragt
Zuständigkeit: D05/ A50/ A51 → D05/ A50// D01/ A11

So speichern?
[✓ Speichern]
[✕ Nicht speichern]"""

SENT_BACK_DE = """\
Q1 · WLAN in Unterkünften
A50 · Amt für Soziales: ◐ geliefert → ○ ausstehend
Bitte mit Zahlen
Status: ◐ in Prüfung → ○ offen

So speichern?
[✓ Speichern] [✎ Hinweis ändern]
[✕ Nicht speichern]"""

REVIEW_DE = """\
Insgesamt: 1 Frage · 0 überfällig
Nur: in Prüfung

Q1 · WLAN in Unterkünften · A50 · ◐ in Prüfung
[Q1]
[✕ in Prüfung]"""

RELEASED_DE = """\
✓ Gespeichert.
Q1 · WLAN in Unterkünften
A50 · Amt für Soziales: ◐ geliefert → ● angenommen
Status: ◐ in Prüfung → ◕ freigegeben
Antwort:
Zwei von fünf.
[↶ Rückgängig] [Q1]
[✓ Antwort ist verschickt]"""

ANSWERED_DE = """\
Q1 · WLAN in Unterkünften
Status: ◕ freigegeben → ● beantwortet
Datum der Antwort: Fr., 20.11.2026

So speichern?
[✓ Speichern]
[✕ Nicht speichern]"""

CHOOSE_EN = """\
Q1 · Wi-Fi in homes
For which office?
[A50 · Social Services Office]
[A51 · Youth Welfare Office]
[Q1]"""

UNKNOWN_EN = """\
I know no office “Jugentamt”.
Q1 · Wi-Fi in homes
[D05/ A51] [✎ Write it again]
[Q1]"""

DUE_EN = """\
Q8 · Places in language courses
Due date of the answer: Fri, 27 Nov 2026
⚠ The answer is due before the contributions, on Fri, 27 Nov 2026.

Save this?
[✓ Save]
[✕ Do not save]"""

NOT_YOURS_DE = """\
Q8 dürfen Sie nicht ändern.
Zuständig: A51. Die Koordination kann jeden Vorgang ändern.
[Q8]"""


@pytest.fixture
async def office(chat: Conversation) -> Conversation:
    """Social services; the others of the city's staff are known, too."""
    people = chat.store.people
    await people.set_role(COORDINATOR, Role.COORDINATOR)
    await people.set_role(YOUTH, Role.EDITOR, ("A51",))
    await people.set_role(DEPARTMENT, Role.EDITOR, ("D05",))
    return replace(chat, person=EDITOR)


async def saves(who: Conversation, words: str) -> str:
    await who.says(words)
    return await who.taps("✓ Speichern")


async def test_a_question_goes_from_its_routing_to_the_answer(office: Conversation) -> None:
    coordination, youth = replace(office, person=COORDINATOR), replace(office, person=YOUTH)

    assert await coordination.says("/zuweisen Q1 D05/ A50/ A51") == ROUTED_DE
    await coordination.taps("✓ Speichern")
    assert await office.says("/antwort Q1 Zwei Häuser.\nDrei folgen.") == DELIVERED_DE
    await office.taps("✓ Speichern")
    assert await youth.says("/unzustaendig Q1 Das liegt bei A11") == HANDED_BACK_DE
    await youth.taps("✓ Speichern")
    assert await coordination.says("/freigeben Q1") == WAITS_DE
    await coordination.says("/zeige Q1")
    assert await coordination.taps("A11 statt A51") == PASSED_ON_DE
    await saves(coordination, "/zuweisen Q1 D05/ A50")
    assert await coordination.says("/zurueck Q1 A50 Bitte mit Zahlen") == SENT_BACK_DE
    await coordination.taps("✓ Speichern")
    assert "A50 · Amt für Soziales · ○ ausstehend · Bitte mit Zahlen" in (await office.says("/zeige Q1")).splitlines()
    await office.taps("✎ Zuarbeiten")
    await office.says("Zwei von fünf.")
    await office.taps("✓ Speichern")
    assert await coordination.says("/pruefen") == REVIEW_DE
    await coordination.taps("Q1")
    await coordination.taps("✓ Freigeben")
    assert await coordination.taps("✓ Speichern") == f"(Gespeichert.)\n\n{RELEASED_DE}"
    assert await coordination.says("/beantwortet Q1 20.11.") == ANSWERED_DE
    await coordination.taps("✓ Speichern")
    told = (await coordination.says("/verlauf Q1")).splitlines()
    assert told[0] == "Q1: 18 Änderungen"
    assert "Mo., 23.11.2026, 09:00 Uhr · Zuarbeiten · A50 ◐ geliefert → ● angenommen · Koordination" in told


async def test_who_works_for_several_offices_chooses_one(office: Conversation) -> None:
    await saves(replace(office, person=COORDINATOR), "/assign Q1 D05/ A50/ A51")
    department = replace(office, person=DEPARTMENT, language="en")

    assert await department.says("/answer Q1 Two homes.") == CHOOSE_EN
    chosen = await department.taps("A51 · Youth Welfare Office")
    assert chosen.splitlines()[1] == "A51 · Youth Welfare Office: ○ pending → ◐ delivered"
    await department.taps("✓ Save")
    assert "A51 · Jugendamt · ◐ geliefert" in (await office.says("/zeige Q1")).splitlines()


async def test_an_office_nobody_knows_is_offered_and_never_guessed(office: Conversation) -> None:
    coordination = replace(office, person=COORDINATOR, language="en")

    assert await coordination.says("/assign Q1 D05/ Jugentamt") == UNKNOWN_EN
    assert "Routing: D05/ A50 → D05/ A51" in (await coordination.taps("D05/ A51")).replace("routing", "Routing")
    await coordination.says("/assign Q1 D05/ Jugentamt")
    assert "Who contributes?" in await coordination.taps("✎ Write it again")
    assert "A51 · Youth Welfare Office: ○ pending" in await coordination.says("Amt 51")


async def test_a_date_is_told_with_its_weekday_before_it_is_saved(office: Conversation) -> None:
    coordination = replace(office, person=COORDINATOR)

    told = await coordination.says("/frist Q8 31.12.")

    assert "Termin der Zuarbeiten: Mi., 16.12.2026 → Do., 31.12.2026" in told.splitlines()
    assert await replace(coordination, language="en").says("/due Q8 answer next Friday") == DUE_EN
    assert (await coordination.says("/frist Q8 gestern")).splitlines()[0] == (
        "Das Datum „gestern“ liegt in der Vergangenheit."
    )


async def test_offices_change_what_is_theirs_alone(office: Conversation) -> None:
    reader = replace(office, person=READER)

    assert await office.says("/antwort Q8 Zwei.") == NOT_YOURS_DE
    assert await office.says("/unzustaendig Q8 Nicht wir") == NOT_YOURS_DE
    refused = {(await reader.says(f"/{name} Q1 x")).splitlines()[0] for name in ("antwort", "unzustaendig")}
    assert len(refused) == 1 and "Zwei" not in str(refused)
    names = ("zuweisen", "frist", "zurueck", "zusammenfuehren", "entwurf", "freigeben", "beantwortet", "zurueckziehen")
    assert len({(await office.says(f"/{name} Q1 D05/ A50")).splitlines()[0] for name in (*names, "pruefen")}) == 1


async def test_what_was_changed_meanwhile_is_shown_anew(office: Conversation) -> None:
    coordination = replace(office, person=COORDINATOR)
    await saves(office, "/antwort Q1 Zwei.")
    await coordination.says("/freigeben Q1")
    await saves(office, "/antwort Q1 Drei.")

    told = await coordination.taps("✓ Speichern")

    assert told.startswith("⚠ Der Vorgang wurde inzwischen geändert.")
    assert "Drei." in told.splitlines()
    assert (await coordination.taps("✓ Speichern")).startswith("(Gespeichert.)")


async def test_a_hidden_inquiry_is_answered_like_one_that_does_not_exist(chat_with_secrets: Conversation) -> None:
    await chat_with_secrets.store.people.set_role(COORDINATOR, Role.COORDINATOR)
    coordination = replace(chat_with_secrets, person=COORDINATOR)
    group = replace(coordination, chat=-100_500)
    await replace(group, person=7_001).says("/admit")

    for words in ("assign {} D05/ A50", "release {}", "answer {} x", "due {} 31.12.", "withdraw {} x", "return {} x"):
        hidden, unknown = [await group.says("/" + words.format(ref)) for ref in ("QN1", "QN900")]
        assert hidden.replace("QN1", "QN900") == unknown


async def test_coordination_sees_what_waits_for_it(office: Conversation) -> None:
    coordination = replace(office, person=COORDINATOR)
    await saves(office, "/antwort Q1 Zwei.")
    await saves(office, "/unzustaendig Q2 Nicht wir")

    told = (await coordination.says("/stand")).splitlines()

    assert told[4:8] == [
        "Fragen: 11 von 11 offen · Zuarbeiten: 1 von 9 geliefert",
        "Ohne Amt: Q10 · Zurückgegeben: Q2 · Unklar: 2.1.M2",
        "Überfällig: 1 · A50 1",
        "Zu prüfen: Q1 · A50 1",
    ]
    assert told[-1] == "[Ohne Amt] [Zu prüfen]"
    assert (await coordination.taps("Zu prüfen")).splitlines()[0] == "Insgesamt: 1 Frage · 0 überfällig"


async def test_previews_of_long_texts_stay_within_one_message(office: Conversation) -> None:
    coordination, text = replace(office, person=COORDINATOR), "Plätze sind frei. " * 200
    await saves(coordination, "/zuweisen Q1 D05/ A50/ A51")
    await saves(office, f"/antwort Q1 {text}")
    await saves(replace(office, person=YOUTH), f"/antwort Q1 {text}")
    await saves(coordination, "/zusammenfuehren Q1")

    told = await office.says(f"/antwort Q1 {text}Neu.")

    assert "Der ganze Text hat 3.604 Zeichen." in told.splitlines()
    assert told.splitlines()[-2] == "[✓ Speichern] [✎ Text ändern]"
