"""A playground that runs, with the real bot in it and the real page, and a browser to look at it: one for all tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest
import pytest_asyncio

from bot import settings
from bot.playground import running as running_
from bot.playground.running import Running
from bot.playground.server import listen
from bot.settings import Settings
from tests.bot.playground.browser import greeted, opened
from tests.bot.playground.conftest import is_ready, write_documents

if TYPE_CHECKING:
    from .installed import Browser
    from .visitor import Visitor

WELCOME = "When do quiet hours begin?\nWho bakes the rye bread?\n"
LONG = "".join(
    f"## Chapter {number}\n\n{f'The keeper of lighthouse {number} writes down the weather every morning. ' * 12}\n\n"
    for number in range(1, 13)
)


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browsed") / "documents"
    write_documents(folder)
    (folder / ".questions").write_text(WELCOME)
    (folder / "lighthouses.md").write_text(f"# Lighthouses\n\n{LONG}")
    for number in range(1, 7):
        (folder / f"note-{number}.txt").write_text(f"Boat {number} is moored at jetty {number + 10}.\n")
    return folder


@pytest.fixture(scope="session")
def chosen(home: Path, documents: Path) -> Settings:  # noqa: ARG001 -- nothing of this machine's settings is read
    return settings.load(documents=documents, data=documents.with_name("data"), cooldown_seconds=0)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def running(home: Path, chosen: Settings) -> AsyncIterator[Running]:
    """The playground, once the bot is ready and has said hello."""
    with pytest.MonkeyPatch.context() as patch, listen(0) as listening:
        patch.chdir(home)
        patch.setenv("QUOTH_COOLDOWN_SECONDS", "0")
        async with running_.opened(chosen, listening) as started:
            async with aiohttp.ClientSession() as http, opened(http, started) as page:
                await page.hear(is_ready, 120)
                await greeted(page)
            yield started


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    from .installed import CHROMIUM, FLAGS, async_playwright

    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="session")
async def ada(browser: Browser, running: Running) -> AsyncIterator[Visitor]:
    """A member, in #questions, where nobody has said who they are yet."""
    from .visitor import visiting

    async with visiting(browser, running.address.url) as visitor:
        yield visitor


@pytest_asyncio.fixture(loop_scope="session")
async def mo(browser: Browser, running: Running) -> AsyncIterator[Visitor]:
    """A moderator."""
    from .visitor import visiting

    async with visiting(browser, running.address.url) as visitor:
        await visitor.become("Mo")
        yield visitor


@pytest_asyncio.fixture(loop_scope="session")
async def kim(browser: Browser, running: Running) -> AsyncIterator[Visitor]:
    """Somebody of the staff."""
    from .visitor import visiting

    async with visiting(browser, running.address.url) as visitor:
        await visitor.become("Kim")
        yield visitor
