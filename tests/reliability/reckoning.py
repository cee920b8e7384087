"""What the register must hold in the end: compared with what people were told, and with itself."""

import hashlib
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import pairwise

from tests.reliability.clerks import Clerks, Told
from tests.reliability.wishes import FIRST_GRANTED
from tests.reliability.writes import FIRST

TABLES = {"measure": "measures", "inquiry": "inquiries", "paper": "papers", "programme": "programmes"}
_WORD = re.compile(r"\bn\d+\b")
_PERSON = re.compile(r"Person (\d+)")
_DAY = re.compile(r"Stichtag \w+\., (\d\d)\.(\d\d)\.(\d{4})")
_SAVED = ("✓ Gespeichert.", "✓ Importiert: ")
_BACK = "↶ Zurückgenommen"
_OF_ROUND = {
    "✓ Die Evaluation ist eröffnet.": "round_opened",
    "✓ Die Evaluation ist wieder offen.": "round_reopened",
    "✓ Die Evaluation ist abgeschlossen.": "round_closed",
    "↶ Die Evaluation ist zurückgenommen.": "round_closed",
}
_CHANGED = "inzwischen geändert"
_REMOVED = "removed"


@dataclass
class Written:
    """What was acknowledged and done, and how often each promise was broken."""

    proposed: int = 0
    taps: int = 0
    acknowledged: int = 0
    taken_back: int = 0
    done: int = 0
    conflicts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    acknowledged_lost: int = 0
    told_otherwise: int = 0  # acknowledged with words that the register does not have
    unacknowledged: int = 0
    done_twice: int = 0
    undo_lost: int = 0
    undone_twice: int = 0
    rounds_lost: int = 0
    rounds_twice: int = 0
    roles_lost: int = 0
    roles_twice: int = 0
    buttons_twice: int = 0
    answered_twice: int = 0  # what somebody was asked to write led to more than one proposal
    wrong_versions: int = 0
    versions_without_history: int = 0
    history_without_versions: int = 0
    seals_broken: int = 0
    desk_otherwise: int = 0  # lines that differ from what the records give

    @property
    def broken(self) -> dict[str, int]:
        names = [one.name for one in fields(self)]
        promises = names[names.index("acknowledged_lost") :]
        return {name: getattr(self, name) for name in promises if getattr(self, name)}


@dataclass(frozen=True)
class Deed:
    """A deed as the database has it."""

    id: str
    said: str
    person: int
    undone_by: str | None

    @property
    def content(self) -> dict[str, object]:
        read = json.loads(self.said)
        assert isinstance(read, dict)
        return read

    @property
    def name(self) -> str:
        return str(self.content["deed"])

    @property
    def words(self) -> set[str]:
        return set(_WORD.findall(self.said))


@dataclass
class Register:
    """The tables that are reckoned with, as they are in the end."""

    reader: sqlite3.Connection
    deeds: dict[str, Deed] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str, int]] = field(default_factory=dict)  # by their token: act, deed, person
    uses: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        deeds = "SELECT d.id, d.deed, p.id, d.undone_by FROM deeds d JOIN people p ON p.pseudonym = d.pseudonym"
        self.deeds = {row[0]: Deed(*row) for row in self.reader.execute(deeds)}
        self.buttons = {row[0]: row[1:] for row in self.reader.execute("SELECT token, act, deed, person FROM buttons")}
        self.uses = Counter(token for (token,) in self.reader.execute("SELECT token FROM uses"))

    def taken_back_by(self, token: str) -> str | None:
        """The deed that a button takes back."""
        _, deed, _ = self.buttons.get(hashlib.sha256(token.encode()).hexdigest(), ("", "{}", 0))
        of = json.loads(deed).get("of")
        return str(of) if of else None


