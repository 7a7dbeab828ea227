"""Where questions are answered: channels of the settings, threads, chains of replies, and what the bot may hear."""

from __future__ import annotations

from pathlib import Path

from bot import compose
from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Permission, Person, Seen, StandIn
from bot.standin.state.event import ChannelChanged
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running, until

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"
NOT_THERE = "Who won the cup final in 1998?"


async def test_in_channels_of_the_settings_it_answers_unasked_what_it_is_sure_of(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    forum = discord.forum("help")
    channels = (discord.channel.id, forum.id)
    async with running(discord, also(chosen, channels=channels, cooldown_seconds=60), encoder) as bot:
        assert QUIET in (await ada.say(discord.channel, QUESTION).answer()).text
        assert await ada.say(discord.channel, NOT_THERE).unanswered()
        post = ada.post(forum, "Quiet hours", QUESTION)
        assert QUIET in (await post.answer()).text
        assert await ada.post(forum, "Cup final", NOT_THERE).unanswered()
        assert (
            "Cats stay"
            in (await discord.person("bob").ask(post.channel, "Do cats stay outside at all times?").answer()).text
        )
        thread = ada.open_thread(discord.channel, "on pets")
        assert QUIET in (await ada.say(thread, QUESTION).answer()).text
        assert await ada.say(discord.text_channel("elsewhere"), QUESTION).unanswered()
        other_bot = Person(discord.world, discord.addresses.cdn, discord.world.add_user("other", bot=True))
        discord.world.add_member(discord.guild, other_bot.user, [])
        assert await other_bot.say(discord.channel, QUESTION).unanswered()
        # what nobody asked for takes nothing from whoever then asks
        assert QUIET in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text
        assert bot.services.limits is not None


async def test_answers_go_into_threads_of_their_own_where_that_is_set_and_allowed(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    async with running(discord, also(chosen, threads=True), encoder):
        asked = ada.ask(discord.channel, QUESTION)
        seen = await asked.answer()
        assert QUIET in seen.text
        assert seen.message.channel is asked.message.thread
        assert seen.message.channel.name == QUESTION
        slash = ada.slash(discord.channel, "ask", question=QUESTION)
        opening = await slash.answer()
        assert "in the thread" in opening.text
        thread = await until(lambda: opening.message.thread)
        below = await until(lambda: [message for message in ada.sees(thread) if QUIET in message.text])
        assert len(below) == 1
        private = await ada.slash(discord.channel, "ask", question=QUESTION, private=True).answer()
        assert private.ephemeral
        assert QUIET in private.text
        inside = await ada.ask(thread, "and when do they end?").answer()
        assert "seven in the morning" in inside.text
        assert inside.message.channel is thread
        assert QUIET in (await ada.dm(QUESTION).answer()).text

        discord.channel.overwrite(discord.guild.everyone.id, deny=Permission.CREATE_PUBLIC_THREADS)
        role = next(role for role in discord.guild.roles.values() if role.managed)
        discord.channel.overwrite(role.id, deny=Permission.CREATE_PUBLIC_THREADS)
        discord.world.tell(ChannelChanged(discord.channel))
        here = await ada.ask(discord.channel, QUESTION).answer()
        assert QUIET in here.text
        assert here.message.channel is discord.channel
        seen = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        assert QUIET in seen.text


PRICES = {"ferry": "two", "museum": "five", "swimming pool": "three"}


async def test_a_follow_up_carries_the_question_before_it(
    discord: StandIn, chosen: Settings, encoder: Encoder, documents: Path, ada: Person
) -> None:
    """The second question names nothing: after the one on the museum it is about that, and after another about that."""
    for place, price in PRICES.items():
        (documents / f"{place}.txt").write_text(
            f"A ticket for the {place} is ten pounds.\n\nFor children the {place} is {price} pounds.\n"
        )
    compose.builder(chosen, encoder).build(documents, lambda *_: None)

    def about(place: str, seen: Seen) -> bool:
        return f"For children the {place}" in seen.text.split("[1]")[0]

    then = "and for children?"
    async with running(discord, chosen, encoder):
        for place in PRICES:
            first = f"How much is a ticket for the {place}?"
            answer = await ada.ask(discord.channel, first).answer()
            replied = await ada.reply(answer, then).answer()
            assert about(place, replied)
            by_command = await ada.slash(discord.channel, "ask", question=first).answer()
            assert about(place, await ada.reply(by_command, then).answer())
            thread = ada.open_thread(by_command, place)
            assert about(place, await ada.ask(thread, then).answer())
            by_command = await ada.slash(discord.channel, "ask", question=first).answer()
            thread = ada.open_thread(by_command, place)
            assert about(place, await ada.slash(thread, "ask", question=then).answer())
            await ada.dm(first).answer()
            assert about(place, await ada.dm(then).answer())


async def test_without_the_content_intent_what_mentions_it_is_answered(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    discord.world.application.message_content = False
    async with running(discord, also(chosen, channels=[discord.channel.id]), encoder, content=False):
        said = ada.say(discord.channel, QUESTION)
        assert await said.unanswered()
        answer = await ada.ask(discord.channel, QUESTION).answer()
        assert QUIET in answer.text
        assert "Cats stay" in (await ada.reply(answer, "May cats come in?").answer()).text
        assert "messages that mention me" in (await ada.reply(answer, "May cats come in?", ping=False).answer()).text
        assert QUIET in (await ada.dm(QUESTION).answer()).text
        assert QUIET in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text
        assert QUIET in (await ada.menu(said, "Answer this").answer()).text
        assert "only where I am mentioned" in (await ada.slash(discord.channel, "help").answer()).text


async def test_a_mention_alone_is_told_how_to_ask(discord: StandIn, bot: QuothClient, ada: Person) -> None:
    assert bot.hears_everything
    assert "Ask me something" in (await ada.ask(discord.channel, "").answer()).text
    empty = ada.say(discord.channel, "", [("picture.png", b"\x89PNG")])
    refused = await ada.menu(empty, "Answer this").answer()
    assert refused.ephemeral
    assert "There is no text" in refused.text


async def test_cooldown_and_cap_are_told_kindly_and_to_the_asker_alone(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    async with running(discord, also(chosen, cooldown_seconds=30, questions_at_once=1), encoder) as bot:
        with bot.services.limits.admitted(0):
            full = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
            assert full.ephemeral
            assert "try again in a few seconds" in full.text
            assert "try again" in (await ada.ask(discord.channel, QUESTION).answer()).text
        assert QUIET in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text
        soon = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        assert soon.ephemeral
        assert "you can ask again in" in soon.text
        assert QUIET in (await discord.person("bob").ask(discord.channel, QUESTION).answer()).text
