"""The weekly digest."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta

import pytest
from discord import TextChannel

from bot.client import QuothClient
from bot.handlers.digest import post_due
from bot.handlers.lapsing import tell_due
from bot.handlers.open_channels import seen_with
from bot.insight import marks
from bot.preferences.store import Name
from bot.settings import Settings
from bot.standin import Permission, Person, StandIn
from bot.standin.state.channel import Channel
from bot.standin.state.guild import Role
from index.encode.encoder import Encoder
from tests.bot.insight.asked import GROUPS, Asking, write
from tests.bot.wire.conftest import also, running
from tests.bot.wire.conftest import until as until_

WEEK = 7 * 86_400.0
HEAD = "What was asked in the last 7 days"


def _read(bot: QuothClient, name: str) -> str | None:
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(bot.services.journal.path)) as database:
        return marks.read(database, name)
    return None  # the journal has no table yet


def _has_begun(bot: QuothClient, server: int) -> bool:
    """Tell whether the bot itself has looked once whether a digest is due: it would set the clock back later."""
    return _read(bot, f"digest {server}") is not None


async def _first_week(bot: QuothClient, server: int) -> float:
    """Return a time in the week of the first start, which has no digest, once the bot has begun it."""
    await until_(lambda: _has_begun(bot, server))
    now = time.time()
    assert not await post_due(bot, now)
    return now


async def test_a_digest_comes_once_a_week_and_none_in_a_week_with_nothing(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """Nor at the first start, nor twice, nor when the clock is turned back."""
    digests = discord.text_channel("digests")
    async with running(discord, also(chosen, digest_channel=digests.id), encoder) as bot:
        now = await _first_week(bot, discord.guild.id)
        assert not await post_due(bot, now + WEEK), "nothing was asked"
        write(
            chosen.data,
            [Asking(GROUPS[0][n], n) for n in range(4)],
            encoder,
            server=discord.guild.id,
            channel=discord.channel.id,
        )
        bot.services.insights.forget()
        assert await post_due(bot, now + 2 * WEEK)
        assert not await post_due(bot, now + 2 * WEEK)
        assert not await post_due(bot, now - 9 * WEEK), "turned back"
        assert await post_due(bot, now + WEEK)
        shown = [seen for seen in ada.sees(digests) if HEAD in seen.text]
        assert len(shown) == 2
        assert "pool" in shown[0].text
        assert "4 people" in shown[0].text
        assert not shown[0].pings


async def test_answers_that_lapse_soon_are_told_once_a_week_to_those_who_may_see_them(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    digests = discord.text_channel("digests")
    folder = chosen.data / "library" / "answers"
    (folder / "staff").mkdir(parents=True)
    today = datetime.now(UTC).date()
    for name, days in (("soon", 13), ("later", 15), ("past", -1), ("staff/closed", 2)):
        until = today + timedelta(days=days)
        (folder / f"{name}-1.md").write_text(f"---\ntitle: Which {name} bell?\nuntil: '{until}'\n---\n\nThe second.\n")
    closed = also(chosen, digest_channel=digests.id, access="answers/staff/=role:4242")
    async with running(discord, closed, encoder) as bot:
        await until_(lambda: any("lapse soon" in seen.text for seen in ada.sees(digests)))
        assert not await tell_due(bot, time.time()), "that week it was told"
        assert await tell_due(bot, time.time() + WEEK)
        assert not await tell_due(bot, time.time()), "turned back"
        assert await tell_due(bot, time.time() + WEEK)
    first = next(seen.text for seen in ada.sees(digests) if "lapse soon" in seen.text)
    assert f"Which soon bell? · good until {today + timedelta(days=13)}" in first.replace("\\", "")
    assert not any(word in first for word in ("later bell", "past bell", "closed"))


async def test_a_digest_that_could_not_be_posted_is_posted_the_next_time_and_each_server_has_its_own(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    digests = discord.text_channel("digests")
    async with running(discord, also(chosen, digest_channel=digests.id), encoder) as bot:
        now = await _first_week(bot, discord.guild.id)
        write(
            chosen.data,
            [Asking(GROUPS[0][n], n) for n in range(4)],
            encoder,
            server=discord.guild.id,
            channel=discord.channel.id,
        )
        fault = discord.api.faults.fail("POST /channels/*", 503, times=1000)
        assert not await post_due(bot, now + WEEK)
        assert fault.hits
        discord.api.faults.clear()
        assert await post_due(bot, now + WEEK + 600)
        assert not await post_due(bot, now + WEEK + 1200)
        assert len([seen for seen in ada.sees(digests) if HEAD in seen.text]) == 1


def _mark(chosen: Settings, name: str, at: float) -> None:
    with closing(sqlite3.connect(chosen.data / "journal.sqlite", isolation_level=None)) as database:
        year, week, _ = datetime.fromtimestamp(at, UTC).isocalendar()
        marks.write(database, name, f"{year:04}-W{week:02}")


async def test_after_an_earlier_version_a_digest_comes_once_a_week(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """Not in the week in which that posted one, and then by the server's own mark."""
    digests = discord.text_channel("digests")
    write(
        chosen.data,
        [Asking(GROUPS[0][n], n) for n in range(4)],
        encoder,
        server=discord.guild.id,
        channel=discord.channel.id,
    )
    _mark(chosen, "digest", time.time())
    async with running(discord, also(chosen, digest_channel=digests.id), encoder) as bot:
        now = await _first_week(bot, discord.guild.id)
        assert await post_due(bot, now + WEEK)
        assert not await post_due(bot, now + WEEK)
        assert len([seen for seen in ada.sees(digests) if HEAD in seen.text]) == 1


