"""Threads below channels among the documents: each is one of its own, and follows what becomes of it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from discord import ChannelType

from bot.channels.store import FILE_NAME
from bot.handlers import channel_messages, following_channels
from bot.settings import Settings
from bot.standin import Permission, Person, Said, StandIn
from bot.standin.state.channel import Channel, ChannelKind
from bot.standin.state.event import ChannelChanged
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import running, until
from tests.bot.wire.test_adding import BUILT
from tests.bot.wire.test_channels import (  # noqa: F401
    ABOUT_FERRY,
    ASKED,
    FERRY,
    MILL,
    Scene,
    ask,
    homely,
    pages,
    scene,
)

STAIRS = "The key of the mill hangs below the stairs."
LAMP = "The lamp of the quay is lit at dusk."


def documents(scene: Scene) -> dict[str, str]:  # noqa: F811
    return {path.stem: path.read_text() for path in (scene.data / "library").rglob("*.md")}


def close(discord: StandIn, channel: Channel) -> None:
    """Close a channel to all but the bot."""
    bot_role = next(role for role in discord.guild.roles.values() if role.managed)
    channel.overwrite(discord.guild.everyone.id, deny=Permission.VIEW_CHANNEL)
    channel.overwrite(bot_role.id, allow=Permission.VIEW_CHANNEL)
    discord.world.tell(ChannelChanged(channel))


def on_question(person: Person, channel: Channel, question: str, answer: str) -> tuple[Channel, Said]:
    """Have somebody answer a question in a thread on it."""
    thread = person.open_thread(person.say(channel, question), question)
    return thread, person.say(thread, answer)


async def opened_by_others(scene: Scene, notes: Channel, ada: Person, mod: Person) -> list[Channel]:  # noqa: F811
    """Have a manager answer in threads that others opened: somebody who is none, and the bot itself."""
    asked = ada.open_thread(notes, "Ada Byron of Mill Lane asks")
    opened = await scene.bot.get_channel(notes.id).create_thread(  # type: ignore[union-attr]
        name="What does Grace Hopper owe?", type=ChannelType.public_thread
    )
    own = scene.discord.world.channels[opened.id]
    mod.say(asked, "Nobody lives in Mill Lane.")
    mod.say(own, "Nothing is owed to the mill.")
    return [asked, own]


async def called_by_their_channel_and_deleted(scene: Scene, *threads: Channel) -> None:  # noqa: F811
    """Look at what threads are called that have names of their own, and delete them."""
    await scene.settled(lambda says: "Mill Lane" in says and "owed to the mill" in says)
    assert all("title: '#notes, " in documents(scene)[str(thread.id)] for thread in threads)
    assert not any(name in scene.files() for name in ("Byron", "Hopper"))
    for thread in threads:
        scene.discord.world.delete_channel(thread)
    await until(lambda: not any(str(thread.id) in documents(scene) for thread in threads))


async def test_threads_are_quoted_with_their_link_and_follow_what_becomes_of_them(
    scene: Scene,  # noqa: F811
    ada: Person,
    mod: Person,
) -> None:
    discord, notes = scene.discord, await scene.notes()
    opener = discord.person("opener", discord.role("wardens", Permission.MANAGE_GUILD))
    old = opener.open_thread(ada.say(notes, ASKED), "Key of the mill")
    said = mod.say(old, MILL)
    ada.say(old, "It is said to be cursed.")
    opener.archive(old)
    private = mod.open_thread(notes, "Among us", private=True)
    private.joined.add(discord.world.bot.id)
    discord.world.tell(ChannelChanged(private))
    await until(lambda: scene.bot.get_channel(private.id))
    mod.say(private, "The safe opens with four nines.")
    added = await scene.add(mod, notes)
    assert "was read: 1 message, 1 document." in added.text
    assert any("this channel and its public threads" in seen.text for seen in mod.sees(notes))
    answer = await ask(discord, ada, ASKED)
    assert "behind the clock" in answer.text
    assert "Said by moderators" in answer.text
    assert f"discord.com/channels/{discord.guild.id}/{old.id}" in str(answer.body.components)
    assert "title: Key of the mill" in documents(scene)[str(old.id)]
    assert "cursed" not in scene.files(), "she is no manager"

    mod.say(private, "The safe opens with four nines, again.")
    new = mod.open_thread(notes, "Ferry")
    said_there = [mod.say(new, text) for text in (FERRY, *(f"The buoy {number} is green." for number in range(6)))]
    others = await opened_by_others(scene, notes, ada, mod)
    mod.say(old, LAMP)  # which takes it out of the archive: Discord lets nobody edit what is in there
    mod.edit(said, STAIRS)
    await scene.settled(lambda says: "noon on Fridays" in says and "below the stairs" in says)
    assert "behind the clock" not in scene.files()
    await until(lambda: "title: Ferry\n" in documents(scene)[str(new.id)])
    assert len(pages(discord, f"/{new.id}/messages")) <= 2, "it is read once, whatever is said in it meanwhile"
    await called_by_their_channel_and_deleted(scene, *others)
    for buoy in said_there[1:]:
        mod.delete(buoy)
    await opener.slash(discord.channel, "forget-me").answer(BUILT)
    assert "Key of the mill" not in scene.files()
    new.name = "Ferry to the island"
    mod.archive(new)
    opener.archive(old)
    mod.delete(said)
    await scene.settled(lambda says: "below the stairs" not in says)
    await until(lambda: "title: Ferry to the island\n" in documents(scene)[str(new.id)])
    assert LAMP in documents(scene)[str(old.id)]
    assert FERRY in scene.files(), "what is in the archive stays"
    refreshed = await mod.slash(discord.channel, "source refresh", source="#notes").answer(BUILT)
    assert "was read: 2 messages, 2 documents." in refreshed.text
    assert "four nines" not in scene.files()
    assert b"four nines" not in (scene.data / FILE_NAME).read_bytes()
    discord.world.delete_channel(new)
    await until(lambda: not scene.bot.services.channels.store.texts(notes.id, new.id))
    await scene.settled(lambda says: "noon on Fridays" not in says)


async def test_threads_below_announcements_are_no_announcements_and_go_when_their_channel_is_closed(
    scene: Scene,  # noqa: F811
    ada: Person,
    mod: Person,
) -> None:
    discord = scene.discord
    news = discord.world.add_channel(discord.guild, "news", ChannelKind.NEWS)
    await until(lambda: scene.bot.get_channel(news.id))
    announced = discord.webhook(news, "Harbour office", FERRY)
    thread = ada.open_thread(announced, "Which quay?")
    ada.say(thread, "From the old quay, I guess.")
    reply = mod.say(thread, MILL)
    added = await scene.add(mod, news)
    assert "was read: 2 messages, 2 documents." in added.text
    held = documents(scene)[str(thread.id)]
    assert "## Said by moderators" in held
    assert "Announced" not in held
    assert "guess" not in scene.files()
    each = await mod.select(added, "All announcements, each by itself").answer(BUILT)
    assert "2 messages, 2 documents" in each.text
    assert set(documents(scene)) == {str(thread.id), f"m{announced.message.id}"}
    keeper = discord.person("keeper", discord.role("keepers", Permission.MANAGE_MESSAGES))
    keeper.pin(announced)
    pinned = await mod.select(each, "Pinned messages alone").answer(BUILT)
    assert "1 message, 1 document" in pinned.text
    keeper.pin(reply)
    await scene.settled(lambda says: "behind the clock" in says)
    assert "behind the clock" in (await ask(discord, ada, ASKED)).text
    close(discord, news)
    await scene.settled(lambda says: not says)
    assert scene.files() == ""
    assert "behind the clock" not in (await ask(discord, ada, ASKED)).text


async def test_threads_are_read_once_and_whole_in_spite_of_restarts_and_what_happens_meanwhile(
    discord: StandIn,
    homely: Settings,  # noqa: F811
    encoder: Encoder,
    mod: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following_channels, "_EVERY", 0.3)
    monkeypatch.setattr(channel_messages, "_PAUSE", 0.01)
    notes, count = discord.text_channel("notes"), 130  # more than a page of threads
    entries = [on_question(mod, notes, f"Question {number}", f"Answer {number}.") for number in range(count)]
    long = entries[40][0]
    for number in range(220):  # more than two pages of messages
        mod.say(long, f"Entry {number}.")
    for thread, _ in entries[:-10]:
        mod.archive(thread)
    discord.api.faults.fail("GET /channels/{channel_id}/threads/archived/public", 429, times=2)
    discord.api.faults.fail("GET /channels/{channel_id}/messages", 429, times=3)
    for read_so_far in (8, 60, 100):
        async with running(discord, homely, encoder) as bot:
            if read_so_far == 8:
                await until(lambda: bot.get_channel(notes.id))
                mod.slash(discord.channel, "source add", channel=notes)
            await until(lambda: len(bot.services.channels.store.threads(notes.id)) >= read_so_far, 60)  # noqa: B023
    async with running(discord, homely, encoder) as bot:
        store = bot.services.channels.store
        await until(lambda: any(channel.complete for channel in bot.services.channels.watched.values()), 60)
        await until(lambda: len(store.threads(notes.id)) == count, 60)  # the last may still be read
        wanted = [f"{what} {number}" for what in ("Question", "Answer") for number in range(count)]
        wanted += [f"Entry {number}" for number in range(220)]
        await until(lambda: Counter(text.rstrip(".") for text in kept(homely)) == Counter(wanted), 60)
    fetched = len(pages(discord, "/messages"))
    assert fetched <= count + 3 + 3 * 3 + 4, "a thread is not read again after a restart"

    discord.world.delete_channel(entries[128][0])
    discord.world.delete_channel(entries[20][0])
    mod.edit(entries[125][1], STAIRS)
    mod.delete(entries[100][1])
    mod.say(entries[32][0], LAMP)  # which comes out of the archive
    with closing(sqlite3.connect(homely.data / FILE_NAME)) as database:
        database.execute("DELETE FROM notices")  # an earlier version has begun to read the channel
        database.commit()
    late, _ = on_question(mod, notes, "Question late", FERRY)
    mod.archive(late)
    async with running(discord, homely, encoder) as bot:
        gone = {f"Answer {number}" for number in (128, 20, 125, 100)}
        wanted = [text for text in wanted if text not in gone]
        wanted += [text.rstrip(".") for text in (STAIRS, LAMP, "Question late", FERRY)]
        await until(lambda: Counter(text.rstrip(".") for text in kept(homely)) == Counter(wanted), 60)
        channels, before = bot.services.channels, bot.sessions
        assert len(channels.store.threads(notes.id)) == count - 1
        assert len([seen for seen in mod.sees(notes) if "and its public threads" in seen.text]) == 2
        await until(lambda: notes.id in channels.activity.looked_at_threads)
        monkeypatch.setattr(following_channels, "_AGAIN", 0.3)
        discord.gateway.invalidate()
        await until(lambda: channels.activity.looked_at_threads[notes.id][1] > before)
        await until(lambda: channels.activity.compared[notes.id] > before)


def kept(chosen: Settings) -> list[str]:
    with closing(sqlite3.connect(chosen.data / FILE_NAME)) as database:
        return [text for (text,) in database.execute("SELECT text FROM messages")]
