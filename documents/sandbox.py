"""Reads a document in a process of its own, with limits on size, memory and time; only plain data comes back."""

import asyncio
import signal
import sys
from pathlib import Path

from documents import read
from documents.encoding import decode
from documents.findings import TookTooLong, TooLarge, UnknownForm, Unreadability, Unreadable, UnreadDocument
from documents.formats import refuse_unread
from registry.offices import Office, OfficeTree
from registry.reading import Reading
from registry.records import Record

if sys.platform != "win32":
    import resource


class Limits(Record):
    """What one reading may take: bytes of document and of memory, seconds of processor and of patience."""

    size: int = 5_000_000
    memory: int = 512 * 1024 * 1024
    cpu_seconds: int = 10
    seconds: float = 20


class Order(Record):
    """What the reading process is told."""

    path: Path
    is_sent: bool = False  # the document follows the order; the path is nothing but its name
    offices: tuple[Office, ...]
    limits: Limits


class Refusal(Record):
    """Why nothing was read: the name of the exception and its facts."""

    name: str
    facts: tuple[int | float | str, ...]


class Report(Record):
    """What the reading process says: a reading, or a refusal."""

    reading: Reading | None = None
    refusal: Refusal | None = None


_REFUSALS: dict[str, type[UnreadDocument]] = {
    error.__name__: error for error in (TooLarge, TookTooLong, Unreadable, UnknownForm)
}
_ROOT = Path(__file__).resolve().parent.parent


async def read_file(path: Path, offices: OfficeTree, *, limits: Limits | None = None) -> Reading:
    """The reading of a file. Raises UnreadDocument with the facts; whatever the file does, it ends in time."""
    order = Order(path=path.resolve(), offices=offices.offices, limits=limits or Limits())
    _refuse_large(order)
    return _given(await _reported(order))


async def read_sent(name: str, content: bytes, offices: OfficeTree, *, limits: Limits | None = None) -> Reading:
    """The reading of a document that was sent: it goes to the reader as it came, and to no file."""
    order = Order(path=Path(Path(name).name), is_sent=True, offices=offices.offices, limits=limits or Limits())
    if len(content) > order.limits.size:
        raise TooLarge(len(content), order.limits.size)
    return _given(await _reported(order, content))


def _given(report: Report) -> Reading:
    if report.refusal:
        raise _REFUSALS[report.refusal.name](*report.refusal.facts)
    if report.reading is None:
        raise Unreadable(Unreadability.READER_FAILED)
    return report.reading


async def _reported(order: Order, content: bytes = b"") -> Report:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # a file called documents.py in the working folder must not be taken for ours
        "-m",
        "documents.sandbox",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},  # no token, no secret: the reader needs none
    )
    try:
        told = b"\n".join((order.model_dump_json().encode(), content))
        said, _ = await asyncio.wait_for(process.communicate(told), order.limits.seconds)
    except TimeoutError as error:
        raise TookTooLong(order.limits.seconds) from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    _refuse_how_it_ended(process.returncode, order.limits)
    return Report.model_validate_json(said)


def _refuse_how_it_ended(code: int | None, limits: Limits) -> None:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise TookTooLong(limits.cpu_seconds)
    if code == -signal.SIGABRT:  # compiled code ends so where it gets no memory
        raise TooLarge(limits.memory, limits.memory)
    if code != 0:
        raise Unreadable(Unreadability.READER_FAILED)


def _refuse_large(order: Order) -> None:
    try:
        size = order.path.stat().st_size
    except OSError as error:
        raise _kept_away(error) from error
    if size > order.limits.size:
        raise TooLarge(size, order.limits.size)


def _kept_away(error: OSError) -> Unreadable:
    is_forbidden = isinstance(error, PermissionError)
    return Unreadable(Unreadability.NOT_PERMITTED if is_forbidden else Unreadability.NOT_THERE)


def _confine(limits: Limits) -> None:
    """From here on this process has no more than that, and writes no file."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(order: Order, content: bytes) -> bytes:
    """The report as JSON: nothing but plain data leaves this process."""
    try:
        return Report(reading=_read_within(order, content)).model_dump_json().encode()
    except UnreadDocument as refused:
        refusal = Refusal(name=type(refused).__name__, facts=refused.args)
    except MemoryError:
        refusal = Refusal(name=TooLarge.__name__, facts=(order.limits.memory, order.limits.memory))
    return Report(refusal=refusal).model_dump_json().encode()


def _read_within(order: Order, content: bytes) -> Reading:
    data = content if order.is_sent else _content(order)
    if len(data) > order.limits.size:  # it grew since somebody looked
        raise TooLarge(len(data), order.limits.size)
    refuse_unread(data)
    return read(decode(data), source=order.path.name, offices=OfficeTree(order.offices))


def _content(order: Order) -> bytes:
    try:
        with order.path.open("rb") as file:
            return file.read(order.limits.size + 1)
    except OSError as error:
        raise _kept_away(error) from error


def _main() -> None:
    told, _, content = sys.stdin.buffer.read().partition(b"\n")
    order = Order.model_validate_json(told)
    _confine(order.limits)
    sys.stdout.buffer.write(_answer(order, content))


if __name__ == "__main__":
    _main()
