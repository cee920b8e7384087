"""What staff begin to change, by role: each is one line in the chat, most with a word that nothing else has."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from registry.people import Role
from tests.reliability.writes import BUSY, MEASURES, QUIET

FIRST_GRANTED = 9_000_000
FIRST_ROUND = date(2011, 1, 1)
_PAPER, _PROGRAMME = "0112/23", "BeSta"

_DOCUMENT = """Fragen {word} zum Integrationskonzept – Fraktion Muster im Sozialausschuss, 02.12.2026

Handlungsfeld 1: Wohnen

Empfehlung 5, M1

Wie viele Häuser haben inzwischen WLAN, und welche sind noch ohne Anschluss geblieben ({word})?
V: D05/ A50

Wer kümmert sich um die übrigen Häuser, und wann ist mit einem Abschluss zu rechnen?
V: D05/ A51
"""


@dataclass
class Wishes:
    """``word`` gives one that no other proposal has; so are the numbers of people and the days of rounds."""

    dice: random.Random
    words: Iterator[int] = field(default_factory=lambda: count(1))
    granted: int = 0
    rounds: int = 0

    def one_of(self, role: Role) -> str:
        wishes = _BY_ROLE[role]
        [wish] = self.dice.choices([wish for wish, _ in wishes], [weight for _, weight in wishes])
        return wish(self)

    def word(self) -> str:
        return f"n{next(self.words)}"

    def ref(self) -> str:
        return self.dice.choice(BUSY if self.dice.random() < 0.3 else QUIET)

    def inquiry(self) -> str:
        return self.dice.choice(("Q1", "Q2", "Q3") if self.dice.random() < 0.3 else QUIET)

    def document(self) -> str:
        return _DOCUMENT.format(word=self.word())

    def day(self) -> str:
        """A day to come."""
        return f"{datetime.now(tz=UTC) + timedelta(days=self.dice.randrange(30, 300)):%d.%m.%Y}"

    def status(self) -> str:
        status = self.dice.choice(("voll", "teil", "nicht"))
        return f"/status {self.dice.choice(MEASURES)} {status} {self.word()}"

    def discard(self) -> str:
        return f"/status {self.dice.choice(MEASURES)} verworfen"

    def grant(self) -> str:
        self.granted += 1
        return f"/rolle {FIRST_GRANTED + self.granted} Bearbeitung A50"

    def revoke(self) -> str:
        return f"/entziehen {FIRST_GRANTED + self.dice.randrange(max(1, self.granted - 9), self.granted + 2)}"

    def round(self) -> str:
        self.rounds += 1
        return f"/runde eröffnen {FIRST_ROUND + timedelta(days=self.rounds):%d.%m.%Y} bis {self.day()}"

    def milestone(self) -> str:
        return f"/new milestone {self.dice.choice((_PAPER, _PROGRAMME))} {self.day()} {self.word()}"

    def visibility(self) -> str:
        return f"/sichtbarkeit {self.dice.choice(QUIET[:9])} {self.dice.choice(('nonpublic', 'public'))}"


Wish = Callable[[Wishes], str]
_STAFF: tuple[tuple[Wish, float], ...] = (
    (lambda of: f"/notiz {of.ref()} {of.word()}", 15),
    (lambda of: f"/notiz {of.ref()}", 8),
    (Wishes.status, 12),
    (Wishes.discard, 3),
    (lambda of: f"/antwort {of.inquiry()} {of.word()}", 15),
    (lambda of: f"/unzustaendig {of.inquiry()} {of.word()}", 5),
    (lambda _: "/runde", 9),
    (lambda _: "/undo", 4),
)
_COORDINATION: tuple[tuple[Wish, float], ...] = (
    *_STAFF,
    (lambda of: f"/zurueck {of.inquiry()} A50 {of.word()}", 12),
    (lambda of: f"/frist {of.inquiry()} {of.day()}", 12),
    (lambda of: f"/zuweisen {of.inquiry()} {of.dice.choice(('D05/ A50', 'D05/ A50/ A51', 'A11'))}", 12),
    (lambda of: f"/zusammenfuehren {of.inquiry()}", 12),
    (lambda of: f"/entwurf {of.inquiry()} {of.word()}", 8),
    (lambda of: f"/freigeben {of.inquiry()}", 12),
    (lambda of: f"/zurueckziehen {of.inquiry()} {of.word()}", 3),
    (Wishes.round, 12),
    (lambda _: "/runde schließen", 6),
    (lambda of: f"/runde wiedereröffnen {of.word()}", 5),
    (Wishes.milestone, 8),
    (lambda of: f"/auftrag {_PAPER} 1 ergebnis {of.word()}", 4),
    (lambda of: f"/beschluss {_PROGRAMME} {of.word()}", 4),
    (lambda of: f"/aendern {of.dice.choice(MEASURES)} titel {of.word()}", 5),
    (Wishes.visibility, 5),
    (lambda _: "/import", 10),
    (Wishes.document, 10),
)
_ADMINISTRATION: tuple[tuple[Wish, float], ...] = (
    (Wishes.grant, 10),
    (Wishes.revoke, 6),
    (lambda of: f"/notiz {of.ref()} {of.word()}", 4),
)
_BY_ROLE = {Role.EDITOR: _STAFF, Role.COORDINATOR: _COORDINATION, Role.ADMIN: _ADMINISTRATION}
