"""Nothing of whoever says `/forget-me` is left in any file."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.access.rules import Audience
from bot.client import QuothClient
from bot.preferences.store import Name
from bot.settings import Settings
from bot.standin import Person, StandIn
from index.answer.asked import Asked
from index.encode.encoder import Encoder
from index.records import Answer
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_insight import TELL, rows

HERS = "zebulon"
"""In everything that Ada says, in no document, and never said by anybody else."""

ANSWERED = "When do quiet hours begin for zebulon?"
IN_VAIN = "Where does zebulon moor the submarine?"

WISH = {"channels.sqlite", "channels.sqlite: forgotten"}
"""Where it is kept that her messages in channels are not to be read again."""


def stored(data: Path) -> Iterator[tuple[str, object]]:
    """Yield every value of every table of every database, with where it is."""
    for path in data.rglob("*.sqlite"):
        with closing(sqlite3.connect(path)) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                for row in database.execute(f"SELECT * FROM {table}"):  # noqa: S608 -- its own names
                    yield from ((f"{path.name}: {table}", value) for value in row)


def traces(data: Path, person: int, hashed: bytes) -> set[str]:
    """Return where a person's id, its hash, or their words are."""
    signs = (HERS.encode(), str(person).encode(), hashed, hashed.hex().encode())
    values = {where for where, value in stored(data) if value == person or _holds(value, signs)}
    files = [path for path in data.rglob("*") if path.is_file()]
    return values | {path.name for path in files if _holds(path.read_bytes(), signs)}


def _holds(value: object, signs: tuple[bytes, ...]) -> bool:
    content = value if isinstance(value, bytes) else str(value).encode()
    return any(sign in content.lower() or sign in content for sign in signs)


async def leave_traces(discord: StandIn, bot: QuothClient, ada: Person) -> None:
    """Have Ada do whatever is kept, and Bob ask after her."""
    bob = discord.person("bob")
    answer = await ada.slash(discord.channel, "ask", question=ANSWERED).answer()
    await ada.click(answer, "👍").answer()
    refusal = await ada.ask(discord.channel, IN_VAIN).answer()
    await ada.click(refusal, TELL).answer()
    await ada.click(await ada.slash(discord.channel, "ask", question=IN_VAIN, private=True).answer(), TELL).answer()
    for question in (ANSWERED, IN_VAIN):
        await ada.dm(question).answer()
    for before in (answer, refusal):
        follow_up = await bob.reply(before, "And who owns the lighthouse on the moon?").answer()
        await bob.click(follow_up, TELL).answer()
    said = ada.say(discord.channel, f"{IN_VAIN} Nobody is asked.")
    await bob.click(await bob.menu(said, "Answer this").answer(), TELL).answer()
    bot.services.preferences.stored.change(discord.guild.id, Name.QUOTES, ("2",), ada.user.id)
    await bot.services.journal.written()


async def test_nothing_of_hers_is_left_in_any_table_or_file(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    loaded = also(chosen, channels=[discord.channel.id], insight_unasked="words")
    async with running(discord, loaded, encoder) as bot:
        await leave_traces(discord, bot, ada)
        hashed = bot.services.journal.pseudonym(ada.user.id)
        tables = {where.partition(": ")[2] for where in traces(chosen.data, ada.user.id, hashed)} - {""}
        assert tables >= {"questions", "unasked", "waiting", "shown", "votes", "changes"}
        await ada.slash(discord.channel, "forget-me").answer()
        assert traces(chosen.data, ada.user.id, hashed) == WISH
    assert traces(chosen.data, ada.user.id, hashed) == WISH


async def test_who_asked_after_somebody_else_waits_on(
    discord: StandIn, bot: QuothClient, chosen: Settings, ada: Person
) -> None:
    bob, cid = discord.person("bob"), discord.person("cid")
    answer = await cid.ask(discord.channel, "When do quiet hours end?").answer()
    follow_up = await bob.reply(answer, "Who owns the lighthouse on the moon?").answer()
    await bob.click(follow_up, TELL).answer()
    await bot.services.journal.written()
    await ada.slash(discord.channel, "forget-me").answer()
    assert rows(chosen.data, "waiting") == 1
    await cid.slash(discord.channel, "forget-me").answer()
    assert rows(chosen.data, "waiting") == 0


async def test_insight_shows_nothing_of_hers_right_after(
    discord: StandIn, bot: QuothClient, ada: Person, mod: Person
) -> None:
    bob = discord.person("bob")
    for person in (ada, bob):
        await person.slash(discord.channel, "ask", question=IN_VAIN).answer()
    await bot.services.journal.written()
    assert HERS in (await mod.slash(discord.channel, "insight").answer()).text
    await ada.slash(discord.channel, "forget-me").answer()
    assert HERS not in (await mod.slash(discord.channel, "insight").answer()).text


async def test_what_is_still_being_answered_is_not_noted_afterwards(
    discord: StandIn, bot: QuothClient, chosen: Settings, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By command and by mention; what she asks later is."""
    desk, began, go_on = bot.services.desk, list[str](), asyncio.Event()
    answer_at_once = desk.answer

    async def answer(asked: Asked, audience: Audience) -> Answer:
        began.append(asked.text)
        await go_on.wait()
        return await answer_at_once(asked, audience)

    monkeypatch.setattr(desk, "answer", answer)
    responses = ada.slash(discord.channel, "ask", question=ANSWERED), ada.ask(discord.channel, ANSWERED)
    await until(lambda: len(began) == len(responses))
    await ada.slash(discord.channel, "forget-me").answer()
    go_on.set()
    for response in responses:
        await response.answer()
    await bot.services.journal.written()
    assert [rows(chosen.data, table) for table in ("questions", "shown", "exchanges")] == [0, 0, 0]
    await ada.slash(discord.channel, "ask", question=ANSWERED).answer()
    await bot.services.journal.written()
    assert rows(chosen.data, "questions") == 1
