"""The words for days and spans of time, German and English, and the terms they stand for."""

import re
from collections.abc import Mapping
from itertools import chain

from registry.folding import fold

_MONTHS = {
    1: "jan january januar jaenner",
    2: "feb february februar",
    3: "mar march maerz mrz",
    4: "apr april",
    5: "may mai",
    6: "jun june juni",
    7: "jul july juli",
    8: "aug august",
    9: "sep sept september",
    10: "oct october okt oktober",
    11: "nov november",
    12: "dec december dez dezember",
}
_WEEKDAYS = {
    0: "monday montag mon",
    1: "tuesday dienstag tue",
    2: "wednesday mittwoch",
    3: "thursday donnerstag thu",
    4: "friday freitag fri",
    5: "saturday samstag sonnabend",
    6: "sunday sonntag",
}
_NUMBERS = {
    1: "ein eine einen einem einer eines one",
    2: "zwei two",
    3: "drei three",
    4: "vier four",
    5: "fuenf five",
    6: "sechs six",
    7: "sieben seven",
    8: "acht eight",
    9: "neun nine",
    10: "zehn ten",
    12: "zwoelf twelve",
    14: "vierzehn fourteen",
    30: "dreissig thirty",
}
_ORDINALS = {
    1: "erste ersten erstes erster first",
    2: "zweite zweiten zweites zweiter second",
    3: "dritte dritten drittes dritter third",
    4: "vierte vierten viertes vierter fourth",
}
_TERMS = {
    "today": "heute today",
    "tomorrow": "morgen tomorrow",
    "overmorrow": "uebermorgen",
    "yesterday": "gestern yesterday",
    "day": "tag tage tagen day days",
    "workday": "arbeitstag arbeitstage arbeitstagen werktag werktage werktagen workday workdays",
    "working": "working business",
    "week": "woche wochen week weeks",
    "cw": "kw kalenderwoche cw",
    "month": "monat monate monaten monats month months",
    "quarter": "quartal quartals quartale quartalen quarter quarters q",
    "half": "halbjahr halbjahres jahreshaelfte half",
    "year": "jahr jahre jahren jahres year years",
    "this": "diese dieser diesen diesem dieses this current laufenden aktuellen",
    "next": "naechste naechster naechsten naechstem naechstes kommende kommenden kommender kommendes next coming",
    "last": "letzte letzter letzten letztem letztes vergangene vergangenen vorige voriger vorigen last past previous",
    "in": "in im am on",
    "within": "within innerhalb binnen",
    "for": "for",
    "more": "more mehr",
    "longer": "longer laenger",
    "than": "than als",
    "above": "over ueber",
    "least": "least mindestens",
    "a": "a",
    "until": "bis until by till spaetestens to latest",
    "before": "vor before",
    "since": "seit since",
    "from": "ab from",
    "after": "nach after",
    "between": "zwischen between",
    "and": "und and",
    "end": "ende end",
    "middle": "mitte middle mid",
    "start": "anfang beginn start beginning",
    "end year": "jahresende jahresendes",
    "end month": "monatsende monatsendes",
    "end quarter": "quartalsende",
    "end week": "wochenende weekend",
    "th": "th st nd rd",
    "h": "h hj",
    "": "the of des der dem den die das von vom zum zur at during",
}


def _words() -> dict[str, str]:
    groups = chain(
        ((f"m{number}", words) for number, words in _MONTHS.items()),
        ((f"d{number}", words) for number, words in _WEEKDAYS.items()),
        ((f"{number}", words) for number, words in _NUMBERS.items()),
        ((f"{number} .", words) for number, words in _ORDINALS.items()),
        _TERMS.items(),
    )
    return {word: term for term, words in groups for word in words.split()}


TIME_WORDS: Mapping[str, str] = _words()

# A dot belongs to a number (``31.12.``) and is dropped after a word (``Dez.``); what is unknown here stays.
_PIECES = re.compile(r"(?:i|ii|iii|iv)\.(?= )|[a-z]+|[0-9]+|(?<=[0-9])\.|[^\s.,;:()]")
_ROMAN = {"i.": "1 .", "ii.": "2 .", "iii.": "3 .", "iv.": "4 ."}
_DASHES = str.maketrans("–—‑−", "----")


def terms(text: str, words: Mapping[str, str] = TIME_WORDS) -> str:
    """The text as terms divided by spaces: ``31. Dez. 2026`` is ``31 . m12 2026``. Other words stay themselves."""
    pieces = _PIECES.findall(fold(text).translate(_DASHES))
    return " ".join(filter(None, (_ROMAN.get(piece) or words.get(piece, piece) for piece in pieces)))
