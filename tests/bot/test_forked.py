"""What the bot's processes are replaced by in tests is a process like those."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from pathlib import Path

import pytest

from tests.bot.forked import forked, loaded


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    loaded()


async def test_it_has_a_folder_and_an_environment_of_its_own_and_ends_with_a_status(documents: Path) -> None:
    built = await forked(["index", "build", "--documents", "documents"], {"QUOTH_DATA": "elsewhere"})
    said, complaint = await built.communicate()
    assert (built.returncode, complaint) == (0, b"")
    assert b"2 documents" in said
    assert (documents.parent / "elsewhere").is_dir()
    assert "QUOTH_DATA" not in os.environ
    failed = await forked(["index", "build", "--documents", "nowhere"], {})
    said, complaint = await failed.communicate()
    assert (failed.returncode, said) == (1, b"")
    assert b"nowhere" in complaint


async def test_it_can_be_killed(documents: Path) -> None:
    built = await forked(["index", "build", "--progress-json", "--documents", str(documents)], {})
    assert b"loading" in await built.stdout.readline()
    built.kill()
    assert await built.wait() == -signal.SIGKILL


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("rounds", range(6))
async def test_nothing_is_left_open_where_it_is_no_longer_wanted(documents: Path, rounds: int) -> None:
    starting = asyncio.create_task(forked(["index", "build", "--documents", str(documents)], {}))
    for _ in range(rounds):
        await asyncio.sleep(0)
    starting.cancel()
    try:
        built = await starting
    except asyncio.CancelledError:
        pass
    else:
        built.kill()
        await built.wait()
    gc.collect()
