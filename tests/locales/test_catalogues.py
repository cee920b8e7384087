"""The catalogues: complete, with equal placeholders, and safe to stand in a message."""

from pathlib import Path

import pytest
from babel.messages import Catalog

from locales import catalogues
from locales.translations import languages

ALL = ("de", "en")


@pytest.fixture(scope="module")
def said() -> Catalog:
    return catalogues.extracted()


@pytest.mark.parametrize("code", ALL)
def test_says_every_sentence_of_the_code_and_no_other(code: str, said: Catalog) -> None:
    assert list(catalogues.faults(code, said)) == []


@pytest.mark.parametrize("code", ALL)
def test_no_sentence_has_characters_of_markup(code: str) -> None:
    texts = [str(text) for message in catalogues.catalogue(code) for text in (message.id, message.string) if message.id]

    assert [text for text in texts if set("<>&") & set(text)] == []


def test_there_are_catalogues_for_german_first_and_english() -> None:
    assert languages() == ALL


def test_english_says_what_the_code_says(said: Catalog) -> None:
    assert [m.id for m in catalogues.catalogue("en") if m.id and m.string != m.id] == []


def test_german_addresses_people_politely() -> None:
    words = {
        word.strip(".,;:!?()„“").lower()
        for message in catalogues.catalogue("de")
        for word in str(message.string).replace("'", " ").split()
    }

    assert words & {"du", "dich", "dir", "dein", "deine", "deinen", "deiner", "euch", "euer", "eure"} == set()


def test_what_is_missing_wrong_or_too_much_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    template = Catalog()
    for sentence in ("{n} open", "said", "not yet said"):
        template.add(sentence)
    kept = Catalog(locale="de")
    kept.add("{n} open", "{m} offen")
    kept.add("said", "")
    kept.add("long gone", "längst weg")
    monkeypatch.setattr(catalogues, "catalogue", lambda code: kept)

    assert sorted(catalogues.faults("de", template)) == [
        "de: missing not yet said",
        "de: no longer said long gone",
        "de: not translated said",
        "de: other placeholders {n} open",
    ]


def test_renewing_twice_changes_nothing(said: Catalog, tmp_path: Path) -> None:
    once, again = tmp_path / "once.po", tmp_path / "again.po"

    catalogues.write(once, catalogues.renewed("de", said))
    catalogues.write(again, catalogues.renewed("de", said))

    assert once.read_bytes() == again.read_bytes() == (catalogues.HERE / "de/LC_MESSAGES/amtsbote.po").read_bytes()
