"""A playground over some documents, and its page in a window of Chromium: for what has to be seen to be measured."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright

from bot import settings
from bot.playground.running import Running, opened
from bot.playground.server import listen
from tests.bot.playground.chromium.started import CHROMIUM, FLAGS

PATIENCE = 120_000
"""Milliseconds that the bot may take to start."""


@dataclass(frozen=True)
class Window:
    """A page, the playground behind it and the documents that it is over."""

    page: Page
    running: Running
    documents: Path

    async def become(self, name: str, channel: str) -> None:
        """Be somebody, somewhere."""
        await self.page.get_by_role("radio", name=name).check()
        await self.page.get_by_role("navigation").get_by_role("button", name=f"{channel},").click()
        await self.page.get_by_role("heading", level=1, name=channel).wait_for()

    async def type(self, command: str, *values: str) -> None:
        """Type a command and its required options, without sending it."""
        await self.page.get_by_role("textbox", name="Message").press_sequentially(f"/{command} ")
        for value in values:
            await self.page.keyboard.insert_text(value)

    async def answer(self, act: Callable[[], Awaitable[None]]) -> Locator:
        """Do something, and return the bot's answer to it."""
        shown = self.page.locator("article[data-message-id][aria-busy=false]", has=self.page.locator(".badge"))
        before = await shown.count()
        await act()
        await shown.nth(before).wait_for()
        return shown.nth(before)

    async def send(self) -> None:
        """Send what was typed."""
        await self.page.keyboard.press("Enter")


@asynccontextmanager
async def window(
    documents: Path, *, width: int = 1280, height: int = 800, scale: float = 1, theme: str = "dark"
) -> AsyncIterator[Window]:
    """Open the page of a playground over a copy of `documents`, once its bot is ready."""
    with tempfile.TemporaryDirectory() as folder, listen(0) as listening:
        own = Path(folder) / "documents"
        shutil.copytree(documents, own)
        chosen = settings.load(documents=own, data=Path(folder) / "data", cooldown_seconds=0)
        async with opened(chosen, listening) as running, _browser() as browser:
            context = await browser.new_context(
                viewport={"width": width, "height": height},
                device_scale_factor=scale,
                color_scheme="light" if theme == "light" else "dark",
                reduced_motion="reduce",
                locale="en-GB",
            )
            page = await context.new_page()
            await page.goto(running.address.url)
            ready = page.get_by_role("region", name="Welcome").get_by_role("button", disabled=False)
            await ready.first.wait_for(timeout=PATIENCE)
            yield Window(page, running, own)
            await context.close()


@asynccontextmanager
async def _browser() -> AsyncIterator[Browser]:
    if not CHROMIUM:
        raise SystemExit("Chromium is not installed (apt install chromium).")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        await browser.close()
