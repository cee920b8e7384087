"""What the bot called, with which payload, and what it was told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.playground.payloads import Json


@dataclass
class Call:
    """One call as it arrived; ``status`` is 0 until there is an answer; a broken connection may leave it so."""

    at: datetime
    name: str
    payload: Mapping[str, Json]
    status: int = 0
    answer: Mapping[str, Json] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """The name in lower case, as method names are compared."""
        return self.name.lower()

    @property
    def ok(self) -> bool:
        return self.status == 200

    @property
    def result(self) -> Json:
        return self.answer.get("result")

    @property
    def description(self) -> str:
        return str(self.answer.get("description", ""))
