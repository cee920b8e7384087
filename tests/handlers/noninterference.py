"""Two cities that differ in non-public records alone, asked the same by people who may not see those.

``python -m tests.handlers.noninterference --questions 10000`` asks that many random questions.
"""

import argparse
import asyncio
import random
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path

from handlers.router import Outcome
from registry.digests import Digest
from registry.queries import Intent, Kind, Query
from registry.querycode import encode
from registry.reminders import Key, What
from registry.visibility import Clearance
from storage import digests
from storage.database import Transaction
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, GUEST, NOW, READER, Conversation, Json, a_city, check
from views.reminders import code_of

PUBLIC_REFS = ("1.5.M1", "2.1.M2", "Q1", "Q8", "Q10", "0112/23", "BeSta", "BeSta.1a")
HIDDEN_REFS = ("7.1.M1", "7.1.M2", "0731/26", "0112/23-E1", "GehProg", "GehProg.1", "Q900001", "Q1000001", "Q12", "Q99")
REFS = (*PUBLIC_REFS, *HIDDEN_REFS)

# What is said to each command; one without a line here fails the test that counts them.
CASES = {
    "open": ("", "A50", "D05", "HF 7", "Geheimkonzept", "Fraktion Verborgen", "GehProg", "neu", "A50 Fragen"),
    "overdue": ("", "A50", "A11", "D05", "Fragen"),
    "deadlines": ("", "A50", "im November", "im Dezember", "bis 31.12.", "A50 diese Woche"),
    "mine": ("", "Fragen"),
    "show": ("", *REFS),
    "search": ("", "geheim", "Grundstück", "Miet", "WLAN", "Verborgen", "Vertrag", "sprachkurs"),
    "summary": ("", "A50", "A11", "D05", "HF 1", "HF 7", "Geheimkonzept"),
    "history": ("", *REFS),
    "start": ("", "geheim"),
    "help": ("",),
    "language": ("",),
    "privacy": ("",),
    "mydata": ("",),
    "forgetme": ("",),
    "status": ("", *(f"{ref} teil" for ref in REFS)),
    "note": ("", *(f"{ref} bitte" for ref in REFS)),
    "answer": ("", *(f"{ref} Zwei Häuser" for ref in REFS), *REFS),
    "notmine": ("", *(f"{ref} Das macht A11" for ref in REFS)),
    "assign": ("", *(f"{ref} D05/ A51" for ref in REFS), *(f"{ref} Geheimamt" for ref in REFS)),
    "due": ("", *(f"{ref} 31.12." for ref in REFS), *(f"{ref} Antwort bald" for ref in REFS)),
    "review": ("", "A50", "HF 7", "Geheimkonzept"),
    "return": ("", *(f"{ref} A50 Zahlen fehlen" for ref in REFS), *REFS),
    "merge": ("", *REFS),
    "draft": ("", *(f"{ref} Zwei Häuser" for ref in REFS)),
    "release": ("", *REFS),
    "answered": ("", *(f"{ref} 20.11." for ref in REFS)),
    "withdraw": ("", *(f"{ref} erledigt" for ref in REFS)),
    "visibility": ("", *(f"{ref} public" for ref in REFS)),
    "import": ("", "geheim"),
    "mandate": ("", *(f"{ref} {words}" for ref in REFS for words in ("", "1 frist 31.12.2026", "ergebnis Geprüft"))),
    "decision": ("", *(f"{ref} Die Stadt nimmt teil" for ref in REFS)),
    "new": (
        "",
        "haus",
        "fragen",
        "fragen\nFragenliste: Geheim\nIst 7.1.M1 fertig?\nV: A50",
        *(f"{kind} {ref} Rat 20.12.2026" for kind in ("step", "mandate", "milestone", "measure") for ref in REFS),
    ),
    "round": (
        "",
        "A50",
        "next",
        "next 1.5.M1",
        "open 31.10.2026 due 15.01.2027",
        "open Geheimkonzept 31.10.2026 due 15.01.2027",
        "close",
        "reopen",
        "compare",
        "show Geheimkonzept",
        "compare Geheimkonzept",
    ),
    "edit": ("", *(f"{ref} titel Neu" for ref in REFS)),
    "doubt": ("", *(f"{ref} geklärt" for ref in REFS), "Q1 1.5.M1 geklärt", "Q900001 1.5.M1 geklärt"),
    "digest": (
        "",
        *("list", "new", "now", "now 1", "now 2", "pause", "off 1", "2", "for -100500", "für GehProg", "Mo 7:30"),
        *("A50 Mo 8:00", "HF 7 Di", "GehProg", "BeSta Mo", "Geheimkonzept Fr 9 Uhr", "Fraktion Verborgen"),
    ),
    "reminders": ("", "aus", "alles", "koordination", "geheim"),
    "away": ("", "bis 04.12.", "geheim"),
    "back": ("",),
    "undo": ("",),
    "cancel": ("",),
    "offices": ("", "A50", "Geheimweg", "[[office]]"),
    "people": ("", "2"),
    "grant": ("", "7009 editor A50", "7003 deputy 7002 until 31.12.2026"),
    "revoke": ("", "7003"),
    "invite": ("", "reader"),
    "chats": ("", "clear -100500", "offices -100500"),
    "admit": ("",),
}
# The words random questions are made of.
WORDS = (
    *["was", "ist", "offen", "open", "überfällig", "overdue", "Fristen", "deadlines", "stand", "summary", "wer"],
    *["schuldet", "noch", "was", "owing", "A50", "A11", "A51", "D05", "D01", "Sozialamt", "Jugendamt", "HF", "1", "2"],
    *["7", "Fragen", "measures", "Maßnahmen", "Drucksachen", "Programme", "neu", "unklar", "teilweise", "Dezember"],
    *["diese", "Woche", "Q1", "2026", "geheim", "Geheimweg", "Vertrag", "Verborgen", "Geheimkonzept", "GehProg"],
    *["BeSta", "WLAN", "Sprache", "Wohnen", "Verschlusssache", "Fraktion", "Beispiel", "suche", "search", "zeige"],
    *["setze", "auf", "ist", "fertig", "mark", "as", "an", "beantworte", "gib", "frei", "to", "release", ":", "Notiz"],
    *["Verlauf", "history", "ohne Zuständigkeit", "in Prüfung", "seit 1.11.2026", "quark", "&", "<b>", "für", "im"],
    *REFS,
)


