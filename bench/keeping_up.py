"""How soon the running bot quotes what has changed, and how soon it answers after a start.

    python bench/keeping_up.py [--rounds 3] [--documents 10000] [--community papermc]

changes   a file is put into the folder of a community's documents, which the bot watches: until it is quoted. Somebody
          else asks all the while; what is shown is the longest that they waited for an answer
starts    an index of many documents, as it is and with a hundredth of them changed, which the bot builds anew while it
          answers: from starting its process until the first answer

The bot is a process of its own, the stand-in is this one. Exit status 1 says that a bar is not reached.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sets import EVAL
from tables import show, write

from bot.standin import Person, StandIn, playground

_ROOT = Path(__file__).resolve().parents[1]
_QUOTED, _RATIO = 10.0, 1.3
"""The bars: seconds until a change is quoted, and what a start may take that needs a build, by one that does not."""

_POLL = 0.2
_CHANGED = 0.01
_LONGEST = 600.0


@asynccontextmanager
async def running(discord: StandIn, folder: Path) -> AsyncIterator[None]:
    """Have the bot run over `documents` and `data` in a folder."""
    places = (discord.addresses.api, discord.addresses.gateway, discord.addresses.cdn)
    before = discord.gateway.identified
    with (folder / "log.jsonl").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli.on_standin", *places, "run"),
            *("--documents", str(folder / "documents"), "--data", str(folder / "data")),
            cwd=_ROOT,
            env=os.environ | {"QUOTH_DISCORD_TOKEN": discord.token, "QUOTH_COOLDOWN_SECONDS": "0"},
            stderr=log,
        )
    try:
        while discord.gateway.identified == before:
            if process.returncode is not None:
                raise RuntimeError("The bot did not start.")
            await asyncio.sleep(_POLL / 10)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def quoted(discord: StandIn, person: Person, question: str, words: str) -> None:
    """Ask until the answer holds some words."""
    async with asyncio.timeout(_LONGEST):
        while words not in (await person.slash(discord.channel, "ask", question=question).answer()).text:  # noqa: ASYNC110
            await asyncio.sleep(_POLL)


async def changes(folder: Path, community: str, rounds: int) -> tuple[list[float], float]:
    """Return the seconds until each change was quoted, and the longest that somebody waited for an answer."""
    shutil.copytree(EVAL / "community" / community / "docs", folder / "documents")
    build(folder)
    waits: list[float] = []
    async with playground() as discord, running(discord, folder):
        ada, bob = discord.person("ada"), discord.person("bob")
        await ada.slash(discord.channel, "ask", question="What is a plugin?").answer()

        async def ask_on() -> None:
            while True:
                began = time.monotonic()
                await bob.slash(discord.channel, "ask", question="How do I update the server?").answer()
                waits.append(time.monotonic() - began)
                await asyncio.sleep(_POLL)

        asking, seconds = asyncio.create_task(ask_on()), []
        for number in range(rounds):
            began = time.monotonic()
            text = f"# Lighthouse\n\nLighthouse number {number} is kept by Marta{number} Lindqvist.\n"
            (folder / "documents" / f"lighthouse-{number}.md").write_text(text)
            await quoted(discord, ada, f"Who keeps lighthouse number {number}?", f"Marta{number}")
            seconds.append(time.monotonic() - began)
        asking.cancel()
    return seconds, max(waits)


async def starts(folder: Path, count: int, rounds: int) -> tuple[list[float], list[float]]:
    """Return the seconds until the first answer after starts, without a build and with one, by turns."""
    (folder / "documents").mkdir()
    for number in range(count):
        note(folder, number, "blue")
    note(folder, count, "green")
    build(folder)
    found: tuple[list[float], list[float]] = ([], [])
    async with playground() as discord:
        ada = discord.person("ada")
        for turn in range(2 * rounds):
            needs_build = bool(turn % 2)
            for number in range(int(count * _CHANGED) if needs_build else 0):
                note(folder, number, f"red{turn}")
            began = time.monotonic()
            async with running(discord, folder):
                await quoted(discord, ada, f"Which colour is box {count} painted?", "green")
                found[needs_build].append(time.monotonic() - began)
            build(folder)
    return found


def note(folder: Path, number: int, colour: str) -> None:
    path = folder / "documents" / f"{number // 100:03}" / f"box-{number}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f"# Box {number}\n\nBox {number} is painted {colour}. It stands in row {number % 97} of the store.\n"
    )


def build(folder: Path) -> None:
    where = ("--documents", str(folder / "documents"), "--data", str(folder / "data"))
    command = [sys.executable, "-m", "bot", "index", "build", *where]
    subprocess.run(command, check=True, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--community", default="papermc")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        seconds, wait = asyncio.run(changes(Path(one), given.community, given.rounds))
        without, needing = asyncio.run(starts(Path(other), given.documents, given.rounds))
    ratio = statistics.median(needing) / statistics.median(without)
    rows = [
        ("a change is quoted, s at most", f"{max(seconds):.1f}", f"≤ {_QUOTED:.0f}"),
        ("others waited meanwhile, s at most", f"{wait:.1f}", ""),
        (f"start with {given.documents:,} documents, s", f"{statistics.median(without):.1f}", ""),
        ("the same where a build is needed, s", f"{statistics.median(needing):.1f}", ""),
        ("as many times as long", f"{ratio:.2f}", f"≤ {_RATIO}"),
    ]
    show(("what", "found", "bar"), rows)
    write("keeping-up", {"changes": seconds, "waited": wait, "starts": without, "starts with a build": needing})
    sys.exit(max(seconds) > _QUOTED or ratio > _RATIO)


if __name__ == "__main__":
    main()
