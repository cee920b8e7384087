"""``GET /health`` on 127.0.0.1: 200 while all is well, 503 otherwise."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.failures import Failure
from bot.health import Health
from bot.unusable import reason
from locales.phrases import phrase

if TYPE_CHECKING:
    from aiohttp import web

_NOT_LISTENING = phrase("The health page cannot have port {port} of 127.0.0.1: {reason}.")
_OTHER_PORT = phrase("Set AMTSBOTE_LISTEN to a free one.")


@asynccontextmanager
async def health_page(pulse: Callable[[], Awaitable[Health]], port: int) -> AsyncIterator[None]:
    from aiohttp import web  # a web server takes a while to load, and most bots show no page

    async def show(_: "web.Request") -> "web.Response":
        health = await pulse()
        return web.json_response({"is_well": health.is_well, **asdict(health)}, status=200 if health.is_well else 503)

    app = web.Application()
    app.router.add_get("/health", show)
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    try:
        await _listen(web.TCPSite(runner, "127.0.0.1", port), port)
        yield
    finally:
        await runner.cleanup()


async def _listen(site: "web.TCPSite", port: int) -> None:
    try:
        await site.start()
    except OSError as error:
        raise Failure(_NOT_LISTENING, advice=_OTHER_PORT, port=port, reason=reason(error)) from error
