"""Documents in the chat: sent in parts or as a file, tried out, decided, applied, taken back."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.intray import NotFetched
from handlers.router import Router
from registry.drafts import joined
from registry.people import Role
from registry.visibility import Clearance
from tests.handlers.conversing import ADMIN, BOT, EDITOR, GROUP, GUEST, NOW, Conversation, Json, a_city

COORDINATOR, COLLEAGUE = 7_004, 7_005
HEAD = """Fragen zur Fortschreibung des Integrationskonzepts – Fraktion Muster im Sozialausschuss, 02.12.2026

Handlungsfeld 1: Wohnen

Empfehlung 5, M1
"""
TAIL = """
Wie viele Häuser haben inzwischen WLAN, und welche sind noch ohne Anschluss geblieben?
V: D05/ A50

Wer kümmert sich um die übrigen Häuser, und wann ist mit einem Abschluss zu rechnen?
V: D05/ A99

Wann wird der nächste Bericht vorgelegt?
"""
QUESTIONS = HEAD + TAIL
PAPER = (Path(__file__).parents[2] / "bot/playground/sample/public/paper-0112-23.txt").read_text(encoding="utf-8")

ASKED_DE = (
    "Welches Dokument soll ich lesen?\n"
    "Senden Sie eine Textdatei, oder fügen Sie den Text hier ein. Tabellen bleiben nur in einer Datei erhalten.\n"
    "Nichts wird geändert, bevor Sie gesehen haben, was es bewirkt. /abbrechen beendet es.\n"
    "[Abbrechen]"
)


@dataclass
class SomeFiles:
    """Files as a messenger would hold them."""

    contents: dict[str, bytes] = field(default_factory=dict)

    async def fetch(self, file: str) -> bytes:
        if file not in self.contents:
            raise NotFetched(file)
        return self.contents[file]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Conversation]:
    """Coordination's private chat, where all may be read."""
    async with a_city(tmp_path, non_public=Clearance.CONTENT) as chat:
        yield await coordination(chat)


async def coordination(
    chat: Conversation, files: SomeFiles | None = None, *, non_public: Clearance = Clearance.CONTENT
) -> Conversation:
    await chat.store.people.set_role(COORDINATOR, Role.COORDINATOR)
    await chat.store.people.set_role(COLLEAGUE, Role.COORDINATOR)
    zone = ZoneInfo("Europe/Berlin")
    router = Router(chat.store, zone=zone, non_public=non_public, admins=frozenset({ADMIN}), files=files)
    router.bot_id, router.bot_name = int(str(BOT["id"])), str(BOT["username"])
    return replace(chat, router=router, person=COORDINATOR)


def a_file(name: str = "fragen.txt", *, size: int = 300, id: str = "file-1") -> Json:
    return {"document": {"file_id": id, "file_unique_id": "u", "file_name": name, "file_size": size}}


async def show(chat: Conversation, text: str = QUESTIONS) -> str:
    await chat.says("/import")
    await chat.says(text)
    return await chat.taps("✓ Fertig" if chat.language == "de" else "✓ Done")


