"""What is not certain is asked or named: nothing is guessed, and nothing is left out in silence."""

from datetime import date

import pytest

from handlers.understanding import understand
from registry.queries import Intent, Kind, Names, Offer, Period, Query, Understanding
from tests.understanding.city import NAMES, OFFICES, SATURDAY

A11, A40 = (
    ("A11 · Personal- und Organisationsamt", Query(offices=("A11",))),
    ("A40 · Amt für Bildung", Query(offices=("A40",))),
)
A50, A51 = ("A50 · Amt für Soziales", Query(offices=("A50",))), ("A51 · Jugendamt", Query(offices=("A51",)))
A53, A67 = (
    ("A53 · Gesundheitsamt", Query(offices=("A53",))),
    ("A67 · Garten- und Friedhofsamt", Query(offices=("A67",))),
)
MIGRATION = ("Büro für Migration und Integration", Query(offices=("Büro für Migration und Integration",)))
NETWORK = ("Netzwerk für Integration", Query(offices=("Netzwerk für Integration",)))
GREENS = ("BÜNDNIS 90/DIE GRÜNEN", Query(originator="BÜNDNIS 90/DIE GRÜNEN"))
FIELD_3 = ("HF 3 · Sprache", Query(field=3))

INQUIRIES = (Kind.INQUIRY,)
EVERYTHING_OPEN = Query()
OVERDUE, DEADLINES, SUMMARY = (Query(intent=intent) for intent in (Intent.OVERDUE, Intent.DEADLINES, Intent.SUMMARY))


def asked(text: str) -> Understanding:
    return understand(text, today=SATURDAY, offices=OFFICES, names=NAMES)


def search(words: str) -> Offer:
    return Offer(words=words, name=f"🔍 {words}", query=Query(intent=Intent.SEARCH, words=words))


def without(words: str, name: str, query: Query) -> Offer:
    return Offer(words=words, name=name, query=query)


DOUBTFUL = {
    "Sozialmat": ("Sozialmat", [A50]),
    "was ist offen beim Jugendamtt": ("Jugendamtt", [A51]),
    "Jugenamt offen": ("Jugenamt", [A51]),
    "Gesundheitsmt": ("Gesundheitsmt", [A53]),
    "Gesundheit": ("Gesundheit", [A53]),
    "Friedhofsamt": ("Friedhofsamt", [A67]),
    "offen für Soziales": ("Soziales", [A50]),
    "Amt für Sozailes": ("Amt für Sozailes", [A50]),
    "organisationsamt": ("organisationsamt", [A11]),
    "Bildung": ("Bildung", [A40]),
    "Integration": ("Integration", [MIGRATION, NETWORK]),
    "Amt für Integration": ("Integration", [MIGRATION, NETWORK]),
    "Migration": ("Migration", [MIGRATION]),
    "Sprahce": ("Sprahce", [FIELD_3]),
    "was ist für Sprahce offen": ("Sprahce", [FIELD_3]),
    "Grünr": ("Grünr", [GREENS]),
    "überfällig Jugendammt": ("Jugendammt", [(A51[0], Query(intent=Intent.OVERDUE, offices=("A51",)))]),
    "Q1": (
        "Q1",
        [
            ("Q1", Query(intent=Intent.SHOW, ref="Q1")),
            (
                "01.01.2027 – 31.03.2027",
                Query(intent=Intent.DEADLINES, period=Period(since=date(2027, 1, 1), until=date(2027, 3, 31))),
            ),
        ],
    ),
    "was ist offen für 1.5.": (
        "1.5.",
        [
            ("1.5", Query(recommendation=(1, 5))),
            ("01.05.2027", Query(period=Period(since=date(2027, 5, 1), until=date(2027, 5, 1)))),
        ],
    ),
}

NEGATIONS = {
    "nicht A50": ("nicht A50", None),
    "A50 nicht": ("A50 nicht", None),
    "not for A50": ("not for A50", None),
    "außer A50": ("außer A50", None),
    "was ist offen außer A50": ("außer A50", ("offen", EVERYTHING_OPEN)),
    "alles offene außer für das Jugendamt": ("außer für das Jugendamt", ("alles offene", EVERYTHING_OPEN)),
    "open but not A50": ("but not A50", ("open", EVERYTHING_OPEN)),
    "everything except the youth office": ("except the youth office", ("everything", Query(intent=Intent.SEARCH))),
    "weder A50 noch A51": ("weder A50 noch A51", None),
    "nicht überfällig": ("nicht überfällig", None),
    "not overdue for A50": ("not overdue", ("A50", Query(offices=("A50",)))),
    "keine fragen": ("keine fragen", None),
    "maßnahmen ohne frist": ("ohne frist", ("maßnahmen", Query(kinds=(Kind.MEASURE,)))),
    "welche fragen haben keine frist": ("keine frist", ("fragen", Query(kinds=INQUIRIES))),
    "fragen nicht von den Grünen": ("nicht von den Grünen", ("fragen", Query(kinds=INQUIRIES))),
}

