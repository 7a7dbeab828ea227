"""What the author of a forum post may press below an answer, and the posts that were solved before."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.client import QuothClient
from bot.preferences.store import Name
from bot.settings import Settings
from bot.standin import Permission, Person, Seen, StandIn
from bot.standin.state.channel import Channel, Tag
from bot.standin.state.event import ChannelChanged
from bot.standin.state.role import Role
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running

QUESTION = "When do quiet hours begin?"
QUIET = "ten in the evening"
SOLVED = 991


@dataclass
class Scene:
    """A forum with a tag, a role of helpers, and a bot whose settings name both."""

    discord: StandIn
    bot: QuothClient
    forum: Channel
    helpers: Role

    def asks(self) -> list[Seen]:
        """All messages that ping anybody, in any place."""
        every = [message for kept in self.discord.world.messages.values() for message in kept.values()]
        return [message for message in every if message.author is self.discord.world.bot and message.body.pings.roles]


@pytest.fixture
async def scene(discord: StandIn, chosen: Settings, encoder: Encoder) -> AsyncIterator[Scene]:
    forum, helpers = discord.forum("help"), discord.role("helpers")
    forum.tags.append(Tag(SOLVED, "solved"))
    helpers.mentionable = True
    bot_role = next(role for role in discord.guild.roles.values() if role.managed)
    bot_role.permissions |= Permission.MANAGE_THREADS
    async with running(discord, also(chosen, channels=[forum.id]), encoder) as bot:
        stored, server = bot.services.preferences.stored, discord.guild.id
        stored.change(server, Name.HELPER_ROLE, (str(helpers.id),), 1)
        stored.change(server, Name.SOLVED_TAGS, (str(SOLVED),), 1)
        yield Scene(discord, bot, forum, helpers)


async def test_its_author_marks_a_post_as_solved_and_nothing_is_locked(scene: Scene, ada: Person) -> None:
    post = ada.post(scene.forum, "Quiet hours", QUESTION)
    answer = await post.answer()
    assert [button.label for button in answer.buttons][-2:] == ["Solved", "Ask a helper"]
    reply = await ada.click(answer, "Solved").answer()
    assert reply.ephemeral
    assert "Marked as solved" in reply.text
    assert post.channel.applied_tags == [SOLVED]
    assert not post.channel.locked
    assert not post.channel.archived


async def test_nobody_but_its_author_may(scene: Scene, ada: Person) -> None:
    bob = scene.discord.person("bob")
    post = ada.post(scene.forum, "Quiet hours", QUESTION)
    answer = await post.answer()
    for button in ("Solved", "Ask a helper"):
        reply = await bob.click(answer, button).answer()
        assert reply.ephemeral
        assert "whoever wrote this post" in reply.text
    assert post.channel.applied_tags == []
    assert scene.asks() == []


async def test_the_helpers_are_mentioned_once_a_post_and_nobody_else_is(scene: Scene, ada: Person) -> None:
    answer = await ada.post(scene.forum, "Quiet hours", QUESTION).answer()
    both = await asyncio.gather(*(ada.click(answer, "Ask a helper").answer() for _ in range(3)))
    assert sum("have been asked.\n" in f"{reply.text}\n" for reply in both) == 1
    (asked,) = scene.asks()
    assert asked.body.pings.roles == {scene.helpers.id}
    assert not asked.body.pings.users
    assert not asked.body.pings.everyone
    scene.bot.services.help_calls.forget(ada.user.id)
    again = await ada.click(answer, "Ask a helper").answer()
    assert "in this post already" in again.text
    assert len(scene.asks()) == 1


async def test_a_person_waits_between_two_calls_for_the_helpers(scene: Scene, ada: Person) -> None:
    first = await ada.post(scene.forum, "Quiet hours", QUESTION).answer()
    await ada.click(first, "Ask a helper").answer()
    other = await ada.post(scene.forum, "Bread", "Who bakes the rye bread?").answer()
    reply = await ada.click(other, "Ask a helper").answer()
    assert "you can again in 30 min" in reply.text
    assert len(scene.asks()) == 1


async def test_a_role_or_a_tag_that_is_gone_is_told_and_a_missing_permission_too(scene: Scene, ada: Person) -> None:
    answer = await ada.post(scene.forum, "Quiet hours", QUESTION).answer()
    bot_role = next(role for role in scene.discord.guild.roles.values() if role.managed)
    bot_role.permissions &= ~Permission.MANAGE_THREADS
    assert "Manage Threads" in (await ada.click(answer, "Solved").answer()).text
    scene.discord.world.delete_role(scene.discord.guild, scene.helpers)
    scene.forum.tags.clear()
    scene.discord.world.tell(ChannelChanged(scene.forum))
    await asyncio.sleep(0.3)
    assert "no role of helpers any more" in (await ada.click(answer, "Ask a helper").answer()).text
    assert "tag for solved posts is gone" in (await ada.click(answer, "Solved").answer()).text
    bare = await ada.post(scene.forum, "Bread", "Who bakes the rye bread?").answer()
    assert not {button.label for button in bare.buttons} & {"Solved", "Ask a helper"}
    assert scene.asks() == []


async def test_a_solved_post_is_offered_where_a_similar_one_comes_and_no_other(scene: Scene, ada: Person) -> None:
    bob, eve = scene.discord.person("bob"), scene.discord.person("eve")
    first = ada.post(scene.forum, "Quiet hours", QUESTION)
    answer = await first.answer()
    link = first.channel.mention
    unsolved = await bob.post(scene.forum, "Quiet hours", "From when are the quiet hours?").answer()
    assert link not in unsolved.text
    await ada.click(answer, "Solved").answer()
    alike = await eve.post(scene.forum, "Quiet hours", "At what time do the quiet hours begin?").answer()
    assert link in alike.text
    assert not alike.pings.users
    other = await bob.post(scene.forum, "Bread", "Who bakes the rye bread?").answer()
    assert link not in other.text
    elsewhere = scene.discord.forum("elsewhere")
    scene.bot.services.preferences.stored.change(scene.discord.guild.id, Name.QUOTES, ("1",), 1)
    assert await eve.post(elsewhere, "Quiet hours", QUESTION).unanswered(3.5)
    scene.discord.world.delete_channel(first.channel)
    await asyncio.sleep(0.3)
    gone = await bob.post(scene.forum, "Quiet hours", QUESTION).answer()
    assert link not in gone.text


async def test_the_record_of_posts_holds_no_text_and_no_person(scene: Scene, ada: Person) -> None:
    post = ada.post(scene.forum, "Quiet hours", QUESTION)
    await post.answer()
    kept = (scene.bot.services.settings.data / "posts.sqlite").read_bytes()
    assert b"quiet" not in kept.lower()
    assert str(ada.user.id).encode() not in kept
    assert ada.user.id.to_bytes(8, "big") not in kept
    assert post.channel.id.to_bytes(8, "big") in kept


async def test_a_forum_without_tags_has_no_button_for_one(scene: Scene, ada: Person) -> None:
    scene.forum.tags.clear()
    scene.discord.world.tell(ChannelChanged(scene.forum))
    await asyncio.sleep(0.3)
    answer = await ada.post(scene.forum, "Quiet hours", QUESTION).answer()
    assert QUIET in answer.text
    assert "Solved" not in [button.label for button in answer.buttons]
