from __future__ import annotations

import io

import discord
import pytest

from bot.standin import ClientRefusesError, Permission, Person, StandIn
from bot.standin.state.channel import ChannelKind

from .client import Bot, eventually, logged_in


async def _received(bot: Bot, number: int = 1) -> list[discord.Message]:
    await eventually(lambda: len(bot.received) >= number)
    return bot.received


async def test_without_the_intent_only_what_is_meant_for_the_bot_is_read(
    stand_in: StandIn, bot: Bot, ada: Person
) -> None:
    ada.say(stand_in.channel, "not for you", files=[("a.txt", b"secret")])
    ada.ask(stand_in.channel, "for you")
    ada.dm("in private")
    received = await _received(bot, 3)
    assert [message.content for message in received] == ["", f"{stand_in.world.bot.mention} for you", "in private"]
    assert received[0].attachments == []
    history = [message.content async for message in received[0].channel.history(limit=5)]
    assert "not for you" in history, "the HTTP API goes by the portal's switch, not by the session's intents"
    stand_in.world.application.message_content = False
    history = [message.content async for message in received[0].channel.history(limit=5)]
    assert "not for you" not in history


async def test_with_the_intent_everything_is_read(stand_in: StandIn, ada: Person) -> None:
    intents = discord.Intents.default()
    intents.message_content = True
    async with logged_in(stand_in, intents) as bot:
        ada.say(stand_in.channel, "for all", files=[("a.txt", b"a file")])
        (message,) = await _received(bot)
        assert message.content == "for all"
        assert await message.attachments[0].read() == b"a file"
        assert isinstance(message.author, discord.Member)


@pytest.mark.usefixtures("bot")
async def test_a_mention_is_answered_by_a_reply(stand_in: StandIn, ada: Person) -> None:
    said = ada.ask(stand_in.channel, "hello")
    seen = await said.answer()
    assert seen.message.reference is said.message
    assert not seen.pings


async def test_a_reply_reaches_the_bot_as_a_mention_unless_it_answers_a_command(
    stand_in: StandIn, bot: Bot, ada: Person
) -> None:
    answer = await ada.ask(stand_in.channel, "hello").answer()
    ada.reply(answer, "and then?")
    command = await ada.slash(stand_in.channel, "source find", title="x").answer()
    ada.reply(command, "and then?")
    received = await _received(bot, 3)
    assert [message.content for message in received[1:]] == ["and then?", ""]
    assert received[2].reference is not None
    assert received[2].reference.message_id == command.message.id
    resolved = received[2].reference.resolved
    assert isinstance(resolved, discord.Message)
    assert resolved.content == "Found x", "what the bot wrote itself is never blanked"


