"""Answers whose text has changed in the documents are corrected where they stand."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.cards.changed import Outcome
from bot.client import QuothClient
from bot.handlers import correcting, telling
from bot.insight.cards import Card
from bot.settings import Settings
from bot.standin import Permission, Person, StandIn
from bot.standin.driver.seen import Seen, look
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_insight import POOL, POOL_TEXT, TELL, build, followed, rows, told_in

QUIET = "When do quiet hours begin?"
RYE = "Who bakes the rye bread?"


def now(seen: Seen) -> str:
    return look(seen.message).text


def edits(seen: Seen) -> int:
    return len(seen.message.versions)


def rewrite(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


async def noted(bot: QuothClient, count: int) -> None:
    """Wait until it is written down what so many messages show, which is done once they are sent."""
    data, run = bot.services.settings.data, bot.services.journal.run
    async with asyncio.timeout(60):
        while await run(lambda database: database.execute("SELECT count(*) FROM shown").fetchone()[0]) != count:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert rows(data, "shown") == count


async def test_old_words_are_struck_through_and_new_ones_have_their_place(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    by_command = await ada.slash(discord.channel, "ask", question=QUIET).answer()
    by_mention = await ada.ask(discord.channel, QUIET).answer()
    other = await ada.slash(discord.channel, "ask", question=RYE).answer()
    alone = await ada.slash(discord.channel, "ask", question=QUIET, private=True).answer()
    await noted(bot, 3)
    assert rows(chosen.data, "shown") == 3, "what one person alone sees cannot be corrected"
    assert b"Marta" not in (chosen.data / "journal.sqlite").read_bytes(), "no text is kept"
    counts = {id(seen): edits(seen) for seen in (by_command, by_mention, other, alone)}
    rewrite(chosen.documents / "rules.md", ("ten in the evening", "eleven in the evening"))
    await build(chosen, encoder, bot)
    await followed(bot)
    assert "~~" in now(by_command)
    assert "~~" in now(by_mention)
    for seen in (by_command, by_mention):
        text = now(seen)
        assert "~~Quiet hours begin at ten in the evening" in text
        assert "eleven in the evening" in text
        assert "House rules › Quiet hours" in text
        assert "The text changed on <t:" in text
        assert edits(seen) == counts[id(seen)] + 1
    assert edits(other) == counts[id(other)]
    assert edits(alone) == counts[id(alone)]
    context = next(button for button in look(by_command.message).buttons if button.label == "Context")
    page = await ada.click(by_command, context.custom_id or "").answer()
    assert "eleven in the evening" in page.text.replace("**", "")
    (chosen.documents / "more.md").write_text("# More\n\nNothing of this matters to anybody.\n")
    await build(chosen, encoder, bot)
    await followed(bot)
    assert edits(by_command) == counts[id(by_command)] + 1, "once"
    rewrite(chosen.documents / "rules.md", ("eleven in the evening", "nine in the evening"))
    await build(chosen, encoder, bot)
    await followed(bot)
    assert "nine in the evening" in now(by_command)
    assert "~~Quiet hours begin at eleven in the evening" in now(by_command)
    assert "ten in the evening" not in now(by_command)


async def test_what_is_gone_is_struck_through_and_what_was_only_moved_or_renamed_stays(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    quiet = await ada.slash(discord.channel, "ask", question=QUIET).answer()
    rye = await ada.slash(discord.channel, "ask", question=RYE).answer()
    await noted(bot, 2)
    before = edits(rye), edits(quiet)
    (chosen.documents / "bakery.txt").rename(chosen.documents / "bread.txt")
    rewrite(chosen.documents / "rules.md", ("# House rules\n", "# House rules\n\nWelcome to the house.\n"))
    await build(chosen, encoder, bot)
    await followed(bot)
    assert (edits(rye), edits(quiet)) == before
    (chosen.documents / "bread.txt").unlink()
    await build(chosen, encoder, bot)
    await followed(bot)
    assert "~~" in now(rye)
    assert "no longer say this" in now(rye)
    assert edits(quiet) == before[1]


async def test_a_card_that_is_gone_and_one_of_a_forgotten_person_are_left(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    gone = await ada.slash(discord.channel, "ask", question=QUIET).answer()
    bob = discord.person("bob")
    forgotten = await bob.slash(discord.channel, "ask", question=QUIET).answer()
    await noted(bot, 2)
    await bob.slash(discord.channel, "forget-me").answer()
    assert rows(chosen.data, "shown") == 1
    discord.person("mod", discord.role("janitors", Permission.MANAGE_MESSAGES)).delete(gone)
    before = edits(forgotten)
    rewrite(chosen.documents / "rules.md", ("ten in the evening", "eleven in the evening"))
    await build(chosen, encoder, bot)
    await followed(bot)
    assert rows(chosen.data, "shown") == 0
    assert edits(forgotten) == before


async def test_a_card_of_somebody_who_is_forgotten_while_cards_are_corrected_is_left(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleo, bob = discord.person("cleo"), discord.person("bob")
    cards = [await person.slash(discord.channel, "ask", question=QUIET).answer() for person in (cleo, bob)]
    await noted(bot, 2)
    compare = correcting._outcomes

    async def forgetting(client: QuothClient, card: Card, old: Any) -> list[Outcome]:
        outcomes = await compare(client, card, old)
        await bot.services.journal.forget(bob.user.id)
        return outcomes

    monkeypatch.setattr(correcting, "_outcomes", forgetting)
    rewrite(chosen.documents / "rules.md", ("ten in the evening", "eleven in the evening"))
    before = edits(cards[1])
    await build(chosen, encoder, bot)
    await until(lambda: bot.services.insights.correcting.locked() or "~~" in now(cards[0]))
    async with bot.services.insights.correcting:
        assert ("~~" in now(cards[0]), edits(cards[1])) == (True, before)


async def test_of_somebody_who_is_forgotten_while_they_are_told_nothing_is_noted(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = discord.person("bob")
    await bob.click(await bob.slash(discord.channel, "ask", question=POOL).answer(), TELL).answer()
    send = telling.post

    async def forgetting(*message: Any) -> Any:
        sent = await send(*message)
        await bot.services.journal.forget(bob.user.id)
        return sent

    monkeypatch.setattr(telling, "post", forgetting)
    (chosen.documents / "pool.md").write_text(POOL_TEXT)
    await build(chosen, encoder, bot)
    await until(lambda: told_in(bob, discord.channel))
    assert bot.services.desk.held is not None
    await followed(bot)
    assert rows(chosen.data, "shown") == 0


async def test_who_has_waited_for_longer_than_the_days_that_they_were_told_is_told_nothing(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder
) -> None:
    bob, cleo = discord.person("bob"), discord.person("cleo")
    for person in (bob, cleo):
        await person.click(await person.slash(discord.channel, "ask", question=POOL).answer(), TELL).answer()
    days, who = chosen.journal_days * 86_400, bot.services.journal.pseudonym(bob.user.id)
    change = "UPDATE waiting SET time = time - ? WHERE person = ?"
    await bot.services.journal.run(lambda database: database.execute(change, (days, who)))
    (chosen.documents / "pool.md").write_text(POOL_TEXT)
    await build(chosen, encoder, bot)
    assert bot.services.desk.held is not None
    await followed(bot)
    assert len(told_in(bob, discord.channel)) == 1
    assert await bot.services.journal.run(
        lambda database: database.execute("SELECT person FROM waiting").fetchall()
    ) == [(who,)]


async def test_managers_see_the_list_first_where_the_settings_say_so(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    async with running(discord, also(chosen, correct="asked"), encoder) as bot:
        seen = await ada.slash(discord.channel, "ask", question=QUIET).answer()
        await noted(bot, 1)
        before = edits(seen)
        rewrite(chosen.documents / "rules.md", ("ten in the evening", "eleven in the evening"))
        await build(chosen, encoder, bot)
        await until(lambda: bot.services.insights.to_correct)
        assert edits(seen) == before
        card = await mod.slash(discord.channel, "insight").answer()
        assert "Answers whose text has changed: 1" in card.text
        assert str(seen.message.id) in card.text
        done = await mod.click(card, "Correct these answers").answer()
        assert "corrected: 1" in done.text
        assert "eleven in the evening" in now(seen)


async def test_old_cards_are_not_corrected(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    seen = await ada.slash(discord.channel, "ask", question=QUIET).answer()
    await noted(bot, 1)
    with closing(sqlite3.connect(chosen.data / "journal.sqlite")) as database:
        database.execute("UPDATE shown SET time = time - 31 * 86400")
        database.commit()
    before = edits(seen)
    rewrite(chosen.documents / "rules.md", ("ten in the evening", "eleven in the evening"))
    await build(chosen, encoder, bot)
    await followed(bot)
    assert edits(seen) == before


async def test_old_words_that_no_index_has_any_more_are_read_from_the_card(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """Four builds while the bot was stopped: of the index that was quoted from nothing is left."""
    settings = also(chosen, keep_generations=2)
    sauna = chosen.documents / "sauna.md"
    sauna.write_text("# Sauna\n\n- **Days:** the sauna is heated on Mondays & Fridays.\n- Bring your own towel.\n")
    await build(settings, encoder)
    async with running(discord, settings, encoder) as bot:
        seen = await ada.slash(discord.channel, "ask", question="On which days is the sauna heated?").answer()
        quiet = await ada.slash(discord.channel, "ask", question=QUIET).answer()
        await noted(bot, 2)
    rewrite(sauna, ("Mondays & Fridays", "Mondays & Sundays"))
    rewrite(
        chosen.documents / "rules.md",
        ("Quiet hours begin at ten in the evening and end at seven in the morning.\n", ""),
    )
    for number in range(3):
        (chosen.documents / f"more{number}.md").write_text(f"# More {number}\n\nNothing of this matters: {number}.\n")
        await build(settings, encoder)
    async with running(discord, settings, encoder) as bot:
        await followed(bot)
        assert "~~" in now(seen)
        assert "~~" in now(quiet)
    text = now(seen)
    assert "Mondays & Sundays" in text
    assert "Mondays & Fridays" in text.split("~~")[1]
    assert "no longer say this" not in text
    assert "~~Quiet hours begin at ten" in now(quiet)
    assert "no longer say this" in now(quiet)


async def test_the_list_outlives_a_restart_shows_old_and_new_words_and_is_of_one_server(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    other = discord.world.add_guild("Lighthouse")
    there = discord.world.add_channel(other, "general")
    discord.world.add_member(other, ada.user, [])
    settings = also(chosen, correct="asked")
    async with running(discord, settings, encoder) as bot:
        seen = await ada.slash(discord.channel, "ask", question=QUIET).answer()
        away = await ada.slash(there, "ask", question=QUIET).answer()
        await ada.slash(ada.direct, "ask", question=RYE).answer()
        await noted(bot, 3)
        rewrite(chosen.documents / "rules.md", ("ten in the evening", "eleven in the evening"))
        (chosen.documents / "bakery.txt").unlink()
        await build(settings, encoder, bot)
        await until(lambda: bot.services.insights.to_correct)
    before = edits(seen), edits(away)
    async with running(discord, settings, encoder) as bot:
        await until(lambda: len(bot.services.insights.to_correct) == 3)
        card = await mod.slash(discord.channel, "insight").answer()
        assert "Answers whose text has changed: 1" in card.text
        listed = await mod.click(card, "What has changed").answer()
        assert "~~Quiet hours begin at ten in the evening" in listed.text
        assert "> Quiet hours begin at eleven in the evening" in listed.text
        assert str(seen.message.id) in listed.text
        assert str(away.message.id) not in listed.text
        assert "rye" not in listed.text, "what was asked in private is not shown to others"
        assert "In private messages, and in servers without managers of mine: 1" in listed.text
        assert (edits(seen), edits(away)) == before
        compare, compared = correcting._outcomes, list[int | None]()

        async def noting(client: QuothClient, card: Card, old: Any) -> list[Outcome]:
            compared.append(card.server)
            return await compare(client, card, old)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(correcting, "_outcomes", noting)
            done = await mod.click(listed, "Correct these answers").answer()
        assert "corrected: 2" in done.text
        assert other.id not in compared, "nobody waits for the cards of others"
        assert "eleven in the evening" in now(seen)
        assert edits(away) == before[1], "its own managers decide"
        assert [one.card.server for one in bot.services.insights.to_correct] == [other.id]


async def test_messages_that_told_people_are_corrected_like_other_answers(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """In the channel and in private; of somebody who is forgotten nothing is kept."""
    bob = discord.person("bob")
    for person, private in ((ada, False), (bob, True)):
        card = await person.slash(discord.channel, "ask", question=POOL, private=private).answer()
        await person.click(card, TELL).answer()
    pool = chosen.documents / "pool.md"
    pool.write_text(POOL_TEXT)
    await build(chosen, encoder, bot)
    await noted(bot, 2)
    rewrite(pool, ("eight in the morning", "ten in the morning"))
    await build(chosen, encoder, bot)
    (public,), (alone,) = told_in(ada, discord.channel), told_in(bob, bob.direct)
    await followed(bot)
    assert "~~" in now(public)
    assert "~~" in now(alone)
    assert "ten in the morning" in now(public)
    assert "ten in the morning" in now(alone)
    await bob.slash(discord.channel, "forget-me").answer()
    assert rows(chosen.data, "shown") == 1
