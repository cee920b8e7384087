"""``GET /health`` on 127.0.0.1: 200 while all is well, 503 otherwise."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict

from aiohttp import web

from bot.health import Health


@asynccontextmanager
async def health_page(pulse: Callable[[], Awaitable[Health]], port: int) -> AsyncIterator[None]:
    async def show(_: web.Request) -> web.Response:
        health = await pulse()
        return web.json_response({"is_well": health.is_well, **asdict(health)}, status=200 if health.is_well else 503)

    app = web.Application()
    app.router.add_get("/health", show)
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield
    finally:
        await runner.cleanup()
