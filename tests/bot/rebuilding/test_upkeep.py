"""What the running bot takes in by itself."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

import pytest

from bot import compose, settings
from bot.rebuilding import upkeep
from bot.rebuilding.rebuilds import Rebuilds
from bot.rebuilding.upkeep import Upkeep
from bot.settings import Settings
from index.build.builder import BuildReport
from index.encode.encoder import Encoder
from index.store.manifest import Manifest


class Builds:
    """Builds within the process, and notes that it has."""

    is_running = False

    def __init__(self, chosen: Settings, encoder: Encoder) -> None:
        self.chosen, self.encoder = chosen, encoder
        self.built = asyncio.Event()

    async def ended(self) -> None:
        """None is under way."""

    async def start(self) -> BuildReport:
        report = await asyncio.to_thread(build, self.chosen, self.encoder)
        self.built.set()
        return report


def build(chosen: Settings, encoder: Encoder) -> BuildReport:
    return compose.builder(chosen, encoder).build(compose.library(chosen), lambda *_: None)


async def test_once_the_index_was_emptied_what_is_put_into_a_folder_that_is_not_watched_is_taken_in(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "_AT_LEAST", 0.05)
    chosen = settings.load(documents=tmp_path / "documents", data=tmp_path / "data", watch=False)
    chosen.documents.mkdir()
    (chosen.documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    used: list[Manifest | None] = [compose.shelf(chosen).manifest(build(chosen, encoder).generation)]
    builds = Builds(chosen, encoder)
    keeper = Upkeep(chosen, encoder, cast("Rebuilds", builds), lambda: used[0], shared=False)
    running = asyncio.create_task(keeper.run())
    await asyncio.sleep(0.2)
    assert not builds.built.is_set(), "there is nothing to do"
    used[0] = None
    async with asyncio.timeout(30):
        await builds.built.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
