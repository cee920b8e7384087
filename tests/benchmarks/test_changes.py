"""A change counts once it was shown, confirmed, acknowledged and kept."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.benchmarks.changes import COMMAND, STATUS, Changes, broken_promises
from tests.benchmarks.rounds import FIRST_WRITER, Asking, Question, askings, questions_from_text, questions_to_text
from tests.benchmarks.updates import Shown, Tap

PREVIEW, SAVED = "1.2.M3: Bericht {n}. Speichern?", "Gespeichert: 1.2.M3: Bericht {n}."
REPORT = Question(COMMAND.format(ref="1.2.M3"), ("1.2.M3", "Bericht {n}.", "?"), "Ja", ("Gespeichert", "Bericht {n}."))
KEYBOARD = json.dumps(
    {
        "inline_keyboard": [
            [{"text": "Nein", "callback_data": "no"}, {"text": "Ja", "callback_data": "yes"}],
        ]
    }
)
SELECT = "SELECT number, status, current_state, version - 1 FROM measures WHERE version > 1"


def a_round(count: int) -> tuple[Changes, list[Asking]]:
    """One person who is to make so many changes, and has begun the first."""
    running, asked = Changes(count), askings([REPORT], count, chats=1)
    assert [running.ask(asking) for asking in asked] == [asked[0]] + [None] * (count - 1)
    return running, asked


def preview(n: int) -> Shown:
    return Shown(FIRST_WRITER, n, PREVIEW.format(n=n), KEYBOARD)


def saved(n: int) -> Shown:
    return Shown(FIRST_WRITER, n, SAVED.format(n=n))


async def test_a_preview_is_tapped_and_what_is_told_then_ends_the_change() -> None:
    running, _ = a_round(count=1)

    tap = running.hear(preview(0))
    after = running.hear(saved(0))

    result = await running.finished()
    assert (tap, after) == (Tap(preview(0), "yes"), None)
    assert (result.answered, result.wrong, result.saved) == (1, (), ("/status 1.2.M3 teilweise Bericht 0.",))


async def test_the_next_change_begins_when_the_last_is_saved() -> None:
    running, asked = a_round(count=2)

    running.hear(preview(0))
    said = running.hear(saved(0))

    assert said is asked[1]


@pytest.mark.parametrize(
    "told",
    [
        [saved(0)],
        [preview(1)],
        [Shown(FIRST_WRITER, 1, PREVIEW.format(n=0))],
        [preview(0), preview(0)],
        [preview(0), saved(1)],
    ],
    ids=["no preview", "another preview", "no button", "shown again", "another is saved"],
)
async def test_what_does_not_follow_ends_the_change_and_is_wrong(told: Sequence[Shown]) -> None:
    running, _ = a_round(count=1)

    for shown in told:
        running.hear(shown)

    result = await running.finished()
    assert (result.answered, result.wrong, result.saved) == (0, (told[-1].text,), ())


async def test_what_is_told_to_somebody_who_waits_for_nothing_is_wrong() -> None:
    running, _ = a_round(count=2)

    running.hear(Shown(FIRST_WRITER + 1, 1, "Guten Tag"))

    assert running.wrong == ["Guten Tag"]


def test_a_tap_says_which_button_of_which_message() -> None:
    update = json.loads(b"{" + Tap(preview(3), "yes").update + b"}")["callback_query"]

    assert (update["data"], update["from"]["id"], update["message"]["message_id"]) == ("yes", FIRST_WRITER, 3)
    assert update["message"]["reply_markup"] == json.loads(KEYBOARD)


def test_questions_come_back_from_their_file_with_button_and_what_follows() -> None:
    assert questions_from_text(questions_to_text([REPORT])) == (REPORT,)


def a_register(path: Path, rows: Iterable[tuple[object, ...]]) -> Path:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE measures (number, status, current_state, version)")
        database.executemany("INSERT INTO measures VALUES (?, ?, ?, ?)", rows)
    return path


ACKNOWLEDGED = [
    "/status 1.2.M3 teilweise Bericht 0.",
    "/status 1.2.M4 teilweise Bericht 1.",
    "/status 1.2.M3 teilweise Bericht 2.",
]
KEPT = (("1.2.M3", STATUS, "Bericht 2.", 3), ("1.2.M4", STATUS, "Bericht 1.", 2), ("1.2.M5", "fully", "Fertig.", 1))


def test_a_register_that_holds_what_was_acknowledged_breaks_no_promise(tmp_path: Path) -> None:
    assert broken_promises(ACKNOWLEDGED, a_register(tmp_path / "register.db", KEPT), SELECT) == ()


@pytest.mark.parametrize(
    ("at", "kept"),
    [
        (0, ("1.2.M3", STATUS, "Bericht 0.", 2)),
        (0, ("1.2.M3", STATUS, "Bericht 2.", 4)),
        (1, ("1.2.M4", "fully", "Bericht 1.", 2)),
        (1, ("1.2.M4", STATUS, "", 1)),
        (2, ("1.2.M5", "fully", "Fertig.", 2)),
    ],
    ids=["the last is lost", "done twice", "another status", "nothing kept", "changed by nobody"],
)
def test_a_register_that_holds_anything_else_is_found_out(at: int, kept: tuple[object, ...], tmp_path: Path) -> None:
    rows = [*KEPT[:at], kept, *KEPT[at + 1 :]]

    broken = broken_promises(ACKNOWLEDGED, a_register(tmp_path / "register.db", rows), SELECT)

    assert [each.partition(":")[0] for each in broken] == [kept[0]]
