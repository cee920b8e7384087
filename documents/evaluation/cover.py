"""The head of a question list: its title, who asks, which committee, when, about which concept."""

import re
from dataclasses import dataclass
from datetime import date

from documents.dates import DATE, read_date
from documents.evaluation.parts import Part, Text
from documents.wording import one_spelling
from registry.folding import fold
from registry.inquiries import QuestionList


@dataclass(frozen=True, slots=True)
class Cover:
    """The list a document holds; ``last`` is the line its head ends on (0 without a head)."""

    list: QuestionList
    first: int
    last: int
    parts: int


_SUBMITTED = re.compile(
    rf"(?P<title>.+?)\s+(?:[–—-]\s+|(?=Fraktion\b))(?P<originator>[^–—]+?)\s+(?:zum|zur|für\s+de[nr]|für\s+die|im|in\s+der|an\s+de[nr])\s+"
    rf"(?P<committee>[^,]{{2,120}}?),?\s+(?:am\s+|vom\s+)?(?P<on>{DATE})\.?",
    re.IGNORECASE,
)
_CONCEPT = re.compile(
    r"\b(?:des|der|zum|zur|dem|das|die)\s+(?P<name>[\w-]*(?:konzept|plan|programm|strategie|leitbild)\w{0,3})\b",
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"(konzept|plan|programm|leitbild)e?s$", re.IGNORECASE)
_LONGEST_HEAD = 4
_LONGEST_PARAGRAPH = 400


def read_cover(parts: list[Part], source: str) -> Cover:
    """The head is what stands before the first heading, as far as it says who submits the list when.

    A document without one is called like its source, so that no two lists are taken for the same.
    """
    head: list[Text] = []
    for part in parts[:_LONGEST_HEAD]:
        if not isinstance(part, Text) or part.is_question or len(part.words) > _LONGEST_PARAGRAPH:
            break
        head.append(part)
        if found := _SUBMITTED.fullmatch(" ".join(text.words for text in head)):
            return _cover(head, found)
    title = head[0].words if head else source
    return Cover(_list(title), head[0].first if head else 1, head[0].last if head else 0, len(head[:1]))


def _cover(head: list[Text], found: re.Match[str]) -> Cover:
    question_list = _list(
        found["title"].rstrip(" –—-"),
        originator=one_spelling(found["originator"]),
        committee=found["committee"],
        on=read_date(found["on"]),
    )
    return Cover(question_list, head[0].first, head[-1].last, len(head))


def _list(title: str, *, originator: str = "", committee: str = "", on: date | None = None) -> QuestionList:
    known = [committee, on.isoformat() if on else "", originator]
    key = "-".join(filter(None, (_slug(words) for words in known))) or _slug(title) or "list"
    return QuestionList(
        key=key, title=title, originator=originator, committee=committee, on=on, concept=_concept(title)
    )


def _concept(title: str) -> str:
    found = _CONCEPT.search(title)
    return _GENITIVE.sub(r"\1", found["name"]) if found else title


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")