_TOKEN = re.compile(r"(?<![\w-])(?:t[yn]|f)?[\w-]{24}(?![\w-])")


@dataclass
class Cities:
    """The same person in the same chat, once where there are secrets and once where there are none."""

    with_secrets: Conversation
    without: Conversation

    def at(self, person: int, chat: int | None) -> "Cities":
        ends = (replace(city, person=person, chat=chat) for city in (self.with_secrets, self.without))
        return Cities(*ends)

    async def difference(self, update: Json) -> str:
        """What the two answer differently; empty where they answer alike."""
        differing, plain = [await end.outcome(update) for end in (self.with_secrets, self.without)]
        for call in differing.outgoing:
            check(call)
        return "" if _told(differing) == _told(plain) else f"{update}\n  {differing}\n  {plain}"

    def message(self, text: str) -> Json:
        return {"message": self.without.message(text)}

    def press(self, data: str) -> Json:
        return {"callback_query": self.without.press(data)}


def _told(outcome: Outcome) -> str:
    """All of an outcome but the tokens of its buttons, which are random."""
    return _TOKEN.sub("<token>", repr(outcome))


@asynccontextmanager
async def two_cities(folder: Path, *, non_public: Clearance) -> AsyncIterator[Cities]:
    async with AsyncExitStack() as stack:
        ends = []
        for with_secrets in (True, False):
            home = folder / str(with_secrets)
            home.mkdir()
            city = await stack.enter_async_context(a_city(home, with_secrets=with_secrets, non_public=non_public))
            await replace(city, person=ADMIN, chat=GROUP).says("/admit")
            for chat in (GROUP, READER):
                await _put_digests(city, chat)
            ends.append(replace(city, numbers=count(1)))
        yield Cities(*ends)