LIST = "Fragen zur Fortschreibung des Integrationskonzepts"
SUMMARY_DE = (
    f"{LIST}: Fragenliste\n"
    "Nur erwähnt: 1.5.M1\n"
    "3 Frageabsätze: 3 Fragen, 1 ohne Amt\n"
    "Register: 4 neu, 0 geändert, 2 unverändert\n"
    "Was neu ist, wird nicht öffentlich.\n"
    "Nur wer dafür freigegeben ist, sieht es.\n"
    "\n"
    "Importieren?\n"
    "[✓ Nicht öffentlich importieren]\n"
    "[Lieber öffentlich]\n"
    "[⚠ 3 Zweifel]\n"
    "[✕ Nicht importieren]"
)
PUBLIC_DE = (
    f"{LIST}: Fragenliste\n"
    "Nur erwähnt: 1.5.M1\n"
    "3 Frageabsätze: 3 Fragen, 1 ohne Amt\n"
    "Register: 4 neu, 0 geändert, 2 unverändert\n"
    "Was neu ist, wird öffentlich.\n"
    "Alle, die hier fragen dürfen, sehen dann, was darin steht.\n"
    "\n"
    "Importieren?\n"
    "[✓ Öffentlich importieren]\n"
    "[Doch nicht öffentlich]\n"
    "[⚠ 3 Zweifel]\n"
    "[✕ Nicht importieren]"
)
DOUBTS_DE = (
    "3 Zweifel\n"
    "\n"
    "• Zeile 5 · 1.5.M1 · ist nur erwähnt; der eigene Text fehlt noch\n"
    "• Zeile 10 · diese Stelle ist nicht unter den Ämtern der Stadt · „A99“\n"
    "• Zeile 12 · Frage 3 der Liste · keine Zuständigkeitszeile folgt; keine Stelle ist zugeordnet"
    " · „Wann wird der nächste Bericht vorgelegt?“\n"
    "[‹ Zurück]"
)
IMPORTED_DE = (
    "(Gespeichert.)\n"
    "\n"
    f"✓ Importiert: {LIST}\n"
    "Register: 4 neu, 0 geändert, 2 unverändert\n"
    "Alle, die hier fragen dürfen, sehen dann, was darin steht.\n"
    "[↶ Rückgängig] [Was ist offen?]\n"
    "[Welche sind ohne Zuständigkeit?]"
)
TAKEN_BACK_DE = (
    "(Zurückgenommen.)\n"
    "\n"
    f"↶ Zurückgenommen: {LIST}\n"
    "Im Register steht wieder, was vorher darin stand.\n"
    "[Anderes Dokument] [Was ist offen?]"
)
UNKNOWN_DE = "Q12 finde ich im Register nicht.\n[Was ist offen?] [Hilfe]"
OUTDATED_DE = "(Diese Schaltfläche passt nicht mehr. Bitte fragen Sie noch einmal.)"


def collected_de(parts: str, characters: int) -> str:
    return (
        f"Erhalten: {parts}, {characters} Zeichen.\n"
        "Kommt noch mehr? Dann einfach senden. Sonst: Fertig.\n"
        "[✓ Fertig]\n"
        "[✕ Nicht importieren]"
    )


async def test_a_text_in_parts_is_shown_decided_imported_and_taken_back(desk: Conversation) -> None:
    assert await desk.says("/import") == ASKED_DE
    assert await desk.says(HEAD.strip()) == collected_de("1 Teil", 142)
    assert await desk.says(TAIL.strip()) == collected_de("2 Teile", 380)
    assert await desk.taps("✓ Fertig") == SUMMARY_DE
    assert await desk.taps("⚠ 3 Zweifel") == DOUBTS_DE
    assert await desk.taps("‹ Zurück") == SUMMARY_DE
    assert await desk.taps("Lieber öffentlich") == PUBLIC_DE
    assert await desk.taps("✓ Öffentlich importieren") == IMPORTED_DE
    assert (await desk.says("Q12")).startswith("Q12 · Wie viele Häuser haben inzwischen WLAN")
    assert await desk.says("/undo") == (
        f"Ihre letzte Änderung zurücknehmen?\nImport: {LIST}\n[↶ Rückgängig] [✕ So lassen]"
    )
    assert await desk.taps("↶ Rückgängig") == TAKEN_BACK_DE
    assert await desk.says("Q12") == UNKNOWN_DE


async def test_the_same_in_english(desk: Conversation) -> None:
    english = replace(desk, language="en")

    assert await english.says("/import") == (
        "Which document shall I read?\n"
        "Send a file of text, or paste the text here. A table survives only in a file.\n"
        "Nothing is changed before you have seen what it would do. /cancel gives it up.\n"
        "[Cancel]"
    )
    assert await english.says(QUESTIONS.strip()) == (
        "Received: 1 part, 382 characters.\n"
        "Is there more? Then just send it. Otherwise: Done.\n"
        "[✓ Done]\n"
        "[✕ Do not import]"
    )
    assert await english.taps("✓ Done") == (
        f"{LIST}: list of questions\n"
        "Only referred to: 1.5.M1\n"
        "3 question paragraphs: 3 questions, 1 without an office\n"
        "Register: 4 new, 0 changed, 2 unchanged\n"
        "New records become non-public.\n"
        "Only those who are cleared for it will see it.\n"
        "\n"
        "Import this?\n"
        "[✓ Import as non-public]\n"
        "[Rather public]\n"
        "[⚠ 3 doubts]\n"
        "[✕ Do not import]"
    )
    assert await english.taps("✓ Import as non-public") == (
        "(Saved.)\n"
        "\n"
        f"✓ Imported: {LIST}\n"
        "Register: 4 new, 0 changed, 2 unchanged\n"
        "Only those who are cleared for it will see it.\n"
        "[↶ Undo] [What is open?]\n"
        "[Which have no office?]"
    )
    assert await english.taps("↶ Undo") == (
        "(Taken back.)\n"
        "\n"
        f"↶ Taken back: {LIST}\n"
        "The register says again what it said before.\n"
        "[Another document] [What is open?]"
    )


