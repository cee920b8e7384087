"""The log: ids and facts only, and never a token, whoever writes it."""

import json
import logging
import re
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal

TOKEN = re.compile(r"\d{6,}:[\w-]{30,}")
_ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_CHATTY = ("httpx", "httpcore", "aiohttp", "aiosqlite", "apscheduler", "telegram", "asyncio")


def start_log(form: Literal["text", "json"]) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(JsonForm() if form == "json" else TextForm())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


@contextmanager
def in_the_log(reference: str) -> Iterator[str]:
    """Where no log was started, a file of its own, whose name it gives: on a terminal a traceback helps nobody."""
    root = logging.getLogger()
    if any(isinstance(handler.formatter, _Form) for handler in root.handlers):
        yield ""
        return
    # Only its owner may read a temporary file.
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix=f"amtsbote-{reference}-", suffix=".log", delete=False
    ) as file:
        handler = logging.StreamHandler(file)
        handler.setFormatter(TextForm())
        root.addHandler(handler)
        try:
            yield file.name
        finally:
            root.removeHandler(handler)


class _Form(logging.Formatter):
    """Redacts the finished line, so that arguments and tracebacks are covered as well."""

    def format(self, record: logging.LogRecord) -> str:
        return TOKEN.sub("[token]", self.line(record))

    def line(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another form may have left its own there, with what the error said
        return super().format(record)

    def formatException(self, info: _ErrorInfo) -> str:  # noqa: N802  # logging's own name
        return "".join(_told(info[1])) if info[1] else ""


def _told(error: BaseException) -> Iterator[str]:
    """Where it happened and what kind it was. What an error says may quote what a person wrote."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before)
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__}\n"
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _told(inner)


class TextForm(_Form):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")


class JsonForm(_Form):
    def line(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
