"""What holds until the register changes: composed once for everybody it is the same for."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

_MOST = 2_000  # answers of a few kilobytes each

Wanted = TypeVar("Wanted", bound=Hashable)
Composed = TypeVar("Composed")


class Shelf(Generic[Wanted, Composed]):
    """Keeps things as of the newest revision of the register that anybody has asked at.

    What is wanted has to hold all that the composed depends on besides the register itself.
    """

    def __init__(self) -> None:
        self._revision = -1
        self._composed: dict[Wanted, Composed] = {}

    async def take(
        self,
        wanted: Wanted,
        revision: int | None,
        compose: Callable[[], Awaitable[Composed]],
        *,
        may_stay: Callable[[Composed], bool] = lambda _: True,
    ) -> Composed:
        """What stands here, or what is composed now; of an unknown revision nothing is kept.

        ``revision`` was read before anything else was: what is newer than it is composed once too often.
        """
        if revision is None:
            return await compose()
        if revision > self._revision:
            self._composed.clear()
            self._revision = revision
        if revision == self._revision and wanted in self._composed:
            return self._composed[wanted]
        composed = await compose()
        if may_stay(composed):
            self._keep(wanted, composed, revision)
        return composed

    def _keep(self, wanted: Wanted, composed: Composed, revision: int) -> None:
        # The register may have changed meanwhile: what was composed as of before must not outlast that.
        if revision != self._revision:
            return
        if len(self._composed) >= _MOST:
            del self._composed[next(iter(self._composed))]
        self._composed[wanted] = composed