async def test_a_document_pasted_without_a_word_is_recognised(desk: Conversation) -> None:
    assert await desk.says(QUESTIONS.strip()) == collected_de("1 Teil", 382)


async def test_what_editors_paste_is_a_question_that_is_too_long(desk: Conversation) -> None:
    told = await replace(desk, person=EDITOR).says(QUESTIONS)

    assert told == (
        "Das ist zu lang für eine Frage.\n"
        "Bitte fragen Sie mit höchstens 300 Zeichen, zum Beispiel: was ist offen für A50\n"
        "[Hilfe]"
    )


async def test_a_document_that_says_nothing_new_is_not_offered(desk: Conversation) -> None:
    await show(desk)
    await desk.taps("Lieber öffentlich")
    await desk.taps("✓ Öffentlich importieren")

    await desk.says(QUESTIONS)
    assert await desk.taps("✓ Fertig") == (
        f"Alles aus {LIST} steht schon im Register.\nEs gibt nichts zu importieren.\n[Was ist offen?]"
    )


async def test_who_gives_up_leaves_nothing_behind(desk: Conversation) -> None:
    await desk.says(QUESTIONS)
    assert await desk.says("/abbrechen") == "Es wurde nichts geändert.\n[Was ist offen?] [Hilfe]"
    assert not await desk.store.database.read("SELECT id FROM drafts")

    await desk.says(QUESTIONS)
    assert await desk.taps("✕ Nicht importieren") == (
        "Nichts wurde importiert, und das Dokument ist vergessen.\n[Anderes Dokument] [Hilfe]"
    )
    assert not await desk.store.database.read("SELECT id FROM drafts")
    assert not await desk.store.database.read("SELECT person FROM entries")


async def test_in_a_group_no_document_is_read(desk: Conversation) -> None:
    group = replace(desk, person=ADMIN, chat=GROUP)
    await group.says("/admit")

    assert await group.says("/import") == (
        "Dokumente lese ich nur im privaten Chat.\n"
        "Bitte öffnen Sie einen Chat mit @amtsbote_bot und schreiben Sie dort /import.\n"
        "[Hilfe]"
    )


