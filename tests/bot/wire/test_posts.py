"""What the author of a forum post may press below an answer, and the posts that were solved before."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from typing import Any

import pytest

from bot.client import QuothClient
from bot.handlers import message_answers
from bot.preferences.store import Name
from bot.settings import Settings
from bot.standin import Permission, Person, Seen, StandIn
from bot.standin.state.channel import Channel, Tag
from bot.standin.state.event import ChannelChanged
from bot.standin.state.role import Role
from index.encode.encoder import Encoder
from index.records import Answer
from tests.bot.wire.conftest import also, running, until

QUESTION = "When do quiet hours begin?"
QUIET = "ten in the evening"
NOT_THERE = "Who won the cup final in 1998?"
NOTHING_FOUND = "I found nothing in the documents that answers this."
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
def places(discord: StandIn) -> tuple[Channel, Role]:
    """A forum with a tag, and the role of the helpers; the bot may set tags."""
    forum, helpers = discord.forum("help"), discord.role("helpers")
    forum.tags.append(Tag(SOLVED, "solved"))
    helpers.mentionable = True
    bot_role = next(role for role in discord.guild.roles.values() if role.managed)
    bot_role.permissions |= Permission.MANAGE_THREADS
    return forum, helpers


@asynccontextmanager
async def set_up(
    discord: StandIn, chosen: Settings, encoder: Encoder, places: tuple[Channel, Role]
) -> AsyncIterator[Scene]:
    forum, helpers = places
    async with running(discord, also(chosen, channels=[forum.id]), encoder) as bot:
        stored, server = bot.services.preferences.stored, discord.guild.id
        stored.change(server, Name.HELPER_ROLE, (str(helpers.id),), 1)
        stored.change(server, Name.SOLVED_TAGS, (str(SOLVED),), 1)
        yield Scene(discord, bot, forum, helpers)


@pytest.fixture
async def scene(
    discord: StandIn, chosen: Settings, encoder: Encoder, places: tuple[Channel, Role]
) -> AsyncIterator[Scene]:
    async with set_up(discord, chosen, encoder, places) as there:
        yield there


def tag(discord: StandIn, thread: Channel, *tags: int) -> None:
    """Set the tags of a post by hand."""
    thread.applied_tags = list(tags)
    discord.world.tell(ChannelChanged(thread))


def rows(bot: QuothClient, table: str) -> int:
    """How many rows of the record's file there are."""
    path = bot.services.settings.data / "posts.sqlite"
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


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


async def test_what_an_author_deletes_while_writing_is_no_part_of_the_question(scene: Scene, ada: Person) -> None:
    post = ada.post(scene.forum, "Quiet hours", QUESTION)
    slip = ada.say(post.channel, "my password is swordfish")
    known = scene.bot.services.forum_posts.of(post.channel.id)
    await until(lambda: len(known.written) == 2)
    ada.delete(slip)
    await until(lambda: len(known.written) == 1)
    assert QUIET in (await post.answer()).text


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
    again = await ada.click(answer, "Ask a helper").answer()
    assert "in this post already" in again.text
    assert len(scene.asks()) == 1


async def test_the_helpers_can_be_asked_again_where_that_could_not_be_noted(scene: Scene, ada: Person) -> None:
    """Nobody is mentioned until it is."""
    answer = await ada.post(scene.forum, "Quiet hours", QUESTION).answer()
    await ada.click(answer, "Solved").answer()
    record = scene.bot.services.settings.data / "posts.sqlite"
    with closing(sqlite3.connect(record, isolation_level=None)) as database:
        database.execute("CREATE TRIGGER full BEFORE INSERT ON help_calls BEGIN SELECT raise(ABORT, 'full'); END")
        for _ in range(2):
            reply = await ada.click(answer, "Ask a helper").answer()
            assert reply.ephemeral
            assert "could not be asked just now" in reply.text
        assert scene.asks() == []
        database.execute("DROP TRIGGER full")
    assert "have been asked." in (await ada.click(answer, "Ask a helper").answer()).text
    scene.bot.services.help_calls.forget(ada.user.id)
    assert "in this post already" in (await ada.click(answer, "Ask a helper").answer()).text
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
    answer = await post.answer()
    assert not (scene.bot.services.settings.data / "posts.sqlite").exists(), "kept of who has pressed nothing"
    await ada.click(answer, "Solved").answer()
    await ada.click(answer, "Ask a helper").answer()
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


