"""Office staff who report, note and take back while the bot is killed; and what the register must hold in the end."""

import json
import re
import sqlite3
from collections import Counter
from dataclasses import dataclass, field, fields
from pathlib import Path

from bot.playground.chats import Message, Someone
from bot.playground.keyboards import InlineButton
from registry.inquiries import About, AboutKind, Contribution, Inquiry, InquiryStatus, QuestionList
from registry.people import Role
from registry.reading import Form, Reading
from storage.store import Store
from tests.handlers.a_register import IMPORTED_AT, fill
from tests.reliability.crowd import Crowd

STAFF = 60
PATIENCE = 0.97
# A few records that many change at once, and many that one person changes now and then.
BUSY = ("1.5.M1", "1.5.M2", "2.1.M2", "Q1", "0112/23")
MEASURES = BUSY[:3]
FURTHER = 120
QUIET = tuple(f"Q{n}" for n in range(12, 12 + FURTHER))
TABLES = {"measure": "measures", "inquiry": "inquiries", "paper": "papers", "programme": "programmes"}
SAVE, LEAVE, UNDO = "✓", "✕", "↶"
_NUMBER = re.compile(r"\bn\d+\b")
_WORDS_ARE_ASKED = "als nächste Nachricht"


@dataclass
class Written:
    """What was acknowledged and done, and how often each promise was broken."""

    proposed: int = 0
    taps: int = 0
    acknowledged: int = 0
    taken_back: int = 0
    done: int = 0
    conflicts: int = 0
    acknowledged_lost: int = 0
    done_twice: int = 0
    undo_lost: int = 0
    undone_twice: int = 0
    wrong_versions: int = 0
    versions_without_history: int = 0
    history_without_versions: int = 0

    @property
    def broken(self) -> dict[str, int]:
        promises = [one.name for one in fields(self)][-7:]
        return {name: getattr(self, name) for name in promises if getattr(self, name)}


async def prepare(database: Path) -> None:
    """A small register, and staff of its offices, one in four of them coordination."""
    store = await Store.open(database)
    try:
        await fill(store, with_secrets=True)
        await store.apply(_further(), public=True, by="operator", at=IMPORTED_AT)
        for n in range(STAFF):
            role = Role.COORDINATOR if n % 4 == 0 else Role.EDITOR
            await store.people.set_role(8_500_000 + n, role, ("A50", "A51"))
    finally:
        await store.close()


def _further() -> Reading:
    """A long list of questions to one office."""
    asked = (
        Inquiry(
            list="weitere",
            position=n,
            about=About(kind=AboutKind.GENERAL),
            title=f"Haus {n}",
            text=f"Wie steht es um Haus {n}?",
            contributions=(Contribution(office="A50"),),
            status=InquiryStatus.OPEN,
        )
        for n in range(1, FURTHER + 1)
    )
    lists = (QuestionList(key="weitere", title="Weitere Fragen", originator="Fraktion Beispiel"),)
    return Reading(source="further.txt", form=Form.EVALUATION, lists=lists, inquiries=tuple(asked))


