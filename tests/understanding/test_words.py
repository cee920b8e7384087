"""The words of the grammar: files that say what is wrong with them, and slips that are forgiven or not."""

from pathlib import Path
from shutil import copy, copytree

import pytest

from handlers.understanding.phrasebook import Phrasebook, PhraseConflictError, phrasebook
from handlers.understanding.senses import Role
from handlers.understanding.tokens import split
from locales.words import HERE, Words, WordsError, all_words, load_words


@pytest.fixture
def languages(tmp_path: Path) -> Path:
    for language in ("de", "en"):
        (tmp_path / language).mkdir()
        copy(HERE / language / "words.toml", tmp_path / language)
    return tmp_path


def _rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_both_languages_are_there_and_agree() -> None:
    assert len(all_words()) == 2
    assert Phrasebook(all_words())


def test_a_starred_word_takes_every_ending() -> None:
    german = all_words()[0]

    assert {"verworfen", "verworfene", "verworfenen", "verworfener"} <= set(german.groups()["statuses", "discarded"])


def test_a_missing_list_is_an_error_that_names_file_and_place(languages: Path) -> None:
    _rewrite(languages / "de/words.toml", "\nopen = [", "\nopened = [")

    with pytest.raises(WordsError, match=r"^de/words\.toml: .*intents\.open: Field required.*intents\.opened"):
        load_words(languages)


def test_a_file_that_is_no_toml_is_an_error_that_names_it(languages: Path) -> None:
    (languages / "en/words.toml").write_text("[intents\n", encoding="utf-8")

    with pytest.raises(WordsError, match=r"^en/words\.toml: "):
        load_words(languages)


def test_a_phrase_with_two_meanings_is_refused(languages: Path) -> None:
    _rewrite(languages / "en/words.toml", 'overdue = ["overdue"', 'overdue = ["open"')

    with pytest.raises(PhraseConflictError, match="open"):
        Phrasebook(load_words(languages))


def test_a_new_language_is_a_folder(languages: Path) -> None:
    copytree(languages / "en", languages / "fr")
    _rewrite(languages / "fr/words.toml", 'overdue = ["overdue"', 'overdue = ["en retard", "overdue"')
    with (languages / "fr/words.toml").open("a", encoding="utf-8") as file:
        file.write('\n[time]\nweek = ["semaine"]\nthis = ["cette"]\n')

    book = Phrasebook(load_words(languages))

    found = book.find(split("en retard cette semaine"), 0)
    assert found is not None and (found.end, found.sense.sets.intent) == (2, "overdue")
    assert (book.time_words["cette"], book.time_words["semaine"]) == ("this", "week")


def test_a_phrase_with_a_gap_is_found_whole() -> None:
    match = phrasebook().find(split("liegt beim Sozialamt noch an"), 0)

    assert match is not None
    assert (match.end, match.rest, match.sense.role) == (1, (4, 5), Role.INTENT)


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("ofene", "offene"),
        ("offnee", "offene"),
        ("frsit", "frist"),
        ("masnahmen", "massnahmen"),
        ("ueberfaelig", "ueberfaellig"),
        ("dezmber", "dezember"),
        ("overdeu", "overdue"),
        ("quesitons", "questions"),
        ("deadlnes", "deadlines"),
    ],
)
def test_a_slip_in_a_long_word_is_forgiven(slip: str, word: str) -> None:
    assert phrasebook().spelling.correct(slip) == word


@pytest.mark.parametrize(
    "word",
    ["ofen", "opn", "sache", "sachen", "keine", "seine", "first", "stadt", "strand", "sand", "schulen", "ausgaben",
     "abfrage", "ueberarbeitet", "context", "mittel", "meinte", "klagen", "weisse", "lauf", "letter", "parity",
     "beantworten", "verwerfen", "vorwerfen", "veraendern", "zurueckziehen", "freigeben", "umsetzen", "erledigen",
     "withdraw", "approve", "settle", "answer", "implement",
     "close", "update", "consent", "fiction", "a50", "q12", "sprachkurs", "hundesteuer"],
)  # fmt: skip
def test_another_word_is_no_slip(word: str) -> None:
    assert phrasebook().spelling.correct(word) is None


def test_a_slip_inside_a_word_that_reports_something_done_is_forgiven() -> None:
    slips = ("beantwortt", "beantworett", "umgesezte", "discraded")

    assert [phrasebook().spelling.correct(slip) for slip in slips] == [
        None,
        "beantwortet",
        "umgesetzte",
        "discarded",
    ]


def test_the_files_are_read_once() -> None:
    assert all_words() is all_words()
    assert all(isinstance(words, Words) for words in all_words())
