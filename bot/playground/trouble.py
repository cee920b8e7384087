"""Misbehaviour on demand: everything that goes wrong between a bot and Telegram."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.playground.payloads import Payload
from bot.playground.refusals import Refusal, forbidden, too_many_requests


class Mishap(StrEnum):
    REFUSED = "refused"  # answered with an error, nothing done
    HTML = "html"  # a proxy's error page instead of JSON
    GARBAGE = "garbage"  # 200 with a body that is no JSON
    RESET = "reset"  # the connection breaks before anything was done
    LOST = "lost"  # done, but the answer never arrives: the connection breaks
    SILENT = "silent"  # done, and then no answer for ``seconds``
    HANG = "hang"  # nothing happens for ``seconds``, then it is done


@dataclass
class Fault:
    mishap: Mishap
    method: str = ""  # lower case; empty for all but getUpdates
    chat: int | None = None
    times: int = 1
    refusal: Refusal | None = None
    seconds: float = 0.0

    def hits(self, method: str, given: Payload) -> bool:
        here = self.chat is None or given.number("chat_id") == self.chat
        wanted = method == self.method if self.method else method != "getupdates"
        return self.times > 0 and here and wanted


@dataclass
class Trouble:
    """Faults are met in the order they were ordered; each one as often as it says."""

    faults: list[Fault] = field(default_factory=list)

    def flood(self, chat: int | None = None, *, retry_after: int = 1, times: int = 1, method: str = "") -> None:
        self.refuse(too_many_requests(retry_after), chat=chat, times=times, method=method)

    def server_error(self, *, times: int = 1, method: str = "", code: int = 502) -> None:
        self.refuse(
            Refusal(code, "Bad Gateway" if code == 502 else "Internal Server Error"), times=times, method=method
        )

    def blocked(self, chat: int, *, times: int = 1_000_000) -> None:
        self.refuse(forbidden("bot was blocked by the user"), chat=chat, times=times)

    def refuse(self, refusal: Refusal, *, chat: int | None = None, times: int = 1, method: str = "") -> None:
        self.add(Fault(Mishap.REFUSED, method.lower(), chat, times, refusal))

    def html_page(self, *, times: int = 1, method: str = "") -> None:
        self.add(Fault(Mishap.HTML, method.lower(), times=times))

    def garbage(self, *, times: int = 1, method: str = "") -> None:
        self.add(Fault(Mishap.GARBAGE, method.lower(), times=times))

    def reset(self, *, times: int = 1, method: str = "", chat: int | None = None) -> None:
        self.add(Fault(Mishap.RESET, method.lower(), chat, times))

    def lose_answer(self, *, times: int = 1, method: str = "", chat: int | None = None) -> None:
        self.add(Fault(Mishap.LOST, method.lower(), chat, times))

    def keep_silent(self, seconds: float, *, times: int = 1, method: str = "") -> None:
        self.add(Fault(Mishap.SILENT, method.lower(), times=times, seconds=seconds))

    def hang(self, seconds: float, *, times: int = 1, method: str = "") -> None:
        self.add(Fault(Mishap.HANG, method.lower(), times=times, seconds=seconds))

    def add(self, fault: Fault) -> None:
        self.faults.append(fault)

    def over(self) -> None:
        self.faults.clear()

    def meets(self, method: str, given: Payload) -> Fault | None:
        for fault in self.faults:
            if fault.hits(method, given):
                fault.times -= 1
                return fault
        return None
