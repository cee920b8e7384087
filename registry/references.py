"""References: how measures, inquiries, papers and modules are numbered and called."""

import re

from registry.folding import tidy
from registry.queries import Kind

LONGEST = 80

# The third number of a measure stays below 20: ``31.12.26`` is a date.
_MEASURE = re.compile(
    r"(?:(?:massnahme|measure|m)[ .:]*)?"
    r"(?P<field>[1-9]\d?)[ .]{1,2}(?P<recommendation>[1-9]\d?)"
    r"(?:[ .]{0,2}m[ .]?(?P<m>[1-9]\d?)|\.(?P<bare>1?[1-9]|10))",
    re.ASCII,
)
_MEASURE_IN_WORDS = re.compile(
    r"(?:hf|handlungsfeld|field(?: of action)?)[ .]?(?P<field>[1-9]\d?)[ ,/.;:-]{0,3}"
    r"(?:e|r|empf|empfehlung|recommendation)[ .]{0,2}(?P<recommendation>[1-9]\d?)[ ,/.;:-]{0,3}"
    r"(?:m|massnahme|measure)[ .]{0,2}(?P<m>[1-9]\d?)",
    re.ASCII,
)
_INQUIRY = re.compile(
    r"(?:q|(?:frage|anfrage|question|inquiry|anmerkung|remark)(?: (?:nr|no|nummer|number)\.?)?(?: q)?)"
    r"(?P<nonpublic>n?)[ .#]{0,2}(?P<number>[1-9]\d{0,5})",
    re.ASCII,
)
_PAPER = re.compile(
    r"(?P<called>(?:ds|drucksachen?|council paper|paper|vorlage)(?: (?:nr|no|nummer|number)\.?)?[ .:]{0,2})?"
    r"(?P<number>\d{1,5}) ?/ ?(?:20)?(?P<year>\d\d)(?: ?-? ?e(?P<result>[1-9]\d?))?",
    re.ASCII,
)
_MODULE = re.compile(r"(?P<programme>[^\W\d_][\w-]{1,39})\.(?P<module>[1-9][0-9]?[a-zA-Z]?)")
_CANONICAL_MEASURE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.M[0-9]{1,2}")
_CANONICAL_INQUIRY = re.compile(r"QN?[0-9]+")  # QN: an inquiry that was not public when it was numbered

# Cyrillic and Greek letters, dashes and slashes that look like the ones references are written with.
_LOOKALIKES = str.maketrans("АВЕКМОРСТХНаеорсхкмҚԚΑΒΕΗΚΜΟΡΤΧ–—‑−‐∕⁄", "ABEKMOPCTXHaeopcxkmQQABEHKMOPTX-----//")


def read_reference(text: str) -> str | None:
    """The canonical reference that exactly these words are, if they are one.

    A module keeps its programme's name as written (a name of one word); whether such a record exists is not
    asked here.
    """
    written = plain_letters(tidy(text[: 4 * LONGEST])).strip(" ,;:!?").removesuffix(".")
    if not written or len(written) > LONGEST:
        return None
    lower = written.lower().replace("ß", "ss")
    return _measure(lower) or _inquiry(lower) or _paper(lower) or _module(written)


def plain_letters(text: str) -> str:
    """The text, as long as before, with Latin letters and ASCII dashes for those that only look like them."""
    return text.translate(_LOOKALIKES)


def reference_kind(ref: str) -> Kind:
    """What a canonical reference refers to; a module counts as its programme."""
    if _CANONICAL_MEASURE.fullmatch(ref):
        return Kind.MEASURE
    if _CANONICAL_INQUIRY.fullmatch(ref):
        return Kind.INQUIRY
    return Kind.PAPER if _PAPER.fullmatch(ref.lower()) else Kind.PROGRAMME


def natural_key(ref: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts numbers as numbers: ``1.2.M3`` before ``1.10.M1``, ``Q9`` before ``Q12``."""
    return tuple(_sort_key(piece) for piece in re.findall(r"[0-9]+|[^0-9]+", ref))


def _sort_key(piece: str) -> tuple[int, int, str]:
    if not "0" <= piece[0] <= "9":
        return (1, 0, piece.casefold())
    digits = piece.lstrip("0")
    return (0, len(digits), digits)


def _measure(lower: str) -> str | None:
    found = _MEASURE.fullmatch(lower) or _MEASURE_IN_WORDS.fullmatch(lower)
    if not found:
        return None
    named = found.groupdict()
    return f"{named['field']}.{named['recommendation']}.M{named['m'] or named['bare']}"


def _inquiry(lower: str) -> str | None:
    found = _INQUIRY.fullmatch(lower)
    return f"Q{found['nonpublic'].upper()}{found['number']}" if found else None


def _paper(lower: str) -> str | None:
    found = _PAPER.fullmatch(lower)
    # "12/26" alone may as well be a month.
    if not found or (not found["called"] and len(found["number"]) < 3) or int(found["number"]) == 0:
        return None
    number = f"{int(found['number']):04}/{found['year']}"
    return f"{number}-E{found['result']}" if found["result"] else number


def _module(written: str) -> str | None:
    found = _MODULE.fullmatch(written)
    return f"{found['programme']}.{found['module'].lower()}" if found else None
