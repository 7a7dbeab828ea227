"""What comes once a week: it is tried until it has arrived, and never sent twice."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import responses
from bot.client import QuothClient
from bot.handlers import digest, lapsing
from bot.insight import marks
from bot.settings import Settings
from bot.standin import Permission, Person, StandIn
from bot.standin.state.channel import Channel
from index.encode.encoder import Encoder
from tests.bot.insight.asked import GROUPS, Asking, write
from tests.bot.wire.conftest import also, running, until

WEEK = 7 * 86_400.0
HEADS = {"digest": "What was asked in the last 7 days", "lapsing": "Answers that lapse soon"}
DUE: dict[str, Callable[[QuothClient, float], Awaitable[int]]] = {
    "digest": digest.post_due,
    "lapsing": lapsing.tell_due,
}


@dataclass(frozen=True)
class Scene:
    """A channel for what comes once a week, after a week in which something was asked, with answers that lapse."""

    discord: StandIn
    settings: Settings
    encoder: Encoder
    ada: Person
    digests: Channel
    name: str

    @property
    def mark(self) -> str:
        return f"{self.name} {self.discord.guild.id}"

    @property
    def count(self) -> int:
        return sum(HEADS[self.name] in seen.text for seen in self.ada.sees(self.digests))

    @property
    def marks(self) -> dict[str, str]:
        with closing(sqlite3.connect(self.settings.data / "journal.sqlite")) as database:
            return dict(database.execute("SELECT name, value FROM marks WHERE name LIKE ?", (f"{self.mark}%",)))

    def set_marks(self, **values: str) -> None:
        """Set the marks of the week that was posted last, and of what is being sent."""
        with closing(sqlite3.connect(self.settings.data / "journal.sqlite", isolation_level=None)) as database:
            for name, value in values.items():
                marks.write(database, self.mark if name == "week" else f"{self.mark} {name}", value)

    def running(self) -> AbstractAsyncContextManager[QuothClient]:
        return running(self.discord, self.settings, self.encoder)

    async def due(self, bot: QuothClient, at: float) -> int:
        return await DUE[self.name](bot, at)

    async def next_week(self) -> float:
        """Return a time in the week after this one, once this one has had all that it was to have."""
        scenes = [replace(self, name=name) for name in DUE]
        await until(lambda: all(scene.marks.get(scene.mark) == week(time.time()) for scene in scenes))
        return time.time() + WEEK


@pytest.fixture(params=list(DUE))
def scene(request: pytest.FixtureRequest, discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person) -> Scene:
    asked = [Asking(GROUPS[0][n], n) for n in range(4)]
    write(chosen.data, asked, encoder, server=discord.guild.id, channel=discord.channel.id)
    folder = chosen.data / "library" / "answers"
    folder.mkdir(parents=True)
    for days in (13, 20):
        day = datetime.now(UTC).date() + timedelta(days=days)
        (folder / f"bell-{days}.md").write_text(f"---\ntitle: Which bell?\nuntil: '{day}'\n---\n\nNumber {days}.\n")
    digests = discord.text_channel("digests")
    return Scene(discord, also(chosen, digest_channel=digests.id), encoder, ada, digests, request.param)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "_PAUSES", (0.01,))


def week(at: float) -> str:
    year, number, _ = datetime.fromtimestamp(at, UTC).isocalendar()
    return f"{year:04}-W{number:02}"


async def test_what_discord_fails_to_take_is_sent_the_next_time(scene: Scene) -> None:
    faults = scene.discord.api.faults
    async with scene.running() as bot:
        now = await scene.next_week()
        before = scene.count
        fault = faults.fail("POST /channels/*", 503, times=1000)
        assert not await scene.due(bot, now)
        assert fault.hits
        faults.clear()
        faults.fail("GET /channels/*", 503)
        assert not await scene.due(bot, now + 600), "it is not known whether it arrived"
        assert await scene.due(bot, now + 1200)
        assert not await scene.due(bot, now + 1800)
    assert scene.count == before + 1


async def test_what_arrived_although_nothing_came_back_is_not_sent_again(scene: Scene) -> None:
    """However much was written there before and since."""
    async with scene.running() as bot:
        now = await scene.next_week()
        before = scene.count
        for number in range(120):
            scene.ada.say(scene.digests, f"chatter {number}")
        scene.discord.api.faults.lose("POST /channels/*", times=1000)
        assert not await scene.due(bot, now)
        scene.discord.api.faults.clear()
        assert scene.count == before + 1
        scene.discord.clock.advance(3600)
        for number in range(120):
            scene.ada.say(scene.digests, f"more chatter {number}")
        assert not await scene.due(bot, now + 600)
        assert scene.mark in scene.marks
        assert f"{scene.mark} sending" not in scene.marks
        assert await scene.due(bot, now + WEEK)
    assert scene.count == before + 2


@pytest.mark.parametrize("arrived", [True, False])
async def test_what_was_on_its_way_when_the_bot_was_killed_arrives_once(scene: Scene, *, arrived: bool) -> None:
    """Told by what stands in the channel, and not by a clock."""
    last = scene.ada.say(scene.digests, "nothing yet").message.id
    this, before = week(time.time()), week(time.time() - WEEK)
    if arrived:
        scene.set_marks(week=before)
        async with scene.running():
            await scene.next_week()
        assert scene.count == 1
    scene.set_marks(week=before, sending=f"{this} {scene.digests.id} {last}")
    async with scene.running() as bot:
        await scene.next_week()
        await until(lambda: scene.marks == {scene.mark: this})
        assert not await scene.due(bot, time.time())
    assert scene.count == 1


@pytest.mark.parametrize("lost", [0, 1, 1000])
async def test_where_the_channel_cannot_be_read_what_is_refused_is_sent_the_next_time_and_nothing_twice(
    scene: Scene, *, lost: int
) -> None:
    """Discord has said of none, of the first or of all tries what became of them."""
    scene.digests.overwrite(scene.discord.guild.everyone.id, deny=Permission.READ_MESSAGE_HISTORY)
    async with scene.running() as bot:
        now = await scene.next_week()
        before, faults = scene.count, scene.discord.api.faults
        if lost:
            faults.lose("POST /channels/*", times=lost)
        refused = faults.fail("POST /channels/*", 503, times=1000)
        assert not await scene.due(bot, now)
        assert (refused.hits > 0) == (lost < 1000)
        faults.clear()
        scene.discord.clock.advance(3600)
        assert await scene.due(bot, now + 600) == (not lost)
        assert not await scene.due(bot, now + 1200)
        assert scene.count == before + 1


async def test_a_channel_that_is_deleted_while_something_is_on_its_way_there_gets_nothing_more(scene: Scene) -> None:
    async with scene.running() as bot:
        now = await scene.next_week()
        scene.discord.api.faults.lose("POST /channels/*", times=1000)
        assert not await scene.due(bot, now)
        scene.discord.api.faults.clear()
        assert f"{scene.mark} sending" in scene.marks
        scene.discord.world.delete_channel(scene.digests)
        assert not await scene.due(bot, now + 600)
        assert scene.marks == {scene.mark: week(now)}
        assert not await scene.due(bot, now + WEEK)
