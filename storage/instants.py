"""Instants as the database keeps them: UTC, to the millisecond, sortable as text."""

from datetime import UTC, datetime


def written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def read(text: str) -> datetime:
    return datetime.fromisoformat(text)
