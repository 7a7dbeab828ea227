"""People are told, and cards are corrected, once each, however Discord fails and whenever the bot is stopped."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot import responses
from bot.access.rules import Audience
from bot.client import QuothClient
from bot.handlers import after_build, correcting, telling
from bot.settings import Settings
from bot.standin import Permission, Person, StandIn
from bot.standin.driver.seen import Seen
from index.answer.asked import Asked
from index.encode.encoder import Encoder
from index.errors import BusyError
from index.records import Answer
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_correcting import QUIET, edits, followed, noted, now, rewrite
from tests.bot.wire.test_insight import POOL, POOL_TEXT, TELL, build, rows, told_in

SEND, EDIT = "POST /channels/*/messages", "PATCH /channels/*"
CARDS = 8
CRANE = "Who repairs the crane at the harbour on Sundays?"


@pytest.fixture(autouse=True)
def _brisk_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "_PAUSES", (0.01,))
    monkeypatch.setattr(after_build, "_AGAIN", 1.0)
    monkeypatch.setattr(correcting, "_PACE", 0.01)
    monkeypatch.setattr(telling, "_PACE", 0.01)


async def _waiting(discord: StandIn, people: Sequence[Person]) -> None:
    """Have each ask for the same in vain, and want to know: in private the last one, the others in the channel."""
    for person in people:
        card = await person.slash(discord.channel, "ask", question=POOL, private=person is people[-1]).answer()
        assert "I will tell you" in (await person.click(card, TELL).answer()).text


def _told(discord: StandIn, people: Sequence[Person]) -> tuple[int, int]:
    """Return how often people were told in the channel, and in private."""
    return len(told_in(people[0], discord.channel)), len(told_in(people[-1], people[-1].direct))


@pytest.mark.parametrize("arrives", [False, True])
async def test_who_could_not_be_told_is_told_later_and_nobody_is_told_twice(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, *, arrives: bool
) -> None:
    """Discord takes what it is sent, or not, and says nothing: by the same index, and however much is written since."""
    people = [discord.person(name) for name in ("ada", "bob", "cleo")]
    await _waiting(discord, people)
    faults = discord.api.faults
    fault = faults.lose(SEND, times=10_000) if arrives else faults.fail(SEND, 503, times=10_000)
    (chosen.documents / "pool.md").write_text(POOL_TEXT)
    await build(chosen, encoder, bot)
    await until(lambda: fault.hits >= 2 * len(people))
    assert _told(discord, people) == ((2, 1) if arrives else (0, 0))
    discord.clock.advance(3600)
    for number in range(120):
        people[0].say(discord.channel, f"chatter {number}")
    faults.clear()
    await followed(bot)
    assert _told(discord, people) == (2, 1)
    assert rows(chosen.data, "waiting") == 0


def _asked_after(bot: QuothClient, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is asked from now on, as it is."""
    desk, asked_again = bot.services.desk, list[str]()
    answer = desk.answer

    async def noting(asked: Asked, audience: Audience) -> Answer:
        asked_again.append(asked.text)
        return await answer(asked, audience)

    monkeypatch.setattr(desk, "answer", noting)
    return asked_again