OUT_OF_SCOPE = {
    "wie wird das wetter": ("wetter",),
    "Wann ist Weihnachten?": ("Weihnachten",),
    "öffnungszeiten": ("öffnungszeiten",),
    "kannst du mir einen witz erzählen": ("witz erzählen",),
    "lorem ipsum dolor": ("lorem ipsum dolor",),
    "asdfgh": ("asdfgh",),
    "was ist mit den Sprachkursen": ("Sprachkursen",),
    "A99": ("A99",),
    "Amt 99": ("Amt 99",),
    "Dezernat 9": ("Dezernat 9",),
    "B50": ("B50",),
    "A5O": ("A5O",),
    "12": ("12",),
    "31.02.": ("31.02.",),
    "M1": ("M1",),
    "Q0": ("Q0",),
    "remarks": ("remarks",),
    "Sachen": ("Sachen",),
    "A50 bis A53": ("A50 bis A53",),
    "A50-A53": ("A50-A53",),
    "A50 to A53": ("A50 to A53",),
    "erledigt": ("erledigt",),
}

NOT_ASKED_SO = {
    "was ist offen für Hundehalter": ("Hundehalter", "offen", EVERYTHING_OPEN),
    "offene Stellen": ("Stellen", "offene", EVERYTHING_OPEN),
    "offene Stellen im Jugendamt": ("Stellen", "offene Jugendamt", Query(offices=("A51",))),
    "offen für A50 und Hundehalter": ("Hundehalter", "offen A50", Query(offices=("A50",))),
    "telefonnummer jugendamt": ("telefonnummer", "jugendamt", Query(offices=("A51",))),
    "Fragen der FDP": ("FDP", "Fragen", Query(kinds=INQUIRIES)),
    "questions from the greens": ("greens", "questions", Query(kinds=INQUIRIES)),
    "stand hundesteuer": ("hundesteuer", "stand", SUMMARY),
    "hundesteuer überfällig": ("hundesteuer", "überfällig", OVERDUE),
    "fristen bis sommer": ("sommer", "fristen", DEADLINES),
    "offen D": ("D", "offen", EVERYTHING_OPEN),
    "Fragen für SAG": ("SAG", "Fragen", Query(kinds=INQUIRIES)),
    "Fragen zur Hilfe": ("Hilfe", "Fragen", Query(kinds=INQUIRIES)),
    "offene Anmerkungen A50": ("Anmerkungen", "offene A50", Query(offices=("A50",))),
    "bis 31.02. fällig": ("31.02.", "fällig", DEADLINES),
    "was ist für A99 offen": ("A99", "offen", EVERYTHING_OPEN),
    "delete all measures": ("delete", "all measures", Query(intent=Intent.SEARCH, kinds=(Kind.MEASURE,))),
    "letzte fragen": ("letzte", "fragen", Query(kinds=INQUIRIES)),
    "用户 A50": ("用户", "A50", Query(offices=("A50",))),
    "Maßnahme 5": ("5", "Maßnahme", Query(kinds=(Kind.MEASURE,))),
}

NAMED_TOGETHER = {
    "was kostet ein reisepass": ("kostet ein reisepass", "kostet reisepass"),
    "wie viele einwohner hat erfurt": ("wie viele einwohner hat erfurt", "einwohner erfurt"),
    "Katzen und Hunde": ("Katzen und Hunde", "Katzen Hunde"),
    "<b>Katzen & Hunde</b>": ("<b>Katzen & Hunde</b>", "b>Katzen & Hunde</b"),
    "Katzen&Hunde": ("Katzen&Hunde", "Katzen&Hunde"),
    "an wen muss ich mich wenden": ("wenden", "wenden"),
}

NOT_TOGETHER = {
    "HF 2 und HF 3": [("HF 2", "HF 2", Query(field=2)), ("HF 3", "HF 3", Query(field=3))],
    "Q12 und Q13": [
        ("Q12", "Q12", Query(intent=Intent.SHOW, ref="Q12")),
        ("Q13", "Q13", Query(intent=Intent.SHOW, ref="Q13")),
    ],
    "stand und fristen A50": [
        ("stand", "stand A50", Query(intent=Intent.SUMMARY, offices=("A50",))),
        ("fristen", "fristen A50", Query(intent=Intent.DEADLINES, offices=("A50",))),
    ],
    "heute oder morgen": [
        ("heute", "heute", Query(intent=Intent.DEADLINES, period=Period(since=SATURDAY, until=SATURDAY))),
        (
            "morgen",
            "morgen",
            Query(intent=Intent.DEADLINES, period=Period(since=date(2026, 11, 22), until=date(2026, 11, 22))),
        ),
    ],
}

