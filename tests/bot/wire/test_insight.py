"""What managers are shown of what is asked, and who is told once the documents have an answer."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot import compose
from bot.answering import insights
from bot.client import QuothClient
from bot.handlers.correcting import is_correcting
from bot.handlers.telling import HEADING
from bot.insight import marks
from bot.settings import Settings
from bot.standin import ClientRefusesError, Permission, Person, StandIn
from bot.standin.driver.seen import Seen
from bot.standin.state.channel import Channel
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.errors import BusyError
from tests.bot.insight.asked import GROUPS, Asking, write
from tests.bot.wire.conftest import also, running, until

TELL = "Tell me when the documents have it"
POOL = "When is the swimming pool open?"
POOL_TEXT = "# Swimming pool\n\nThe swimming pool is open from eight in the morning until nine in the evening.\n"


def told_in(person: Person, channel: Channel) -> list[Seen]:
    return [seen for seen in person.sees(channel) if HEADING in seen.text]


async def build(chosen: Settings, encoder: Encoder, bot: QuothClient | None = None) -> None:
    """Build the index, once the bot has taken in what has changed since its start, and have it turn to it."""
    builder = compose.builder(chosen, encoder)
    while True:
        try:
            await asyncio.to_thread(builder.build, chosen.documents, lambda *_: None)
            break
        except BusyError:
            if bot is None:
                raise
            await bot.services.rebuilds.ended()
    if bot is not None:
        await bot.services.desk.refresh()


async def followed(bot: QuothClient) -> None:
    """Wait until all is done that follows a build: people are told, and answers corrected."""

    async def last() -> str | None:
        return await bot.services.journal.run(partial(marks.read, name="generation"))

    async with asyncio.timeout(60):
        while (held := bot.services.desk.held) is None or await last() != held.name:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        while bot.services.settings.correct == "always" and await is_correcting(bot):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def rows(data: Path, table: str, which: str = "1") -> int:
    with closing(sqlite3.connect(data / "journal.sqlite")) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
            return 0  # the bot is just making it
        return int(database.execute(f"SELECT count(*) FROM {table} WHERE {which}").fetchone()[0])  # noqa: S608


async def test_managers_page_through_what_is_asked(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person, ada: Person
) -> None:
    asked = [Asking(question, 10 * at + n) for at, group in enumerate(GROUPS) for n, question in enumerate(group)]
    write(chosen.data, asked, encoder, server=discord.guild.id, channel=discord.channel.id)
    async with running(discord, chosen, encoder):
        seen = await mod.slash(discord.channel, "insight").answer()
        assert seen.ephemeral
        assert "Asked in vain" in seen.text
        assert "40 questions: 0 answered, 40 refused" in seen.text
        assert "page 1 of" in seen.text
        assert seen.text.count(" people") == 5
        second = await mod.click(seen, "Later").answer()
        assert "page 2 of" in second.text
        assert "0 people" not in second.text
        assert second.text.count(" people") == second.text.count("write it at") > 0
        assert (await mod.click(second, "Earlier").answer()).text == seen.text
        await mod.select(seen, "Asked most").answer()
        most = await mod.select(second, "Asked most").answer()
        assert "Asked most" in most.text
        week = await mod.select(most, "The last 7 days").answer()
        assert "The last 7 days" in week.text
        with pytest.raises(ClientRefusesError):
            ada.slash(discord.channel, "insight")
        forged = await ada.forge(discord.channel, "insight").answer()
        assert "for those who may manage" in forged.text


async def test_an_empty_journal_and_one_that_is_not_kept(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person
) -> None:
    async with running(discord, chosen, encoder):
        assert "Nothing was asked" in (await mod.slash(discord.channel, "insight").answer()).text
    async with running(discord, also(chosen, journal_days=0), encoder):
        assert "Nothing is kept" in (await mod.slash(discord.channel, "insight").answer()).text


async def test_what_was_asked_lately_is_grouped_by_the_vectors_it_was_answered_with(
    discord: StandIn, bot: QuothClient, chosen: Settings, mod: Person, ada: Person
) -> None:
    bob = discord.person("bob")
    for person, question in ((ada, POOL), (bob, "opening hours of the swimming pool?")):
        await person.slash(discord.channel, "ask", question=question).answer()
    await bot.services.journal.written()
    assert rows(chosen.data, "vectors") == 2
    seen = await mod.slash(discord.channel, "insight").answer()
    assert "2 in vain" in seen.text
    assert "2 people" in seen.text
    assert "pool" in seen.text


async def test_questions_from_before_vectors_were_kept_are_encoded_once(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of them while somebody waits, the others after that."""
    monkeypatch.setattr(insights, "_MADE_AT_ONCE", 15)
    asked = [Asking(question, 10 * at + n) for at, group in enumerate(GROUPS) for n, question in enumerate(group)]
    write(chosen.data, asked, server=discord.guild.id, channel=discord.channel.id)
    async with running(discord, chosen, encoder) as bot:
        model_thread, encoded = bot.services.desk.model_thread, list[str]()

        async def encode(texts: Sequence[str]) -> Vectors:
            encoded.extend(texts)
            return await type(model_thread).encode(model_thread, texts)

        monkeypatch.setattr(model_thread, "encode", encode)
        seen = await mod.slash(discord.channel, "insight").answer()
        assert "25 questions in rarer words" in seen.text
        await until(lambda: rows(chosen.data, "vectors") == 40)
        bot.services.insights.forget()
        seen = await mod.slash(discord.channel, "insight").answer()
        assert "in rarer words" not in seen.text
        assert len(encoded) == 40


