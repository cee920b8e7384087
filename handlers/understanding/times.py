"""Spans of time in a question."""

from collections.abc import Mapping
from datetime import date

from handlers.understanding.senses import Role, Sense
from handlers.understanding.tokens import Said
from registry.periods import read_age, read_period
from registry.queries import Period, Query
from registry.timewords import terms

LONGEST = 9


def find_time(said: Said, at: int, today: date, words: Mapping[str, str]) -> tuple[int, Sense] | None:
    """The longest span of time that starts at a token, and the token it ends before."""
    end = at
    while end < min(len(said.tokens), at + LONGEST) and _is_timely(said, end, words):
        end += 1
    if end == at or words.get(said.word(at), "?") in ("", "and"):
        return None
    for last in range(end, at, -1):
        text = said.text_of(at, last)
        # A sentence may end with a number: "im Dezember 2026."
        period = read_period(text, today, words) or read_period(text.removesuffix("."), today, words)
        age = read_age(text, today, words)
        if period or age:
            since = age is not None or terms(text, words).startswith("since ")
            return last, Sense(Role.TIME, Query(period=period or Period(until=age)), since=since, age=age)
    return None


def _is_timely(said: Said, at: int, words: Mapping[str, str]) -> bool:
    return said.tokens[at].has_digit or said.word(at) in words
