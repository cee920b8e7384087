"""Whom to ask about a programme: the organisation, never a private person."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.findings import finding
from documents.lines import Paragraph
from registry.reading import Finding, FindingKind

_ORGANISATION = re.compile(
    r"(?P<name>[A-ZÄÖÜ][^.,;:|]{1,100}?\s(?:g?GmbH|e\.\s?V\.|gUG)(?:\s\([^()]{2,40}\))?)(?=$|[\s,;.])"
)
_MAIL = re.compile(r"\b[\w.+-]{1,64}@(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63})+)")
_SITE = re.compile(
    r"(?<![@\w.-])(?:https?://)?(?:[a-z0-9äöüß-]{1,63}\.){1,4}(?:de|org|info|eu|com|net)\b(?![\w@])(?:/[\w./-]*)?"
)
_PHONE = re.compile(r"(?:\+\s?\d{1,3}|\b0\d{2,5})[\s()/\d-]{5,}\d")
_SOCIAL = re.compile(r"facebook|twitter|instagram|linkedin|youtube|\bx\.com")
_PERSON = re.compile(
    r"(?!Standort\b)(?:(?:Dr\.|Prof\.|Herr|Frau)\s+)*[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?(?:\s+(?:von|van|de|zu))?\s+"
    r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?"
)
_PERSON_ASIDE = re.compile(r"(?:Ansprechp(?:artner|erson)|Kontaktperson|Projektleitung)\w*\s*:\s*\w", re.IGNORECASE)
# Mailboxes that an office shares; any other local part may be a person's name.
_SHARED = frozenset(
    ("info", "office", "kontakt", "contact", "post", "poststelle", "mail", "service", "sekretariat", "projekt")
)


@dataclass(frozen=True, slots=True)
class Contact:
    carrier: str
    text: str
    findings: tuple[Finding, ...]


def read_contact(paragraphs: list[Paragraph], programme: str) -> Contact:
    """The organisation with its web site and shared mailbox; what is left out is noted, never quoted."""
    texts = [paragraph.text for paragraph in paragraphs]
    carrier = next((found["name"].strip() for found in map(_ORGANISATION.match, texts) if found), "")
    mailboxes = (found for text in texts for found in _MAIL.finditer(text))
    shared = [found[0] for found in mailboxes if _is_shared(found[0], programme)]
    sites = [found[0] for text in texts for found in _SITE.finditer(text) if not _SOCIAL.search(found[0])]
    kept = dict.fromkeys((carrier, *sites[:1], *shared[:2]))
    return Contact(carrier, ", ".join(filter(None, kept)), tuple(_left_out(paragraphs, programme)))


def _left_out(paragraphs: list[Paragraph], programme: str) -> Iterator[Finding]:
    for paragraph in paragraphs:
        text = paragraph.text
        kinds = {
            "name": _PERSON.fullmatch(text) or _PERSON_ASIDE.search(text),
            "phone": _PHONE.search(text),
            "mail": next((found for found in _MAIL.finditer(text) if not _is_shared(found[0], programme)), None),
        }
        for words in (kind for kind, found in kinds.items() if found):
            yield finding(FindingKind.NOT_KEPT, paragraph.first, words=words)


def _is_shared(mailbox: str, programme: str) -> bool:
    local = mailbox.partition("@")[0].lower()
    return local in _SHARED or local == programme.lower()