def reckon(clerks: Clerks, reader: sqlite3.Connection) -> Written:
    register, told = Register(reader), clerks.told()
    written = Written(proposed=next(clerks.wishes.words) - 1, taps=clerks.taps)
    written.conflicts = sum(_CHANGED in one.text for one in told)
    _reckon_deeds(written, register, told)
    _reckon_buttons(written, register)
    _reckon_rounds(written, register, told)
    _reckon_roles(written, register, told)
    _reckon_versions(written, register)
    return written


def _reckon_deeds(written: Written, register: Register, told: Sequence[Told]) -> None:
    """Each acknowledgement has a button that takes back one deed, and only words of deeds that were done."""
    saved = [one for one in told if one.text.startswith(_SAVED) and not _PERSON.search(one.text)]
    named = {register.taken_back_by(one.undo) or f"nothing by {one.undo!r}" for one in saved}
    words = {word for one in saved for word in _WORD.findall(one.text)}
    done = {id_: deed for id_, deed in register.deeds.items() if deed.name != "undo"}
    written.kinds += Counter(deed.name for deed in register.deeds.values())
    written.acknowledged, written.done = len(named), len(register.deeds)
    written.acknowledged_lost = len(named - done.keys())
    written.told_otherwise = len(words - {word for deed in done.values() for word in deed.words})
    written.unacknowledged = len(done.keys() - named)
    written.done_twice = sum(count > 1 for count in Counter(w for deed in done.values() for w in deed.words).values())
    _reckon_undoing(written, register, told)


def _reckon_undoing(written: Written, register: Register, told: Sequence[Told]) -> None:
    """An acknowledgement stands where the button was, or below it: then it is known by whose chat it is in."""
    back, below, repeated, shown = set[str](), Counter[int](), Counter[int](), dict[tuple[int, int], str]()
    for one in told:
        place = one.chat, one.message
        if one.text.startswith(_BACK) and not _PERSON.search(one.text):
            of = register.taken_back_by(shown.get(place, ""))
            if of:
                back.add(of)
            else:
                (repeated if one.is_repeated else below)[one.chat] += 1
        shown[place] = one.undo or shown.get(place, "")
    undoing = [deed for deed in register.deeds.values() if deed.name == "undo"]
    rest = Counter(deed.person for deed in undoing if deed.content["of"] not in back)
    written.taken_back = len(back) + below.total()
    written.undo_lost = sum(of not in register.deeds or not register.deeds[of].undone_by for of in back)
    written.undo_lost += (below - rest).total()
    written.unacknowledged += (rest - below - repeated).total()
    written.undone_twice = sum(count > 1 for count in Counter(str(deed.content["of"]) for deed in undoing).values())


def _reckon_buttons(written: Written, register: Register) -> None:
    """A button is used once and does one deed; what was said once is proposed once, and anew only after a press."""
    written.buttons_twice = sum(count > 1 for count in register.uses.values())
    pressed, proposed, chosen, confirmed = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for token, (act, said, person) in register.buttons.items():
        words = set(_WORD.findall(said))
        if act == "do":
            pressed[f"{person} {said}"] += register.uses[token]
            proposed.update(words)
            confirmed.update(words if register.uses[token] else ())
        elif act == "choose":
            chosen.update(words if register.uses[token] else ())
    deeds = [deed for deed in register.deeds.values() if deed.name != "import_document"]  # drafts have no button
    done = Counter(f"{deed.person} {deed.said}" for deed in deeds)
    written.buttons_twice += sum(count > pressed[said] for said, count in done.items())
    settled = Counter(word for deed in deeds for word in deed.words)
    written.answered_twice = sum(
        count > 1 + chosen[word] + max(0, confirmed[word] - settled[word]) for word, count in proposed.items()
    )