async def test_threads_and_forum_posts_are_heard(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    forum = stand_in.forum("questions")
    post = ada.post(forum, "Opening hours", "When?")
    (message,) = await _received(bot)
    assert isinstance(message.channel, discord.Thread)
    assert message.channel.name == "Opening hours"
    assert message.id == message.channel.id == post.message.id
    await message.channel.send("At nine.")
    assert (await post.answer()).text == "At nine."
    thread = ada.open_thread(ada.say(stand_in.channel, "hm"), "Aside")
    ada.ask(thread, "here?")
    received = await _received(bot, 3)
    assert isinstance(received[2].channel, discord.Thread)
    assert [channel.name for channel in bot.threads] == ["Opening hours", "Aside"]


async def test_threads_that_are_archived_are_listed_in_pages_those_first_that_were_archived_last(
    stand_in: StandIn, bot: Bot, ada: Person
) -> None:
    news = stand_in.world.add_channel(stand_in.guild, "news", ChannelKind.NEWS)
    threads = [ada.open_thread(ada.say(news, f"News {number}"), f"About {number}") for number in range(4)]
    for number in (2, 0, 3):
        ada.archive(threads[number])
    for refused in ({"private": True}, {}):
        with pytest.raises(ClientRefusesError):
            ada.open_thread(news if refused else stand_in.forum("help"), "Aside", **refused)
    await eventually(lambda: bot.get_channel(news.id))
    known = bot.get_channel(news.id)
    assert isinstance(known, discord.TextChannel)
    listed = [thread async for thread in known.archived_threads(limit=None)]
    assert [thread.name for thread in listed] == ["About 3", "About 0", "About 2"]
    assert {thread.type for thread in listed} == {discord.ChannelType.news_thread}
    assert [thread.name for thread in await known.guild.active_threads()] == ["About 1"]
    earlier = [thread.name async for thread in known.archived_threads(before=listed[0].archive_timestamp)]
    assert earlier == ["About 0", "About 2"]


async def test_the_bot_opens_threads(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    ada.ask(stand_in.channel, "hello")
    (message,) = await _received(bot)
    thread = await message.create_thread(name="An answer")
    await thread.send("Here it is.")
    assert thread.id == message.id
    with pytest.raises(discord.HTTPException) as refused:
        await message.create_thread(name="Another")
    assert refused.value.code == 160004
    forum = bot.get_channel(stand_in.forum("news").id) or await bot.fetch_channel(
        next(channel.id for channel in stand_in.world.channels.values() if channel.name == "news")
    )
    assert isinstance(forum, discord.ForumChannel)
    made = await forum.create_thread(name="News", content="All is well.")
    assert made.message.id == made.thread.id


async def test_edits_and_deletions_are_heard(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    said = ada.ask(stand_in.channel, "helo")
    await _received(bot)
    ada.edit(said, f"{stand_in.world.bot.mention} hello")
    await eventually(lambda: any("hello" in message.content for message in bot.edited))
    ada.delete(said)
    with pytest.raises(discord.NotFound) as refused:
        await bot.received[0].fetch()
    assert refused.value.code == 10008


@pytest.mark.usefixtures("stand_in")
async def test_the_bot_writes_in_private(bot: Bot, ada: Person) -> None:
    user = await bot.fetch_user(ada.user.id)
    await user.send("psst")
    assert [seen.text for seen in ada.sees(ada.direct)] == ["psst"]
    ada.user.accepts_dms = False
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("psst")
    assert refused.value.code == 50007


async def test_messages_are_edited_reacted_to_and_deleted_by_the_bot(stand_in: StandIn, bot: Bot, ada: Person) -> None:
    ada.say(stand_in.channel, "hm")
    (received,) = await _received(bot)
    await received.add_reaction("👍")
    assert bot.user is not None
    assert (await received.fetch()).reactions[0].me
    sent = await received.channel.send("one", file=discord.File(io.BytesIO(b"a"), "a.txt"))
    edited = await sent.edit(content="two", attachments=[])
    assert edited.content == "two"
    assert edited.attachments == []
    with pytest.raises(discord.Forbidden) as refused:
        await received.delete()
    assert refused.value.code == 50013
    await sent.delete()
    async with received.channel.typing():
        pass
    assert [seen.text for seen in ada.sees(stand_in.channel)] == ["hm"]


@pytest.mark.parametrize(
    ("denied", "code"),
    [(Permission.VIEW_CHANNEL, 50001), (Permission.SEND_MESSAGES, 50013), (Permission.ATTACH_FILES, 50013)],
)
async def test_the_bot_needs_permissions(stand_in: StandIn, bot: Bot, denied: Permission, code: int) -> None:
    channel = bot.get_channel(stand_in.channel.id)
    assert isinstance(channel, discord.TextChannel)
    stand_in.channel.overwrite(stand_in.guild.everyone.id, deny=denied)
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send("hello", file=discord.File(io.BytesIO(b"a"), "a.txt"))
    assert refused.value.code == code


async def test_a_deleted_channel_is_unknown(stand_in: StandIn, bot: Bot) -> None:
    channel = bot.get_channel(stand_in.channel.id)
    assert isinstance(channel, discord.TextChannel)
    stand_in.world.delete_channel(stand_in.channel)
    with pytest.raises(discord.NotFound) as refused:
        await channel.send("hello")
    assert refused.value.code == 10003
