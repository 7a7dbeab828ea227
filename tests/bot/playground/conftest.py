"""A playground that runs, with the real bot in it: one for all tests, as the model takes seconds to load."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot import settings
from bot.playground import running as running_
from bot.playground.running import Running
from bot.playground.server import listen
from bot.settings import Settings

from .browser import Browser, greeted, opened

OPENING = "<!doctype html><title>Playground</title>"


def write_documents(folder: Path) -> None:
    (folder / "staff").mkdir(parents=True)
    (folder / "rules.md").write_text(
        "---\ntitle: House rules\n---\n# House rules\n\n## Pets\n\nDogs may come in on a leash.\n"
        "Cats stay outside at all times.\n\n## Quiet hours\n\n"
        "Quiet hours begin at ten in the evening and end at seven in the morning.\n"
    )
    (folder / "bakery.txt").write_text("The bakery opens at six. Its rye bread is baked by Marta Lindqvist.\n")
    (folder / "staff" / "keys.md").write_text("# Keys\n\nThe spare key to the boathouse hangs behind the clock.\n")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder to run in, without any settings of this machine."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith("QUOTH_"):
                patch.delenv(name)
        patch.chdir(folder)
        yield folder


@pytest.fixture(scope="session")
def static(home: Path) -> Path:
    """The page's files, as far as the server is concerned."""
    folder = home / "static"
    (folder / "js").mkdir(parents=True)
    (folder / "index.html").write_text(OPENING)
    (folder / "js" / "main.js").write_text("export {};\n")
    (home / "secret.txt").write_text("not a file of the page's")
    return folder


@pytest.fixture(scope="session")
def chosen(home: Path) -> Settings:
    write_documents(home / "documents")
    return settings.load(documents=home / "documents", data=home / "data", cooldown_seconds=0)


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def running(home: Path, chosen: Settings, static: Path) -> AsyncIterator[Running]:
    """The playground, once the bot is ready and has said hello."""
    with pytest.MonkeyPatch.context() as patch, listen(0) as listening:
        patch.chdir(home)
        async with running_.opened(chosen, listening, static) as started:
            async with aiohttp.ClientSession() as http, opened(http, started) as page:
                await page.hear(is_ready, 120)
                await greeted(page)
            yield started


def is_ready(push: dict[str, object]) -> bool:
    state = push.get("bot_state")
    assert not isinstance(state, dict) or state["state"] != "stopped", state
    return isinstance(state, dict) and state["state"] == "ready"


@pytest_asyncio.fixture(loop_scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest_asyncio.fixture(loop_scope="session")
async def nobody(http: aiohttp.ClientSession, running: Running) -> AsyncIterator[Browser]:
    """A page on which nobody has been chosen yet."""
    async with opened(http, running) as page:
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def ada(http: aiohttp.ClientSession, running: Running) -> AsyncIterator[Browser]:
    async with opened(http, running) as page:
        await page.become("Ada")
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def mo(http: aiohttp.ClientSession, running: Running) -> AsyncIterator[Browser]:
    async with opened(http, running) as page:
        await page.become("Mo")
        yield page


@pytest_asyncio.fixture(loop_scope="session")
async def kim(http: aiohttp.ClientSession, running: Running) -> AsyncIterator[Browser]:
    async with opened(http, running) as page:
        await page.become("Kim")
        yield page
