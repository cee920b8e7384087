"""Whoever may not see non-public records cannot tell whether there are any: every answer is byte for byte the same."""

import os
import random
from pathlib import Path

from handlers.calling import PRESSES
from handlers.commands import COMMANDS
from registry.visibility import Clearance
from tests.handlers.conversing import EDITOR, GROUP
from tests.handlers.noninterference import (
    CASES,
    PRESS_CASES,
    differences,
    random_questions,
    scripted,
    two_cities,
    uncleared,
)

QUESTIONS = int(os.environ.get("AMTSBOTE_TEST_QUESTIONS", "250"))


def test_every_command_and_button_has_a_case() -> None:
    assert set(CASES) == {command.name for command in COMMANDS}
    assert set(PRESS_CASES) == set(PRESSES)


async def test_every_command_and_button_answers_alike_with_and_without_secrets(tmp_path: Path) -> None:
    async with two_cities(tmp_path, non_public=Clearance.CONTENT) as cities:
        for here in uncleared(cities):
            for update in scripted(here):
                assert await here.difference(update) == ""


async def test_where_the_city_hides_everything_editors_are_answered_alike_too(tmp_path: Path) -> None:
    async with two_cities(tmp_path, non_public=Clearance.PUBLIC) as cities:
        here = cities.at(EDITOR, None)
        for update in scripted(here):
            assert await here.difference(update) == ""


async def test_random_questions_are_answered_alike_with_and_without_secrets(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(2**32)
    async with two_cities(tmp_path, non_public=Clearance.CONTENT) as cities:
        found = await differences(cities, random_questions(QUESTIONS, seed))

    assert found == [], f"seed {seed}"


async def test_a_cleared_editor_does_see_a_difference(tmp_path: Path) -> None:
    """Else the other tests could not fail."""
    async with two_cities(tmp_path, non_public=Clearance.CONTENT) as cities:
        private, group = cities.at(EDITOR, None), cities.at(EDITOR, GROUP)

        assert "Geheimer Grundstückskauf" in await private.difference(private.message("/show 7.1.M1"))
        assert await private.difference(private.message("/open A50")) != ""
        assert await group.difference(group.message("/show 7.1.M1")) == ""
