"""Telegram's HTML, composed in one place: whatever is not Html yet is cleaned, isolated and escaped here."""

import re
import unicodedata
from collections.abc import Iterable
from html import escape as _escaped
from html import unescape

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_JOINER = "\u200d"  # holds emoji sequences together
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARKED = re.compile(f"[&<>]|{_RIGHT_TO_LEFT.pattern}")  # nearly no text has any of it
_TAG = re.compile(r"</?[a-z][^>]*>")
_TOKENS = re.compile(r"</?[a-z][^>]*>|\s|(?:&[a-z]+;|[^<&\s]){1,64}")
_GAP = "\n\n"
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_TIED = re.compile(  # a space that no line may end with: behind a symbol or a weekday, within a date, before a dash
    " (?:"
    "(?<=[●◐◕○✕◌✓⚠↶✎🔒] )"
    r"|(?<=\b(?:Mo|Di|Mi|Do|Fr|Sa|So)\., )(?=\d)"
    r"|(?<=\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )(?=\d)"
    rf"|(?<=\d )(?=(?:{_MONTHS}) \d{{4}}|Uhr\b|Arbeitstag|working day)"
    rf"|(?<=\d (?:{_MONTHS}) )(?=\d{{4}}\b)"
    r"|(?=[·–→] )"
    ")"
)
_LOOSE_ENDS = " ,;:–-…"


class Html(str):
    """Text that is safe to send as it is; everything else is escaped before it becomes part of a message."""

    __slots__ = ()


def clean(text: str) -> str:
    """The text without control characters, bidi marks, zero-width characters and lone surrogates."""
    if text.isprintable():
        return text
    kept = (c for i, c in enumerate(text) if c in "\n\t" or not _is_invisible(c) or _joins_emoji(text, i))
    return "".join(kept)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"}


def _joins_emoji(text: str, index: int) -> bool:
    return text[index] == _JOINER and 0 < index < len(text) - 1 and not text[index + 1].isalnum()


def html(text: str) -> Html:
    """The text as Html; right-to-left words are isolated, so that they cannot reorder what stands around them."""
    if isinstance(text, Html):
        return text
    if text.isprintable() and not _MARKED.search(text):
        return Html(text)
    safe = _escaped(clean(text), quote=False)
    if _RIGHT_TO_LEFT.search(safe):
        safe = f"{_FIRST_STRONG_ISOLATE}{safe}{_POP_ISOLATE}"
    return Html(safe)


def capitalized(text: str) -> str:
    """As words stand at the beginning of a line."""
    return text[:1].upper() + text[1:]


def bold(text: str) -> Html:
    return _tagged("b", text)


def italic(text: str) -> Html:
    return _tagged("i", text)


def code(text: str) -> Html:
    return _tagged("code", text)


def preformatted(text: str) -> Html:
    """As it is set, to be copied by a tap."""
    return _tagged("pre", text)


def _tagged(tag: str, text: str) -> Html:
    return Html(f"<{tag}>{html(text)}</{tag}>") if text.strip() else Html("")


def quote(text: str, *, folded: bool = False) -> Html:
    """A block of quoted words; a folded one shows its first lines and opens at a tap."""
    return Html(f"<blockquote{' expandable' if folded else ''}>{html(text).strip()}</blockquote>")


def join(separator: str, parts: Iterable[str]) -> Html:
    """The parts that say something, with the separator between them."""
    return Html(html(separator).join([part if isinstance(part, Html) else html(part) for part in parts if part]))


def lines(*parts: str) -> Html:
    return join("\n", parts)


def paragraphs(*parts: str) -> Html:
    return join(_GAP, parts)


def fill(sentence: str, **values: str) -> Html:
    """A sentence of the catalogue with values that may be Html; values are never read as templates."""
    return Html(_escaped(sentence, quote=False).format(**{name: html(value) for name, value in values.items()}))


def tied(markup: str) -> str:
    """With no-break spaces where a line had better not end, as the messenger sends it."""
    return _TIED.sub("\N{NO-BREAK SPACE}", markup)


def plain(markup: str) -> str:
    """What a message says without its markup, for terminals, buttons and tests."""
    return unescape(_TAG.sub("", markup))


def shortened(text: str, length: int) -> str:
    """The first words of a text in one line; ``…`` stands apart behind whole words and close behind a cut one."""
    line = " ".join(clean(text).split())
    if len(line) <= length:
        return line
    words, _, rest = line[: length - 1].rpartition(" ")
    if words and (len(rest) < length // 3 or line[length - 1] == " "):
        return f"{words.rstrip(_LOOSE_ENDS)} …"
    return f"{line[: length - 1]}…"


def parted(blocks: Iterable[Html], limit: int) -> tuple[Html, ...]:
    """The blocks as texts of at most ``limit`` characters: cut between blocks, a longer one between its words."""
    parts: list[list[Html]] = [[]]
    room = limit
    for block in blocks:
        is_long = len(plain(block)) > limit
        for piece in split(block, limit, first=room - len(_GAP) if is_long and room > limit // 2 else limit):
            needed = len(plain(piece)) + (len(_GAP) if parts[-1] else 0)
            if parts[-1] and needed > room:
                parts.append([])
                room, needed = limit, len(plain(piece))
            room -= needed
            parts[-1].append(piece)
    return tuple(paragraphs(*part) for part in parts)


def split(markup: Html, limit: int, *, first: int | None = None) -> tuple[Html, ...]:
    """Cuts between words; what is open at a cut is closed before it and opened again behind it.

    ``first`` limits the first piece where there is less room for it.
    """
    pieces, open_tags, room = [""], list[str](), first or limit
    is_new = True
    for token in _TOKENS.findall(markup):
        size = 0 if _TAG.fullmatch(token) else len(unescape(token))
        if size > room:
            pieces[-1] = pieces[-1].rstrip() + "".join(map(_closing, reversed(open_tags)))
            pieces.append("".join(open_tags))
            room, is_new = limit, True
        if is_new and token.isspace():
            continue
        if token.startswith("</"):
            open_tags.pop()
        elif size == 0:
            open_tags.append(token)
        pieces[-1] += token
        room -= size
        is_new = is_new and size == 0
    return tuple(map(Html, pieces))


def _closing(tag: str) -> str:
    return f"</{tag[1:-1].split()[0]}>"
