"""Channels among the documents: what is read of them, who sees it, and how it goes again."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord as discord_py
import pytest

from bot import compose
from bot.access.rules import Audience
from bot.access.view import VisibleDocuments
from bot.channels.markdown import day_of
from bot.channels.records import Kind, Line, Reads, Watched
from bot.channels.store import FILE_NAME, ChannelStore
from bot.client import QuothClient
from bot.handlers import afterwards, channel_messages, following_channels, reading_threads
from bot.preferences.store import Name
from bot.rebuilding import refreshes
from bot.settings import Settings
from bot.standin import Permission, Person, Seen, StandIn
from bot.standin.state.channel import Channel, ChannelKind, Tag
from bot.standin.state.event import ChannelChanged
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_adding import BUILT

SOLVED = 991
MILL = "The key of the mill hangs behind the clock."
ASKED = "Where does the key of the mill hang?"
FERRY = "The ferry to the island leaves at noon on Fridays."
ABOUT_FERRY = "When does the ferry to the island leave?"


@dataclass
class Scene:
    """The bot, with a forum that has a tag for solved posts."""

    discord: StandIn
    bot: QuothClient
    forum: Channel
    data: Path

    async def notes(self) -> Channel:
        """A text channel that the bot knows."""
        channel = self.discord.text_channel("notes")
        await until(lambda: self.bot.get_channel(channel.id))
        return channel

    async def add(self, mod: Person, channel: Channel) -> Seen:
        return await mod.slash(self.discord.channel, "source add", channel=channel).answer(BUILT)

    async def settled(self, says: Callable[[str], bool]) -> None:
        """Wait until the index in use says something of what channels say."""
        async with asyncio.timeout(BUILT):
            while not says(await self.bot.services.desk.look_up(texts, Audience(self.discord.guild.id))):  # noqa: ASYNC110
                await asyncio.sleep(0.2)

    def files(self) -> str:
        return "\n".join(path.read_text() for path in sorted((self.data / "library").rglob("*.md")))


def texts(visible: VisibleDocuments) -> str:
    paths = [source.source for source in visible.sources if source.source.startswith("discord/")]
    return "\n".join(visible.document(path).text for path in paths)


@pytest.fixture
def homely(discord: StandIn, chosen: Settings) -> Settings:
    return also(chosen, servers=(discord.guild.id,))


@pytest.fixture
async def scene(
    discord: StandIn, homely: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Scene]:
    monkeypatch.setattr(following_channels, "_EVERY", 0.3)  # what is written is taken in within a second, not ten
    monkeypatch.setattr(following_channels, "_QUIET", 1.0)
    forum = discord.forum("help")
    forum.tags.append(Tag(SOLVED, "solved"))
    async with running(discord, homely, encoder) as bot:
        bot.services.preferences.stored.change(discord.guild.id, Name.SOLVED_TAGS, (str(SOLVED),), 1)
        await until(lambda: bot.get_channel(forum.id))
        yield Scene(discord, bot, forum, homely.data)


async def ask(discord: StandIn, person: Person, question: str, where: Channel | None = None) -> Seen:
    return await person.slash(where or discord.channel, "ask", question=question).answer()


def solve(scene: Scene, thread: Channel, *, solved: bool = True) -> None:
    thread.applied_tags = [SOLVED] if solved else []
    scene.discord.world.tell(ChannelChanged(thread))


async def test_solved_posts_are_quoted_with_their_link_and_follow_what_becomes_of_them(
    scene: Scene, ada: Person, mod: Person
) -> None:
    discord = scene.discord
    helper = discord.person("helper")
    old = ada.post(scene.forum, "Key of the mill", ASKED)
    said = helper.say(old.channel, MILL)
    old.channel.applied_tags, old.channel.archived = [SOLVED], True
    open_post = ada.post(scene.forum, "Ferry", ABOUT_FERRY)
    helper.say(open_post.channel, FERRY)
    added = await scene.add(mod, scene.forum)
    assert "was read: 2 messages, 1 document." in added.text
    answer = await ask(discord, ada, ASKED)
    assert "behind the clock" in answer.text
    assert f"discord.com/channels/{discord.guild.id}/{old.channel.id}" in str(answer.body.components)
    assert "Said by a member" in answer.text
    assert "helper" not in scene.files(), "never a name"
    assert "noon on Fridays" not in scene.files()
    notices = [seen for channel in discord.world.channels_of(discord.guild) for seen in mod.sees(channel)]
    assert any("I read this channel" in seen.text for seen in notices)
    solve(scene, open_post.channel)
    await scene.settled(lambda text: "noon on Fridays" in text)
    helper.edit(said, "The key of the mill hangs below the stairs.")
    await scene.settled(lambda text: "below the stairs" in text and "behind the clock" not in text)
    helper.delete(said)
    await scene.settled(lambda text: "below the stairs" not in text)
    solve(scene, open_post.channel, solved=False)
    await scene.settled(lambda text: "noon on Fridays" not in text)
    assert b"noon on Fridays" not in (scene.data / FILE_NAME).read_bytes()


async def test_a_post_that_leaves_the_archive_while_the_forum_is_read_stays(
    scene: Scene, mod: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    post, gone = ada.post(scene.forum, "Key of the mill", MILL), ada.post(scene.forum, "Ferry", FERRY)
    for thread in (post.channel, gone.channel):
        thread.applied_tags, thread.archived = [SOLVED], True
    await scene.add(mod, scene.forum)
    store, real = scene.bot.services.channels.store, discord_py.ForumChannel.archived_threads
    assert set(store.threads(scene.forum.id)) == {post.channel.id, gone.channel.id}

    def later(forum: discord_py.ForumChannel, **given: Any) -> AsyncIterator[discord_py.Thread]:
        post.channel.archived = False  # after those that are not archived were listed
        return real(forum, **given)

    with monkeypatch.context() as patched:
        patched.setattr(scene.discord.world, "listeners", [])  # the bot hears nothing of it
        scene.discord.world.delete_channel(gone.channel)
    monkeypatch.setattr(discord_py.ForumChannel, "archived_threads", later)
    await mod.slash(scene.discord.channel, "source refresh", source="#help").answer(BUILT)
    assert set(store.threads(scene.forum.id)) == {post.channel.id}


async def test_a_post_that_cannot_be_read_keeps_no_other_from_being_read(
    scene: Scene, mod: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_threads, "_AGAIN", 0.3)
    posts = [ada.post(scene.forum, "Key of the mill", MILL), ada.post(scene.forum, "Ferry", FERRY)]
    for post in posts:
        post.channel.applied_tags = [SOLVED]
    fault = scene.discord.api.faults.fail("GET /channels/{channel_id}/messages", 400)
    assert "could not be read just now" in (await scene.add(mod, scene.forum)).text
    store = scene.bot.services.channels.store
    assert fault.hits == 1
    assert store.threads(scene.forum.id)
    status = (await mod.slash(scene.discord.channel, "index status").answer()).text
    assert "failed last: 400" in status
    assert "still being read" not in status, "the channel has been read, but for that post"
    await until(lambda: len(store.threads(scene.forum.id)) == 2)


async def test_while_the_settings_cannot_be_read_no_post_is_taken_for_unsolved(
    discord: StandIn, homely: Settings, encoder: Encoder, mod: Person, ada: Person
) -> None:
    forum, path = discord.forum("help"), homely.data / "servers.sqlite"
    forum.tags.append(Tag(SOLVED, "solved"))
    post = ada.post(forum, "Key of the mill", MILL)
    post.channel.applied_tags = [SOLVED]
    async with running(discord, homely, encoder) as bot:
        bot.services.preferences.stored.change(discord.guild.id, Name.SOLVED_TAGS, (str(SOLVED),), 1)
        await until(lambda: bot.get_channel(forum.id))
        await mod.slash(discord.channel, "source add", channel=forum).answer(BUILT)
        assert post.channel.id in bot.services.channels.store.threads(forum.id)
    whole = path.read_bytes()
    path.write_bytes(b"no database" * 1000)
    async with running(discord, homely, encoder) as bot:
        channels = bot.services.channels
        await until(lambda: channels.store.failure(forum.id))
        post.channel.name = "Key of the old mill"
        discord.world.tell(ChannelChanged(post.channel))
        assert post.channel.id in channels.store.threads(forum.id)
        path.write_bytes(whole)
        assert not bot.services.preferences.of(discord.guild.id).solved_tags, "it is not tried with every message"
        bot.services.preferences.stored._not_before = 0.0
        assert bot.services.preferences.of(discord.guild.id).solved_tags == {SOLVED}
    async with running(discord, homely, encoder) as bot:
        await until(
            lambda: ("Key of the old mill", post.message.id) in bot.services.channels.store.threads(forum.id).values()
        )


async def test_a_post_that_is_deleted_is_dropped_before_a_build(
    scene: Scene, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = mod.post(scene.forum, "Key of the mill", MILL)
    post.channel.applied_tags = [SOLVED]
    await scene.add(mod, scene.forum)
    form = await mod.menu(post, "Keep as answer").modal()
    await form.submit(question=ASKED, until="").answer(BUILT)
    channels, is_building = scene.bot.services.channels, asyncio.Event()
    assert list(channels.store.texts(scene.forum.id, post.channel.id).values()) == [MILL]

    async def for_ever() -> None:
        is_building.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(scene.bot.services.refreshes, "take_in", for_ever)
    scene.discord.world.delete_channel(post.channel)
    await is_building.wait()
    assert channels.store.texts(scene.forum.id, post.channel.id) == {}


async def test_of_a_text_channel_managers_are_read_and_forgotten_when_they_want(
    scene: Scene, ada: Person, mod: Person
) -> None:
    discord = scene.discord
    notes = await scene.notes()
    said = mod.say(notes, f"{FERRY} Ask {ada.mention}.")
    ada.say(notes, "The ferry is said to be haunted.")
    added = await scene.add(mod, notes)
    assert "was read: 1 message," in added.text
    answer = await ask(discord, ada, ABOUT_FERRY)
    assert "noon on Fridays" in answer.text
    assert "Said by moderators" in answer.text
    assert f"{notes.id}/{said.message.id}" in str(answer.body.components)
    assert "@somebody" in scene.files()
    assert "haunted" not in scene.files()
    mod.say(notes, MILL)
    await scene.settled(lambda text: "behind the clock" in text)
    await mod.slash(discord.channel, "forget-me").answer(BUILT)
    mod.say(notes, "Nobody reads this of me any more.")
    assert "noon on Fridays" not in (await ask(discord, ada, ABOUT_FERRY)).text
    await asyncio.sleep(2.5)
    assert scene.files() == ""
    assert b"ferry" not in (scene.data / FILE_NAME).read_bytes()


async def test_what_is_deleted_or_edited_while_its_page_is_being_taken_up_does_not_come_back(
    scene: Scene, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = await scene.notes()
    gone, changed = mod.say(notes, FERRY), mod.say(notes, MILL)
    real, done = channel_messages.line_of, set[int]()

    async def slow(*given: Any) -> Line | None:
        line = await real(*given)
        if line is not None and line.message == changed.message.id and not done:
            done.add(line.message)
            mod.delete(gone)
            mod.edit(changed, "The key of the mill hangs below the stairs.")
            await asyncio.sleep(0.5)
        return line

    monkeypatch.setattr(channel_messages, "line_of", slow)
    added = await scene.add(mod, notes)
    assert done
    assert "was read: 1 message," in added.text
    assert "below the stairs" in scene.files()
    assert "behind the clock" not in scene.files()


async def test_who_wanted_to_be_forgotten_is_not_read_in_channels_that_are_added_later(
    scene: Scene, mod: Person
) -> None:
    discord = scene.discord
    notes = await scene.notes()
    mod.say(notes, FERRY)
    await mod.slash(discord.channel, "forget-me").answer(BUILT)
    added = await scene.add(mod, notes)
    assert "was read: 0 messages" in added.text


async def test_the_status_of_the_index_names_channels_with_how_far_they_were_read_and_what_failed(
    scene: Scene, mod: Person
) -> None:
    discord = scene.discord
    notes = await scene.notes()
    mod.say(notes, FERRY)
    mod.say(notes, MILL)
    await scene.add(mod, notes)
    status = (await mod.slash(discord.channel, "index status").answer()).text
    assert "Channels that are read (1)" in status
    assert "#notes (text channel): 2 messages, 1 document · up to <t:" in status.replace("\\", "")
    assert "still being read" not in status
    discord.api.faults.fail("GET /channels/{channel_id}/messages", 403)
    refreshed = await mod.slash(discord.channel, "source refresh", source="#notes").answer(BUILT)
    assert "could not be read just now" in refreshed.text
    status = (await mod.slash(discord.channel, "index status").answer()).text.replace("\\", "")
    assert "2 messages, 1 document · up to <t:" in status
    assert "its history is still being read · failed last: 403" in status
    await mod.slash(discord.channel, "source refresh", source="#notes").answer(BUILT)
    assert "failed last" not in (await mod.slash(discord.channel, "index status").answer()).text


async def test_announcements_are_read_whoever_wrote_them_and_removed_again(
    scene: Scene, ada: Person, mod: Person
) -> None:
    discord = scene.discord
    news = discord.world.add_channel(discord.guild, "news", ChannelKind.NEWS)
    await until(lambda: scene.bot.get_channel(news.id))
    said = discord.webhook(news, "Harbour office", FERRY)
    added = await scene.add(mod, news)
    assert "noon on Fridays" in (await ask(discord, ada, ABOUT_FERRY)).text
    assert "read already" in (await scene.add(mod, news)).text
    offered = await mod.autocomplete(discord.channel, "source remove", "source", "discord")
    assert offered == [("#news", f"discord/{discord.guild.id}/{news.id}/")]
    assert await mod.autocomplete(discord.channel, "source refresh", "source", "#ne") == offered
    listed = await ada.slash(discord.channel, "source list").answer()
    assert f"#news/{day_of(said.message.id)}.md" in listed.text.replace("\\", "")
    removed = await mod.click(added, "Undo").answer(BUILT)
    assert "is no longer read" in removed.text
    assert "noon on Fridays" not in (await ask(discord, ada, ABOUT_FERRY)).text
    assert scene.files() == ""
    notices = [seen for seen in mod.sees(news) if "I read this channel" in seen.text]
    assert "was read: 1 message," in (await mod.click(removed, "Undo").answer(BUILT)).text
    assert "noon on Fridays" in (await ask(discord, ada, ABOUT_FERRY)).text
    assert "read already" in (await mod.click(removed, "Undo").answer(BUILT)).text
    assert [seen for seen in mod.sees(news) if "I read this channel" in seen.text] == notices, "it was told once"
    await mod.slash(discord.channel, "source remove", source=offered[0][1]).answer(BUILT)
    gone = await mod.slash(discord.channel, "source remove", source=offered[0][1]).answer(BUILT)
    assert "no channel that is read here" in gone.text


async def test_undoing_is_of_a_channel_that_was_added_or_removed_then_also_after_a_restart(
    discord: StandIn, homely: Settings, encoder: Encoder, mod: Person
) -> None:
    notes = discord.text_channel("notes")

    async def add() -> Seen:
        return await mod.slash(discord.channel, "source add", channel=notes).answer(BUILT)

    async with running(discord, homely, encoder):
        added = await add()
    async with running(discord, homely, encoder):
        removed = await mod.click(added, "Undo").answer(BUILT)
        assert "is no longer read" in removed.text
        assert "not there any more" in (await mod.click(added, "Undo").answer()).text
    async with running(discord, homely, encoder) as bot:
        assert "was read" in (await mod.click(removed, "Undo").answer(BUILT)).text
        assert len(mod.sees(notes)) == 1, "it was told once"
        removed = await mod.click(added, "Undo").answer(BUILT)
        assert "is no longer read" in removed.text, "what is put back is the same"
        await add()
        assert "has been added anew since: it stays" in (await mod.click(added, "Undo").answer()).text
        assert notes.id in bot.services.channels.watched
    with closing(sqlite3.connect(homely.data / FILE_NAME, isolation_level=None)) as database:
        database.execute("DELETE FROM versions")  # as earlier versions have noted none
    async with running(discord, homely, encoder):
        told = len(mod.sees(notes))
        source = f"discord/{discord.guild.id}/{notes.id}/"
        removed = await mod.slash(discord.channel, "source remove", source=source).answer(BUILT)
        assert "was read" in (await mod.click(removed, "Undo").answer(BUILT)).text
        assert len(mod.sees(notes)) == told, "it was told before"


async def test_channels_are_named_as_they_are_called_by_now(scene: Scene, mod: Person) -> None:
    discord, notes, other = scene.discord, await scene.notes(), await scene.notes()
    for channel in (notes, other):
        await scene.add(mod, channel)
    several = await mod.slash(discord.channel, "source remove", source="#notes").answer(BUILT)
    assert "Several channels are called #notes" in several.text
    notes.name = "recipes"
    discord.world.tell(ChannelChanged(notes))
    await until(lambda: scene.bot.services.channels.watched[notes.id].name == "recipes")
    removed = await mod.slash(discord.channel, "source remove", source="#recipes").answer(BUILT)
    assert "#recipes: is no longer read" in removed.text.replace("\\", "")
    assert list(scene.bot.services.channels.watched) == [other.id]


async def test_announcements_can_be_a_document_each_with_their_link(scene: Scene, ada: Person, mod: Person) -> None:
    discord = scene.discord
    news = discord.world.add_channel(discord.guild, "news", ChannelKind.NEWS)
    await until(lambda: scene.bot.get_channel(news.id))
    said = [discord.webhook(news, "Harbour office", text) for text in (f"**New ferry**\n{FERRY}", MILL)]
    added = await scene.add(mod, news)
    assert "2 messages, 1 document" in added.text
    changed = await mod.select(added, "All announcements, each by itself").answer(BUILT)
    assert "2 messages, 2 documents" in changed.text
    (ferry, mill) = [path.read_text() for path in sorted((scene.data / "library").rglob("*.md"))]
    assert "title: New ferry\n" in ferry
    assert f"url: https://discord.com/channels/{discord.guild.id}/{news.id}/{said[0].message.id}\n" in ferry
    assert f"{news.id}/{said[1].message.id}\n" in mill
    answer = await ask(discord, ada, ASKED)
    assert "behind the clock" in answer.text
    assert f"{news.id}/{said[1].message.id}" in answer.text
    discord.webhook(news, "Harbour office", "The lighthouse is painted green.")
    await scene.settled(lambda says: "painted green" in says)
    mod_may_delete = discord.person("keeper", discord.role("keepers", Permission.MANAGE_MESSAGES))
    mod_may_delete.delete(said[0])
    await scene.settled(lambda says: "noon on Fridays" not in says)
    assert len(list((scene.data / "library").rglob("*.md"))) == 2
    again = await mod.select(changed, "All announcements, by day").answer(BUILT)
    assert "2 messages, 1 document" in again.text
    assert "behind the clock" in (await ask(discord, ada, ASKED)).text


async def test_of_a_channel_pinned_messages_alone_can_be_read(scene: Scene, ada: Person, mod: Person) -> None:
    """Whoever wrote them; what is pinned or no longer is follows, and all is as it was once that is taken back."""
    discord, notes = scene.discord, await scene.notes()
    keeper = discord.person("keeper", discord.role("keepers", Permission.MANAGE_MESSAGES))
    theirs, managers = ada.say(notes, MILL), mod.say(notes, FERRY)
    keeper.pin(theirs)
    added = await scene.add(mod, notes)
    assert FERRY in scene.files()
    assert MILL not in scene.files(), "she is no manager"
    changed = await mod.select(added, "Pinned messages alone").answer(BUILT)
    assert "1 message, 1 document" in changed.text
    assert MILL in scene.files()
    assert FERRY not in scene.files()
    assert "behind the clock" in (await ask(discord, ada, ASKED)).text
    mod.say(notes, "The lighthouse is painted green.")
    keeper.pin(managers)
    await scene.settled(lambda says: "noon on Fridays" in says)
    keeper.pin(theirs, pinned=False)
    await scene.settled(lambda says: "behind the clock" not in says)
    assert "painted green" not in scene.files(), "it is not pinned"
    again = await mod.select(changed, "What managers write").answer(BUILT)
    assert "2 messages, 1 document" in again.text
    assert "painted green" in scene.files()


async def test_a_channel_that_is_put_back_is_read_as_was_picked_before_it_was_removed(
    scene: Scene, ada: Person, mod: Person
) -> None:
    discord, notes = scene.discord, await scene.notes()
    keeper = discord.person("keeper", discord.role("keepers", Permission.MANAGE_MESSAGES))
    keeper.pin(ada.say(notes, MILL))
    mod.say(notes, FERRY)
    changed = await mod.select(await scene.add(mod, notes), "Pinned messages alone").answer(BUILT)
    removed = await mod.click(changed, "Undo").answer(BUILT)
    assert "is no longer read" in removed.text
    assert "cannot be picked" in (await mod.select(changed, "What managers write").answer()).text
    back = await mod.click(removed, "Undo").answer(BUILT)
    assert "1 message, 1 document" in back.text
    assert MILL in scene.files()
    assert FERRY not in scene.files()
    assert scene.bot.services.channels.watched[notes.id].reads is Reads.PINS


async def test_what_is_unpinned_while_its_page_is_being_taken_up_does_not_come_back(
    scene: Scene, ada: Person, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord, notes = scene.discord, await scene.notes()
    keeper = discord.person("keeper", discord.role("keepers", Permission.MANAGE_MESSAGES))
    unpinned = ada.say(notes, FERRY)
    ada.edit(unpinned, MILL)
    keeper.pin(unpinned)
    added = await scene.add(mod, notes)
    real, done, heard = channel_messages.line_of, set[int](), asyncio.Event()

    async def noted(*_: object) -> None:
        heard.set()

    async def slow(*given: Any) -> Line | None:
        line = await real(*given)
        if line is not None and line.message == unpinned.message.id and not done:
            done.add(line.message)
            keeper.pin(unpinned, pinned=False)
            await heard.wait()
        return line

    monkeypatch.setattr(channel_messages, "line_of", slow)
    monkeypatch.setattr(afterwards, "edited", noted)
    changed = await mod.select(added, "Pinned messages alone").answer(BUILT)
    assert done
    assert "0 messages" in changed.text
    assert scene.files() == ""


async def test_what_is_unpinned_while_the_bot_is_away_goes(
    discord: StandIn, homely: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    keeper = discord.person("keeper", discord.role("keepers", Permission.MANAGE_MESSAGES))
    notes = discord.text_channel("notes")
    kept, unpinned = ada.say(notes, MILL), ada.say(notes, FERRY)
    keeper.pin(kept)
    keeper.pin(unpinned)
    async with running(discord, homely, encoder) as bot:
        await until(lambda: bot.get_channel(notes.id))
        added = await mod.slash(discord.channel, "source add", channel=notes).answer(BUILT)
        assert "2 messages" in (await mod.select(added, "Pinned messages alone").answer(BUILT)).text
    keeper.pin(unpinned, pinned=False)
    async with running(discord, homely, encoder) as bot:
        scene = Scene(discord, bot, notes, homely.data)
        await scene.settled(lambda says: "noon on Fridays" not in says)
        assert MILL in scene.files()
        assert next(iter(bot.services.channels.watched.values())).reads is Reads.PINS


async def test_only_who_manages_picks_what_is_read_of_a_channel(scene: Scene, mod: Person) -> None:
    discord, notes = scene.discord, await scene.notes()
    added = await scene.add(mod, notes)
    assert added.selects
    assert not (await scene.add(mod, scene.forum)).selects, "of a forum, solved posts are read"
    role = next(role for role in discord.guild.roles.values() if role.name == "moderators")
    role.permissions &= ~Permission.MANAGE_GUILD
    assert "may manage this server" in (await mod.select(added, "Pinned messages alone").answer()).text
    assert scene.bot.services.channels.watched[notes.id].reads is Reads.DAYS


async def test_of_two_who_add_a_channel_at_once_one_is_refused_and_it_is_told_once(scene: Scene, mod: Person) -> None:
    notes = await scene.notes()
    other = scene.discord.person("other", scene.discord.role("janitors", Permission.MANAGE_GUILD))
    both = await asyncio.gather(scene.add(mod, notes), scene.add(other, notes))
    assert sorted("That channel is read already" in seen.text for seen in both) == [False, True]
    assert len(mod.sees(notes)) == 1
    source = f"discord/{scene.discord.guild.id}/{notes.id}/"
    removed = await mod.slash(scene.discord.channel, "source remove", source=source).answer(BUILT)
    undone = await asyncio.gather(*(mod.click(removed, "Undo").answer(BUILT) for _ in range(2)))
    assert sorted("That channel is read already" in seen.text for seen in undone) == [False, True]


async def test_a_channel_that_not_everybody_may_see_is_refused_and_one_that_is_closed_goes(
    scene: Scene, ada: Person, mod: Person
) -> None:
    discord, everyone = scene.discord, scene.discord.guild.everyone.id
    bot_role = next(role for role in discord.guild.roles.values() if role.managed)
    vault, notes = discord.text_channel("vault"), discord.text_channel("notes")
    for channel in (vault, notes):
        mod.say(channel, FERRY)
        await until(lambda: scene.bot.get_channel(channel.id))  # noqa: B023
    vault.overwrite(everyone, deny=Permission.VIEW_CHANNEL)
    vault.overwrite(bot_role.id, allow=Permission.VIEW_CHANNEL)
    discord.world.tell(ChannelChanged(vault))
    await until(lambda: vault_is_shut(scene.bot, vault.id))
    assert "everybody here may see" in (await scene.add(mod, vault)).text
    await scene.add(mod, notes)
    assert "noon on Fridays" in (await ask(discord, ada, ABOUT_FERRY)).text
    look = scene.bot.services.desk.look_up
    assert "noon on Fridays" not in await look(texts, Audience()), "in private nobody knows who may see it"
    assert "noon on Fridays" not in await look(texts, Audience(discord.guild.id + 1)), "nor in another home server"
    notes.overwrite(everyone, deny=Permission.VIEW_CHANNEL)
    notes.overwrite(bot_role.id, allow=Permission.VIEW_CHANNEL)
    discord.world.tell(ChannelChanged(notes))
    await scene.settled(lambda text: not text)
    assert scene.files() == ""


async def test_what_a_build_fails_to_take_in_is_told_and_taken_in_later(
    scene: Scene, ada: Person, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process builds meanwhile."""
    monkeypatch.setattr(refreshes, "_LOOK", 0.2)
    monkeypatch.setattr(refreshes, "_LATER", 0.5)
    discord, notes = scene.discord, await scene.notes()
    first, shelf = mod.say(notes, FERRY), compose.shelf(scene.bot.services.settings)
    await scene.add(mod, notes)
    with shelf.lock():
        mod.edit(first, MILL)
        await until(lambda: scene.bot.services.refreshes.is_behind)
        assert "noon on Fridays" in (await ask(discord, ada, ABOUT_FERRY)).text
    await scene.settled(lambda text: "behind the clock" in text)
    with shelf.lock():
        forgotten = await mod.slash(discord.channel, "forget-me").answer(BUILT)
        assert "removed; some may be quoted until the next rebuild" in forgotten.text
        removed = await mod.slash(discord.channel, "source remove", source="#notes").answer(BUILT)
        assert "is no longer read nor quoted; the index lets go of it at the next rebuild" in removed.text
        assert "behind the clock" not in (await ask(discord, ada, ASKED)).text
    await scene.settled(lambda text: not text)