WITHOUT_SENSE_HERE = {
    "unklare fragen": ("unklare", "fragen", Query(kinds=INQUIRIES)),
    "maßnahmen ohne amt": ("ohne amt", "maßnahmen", Query(kinds=(Kind.MEASURE,))),
    "verlauf A50": ("verlauf", "A50", Query(offices=("A50",))),
    "wer ist zuständig für A50": ("wer ist zuständig", "A50", Query(offices=("A50",))),
    "meine A50": ("meine", "A50", Query(offices=("A50",))),
    "my overdue questions": ("my", "overdue questions", Query(intent=Intent.OVERDUE, kinds=INQUIRIES)),
    "seit oktober offen": ("seit oktober", "offen", EVERYTHING_OPEN),
    "drucksachen 2023": ("2023", "drucksachen", Query(intent=Intent.SEARCH, kinds=(Kind.PAPER,))),
    "offen seit mehr als einem Jahr": ("seit mehr als einem Jahr", "offen", EVERYTHING_OPEN),
    "open for more than one year": ("for more than one year", "open", EVERYTHING_OPEN),
    "zu beantwortende maßnahmen": ("zu beantwortende", "maßnahmen", Query(kinds=(Kind.MEASURE,))),
    "verlauf KommA A50": (
        "verlauf",
        "KommA A50",
        Query(programme="KommA", offices=("A50",)),
    ),
    "Stand im Dezember": ("im Dezember", "Stand", SUMMARY),
}

LEFT_OVER = {
    "offen für A50, bitte dringend": (("dringend",), Query(offices=("A50",))),
    "fristen A11 dezember dringend": (
        ("dringend",),
        Query(
            intent=Intent.DEADLINES,
            offices=("A11",),
            period=Period(since=date(2026, 12, 1), until=date(2026, 12, 31)),
        ),
    ),
    "lösche Q12": (("lösche",), Query(intent=Intent.SHOW, ref="Q12")),
}


@pytest.mark.parametrize(("text", "words", "choices"), [(text, *doubt) for text, doubt in DOUBTFUL.items()])
def test_a_doubtful_name_is_asked_and_never_guessed(text: str, words: str, choices: list[tuple[str, Query]]) -> None:
    offers = tuple(Offer(words=words, name=name, query=query) for name, query in choices)

    assert asked(text) == Understanding(offers=offers)


@pytest.mark.parametrize(("text", "words", "rest"), [(text, *negated) for text, negated in NEGATIONS.items()])
def test_a_negation_is_named_and_the_rest_is_only_offered(
    text: str, words: str, rest: tuple[str, Query] | None
) -> None:
    offers = (without(words, *rest),) if rest else ()

    assert asked(text) == Understanding(not_understood=(words,), offers=offers)


@pytest.mark.parametrize(("text", "words"), OUT_OF_SCOPE.items())
def test_a_question_about_something_else_can_be_searched_for(text: str, words: tuple[str, ...]) -> None:
    assert asked(text) == Understanding(not_understood=words, offers=(search(" ".join(words)),))


@pytest.mark.parametrize(("text", "words", "name", "query"), [(text, *rest) for text, rest in NOT_ASKED_SO.items()])
def test_a_question_that_is_about_an_unknown_word_is_not_answered_without_it(
    text: str, words: str, name: str, query: Query
) -> None:
    offers = (without(words, name, query), search(words))

    assert asked(text) == Understanding(not_understood=(words,), offers=offers)


@pytest.mark.parametrize(("text", "words", "searched"), [(text, *named) for text, named in NAMED_TOGETHER.items()])
def test_words_that_stand_together_are_named_as_they_were_written(text: str, words: str, searched: str) -> None:
    assert asked(text) == Understanding(not_understood=(words,), offers=(search(searched),))


def test_a_recommendation_without_its_field_is_asked_for_the_field() -> None:
    fields = [f"HF {field.number} · {field.title}".removesuffix(" · ") for field in NAMES.fields]
    queries = [Query(kinds=INQUIRIES, recommendation=(field.number, 5)) for field in NAMES.fields]
    offers = tuple(
        Offer(words="Empfehlung 5", name=name, query=query) for name, query in zip(fields, queries, strict=True)
    )

    assert asked("Fragen zu Empfehlung 5") == Understanding(offers=offers)


def test_who_asks_for_their_own_work_without_an_office_is_not_given_the_whole_city() -> None:
    own = [asked(text).query for text in ("was muss ich noch machen", "was haben wir offen", "what do I owe")]

    assert own == [Query(intent=Intent.MINE)] * 3


def test_who_has_no_office_asks_for_due_dates_of_all() -> None:
    assert asked("welche Fristen haben wir") == Understanding(query=DEADLINES)


