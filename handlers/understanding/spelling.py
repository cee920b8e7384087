"""Which word a misspelt one was meant to be, or none where that is not certain."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5
LONG = 12
ENDING = 2
_LONG_ENOUGH_TO_REPLACE = 9


class Spelling:
    """``meant`` are the words a misspelt one may be; ``known`` ones are never taken for misspelt.

    ``done`` are those among them that say what has happened: with another ending they say what is still to happen.
    """

    def __init__(self, meant: Iterable[str], known: Iterable[str], done: Iterable[str] = ()) -> None:
        self._meant = tuple(sorted(word for word in meant if len(word) >= SHORTEST))
        self._known = frozenset(known)
        self._done = frozenset(done)

    def correct(self, word: str) -> str | None:
        """The word meant: one slip away, two for a long word. Short words and first letters are never corrected."""
        if word in self._known or len(word) < SHORTEST or not word.isascii():
            return None
        slips = 2 if len(word) >= LONG else 1
        near = process.extract(word, self._meant, scorer=OSA.distance, score_cutoff=slips, limit=None)
        likely = [(int(distance), meant) for meant, distance, _ in near if self._may_be(word, meant)]
        if not likely:
            return None
        least = min(distance for distance, _ in likely)
        return _the_one([meant for distance, meant in likely if distance == least])

    def _may_be(self, word: str, meant: str) -> bool:
        """``beantworten`` is no slip for ``beantwortet``."""
        same_form = word[-ENDING:] == meant[-ENDING:] or sorted(word) == sorted(meant)
        return is_slip(word, meant) and (same_form or meant not in self._done)


def is_slip(word: str, meant: str) -> bool:
    """Whether what differs in two words that are close is rather a slip than another word."""
    if word[0] != meant[0]:
        return False
    # In a short word another letter is another word: "Sache" is no "Suche"; swapped letters are still a slip.
    replaced = len(word) == len(meant) and sorted(word) != sorted(meant)
    return not replaced or len(word) >= _LONG_ENOUGH_TO_REPLACE


def _the_one(nearest: list[str]) -> str | None:
    """The shortest, where all others are only its inflections."""
    shortest = min(nearest, key=len)
    return shortest if all(word.startswith(shortest) for word in nearest) else None