async def test_a_server_that_picks_a_channel_later_begins_a_week_without_a_digest(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """Whatever an earlier version noted when the server had none."""
    digests, now = discord.text_channel("digests"), time.time()
    write(
        chosen.data,
        [Asking(GROUPS[0][n], n) for n in range(4)],
        encoder,
        server=discord.guild.id,
        channel=discord.channel.id,
    )
    _mark(chosen, "digest", now - 5 * WEEK)
    async with running(discord, chosen, encoder) as bot:
        await until_(lambda: _read(bot, "digest") is None)
        bot.services.preferences.stored.change(discord.guild.id, Name.DIGEST_CHANNEL, (str(digests.id),), 1)
        assert not await post_due(bot, now)
        assert ada.sees(digests) == []
        assert await post_due(bot, now + WEEK)


async def test_a_digest_channel_that_was_deleted_is_logged(
    discord: StandIn, chosen: Settings, encoder: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    write(
        chosen.data,
        [Asking(GROUPS[0][n], n) for n in range(4)],
        encoder,
        server=discord.guild.id,
        channel=discord.channel.id,
    )
    async with running(discord, also(chosen, digest_channel=4242), encoder) as bot:
        await post_due(bot, time.time())
        assert not await post_due(bot, time.time() + WEEK)
    assert any("channel for the digest" in message for message in caplog.messages)


def _close(discord: StandIn, name: str, *roles: Role) -> Channel:
    """Make a channel that is for some roles alone, and for the bot."""
    channel = discord.text_channel(name)
    channel.overwrite(discord.guild.everyone.id, deny=Permission.VIEW_CHANNEL)
    for role in (*roles, next(role for role in discord.guild.roles.values() if role.managed)):
        channel.overwrite(role.id, allow=Permission.VIEW_CHANNEL)
    return channel


async def _digest_in(bot: QuothClient, discord: StandIn, channel: Channel, week: int, reader: Person) -> str:
    """Have the digest go to a channel from now on, and return what it says in a later week."""
    bot.services.preferences.stored.change(discord.guild.id, Name.DIGEST_CHANNEL, (str(channel.id),), reader.user.id)
    await post_due(bot, time.time())  # begins the first week
    assert await post_due(bot, time.time() + week * WEEK)
    (seen,) = [seen.text for seen in reader.sees(channel) if HEAD in seen.text]
    return seen


async def test_words_of_a_channel_are_shown_to_those_alone_who_may_see_it(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    """Elsewhere the question counts; its words are shown where enough people asked in them."""
    staff, guests = discord.role("staff"), discord.role("guests")
    room, everywhere = _close(discord, "staff-room", staff), discord.person("eve", staff, guests)
    digests = {
        discord.text_channel("open"): False,
        _close(discord, "lounge", guests): False,
        _close(discord, "staff-digest", staff): True,
        room: True,
    }
    asked = [Asking("Is the pool heated, as Olga says?", 1), Asking("is the swimming pool heated", 2)]
    write(chosen.data, asked, encoder, server=discord.guild.id, channel=room.id)
    async with running(discord, chosen, encoder) as bot:
        for week, (channel, is_shown) in enumerate(digests.items(), start=1):
            seen = await _digest_in(bot, discord, channel, week, everywhere)
            assert "2 people" in seen
            assert ("Olga" in seen) is is_shown, channel.name
        for roles, is_shown in (((), False), ((staff,), True)):
            manager = discord.person("mo", discord.role("managers", Permission.MANAGE_GUILD), *roles)
            overview = (await manager.slash(discord.channel, "insight").answer()).text
            assert "2 people" in overview
            assert ("Olga" in overview) is is_shown


async def test_what_is_asked_in_a_thread_is_shown_to_those_who_see_its_channel(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person
) -> None:
    """A private thread is for the few who are in it, whatever its channel is."""
    staff = discord.role("staff")
    room = _close(discord, "staff-room", staff)
    ada, bob = discord.person("ada", staff), discord.person("bob")
    shown = {"Olga": discord.channel, "Pavel": room, "Quinn": discord.channel}
    async with running(discord, chosen, encoder) as bot:
        for name, channel in shown.items():
            thread = ada.open_thread(channel, f"of {name}", private=name == "Quinn")
            for question in (f"Is the sauna heated, as {name} says?", "is the sauna heated"):
                await ada.slash(thread, "ask", question=question).answer()
        await bob.slash(discord.channel, "ask", question="is the sauna heated", private=True).answer()
        await bot.services.journal.written()
        overview = (await mod.slash(discord.channel, "insight").answer()).text
        assert "7 questions" in overview
        assert "Pavel" not in overview
        assert "Quinn" not in overview
        with closing(sqlite3.connect(chosen.data / "journal.sqlite")) as database:
            of_thread = database.execute("SELECT DISTINCT channel FROM questions").fetchall()
        assert (bot.services.journal.pseudonym(discord.channel.id),) in of_thread
        assert (bot.services.journal.pseudonym(room.id),) in of_thread
        assert len(of_thread) == 4, "the private thread, and what was asked for one alone"


async def test_what_is_for_adults_alone_is_told_to_them_alone(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    """However alike the permissions of the channels are."""
    numbers = [discord.text_channel(name).id for name in ("digests", "adults", "more-adults")]
    async with running(discord, chosen, encoder) as bot:
        picked, adult, another = (bot.get_channel(number) for number in numbers)
        assert isinstance(picked, TextChannel)
        assert isinstance(adult, TextChannel)
        assert isinstance(another, TextChannel)
        adult.nsfw = another.nsfw = True
        assert {discord.channel.id, picked.id} <= seen_with(picked)
        assert not {adult.id, another.id} & seen_with(picked)
        assert {adult.id, another.id, picked.id} <= seen_with(adult)


async def test_words_of_an_open_channel_that_is_shut_to_some_are_not_shown_where_these_read(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    newcomers = discord.role("newcomers")
    porch, square, gate = (discord.text_channel(name) for name in ("porch", "square", "gate"))
    for channel in (porch, square):
        channel.overwrite(newcomers.id, deny=Permission.VIEW_CHANNEL)
    asked = [Asking("Is the pool heated, as Olga says?", 1), Asking("is the swimming pool heated", 2)]
    write(chosen.data, asked, encoder, server=discord.guild.id, channel=porch.id)
    async with running(discord, chosen, encoder) as bot:
        for week, (channel, is_shown) in enumerate(((gate, False), (square, True)), start=1):
            seen = await _digest_in(bot, discord, channel, week, ada)
            assert "2 people" in seen
            assert ("Olga" in seen) is is_shown, channel.name