async def test_other_servers_are_not_shown_and_what_was_private_only_where_enough_people_asked_it(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person
) -> None:
    """It counts all the same."""
    bob, cid = discord.person("bob"), discord.person("cid")
    write(chosen.data, [Asking(GROUPS[1][n], n) for n in range(4)], encoder, server=4242)
    async with running(discord, chosen, encoder) as bot:
        await bob.slash(discord.channel, "ask", question="Is the pool heated?", private=True).answer()
        await cid.dm("is the swimming pool heated, by the way").answer()
        await mod.slash(discord.channel, "ask", question="Who is the heated caretaker?", private=True).answer()
        await bot.services.journal.written()
        seen = await mod.slash(discord.channel, "insight").answer()
        assert "3 questions" in seen.text
        assert "electric" not in seen.text, "of another server"
        assert "2 people" in seen.text
        assert "heated" in seen.text, "said by two"
        assert "by the way" not in seen.text
        assert "Is the pool heated" not in seen.text
        await bob.dm("is the swimming pool heated, by the way").answer()
        bot.services.insights.forget()
        seen = await mod.slash(discord.channel, "insight").answer()
        assert "by the way" in seen.text, "in these words by two"


async def test_what_was_said_in_passing_is_shown_in_groups_where_its_words_are_kept(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person
) -> None:
    """However much one person has said since."""
    loaded = also(chosen, channels=[discord.channel.id], insight_unasked="words")
    async with running(discord, loaded, encoder) as bot:
        for n, question in enumerate(GROUPS[1][:3]):
            person = discord.person(f"person {n}")
            said = person.say(discord.channel, question)
            await until(lambda n=n: rows(chosen.data, "unasked") == n + 1)
            person.edit(said, f"{question}!!")
        await until(lambda: bot.services.exchanges.of_question(said.message.id).tried.endswith("!!"))
        assert rows(chosen.data, "vectors") == 3
        person = bot.services.journal.pseudonym(1)
        with closing(sqlite3.connect(chosen.data / "journal.sqlite", isolation_level=None)) as database:
            there = database.execute("SELECT server, channel FROM unasked").fetchone()
            said = [(question, f"{question} {n}".encode(), *there) for n in range(9) for question in GROUPS[3]]
            rows_of_one = [(time.time(), person, *row) for row in said]
            database.executemany("INSERT INTO unasked VALUES (?, ?, ?, ?, ?, ?)", rows_of_one)
        first = await mod.slash(discord.channel, "insight").answer()
        seen = await mod.select(first, "Said in passing, and nothing found").answer()
        assert "charg" in seen.text
        assert "3 people" in seen.text
        assert "wifi" not in seen.text, "one person"


@pytest.mark.parametrize("kept", ["counts", "words"])
async def test_what_nobody_put_to_the_bot_is_counted(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person, kept: str
) -> None:
    ada = discord.person("ada")
    loaded = also(chosen, channels=[discord.channel.id], insight_unasked=kept)
    async with running(discord, loaded, encoder) as bot:
        ada.say(discord.channel, "Who won the cup final in 1998?")
        await ada.ask(discord.channel, "When do quiet hours begin?").answer()
        await bot.services.journal.written()
        assert (rows(chosen.data, "unasked"), rows(chosen.data, "unasked_counts")) == (
            (1, 0) if kept == "words" else (0, 1)
        )
        seen = await mod.slash(discord.channel, "insight").answer()
        assert "1 said in passing" in seen.text
        if kept == "words":
            await ada.slash(discord.channel, "forget-me").answer()
            assert rows(chosen.data, "unasked") == 0


