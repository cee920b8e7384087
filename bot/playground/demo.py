"""``amtsbote demo``: the page on loopback, and behind it the real bot with a sample register."""

import asyncio
import os
import signal
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.failures import Failure
from bot.playground.api import LocalBotApi
from bot.playground.company import Company, gather
from bot.playground.page import Page
from locales.phrases import phrase

SECRETS = ("AMTSBOTE_TOKEN", "AMTSBOTE_TOKEN_FILE")
GREETING = "Amtsbote, the playground: {origin}\nNothing here is real. Ctrl+C ends it, and everything is gone."


async def run_demo(port: int = 8088, *, open_browser: bool = True, say: Callable[[str], None] = print) -> None:
    """Serves the playground until it is interrupted."""
    refuse_real_token(os.environ)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with a_page(port) as (origin, api, company):
        say(GREETING.format(origin=origin))
        if open_browser:
            await asyncio.to_thread(webbrowser.open, origin)
        async with a_bot(origin, api, company):
            await stop.wait()


def refuse_real_token(environment: Mapping[str, str]) -> None:
    """A playground next to a real token invites mistakes."""
    found = next((name for name in SECRETS if environment.get(name)), None)
    if found:
        raise Failure(
            phrase("{name} is set. The playground needs no token and takes none: unset it first."),
            exit_code=2,
            name=found,
        )


@asynccontextmanager
async def a_page(port: int = 0) -> AsyncIterator[tuple[str, LocalBotApi, Company]]:
    """The page and the Bot API behind it, before there is any bot; gives its origin."""
    api = LocalBotApi()
    company = gather(api.town)
    api.add_routes(Page(api, company.cast).routes())
    async with AsyncExitStack() as stack:
        try:
            origin = await stack.enter_async_context(api.serve(port))
        except OSError:
            raise Failure(
                phrase("Port {port} is taken. Choose another one: amtsbote demo --port 0"), port=port
            ) from None
        yield origin, api, company


@asynccontextmanager
async def a_bot(origin: str, api: LocalBotApi, company: Company) -> AsyncIterator[None]:
    """The bot takes longer to load than the page, so it is loaded behind it; what is asked meanwhile waits."""
    await asyncio.to_thread(_load)
    from bot.playground.sampling import a_sampled_bot

    with tempfile.TemporaryDirectory(prefix="amtsbote-demo-") as folder:
        async with a_sampled_bot(Path(folder), origin, company, api.clock):
            for room, thread in company.places:
                api.doings.says(room, company.admin, "/freischalten", thread=thread)
            yield


def _load() -> None:
    import bot.playground.sampling  # noqa: F401
