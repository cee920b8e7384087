"""What must have become of everything that was said to the bot, and of all that it had to say."""

import html
import re
import sqlite3
from collections import Counter

from bot.playground.chats import Room, Someone
from locales.translations import language
from tests.reliability.crowd import Crowd, Figures
from tests.reliability.nursery import COUNT

_TAG, _GAP = re.compile(r"<[^>]+>"), re.compile(r"[^\S\n]")


def plain(text: str) -> str:
    """What people read, without marks; whatever keeps words on one line is a space."""
    return _GAP.sub(" ", html.unescape(_TAG.sub("", text)))


REPEATED = plain(language("de")("This may be a repetition: the connection broke while the message was being sent."))


def unfinished(reader: sqlite3.Connection) -> int:
    """What waits in the bot's boxes."""
    waiting = """
        SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
             + (SELECT count(*) FROM outbox WHERE state IN ('new', 'leased', 'uncertain'))
    """
    return int(reader.execute(waiting).fetchone()[0])


def reckon(figures: Figures, crowd: Crowd, reader: sqlite3.Connection) -> None:
    wanted = {text.removeprefix(COUNT) for said in crowd.said.values() for text in said if text.startswith(COUNT)}
    applied = Counter(row[0] for row in reader.execute("SELECT token FROM ledger"))
    figures.lost = len(wanted - set(applied))
    figures.applied_twice = sum(count > 1 for count in applied.values())
    reckon_post(figures, reader)
    figures.unsent += reader.execute("SELECT count(*) FROM outbox WHERE state = 'cancelled'").fetchone()[0]
    for person in crowd.people:
        _reckon_chat(figures, crowd.said[person.id], crowd.room(person), crowd.api.town.bot)


def reckon_post(figures: Figures, reader: sqlite3.Connection) -> None:
    """Everything ended, and nothing was given up; an edit that came twice, or a late toast, may have been cancelled."""
    [[figures.unsettled]] = reader.execute("SELECT count(*) FROM inbox WHERE state NOT IN ('done', 'refused')")
    [[figures.unsent]] = reader.execute("SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'cancelled')")
    [[integrity]] = reader.execute("PRAGMA integrity_check")
    figures.integrity = str(integrity)


def _reckon_chat(figures: Figures, said: list[str], room: Room, bot: Someone) -> None:
    """Every question has its answer; a further copy of one says that it is; first copies come in order."""
    heard = [plain(message.text) for message in room.messages.values() if message.sender == bot]
    counted = [text.partition("\n")[0] for text in heard if text.startswith("counted ")]
    labelled = Counter(text.partition("\n")[0] for text in heard if text.startswith("counted ") and REPEATED in text)
    copies = Counter(counted)
    expected = [f"counted {text.removeprefix(COUNT)}" for text in said if text.startswith(COUNT)]
    figures.unanswered += sum(text not in copies for text in expected)
    figures.repeats += sum(count - 1 for count in copies.values())
    figures.unlabelled_repeats += sum(max(0, count - 1 - labelled[text]) for text, count in copies.items())
    first_copies = list(dict.fromkeys(counted))
    figures.out_of_order += first_copies != [text for text in expected if text in copies]
