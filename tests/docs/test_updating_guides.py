"""Every change the guides give as an example is shown for confirmation, and saved when it is confirmed."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.commands import NAMED
from registry.people import Role
from registry.visibility import Clearance
from tests.handlers.conversing import ADMIN, Conversation, a_city

ROOT = Path(__file__).parents[2]
GUIDES = {"de": ROOT / "docs" / "de" / "aendern.md", "en": ROOT / "docs" / "updating.md"}
PLACES = {"de": "## Ämter\n", "en": "## Office staff\n"}
STEPS_OF_NEW = {"1.5.M9": ("A50", "31.12.2027")}  # what a new measure still asks for
EVENT = ("Ein Termin ohne Frist", "An event")
CHOICES = ("A50", "Vorberatung", "preliminary consultation", "öffentlich", "public", *EVENT)


def examples(language: str) -> list[str]:
    """The first cells of the guide's tables, from the first that is for office staff."""
    _, below = GUIDES[language].read_text("utf-8").split(PLACES[language], 1)
    return [row.replace("KommA", "BeSta") for row in re.findall(r"^\| `([^`]+)` \|", below, re.MULTILINE)]


@pytest.mark.parametrize("language", GUIDES)
async def test_every_example_is_shown_and_then_saved(language: str, tmp_path: Path) -> None:
    async with a_city(tmp_path, non_public=Clearance.CONTENT) as city:
        await city.store.set_non_public(Clearance.CONTENT)
        await city.store.people.set_role(ADMIN, Role.ADMIN, ("A50",))
        chat = replace(city, person=ADMIN, language=language)

        unsaved = {said: last for said in examples(language) if not (last := await told(chat, said)).startswith("(")}

    assert unsaved == {}


async def told(chat: Conversation, said: str) -> str:
    """What is on the screen after an example was said, what it asks was answered, and it was confirmed."""
    screen = await chat.says(said)
    for words in next((more for number, more in STEPS_OF_NEW.items() if number in said), ()):
        screen = await chat.says(words)
    while "[✓" not in screen and (choice := next((one for one in CHOICES if f"[{one}]" in screen), None)):
        screen = await chat.taps(choice)
    confirm = re.search(r"\[(✓[^\]]*)\]", screen)
    return await chat.taps(confirm[1]) if confirm else screen


@pytest.mark.parametrize("language", GUIDES)
def test_every_command_in_the_guide_is_one_in_the_guides_language(language: str) -> None:
    shown = set(re.findall(r"`/(\w+)", GUIDES[language].read_text("utf-8")))

    assert {name for name in shown if name not in NAMED or NAMED[name].called_in(language) != name} == set()


def test_both_guides_show_the_same_commands() -> None:
    german, english = ([NAMED[said.split()[0][1:]].name for said in examples(one) if said[0] == "/"] for one in GUIDES)

    assert german == english
    assert len(german) > 20
