"""A digest in one line, in both languages and any order."""

from datetime import time

import pytest

from handlers.understanding.digests import read_digest, read_time
from registry.digests import Digest, WhenEmpty
from registry.slots import OnHoliday, Rule

MONDAY, WORKING, EVERY = (0,), (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("words", "weekdays", "at", "rest"),
    [
        ("A50 Mo 8:00", MONDAY, time(8), "A50"),
        ("für A50 immer montags um 8 Uhr", MONDAY, time(8), "für A50"),
        ("every Monday at 8 for A50", MONDAY, time(8), "for A50"),
        ("Mo-Fr 7.30 Uhr HF 2", WORKING, time(7, 30), "HF 2"),
        ("Monday to Friday 7:30 am field 2", WORKING, time(7, 30), "field 2"),
        ("Fr-Mo um 9", (0, 4, 5, 6), time(9), ""),
        ("werktags 8h Sozialamt", WORKING, time(8), "Sozialamt"),
        ("weekdays 12 am", WORKING, time(0), ""),
        ("täglich 12 pm", EVERY, time(12), ""),
        ("jeden Tag um 16 Uhr", EVERY, time(16), ""),
        ("every day at 4 pm", EVERY, time(16), ""),
        ("Di, Do A50,A51 6:45", (1, 3), time(6, 45), "A50 A51"),
        ("tuesdays and thursdays 6:45", (1, 3), time(6, 45), ""),
        ("Mittwoch und samstags", (2, 5), None, ""),
        ("A50 30", None, None, "A50 30"),
        ("0112/23 1.5.M1", None, None, "0112/23 1.5.M1"),
        ("8:75 25:00 um 24", None, None, "8:75 25:00 24"),
        ("", None, None, ""),
    ],
)
def test_weekdays_and_a_time_are_read_and_the_rest_is_left(
    words: str, weekdays: tuple[int, ...] | None, at: time | None, rest: str
) -> None:
    read = read_digest(words)

    assert (read.said.get("weekdays"), read.said.get("at"), read.rest) == (weekdays, at, rest)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("nächste 14 Tage", {"horizon": 14}),
        ("for the next 2 weeks", {"horizon": 14}),
        ("400 Tage", {}),
        ("auf Englisch, lautlos, anheften", {"language": "en", "is_silent": True, "is_pinned": True}),
        ("in German, with sound, not pinned", {"language": "de", "is_silent": False, "is_pinned": False}),
        ("nur wenn etwas ansteht", {"when_empty": WhenEmpty.NOTHING}),
        ("even if empty", {"when_empty": WhenEmpty.LINE}),
        ("auch an Feiertagen", {"on_holiday": OnHoliday.ANYWAY}),
        ("skip holidays", {"on_holiday": OnHoliday.SKIP}),
    ],
)
def test_every_setting_has_words_in_both_languages(words: str, said: dict[str, object]) -> None:
    assert read_digest(words).said == said


def test_what_is_said_changes_a_digest_and_what_is_not_stays() -> None:
    before = Digest(chat=-1, rule=Rule(weekdays=(2,), on_holiday=OnHoliday.SKIP), horizon=60, is_pinned=True)

    after = read_digest("Mo 9:00 auf Englisch").applied_to(before)

    rule = Rule(weekdays=(0,), at=time(9), on_holiday=OnHoliday.SKIP)
    assert after == before.model_copy(update={"rule": rule, "language": "en"})


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("7:30", time(7, 30)),
        ("7.30", time(7, 30)),
        ("um 9", time(9)),
        ("8 Uhr", time(8)),
        ("9 pm", time(21)),
        ("0:00", time(0)),
        ("25", None),
        ("acht", None),
        ("8 Uhr 30", None),
        ("", None),
    ],
)
def test_a_time_that_is_asked_for_may_be_a_bare_number(words: str, at: time | None) -> None:
    assert read_time(words) == at