async def test_an_author_who_is_not_answered_is_offered_the_helpers_once_a_post(
    discord: StandIn, chosen: Settings, encoder: Encoder, places: tuple[Channel, Role], ada: Person
) -> None:
    async with set_up(discord, chosen, encoder, places) as scene:
        post = ada.post(scene.forum, "Cup final", NOT_THERE)
        card = await post.answer()
        assert card.text == NOTHING_FOUND
        assert [button.label for button in card.buttons] == ["Solved", "Ask a helper"]
        assert not card.pings.users
        assert await ada.say(post.channel, "And who won the cup final in 2002?").unanswered(3.5)
        assert await scene.discord.person("bob").say(post.channel, NOT_THERE).unanswered(3.5)
    async with set_up(discord, chosen, encoder, places) as scene:
        assert await ada.say(post.channel, "Nobody knows who won the cup final?").unanswered(3.5)
        assert "Cats stay" in (await ada.say(post.channel, "Do cats stay outside at all times?").answer()).text
        await ada.click(card, "Ask a helper").answer()
        (asked,) = scene.asks()
        assert asked.channel is post.channel


async def test_what_is_too_doubtful_to_be_shown_unasked_is_not_said_to_be_missing(scene: Scene, ada: Person) -> None:
    post = ada.post(scene.forum, "Is my kitten welcome?", "Thank you all.")
    card = await post.answer()
    assert "that surely answers this: mention me" in card.text
    assert "Ask a helper" in [button.label for button in card.buttons]
    asked = ada.reply(post, scene.discord.world.bot.mention)
    assert "Cats stay outside" in (await asked.answer()).text


async def test_an_author_who_has_the_buttons_is_not_shown_them_for_a_question_that_is_not_answered(
    scene: Scene, ada: Person
) -> None:
    post = ada.post(scene.forum, "Quiet hours", QUESTION)
    await post.answer()
    assert await ada.say(post.channel, NOT_THERE).unanswered(3.5)


async def test_an_edit_turns_what_an_author_got_in_place_of_an_answer_into_one(scene: Scene, ada: Person) -> None:
    post = ada.post(scene.forum, "Help", NOT_THERE)
    card = await post.answer()
    ada.edit(post, QUESTION)
    (shown,) = await until(lambda: [seen for seen in post.answers() if QUIET in seen.text])
    assert shown.message is card.message
    assert "Cats stay" in (await ada.say(post.channel, "Do cats stay outside at all times?").answer()).text


async def test_an_edit_is_not_answered_anew_once_staff_has_answered(scene: Scene, ada: Person) -> None:
    bob = scene.discord.person("bob", scene.helpers)
    post = ada.post(scene.forum, "Quiet hours", QUESTION)
    assert QUIET in (await post.answer()).text
    bob.say(post.channel, "At ten.")
    await until(lambda: scene.bot.services.forum_posts.of(post.channel.id).is_silenced)
    ada.edit(post, "Do cats stay outside at all times?")
    later = ada.post(scene.forum, "Quiet hours", QUESTION)  # which is heard of after the edit
    assert QUIET in (await later.answer()).text
    assert all("Cats stay" not in seen.text for seen in post.answers())


