"""What histories call the fields of records."""

from datetime import datetime
from zoneinfo import ZoneInfo

from locales.translations import language
from registry.inquiries import Inquiry
from registry.measures import Measure
from registry.offices import OfficeTree
from registry.papers import Paper
from registry.programmes import Programme
from registry.workdays import Workdays
from views.fields import FIELDS, changed_values, field_name, field_value
from views.voice import Voice

VOICE = Voice(
    say=language("de"),
    offices=OfficeTree(()),
    now=datetime(2026, 11, 23, tzinfo=ZoneInfo("Europe/Berlin")),
    workdays=Workdays(),
)


def test_every_field_of_every_record_has_a_name() -> None:
    fields = {name for model in (Measure, Inquiry, Paper, Programme) for name in model.model_fields}

    assert fields - set(FIELDS) - {"version"} == set()
    assert field_name("lead_offices", VOICE.say) == "Federführung"
    assert field_name("something_new", VOICE.say) == "something_new"


def test_long_texts_that_begin_alike_are_told_from_where_they_differ() -> None:
    text = "Die Bewerbung ist zu prüfen und dem Ausschuss für Soziales vorzulegen, und zwar"
    lists = ('[{"title":"Modul","text":"alt"}]', '[{"title":"Modul","text":"neu"}]')

    assert changed_values("text", f"{text} bald", f"{text} im Mai", VOICE) == ("… bald", "… im Mai")
    assert changed_values("text", text, f"{text} im Mai", VOICE) == ("…", "… im Mai")
    assert changed_values("text", "alt", "neu", VOICE) == ("alt", "neu")
    assert changed_values("text", "", text, VOICE) == ("", field_value("text", text, VOICE))
    assert changed_values("modules", *lists, VOICE) == ("", "")


def test_stored_values_are_told_in_words() -> None:
    stored = {
        "status": "partly",
        "visibility": "nonpublic",
        "due_on": "2026-12-16",
        "lead_offices": '["A50","A51"]',
        "deadline": '{"text":"fortlaufend","kind":"ongoing"}',
        "mandates": '[{"number":1}]',
        "title": "[kein JSON",
        "is_new": "1",
        "text": "",
    }

    assert {name: field_value(name, value, VOICE) for name, value in stored.items()} == {
        "status": "◐ teilweise umgesetzt",
        "visibility": "nicht öffentlich",
        "due_on": "Mi., 16.12.2026",
        "lead_offices": "A50, A51",
        "deadline": "fortlaufend",
        "mandates": "",
        "title": "[kein JSON",
        "is_new": "",
        "text": "",
    }
