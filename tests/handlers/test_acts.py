"""The buttons that change a record: on its card, in private, for those who may press them."""

from dataclasses import replace

from registry.people import Role
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, Conversation

COORDINATOR, OTHER_OFFICE = 7_004, 7_005


def buttons(screen: str) -> list[str]:
    return [line for line in screen.splitlines() if line.startswith("[")]


async def test_office_staff_report_from_the_card_of_their_measure(chat: Conversation) -> None:
    kim = replace(chat, person=EDITOR)

    assert buttons(await kim.says("1.5.M1")) == ["[✎ Status melden]", "[Q1]", "[Verlauf]"]
    assert (await kim.taps("✎ Status melden")).splitlines()[:2] == [
        "1.5.M1 · WLAN in allen Unterkünften",
        "Welchen Status soll ich eintragen?",
    ]


async def test_nobody_sees_a_button_they_may_not_press(chat: Conversation) -> None:
    await chat.store.people.set_role(OTHER_OFFICE, Role.EDITOR, ("A51",))
    toni = replace(chat, person=OTHER_OFFICE)

    assert buttons(await chat.says("1.5.M1")) == ["[Q1]", "[Verlauf]"]
    assert buttons(await chat.says("zeige Q2")) == ["[Verlauf]"]
    assert buttons(await toni.says("1.5.M1")) == ["[Q1]", "[Verlauf]"]
    assert buttons(await toni.says("Q8"))[0].startswith("[✎ ")
    assert buttons(await toni.says("zeige Q2")) == ["[Verlauf]"]


async def test_coordination_routes_from_the_card_of_an_inquiry(chat: Conversation) -> None:
    await chat.store.people.set_role(COORDINATOR, Role.COORDINATOR)
    robin = replace(chat, person=COORDINATOR)

    assert buttons(await robin.says("1.5.M1"))[0].startswith("[✎ Status melden]")
    assert buttons(await robin.says("Q10"))[0].startswith("[Zuweisen]")
    assert (await robin.taps("Zuweisen")).splitlines()[0] == "Q10 · Nächste Fortschreibung"


async def test_a_card_in_a_group_has_no_button_that_only_some_may_press(chat: Conversation) -> None:
    await replace(chat, person=ADMIN, chat=GROUP).says("/admit")

    for person in (EDITOR, ADMIN):
        shown = await replace(chat, person=person, chat=GROUP).says("@amtsbote_bot 1.5.M1")
        assert buttons(shown) == ["[Q1]", "[Verlauf]"]


async def test_a_button_of_a_card_reads_rights_anew(chat: Conversation) -> None:
    kim = replace(chat, person=EDITOR)
    await kim.says("1.5.M1")
    await chat.store.people.set_role(EDITOR, Role.READER, ("A50",))

    refused = await kim.taps("✎ Status melden")

    assert refused == "(Ihre Rolle erlaubt das nicht. Bitte wenden Sie sich an Ihre Administration.)"


async def test_the_card_in_english(chat: Conversation) -> None:
    kim = replace(chat, person=EDITOR, language="en")

    assert buttons(await kim.says("1.5.M1")) == ["[✎ Report status]", "[Q1]", "[History]"]
