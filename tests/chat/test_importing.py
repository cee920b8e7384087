"""Documents over the local Bot API: pasted or sent, tried out, decided, imported, taken back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from registry.people import Role
from tests.chatting import Chat, City, a_city
from tests.handlers.a_register import fill
from tests.handlers.test_importing import LIST, PAPER, QUESTIONS

LANGUAGES = ("de", "en")

DONE = {"de": "✓ Fertig", "en": "✓ Done"}
RATHER_PUBLIC = {"de": "Lieber öffentlich", "en": "Rather public"}
IMPORT = {"de": "✓ Öffentlich importieren", "en": "✓ Import as public"}
UNDO = {"de": "↶ Rückgängig", "en": "↶ Undo"}
SAVE = {"de": "✓ Speichern", "en": "✓ Save"}
OUTDATED = {
    "de": "Diese Schaltfläche passt nicht mehr. Bitte fragen Sie noch einmal.",
    "en": "This button no longer fits. Please ask again.",
}
NOT_ALLOWED = {
    "de": "Das darf nur die Koordination. Bitte wenden Sie sich an sie.",
    "en": "Only coordination may do that. Please ask it to do so.",
}


@pytest.fixture
async def city(tmp_path: Path) -> AsyncIterator[City]:
    async with a_city(tmp_path) as running:
        await fill(running.store, with_secrets=False)
        yield running


async def coordination(city: City, language: str, name: str = "Kim") -> Chat:
    return city.chat(await city.person(name, role=Role.COORDINATOR, language=language))


async def tried(chat: Chat, language: str, text: str = QUESTIONS) -> str:
    """Pasted and read, to become public: the dry run as it stands then."""
    await chat.says("/import")
    await chat.says(text)
    await chat.taps(DONE[language])
    return await chat.taps(RATHER_PUBLIC[language])


async def inquiries(city: City) -> int:
    return int((await city.store.database.read("SELECT count(*) AS n FROM inquiries"))[0]["n"])


COLLECTED = {
    "de": "Erhalten: 1 Teil, 382 Zeichen.\nKommt noch mehr? Dann einfach senden. Sonst: Fertig.\n"
    "[✓ Fertig]\n[✕ Nicht importieren]",
    "en": "Received: 1 part, 382 characters.\nIs there more? Then just send it. Otherwise: Done.\n"
    "[✓ Done]\n[✕ Do not import]",
}
DRY_RUN = {
    "de": f"{LIST}: Fragenliste\nNur erwähnt: 1.5.M1\n3 Frageabsätze: 3 Fragen, 1 ohne Amt\n"
    "Register: 4 neu, 0 geändert, 2 unverändert\nWas neu ist, wird öffentlich.\n"
    "Alle, die hier fragen dürfen, sehen dann, was darin steht.\n\nImportieren?\n"
    "[✓ Öffentlich importieren]\n[Doch nicht öffentlich]\n[⚠ 3 Zweifel]\n[✕ Nicht importieren]",
    "en": f"{LIST}: list of questions\nOnly referred to: 1.5.M1\n"
    "3 question paragraphs: 3 questions, 1 without an office\n"
    "Register: 4 new, 0 changed, 2 unchanged\nNew records become public.\n"
    "Everybody who may ask here will then see what it says.\n\nImport this?\n"
    "[✓ Import as public]\n[Rather non-public]\n[⚠ 3 doubts]\n[✕ Do not import]",
}
DOUBTS = {
    "de": "3 Zweifel\n\n• Zeile 5 · 1.5.M1 · ist nur erwähnt; der eigene Text fehlt noch\n"
    "• Zeile 11 · diese Stelle ist nicht unter den Ämtern der Stadt · „A99“\n"
    "• Zeile 13 · Frage 3 der Liste · keine Zuständigkeitszeile folgt; keine Stelle ist zugeordnet"
    " · „Wann wird der nächste Bericht vorgelegt?“",
    "en": "3 doubts\n\n• line 5 · 1.5.M1 · is only referred to; its own text has not arrived\n"
    "• line 11 · this office is not among the city's offices · “A99”\n"
    "• line 13 · question 3 of the list · no routing line follows; no office is assigned"
    " · “Wann wird der nächste Bericht vorgelegt?”",
}
IMPORTED = {
    "de": f"✓ Importiert: {LIST}\nRegister: 4 neu, 0 geändert, 2 unverändert\n"
    "Alle, die hier fragen dürfen, sehen dann, was darin steht.\n"
    "[↶ Rückgängig] [Was ist offen?]\n[Welche sind ohne Zuständigkeit?]",
    "en": f"✓ Imported: {LIST}\nRegister: 4 new, 0 changed, 2 unchanged\n"
    "Everybody who may ask here will then see what it says.\n"
    "[↶ Undo] [What is open?]\n[Which have no office?]",
}
TAKEN_BACK = {
    "de": f"↶ Zurückgenommen: {LIST}\nIm Register steht wieder, was vorher darin stand.",
    "en": f"↶ Taken back: {LIST}\nThe register says again what it said before.",
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_pasted_list_is_collected_tried_out_imported_and_taken_back(city: City, language: str) -> None:
    kim = await coordination(city, language)

    [asked] = await kim.says("/import")
    await kim.says(QUESTIONS)
    collected = kim.screen
    await kim.taps(DONE[language])
    await kim.taps(RATHER_PUBLIC[language])
    dry_run = kim.screen
    doubts = await kim.taps({"de": "⚠ 3 Zweifel", "en": "⚠ 3 doubts"}[language])
    await kim.taps({"de": "‹ Zurück", "en": "‹ Back"}[language])
    before = await inquiries(city)
    await kim.taps(IMPORT[language])
    imported, there = kim.screen, await inquiries(city)
    back = await kim.taps(UNDO[language])

    assert asked.startswith({"de": "Welches Dokument soll ich lesen?", "en": "Which document shall I read?"}[language])
    assert (collected, dry_run, doubts) == (COLLECTED[language], DRY_RUN[language], DOUBTS[language])
    assert (imported, back) == (IMPORTED[language], TAKEN_BACK[language])
    assert (before, there, await inquiries(city)) == (11, 14, 11)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_sent_file_is_read_and_imported(city: City, language: str) -> None:
    kim = await coordination(city, language)

    [hidden] = await kim.drops("fragen.txt", QUESTIONS.encode())
    await kim.taps(RATHER_PUBLIC[language])
    imported = await kim.taps(IMPORT[language])
    [again] = await kim.drops("fragen.txt", QUESTIONS.encode())
    known = await kim.taps(RATHER_PUBLIC[language])

    kinds = {"de": "fragen.txt: Fragenliste", "en": "fragen.txt: list of questions"}[language]
    assert hidden.split("\n")[0] == again.split("\n")[0] == kinds
    assert imported.split("\n")[0] == {"de": "✓ Importiert: fragen.txt", "en": "✓ Imported: fragen.txt"}[language]
    assert (
        known
        == {
            "de": "Alles aus fragen.txt steht schon im Register.\nEs gibt nichts zu importieren.",
            "en": "The register says all that fragen.txt says.\nThere is nothing to import.",
        }[language]
    )
    assert await inquiries(city) == 14


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_file_that_cannot_be_read_says_why_and_what_next(city: City, language: str) -> None:
    kim = await coordination(city, language)
    cases = {
        "leer.txt": (b"", ("Sie ist leer.", "It is empty.")),
        "bild.txt": (b"\x00\x01\xff" * 400, ("Die Datei enthält keinen Text.", "It is not text.")),
    }

    for name, (content, told) in cases.items():
        await kim.drops(name, content)
        refused = {"de": f"{name} wurde nicht gelesen.", "en": f"{name} was not read."}[language]
        again = {"de": "[Anderes Dokument] [Hilfe]", "en": "[Another document] [Help]"}[language]
        assert kim.screen == f"{refused}\n{told[LANGUAGES.index(language)]}\n{again}"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_people_changed_here_is_decided_one_by_one(city: City, language: str) -> None:
    kim = await coordination(city, language)
    await kim.says(
        {"de": "/neu auftrag 0112/23 Kosten ermitteln", "en": "/new mandate 0112/23 Find the costs"}[language]
    )
    await kim.taps(SAVE[language])

    differs = await tried(kim, language, PAPER)
    await kim.taps({"de": "⇄ 1 Unterschied", "en": "⇄ 1 difference"}[language])
    conflict = kim.screen
    ours = await kim.taps({"de": "Unseres behalten", "en": "Keep ours"}[language])
    await kim.taps({"de": "⇄ 1 Unterschied", "en": "⇄ 1 difference"}[language])
    theirs = await kim.taps({"de": "Aus dem Dokument nehmen", "en": "Take the document's"}[language])
    await kim.taps(IMPORT[language])

    stays = {"de": "1 Feld wurde hier geändert und bleibt so.", "en": "1 field was changed here and stays so."}[
        language
    ]
    assert (stays in differs, stays in ours, stays in theirs) == (True, True, False)
    assert (
        conflict.split("\n")[:2]
        == {
            "de": ["0112/23: Aufträge – hier geändert.", "1 von 1"],
            "en": ["0112/23: mandates – changed here.", "1 of 1"],
        }[language]
    )
    assert (
        conflict.split("\n")[-3:]
        == {
            "de": ["[Unseres behalten]", "[Aus dem Dokument nehmen]", "[‹ Zurück]"],
            "en": ["[Keep ours]", "[Take the document's]", "[‹ Back]"],
        }[language]
    )
    texts = {row["text"] for row in await city.store.database.read("SELECT text FROM mandates")}
    assert not texts & {"Kosten ermitteln", "Find the costs"}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_import_whose_records_were_changed_since_stays_and_says_which(city: City, language: str) -> None:
    kim, toni = await coordination(city, language), await coordination(city, language, "Toni")
    await tried(kim, language)
    await kim.taps(IMPORT[language])
    await toni.says({"de": "/notiz Q14 Bitte anrufen", "en": "/note Q14 Please call"}[language])
    await toni.taps(SAVE[language])

    told = await kim.taps(UNDO[language])

    assert told.startswith(
        {"de": "Das lässt sich nicht mehr zurücknehmen.\nQ14 ", "en": "That can no longer be taken back.\nQ14 "}[
            language
        ]
    )
    assert "Q14" in kim.buttons
    assert await inquiries(city) == 14


@pytest.mark.parametrize("language", LANGUAGES)
async def test_documents_are_for_private_chats(city: City, language: str) -> None:
    kim = (await coordination(city, language)).person
    group = await city.group(kim)

    await group.says("/import", as_=kim)
    told = group.screen
    silence = await group.drops("fragen.txt", QUESTIONS.encode(), as_=kim)

    assert (
        told
        == {
            "de": "Dokumente lese ich nur im privaten Chat.\n"
            "Bitte öffnen Sie einen Chat mit @amtsbote_bot und schreiben Sie dort /import.\n[Hilfe]",
            "en": "I read documents in a private chat only.\n"
            "Please open a chat with @amtsbote_bot and write /import there.\n[Help]",
        }[language]
    )
    assert silence == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_office_staff_and_guests_import_nothing(city: City, language: str) -> None:
    editor = city.chat(await city.person("Alex", offices=("A50",), language=language))
    guest = city.chat(city.api.town.person("Toni", language=language))

    told = [(await editor.says("/import"))[0], (await editor.drops("q.txt", QUESTIONS.encode()))[0]]
    [to_guest] = await guest.drops("q.txt", QUESTIONS.encode())

    assert told == [NOT_ALLOWED[language]] * 2
    assert to_guest.startswith(
        {"de": "Dieser Dienst ist für Beschäftigte der Stadtverwaltung.", "en": "This service is for staff"}[language]
    )
    assert await inquiries(city) == 11


@pytest.mark.parametrize("language", LANGUAGES)
async def test_parts_and_the_dry_run_outlive_a_restart(city: City, language: str) -> None:
    kim = await coordination(city, language)
    head, tail = QUESTIONS.split("\n\nWer kümmert sich", 1)
    await kim.says("/import")
    await kim.says(head)

    await city.restarts()
    [collected] = await kim.says(f"\nWer kümmert sich{tail}")
    await kim.taps(DONE[language])
    await kim.taps(RATHER_PUBLIC[language])
    await city.restarts()
    await kim.taps(IMPORT[language])
    await city.restarts()
    back = await kim.taps(UNDO[language])

    assert collected.startswith({"de": "Erhalten: 2 Teile, ", "en": "Received: 2 parts, "}[language])
    assert back == TAKEN_BACK[language]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_lost_the_role_between_dry_run_and_import_imports_nothing(city: City, language: str) -> None:
    kim = await coordination(city, language)
    await tried(kim, language)
    await city.store.people.set_role(kim.person.id, Role.EDITOR, ("A50",))

    await kim.taps(IMPORT[language])

    assert kim.alerts == [NOT_ALLOWED[language]]
    assert await inquiries(city) == 11


@pytest.mark.parametrize("language", LANGUAGES)
async def test_of_two_who_import_the_same_list_at_once_one_does(city: City, language: str) -> None:
    both = [await coordination(city, language, name) for name in ("Kim", "Toni")]
    for one in both:
        await tried(one, language)

    for one in both:
        city.api.doings.presses(one.last, one.person, data(one, IMPORT[language]))
    await city.settled()

    first_lines = sorted(one.text.split("\n")[0] for one in both)
    assert first_lines == sorted(
        {
            "de": [f"✓ Importiert: {LIST}", f"Alles aus {LIST} steht schon im Register."],
            "en": [f"✓ Imported: {LIST}", f"The register says all that {LIST} says."],
        }[language]
    )
    assert await inquiries(city) == 14


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_register_that_changed_is_shown_anew_before_anything_is_imported(city: City, language: str) -> None:
    kim, toni = await coordination(city, language), await coordination(city, language, "Toni")
    await tried(kim, language)
    await toni.says(
        {"de": "/neu auftrag 0112/23 Kosten ermitteln", "en": "/new mandate 0112/23 Find the costs"}[language]
    )
    await toni.taps(SAVE[language])
    await tried(toni, language)
    half = QUESTIONS.replace("\nWann wird der nächste Bericht vorgelegt?\n", "\n")
    await toni.says("/cancel")
    await tried(toni, language, half)
    await toni.taps(IMPORT[language])

    anew = await kim.taps(IMPORT[language])
    between = await inquiries(city)
    await kim.taps(IMPORT[language])

    assert (
        anew.split("\n")[0]
        == {
            "de": "⚠ Das Register wurde inzwischen geändert. Das würde jetzt geschehen:",
            "en": "⚠ The register was changed in the meantime. This is what it would do now:",
        }[language]
    )
    assert (between, await inquiries(city)) == (13, 14)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_double_tap_imports_once_and_anothers_press_nothing(city: City, language: str) -> None:
    kim, toni = await coordination(city, language), await coordination(city, language, "Toni")
    await tried(kim, language)
    pressed = data(kim, IMPORT[language])

    await toni.says("/help")
    await toni.presses(pressed)
    before, told = await inquiries(city), toni.toasts
    for _ in range(3):
        city.api.doings.presses(kim.last, kim.person, pressed)
    await city.settled()

    assert (told, before) == ([OUTDATED[language]], 11)
    assert await inquiries(city) == 14
    deeds = await city.store.database.read("SELECT count(*) AS n FROM deeds")
    assert deeds[0]["n"] == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_given_up_is_forgotten(city: City, language: str) -> None:
    kim = await coordination(city, language)
    await tried(kim, language)

    given_up = await kim.taps({"de": "✕ Nicht importieren", "en": "✕ Do not import"}[language])

    assert (
        given_up
        == {
            "de": "Nichts wurde importiert, und das Dokument ist vergessen.",
            "en": "Nothing was imported, and the document is forgotten.",
        }[language]
    )
    assert await city.store.database.read("SELECT * FROM drafts") == []


def data(chat: Chat, label: str) -> str:
    return next(button.data for row in chat.last.keyboard for button in row if button.text == label)
