"""Wishes to change a record in one's own words: understood as whole sentences, or not at all.

``setze 1.5.M1 auf teilweise: Plätze reserviert``, ``Q12 an A11``; and, in a reply to a list, ``2 teilweise``.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from handlers.understanding.statuses import is_plainly_said, read_status
from handlers.understanding.wishbook import Sentence, wish_book
from registry.folding import fold
from registry.queries import Kind
from registry.references import read_reference, reference_kind

LONGEST_WISH = 20  # words before the colon
_ENDS = ".,!?"
# What is to be noted comes after a colon, a dash, a semicolon, or in a new line.
_TEXT = re.compile(r"\s*(?::(?=\s|$)|;|\n|\s[–-]\s)\s*")
_ORDINAL = re.compile(r"#?([1-9]\d?)[.)]?")
_DIGIT = re.compile(r"[0-9]")
_NUMBERED = re.compile(r"QN?(\d+)")
_WITH_TEXT = frozenset({"status", "unfit", "answer", "notmine", "note", "back"})
_NEEDS_TEXT = frozenset({"answer", "unfit", "note"})
_SHOW = "show"
_COMMANDS = {"back": "return", "unfit": "status"}  # what fits no question is said by the command for it
_PAIR = 2
_LONGEST_REFERENCE, _LONGEST_STATUS, _LONGEST_PLACES = 4, 4, 12


@dataclass(frozen=True)
class Wish:
    """``command`` is the one that does it, ``detail`` a status, a day or places, ``text`` what is to be noted.

    ``refs`` are the records that may be meant: none where the list has no such item. Without a ``command`` more
    was wished than one thing.
    """

    command: str
    refs: tuple[str, ...]
    detail: str = ""
    text: str = ""

    def words(self, ref: str) -> str:
        """What the command is called with."""
        said = ": ".join(filter(None, (self.detail, self.text)))
        return f"{ref} {said}".strip()


@dataclass(frozen=True)
class Known:
    """What a wish is read by: whether words name places or a day, and the records the message it answers lists."""

    are_places: Callable[[str], bool]
    is_date: Callable[[str], bool]
    listed: tuple[str, ...] = ()
    is_numbered: bool = False


class _Found(NamedTuple):
    refs: tuple[str, ...] | None = None
    detail: str = ""


def read_wish(text: str, known: Known) -> Wish | None:
    """What somebody wants changed; None for all that may as well be a question."""
    said, noted = _parts(text)
    own_words = [word.strip(_ENDS) for word in fold(said).split()]
    if len(own_words) > LONGEST_WISH or wish_book().wishes.keys().isdisjoint(own_words):
        return None
    words, is_asked_kindly = _without_beginning(_ended(said))
    if "?" in said and not is_asked_kindly:
        return None
    for sentence in (one for word in dict.fromkeys(own_words) for one in wish_book().wishes.get(word, ())):
        if sentence.is_stated and "?" in text:
            continue
        if wish := _meant(sentence, sentence.steps, words, noted, known):
            return wish
    return None


def read_reply(text: str, known: Known) -> Wish | None:
    """What a reply to a message that lists records wants of one of them; None for a plain question."""
    said, noted = _parts(text)
    words = tuple(_ended(said).split())
    if "?" in said or len(words) > LONGEST_WISH:
        return None
    wish = _short(words, noted, known) or read_wish(text, known)
    further = (line for line in noted.splitlines() if _ORDINAL.match(line.strip()))
    if wish is None:
        return Wish("", ()) if _names_several(words, known.listed) else None
    is_followed = any(_short(tuple(_parts(line)[0].split()), _parts(line)[1], known) for line in further)
    return Wish("", ()) if is_followed else wish


def _names_several(words: tuple[str, ...], listed: tuple[str, ...]) -> bool:
    """``1, 2 an A11``, ``1 und 3 fertig``: items one after the other, and then what becomes of them."""
    items = [_ORDINAL.fullmatch(word.rstrip(",")) for word in words if fold(word) not in wish_book().joining]
    return len(items) > _PAIR and all(item and int(item[1]) <= len(listed) for item in items[:_PAIR])


def begins_as_wish(words: str) -> bool:
    """Whether words begin as no question does: ``setze``, ``mark``."""
    return _folded(words.split(maxsplit=1)[0]) in wish_book().changing


def _short(words: tuple[str, ...], noted: str, known: Known) -> Wish | None:
    """An item and what becomes of it; the item may go without saying where the message speaks of one record."""
    for sentence in wish_book().replies:
        if wish := _meant(sentence, sentence.steps, words, noted, known):
            return wish
    if len(set(known.listed)) != 1 or not words:
        return None
    ref = known.listed[0]
    for sentence in wish_book().replies:
        steps = tuple("{state}" if step == "{status}" else step for step in sentence.steps[1:])
        if steps and _fits(sentence.steps[0], ref) and (found := _meant(sentence, steps, words, noted, known, ref)):
            return found
    return None


def _meant(
    sentence: Sentence, steps: tuple[str, ...], words: tuple[str, ...], noted: str, known: Known, ref: str = ""
) -> Wish | None:
    command = sentence.command
    needs_text = command in _NEEDS_TEXT or (command == "status" and len(sentence.steps) == 1)
    if (noted and command not in _WITH_TEXT) or (needs_text and not noted):
        return None
    found = _match(steps, words, known, _Found((ref,) if ref else None))
    if found is None or found.refs is None or (command == _SHOW and not found.refs):
        return None
    return Wish(_COMMANDS.get(command, command), found.refs, found.detail, noted)


def _match(steps: Sequence[str], words: Sequence[str], known: Known, found: _Found) -> _Found | None:
    """The first way to read all the words as these steps, with only such between them as mean nothing."""
    if not words:
        return None if steps else found
    if steps and steps[0].startswith("{"):
        for end in range(min(len(words), _LENGTHS[steps[0]]), 0, -1):
            more = _read(steps[0], " ".join(words[:end]), known, found)
            whole = _match(steps[1:], words[end:], known, more) if more else None
            if whole:
                return whole
    elif steps and _folded(words[0]) == steps[0] and (whole := _match(steps[1:], words[1:], known, found)):
        return whole
    return _match(steps, words[1:], known, found) if _folded(words[0]) in wish_book().skipped else None


def _read(step: str, words: str, known: Known, found: _Found) -> _Found | None:
    match step:
        case "{status}" | "{state}":
            status, rest = read_status(words)
            is_one = status is not None and not rest and (step == "{status}" or is_plainly_said(words))
            return found._replace(detail=words) if is_one else None
        case "{place}":
            return found._replace(detail=words) if known.are_places(words) else None
        case "{date}":
            return found._replace(detail=words) if known.is_date(words) else None
    refs = _records(words, known)
    if refs is None or (refs and not _fits(step, refs[0])):
        return None
    return found._replace(refs=tuple(ref for ref in refs if _fits(step, ref)))


def _records(words: str, known: Known) -> tuple[str, ...] | None:
    """The record that words name; an item of a list by its place, and where the list shows no numbers for them, one
    that might be meant as it is numbered so."""
    if not _DIGIT.search(words):  # every record is called by a number; most questions are over here
        return None
    if ref := read_reference(words):
        return (ref,)
    ordinal = _ORDINAL.fullmatch(words)
    listed = known.listed
    if not ordinal or not listed:
        return None
    place = int(ordinal[1])
    if known.is_numbered:
        return listed[place - 1 : place]
    numbered = [ref for ref in listed if (found := _NUMBERED.fullmatch(ref)) and int(found[1]) == place]
    return tuple(dict.fromkeys((*listed[place - 1 : place], *numbered)))


def _fits(step: str, ref: str) -> bool:
    kind = {"{measure}": Kind.MEASURE, "{inquiry}": Kind.INQUIRY}.get(step)
    return kind is None or reference_kind(ref) is kind


def _parts(text: str) -> tuple[str, str]:
    """The wish itself, and what is to be noted with it."""
    said, *noted = _TEXT.split(text.strip(), maxsplit=1)
    return said, noted[0].strip() if noted else ""


def _without_beginning(said: str) -> tuple[tuple[str, ...], bool]:
    """The words without such as ``können Sie`` before them, and whether there were any."""
    words = tuple(said.split())
    folded = tuple(map(_folded, words))
    for beginning in wish_book().beginnings:
        if folded[: len(beginning)] == beginning:
            return words[len(beginning) :], True
    return words, False


def _ended(said: str) -> str:
    """Without the signs at its end; the dot of a day stays."""
    words = said.rstrip(" !?")
    return words if words[-2:-1].isdecimal() else words.removesuffix(".")


def _folded(word: str) -> str:
    return fold(word).strip(_ENDS)


_LENGTHS = {
    "{ref}": _LONGEST_REFERENCE,
    "{measure}": _LONGEST_REFERENCE,
    "{inquiry}": _LONGEST_REFERENCE,
    "{status}": _LONGEST_STATUS,
    "{state}": _LONGEST_STATUS,
    "{place}": _LONGEST_PLACES,
    "{date}": _LONGEST_PLACES,
}
