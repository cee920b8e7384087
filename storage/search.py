"""Full-text search that knows how German spells, inflects and joins its words.

Every word is indexed in one spelling (``Ämter`` as ``amter``). A word asked for is cut to its stem and looked up
among the endings of all words, so that ``kurs`` finds ``Sprachkurse``; the words it stands for are then asked of
the index by name. Nothing a person writes is ever read as search syntax, and the order of the results depends on
each record alone, never on how often a word stands in records the reader may not see.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from registry.folding import fold
from storage.database import Transaction
from storage.lines import Line
from storage.rows import Fetch, Values

MOST_WORDS = 12  # of one question
_SHORTEST_ENDING = 3
_LONGEST_WORD = 60

_WORD = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*")
_UMLAUTS = re.compile(r"(?<!q)(ae|oe|ue)")
_INFLECTION = re.compile(r"(?<=...)(?:ern|em|en|er|es|e)$|(?<=....)[ns]$")
_COLUMNS = ("heading", "places", "body")
_INDEX = "INSERT INTO search (rowid, heading, places, body) VALUES (:rowid, :heading, :places, :body)"

_HAS_DIGIT = re.compile(r"\d")
_REFERENCE = re.compile(r".*\d.*[./-].*|.*[./-].*\d.*")


def words(text: str) -> Iterator[str]:
    """The words of a text as the index spells them; a reference such as ``0112/23`` stays one word besides."""
    for found in _WORD.findall(fold(text)):
        yield from _spellings(found)


@lru_cache(maxsize=100_000)
def _spellings(found: str) -> tuple[str, ...]:
    # Plural and singular often differ by an umlaut only: "Ämter" and "Amt".
    pieces = tuple(_UMLAUTS.sub(_first_letter, piece)[:_LONGEST_WORD] for piece in re.split(r"[./-]", found))
    return (found[:_LONGEST_WORD], *pieces) if _REFERENCE.fullmatch(found) else pieces


def _first_letter(umlaut: re.Match[str]) -> str:
    return umlaut[0][0]


def stem(word: str) -> str:
    """What of a word stays the same when it is inflected; numbers are left alone."""
    return word if _HAS_DIGIT.search(word) else _INFLECTION.sub("", word)


def asked_words(text: str) -> tuple[str, ...]:
    """The words that have to be found; of a reference only the whole counts."""
    asked: dict[str, None] = {}
    for found in _WORD.findall(fold(text)):
        pieces = [found[:_LONGEST_WORD]] if _REFERENCE.fullmatch(found) else words(found)
        asked.update(dict.fromkeys(pieces))
    return tuple(asked)[:MOST_WORDS]


async def index_lines(transaction: Transaction, lines: Sequence[tuple[int, Line, Iterable[str]]]) -> None:
    """Adds lines to the index: number, line, and how the places it names are called."""
    rows: list[Values] = [
        {
            "rowid": number,
            "heading": _join(f"{line.ref} {line.title} {line.title_en}"),
            "places": _join(" ".join(names)),
            "body": _join(line.body),
        }
        for number, line, names in lines
    ]
    await transaction.run_each(_INDEX, rows)
    vocabulary = {word for row in rows for column in _COLUMNS for word in str(row[column]).split()}
    await transaction.run_each(
        "INSERT INTO search_words (ending, word) VALUES (:ending, :word) ON CONFLICT DO NOTHING",
        [{"ending": ending, "word": word} for word in sorted(vocabulary) for ending in _endings(word)],
    )


def _join(text: str) -> str:
    return " ".join(dict.fromkeys(words(text)))


def _endings(word: str) -> Iterable[str]:
    """What a word ends in, itself excepted; numbers are not looked into."""
    if _HAS_DIGIT.search(word):
        return ()
    return (word[start:] for start in range(1, len(word) - _SHORTEST_ENDING + 1))


async def match_expressions(fetch: Fetch, text: str) -> tuple[str, ...]:
    """What to ask the index for a text, the best hits first; the last expression finds them all.

    In the heading before the text, and words that begin so before those that only contain it. Nothing where the
    text holds no word.
    """
    asked = asked_words(text)
    if not asked:
        return ()
    begins = [_begins(word) for word in asked]
    either = [" OR ".join((begin, *await _containing(fetch, word))) for begin, word in zip(begins, asked, strict=True)]
    beginning, anywhere = " AND ".join(begins), " AND ".join(f"({one})" for one in either)
    ranked = (
        f"{{{columns}}} : ({words})" for columns in ("heading", "heading body") for words in (beginning, anywhere)
    )
    return (*ranked, anywhere)


def _begins(word: str) -> str:
    """Short words and numbers stand for themselves, longer ones for every word that begins with their stem."""
    beginning = stem(word)
    return f"{_quoted(beginning)}*" if _is_inflected(beginning) else _quoted(word)


def _is_inflected(beginning: str) -> bool:
    return len(beginning) >= _SHORTEST_ENDING and not _HAS_DIGIT.search(beginning)


async def _containing(fetch: Fetch, word: str) -> list[str]:
    """The register's words inside of which a word begins. All of them: a limit would let hidden records be felt."""
    beginning = stem(word)
    if not _is_inflected(beginning):
        return []
    rows = await fetch(
        "SELECT DISTINCT word FROM search_words WHERE ending >= :beginning AND ending < :beyond",
        {"beginning": beginning, "beyond": beginning + "\U0010ffff"},
    )
    return [_quoted(row["word"]) for row in rows]


def _quoted(word: str) -> str:
    # Words consist of letters and digits, with . / - between them; quoted, each is a plain term to FTS5.
    return f'"{word}"'
