"""What is kept about people, as they are told and as the files have it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import Person, StandIn
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running

QUESTION = "When do quiet hours begin?"
NOT_THERE = "Who won the cup final in 1998?"


def questions(data: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(data / "journal.sqlite")) as database:
        return database.execute("SELECT question, json_array_length(quotes) FROM questions ORDER BY rowid").fetchall()


async def written(bot: QuothClient) -> None:
    """Wait until what was noted is written."""
    await bot.services.journal.written()


async def test_what_somebody_asked_is_kept_until_they_have_it_forgotten(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """Not what others say in a channel where the bot answers unasked, even where it does."""
    bob = discord.person("bob")
    async with running(discord, also(chosen, channels=[discord.channel.id], journal_days=9), encoder) as bot:
        answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        await ada.ask(discord.channel, f"{NOT_THERE} Tell me!").answer()
        said = bob.say(discord.channel, NOT_THERE)
        await bob.say(discord.channel, "When do quiet hours end?").answer()
        await ada.menu(said, "Answer this").answer()
        assert "noted" in (await ada.click(answer, "👍").answer()).text
        await written(bot)
        kept = questions(chosen.data)
        asked = [question for question, _ in kept]
        assert asked == [QUESTION, f"{NOT_THERE} Tell me!", NOT_THERE]
        assert all(shown > 0 for question, shown in kept if NOT_THERE not in question)

        notice = await ada.slash(discord.channel, "privacy").answer()
        assert notice.ephemeral
        assert "for 9 days" in notice.text
        gone = await ada.slash(discord.channel, "forget-me").answer()
        assert gone.ephemeral
        assert "3 questions and 1 vote" in gone.text
        assert [question for question, _ in questions(chosen.data)] == []
        assert "Nothing was kept" in (await ada.slash(discord.channel, "forget-me").answer()).text
        await bob.ask(discord.channel, QUESTION).answer()
        assert "1 question and 0 votes" in (await bob.slash(bob.direct, "forget-me").answer()).text


async def test_where_nothing_is_to_be_kept_nothing_is_and_there_are_no_votes(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    async with running(discord, chosen, encoder) as bot:
        before = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        await written(bot)
        assert len(questions(chosen.data)) == 1
    async with running(discord, also(chosen, journal_days=0), encoder) as bot:
        answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
        assert {button.emoji for button in answer.buttons} == {None}
        assert "no longer kept" in (await ada.click(before, "👍").answer()).text
        assert "Nothing: neither questions nor answers" in (await ada.slash(discord.channel, "privacy").answer()).text
        assert "are not stored" in (await ada.slash(discord.channel, "help").answer()).text
        await written(bot)
        assert questions(chosen.data) == []
        assert not (chosen.data / "votes.sqlite").exists()


def kept_of_people(data: Path) -> dict[str, int]:
    """How many rows there are in all files about people, by table."""
    found = {}
    for name in ("journal.sqlite", "votes.sqlite", "posts.sqlite"):
        if (data / name).exists():
            with closing(sqlite3.connect(data / name)) as database:
                for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    found[table] = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    return {table: count for table, count in found.items() if count and table != "marks"}


async def test_of_who_addressed_nobody_nothing_is_kept_though_they_were_answered(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    forum = discord.forum("help")
    async with running(discord, also(chosen, channels=[discord.channel.id, forum.id]), encoder) as bot:
        assert "ten in the evening" in (await ada.say(discord.channel, QUESTION).answer()).text
        assert "ten in the evening" in (await ada.post(forum, "Quiet hours", QUESTION).answer()).text
    assert kept_of_people(chosen.data) == {}
    async with running(discord, also(chosen, channels=[discord.channel.id, forum.id]), encoder) as bot:
        await ada.ask(discord.channel, QUESTION).answer()
        await bot.stop()
        assert (kept_of_people(chosen.data)).keys() == {"questions", "vectors", "shown", "exchanges"}


async def test_what_privacy_says_follows_the_settings(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    async with running(discord, chosen, encoder):
        told = (await ada.slash(discord.channel, "privacy").answer()).text
        assert "What you say to others is not kept, unless somebody puts it to me" in told
        assert "that helpers were asked in it" in told
        assert "log of whoever runs me" not in told
    async with running(discord, also(chosen, insight_unasked="words", log_questions=True), encoder):
        told = (await ada.slash(discord.channel, "privacy").answer()).text
        assert "where it is a question in a channel that I answer in unasked, and I found nothing" in told
        assert "is not kept" not in told
        assert "log of whoever runs me" in told
