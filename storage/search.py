"""Full-text search that knows how German spells, inflects and joins its words.

Every word is indexed in one spelling (``Ämter`` as ``amter``), one with hyphens in pieces and joined. A word asked
for is cut to its stem and looked up among the endings of all words, so that ``kurs`` finds ``Sprachkurse``, and from
there the lines are read in which these words stand: a search costs as much as there is to be found, however many
different words hold the part. Nothing a person writes is ever read as search syntax, and the order of the results
depends on each record alone, never on how often a word stands in records the reader may not see.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache

from registry.folding import fold
from storage.database import Transaction
from storage.lines import Line
from storage.rows import Fetch, Values, among, to_json

MOST_WORDS = 12  # of one question
_MOST_PIECES = 4  # of a word with hyphens that may as well be written apart
_SHORTEST_ENDING = 3
_SHORTEST_BEGINNING = 4  # ``off`` would find every office
_LONGEST_WORD = 60
_FEW = 2_000  # lines found so far; of more, asking for these alone costs what it saves

_WORD = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*")
_TYPOGRAPHIC_HYPHEN = "\u2010"  # folding makes the unbreakable one this
_UMLAUTS = re.compile(r"(?<!q)(ae|oe|ue)")
_INFLECTION = re.compile(r"(?<=....)(?:ern|em|en|er|es|e|(?<!e)n|s)$")
_INFLECTIONS = ("", "e", "em", "en", "er", "ern", "es", "n", "s")

# Where a word of a line may stand, the best last.
_AMONG_PLACES, _IN_BODY, _IN_HEADING = 1, 2, 3
_WAYS = (
    f"e.is_whole = 1 AND s.standing = {_IN_HEADING}",
    f"e.is_whole = 0 AND s.standing = {_IN_HEADING}",
    f"e.is_whole = 1 AND s.standing = {_IN_BODY}",
    f"e.is_whole = 0 AND s.standing = {_IN_BODY}",
    f"s.standing = {_AMONG_PLACES}",
)
_BY_STANDING = ", ".join(f"json_group_array(s.line) FILTER (WHERE {standing})" for standing in _WAYS)
# In which of these ways a word stands in the lines of each rank, the best first. A line's rank is the best that it
# has for all words asked for.
_RANKS = ((0,), (0, 1), (0, 2), (0, 1, 2, 3), (0, 1, 2, 3, 4))

_HAS_DIGIT = re.compile(r"\d")
_REFERENCE = re.compile(r".*\d.*[./-].*|.*[./-].*\d.*")
_TOO_SHORT = re.compile(r"\D?")

Ranks = list[set[int]]  # the numbers of the lines that have each rank or a better one
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
    standings = {number: _standings(line, names) for number, line, names in lines}
    numbers = await _numbered(transaction, {word for standing in standings.values() for word in standing})
    await transaction.run_each(
        "INSERT INTO search_standings (word, line, standing) VALUES (?, ?, ?)",
        sorted((numbers[word], line, place) for line, places in standings.items() for word, place in places.items()),
    )
    await transaction.run_each(
        "INSERT INTO search_lines (line, words) VALUES (?, ?)",
        [(line, to_json([numbers[word] for word in places])) for line, places in standings.items()],
    )


async def forget_everything(transaction: Transaction) -> None:
    for table in ("search_standings", "search_lines", "search_endings", "search_words"):
        await transaction.fetch(f"DELETE FROM {table}")


async def forget_lines(transaction: Transaction, lines: str, rows: Sequence[Values]) -> None:
    """Takes from the index the lines that a select gives for each row of values."""
    held = f"SELECT w.value, l.line FROM search_lines l JOIN json_each(l.words) w WHERE l.line IN {lines}"
    await transaction.run_each(f"DELETE FROM search_standings WHERE (word, line) IN ({held})", rows)
    await transaction.run_each(f"DELETE FROM search_lines WHERE line IN {lines}", rows)


def _standings(line: Line, names: Iterable[str]) -> dict[str, int]:
    """Where each word of a line stands; where in several places, in the best of them."""
    heading = f"{line.ref} {line.title} {line.title_en}"
    texts = ((_AMONG_PLACES, " ".join(names)), (_IN_BODY, line.body), (_IN_HEADING, heading))
    return {word: standing for standing, text in texts for word in words(text)}


async def _numbered(transaction: Transaction, wanted: Set[str]) -> dict[str, int]:
    """The numbers that the index has for words; those it has not met yet get theirs."""
    named = "SELECT word, id FROM search_words WHERE word IN (SELECT value FROM json_each(:words))"
    known = {row["word"]: row["id"] for row in await transaction.fetch(named, {"words": to_json([*wanted])})}
    first = (await transaction.fetch("SELECT coalesce(max(id), 0) + 1 AS id FROM search_words"))[0]["id"]
    new = {word: number for number, word in enumerate(sorted(wanted - known.keys()), first)}
    await transaction.run_each("INSERT INTO search_words (word, id) VALUES (?, ?)", new.items())
    await transaction.run_each(
        "INSERT INTO search_endings (ending, word, is_whole) VALUES (?, ?, ?)",
        sorted((ending, number, int(ending == word)) for word, number in new.items() for ending in _endings(word)),
    )
    return known | new


def _endings(word: str) -> Iterable[str]:
    """The word and what it ends in; numbers are not looked into."""
    last = 0 if _HAS_DIGIT.search(word) else max(0, len(word) - _SHORTEST_ENDING)
    return (word[start:] for start in range(last + 1))


async def lines_with(fetch: Fetch, text: str) -> tuple[str, ...]:
    """The lines that hold all words of a text, as JSON lists, the best hits first; the last list has all of them.

    In the heading before the text, and words that begin so before those that only contain it. Nothing where no
    line is found or the text holds no word.
    """
    found: list[Ranks] = []
    # A long word tends to stand in few lines. One at a time, so that no other question waits for twelve of them.
    for ways in sorted(asked_words(text), key=_length, reverse=True):
        within = found[0][-1] if found and len(found[0][-1]) <= _FEW else None
        either = [_all_of([await _lines_with_piece(fetch, piece, within) for piece in way]) for way in ways]
        found = [_all_of([*found, _any_of(either)])]
        if not found[0][-1]:
            return ()
    return tuple(to_json([*lines]) for ranks in found for lines in ranks)


def _length(ways: Asked) -> int:
    return min(sum(map(len, way)) for way in ways)


def _all_of(found: Sequence[Ranks]) -> Ranks:
    return [set.intersection(*lines) for lines in zip(*found, strict=True)]


def _any_of(found: Sequence[Ranks]) -> Ranks:
    return [set.union(*lines) for lines in zip(*found, strict=True)]


async def _lines_with_piece(fetch: Fetch, piece: str, within: Set[int] | None) -> Ranks:
    """By rank, the lines with a word that begins with a piece or has it inside; ``within`` some, where they are few."""
    condition, values = _meant(piece)
    if within is not None:
        condition += " AND +s.line IN (SELECT value FROM json_each(:within))"
        values["within"] = to_json([*within])
    # From the words to their lines: CROSS and the plus sign keep it so, and nothing has to be sorted.
    standing_in = "FROM search_endings e CROSS JOIN search_standings s ON s.word = e.word"
    rows = await fetch(f"SELECT {_BY_STANDING} {standing_in} WHERE {condition}", values)
    standing = [set(json.loads(lines)) for lines in rows[0]]
    return [set().union(*(standing[at] for at in rank)) for rank in _RANKS]


def _meant(word: str) -> tuple[str, Values]:
    """A longer word stands for every one that its stem begins or has inside, a short one for those that are or end in
    one of its inflected forms, and a number for itself."""
    beginning = stem(word)
    if _HAS_DIGIT.search(word) or len(beginning) < _SHORTEST_ENDING:
        whole = word[:_LONGEST_WORD] if _REFERENCE.fullmatch(word) else _indexed(word)
        return "e.ending = :word AND e.is_whole = 1", {"word": whole}
    if len(beginning) < _SHORTEST_BEGINNING:
        return among("e.ending", _forms(beginning), name="ending")
    values: Values = {"beginning": beginning, "beyond": beginning + "\U0010ffff"}
    return "e.ending >= :beginning AND e.ending < :beyond", values


def _forms(short: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_indexed(short + ending) for ending in _INFLECTIONS))
