"""Who reads what offices deliver and coordination drafts, before an answer is released."""

from dataclasses import replace

import pytest

from registry.people import Role
from tests.handlers.conversing import ADMIN, EDITOR, GROUP, READER, Conversation

COORDINATOR, YOUTH = 7_104, 7_105
WORDS = ("Geheimniskrämer", "Zahlenwerk", "Vorentwurf")


@pytest.fixture
async def office(chat: Conversation) -> Conversation:
    """Social services, once their contribution was taken into an answer and sent back with a remark."""
    await chat.store.people.set_role(COORDINATOR, Role.COORDINATOR)
    await chat.store.people.set_role(YOUTH, Role.EDITOR, ("A51",))
    coordination, office = replace(chat, person=COORDINATOR), replace(chat, person=EDITOR)
    for who, words in (
        (office, "/antwort Q1 Geheimniskrämer"),
        (coordination, "/entwurf Q1 Vorentwurf"),
        (coordination, "/zurueck Q1 A50 Zahlenwerk fehlt"),
    ):
        await who.says(words)
        await who.taps("✓ Speichern")
    return office


def told(screen: str) -> list[str]:
    return [word for word in WORDS if word in screen]


async def test_the_office_and_coordination_read_what_is_in_the_making(office: Conversation) -> None:
    for who in (office, replace(office, person=COORDINATOR)):
        assert told(await who.says("/zeige Q1")) == list(WORDS)
        assert told(await who.says("/verlauf Q1"))


@pytest.mark.parametrize("person", [READER, YOUTH])
async def test_others_read_how_far_it_is_but_no_words_that_nobody_approved(office: Conversation, person: int) -> None:
    other = replace(office, person=person)

    card, history = await other.says("/zeige Q1"), await other.says("/verlauf Q1")

    assert told(card + history) == []
    assert "A50 · Amt für Soziales · ○ ausstehend" in card.splitlines()
    assert "A50 ◐ geliefert → ○ ausstehend" in history


async def test_nobody_finds_an_inquiry_by_words_of_a_draft(office: Conversation) -> None:
    assert "Q1" not in await replace(office, person=READER).says("/suche Vorentwurf")


async def test_in_a_group_where_everybody_reads_along_drafts_are_told_to_nobody(office: Conversation) -> None:
    group = replace(office, chat=GROUP, person=COORDINATOR)
    await replace(group, person=ADMIN).says("/admit")

    screens = [await group.says(words) for words in ("/zeige Q1", "/verlauf Q1", "/zurueckziehen Q1 Erledigt")]

    assert told("".join(screens)) == []


async def test_in_a_group_contributions_are_taken_in_without_being_quoted(office: Conversation) -> None:
    await office.says("/antwort Q1 Geheimniskrämer")
    await office.taps("✓ Speichern")
    group = replace(office, chat=GROUP, person=COORDINATOR)
    await replace(group, person=ADMIN).says("/admit")

    screens = [await group.says("/zusammenfuehren Q1"), await group.taps("✓ Speichern")]

    assert told("".join(screens)) == []
    assert "Geheimniskrämer" in await replace(office, person=COORDINATOR).says("/zeige Q1")


async def test_a_released_answer_is_for_everybody_and_what_it_left_out_is_not(office: Conversation) -> None:
    coordination = replace(office, person=COORDINATOR)
    await office.says("/antwort Q1 Geheimniskrämer")
    await office.taps("✓ Speichern")
    await coordination.says("/freigeben Q1")
    await coordination.taps("So freigeben, wie sie ist")
    await coordination.taps("✓ Speichern")

    reader = replace(office, person=READER)

    assert told(await reader.says("/zeige Q1")) == ["Vorentwurf"]
    assert "Q1" in await reader.says("/suche Vorentwurf")
