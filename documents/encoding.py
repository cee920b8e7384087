"""Bytes as text: UTF-8, or what older office programs write."""

from documents.findings import Unreadability, Unreadable


def decode(data: bytes) -> str:
    """UTF-8 with or without byte order mark, else Windows-1252; what neither allows is no text."""
    if b"\0" in data:
        raise Unreadable(Unreadability.NOT_TEXT, line=data[: data.index(b"\0")].count(b"\n") + 1)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(Unreadability.NOT_TEXT)