async def test_whoever_wants_to_know_is_told_once_where_they_asked(
    discord: StandIn, bot: QuothClient, documents: Path, encoder: Encoder, ada: Person
) -> None:
    """In the channel, once for all who wait below one answer; in private where the answer was private."""
    bob, cid = discord.person("bob"), discord.person("cid")
    public = await ada.slash(discord.channel, "ask", question=POOL).answer()
    private = await cid.slash(discord.channel, "ask", question=POOL, private=True).answer()
    for person, card in ((ada, public), (bob, public), (cid, private)):
        noted = await person.click(card, TELL).answer()
        assert noted.ephemeral
        assert "I will tell you" in noted.text
    assert "You have asked for that already" in (await bob.click(public, TELL).answer()).text
    (documents / "dunes.md").write_text("# Dunes\n\nThe dunes are made of sand and of shells.\n")
    await build(bot.services.settings, encoder, bot)
    (documents / "pool.md").write_text(POOL_TEXT)
    await build(bot.services.settings, encoder, bot)
    await until(lambda: told_in(ada, discord.channel) and told_in(cid, cid.direct))
    (notice,) = told_in(bob, discord.channel)
    assert "eight in the morning" in notice.text
    assert notice.message.reference is public.message
    assert not notice.pings
    (alone,) = told_in(cid, cid.direct)
    assert "eight in the morning" in alone.text
    await until(lambda: rows(bot.services.settings.data, "waiting") == 0)
    (documents / "sauna.md").write_text("# Sauna\n\nThe sauna is next to the swimming pool.\n")
    await build(bot.services.settings, encoder, bot)
    await followed(bot)
    assert len(told_in(ada, discord.channel)) == 1
    assert len(told_in(cid, cid.direct)) == 1
    assert told_in(ada, ada.direct) == told_in(bob, bob.direct) == []


async def test_who_is_forgotten_is_not_told_and_who_waits_for_their_words_waits_no_more(
    discord: StandIn, bot: QuothClient, chosen: Settings, ada: Person
) -> None:
    bob = discord.person("bob")
    card = await ada.slash(discord.channel, "ask", question=POOL).answer()
    other = await bob.slash(discord.channel, "ask", question="Who is the caretaker's cat?").answer()
    await ada.click(card, TELL).answer()
    await bob.click(card, TELL).answer()
    await ada.click(other, TELL).answer()
    await bot.services.journal.written()
    assert rows(chosen.data, "waiting") == 3
    assert "I will no longer tell you" in (await ada.slash(discord.channel, "forget-me").answer()).text
    assert rows(chosen.data, "waiting") == 0, "bob's was of her words"
    assert rows(chosen.data, "questions") == rows(chosen.data, "vectors") == 1