@pytest.mark.parametrize("text", ["Fraktionen", "fraktion"])
def test_the_word_for_all_of_a_sort_is_not_the_one_that_bears_it_in_its_name(text: str) -> None:
    names = Names(originators=("Fraktion Mehrwertstadt",), programmes=("KommA",))

    understood = understand(text, today=SATURDAY, offices=OFFICES, names=names)

    assert understood == Understanding(not_understood=(text,))


@pytest.mark.parametrize(("text", "offers"), NOT_TOGETHER.items())
def test_of_two_questions_in_one_each_is_offered(text: str, offers: list[tuple[str, str, Query]]) -> None:
    assert asked(text) == Understanding(offers=tuple(without(*offer) for offer in offers))


@pytest.mark.parametrize(
    ("text", "words", "name", "query"), [(text, *rest) for text, rest in WITHOUT_SENSE_HERE.items()]
)
def test_a_known_word_that_makes_no_sense_here_is_named(text: str, words: str, name: str, query: Query) -> None:
    assert asked(text) == Understanding(not_understood=(words,), offers=(without(words, name, query),))


@pytest.mark.parametrize(("text", "words", "query"), [(text, *rest) for text, rest in LEFT_OVER.items()])
def test_a_word_beside_a_clear_question_is_named_with_the_answer(
    text: str, words: tuple[str, ...], query: Query
) -> None:
    assert asked(text) == Understanding(query=query, not_understood=words, offers=tuple(map(search, words)))


def test_a_status_beside_a_reference_is_named_and_not_reported() -> None:
    shown = Query(intent=Intent.SHOW, ref="1.5.M1")

    assert asked("1.5.M1 teilweise") == Understanding(query=shown, not_understood=("teilweise",))


@pytest.mark.parametrize(
    "text", ["geändert", "was hat sich geändert?", "was ist neu", "neue Fragen", "gibt es neues vom Jugendamt"]
)
def test_what_changed_is_asked_since_when(text: str) -> None:
    understood = asked(text)

    assert understood.query is None
    assert [offer.query.changed_since for offer in understood.offers] == [date(2026, 11, 14), date(2026, 10, 22)]
    assert {offer.query.intent for offer in understood.offers} == {Intent.SEARCH}


def test_what_changed_in_a_span_that_is_over_is_offered_from_its_start() -> None:
    query = Query(intent=Intent.SEARCH, changed_since=date(2026, 11, 9))
    offer = Offer(words="geändert", name="09.11.2026 – 21.11.2026", query=query)

    assert asked("was hat sich letzte Woche geändert") == Understanding(not_understood=("geändert",), offers=(offer,))


@pytest.mark.parametrize(
    "text",
    ["", " ", "???", "🙂", "danke", "Hallo!", "bitte", "\u200b", "hilfe", "Hilfe, bitte!",
     "help", "hello", "thanks", "guten morgen", "weiter", "more", "next", "die nächste", "ich", "sag mal"],
)  # fmt: skip
def test_where_nothing_is_asked_nothing_is_understood_or_named(text: str) -> None:
    assert asked(text) == Understanding()


@pytest.mark.parametrize(
    "text",
    ["suche", "search for", "verlauf", "HF", "zeige", "wie viele", "Fraktion", "welche Ämter", "more than one year"],
)
def test_half_a_question_is_named_as_it_is(text: str) -> None:
    assert asked(text) == Understanding(not_understood=(text,))


def test_a_text_too_long_for_a_question_is_refused_at_once() -> None:
    assert asked("offen " * 200_000) == Understanding(
        not_understood=("offen offen offen offen offen offen offen offen offen offen …",)
    )
    assert asked("a " * 100).query is None


def test_the_second_doubtful_name_is_named_while_the_first_is_asked() -> None:
    offer = Offer(words="Sozialmat", name=A50[0], query=Query(intent=Intent.OVERDUE, offices=("A50",)))

    assert asked("überfällig Sozialmat Gesundheitsmt") == Understanding(
        not_understood=("Gesundheitsmt",), offers=(offer,)
    )


@pytest.mark.parametrize(
    "text",
    ["zu verwerfen", "verwerfen", "to be discarded", "welche Maßnahmen werden umgesetzt", "zurückzuziehen", "withdraw",
     "approve", "A50 beantworten", "beantworte Fragen", "veraendern", "umsetzen", "freizugeben", "noch freizugeben",
     "to be released", "zu erledigen", "to be completed", "zuzuordnen"],
)  # fmt: skip
def test_what_is_still_to_happen_is_never_taken_for_what_has_happened(text: str) -> None:
    understood = asked(text)
    queries = [offer.query for offer in understood.offers] + ([understood.query] if understood.query else [])

    assert [query for query in queries if query.statuses or query.inquiry_statuses or query.changed_since] == []
