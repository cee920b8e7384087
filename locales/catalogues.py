"""Keeps the catalogues in step with the sentences in the code."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
ROOT = HERE.parent
TEMPLATE = HERE / "messages.pot"
SOURCE_LANGUAGE = "en"
SPEAKING = ("bot", "handlers", "scheduler", "views")
KEYWORDS = {
    "say": None,
    "phrase": None,
    "plural": (1, 2),
    "of": ((1, "c"), 2),
    "term": ((1, "c"), 2),
}
# What a catalogue's head would change with every run, and what says nothing.
_LEFT_OUT = ('"POT-Creation', '"PO-Revision', '"Last-Translator', '"Language-Team', '"Report-Msgid', "#\n", "# ")


def main() -> None:
    """Renews the template and every catalogue; ``--check`` only tells their faults. Ends with 1 if there are any."""
    template = extracted()
    codes = sorted(path.parent.name for path in HERE.glob("*/LC_MESSAGES"))
    if "--check" not in sys.argv[1:]:
        write(TEMPLATE, template)
        for code in codes:
            write(_path(code), renewed(code, template))
    found = [fault for code in codes for fault in faults(code, template)]
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    raise SystemExit(1 if found else 0)


def extracted() -> Catalog:
    """Every sentence the code says, with the files that say it."""
    template = Catalog(project="amtsbote", charset="utf-8", fuzzy=False)
    for package in SPEAKING:
        for file, _, message, _, context in extract_from_dir(ROOT / package, keywords=KEYWORDS):
            # Without line numbers a catalogue changes only where a sentence does.
            template.add(message, locations=[(f"{package}/{file}", 0)], context=context)
    return template


def catalogue(code: str) -> Catalog:
    path = _path(code)
    if not path.exists():
        return Catalog(locale=code, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def renewed(code: str, template: Catalog) -> Catalog:
    """The catalogue with new sentences added and gone ones dropped; English says what the code says."""
    kept = catalogue(code)
    kept.update(template, no_fuzzy_matching=True, update_header_comment=False)
    kept.obsolete.clear()
    kept.fuzzy = False
    if code == SOURCE_LANGUAGE:
        for message in _sentences(kept):
            message.string = message.id
    return kept


def faults(code: str, template: Catalog) -> Iterator[str]:
    """What a catalogue lacks, has too much of, or says with other placeholders than the code."""
    kept = {_key(message): message for message in _sentences(catalogue(code))}
    wanted = {_key(message) for message in _sentences(template)}
    yield from (f"{code}: missing {key}" for key in sorted(wanted - kept.keys()))
    yield from (f"{code}: no longer said {key}" for key in sorted(kept.keys() - wanted))
    yield from (f"{code}: {fault} {key}" for key, message in kept.items() for fault in _faults(message))


def _faults(message: Message) -> Iterator[str]:
    *singular, many = _strings(message.id)
    *said_of_one, said_of_many = _strings(message.string) or ("",)
    if message.fuzzy or not all((*said_of_one, said_of_many)):
        yield "not translated"
    elif _placeholders(said_of_many) != _placeholders(many):
        yield "other placeholders"
    elif not _placeholders(*said_of_one) <= _placeholders(*singular, many):
        yield "a placeholder too much"


def write(path: Path, written: Catalog) -> None:
    text = BytesIO()
    write_po(text, written, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = text.getvalue().decode().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(_LEFT_OUT)), encoding="utf-8")


def _path(code: str) -> Path:
    return HERE / code / "LC_MESSAGES" / "amtsbote.po"


def _sentences(source: Catalog) -> Iterator[Message]:
    return (message for message in source if message.id)


def _key(message: Message) -> str:
    first = _strings(message.id)[0]
    return f"{message.context}: {first}" if message.context else first


def _strings(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _placeholders(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}
