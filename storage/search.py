"""Full-text search that knows how German spells, inflects and joins its words.

Every word is indexed in one spelling (``Ämter`` as ``amter``), one with hyphens in pieces and joined. A word asked
for is cut to its stem and looked up among the endings of all words, so that ``kurs`` finds ``Sprachkurse``; the
words it stands for are then asked of the index by name. Nothing a person writes is ever read as search syntax, and
the order of the results depends on each record alone, never on how often a word stands in records the reader may
not see.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from registry.folding import fold
from storage.database import Transaction
from storage.lines import Line
from storage.rows import Fetch, Values, among

MOST_WORDS = 12  # of one question
_MOST_PIECES = 4  # of a word with hyphens that may as well be written apart
_SHORTEST_ENDING = 3
_SHORTEST_BEGINNING = 4  # ``off`` would find every office
_LONGEST_WORD = 60

_WORD = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*")
_TYPOGRAPHIC_HYPHEN = "\u2010"  # folding makes the unbreakable one this
_UMLAUTS = re.compile(r"(?<!q)(ae|oe|ue)")
_INFLECTION = re.compile(r"(?<=....)(?:ern|em|en|er|es|e|(?<!e)n|s)$")
_INFLECTIONS = ("", "e", "em", "en", "er", "ern", "es", "n", "s")
_COLUMNS = ("heading", "places", "body")
_INDEX = "INSERT INTO search (rowid, heading, places, body) VALUES (:rowid, :heading, :places, :body)"

_HAS_DIGIT = re.compile(r"\d")
_REFERENCE = re.compile(r".*\d.*[./-].*|.*[./-].*\d.*")
_TOO_SHORT = re.compile(r"\D?")

Asked = tuple[tuple[str, ...], ...]  # one word asked for: any of these, of each every piece


def words(text: str) -> Iterator[str]:
    """The words of a text as the index spells them; a reference such as ``0112/23`` stays one word besides."""
    for found in _written(text):
        yield from _spellings(found)


def _written(text: str) -> list[str]:
    return _WORD.findall(fold(text).replace(_TYPOGRAPHIC_HYPHEN, "-"))


@lru_cache(maxsize=100_000)
def _spellings(found: str) -> tuple[str, ...]:
    pieces = tuple(_indexed(piece) for piece in re.split(r"[./-]", found))
    joined = tuple(_indexed(part.replace("-", "")) for part in re.split(r"[./]", found) if "-" in part)
    return (*([found[:_LONGEST_WORD]] if _REFERENCE.fullmatch(found) else []), *pieces, *joined)


def _indexed(word: str) -> str:
    # Plural and singular often differ by an umlaut only: "Ämter" and "Amt".
    return _UMLAUTS.sub(lambda umlaut: umlaut[0][0], word)[:_LONGEST_WORD]


def stem(word: str) -> str:
    """What of a folded word stays the same when it is inflected, as the index spells it; numbers are left alone."""
    return _indexed(word if _HAS_DIGIT.search(word) else _INFLECTION.sub("", word))


def asked_words(text: str) -> tuple[Asked, ...]:
    """The words that have to be found, folded; none where there are but single letters."""
    asked = dict.fromkeys(one for found in _written(text) for one in _asked(found))
    told = tuple(asked)[:MOST_WORDS]
    return told if any(not _TOO_SHORT.fullmatch(piece) for piece in _pieces(told)) else ()


def _asked(found: str) -> Iterator[Asked]:
    """Of a reference only the whole counts; what has hyphens may be written in one word or in pieces."""
    if _REFERENCE.fullmatch(found):
        yield tuple((whole,) for whole in dict.fromkeys((found, found.replace("-", ""))))
        return
    for part in re.split(r"[./]", found):
        joined, pieces = (part.replace("-", ""),), tuple(part.split("-"))
        yield (joined, pieces) if 1 < len(pieces) <= _MOST_PIECES else (joined,)


def _pieces(asked: Iterable[Asked]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece for ways in asked for way in ways for piece in way))


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
    begins = {piece: _begins(piece) for piece in _pieces(asked)}
    either = {piece: _any_of((begin, *await _containing(fetch, piece))) for piece, begin in begins.items()}
    beginning, anywhere = _all_of(asked, begins), _all_of(asked, either)
    ranked = (
        f"{{{columns}}} : ({words})" for columns in ("heading", "heading body") for words in (beginning, anywhere)
    )
    return (*ranked, anywhere)


def _all_of(asked: Iterable[Asked], terms: Mapping[str, str]) -> str:
    """The whole question, each piece by the term that it stands for."""
    return " AND ".join(_any_of(" AND ".join(terms[piece] for piece in way) for way in ways) for ways in asked)


def _any_of(terms: Iterable[str]) -> str:
    return f"({' OR '.join(terms)})"


def _begins(word: str) -> str:
    """A longer word stands for every one that begins with its stem, a short one for its inflected forms alone, and
    a number for itself."""
    beginning = stem(word)
    if _HAS_DIGIT.search(word) or len(beginning) < _SHORTEST_ENDING:
        return _quoted(word[:_LONGEST_WORD] if _REFERENCE.fullmatch(word) else _indexed(word))
    if len(beginning) < _SHORTEST_BEGINNING:
        return _any_of(map(_quoted, _forms(beginning)))
    return f"{_quoted(beginning)}*"


def _forms(short: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_indexed(short + ending) for ending in _INFLECTIONS))


async def _containing(fetch: Fetch, word: str) -> list[str]:
    """The register's words inside of which a word begins. All of them: a limit would let hidden records be felt."""
    beginning = stem(word)
    if _HAS_DIGIT.search(word) or len(beginning) < _SHORTEST_ENDING:
        return []
    condition, values = among("ending", _forms(beginning), name="ending")
    if len(beginning) >= _SHORTEST_BEGINNING:
        condition = "ending >= :beginning AND ending < :beyond"
        values = {"beginning": beginning, "beyond": beginning + "\U0010ffff"}
    rows = await fetch(f"SELECT DISTINCT word FROM search_words WHERE {condition}", values)
    return [_quoted(row["word"]) for row in rows]


def _quoted(word: str) -> str:
    # Words consist of letters and digits, with . / - between them; quoted, each is a plain term to FTS5.
    return f'"{word}"'
