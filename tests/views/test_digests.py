"""Digests as they are read: on a phone, in both languages, however long."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tdjson import td_execute

from locales.translations import language
from registry.desk import Counts, Listed, OfficeCount
from registry.digests import Bulletin, Contents, Digest, Items, Section
from registry.inquiries import InquiryStatus
from registry.measures import Status
from registry.offices import OfficeTree
from registry.queries import Kind, Names, Query
from registry.workdays import Workdays
from tests.handlers.a_register import OFFICES
from views import digests, html
from views.digests import announcement, texts
from views.message import MAX_CHARACTERS, Message
from views.payloads import body
from views.voice import Voice

MONDAY = date(2026, 11, 23)
SINCE = date(2026, 11, 16)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Europe/Berlin"))
A50 = Digest(chat=-7, scope=Query(offices=("A50",)))
HOMES = Listed(
    ref="1.5.M1",
    kind=Kind.MEASURE,
    title="WLAN in allen Unterkünften",
    title_en="Wi-Fi in all homes",
    offices=("A50",),
    due_on=date(2025, 12, 31),
    status=Status.PARTLY.value,
)
ASKED = Listed(
    ref="Q47",
    kind=Kind.INQUIRY,
    title="WLAN in Unterkünften",
    offices=("A50",),
    due_on=date(2026, 11, 25),
    status="open",
)
ANSWERED = ASKED.model_copy(
    update={"ref": "Q8", "title": "Plätze", "is_open": False, "status": InquiryStatus.ANSWERED.value}
)


def voice(code: str = "de", now: datetime = NOW) -> Voice:
    return Voice(say=language(code), offices=OfficeTree(OFFICES), now=now, workdays=Workdays())


def a_bulletin(**fields: object) -> Bulletin:
    usual: dict[str, object] = {"key": "digest 1 2026-11-23", "digest": 1, "chat": -7, "on": MONDAY, "due_at": NOW}
    return Bulletin.model_validate(usual | fields)


def some(section: Section, *lines: Listed, more: int = 0) -> Items:
    return Items(section=section, lines=lines, total=len(lines) + more)


def contents(*items: Items, **fields: object) -> Contents:
    return Contents.model_validate({"today": MONDAY, "items": items, "since": SINCE} | fields)


def numbered(first: int, last: int, *, of: Listed = ASKED) -> tuple[Listed, ...]:
    return tuple(of.model_copy(update={"ref": f"Q{number}"}) for number in range(first, last + 1))


def told(found: Contents, *, digest: Digest = A50, code: str = "de", **slot: object) -> tuple[Message, ...]:
    return texts(digest, a_bulletin(**slot), found, Names(), voice(code))


def said(found: Contents, *, digest: Digest = A50, code: str = "de", **slot: object) -> str:
    [message] = told(found, digest=digest, code=code, **slot)
    return html.plain(message.html)


def test_a_digest_in_german() -> None:
    found = contents(
        some(Section.OVERDUE, HOMES),
        some(Section.THIS_WEEK, ASKED, more=3),
        some(Section.SETTLED, ANSWERED),
        open=Counts(inquiries=12, measures=1),
        through=Counts(inquiries=2),
    )

    assert said(found) == (
        "A50 · Amt für Soziales · Mo., 23.11.2026: 1 überfällig · 4 diese Woche fällig\n\n"
        "⚠ Überfällig: 1\n"
        "1. 1.5.M1 · WLAN in allen Unterkünften · A50 · überfällig seit Mi., 31.12.2025 · ◐ teilweise umgesetzt\n\n"
        "⏰ Diese Woche fällig: 4\n"
        "2. Q47 · WLAN in Unterkünften · A50 · bis Mi., 25.11.2026 (in 2 Arbeitstagen)\n"
        "und 3 weitere\n\n"
        "✓ Erledigt seit Mo., 16.11.2026: 1\n"
        "3. Q8 · Plätze · A50 · ● beantwortet\n\n"
        "Offen: 12 Fragen, 1 Maßnahme\n"
        "Über D05: 2 Fragen\n\n"
        "Zum Melden antworten Sie auf diese Nachricht mit „1 teilweise: …“. Eine Nummer allein öffnet ihren Punkt."
    )


def test_a_digest_in_english() -> None:
    found = contents(
        some(Section.AHEAD, ASKED),
        some(Section.NEW, HOMES),
        some(Section.CHANGED, ANSWERED),
        some(Section.IN_REVIEW, ANSWERED),
        some(Section.QUIET, HOMES),
        open=Counts(inquiries=1, measures=2),
        by_office=(OfficeCount(office="A50", inquiries=1, measures=1), OfficeCount(office="A51", measures=1)),
    )

    lines = said(found, digest=Digest(chat=-7), code="en").splitlines()

    assert [line for line in lines if line and not line[0].isdigit()] == [
        "Overall · Mon, 23 Nov 2026: 1 due in the next 30 days · 1 new",
        "📅 Due in the next 30 days: 1",
        "✚ New since Mon, 16 Nov 2026: 1",
        "✎ Changed since Mon, 16 Nov 2026: 1",
        "🔎 Waiting for review: 1",
        "💤 No report for half a year: 1",
        "Open: 1 inquiry, 2 measures",
        "A50 2 · A51 1",
        "To contribute, reply “1: …” to this message. A number alone opens its item.",
    ]


def test_the_line_that_announces_says_the_headline_and_no_record() -> None:
    found = contents(some(Section.OVERDUE, HOMES))

    line = announcement(A50, found, Names(), voice())

    assert html.plain(line.html) == "A50 · Amt für Soziales · Mo., 23.11.2026: 1 überfällig"
    assert line.refs == ()
    assert said(found).startswith(html.plain(line.html))


@pytest.mark.parametrize(("code", "words"), [("de", "nichts zu melden"), ("en", "nothing to report")])
def test_an_empty_digest_is_one_line(code: str, words: str) -> None:
    found = contents(open=Counts(inquiries=3))

    assert said(found, digest=Digest(chat=-7), code=code).partition(": ")[2] == words


def test_what_is_caught_up_says_when_it_was_to_come() -> None:
    late = told(
        contents(some(Section.THIS_WEEK, ASKED), today=date(2026, 11, 26)),
        is_late=True,
    )

    assert html.plain(late[0].html).splitlines()[:2] == [
        "A50 · Amt für Soziales · Do., 26.11.2026: 1 diese Woche fällig",
        "Nachgeholt: fällig war diese Übersicht am Mo., 23.11.2026, 08:00 Uhr.",
    ]


def test_kinds_that_alone_are_listed_are_named() -> None:
    digest = Digest(chat=-7, scope=Query(kinds=(Kind.MEASURE,)))

    assert "Nur: Maßnahmen" in said(contents(some(Section.OVERDUE, HOMES)), digest=digest)


def test_a_name_that_is_not_known_any_more_is_not_told() -> None:
    digest = Digest(chat=-7, scope=Query(concept="Geheimkonzept"))

    assert said(contents(), digest=digest) == "Etwas, das hier nicht gezeigt wird · Mo., 23.11.2026: nichts zu melden"


def test_a_short_digest_is_not_folded_and_a_long_one_is_behind_the_first_screen() -> None:
    short = contents(some(Section.OVERDUE, *numbered(1, 4)), some(Section.THIS_WEEK, *numbered(5, 8)))
    long = contents(some(Section.OVERDUE, *numbered(1, 5)), some(Section.THIS_WEEK, *numbered(6, 9)))

    assert "<blockquote" not in told(short)[0].html
    shown, _, folded = told(long)[0].html.partition("<blockquote expandable>")
    assert ("<b>Q5</b>" in shown, "<b>Q6</b>" in folded) == (True, True)


def test_the_first_section_is_never_folded() -> None:
    found = contents(some(Section.OVERDUE, *numbered(1, 8), more=9), some(Section.AHEAD, *numbered(9, 9)))

    shown, _, folded = told(found)[0].html.partition("<blockquote expandable>")

    assert ("und 9 weitere" in shown, "<b>Q9</b>" in folded) == (True, True)


LONG = ASKED.model_copy(update={"title": "Sehr " * 40, "offices": ("A50", "A51", "A11", "D05")})
FULL = contents(
    *(some(section, *numbered(8 * at + 1, 8 * at + 8, of=LONG), more=5) for at, section in enumerate(Section)),
    open=Counts(inquiries=999),
    through=Counts(inquiries=99),
)


def test_a_digest_longer_than_a_message_goes_on_in_further_ones_between_items() -> None:
    pages = told(FULL)

    assert len(pages) > 1
    assert [len(html.plain(page.html)) <= MAX_CHARACTERS for page in pages] == [True] * len(pages)
    lines = [line for page in pages for line in html.plain(page.html).splitlines()]
    items = [line for line in lines if line[:1].isdigit()]
    assert [line.split(" · ")[0] for line in items] == [f"{n}. Q{n}" for n in range(1, 65)]
    assert {line.count(" · ") for line in items} == {2, 3}  # of what is settled no date is told
    assert html.plain(pages[0].html).startswith("A50 · Amt für Soziales")
    assert sum("Offen: 999 Fragen" in html.plain(page.html) for page in pages) == 1
    assert sum("und 5 weitere" in line for line in lines) == len(Section)


def test_numbers_mean_the_same_record_in_each_message_of_a_digest() -> None:
    pages = told(FULL)

    for page in pages:
        by_number = {number: ref for number, ref in enumerate(page.refs, 1) if ref}
        stand_there = [int(line.split(". ")[0]) for line in html.plain(page.html).splitlines() if line[:1].isdigit()]
        assert list(by_number) == stand_there
        assert by_number == {number: f"Q{number}" for number in stand_there}


def test_each_message_of_a_digest_tells_how_to_act_on_one_of_its_own_items() -> None:
    for page in told(FULL):
        first = next(number for number, ref in enumerate(page.refs, 1) if ref)
        assert f"„{first}: …“" in html.plain(page.html)


def test_buttons_open_the_first_items_below_the_digest() -> None:
    [message] = told(contents(some(Section.OVERDUE, HOMES), some(Section.THIS_WEEK, ASKED)))

    assert [[button.text for button in row] for row in message.buttons] == [["1 · 1.5.M1", "2 · Q47"], ["Alles Offene"]]
    assert {button.data[0] for row in message.buttons for button in row} == {"b"}


@pytest.mark.parametrize("code", ["de", "en"])
def test_telegram_takes_every_message_of_a_long_digest(code: str) -> None:
    hostile = HOMES.model_copy(update={"title": "5 < 6 & <b>", "title_en": "</blockquote> &amp;"})
    found = contents(*(some(section, *[hostile] * 8, more=1) for section in Section), open=Counts(measures=9))

    for message in told(found, code=code, is_late=True):
        request = {
            "@type": "parseTextEntities",
            "text": body(message)["text"],
            "parse_mode": {"@type": "textParseModeHTML"},
        }
        answer = json.loads(td_execute(json.dumps(request).encode()) or b"")
        kinds = [entity["type"]["@type"] for entity in answer["entities"]]
        assert answer["text"] == html.plain(html.tied(message.html))
        assert kinds.count("textEntityTypeExpandableBlockQuote") == 1
        assert len(kinds) <= 100


def test_the_parts_are_those_of_the_registers_sections() -> None:
    assert set(digests._SECTIONS) == set(Section)


def test_horizons_are_said_in_days() -> None:
    digest = A50.model_copy(update={"horizon": 60})
    soon = ASKED.model_copy(update={"due_on": MONDAY + timedelta(days=50)})

    assert "📅 Fällig in den nächsten 60 Tagen: 1" in said(contents(some(Section.AHEAD, soon)), digest=digest)
