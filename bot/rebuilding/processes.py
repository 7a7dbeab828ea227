"""Starts commands of `quoth` while the bot runs, each in a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.settings import Settings

_NICE = 10
"""POSIX niceness of such a process, so that questions go first."""

LONGEST = 64 * 1024 * 1024
"""Maximum bytes of a line that it prints: the report of a build may name every document."""


async def started(settings: Settings, variables: Mapping[str, str], *command: str) -> asyncio.subprocess.Process:
    """Start `quoth COMMAND` on the bot's folders with `variables` as its environment; its output is to be read."""
    folders = "--documents", _absolute(settings.documents), "--data", _absolute(settings.data)
    process = await _spawned([*command, *folders], variables)
    with contextlib.suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
    return process


async def _spawned(arguments: list[str], variables: Mapping[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=variables,
        limit=LONGEST,
    )


def _absolute(folder: Path) -> str:
    return str(folder.resolve())
