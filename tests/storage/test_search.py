"""What words find, however they are spelled, inflected or joined."""

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from sqlite3 import Row

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.desk import Listing
from registry.measures import Measure
from registry.queries import Intent, Kind, Query
from registry.visibility import Clearance
from storage import search
from storage.listings import listing
from storage.rows import Values
from storage.search import asked_words, lines_with, stem, words
from storage.store import Store
from tests.storage.conftest import apply
from tests.storage.records import (
    PUBLIC,
    TODAY,
    a_mandate,
    a_measure,
    a_paper,
    a_programme,
    a_reading,
    an_inquiry,
)


async def found(store: Store, text: str, **filters: object) -> list[str]:
    query = Query.model_validate({"intent": Intent.SEARCH, "words": text} | filters)
    return [line.ref for line in (await store.register(PUBLIC).listing(query, TODAY)).lines]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("sprachkurs", "Sprachkurse"),
        ("Sprachkurse", "Sprachkurs"),
        ("kurs", "Sprachkurse"),
        ("kurse", "Sprachkursen"),
        ("strasse", "Straße"),
        ("Straße", "Strasse"),
        ("Straßen", "Hauptstraße"),
        ("aemter", "Ämter"),
        ("Ämter", "Amt"),
        ("amt", "Jugendämter"),
        ("haus", "Häuser"),
        ("Häusern", "Haus"),
        ("schule", "Volkshochschule"),
        ("beratungen", "Beratungsstelle"),
        ("SPRACHE", "sprachlich"),
        ("wlan", "WLAN"),
        ("wlan", "W-LAN"),
        ("w-lan", "WLAN"),
        ("W-LAN", "W\u2011Lan"),
        ("w-lan", "W-LAN-Ausbau"),
        ("Elterncafé", "Eltern-Cafés"),
        ("Eltern-Café", "Café für Eltern"),
        ("covid19", "Covid-19"),
        ("covid-19", "Covid19"),
        ("und/oder", "oder doch und"),
        ("offen", "offene Stellen"),
        ("offene", "offenen Stellen"),
        ("Räte", "Stadtrat"),
        ("rat", "Räten"),
        ("2026", "im Jahr 2026"),
        ("Café", "Cafe"),
        ("E-Mail", "E-Mail-Adresse"),
        ("Sprach\u00adkurs", "Sprachkurs"),
        ("язык", "Курсы язык"),
    ],
)
async def test_a_word_is_found_in_its_other_forms(store: Store, asked: str, written: str) -> None:
    texts = (a_measure("1.1.M1", text=f"Es geht um {written} hier."), a_measure("1.1.M2", text="Ganz anderes."))
    await apply(store, a_reading(measures=texts))

    assert await found(store, asked) == ["1.1.M1"]


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("12", "123"),
        ("kurs", "Kur"),
        ("sprachkurs", "Sprache"),
        ("offen", "Office of Social Affairs"),
        ("off", "Office of Social Affairs"),
        ("offen", "Offers of help"),
        ("rat", "Rathausplatz 12"),
        ("bus", "Business"),
        ("w-lan", "Lan W\u00e4nde"),
        ("a-b-c-d-e", "a b c d e"),
    ],
)
async def test_what_a_word_is_not_found_in(store: Store, asked: str, written: str) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1", title="Anderes", text=f"Es geht um {written}."),)))

    assert await found(store, asked) == []


@pytest.mark.parametrize("text", ["a", "%", "\U0001f600", "a b", "-", "…"])
async def test_a_search_without_a_usable_word_is_answered_empty_without_asking_the_register(text: str) -> None:
    async def never(sql: str, values: Values) -> list[Row]:
        raise AssertionError(sql)

    query = Query(intent=Intent.SEARCH, words=text)

    answer = await listing(never, query, TODAY, clearance=Clearance.REFERENCE, scopes=())

    assert answer == Listing(query=query)


async def test_all_words_have_to_match_wherever_in_the_record_they_stand(store: Store) -> None:
    measures = (
        a_measure("1.1.M1", title="Sprachkurse", text="Für Eltern."),
        a_measure("1.1.M2", title="Sprachkurse", text="Für Kinder."),
        a_measure("1.1.M3", title="Elterncafé", text="Für alle."),
    )
    await apply(store, a_reading(measures=measures))

    assert await found(store, "eltern sprachkurs") == ["1.1.M1"]
    assert await found(store, "eltern sprachkurs radweg") == []


async def test_the_title_counts_before_the_text_and_the_word_before_a_part_of_one(store: Store) -> None:
    measures = (
        a_measure("1.1.M1", title="Anderes", text="Dazu gehört ein Grundkurs."),
        a_measure("1.1.M2", title="Anderes", text="Dazu gehört ein Kurs."),
        a_measure("1.1.M3", title="Sprachkurse", text="…"),
        a_measure("1.1.M4", title="Kurse für alle", text="…"),
    )
    await apply(store, a_reading(measures=measures))

    assert await found(store, "kurs") == ["1.1.M4", "1.1.M3", "1.1.M2", "1.1.M1"]


