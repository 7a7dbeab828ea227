"""What is forgotten, deleted, closed or removed is in no earlier index, and comes back by no way."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path

import pytest

from bot import compose
from bot.cards import colours
from bot.client import QuothClient
from bot.health.checks import PATIENCE, Health
from bot.settings import Settings
from bot.standin import Permission, Person, StandIn
from bot.standin.state.channel import ChannelKind
from index.encode.encoder import Encoder
from index.library.additions import Additions
from tests.bot.machine import of_the_machine
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_adding import ASKED, BUILT, CLOSED, POOL, add, asked
from tests.bot.wire.test_channels import ABOUT_FERRY, FERRY, MILL, Scene, ask, homely, scene  # noqa: F401 -- fixtures
from tests.bot.wire.test_consent import QUESTION, WORDS, keep
from tests.bot.wire.test_correcting import noted, now
from tests.bot.wire.test_first_start import colour

WORD = b"flood"


def holding(folder: Path, words: bytes) -> list[str]:
    """Return the files that hold some words, or a word that only they hold."""
    held = []
    for root, _, names in os.walk(folder):  # passes over what is removed meanwhile
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                if words in (Path(root) / name).read_bytes():
                    held.append(name)
    return held


async def erased(folder: Path, words: bytes) -> None:
    """Wait until no file holds some words: they are quoted no more before that."""
    await until(lambda: not holding(folder, words), BUILT)


@pytest.mark.usefixtures("bot")
async def test_who_is_forgotten_is_in_no_file_and_does_not_come_back(
    discord: StandIn, chosen: Settings, mod: Person
) -> None:
    helper = discord.person("helper")
    await keep(mod, helper.say(discord.channel, WORDS))
    await helper.click(await asked(helper), "Yes, keep it").answer(BUILT)
    assert holding(chosen.data / "generations", WORD)
    await helper.slash(discord.channel, "forget-me").answer(BUILT)
    assert holding(chosen.data / "generations", WORD) == []
    assert holding(chosen.data / "library", WORD) == []
    question = await mod.slash(discord.channel, "index rollback").answer()
    assert "Would come back" not in question.text
    await mod.click(question, "Go back").answer(BUILT)
    answer = await mod.slash(discord.channel, "ask", question=QUESTION).answer()
    assert "second bell" not in answer.text.replace("*", "")


async def test_once_the_last_document_is_removed_nothing_is_kept_of_it_and_the_bot_says_that_it_has_none_until_it_has(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn,
    chosen: Settings,
    encoder: Encoder,
    ada: Person,
    mod: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for path in chosen.documents.iterdir():
        path.unlink()
    Additions(chosen.data).upload("pool.md", POOL)
    compose.builder(chosen, encoder).build(compose.library(chosen), lambda *_: None)
    async with running(discord, also(chosen, watch=True), encoder) as bot:
        shown = await ask(discord, mod, ASKED)
        assert CLOSED in shown.text
        await noted(bot, 1)
        removed = await mod.slash(discord.channel, "source remove", source="uploads/pool.md").answer(BUILT)
        assert "There is nothing else left to answer from." in removed.text
        await until(lambda: f"~~The pool is {CLOSED}" in now(shown))
        await says_that_there_is_nothing(discord, bot, ada, mod)
        [aside] = holding(chosen.data, b"closed on Mondays")
        assert aside.endswith("pool.md"), "which can be put back for an hour"
        assert "was read as" in (await mod.click(removed, "Undo").answer(BUILT)).text
        assert CLOSED in (await ask(discord, ada, ASKED)).text
        await mod.slash(discord.channel, "source remove", source="uploads/pool.md").answer(BUILT)
        for path in bot.services.additions.removed().values():
            os.utime(path, (0, 0))
        bot.services.additions.purge()
        assert holding(chosen.data, b"closed on Mondays") == []
        broken = await add(discord, mod, "broken.pdf", b"this is no PDF")
        assert "cannot be read, and was not kept" in broken.text
        rebuild = mod.slash(discord.channel, "index rebuild")
        report = await rebuild.when(lambda seen: "nothing else left" in seen.text, BUILT)
        assert of_the_machine(report.text) is None
        (chosen.documents / "gym.md").write_text("# Gym\n\nThe gym opens at noon on Sundays.\n")
        async with asyncio.timeout(BUILT):
            await bot.services.desk.opened()
        assert "noon on Sundays" in (await ask(discord, ada, "When does the gym open?")).text
        assert "no earlier index" in (await mod.slash(discord.channel, "index rollback").answer()).text
        (chosen.documents / "gym.md").unlink()  # as if its disk were away
        await until(lambda: "changes were not taken in" in caplog.text, BUILT)
        told = next(record for record in caplog.records if "changes were not taken in" in record.getMessage())
        assert "holds no document" in told.__dict__["reason"]
        assert "noon on Sundays" in (await ask(discord, ada, "When does the gym open?")).text


async def says_that_there_is_nothing(discord: StandIn, bot: QuothClient, ada: Person, mod: Person) -> None:
    for asks in (
        ada.slash(discord.channel, "ask", question=ASKED),
        mod.dm(ASKED),
        discord.person("bob").slash(discord.channel, "source list"),
        mod.slash(discord.channel, "index status"),
        mod.slash(discord.channel, "index rollback"),
        ada.slash(discord.channel, "help"),
    ):
        said = await asks.answer()
        assert "I have no documents to answer from yet" in said.text
        assert colour(said) != colours.FAILED, "nothing is wrong"
    assert await mod.autocomplete(discord.channel, "source show", "source", "") == []
    assert await Health(bot.services, PATIENCE).complaints() == []


@pytest.mark.usefixtures("bot")
async def test_what_a_manager_removes_can_be_put_back_but_not_by_going_back(
    discord: StandIn, chosen: Settings, mod: Person
) -> None:
    await add(discord, mod, "pool.md", b"# Pool\n\nThe pool is closed on Mondays for cleaning.\n")
    await add(discord, mod, "gym.md", b"# Gym\n\nThe gym opens at noon on Sundays.\n")
    removed = await mod.slash(discord.channel, "source remove", source="uploads/pool.md").answer(BUILT)
    shelf = compose.shelf(chosen)
    assert not any("uploads/pool.md" in shelf.manifest(name).documents for name in shelf.names())
    await mod.click(removed, "Undo").answer(BUILT)
    assert "uploads/pool.md" in shelf.manifest(shelf.current()).documents


async def test_what_was_deleted_in_a_channel_or_lies_in_one_that_is_read_no_more_is_in_no_earlier_index(
    scene: Scene,  # noqa: F811
    mod: Person,
) -> None:
    notes, generations = await scene.notes(), scene.data / "generations"
    said = mod.say(notes, FERRY)
    mod.say(notes, MILL)
    await scene.add(mod, notes)
    assert holding(generations, b"noon on Fridays")
    mod.delete(said)
    await scene.settled(lambda text: "noon on Fridays" not in text)
    await erased(generations, b"noon on Fridays")
    assert "noon on Fridays" not in (await ask(scene.discord, mod, ABOUT_FERRY)).text
    assert holding(generations, b"behind the clock")
    await mod.slash(scene.discord.channel, "source remove", source="#notes").answer(BUILT)
    await erased(generations, b"behind the clock")


@pytest.mark.parametrize("reads", ["All announcements, each by itself", "Pinned messages alone"])
async def test_what_is_deleted_after_another_choice_of_what_is_read_is_in_no_earlier_index(
    scene: Scene,  # noqa: F811
    mod: Person,
    reads: str,
) -> None:
    """What was in the document of a day, or in one of its own, is in neither afterwards."""
    discord, generations = scene.discord, scene.data / "generations"
    news = discord.world.add_channel(discord.guild, "news", ChannelKind.NEWS)
    await until(lambda: scene.bot.get_channel(news.id))
    keeper = discord.person("keeper", discord.role("keepers", Permission.MANAGE_MESSAGES))
    gone, stays = (discord.webhook(news, "Harbour office", text) for text in (FERRY, MILL))
    for said in (gone, stays):
        keeper.pin(said)
    added = await scene.add(mod, news)
    if reads == "Pinned messages alone":
        added = await mod.select(added, "All announcements, each by itself").answer(BUILT)
    await mod.select(added, reads).answer(BUILT)
    assert holding(generations, b"noon on Fridays")
    keeper.delete(gone)
    await scene.settled(lambda text: "noon on Fridays" not in text)
    await erased(generations, b"noon on Fridays")
    assert holding(generations, b"behind the clock")


async def test_a_channel_that_is_read_anew_takes_no_earlier_index_away_and_finds_what_was_missed(
    scene: Scene,  # noqa: F811
    mod: Person,
) -> None:
    notes, shelf = await scene.notes(), compose.shelf(scene.bot.services.settings)
    mod.say(notes, FERRY)
    said = mod.say(notes, MILL)
    await scene.add(mod, notes)
    before = shelf.names()
    refreshed = await mod.slash(scene.discord.channel, "source refresh", source="#notes").answer(BUILT)
    assert "was read: 2 messages, 1 document." in refreshed.text
    assert not refreshed.buttons, "which would take the channel away"
    assert shelf.names() == before
    scene.discord.world.messages[notes.id].pop(said.message.id)  # the bot is not told
    await mod.slash(scene.discord.channel, "source refresh", source="#notes").answer(BUILT)
    await scene.settled(lambda text: "behind the clock" not in text)
    await erased(scene.data / "generations", b"behind the clock")
    assert "noon on Fridays" in (await ask(scene.discord, mod, ABOUT_FERRY)).text
