"""A loopback Bot API that costs far less than the bots it measures: HTTP/1.1 read by hand, nothing stored."""

import asyncio
import json
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl

from tests.benchmarks import updates
from tests.benchmarks.changes import Changes
from tests.benchmarks.rounds import Asking, Order, Question, Result, Round, askings, questions_from_text
from tests.benchmarks.updates import BOT, Shown, Tap

CHATS = 200
BATCH = 100  # Telegram hands out at most so many updates per getUpdates

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_TYPE = re.compile(rb"\r\ncontent-type: *([^\r]*)", re.IGNORECASE)
_METHOD = re.compile(rb"/bot[^/]*/(\w+)")
_PART = re.compile(r'name="(\w+)"\r\n(?:[^\r]+\r\n)*\r\n(.*?)\r\n--', re.DOTALL)

_FIXED: Mapping[str, object] = {
    "getme": BOT,
    "getwebhookinfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
    "getmycommands": [],
}


class Feed:
    """The updates Telegram still keeps, and the poll that waits for the next."""

    def __init__(self) -> None:
        self._kept: deque[tuple[int, bytes]] = deque()
        self._poll: asyncio.Future[None] | None = None

    def add(self, update_id: int, update: bytes) -> None:
        self._kept.append((update_id, update))
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    async def batch(self, fields: Mapping[str, str]) -> bytes:
        """The oldest updates from the offset on, which confirms everything before it; waits while there is none."""
        offset = int(fields.get("offset") or 0)
        while self._kept and self._kept[0][0] < offset:
            self._kept.popleft()
        if not self._kept:
            self._poll = asyncio.get_running_loop().create_future()
            await asyncio.wait([self._poll], timeout=float(fields.get("timeout") or 0))
        limit = min(int(fields.get("limit") or BATCH), BATCH)
        chosen = [self._kept[at][1] for at in range(min(limit, len(self._kept)))]
        return b'{"ok":true,"result":[' + b",".join(chosen) + b"]}"


class Api:
    """Answers the bot's calls, and puts what it says to the round that runs."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.feed = Feed()
        self._questions = questions
        self._round: Round | None = None
        self._asked = 0
        self._message_id = 0
        self._update_id = 1_000_000

    async def run(self, order: Order) -> Result:
        """Asks as ordered and waits for the answers. The questions are written before the clock starts."""
        asked = askings(self._questions, order.count, chats=CHATS, first=self._asked)
        self._asked += order.count
        self._round = Changes(order.count) if self._questions[0].button else Round(order.count)
        for number, asking in enumerate(asked):
            if order.per_second:
                due = self._round.started_at + number / order.per_second
                await asyncio.sleep(max(0.0, due - time.monotonic()))
            self._say(self._round.ask(asking))
        return await self._round.finished()

    def _say(self, said: Asking | Tap | None) -> None:
        if said is not None:
            self._update_id += 1
            self.feed.add(self._update_id, updates.numbered(self._update_id, said.update))

    def answer(self, method: str, fields: Mapping[str, str]) -> bytes:
        if method not in ("sendmessage", "editmessagetext"):
            return _ok(_FIXED.get(method, True))
        shown = self._shown(fields)
        if self._round:
            self._say(self._round.hear(shown))
        return _ok(shown.sent())

    def _shown(self, fields: Mapping[str, str]) -> Shown:
        """A new message, or the one that is edited."""
        self._message_id += 1
        message = int(fields.get("message_id") or self._message_id)
        return Shown(int(fields["chat_id"]), message, fields["text"], fields.get("reply_markup", ""))


class Connection(asyncio.Protocol):
    """Reads requests off one connection, one after the other, and keeps it open."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._buffer = b""
        self._polls: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        for poll in self._polls:
            poll.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while request := self._take_request():
            method, fields = request
            if method == "getupdates":
                self._start_poll(fields)
            else:
                self.respond(method, fields)

    def respond(self, method: str, fields: Mapping[str, str]) -> None:
        self._send(self._api.answer(method, fields))

    def _take_request(self) -> tuple[str, Mapping[str, str]] | None:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = self._buffer[:end]
        length = _LENGTH.search(head)
        after = end + 4 + (int(length[1]) if length else 0)
        if len(self._buffer) < after:
            return None
        body, self._buffer = self._buffer[end + 4 : after], self._buffer[after:]
        path = head[: head.index(b"\r\n")]
        method = _METHOD.search(path)
        kind = _TYPE.search(head)
        if method is None:
            raise ValueError(f"not a call of a bot: {path!r}")
        return method[1].decode().lower(), _fields(kind[1] if kind else b"", body.decode())

    def _start_poll(self, fields: Mapping[str, str]) -> None:
        async def poll() -> None:
            self._send(await self._api.feed.batch(fields))

        task = asyncio.get_running_loop().create_task(poll())
        self._polls.add(task)
        task.add_done_callback(self._polls.discard)

    def _send(self, body: bytes, *, status: bytes = b"200 OK") -> None:
        head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
        self._transport.write(head + body)


def _fields(kind: bytes, body: str) -> Mapping[str, str]:
    if kind.startswith(b"application/json"):
        return {name: _text(value) for name, value in json.loads(body or "{}").items()}
    if kind.startswith(b"multipart/form-data"):
        return dict(_PART.findall(body))
    return dict(parse_qsl(body))


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _ok(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


async def serve(questions: Sequence[Question]) -> None:
    """Says its port, then runs each order that arrives on standard input and says its result."""
    loop = asyncio.get_running_loop()
    api = Api(questions)
    server = await loop.create_server(partial(Connection, api), "127.0.0.1", 0)
    print(json.dumps(server.sockets[0].getsockname()[1]), flush=True)
    orders = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    while line := await orders.readline():
        print(json.dumps(asdict(await api.run(Order(**json.loads(line))))), flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command that started it closes its input
    asyncio.run(serve(questions_from_text(Path(sys.argv[1]).read_text(encoding="utf-8"))))