async def test_a_text_longer_than_can_be_kept_is_refused_and_what_came_stays(
    desk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.importing.LONGEST_TEXT", 400)
    await desk.says("/import")
    await desk.says(QUESTIONS.strip())

    assert await desk.says("noch viel mehr Text, der nicht mehr passt") == (
        "Für eingefügten Text ist das zu lang.\n"
        "Höchstens 400 Zeichen passen. Bitte senden Sie das Dokument als Datei.\n"
        "[✓ Bisheriges lesen]\n"
        "[✕ Nicht importieren]"
    )
    assert "3 Frageabsätze" in await desk.taps("✓ Bisheriges lesen")


async def test_a_file_is_fetched_and_shown(tmp_path: Path) -> None:
    async with a_city(tmp_path, non_public=Clearance.CONTENT) as chat:
        desk = await coordination(chat, SomeFiles({"file-1": QUESTIONS.encode()}))
        await desk.says("/import")

        assert await desk.sends(a_file()) == SUMMARY_DE.replace(LIST, "fragen.txt")
        assert not await desk.store.database.read("SELECT person FROM entries")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (
            a_file("bericht.pdf", id="pdf"),
            "Dateien der Form PDF lassen sich noch nicht lesen; bitte speichern Sie sie als Text.",
        ),
        (a_file("leer.txt", id="empty"), "Sie ist leer."),
        (
            a_file("brief.txt", id="letter"),
            "Die Form ist unbekannt (lesbar sind Drucksachen, Evaluationen, Programme, Ämterlisten und Titellisten).",
        ),
        (a_file("weg.txt", id="gone"), "Telegram hat die Datei nicht herausgegeben. Bitte senden Sie sie noch einmal."),
        (
            a_file("gross.txt", size=20_000_001),
            "Eine Datei darf hier höchstens 20 MB haben. Bitte senden Sie nur den Text.",
        ),
    ],
)
async def test_a_file_that_cannot_be_read_says_why_in_one_sentence(tmp_path: Path, sent: Json, told: str) -> None:
    async with a_city(tmp_path) as chat:
        files = SomeFiles({"pdf": b"%PDF-1.7", "empty": b" ", "letter": b"Sehr geehrte Damen und Herren"})
        desk = await coordination(chat, files)

        shown = await desk.sends(sent)
        document = sent["document"]
        assert isinstance(document, dict)
        name = document["file_name"]
        assert shown == f"{name} wurde nicht gelesen.\n{told}\n[Anderes Dokument] [Hilfe]"


async def test_only_coordination_sends_files_and_only_administrators_offices(tmp_path: Path) -> None:
    tree = '[[office]]\ncode = "A99"\nname_de = "Amt neun"\nname_en = "Office nine"\nkind = "office"\n'
    async with a_city(tmp_path) as chat:
        desk = await coordination(chat, SomeFiles({"file-1": tree.encode()}))
        refused = "Das darf nur die Koordination. Bitte wenden Sie sich an sie.\n[Hilfe]"

        assert await replace(desk, person=EDITOR).sends(a_file()) == refused
        assert await replace(desk, person=EDITOR).says("/import") == refused
        assert "Dieser Dienst ist für Beschäftigte" in await replace(desk, person=GUEST).sends(a_file())
        assert await desk.sends(a_file("aemter.toml")) == (
            "Nur die Administration darf die Ämter laden.\n"
            "Von den Ämtern hängt ab, wer was ändern darf.\n"
            "[Anderes Dokument] [Hilfe]"
        )
        assert await replace(desk, person=ADMIN).sends(a_file("aemter.toml")) == (
            "Ämter\nNeu: A99 Amt neun\n\nSo speichern?\n[✓ Speichern]\n[✕ So lassen]"
        )


async def test_what_people_wrote_here_is_decided_field_by_field(tmp_path: Path) -> None:
    async with a_city(tmp_path, non_public=Clearance.CONTENT) as chat:
        desk = await coordination(chat)
        await _renamed(desk)
        await desk.says(PAPER)
        await desk.taps("✓ Fertig")
        shown = await desk.taps("Lieber öffentlich")
        assert "1 Feld wurde hier geändert und bleibt so." in shown

        assert (await desk.taps("⇄ 1 Unterschied")).startswith("0112/23: Aufträge – hier geändert.\n1 von 1\n")
        assert await desk.taps("Unseres behalten") == shown
        await desk.taps("⇄ 1 Unterschied")
        decided = await desk.taps("Aus dem Dokument nehmen")
        assert "wurde hier geändert" not in decided
        await desk.taps("✓ Öffentlich importieren")

        mandates = await desk.store.database.read("SELECT text FROM mandates")
        assert "Kosten ermitteln" not in [row["text"] for row in mandates]


async def _renamed(desk: Conversation) -> None:
    await desk.says("/neu auftrag 0112/23 Kosten ermitteln")
    await desk.taps("✓ Speichern")


async def test_a_register_that_changed_since_is_shown_anew_before_anything_is_written(desk: Conversation) -> None:
    await show(desk)
    other = replace(desk, person=COLLEAGUE)
    await show(other)
    await other.taps("✓ Nicht öffentlich importieren")

    shown = await desk.taps("✓ Nicht öffentlich importieren")
    assert shown.startswith(f"Alles aus {LIST} steht schon im Register.")


