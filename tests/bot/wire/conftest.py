"""The bot itself, talking to the stand-in Discord over real sockets."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot import compose, settings
from bot.answering.follow import follow
from bot.client import QuothClient
from bot.handlers import after_build, correcting, following_channels, kept, teaching, telling
from bot.manners import forum_posts
from bot.rebuilding import processes
from bot.serve import HANDLERS
from bot.services import open_services
from bot.settings import Settings
from bot.standin import Permission, Person, StandIn, playground, redirected
from bot.standin.state import interaction
from index.encode.encoder import Encoder
from tests.bot.forked import forked, loaded
from tests.paths import OPENAPI

Found = TypeVar("Found")


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A folder with `documents` and an index over them in `data`: to be copied."""
    folder = tmp_path_factory.mktemp("village")
    write_documents(folder / "documents")
    loaded = settings.load(documents=folder / "documents", data=folder / "data")
    compose.builder(loaded, encoder).build(loaded.documents, lambda *_: None)
    return folder


def write_documents(folder: Path) -> None:
    folder.mkdir()
    (folder / "rules.md").write_text(
        "---\ntitle: House rules\nurl: https://example.org/rules\n---\n"
        "# House rules\n\n## Pets\n\nDogs may come in on a leash.\nCats stay outside at all times.\n\n"
        "## Quiet hours\n\nQuiet hours begin at ten in the evening and end at seven in the morning.\n"
    )
    (folder / "bakery.txt").write_text("The bakery opens at six. Its rye bread is baked by Marta Lindqvist.\n")


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the bot ten times as long for its first response as Discord does: the machine may be busy.

    `bench/wire_load.py` holds it to Discord's three seconds.
    """
    monkeypatch.setattr(interaction, "ANSWER_SECONDS", 10 * interaction.ANSWER_SECONDS)


@pytest.fixture(autouse=True)
def _brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have authors of posts stop writing sooner, for what they send here is not typed, and have the bot look sooner.

    It looks for an index, for what follows a build and at what is kept, and edits and tells without a pause.
    """
    monkeypatch.setattr(forum_posts, "QUIET", 1.0)
    monkeypatch.setattr("bot.client.client.follow", partial(follow, every=0.5))
    for module, often in ((after_build, 0.2), (teaching, 0.2), (kept, 0.5), (following_channels, 0.5)):
        monkeypatch.setattr(module, "_EVERY", often)
    for module in (correcting, telling):
        monkeypatch.setattr(module, "_PACE", 0.1)


@pytest.fixture(scope="session")
def _loaded() -> None:
    loaded()


@pytest.fixture(autouse=True)
def forks(monkeypatch: pytest.MonkeyPatch, _loaded: None) -> None:
    """Fork the processes that the bot starts, but where a file has another fixture of this name."""
    monkeypatch.setattr(processes, "_spawned", forked)


@pytest.fixture
def documents(chosen: Settings) -> Path:
    return chosen.documents


@pytest.fixture
def chosen(village: Path, tmp_path: Path) -> Settings:
    """Settings with an index of their own over two documents, no cooldown, and no watching."""
    shutil.copytree(village, tmp_path, dirs_exist_ok=True)
    return settings.load(documents=tmp_path / "documents", data=tmp_path / "data", cooldown_seconds=0, watch=False)


def also(chosen: Settings, **given: Any) -> Settings:
    """Return settings with some of them changed."""
    return settings.load(**{**chosen.model_dump(exclude_unset=True), **given})


@pytest.fixture
async def discord() -> AsyncIterator[StandIn]:
    async with playground(openapi=OPENAPI) as running:
        with redirected(running.addresses):
            yield running
        assert running.api.violations == []


async def until(look: Callable[[], Found | None], seconds: float = 30.0) -> Found:
    """Return what `look` finds (anything true) as soon as it finds something."""
    async with asyncio.timeout(seconds):
        while not (result := look()):  # noqa: ASYNC110 -- in another process, or deep in discord.py
            await asyncio.sleep(0.01)
        return result


@asynccontextmanager
async def running(  # noqa: PLR0913 -- each is a way to run it
    stand_in: StandIn,
    chosen: Settings,
    encoder: Encoder,
    *,
    content: bool = True,
    kind: type[QuothClient] = QuothClient,
    waits: bool = True,
    greets: bool = False,
) -> AsyncIterator[QuothClient]:
    """Have the bot log in, wait until it knows the stand-in's channel, and stop it at the end."""
    services = open_services(chosen, encoder)
    if not greets:
        for guild in stand_in.world.bot_guilds:
            services.preferences.stored.greet(guild.id)
    client = kind(services, HANDLERS, content=content)
    client._connection.guild_ready_timeout = 0.5  # an option of discord.py's, which waits so long for a further server
    started = asyncio.create_task(client.start(stand_in.token))
    try:
        # discord.py says later that it is ready
        known = (lambda: client.get_channel(stand_in.channel.id)) if waits else (lambda: stand_in.gateway.sessions)
        await until(lambda: started.done() or bool(known()))
        if started.done():
            await started
        yield client
    finally:
        await client.stop()
        services.journal.close()
        services.votes.close()
        services.preferences.stored.close()
        services.posts.close()
        services.corrections.close()
        services.consents.close()
        services.channels.close()
        await asyncio.gather(started, return_exceptions=True)


@pytest.fixture
async def bot(discord: StandIn, chosen: Settings, encoder: Encoder) -> AsyncIterator[QuothClient]:
    async with running(discord, chosen, encoder) as client:
        yield client


@pytest.fixture
def ada(discord: StandIn) -> Person:
    return discord.person("ada")


@pytest.fixture
def mod(discord: StandIn) -> Person:
    return discord.person("mod", discord.role("moderators", Permission.MANAGE_GUILD))
