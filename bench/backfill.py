"""A channel's history is read as documents, in spite of restarts and rate limits: what is lost, doubled, and kept.

    python bench/backfill.py [--messages 500000] [--restarts 5] [--limited 0.02] [--seed 7] [--builds]

The bot is a process of its own, the stand-in is this one. Moderators have written so many messages in five years. A
share of the requests for them is answered with 429. The bot is started again in the first third of the history, killed
and asked to stop by turns; the rest is read in one go, and its memory then and at the end is compared. In the end the
messages that are kept and those in the documents are compared with the history. The index is built by processes of
their own, which have nothing to do with that: they are left out, but for `--builds`.

Exit status 1 says that a message is missing or there twice, or that the memory has grown by more than a tenth.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from resident import Resident, resident
from tables import show, write

from bot.standin import Permission, StandIn, playground
from bot.standin.api.faults import Fault
from bot.standin.snowflake import DISCORD_EPOCH
from bot.standin.state.channel import Channel
from bot.standin.state.message import Body, Message

_YEARS = 5
_PEOPLE = 6
_POLL = 0.5
_ITSELF = str(Path(__file__).resolve())
_EARLY = 1 / 3
"""The share of the history in which the restarts are."""

_MOST_GROWTH = 1.1
_HISTORY = "GET /channels/{channel_id}/messages"
_NUMBER = re.compile(r"Entry (\d+) of the log")
_WORDS = [
    "the",
    "harbour",
    "master",
    "notes",
    "that",
    "a",
    "boat",
    "came",
    "in",
    "with",
    "the",
    "tide",
    "and",
    "left",
    "a",
    "crate",
    "of",
    "lamp",
    "oil",
    "at",
    "the",
    "quay",
]


@dataclass
class Run:
    """What is watched: where in the history the bot was, and how large."""

    ids: list[int]
    file: Path
    sizes: list[tuple[int, Resident]] = field(default_factory=list)

    def position(self) -> int:
        """Return up to how many messages the history has been read in order."""
        return bisect_right(self.ids, self._of_channel("checkpoint"))

    def is_complete(self) -> bool:
        """Tell whether all of it was read, and every document written."""
        return bool(self._of_channel("complete")) and not self._of("SELECT count(*) FROM changed")

    def _of_channel(self, column: str) -> int:
        return self._of(f"SELECT coalesce(max({column}), 0) FROM channels")  # noqa: S608 -- a name from above

    def _of(self, query: str) -> int:
        try:
            with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True)) as database:
                return int(database.execute(query).fetchone()[0])
        except sqlite3.OperationalError:  # not made yet, or being written to
            return 0

    async def until(self, position: int, process: asyncio.subprocess.Process) -> None:
        """Wait until so many messages have been read, or all that is to be done is."""
        while not (self.is_complete() if position >= len(self.ids) else self.position() >= position):
            if process.returncode is not None:
                raise RuntimeError(f"The bot has ended with {process.returncode}.")
            if (at := self.position()) > 0:
                self.sizes.append((at, resident(process.pid)))
            await asyncio.sleep(_POLL)


def history(discord: StandIn, channel: Channel, count: int, seed: int) -> list[int]:
    """Fill a channel with so many messages, and return their ids, oldest first."""
    chance = random.Random(seed)  # noqa: S311 -- a run must repeat, not be unguessable
    role = discord.role("moderators", Permission.MANAGE_GUILD)
    people = [discord.person(f"moderator {number}", role).user for number in range(_PEOPLE)]
    now = time.time()
    began, step = now - _YEARS * 365.25 * 86_400, _YEARS * 365.25 * 86_400 / count
    messages = discord.world.messages[channel.id]
    for number in range(count):
        at = began + number * step
        made = (int(at * 1000) - DISCORD_EPOCH) << 22 | number % 4096
        words = " ".join(chance.choices(_WORDS, k=chance.randint(5, 40)))
        messages[made] = Message(
            made, channel, chance.choice(people), Body(f"Entry {number} of the log: {words}.", at=at)
        )
    return list(messages)


def kept(folder: Path) -> list[int]:
    """Return the ids of the messages that are kept."""
    with closing(sqlite3.connect(folder / "channels.sqlite")) as database:
        return [number for (number,) in database.execute("SELECT message FROM messages ORDER BY message")]


def documented(folder: Path) -> Iterator[int]:
    """Yield the numbers of the messages in the documents."""
    for path in (folder / "library" / "discord").rglob("*.md"):
        yield from map(int, _NUMBER.findall(path.read_text("utf-8")))


async def started(discord: StandIn, folder: Path, *, builds: bool) -> asyncio.subprocess.Process:
    """Start the bot, and wait until it has logged in."""
    before = discord.gateway.identified
    places = (discord.addresses.api, discord.addresses.gateway, discord.addresses.cdn)
    program = ("-m", "bot.cli.on_standin") if builds else (_ITSELF, "--bot")
    with (folder / "log.jsonl").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, *program, *places, "run"),
            *("--documents", str(folder / "documents"), "--data", str(folder / "data")),
            cwd=folder,
            env=os.environ | {"QUOTH_DISCORD_TOKEN": discord.token, "QUOTH_SERVERS": str(discord.guild.id)},
            stderr=log,
        )
    while discord.gateway.identified == before:
        if process.returncode is not None:
            raise RuntimeError("The bot did not start.")
        await asyncio.sleep(_POLL)
    return process


async def stopped(process: asyncio.subprocess.Process, how: signal.Signals) -> None:
    process.send_signal(how)
    await process.wait()


async def measured(given: argparse.Namespace, folder: Path) -> bool:
    (folder / "documents").mkdir()
    (folder / "documents" / "harbour.md").write_text("# Harbour\n\nThe harbour is open from six.\n")
    async with playground() as discord:
        channel = discord.text_channel("log")
        run = Run(history(discord, channel, given.messages, given.seed), folder / "data" / "channels.sqlite")
        limited = discord.api.faults.add(Fault(_HISTORY, 429, None, given.limited, seed=given.seed))
        manager = discord.person("manager", discord.role("managers", Permission.MANAGE_GUILD))
        process = await started(discord, folder, builds=given.builds)
        await asyncio.sleep(5)  # it knows its server then
        began = time.monotonic()
        manager.slash(discord.channel, "source add", channel=channel)
        for number in range(1, given.restarts + 1):
            await run.until(int(given.messages * _EARLY * number / given.restarts), process)
            await stopped(process, signal.SIGTERM if number % 2 else signal.SIGKILL)
            process = await started(discord, folder, builds=given.builds)
        restarted = run.position()
        await run.until(given.messages, process)
        seconds = time.monotonic() - began
        await stopped(process, signal.SIGTERM)
        asked = [
            request
            for request in discord.api.log
            if request.method == "GET" and request.path.endswith(f"{channel.id}/messages")
        ]
    return report(given, folder, run, restarted, seconds, (len(asked), limited.hits))


def report(  # noqa: PLR0913, PLR0917 -- what was measured
    given: argparse.Namespace, folder: Path, run: Run, restarted: int, seconds: float, requests: tuple[int, int]
) -> bool:
    """Show what came of it, and return whether that is as it should be."""
    stored, shown = kept(folder / "data"), sorted(documented(folder / "data"))
    ids, numbers = set(run.ids), range(given.messages)
    settled = [size.total for at, size in run.sizes if at > restarted + (given.messages - restarted) * 0.1]
    first, last = (sum(part) / len(part) for part in (settled[:10], settled[-10:]))
    figures = {
        "messages": given.messages,
        "restarts": given.restarts,
        "requests": requests[0],
        "answered with 429": requests[1],
        "seconds": round(seconds),
        "messages a second": round(given.messages / seconds),
        "lost": len(ids - set(stored)),
        "kept twice": len(stored) - len(set(stored)),
        "missing in documents": len(set(numbers) - set(shown)),
        "twice in documents": len(shown) - len(set(shown)),
        "memory early, MB": round(first / 1e6),
        "memory late, MB": round(last / 1e6),
        "memory at most, MB": round(max(settled) / 1e6),
    }
    show(list(figures), [[f"{value:,}" for value in figures.values()]])
    write("backfill", figures)
    faults = sum(figures[name] for name in ("lost", "kept twice", "missing in documents", "twice in documents"))
    return not faults and last <= _MOST_GROWTH * first


def bot() -> None:
    """Be the bot, which builds no index of what channels say."""
    from bot.cli.main import main
    from bot.handlers import following_channels
    from bot.standin.redirect import Addresses, redirect

    async def nothing(*_: object) -> None: ...

    following_channels._take_in = nothing  # type: ignore[assignment]  # noqa: SLF001
    api, gateway, cdn, *arguments = sys.argv[2:]
    redirect(Addresses(api, gateway, cdn))
    sys.argv = ["quoth", *arguments]
    main()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bot"]:
        bot()
        sys.exit()
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--messages", type=int, default=500_000)
    options.add_argument("--restarts", type=int, default=5)
    options.add_argument("--limited", type=float, default=0.02)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--builds", action="store_true")
    with tempfile.TemporaryDirectory() as place:
        sys.exit(not asyncio.run(measured(options.parse_args(), Path(place))))
