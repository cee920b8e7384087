"""How a command ends: done, or with one sentence on standard error and an exit code; never with a traceback."""

import asyncio
import logging
import secrets
import sys
from collections.abc import Callable, Coroutine

from bot.failures import Failure
from bot.log import in_the_log
from bot.settings import settings_language
from bot.unusable import reason
from locales.phrases import phrase
from locales.translations import language

log = logging.getLogger(__name__)

_OS_REFUSED = phrase("{file}: {reason}.")
_UNFORESEEN = phrase("That did not work. Please report it with the number {reference}.")
_IN_FILE = phrase("Details are in {file}.")
_IN_LOG = phrase("Details are in the log.")

Work = Callable[[], Coroutine[object, object, int | None]]


def carry_out(work: Work, language_code: str | None) -> int:
    """Does the work of a command and returns its exit code."""
    try:
        return asyncio.run(work()) or 0
    except BrokenPipeError:  # who read the output has seen enough
        raise
    except Exception as error:
        failure = _failure(error)
    print(failure.said(language(language_code or settings_language())), file=sys.stderr)  # noqa: T201
    return failure.exit_code


def _failure(error: Exception) -> Failure:
    if isinstance(error, Failure):
        return error
    if isinstance(error, OSError) and error.filename is not None:
        return Failure(_OS_REFUSED, file=error.filename, reason=reason(error))
    reference = secrets.token_hex(4)
    with in_the_log(reference) as file:
        log.error("the command failed, number %s", reference, exc_info=error)
    return Failure(_UNFORESEEN, advice=_IN_FILE if file else _IN_LOG, reference=reference, file=file)