async def test_a_channel_that_is_closed_goes_while_what_others_say_is_being_taken_in(
    scene: Scene, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    channels, notes, looks = scene.bot.services.channels, await scene.notes(), 0
    bot_role = next(role for role in scene.discord.guild.roles.values() if role.managed)
    mod.say(notes, FERRY)
    await scene.add(mod, notes)
    real = channels.catch_up

    def catch_up() -> None:
        nonlocal looks
        looks += 1
        real()

    monkeypatch.setattr(channels, "catch_up", catch_up)
    async with channels.activity.settling:
        channels.activity.settled = -1e9  # it is long since it was written
        await until(lambda: looks > 3)
        notes.overwrite(scene.discord.guild.everyone.id, deny=Permission.VIEW_CHANNEL)
        notes.overwrite(bot_role.id, allow=Permission.VIEW_CHANNEL)
        scene.discord.world.tell(ChannelChanged(notes))
        await until(lambda: notes.id not in channels.watched)


async def test_channels_of_a_server_that_is_no_home_any_more_are_removed(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    """The bot has left that server: there is nobody to ask whether everybody may see the channel."""
    store = ChannelStore(chosen.data)
    store.watch(Watched(72, 71, Kind.TEXT, "old"))
    with store.reading() as reading:
        store.add(Line(1, 72, "2026-01-02", b"x", "a member", FERRY), reading)
    store.close()
    async with running(discord, also(chosen, servers=(discord.guild.id,)), encoder) as bot:
        await until(lambda: not bot.services.channels.watched)
        assert list((chosen.data / "library").rglob("*.md")) == []


def vault_is_shut(bot: QuothClient, number: int) -> bool:
    channel = bot.get_channel(number)
    return not channel.permissions_for(channel.guild.default_role).view_channel  # type: ignore[union-attr]


async def test_history_is_read_once_and_whole_in_spite_of_restarts_and_rate_limits(
    discord: StandIn, homely: Settings, encoder: Encoder, mod: Person
) -> None:
    notes, count = discord.text_channel("notes"), 730
    for number in range(count):
        mod.say(notes, f"Note {number} of the caretaker.")
    path = f"/channels/{notes.id}/messages"
    discord.api.faults.fail("GET /channels/{channel_id}/messages", 429, times=3)
    for read_so_far in (1, 4, 7):
        async with running(discord, homely, encoder) as bot:
            if read_so_far == 1:
                await until(lambda: bot.get_channel(notes.id))
                mod.slash(discord.channel, "source add", channel=notes)
            await until(lambda: len(pages(discord, path)) >= read_so_far, 60)  # noqa: B023
    async with running(discord, homely, encoder) as bot:
        await until(lambda: any(channel.complete for channel in bot.services.channels.watched.values()), 60)
    with closing(sqlite3.connect(homely.data / FILE_NAME)) as database:
        kept = [text for (text,) in database.execute("SELECT text FROM messages ORDER BY message")]
    assert kept == [f"Note {number} of the caretaker." for number in range(count)]
    assert len(pages(discord, path)) <= count / 100 + 3 * 2 + 3, "each restart reads no more than a page again"


def pages(discord: StandIn, path: str) -> list[object]:
    return [
        exchange
        for exchange in discord.api.log
        if exchange.method == "GET" and exchange.path.endswith(path) and exchange.status == 200
    ]


async def test_it_takes_the_message_content_intent_and_somebody_who_may(
    discord: StandIn, homely: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    async with running(discord, homely, encoder, content=False) as bot:
        refused = await mod.slash(discord.channel, "source add", channel=discord.channel).answer()
        assert "message content intent" in refused.text
        refused = await ada.slash(discord.channel, "source add", channel=discord.channel).answer()
        assert "That is for those who may manage" in refused.text
        assert bot.services.channels.watched == {}
    assert not (homely.data / FILE_NAME).exists()


async def test_without_the_intent_nothing_that_was_read_is_lost_and_nothing_passed_over(
    discord: StandIn, homely: Settings, encoder: Encoder, mod: Person
) -> None:
    """Discord sends messages without their words then."""
    notes = discord.text_channel("notes")
    said = mod.say(notes, FERRY)
    async with running(discord, homely, encoder) as bot:
        await until(lambda: bot.get_channel(notes.id))
        await mod.slash(discord.channel, "source add", channel=notes).answer(BUILT)
    async with running(discord, homely, encoder, content=False) as bot:
        mod.edit(said, f"{FERRY} Bring coins.")
        mod.say(notes, MILL)
        refused = await mod.slash(
            discord.channel, "source refresh", source=f"discord/{discord.guild.id}/{notes.id}/"
        ).answer()
        assert "message content intent" in refused.text
        await asyncio.sleep(2.5)
        [line] = bot.services.channels.store.content(notes.id, day_of(said.message.id)).lines
        assert line.text == FERRY
    async with running(discord, homely, encoder) as bot:
        await until(lambda: bot.services.channels.store.counts(notes.id) == (1, 2))


async def test_a_file_that_cannot_be_read_stops_neither_the_bot_nor_what_was_read(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn, homely: Settings, encoder: Encoder, ada: Person, mod: Person, caplog: pytest.LogCaptureFixture
) -> None:
    notes = discord.text_channel("notes")
    gone = mod.say(notes, MILL)
    mod.say(notes, FERRY)
    async with running(discord, homely, encoder) as bot:
        await until(lambda: bot.get_channel(notes.id))
        await mod.slash(discord.channel, "source add", channel=notes).answer(BUILT)
    file = homely.data / FILE_NAME
    beside = file.rename(homely.data / "aside")
    file.mkdir()
    with caplog.at_level(logging.WARNING):
        async with running(discord, homely, encoder) as bot:
            await until(bot.is_ready)
            assert "noon on Fridays" in (await ask(discord, ada, ABOUT_FERRY)).text
            other = await mod.slash(discord.channel, "source add", channel=discord.channel).answer()
            assert "try again later" in other.text
            assert not any("I read this channel" in seen.text for seen in mod.sees(discord.channel))
            mod.delete(gone)
            said = mod.say(notes, "The lamp of the quay is red.")
            await asyncio.sleep(5)
            assert [record.message for record in caplog.records if "file" in vars(record)] == ["a file cannot be used"]
            assert "behind the clock" in "".join(path.read_text() for path in (homely.data / "library").rglob("*.md"))
            file.rmdir()
            beside.rename(file)
            await until(lambda: bot.services.channels.watched)
            store, day = bot.services.channels.store, day_of(said.message.id)
            wanted = [FERRY, "The lamp of the quay is red."]
            await until(lambda: [line.text for line in store.content(notes.id, day).lines] == wanted)


async def test_channels_are_read_from_the_very_first_start_on_without_home_servers_in_the_settings(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    assert not chosen.servers
    notes = discord.text_channel("notes")
    mod.say(notes, FERRY)
    async with running(discord, chosen, encoder) as bot:
        await until(lambda: bot.get_channel(notes.id))
        added = await mod.slash(discord.channel, "source add", channel=notes).answer(BUILT)
        assert "was read: 1 message," in added.text
        assert "noon on Fridays" in (await ask(discord, ada, ABOUT_FERRY)).text
        look = bot.services.desk.look_up
        assert "noon on Fridays" not in await look(texts, Audience()), "in private nobody knows who may see it"
        assert "noon on Fridays" not in await look(texts, Audience(discord.guild.id + 1)), "nor in another server"