@dataclass
class Clerks(Crowd):
    """Each goes on from what is on their screen: confirms, often twice, gives up, takes back, or begins anew."""

    written: Written = field(default_factory=Written)
    _seen: dict[int, str] = field(default_factory=dict)

    def gather(self) -> None:
        self.people = [self.api.town.person(f"C{n}", number=8_500_000 + n, language="de") for n in range(STAFF)]

    def _say_something(self) -> None:
        person, last = self._whose_turn()
        if person is None:
            return
        self.figures.updates += 1
        save, undo = _button(last, SAVE), _button(last, UNDO)
        chance = self.dice.random()
        if last and save and chance < 0.8:
            self._tap(last, person, save)
        elif last and (leave := _button(last, LEAVE)) and chance < 0.85:
            self._tap(last, person, leave)
        elif last and undo and chance < 0.4:
            self._tap(last, person, undo)
        elif last and _WORDS_ARE_ASKED in last.text and chance < 0.9:
            self._say(person, self._next())
        else:
            self._begin(person)

    def _whose_turn(self) -> tuple[Someone | None, Message | None]:
        """Mostly who has something new on the screen; few go on without having had an answer."""
        screens = [(person, self._last(person)) for person in self.people]
        new = [(person, last) for person, last in screens if self._seen.get(person.id, "") != _state(last)]
        person, last = self.dice.choice(new or screens)
        if not new and self.dice.random() < PATIENCE:
            return None, None
        self._seen[person.id] = _state(last)
        return person, last

    def _begin(self, person: Someone) -> None:
        ref = self.dice.choice(BUSY if self.dice.random() < 0.3 else QUIET)
        chance = self.dice.random()
        if chance < 0.5 and ref in MEASURES:
            self._say(person, f"/status {ref} {self.dice.choice(('voll', 'teil', 'nicht'))} {self._next()}")
        elif chance < 0.85:
            self._say(person, f"/note {ref} {self._next()}")
        elif chance < 0.95:
            self._say(person, f"/note {ref}")
        else:
            self._say(person, "/undo")

    def _tap(self, message: Message, person: Someone, button: InlineButton) -> None:
        for _ in range(2 if self.dice.random() < 0.3 else 1):
            self.written.taps += 1
            self.api.doings.taps(message, person, button)

    def _say(self, person: Someone, text: str) -> None:
        self.api.doings.says(self.room(person), person, text)

    def _next(self) -> str:
        """A word that no other proposal has."""
        self.written.proposed += 1
        return f"n{self.written.proposed}"

    def _last(self, person: Someone) -> Message | None:
        heard = [one for one in self.room(person).messages.values() if one.sender == self.api.town.bot]
        return heard[-1] if heard else None

    def told(self) -> list[tuple[int, int, str]]:
        """All that the Bot API ever took from the bot: chat, message and text, in order."""
        heard = []
        for call in self.api.calls:
            text = call.payload.get("text")
            if call.ok and call.method in {"sendmessage", "editmessagetext"} and isinstance(text, str):
                result = call.answer["result"]
                assert isinstance(result, dict)
                heard.append((int(str(call.payload["chat_id"])), int(str(result["message_id"])), text))
        return heard


def _state(message: Message | None) -> str:
    return f"{message.id} {message.edited_at} {message.text}" if message else "nothing"


def _button(message: Message | None, symbol: str) -> InlineButton | None:
    buttons = (button for row in message.keyboard for button in row) if message else ()
    return next((button for button in buttons if button.text.startswith(symbol)), None)


def reckon(clerks: Clerks, reader: sqlite3.Connection) -> None:
    """Compares what people were told with what the register holds."""
    written = clerks.written
    deeds = [(json.loads(deed), undone) for deed, undone in reader.execute("SELECT deed, undone_by FROM deeds")]
    words = Counter(deed["text"] for deed, _ in deeds if deed["deed"] != "undo")
    undone = {deed["text"] for deed, by in deeds if by is not None and deed["deed"] != "undo"}
    taken_back = Counter(deed["of"] for deed, _ in deeds if deed["deed"] == "undo")
    saved, back = _acknowledged(clerks.told())
    written.acknowledged, written.taken_back, written.done = len(saved), len(back), len(deeds)
    written.conflicts = sum("inzwischen geändert" in text for _, _, text in clerks.told())
    written.acknowledged_lost = len(saved - set(words))
    written.done_twice = sum(count > 1 for count in words.values())
    written.undo_lost = len(back - undone)
    written.undone_twice = sum(count > 1 for count in taken_back.values())
    _reckon_versions(written, reader)


def _acknowledged(told: list[tuple[int, int, str]]) -> tuple[set[str], set[str]]:
    """The words of the changes that people were told are saved, and of those they were told are taken back."""
    saved, back, shows = set[str](), set[str](), dict[tuple[int, int], str]()
    for chat, message, text in told:
        number = _NUMBER.search(text)
        if "✓ Gespeichert." in text and number:
            saved.add(number[0])
            shows[chat, message] = number[0]
        elif "↶ Zurückgenommen" in text and (chat, message) in shows:
            back.add(shows[chat, message])
    return saved, back


def _reckon_versions(written: Written, reader: sqlite3.Connection) -> None:
    """Each change counts its record on by one, and the history tells of each count."""
    for kind, table in (
        ("measure", "measures"),
        ("inquiry", "inquiries"),
        ("paper", "papers"),
        ("programme", "programmes"),
    ):
        versions = dict(reader.execute(f"SELECT id, version FROM {table}"))
        done = Counter(
            dict(reader.execute("SELECT record, count(*) FROM deed_records WHERE kind = ? GROUP BY 1", [kind]))
        )
        told: dict[int, set[int]] = {}
        for record, version in reader.execute("SELECT record, version FROM history WHERE kind = ?", [kind]):
            told.setdefault(record, set()).add(version)
        for record, version in versions.items():
            expected = set(range(1, version + 1))
            written.wrong_versions += version != 1 + done[record]
            written.versions_without_history += len(expected - told.get(record, set()))
            written.history_without_versions += len(told.get(record, set()) - expected)