def _reckon_rounds(written: Written, register: Register, told: Sequence[Told]) -> None:
    """A round is opened, then closed, then opened again …, and each of that once."""
    history = "SELECT record, what, after FROM history WHERE kind = 'concept' ORDER BY record, id"
    events = [(record, what, as_of) for record, what, as_of in register.reader.execute(history)]
    happened = Counter((what, as_of) for _, what, as_of in events)
    first = Counter(event for one in told if not one.is_repeated and (event := _of_round(one)))
    again = Counter(event for one in told if one.is_repeated and (event := _of_round(one)))
    written.kinds += Counter(what for _, what, _ in events)
    written.acknowledged += first.total()
    written.done += len(events)
    written.rounds_lost = (first - happened).total()
    written.unacknowledged += (happened - first - again).total()
    begins = [(record, what in {"round_opened", "round_reopened"}) for record, what, _ in events]
    written.rounds_twice = sum(one == after for one, after in pairwise(begins))


def _of_round(one: Told) -> tuple[str, str] | None:
    """What somebody was told to have happened to a round."""
    day = _DAY.search(one.text)
    what = next((what for line, what in _OF_ROUND.items() if one.text.startswith(line)), None)
    return (what, date(int(day[3]), int(day[2]), int(day[1])).isoformat()) if what and day else None


def _reckon_roles(written: Written, register: Register, told: Sequence[Told]) -> None:
    """Each person was granted one role, and it was revoked once, by command or by the button that takes back."""
    history = "SELECT h.deed, p.id FROM people_history h JOIN people p ON p.pseudonym = h.about"
    events = Counter((str(deed), int(person)) for deed, person in register.reader.execute(history))
    written.kinds += Counter(deed for deed, _ in events)
    acknowledged = set[tuple[str, int]]()
    for one in told:
        person = _PERSON.search(one.text)
        if person and one.chat < FIRST_GRANTED and one.chat >= FIRST and one.text.startswith(_SAVED):
            deed = "revoke_role" if "→ kein Zugang" in one.text else "grant_role"
            acknowledged.add((deed, int(person[1])))
        elif person and one.text.startswith(_BACK):
            acknowledged.add(("revoke_role", int(person[1])))
    written.acknowledged += len(acknowledged)
    written.done += events.total()
    written.roles_lost = len(acknowledged - events.keys())
    written.unacknowledged += len(events.keys() - acknowledged)
    written.roles_twice = sum(count > 1 for count in events.values())


def _reckon_versions(written: Written, register: Register) -> None:
    """Each change counts its record on by one, and the history tells of each count, removed records included."""
    for kind, table in TABLES.items():
        versions = dict(register.reader.execute(f"SELECT id, version FROM {table}"))
        lives = _lives(register.reader, kind)
        counted = _counted_on(register, kind)
        for record, version in versions.items():
            [*gone, told] = lives.get(record, [set()])
            written.wrong_versions += version != 1 + counted[record]
            _compare(written, told, set(range(1, version + 1)))
            for life in gone:
                _compare(written, life, set(range(1, max(life) + 1)))
        for record in lives.keys() - versions.keys():
            [*gone, rest] = lives[record]
            written.history_without_versions += len(rest)
            for life in gone:
                _compare(written, life, set(range(1, max(life) + 1)))


def _compare(written: Written, told: set[int], expected: set[int]) -> None:
    written.versions_without_history += len(expected - told)
    written.history_without_versions += len(told - expected)


def _lives(reader: sqlite3.Connection, kind: str) -> dict[int, list[set[int]]]:
    """The versions that the history tells of, by record: one set for each that had this id, the last one living."""
    lives: dict[int, list[set[int]]] = {}
    rows = reader.execute("SELECT record, version, what FROM history WHERE kind = ? ORDER BY id", [kind])
    for record, version, what in rows:
        known = lives.setdefault(record, [set()])
        known[-1].add(version)
        if what == _REMOVED:
            known.append(set())
    return lives


def _counted_on(register: Register, kind: str) -> Counter[int]:
    """How often deeds changed each record; a document that was taken back did so once more."""
    counted = Counter[int]()
    rows = register.reader.execute("SELECT deed, record, version FROM deed_records WHERE kind = ?", [kind])
    for deed, record, version in rows:
        done = register.deeds[deed]
        counted[record] += version > 1
        counted[record] += version > 1 and done.name == "import_document" and done.undone_by is not None
    return counted