async def test_numbers_and_places_are_found(store: Store) -> None:
    await apply(
        store,
        a_reading(
            measures=(a_measure("1.5.M1", lead_offices=("A51",)), a_measure("1.15.M1"), a_measure("15.1.M1")),
            inquiries=(an_inquiry(1, offices=("A32",)),),
            papers=(a_paper("0345/25", mandates=(a_mandate(responsible="A32", text="Prüfen, ob es geht."),)),),
            programmes=(a_programme("StadtLab"),),
        ),
    )

    assert await found(store, "1.5.M1") == ["1.5.M1"]
    assert await found(store, "0345/25") == ["0345/25"]
    assert await found(store, "Q1") == ["Q1"]
    assert await found(store, "jugendamt") == ["1.5.M1"]
    assert await found(store, "A32") == ["0345/25", "Q1"]
    assert await found(store, "stadtlab.1a werkstatt") == ["StadtLab"]
    assert await found(store, "prüfen") == ["0345/25"]
    assert await found(store, "prüfen", kinds=(Kind.MANDATE,)) == ["0345/25"]


async def test_a_changed_text_is_found_by_its_new_words_only(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1", text="Radwege"),)))
    await apply(store, a_reading(measures=(a_measure("1.1.M1", text="Spielplätze"),)))

    assert [await found(store, text) for text in ("radweg", "spielplatz")] == [[], ["1.1.M1"]]


async def test_search_keeps_to_its_filters(store: Store) -> None:
    measures = (a_measure("1.1.M1", lead_offices=("A50",)), a_measure("2.1.M1", lead_offices=("A51",)))
    await apply(store, a_reading(measures=measures, inquiries=(an_inquiry(1, text="Welche Vorhaben gibt es?"),)))

    assert await found(store, "vorhaben", offices=("A50",)) == ["1.1.M1", "Q1"]
    assert await found(store, "vorhaben", field=2) == ["2.1.M1"]
    assert await found(store, "vorhaben", kinds=(Kind.INQUIRY,)) == ["Q1"]


@pytest.mark.parametrize("text", ["", " ", "…", "!?", '"', "*", "()"])
async def test_a_text_without_a_word_finds_what_the_filters_leave_or_nothing(store: Store, text: str) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1"),)))

    assert await found(store, text) == ([] if text else ["1.1.M1"])


SYNTAX = st.sampled_from(
    ['"', "*", "(", ")", ":", "^", "-", "+", "{", "}", " OR ", " AND ", " NOT ", "NEAR(", "%", "_"]
)
WORD = st.sampled_from(["vorhaben", "kurs", "heading", "body", "Ämter", "1.1.M1", "\x00", "\ud800", "ﬀ", "𝔘", "½", "٣"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(SYNTAX, WORD, st.characters()), max_size=30).map("".join))
def test_whatever_is_written_becomes_plain_words(text: str) -> None:
    for word in (piece for ways in asked_words(text) for way in ways for piece in way):
        assert '"' not in word
        assert "*" not in word
        assert word == word.strip() != ""


async def test_nothing_a_person_writes_is_read_as_search_syntax(store: Store) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1"),)))
    texts: list[str] = []

    @settings(max_examples=150, deadline=None, database=None)
    @given(st.lists(st.one_of(SYNTAX, WORD, st.characters()), max_size=12).map("".join))
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    for text in texts:
        await found(store, text)

    assert await found(store, "heading : nothing") == []
    assert await found(store, "vorhaben OR nothing") == []
    assert await found(store, 'vor" OR body : "') == []


def test_a_question_of_many_words_is_cut_to_the_first_twelve() -> None:
    assert len(asked_words(" ".join(f"wort{n}" for n in range(1000)))) == 12


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("kurse", "kurs"),
        ("kurs", "kurs"),
        ("kindern", "kind"),
        ("aemter", "amt"),
        ("raete", "rat"),
        ("offen", "offen"),
        ("offene", "offen"),
        ("times", "time"),
        ("2026", "2026"),
        ("aus", "aus"),
        ("strassen", "strass"),
    ],
)
def test_a_stem_is_what_inflection_leaves(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_a_reference_is_indexed_whole_and_in_pieces_and_a_hyphenated_word_joined_besides() -> None:
    assert list(words("Zu 0345/25 und E-Mail")) == ["zu", "0345/25", "0345", "25", "und", "e", "mail", "email"]


PARTS = ("kurs", "sprach", "amt", "schul", "haus", "rat", "beratung", "förder")
SEARCHES = (
    *PARTS,
    "ung",
    "Kurse",
    "amt kurs",
    "kurs amt",
    "Sprach-Kurs",
    "haus-rat schul",
    "rat 2026 kurs",
    "gibtesnicht",
)


def many_measures() -> tuple[Measure, ...]:
    chance = random.Random(3)

    def sentence(length: int) -> str:
        return " ".join("".join(chance.choices(PARTS, k=chance.choice((1, 2, 2, 3)))).title() for _ in range(length))

    return tuple(
        a_measure(f"1.{n // 20 + 1}.M{n % 20 + 1}", title=sentence(2), text=f"{sentence(3)} {2020 + n % 9}")
        for n in range(80)
    )


def standings(word: str, measure: Measure) -> Iterator[tuple[int, bool]]:
    """Where a word asked for stands in a measure without places, read word by word, and whether one begins with it."""
    beginning = stem(word)
    forms = [beginning + ending for ending in ("", "e", "em", "en", "er", "ern", "es", "n", "s")]
    for standing, text in ((3, f"{measure.number} {measure.title}"), (2, measure.text)):
        for written in words(text):
            if word.isdigit() or len(beginning) < 4:
                is_so, ends_so = written in [word, *forms], not word.isdigit() and written.endswith(tuple(forms))
            else:
                is_so, ends_so = written.startswith(beginning), beginning in written
            if is_so or ends_so:
                yield standing, is_so


def by_reading(measures: Iterable[Measure], text: str) -> list[set[str]]:
    """What a search has to find, by rank: read from the records themselves."""
    ranks: list[set[str]] = [set() for _ in range(5)]
    for measure in measures:
        for rank, (least, has_to_begin) in enumerate(((3, True), (3, False), (2, True), (2, False), (1, False))):
            if all(
                any(
                    all(
                        any(s >= least and (b or not has_to_begin) for s, b in standings(piece, measure))
                        for piece in way
                    )
                    for way in ways
                )
                for ways in asked_words(text)
            ):
                ranks[rank].add(measure.number)
    return ranks if ranks[-1] else []


async def ranked(store: Store, text: str) -> list[set[str]]:
    numbers = {row["id"]: row["ref"] for row in await store.database.read("SELECT id, ref FROM listed")}
    return [{numbers[line] for line in json.loads(rank)} for rank in await lines_with(store.database.read, text)]


async def test_the_index_finds_what_reading_every_record_finds(store: Store) -> None:
    measures = many_measures()
    await apply(store, a_reading(measures=measures))

    assert {text: await ranked(store, text) for text in SEARCHES} == {
        text: by_reading(measures, text) for text in SEARCHES
    }


@pytest.mark.parametrize("few", [0, 10, 1_000_000])
async def test_it_makes_no_difference_whether_later_words_are_asked_of_the_lines_found_or_of_all(
    store: Store, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    measures = many_measures()
    await apply(store, a_reading(measures=measures))

    monkeypatch.setattr(search, "_FEW", few)

    texts = ("beratung schul amt kurs", "kurs amt schul beratung", "haus-rat kurs")
    assert [await ranked(store, text) for text in texts] == [by_reading(measures, text) for text in texts]


async def test_a_changed_record_lies_in_the_index_as_if_it_had_been_written_so_at_once(
    store: Store, tmp_path: Path
) -> None:
    before, after = many_measures()[:20], [a_measure(m.number, text="Sprachkurse") for m in many_measures()[:20]]
    other = await Store.open(tmp_path / "other.db")

    await apply(store, a_reading(measures=before))
    await apply(store, a_reading(measures=tuple(after)))
    await apply(other, a_reading(measures=tuple(after)))

    try:
        assert await indexed(store) == await indexed(other) != []
    finally:
        await other.close()


async def indexed(store: Store) -> list[tuple[str, str, int]]:
    rows = await store.database.read(
        "SELECT l.ref, w.word, s.standing FROM search_standings s"
        " LEFT JOIN search_words w ON w.id = s.word LEFT JOIN listed l ON l.id = s.line ORDER BY 1, 2, 3"
    )
    return [(row["ref"], row["word"], row["standing"]) for row in rows]


@pytest.mark.parametrize("word", ["ab\u1cf2cd", "\u1cf2ab", "\u0e01\u0e33\u0e01", "\u13a0\uab70", "a\u0345bc"])
async def test_a_word_of_unusual_letters_finds_itself_and_nothing_else(store: Store, word: str) -> None:
    await apply(store, a_reading(measures=(a_measure("1.1.M1", text=f"Es geht um {word}."), a_measure("1.1.M2"))))

    assert [await found(store, text) for text in (word, f"{word}x")] == [["1.1.M1"], []]
