"""The page in a real browser; tests are skipped where there is none."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, async_playwright
from playwright.async_api import Page as Tab

from bot.playground.api import LocalBotApi
from bot.playground.company import Company, gather
from bot.playground.page import Page
from tests.playground.scripted import answer_everything

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = (390, 844)
DESK = (1280, 800)
needs_browser = pytest.mark.skipif(BROWSER is None, reason="no chromium, chromium-browser or google-chrome on the PATH")


@dataclass
class Visit:
    """An open tab; ``complaints`` is what the browser's console had to say."""

    tab: Tab
    origin: str
    complaints: list[str] = field(default_factory=list)

    async def picture(self, folder: Path, name: str) -> Path:
        path = folder / f"{name}.png"
        await self.tab.screenshot(path=path)
        return path

    async def write(self, text: str) -> None:
        await self.tab.get_by_role("combobox").fill(text)
        await self.tab.keyboard.press("Enter")

    async def focused(self) -> str:
        """The label or text of what has the focus."""
        found = await self.tab.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent")
        return str(found).strip()


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    async with async_playwright() as player:
        browser = await player.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield browser
        await browser.close()


@asynccontextmanager
async def a_visit(
    browser: Browser,
    origin: str,
    *,
    size: tuple[int, int] = DESK,
    language: str = "de",
    scheme: Literal["light", "dark"] = "light",
) -> AsyncIterator[Visit]:
    """Opens the page and waits until it is ready."""
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, locale=language, color_scheme=scheme, reduced_motion="reduce"
    )
    visit = Visit(await context.new_page(), origin)
    visit.tab.on("console", lambda message: visit.complaints.append(f"{message.type}: {message.text}"))
    visit.tab.on("pageerror", lambda error: visit.complaints.append(str(error)))
    await visit.tab.goto(origin)
    await visit.tab.wait_for_selector("body.ready")
    try:
        yield visit
    finally:
        await context.close()


@asynccontextmanager
async def a_scripted_page() -> AsyncIterator[tuple[str, LocalBotApi, Company]]:
    """The page with the small scripted bot behind it."""
    api = LocalBotApi()
    company = gather(api.town)
    api.add_routes(Page(api, company.cast).routes())
    async with api.serve() as origin:
        bot = asyncio.create_task(answer_everything(api))
        try:
            yield origin, api, company
        finally:  # else a test that fails would leave it polling a closed town, and never end
            bot.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await bot
