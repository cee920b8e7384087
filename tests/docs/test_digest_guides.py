"""Every command the guides to digests and reminders give as an example is understood where it may be sent."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.commands import NAMED
from registry.people import Role
from tests.handlers.conversing import ADMIN, a_city

ROOT = Path(__file__).parents[2]
GUIDES = {"de": ROOT / "docs" / "de" / "uebersichten.md", "en": ROOT / "docs" / "digests.md"}
NOT_UNDERSTOOD = {"de": "verstehe ich nicht", "en": "do not understand"}
SET_UP = {"de": "Mo 8:00", "en": "Mon 8:00"}
_IN_GROUPS = ("koordination", "coordination")
_WITH_TIMES = re.compile(r"/digest .*\d:\d\d")


def examples(language: str) -> list[str]:
    return re.findall(r"^\| `(/[^`]+)` \|", GUIDES[language].read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("language", GUIDES)
async def test_every_example_is_understood_and_a_digest_can_be_saved(language: str, tmp_path: Path) -> None:
    async with a_city(tmp_path) as city:
        await city.store.people.set_role(ADMIN, Role.ADMIN, ("A50",))
        chat = replace(city, person=ADMIN, language=language)
        screens = {said: await chat.says(said) for said in examples(language) if not said.endswith(_IN_GROUPS)}

    unread = [said for said, screen in screens.items() if NOT_UNDERSTOOD[language] in screen]
    unsaved = [said for said, screen in screens.items() if _WITH_TIMES.match(said) and "[✓" not in screen]
    assert (unread, unsaved) == ([], [])


@pytest.mark.parametrize("language", GUIDES)
def test_every_command_is_called_as_in_the_guides_language(language: str) -> None:
    shown = set(re.findall(r"`/(\w+)", GUIDES[language].read_text("utf-8")))

    assert {name for name in shown if name not in NAMED or NAMED[name].called_in(language) != name} == set()


def test_both_guides_show_the_same_commands() -> None:
    german, english = ([NAMED[said.split()[0][1:]].name for said in examples(one)] for one in GUIDES)

    assert german == english
    assert len(german) > 10