async def test_another_change_in_between_that_does_not_concern_it_does_not_disturb(desk: Conversation) -> None:
    await show(desk)
    editor = replace(desk, person=EDITOR)
    await editor.says("/status 1.5.M2 teil Noch nicht fertig")
    await editor.taps("✓ Speichern")

    assert (await desk.taps("✓ Nicht öffentlich importieren")).startswith("(Gespeichert.)")


async def test_a_second_tap_imports_nothing_twice(desk: Conversation) -> None:
    await show(desk)
    data = _data(desk, "✓ Nicht öffentlich importieren")
    await desk.presses(data)
    before = await desk.store.database.read("SELECT count(*) AS n FROM history")

    assert await desk.presses(data) == OUTDATED_DE
    assert [dict(row) for row in await desk.store.database.read("SELECT count(*) AS n FROM history")] == [
        dict(row) for row in before
    ]


async def test_the_buttons_are_for_the_person_and_the_chat_alone(desk: Conversation) -> None:
    await show(desk)
    data = _data(desk, "✓ Nicht öffentlich importieren")

    assert await replace(desk, person=COLLEAGUE).presses(data) == OUTDATED_DE
    assert "Das darf nur die Koordination" in await replace(desk, person=EDITOR).presses(data)
    assert (await desk.presses(data)).startswith("(Gespeichert.)")


async def test_after_a_day_the_document_is_forgotten(desk: Conversation) -> None:
    await show(desk)
    data = _data(desk, "✓ Nicht öffentlich importieren")

    assert await replace(desk, now=NOW + timedelta(days=1, minutes=1)).presses(data) == OUTDATED_DE


async def test_who_lost_the_role_between_preview_and_confirmation_is_refused(desk: Conversation) -> None:
    await show(desk)
    await desk.store.people.set_role(COORDINATOR, Role.EDITOR, ("A50",))

    assert "Das darf nur die Koordination" in await desk.taps("✓ Nicht öffentlich importieren")


async def test_an_import_whose_record_was_changed_since_is_not_taken_back(desk: Conversation) -> None:
    await show(desk)
    await desk.taps("Lieber öffentlich")
    await desk.taps("✓ Öffentlich importieren")
    undo = _data(desk, "↶ Rückgängig")
    editor = replace(desk, person=EDITOR)
    await editor.says("/notiz Q12 Bitte anrufen")
    await editor.taps("✓ Speichern")

    told = await desk.presses(undo)

    assert told == (
        "Das lässt sich nicht mehr zurücknehmen.\nQ12 wurde seitdem wieder geändert. Bitte ändern Sie es neu.\n[Q12]"
    )
    assert (await desk.says("Q13")).startswith("Q13 · ")


async def test_what_is_hidden_from_coordination_does_not_show_in_what_a_document_would_do(tmp_path: Path) -> None:
    """A document that names a secret measure and a secret paper reads the same with and without them."""
    hidden = QUESTIONS.replace("Empfehlung 5, M1", "Empfehlung 1, M1").replace("Handlungsfeld 1:", "Handlungsfeld 7:")
    told: list[list[str]] = []
    for with_secrets in (True, False):
        folder = tmp_path / str(with_secrets)
        folder.mkdir()
        async with a_city(folder, with_secrets=with_secrets, non_public=Clearance.PUBLIC) as chat:
            desk = await coordination(chat, non_public=Clearance.PUBLIC)
            screens = []
            for text in (hidden, PAPER):
                screens.append(await show(desk, text))
                screens.append(await desk.taps("Lieber öffentlich"))
            told.append(screens)

    assert told[0] == told[1]


def _data(chat: Conversation, label: str) -> str:
    """What the button with that label carries."""
    assert chat.shown is not None
    markup = chat.shown.payload["reply_markup"]
    assert isinstance(markup, dict)
    return next(str(b["callback_data"]) for row in markup["inline_keyboard"] for b in row if b["text"] == label)


def test_a_text_cut_into_messages_is_one_text_again() -> None:
    long = "x" * 4096
    assert joined(("Zeile 1", "Zeile 2")) == "Zeile 1\nZeile 2"
    assert joined((long, "yz", "neu")) == f"{long}yz\nneu"
