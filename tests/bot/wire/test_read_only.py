"""The program itself where nothing may be written to the data folder."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.standin import Person, StandIn
from tests.bot.wire.test_process import QUESTION, QUIET, started

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


def obey_permissions() -> None:
    """Have the program that is started next obey a file's permissions, although it is root's."""
    if os.geteuid() == 0 and _LIBC.prctl(_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the right to override permissions cannot be given up")


def allow(folders: Iterable[Path]) -> None:
    for folder in folders:
        folder.chmod(0o755)


@pytest.fixture
def read_only(chosen: Settings) -> Iterator[Path]:
    """The data folder, in which nothing may be written."""
    folders = [chosen.data, *(path for path in chosen.data.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    yield chosen.data
    allow(folders)


async def test_it_answers_from_a_folder_that_it_may_not_write_to_and_takes_votes_when_it_may(
    discord: StandIn, chosen: Settings, read_only: Path, ada: Person
) -> None:
    (chosen.documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    async with started(discord.addresses, discord.token, chosen, before=obey_permissions) as running:
        await running.logged("ready")
        answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        assert QUIET in answer.text
        assert "could not be written down" in (await ada.click(answer, "👍").answer()).text
        assert str(read_only) in (await running.logged("a vote could not be written"))["file"]
        allow([read_only])
        assert "noted" in (await ada.click(answer, "👍").answer()).text
        assert not [line for line in running.log if line["level"] == "ERROR"]