async def _put_digests(city: Conversation, chat: int) -> None:
    """One of an office, and one that was set up by somebody who knew more than may be told there."""
    for scope in (Query(offices=("A50",)), Query(programme="GehProg")):
        digest = Digest(chat=chat, scope=scope)
        await city.store.database.write(partial(_put, digest))


async def _put(digest: Digest, transaction: Transaction) -> None:
    await digests.save(transaction.fetch, digest, at=NOW, next_at=None)


def uncleared(cities: Cities) -> Iterator[Cities]:
    """Everybody who may not see what is non-public: readers and guests anywhere, and all in a group."""
    yield cities.at(READER, None)
    yield cities.at(GUEST, None)
    yield from (cities.at(person, GROUP) for person in (READER, EDITOR, ADMIN, GUEST))


def scripted(here: Cities) -> Iterator[Json]:
    """Every command with every case, and every kind of button."""
    yield from (here.message(f"/{name} {words}".strip()) for name, cases in CASES.items() for words in cases)
    yield from (here.press(data) for datas in PRESS_CASES.values() for data in datas)


def _queries() -> Iterator[Query]:
    for intent in Intent:
        yield Query(intent=intent)
        yield Query(intent=intent, offices=("A50",))
        yield Query(intent=intent, field=7)
        yield Query(intent=intent, concept="Geheimkonzept")
        yield Query(intent=intent, originator="Fraktion Verborgen")
        yield Query(intent=intent, offices=("A50",), page=1)
        yield Query(intent=intent, kinds=(Kind.INQUIRY,), words="geheim")
        yield from (Query(intent=intent, ref=ref) for ref in REFS)


PRESS_CASES = {
    "q": tuple(f"q{encode(query)}" for query in _queries()),
    "d": tuple(f"d.{encode(Query(ref=ref))}" for ref in REFS),
    "h": tuple(f"h.{encode(Query(ref=ref))}" for ref in REFS),
    "c": tuple(f"c{name}" for name in CASES),
    "i": ("i", *(f"i{act}{'x' * 24}" for act in "dpnfscotax")),
    "l": ("lde", "len"),
    "b": (*(f"bq{encode(query)}" for query in _queries()), *(f"bd.{encode(Query(ref=ref))}" for ref in REFS), "bty"),
    "r": (
        "r",
        "r=",
        "r=all",
        *(f"r{act}{code_of(Key(ref, what, at))}" for act in "os1wl0" for ref in REFS for what in What for at in (0, 1)),
    ),
    "t": ("ty", "tn", "tyunknown"),
    "f": ("f", "funknown"),
    "g": ("g",),
    "a": ("a",),
    "x": ("x",),
}


def random_questions(number: int, seed: int) -> Iterable[str]:
    chance = random.Random(seed)
    return (" ".join(chance.choices(WORDS, k=chance.randint(1, 6))) for _ in range(number))


async def differences(cities: Cities, questions: Iterable[str]) -> list[str]:
    """The first questions that a reader in private or in the group would get different answers to."""
    found: list[str] = []
    for question in questions:
        for here in (cities.at(READER, None), cities.at(EDITOR, GROUP)):
            mentioned = question if here.without.chat is None else f"@amtsbote_bot {question}"
            if difference := await here.difference(here.message(mentioned)):
                found.append(difference)
        if len(found) > 3:
            break
    return found


async def _ask(number: int, seed: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        async with two_cities(Path(folder), non_public=Clearance.CONTENT) as cities:
            found = await differences(cities, random_questions(number, seed))
    print(f"{number} questions in private and in a group, seed {seed}: {len(found)} differences")
    print(*found, sep="\n")
    return 1 if found else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    options = parser.parse_args()
    sys.exit(asyncio.run(_ask(options.questions, options.seed)))


if __name__ == "__main__":
    main()
