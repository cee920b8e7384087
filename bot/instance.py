"""One bot per database: a lock that the kernel lets go with the process, however it ends."""

import fcntl
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.failures import Failure
from bot.opening import no_folder
from bot.unusable import unusable
from locales.phrases import phrase


class AlreadyRunning(Failure):
    def __init__(self, database: Path) -> None:
        super().__init__(phrase("Another bot is already running on {path}. Stop it first."), exit_code=3, path=database)


class InstanceLock:
    """Taken before the register is opened: two bots may neither make nor migrate one at the same time."""

    def __init__(self, database: Path) -> None:
        self._database = database.resolve()  # by whatever name it goes

    def __enter__(self) -> Self:
        try:
            self._file = self._database.with_name(f"{self._database.name}.lock").open("a")
        except FileNotFoundError:
            raise no_folder(self._database.parent) from None
        except OSError as error:
            raise unusable(error, self._database) or error from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise AlreadyRunning(self._database) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
