"""One bot per database: a lock that the kernel lets go with the process, however it ends."""

import fcntl
from pathlib import Path
from types import TracebackType

from bot.failures import Failure


class AlreadyRunning(Failure):
    def __init__(self, database: Path) -> None:
        super().__init__(f"Another bot is already running on {database}. Stop it first.", exit_code=3)


class InstanceLock:
    def __init__(self, database: Path) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._file = self._database.with_name(f"{self._database.name}.lock").open("a")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise AlreadyRunning(self._database) from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