async def test_an_answer_is_not_shown_where_staff_has_answered_while_it_was_looked_for(
    scene: Scene, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob, real = scene.discord.person("bob", scene.helpers), message_answers.answered
    post, is_done = ada.post(scene.forum, "Quiet hours", QUESTION), asyncio.Event()

    async def slow(*given: Any, **named: Any) -> Answer:
        bob.say(post.channel, "At ten.")
        await until(lambda: scene.bot.services.forum_posts.of(post.channel.id).is_silenced)
        is_done.set()
        return await real(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(message_answers, "answered", slow)
        await is_done.wait()
    later = ada.post(scene.forum, "Quiet hours", QUESTION)  # which is answered after the first would have been
    assert QUIET in (await later.answer()).text
    assert post.answers() == []


async def test_a_post_counts_once_as_said_in_passing_however_much_its_author_writes(scene: Scene, ada: Person) -> None:
    """Another post counts by itself."""
    exchanges = scene.bot.services.exchanges

    async def is_left(said: Seen) -> None:
        await until(lambda: (found := exchanges.of_question(said.message.id)) and found.tried)

    for title in ("Cup final", "Football"):
        post = ada.post(scene.forum, title, NOT_THERE)
        await is_left(post)
        await is_left(ada.say(post.channel, "Who won the cup final in 2002?"))
    await scene.bot.services.journal.written()
    with closing(sqlite3.connect(scene.bot.services.journal.path)) as database:
        assert database.execute("SELECT sum(count) FROM unasked_counts").fetchone() == (2,)


async def test_where_nobody_helps_it_keeps_silent(scene: Scene, ada: Person) -> None:
    scene.bot.services.preferences.stored.change(scene.discord.guild.id, Name.HELPER_ROLE, (), 1)
    assert await ada.post(scene.forum, "Cup final", NOT_THERE).unanswered(3.5)


async def test_a_helper_who_has_answered_silences_it_as_staff_does(scene: Scene, ada: Person) -> None:
    bob = scene.discord.person("bob", scene.helpers)
    by_helper, by_other = (ada.post(scene.forum, "Quiet hours", QUESTION) for _ in range(2))
    bob.say(by_helper.channel, "At ten.")
    scene.discord.person("eve").say(by_other.channel, "At ten, I think.")
    assert QUIET in (await by_other.answer()).text
    assert await by_helper.unanswered(1.0)
    stored, server = scene.bot.services.preferences.stored, scene.discord.guild.id
    stored.change(server, Name.FORUM_SILENCE, ("anyone",), 1)
    again = ada.post(scene.forum, "Quiet hours", QUESTION)
    scene.discord.person("eve").say(again.channel, "At ten, I think.")
    assert await again.unanswered(3.5)


async def test_a_post_that_is_tagged_by_hand_is_offered_until_that_is_taken_back_or_its_author_is_forgotten(
    scene: Scene, ada: Person
) -> None:
    bob, discord = scene.discord.person("bob"), scene.discord
    post = ada.post(scene.forum, "Quiet hours", QUESTION)
    await post.answer()
    for forgets in (False, True):
        tag(discord, post.channel, SOLVED)
        await until(lambda: rows(scene.bot, "solved"))
        alike = await bob.post(scene.forum, "Quiet hours", "From when are the quiet hours?").answer()
        assert post.channel.mention in alike.text
        if forgets:
            gone = await ada.slash(discord.channel, "forget-me").answer()
            assert "I no longer link to your solved posts" in gone.text
        else:
            tag(discord, post.channel)
        await until(lambda: not rows(scene.bot, "solved"))
        discord.world.tell(ChannelChanged(post.channel))  # the tag stands there as before
        after = await bob.post(scene.forum, "Quiet hours", "From when are the quiet hours?").answer()
        assert post.channel.mention not in after.text
        assert not rows(scene.bot, "solved")


async def test_where_nothing_is_to_be_kept_posts_are_in_memory_alone_and_an_earlier_record_is_removed(
    discord: StandIn, chosen: Settings, encoder: Encoder, places: tuple[Channel, Role], ada: Person
) -> None:
    async with set_up(discord, chosen, encoder, places) as scene:
        answer = await ada.post(scene.forum, "Quiet hours", QUESTION).answer()
        await ada.click(answer, "Solved").answer()
        assert rows(scene.bot, "solved") == 1
    async with set_up(discord, also(chosen, journal_days=0), encoder, places) as scene:
        post = ada.post(scene.forum, "Quiet hours", QUESTION)
        answer = await post.answer()
        assert "Solved before" not in answer.text
        await ada.click(answer, "Solved").answer()
        for _ in range(2):
            scene.bot.services.help_calls.forget(ada.user.id)
            await ada.click(answer, "Ask a helper").answer()
        assert len(scene.asks()) == 1
        bob = discord.person("bob")
        assert post.channel.mention in (await bob.post(scene.forum, "Quiet hours", QUESTION).answer()).text
        assert not list(chosen.data.glob("posts.sqlite*"))
