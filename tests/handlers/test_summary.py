"""Where we stand, in both languages."""

from dataclasses import replace

from tests.handlers.conversing import EDITOR, Conversation

SUMMARY_DE = """\
Insgesamt: 1 von 3 Maßnahmen vollständig umgesetzt · Stand 30.06.2026
●●●●◐◐◐◐◌◌◌◌
● 1 vollständig umgesetzt · ◐ 1 teilweise umgesetzt · ◌ 1 Status unklar

Fragen: 11 von 11 offen
Zuarbeiten: 0 von 10 geliefert
Überfällig: 1
Zu klären: 2.1.M2, Q10
Als Nächstes: Q1 · WLAN in Unterkünften · A50 · bis Mi., 16.12.2026 (in 17 Arbeitstagen)

HF 1 · Wohnen ●●●●◐◐◐◐ 1/2
HF 2 · Sprache ◌◌◌◌◌◌◌◌ 0/1

A50 · 7 Fragen · 1 Maßnahme · 1 überfällig
A51 · 1 Frage · 1 Maßnahme
A11 · 1 Frage
D05 · 1 Frage
[Was ist offen?] [Überfällig]"""

FIELD_EN = """\
Field 1 · Wohnen: 1 of 2 measures fully implemented · as of 30 Jun 2026
●●●●●●◐◐◐◐◐◐
● 1 fully implemented · ◐ 1 partly implemented

Inquiries: 1 of 1 open
Contributions: 0 of 1 delivered
Overdue: 1
Next: Q1 · Wi-Fi in homes · A50 · by Wed, 16 Dec 2026 (in 17 working days)
[What is open?] [Overdue]
[✕ Field 1 · Wohnen]"""


async def test_the_city_as_a_whole_stands_in_eight_lines(chat: Conversation) -> None:
    assert [await chat.says(text) for text in ("/stand", "wie weit sind wir")] == [SUMMARY_DE] * 2


async def test_a_field_stands_by_itself_and_leads_to_what_is_open_in_it(chat: Conversation) -> None:
    english = replace(chat, language="en")

    assert await english.says("/summary HF 1") == FIELD_EN
    assert (await english.taps("What is open?")).splitlines()[
        0
    ] == "Field 1 · Wohnen: 1 inquiry, 1 measure open · 1 overdue"
    assert (await english.taps("✕ Field 1 · Wohnen")).splitlines()[0].startswith("Overall: 11 inquiries")


async def test_a_scope_without_measures_says_so(chat: Conversation) -> None:
    assert (await chat.says("Stand A11")).splitlines()[0] == "A11 · Personal- und Organisationsamt: keine Maßnahmen"


async def test_what_is_withheld_is_told_to_those_who_may_know(chat_with_secrets: Conversation) -> None:
    line = "4 nicht öffentliche Vorgänge – bitte im Fachverfahren ansehen."

    assert line in (await replace(chat_with_secrets, person=EDITOR).says("/stand")).splitlines()
    assert line not in await chat_with_secrets.says("/stand")