async def test_who_asked_in_private_is_told_what_their_roles_and_their_channel_let_them_see(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    """And nobody is who asked the same without the role, or in a channel that they may not see any more."""
    role, den, inside = discord.role("staff"), discord.text_channel("den"), discord.role("inside")
    den.overwrite(discord.guild.everyone.id, deny=Permission.VIEW_CHANNEL)
    for target in (inside.id, discord.world.bot.id):
        den.overwrite(target, allow=Permission.VIEW_CHANNEL)
    helper, guest = discord.person("helper", role), discord.person("guest")
    insider, leaver = discord.person("insider", inside), discord.person("leaver", inside)
    async with running(discord, also(chosen, access=f"staff/=role:{role.id},channel:{den.id}"), encoder) as bot:
        for person, channel in ((helper, discord.channel), (guest, discord.channel), (leaver, den), (insider, den)):
            card = await person.slash(channel, "ask", question=POOL, private=True).answer()
            assert "within 30 days" in (await person.click(card, TELL).answer()).text
        discord.guild.members[leaver.user.id].roles.clear()
        (chosen.documents / "staff").mkdir()
        (chosen.documents / "staff" / "pool.md").write_text(POOL_TEXT)
        await build(bot.services.settings, encoder, bot)
        await until(lambda: told_in(helper, helper.direct))
        await until(lambda: rows(chosen.data, "waiting") == 2)
        assert all("eight in the morning" in told_in(who, who.direct)[0].text for who in (helper, insider))
        assert told_in(guest, guest.direct) == told_in(leaver, leaver.direct) == []


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_private_message_that_was_on_its_way_when_the_bot_was_killed_arrives_once(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, *, arrived: bool
) -> None:
    async with running(discord, chosen, encoder) as bot:
        card = await ada.slash(discord.channel, "ask", question=POOL, private=True).answer()
        await ada.click(card, TELL).answer()
        await bot.services.journal.written()
        with closing(sqlite3.connect(chosen.data / "journal.sqlite")) as database:
            (row,) = database.execute("SELECT * FROM waiting").fetchall()
        if arrived:
            (chosen.documents / "pool.md").write_text(POOL_TEXT)
            await build(bot.services.settings, encoder, bot)
            await until(lambda: told_in(ada, ada.direct))
            await until(lambda: rows(chosen.data, "waiting") == 0)
    (chosen.documents / "pool.md").write_text(POOL_TEXT)
    await build(chosen, encoder)
    with closing(sqlite3.connect(chosen.data / "journal.sqlite", isolation_level=None)) as database:
        database.execute("INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)", row[:8])
        database.execute("DELETE FROM marks")
    async with running(discord, chosen, encoder):
        await until(lambda: told_in(ada, ada.direct) and rows(chosen.data, "marks", "name = 'generation'"))
        assert rows(chosen.data, "waiting") == 0
    assert len(told_in(ada, ada.direct)) == 1


async def test_what_was_built_while_the_bot_was_stopped_is_told_after_it_starts(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """And a message that was on its way when the bot was killed is not sent twice."""
    async with running(discord, chosen, encoder) as bot:
        card = await ada.slash(discord.channel, "ask", question=POOL).answer()
        await ada.click(card, TELL).answer()
        await bot.services.journal.written()
        await until(lambda: rows(chosen.data, "marks", "name = 'generation'"))  # this index was followed
    (chosen.documents / "pool.md").write_text(POOL_TEXT)
    await build(chosen, encoder)
    async with running(discord, chosen, encoder):
        await until(lambda: told_in(ada, discord.channel))
        await until(lambda: rows(chosen.data, "waiting") == 0)
    with closing(sqlite3.connect(chosen.data / "journal.sqlite", isolation_level=None)) as database:
        message = card.message
        row = (
            message.channel.id,
            message.id,
            b"who",
            b"eight by",
            9e9,
            discord.guild.id,
            None,
            f'["{POOL}", [], null]',
            1,
        )
        database.execute("INSERT INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        database.execute("DELETE FROM marks")
    async with running(discord, chosen, encoder) as bot:
        await until(lambda: rows(chosen.data, "waiting") == 0)
        await followed(bot)
    assert len(told_in(ada, discord.channel)) == 1


async def test_ten_thousand_who_wait_for_one_gap_are_told_in_one_message(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """What is answered from closed folders is told nobody who may not see it."""
    async with running(discord, chosen, encoder):
        card = await ada.slash(discord.channel, "ask", question=POOL).answer()
        await ada.click(card, TELL).answer()
    with closing(sqlite3.connect(chosen.data / "journal.sqlite")) as database:
        (row,) = database.execute("SELECT * FROM waiting").fetchall()
        people = ((*row[:2], f"person {n:09}".encode(), *row[3:]) for n in range(10_000))
        database.executemany("INSERT INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", people)
        database.commit()
    (chosen.documents / "staff").mkdir()
    (chosen.documents / "staff" / "pool.md").write_text(POOL_TEXT)
    await build(chosen, encoder)
    async with running(discord, also(chosen, access="staff/=role:123"), encoder) as bot:
        await followed(bot)
        assert told_in(ada, discord.channel) == []
        assert rows(chosen.data, "waiting") == 10_001
    (chosen.documents / "pool.md").write_text(POOL_TEXT)
    await build(chosen, encoder)
    async with running(discord, also(chosen, access="staff/=role:123"), encoder):
        await until(lambda: rows(chosen.data, "waiting") == 0)
    assert len(told_in(ada, discord.channel)) == 1


async def test_nothing_is_offered_where_nothing_is_kept_and_nothing_is_told_in_a_channel_that_is_gone(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    async with running(discord, also(chosen, journal_days=0), encoder):
        seen = await ada.slash(discord.channel, "ask", question=POOL).answer()
        assert all(button.label != TELL for button in seen.buttons)
    async with running(discord, chosen, encoder) as bot:
        card = await ada.slash(discord.channel, "ask", question=POOL).answer()
        await ada.click(card, TELL).answer()
        with closing(sqlite3.connect(chosen.data / "journal.sqlite")) as database:
            database.execute("UPDATE waiting SET channel = 4242")
            database.commit()
        (chosen.documents / "pool.md").write_text(POOL_TEXT)
        await build(bot.services.settings, encoder, bot)
        await until(lambda: rows(chosen.data, "waiting") == 0)
    assert told_in(ada, discord.channel) == []
