"""Listings of things that a small register does not hold."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from locales.translations import language
from registry.desk import Counts, Event, Listed, Listing, OfficeCount, Summary
from registry.measures import Status
from registry.offices import Office, OfficeKind, OfficeTree
from registry.queries import Intent, Kind, Names, Query
from registry.visibility import Visibility
from registry.workdays import Workdays
from tests.handlers.a_register import OFFICES
from tests.views.parsing import verdict
from views import desk, history, owing, summary
from views.message import Message
from views.voice import Voice

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Berlin"))
UNIT = Office(code="Wohngeldstelle", name_de="Wohngeldstelle", kind=OfficeKind.UNIT, parent="A50")
VOICE = Voice(say=language("de"), offices=OfficeTree((*OFFICES, UNIT)), now=NOW, workdays=Workdays())


def a_line(ref: str, through: str | None = None) -> Listed:
    return Listed(ref=ref, kind=Kind.INQUIRY, title="Stand", offices=("A50",), through=through)


def shown(message: Message) -> list[str]:
    rows = (" ".join(f"[{button.text}]" for button in row) for row in message.buttons)
    return [*verdict(message.html).splitlines(), *rows]


def test_what_reaches_an_office_says_by_way_of_which_place_whatever_its_kind() -> None:
    query = Query(offices=("Wohngeldstelle",))
    found = Listing(query=query, through=Counts(inquiries=1), lines=(a_line("Q1", "A50"),))

    assert "Über A50 · Amt für Soziales: 1 Frage" in shown(desk.listing(found, Names(), VOICE))


def test_what_comes_by_several_ways_is_counted_once() -> None:
    query = Query(offices=("Wohngeldstelle",))
    lines = (a_line("Q1", "A50"), a_line("Q2", "D05"))
    all_of_it = Listing(query=query, through=Counts(inquiries=2), lines=lines)
    first_page = all_of_it.model_copy(update={"through": Counts(inquiries=9), "lines": lines[:1], "pages": 2})

    assert [
        [line for line in shown(desk.listing(found, Names(), VOICE)) if line.startswith("Über")]
        for found in (all_of_it, first_page)
    ] == [["Über A50, D05: 2 Fragen"], ["Über A50, D05: 9 Fragen"]]


def test_who_owes_what_is_told_page_by_page_with_a_button_for_every_place() -> None:
    owed = tuple(OfficeCount(office=f"B{n:02}", inquiries=40 - n) for n in range(1, 15))
    query = Query(intent=Intent.OWING)

    first = shown(owing.owing(owed, query, Names(), VOICE))
    second = shown(owing.owing(owed, query.model_copy(update={"page": 1}), Names(), VOICE))

    assert first[0] == "Insgesamt: bei 14 Stellen steht etwas aus"
    assert first[-6:] == [
        "Seite 1 von 2",
        "[B01] [B02] [B03]",
        "[B04] [B05] [B06]",
        "[B07] [B08] [B09]",
        "[B10] [B11] [B12]",
        "[Weiter ›]",
    ]
    assert second[2:] == ["B13 · 27 Fragen", "B14 · 26 Fragen", "", "Seite 2 von 2", "[B13] [B14]", "[‹ Zurück]"]


def test_a_measure_that_is_only_referred_to_stands_beside_the_statuses() -> None:
    stand = Summary(
        query=Query(intent=Intent.SUMMARY), measures={Status.FULLY: 1, Status.PARTLY: 1}, stubs=("14.1.M1",)
    )

    assert shown(summary.summary(stand, Names(), VOICE))[:3] == [
        "Insgesamt: 1 von 2 Maßnahmen vollständig umgesetzt",
        "●●●●●●◐◐◐◐◐◐",
        "● 1 vollständig umgesetzt · ◐ 1 teilweise umgesetzt · nur erwähnt: 14.1.M1",
    ]


def test_a_history_names_the_command_line_and_the_sample_data_in_words() -> None:
    events = tuple(
        Event(at=NOW, ref="Q1", version=n, what="imported", who=who)
        for n, who in enumerate(("operator", "sample"), start=1)
    )
    told = {
        code: shown(
            history.history(
                "Q1", events, Visibility.PUBLIC, Query(ref="Q1"), Voice(language(code), OfficeTree(()), NOW, Workdays())
            )
        )[2:4]
        for code in ("de", "en")
    }

    assert told == {
        "de": [
            "Mo., 23.11.2026, 09:00 Uhr · importiert · Beispieldaten",
            "Mo., 23.11.2026, 09:00 Uhr · importiert · Kommandozeile",
        ],
        "en": ["Mon, 23 Nov 2026, 09:00 · imported · sample data", "Mon, 23 Nov 2026, 09:00 · imported · command line"],
    }


def test_a_summary_of_measures_that_are_only_referred_to_names_them() -> None:
    stand = Summary(query=Query(intent=Intent.SUMMARY), stubs=("14.1.M1",), as_of=date(2026, 6, 30))

    lines = shown(summary.summary(stand, Names(), VOICE))

    assert lines[:2] == ["Insgesamt: keine Maßnahmen", "nur erwähnt: 14.1.M1"]
