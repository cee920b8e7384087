"""A city for each test; the reader Kim writes German in a private chat."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.conversing import Conversation, a_city


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_city(tmp_path) as conversation:
        yield conversation


@pytest.fixture
async def chat_with_secrets(tmp_path: Path) -> AsyncIterator[Conversation]:
    async with a_city(tmp_path, with_secrets=True) as conversation:
        yield conversation
