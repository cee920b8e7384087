"""Serving on 127.0.0.1, and breaking a connection the way networks do."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from typing import TypeAlias

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

LOOPBACK = "127.0.0.1"
KEPT_SECONDS = (
    75  # that an idle connection stays open: longer than clients keep theirs, or one would be lost in passing
)
GRACE = 0.5  # seconds an answer may still take when serving ends
Peer: TypeAlias = tuple[str, int]

_open: dict[Peer, asyncio.Transport] = {}


class Connection(H11Protocol):
    """uvicorn's connection, remembered by its peer so that it can be broken on purpose."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.peer: Peer = tuple(transport.get_extra_info("peername")[:2])
        _open[self.peer] = transport
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        _open.pop(self.peer, None)
        super().connection_lost(exc)


@asynccontextmanager
async def serve(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """Serves on loopback only, on a free port where none is given, and gives the origin.

    This is uvicorn's protocol without its server, which takes over the signals and stops in tenths of seconds.
    """
    config = uvicorn.Config(
        app, ws="none", log_config=None, access_log=False, proxy_headers=False, timeout_keep_alive=KEPT_SECONDS
    )
    config.load()
    state = ServerState()
    listening = _listen(port)
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(config=config, server_state=state, app_state={}), sock=listening
    )
    try:
        yield f"http://{LOOPBACK}:{listening.getsockname()[1]}"
    finally:
        server.close()
        await _finish(state)


async def _finish(state: ServerState) -> None:
    if state.tasks:
        _, stuck = await asyncio.wait(state.tasks, timeout=GRACE)
        for task in stuck:
            task.cancel()
    for connection in list(state.connections):
        connection.shutdown()


def _listen(port: int) -> socket.socket:
    # Named as TCP, or asyncio would leave Nagle's delay of 40 ms on every answer.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((LOOPBACK, port))
    return listening


def break_connection(scope: MutableMapping[str, object]) -> None:
    """Resets the connection: no farewell, no answer."""
    client = scope.get("client")
    transport = _open.get((str(client[0]), int(client[1]))) if isinstance(client, (tuple, list)) else None
    if transport is None:
        return
    plug = transport.get_extra_info("socket")
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
