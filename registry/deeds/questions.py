"""A list of questions that somebody types in the chat."""

from datetime import date
from typing import Literal

from registry.records import Record


class NewQuestions(Record):
    """What is said of the list before its questions are sent; then it is a document like any other. ``text`` are
    questions that came first. What is None is still to be said."""

    deed: Literal["new_questions"] = "new_questions"
    title: str | None = None
    originator: str | None = None
    committee: str = ""
    concept: str = ""
    on: date | None = None
    text: str = ""
