"""What a call carries, read the way the Bot API reads it: every value may come as JSON or as text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.playground.refusals import bad_request

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True)
class Upload:
    name: str
    mime_type: str
    content: bytes


class Payload:
    def __init__(self, values: Mapping[str, Json], uploads: Mapping[str, Upload] | None = None) -> None:
        self.values = dict(values)
        self.uploads = dict(uploads or {})

    def upload(self, name: str) -> Upload | None:
        """A file sent along, directly or as ``attach://part``."""
        return self.uploads.get(self.text(name).removeprefix("attach://") or name)

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None else str(value)

    def has(self, name: str) -> bool:
        return self.text(name) != ""

    def number(self, name: str, default: int = 0) -> int:
        value = self.text(name).strip()
        return int(value) if value.removeprefix("-").isdecimal() else default

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def nested(self, name: str) -> "Payload | None":
        """An object given as JSON or as its text; None where nothing was given."""
        value = self._unpacked(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise bad_request("object expected as " + name.replace("_", " "))
        return Payload(value)

    def items(self, name: str) -> list[Json]:
        value = self._unpacked(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad_request(f"can't parse {name}: expected an Array")
        return value

    def _unpacked(self, name: str) -> Json:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None


def loads(text: str | bytes) -> Json:
    value: Json = json.loads(text)
    return value


def compact(values: Mapping[str, Json]) -> dict[str, Json]:
    """Leaves out what is not there, as the Bot API does; a zero is there."""
    return {name: value for name, value in values.items() if value or (value == 0 and value is not False)}