async def test_what_could_not_be_told_is_asked_again_alone(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [discord.person("ada"), discord.person("bob")]
    await _waiting(discord, people)
    card = await people[0].slash(discord.channel, "ask", question=CRANE).answer()
    assert "I will tell you" in (await people[0].click(card, TELL).answer()).text
    await followed(bot)
    asked = _asked_after(bot, monkeypatch)
    discord.api.faults.fail(SEND, 503, times=3)
    (chosen.documents / "pool.md").write_text(POOL_TEXT)
    await build(chosen, encoder, bot)
    await followed(bot)
    assert _told(discord, people) == (1, 1)
    assert (asked.count(CRANE), asked.count(POOL) > 2) == (1, True)


async def test_who_cannot_be_told_by_such_a_message_is_told_with_the_next_index(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, send, tries = [discord.person("ada"), discord.person("bob")], telling.post, []

    async def counting(*message: Any) -> Any:
        tries.append(message)
        return await send(*message)

    monkeypatch.setattr(telling, "post", counting)
    await _waiting(discord, people)
    await followed(bot)  # who asked in vain is asked for by the first index, too
    discord.api.faults.fail(SEND, 400, times=10_000)
    (chosen.documents / "pool.md").write_text(POOL_TEXT)
    await build(chosen, encoder, bot)
    await followed(bot)
    assert (len(tries), rows(chosen.data, "waiting", "told = 0")) == (2, 2)
    discord.api.faults.clear()
    (chosen.documents / "more.md").write_text("# More\n\nNothing of this matters to anybody.\n")
    await build(chosen, encoder, bot)
    await followed(bot)
    assert _told(discord, people) == (1, 1)


async def test_rate_limits_and_failures_in_the_middle_of_telling_leave_nobody_out(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder
) -> None:
    people = [discord.person(f"person {number}") for number in range(CARDS)]
    await _waiting(discord, people)
    discord.api.buckets.limits[SEND.replace("*", "{channel_id}")] = (5, 1.0)
    discord.api.faults.at_rate(0.3, (429, 503), pattern=SEND)
    (chosen.documents / "pool.md").write_text(POOL_TEXT)
    await build(chosen, encoder, bot)
    await followed(bot)
    assert _told(discord, people) == (CARDS - 1, 1)
    assert rows(chosen.data, "waiting") == 0


async def test_a_restart_in_the_middle_of_telling_tells_everybody_once(
    discord: StandIn, chosen: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the last message that Discord took was never heard of."""
    monkeypatch.setattr(responses, "_PAUSES", (60.0,))
    people = [discord.person(f"person {number}") for number in range(CARDS)]
    async with running(discord, chosen, encoder) as bot:
        await _waiting(discord, people)
        (chosen.documents / "pool.md").write_text(POOL_TEXT)
        send = telling.post

        async def stopping(*message: Any) -> Any:
            if _told(discord, people)[0] == CARDS // 2:
                discord.api.faults.lose(SEND)
            return await send(*message)

        monkeypatch.setattr(telling, "post", stopping)
        await build(chosen, encoder, bot)
        await until(lambda: _told(discord, people)[0] == CARDS // 2 + 1)
    assert rows(chosen.data, "waiting", "told <> 0") == 1
    monkeypatch.setattr(telling, "post", send)
    discord.clock.advance(3600)
    async with running(discord, chosen, encoder):
        await until(lambda: rows(chosen.data, "marks", "name = 'generation'"))
        await until(lambda: rows(chosen.data, "waiting") == 0)
    assert _told(discord, people) == (CARDS - 1, 1)


async def test_nobody_is_told_what_the_documents_say_no_more_since_others_were_told(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [discord.person(name) for name in ("ada", "bob", "cleo")]
    await _waiting(discord, people)
    await followed(bot)
    pool, send = chosen.documents / "pool.md", telling.post

    async def removing(*message: Any) -> Any:
        sent = await send(*message)
        if pool.exists():
            pool.unlink()
            await build(chosen, encoder, bot)
        return sent

    monkeypatch.setattr(telling, "post", removing)
    pool.write_text(POOL_TEXT)
    await build(chosen, encoder, bot)
    await until(lambda: not pool.exists())
    await followed(bot)
    assert _told(discord, people) == (1, 0)
    assert rows(chosen.data, "waiting") == 2


async def test_who_could_not_be_asked_for_or_whose_roles_are_not_known_for_now_is_told_later(
    discord: StandIn, chosen: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the same index."""
    role = discord.role("staff")
    people = [discord.person("guest"), discord.person("helper", role)]
    async with running(discord, also(chosen, access=f"staff/=role:{role.id}"), encoder) as bot:
        await _waiting(discord, people)
        desk = bot.services.desk
        answer, failing = desk.answer, [BusyError("away")]

        async def away(asked: Asked, audience: Audience) -> Answer:
            if failing:
                raise failing.pop()
            return await answer(asked, audience)

        monkeypatch.setattr(desk, "answer", away)
        discord.api.faults.fail("GET /guilds/*/members/*", 503)
        (chosen.documents / "staff").mkdir()
        (chosen.documents / "staff" / "pool.md").write_text(POOL_TEXT)
        await build(chosen, encoder, bot)
        await followed(bot)
        assert not failing
        assert _told(discord, people) == (0, 1), "it is for the staff alone"


async def test_where_the_channel_cannot_be_read_nobody_is_told_twice(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    async with running(discord, chosen, encoder):
        await _waiting(discord, [ada, discord.person("bob")])
    with closing(sqlite3.connect(chosen.data / "journal.sqlite", isolation_level=None)) as database:
        database.execute("UPDATE waiting SET told = 1")
        database.execute("DELETE FROM marks")
    discord.channel.overwrite(discord.guild.everyone.id, deny=Permission.READ_MESSAGE_HISTORY)
    (chosen.documents / "pool.md").write_text(POOL_TEXT)
    await build(chosen, encoder)
    async with running(discord, chosen, encoder):
        await until(lambda: rows(chosen.data, "marks", "name = 'generation'"))
        assert rows(chosen.data, "waiting") == 0
    assert told_in(ada, discord.channel) == []


async def test_cards_that_cannot_be_edited_have_nobody_asked_again(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """They are edited once they can be."""
    seen = await ada.slash(discord.channel, "ask", question=QUIET).answer()
    await noted(bot, 1)
    fault = discord.api.faults.fail(EDIT, 400, times=10_000)
    _change(chosen.documents)
    await build(chosen, encoder, bot)
    await until(lambda: fault.hits)
    await until(lambda: rows(chosen.data, "marks", "name = 'generation'"))
    discord.api.faults.clear()
    await followed(bot)
    assert _is_corrected(seen)


async def _cards(discord: StandIn, bot: QuothClient, ada: Person) -> list[tuple[Seen, int]]:
    """Return answers to the same question, and how often each was edited."""
    seen = [await ada.slash(discord.channel, "ask", question=QUIET).answer() for _ in range(CARDS)]
    await noted(bot, CARDS)
    return [(one, edits(one)) for one in seen]


def _change(documents: Path) -> None:
    rewrite(documents / "rules.md", ("ten in the evening", "eleven in the evening"))


def _is_corrected(seen: Seen) -> bool:
    text = now(seen)
    struck = text.count("~~Quiet hours begin at ten in the evening") == text.count("~~") // 2 == 1
    return struck and text.count("eleven in the evening") == text.count("The text changed on") == 1


@pytest.mark.parametrize("arrives", [False, True])
async def test_cards_that_discord_fails_to_edit_are_edited_later_and_once(  # noqa: PLR0913 -- most are fixtures
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, ada: Person, *, arrives: bool
) -> None:
    cards = await _cards(discord, bot, ada)
    faults = discord.api.faults
    fault = faults.lose(EDIT, times=CARDS) if arrives else faults.fail(EDIT, 503, times=CARDS + 3)
    _change(chosen.documents)
    await build(chosen, encoder, bot)
    await followed(bot)
    assert fault.hits == fault.times
    assert all(_is_corrected(seen) for seen, _ in cards)
    assert [edits(seen) - before for seen, before in cards] == [1] * CARDS


async def test_what_discord_kept_a_manager_from_correcting_stays_on_the_list(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, mod: Person
) -> None:
    async with running(discord, also(chosen, correct="asked"), encoder) as bot:
        seen = [await ada.slash(discord.channel, "ask", question=QUIET).answer() for _ in range(2)]
        await noted(bot, 2)
        _change(chosen.documents)
        await build(chosen, encoder, bot)
        await followed(bot)
        card = await mod.slash(discord.channel, "insight").answer()
        assert "Answers whose text has changed: 2" in card.text
        discord.api.faults.fail(EDIT, 503)
        assert "corrected: 1" in (await mod.click(card, "Correct these answers").answer()).text
        again = await mod.slash(discord.channel, "insight").answer()
        assert "Answers whose text has changed: 1" in again.text
        assert "corrected: 1" in (await mod.click(again, "Correct these answers").answer()).text
        assert "whose text has changed" not in (await mod.slash(discord.channel, "insight").answer()).text
    assert all(_is_corrected(one) for one in seen)


async def test_cards_where_the_bot_may_edit_nothing_any_more_are_left(
    discord: StandIn, bot: QuothClient, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    """One was deleted, the channel of another was, and another cannot be seen any more."""
    gone, shut = discord.text_channel("gone"), discord.text_channel("shut")
    seen = [
        await ada.slash(channel, "ask", question=QUIET).answer()
        for channel in (gone, shut, discord.channel, discord.channel)
    ]
    await noted(bot, len(seen))
    before = edits(seen[1])
    discord.world.delete_channel(gone)
    shut.overwrite(discord.world.bot.id, deny=Permission.VIEW_CHANNEL)
    discord.person("janitor", discord.role("janitors", Permission.MANAGE_MESSAGES)).delete(seen[2])
    _change(chosen.documents)
    await build(chosen, encoder, bot)
    await followed(bot)
    assert _is_corrected(seen[3])
    assert edits(seen[1]) == before
    assert rows(chosen.data, "shown") == 1


async def test_a_restart_in_the_middle_of_editing_cards_edits_each_once(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correcting, "_PACE", 0.2)
    async with running(discord, chosen, encoder) as bot:
        cards = await _cards(discord, bot, ada)
        _change(chosen.documents)
        await build(chosen, encoder, bot)
        await until(lambda: sum(_is_corrected(seen) for seen, _ in cards) >= CARDS // 3)
    assert not all(_is_corrected(seen) for seen, _ in cards)
    async with running(discord, chosen, encoder) as bot:
        await until(lambda: bot.services.desk.held)
        await followed(bot)
    assert all(_is_corrected(seen) for seen, _ in cards)
    assert [edits(seen) - before for seen, before in cards] == [1] * CARDS


@pytest.mark.parametrize("text", ["Quiet hours begin at eleven in the evening and end at seven in the morning.\n", ""])
async def test_a_card_that_was_edited_when_the_bot_was_killed_keeps_its_old_words(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, text: str
) -> None:
    """What it says was not noted any more, and no index has the old words by now: only the card itself does."""
    settings = also(chosen, keep_generations=2)
    old = "Quiet hours begin at ten in the evening and end at seven in the morning.\n"
    async with running(discord, settings, encoder) as bot:
        seen = await ada.slash(discord.channel, "ask", question=QUIET).answer()
        await noted(bot, 1)
        with closing(sqlite3.connect(chosen.data / "journal.sqlite")) as database:
            (row,) = database.execute("SELECT * FROM shown").fetchall()
        rewrite(chosen.documents / "rules.md", (old, text))
        await build(settings, encoder, bot)
        await followed(bot)
    before = now(seen)
    assert "~~Quiet hours begin at ten in the evening" in before
    for number in range(3):
        (chosen.documents / f"more{number}.md").write_text(f"# More {number}\n\nNothing of this matters: {number}.\n")
        await build(settings, encoder)
    with closing(sqlite3.connect(chosen.data / "journal.sqlite", isolation_level=None)) as database:
        database.execute("INSERT OR REPLACE INTO shown VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        database.execute("DELETE FROM marks")
    async with running(discord, settings, encoder) as bot:
        await until(lambda: bot.services.desk.held)
        await followed(bot)
    assert now(seen).split("\n-# ")[0] == before.split("\n-# ")[0]
    assert now(seen).count("~~") == 2
