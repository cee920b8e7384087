"""What tests of the playground share."""

import pytest

from tests.playground.towns import Setting, a_setting


@pytest.fixture
def setting() -> Setting:
    return a_setting()
