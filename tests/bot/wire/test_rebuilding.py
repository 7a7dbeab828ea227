"""Rebuilding from Discord."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from bot import compose
from bot.client import QuothClient
from bot.settings import Settings
from bot.standin import ClientRefusesError, Person, StandIn
from index.encode.encoder import Encoder
from index.evaluation.canaries import FILE_NAME
from tests.bot.machine import of_the_machine
from tests.bot.wire.conftest import also, running


@pytest.fixture(autouse=True)
def forks() -> None:
    """Fork nothing: here processes start as they do for people."""


@pytest.mark.usefixtures("bot")
async def test_a_rebuild_takes_in_what_has_changed_and_answers_meanwhile(
    discord: StandIn, documents: Path, mod: Person, ada: Person
) -> None:
    (documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays for cleaning.\n")
    rebuild = mod.slash(discord.channel, "index rebuild")
    first = await rebuild.answer()
    assert "- Pool" not in first.text
    joined = mod.slash(discord.channel, "index rebuild")
    meanwhile = await ada.slash(discord.channel, "ask", question="When do quiet hours begin?").answer()
    assert "ten in the evening" in meanwhile.text
    done = await rebuild.when(lambda seen: "- Pool" in seen.text, 90)
    assert "3 documents" in done.text
    assert "- Pool" in (await joined.when(lambda seen: "- Pool" in seen.text, 30)).text
    after = await ada.slash(discord.channel, "ask", question="When is the pool closed?").answer()
    assert "closed on Mondays" in after.text
    edits = [seen.at for seen in rebuild.versions]
    assert all(later - earlier >= 1.9 for earlier, later in pairwise(edits[1:]))
    asked = await mod.slash(discord.channel, "index rollback").answer()
    assert asked.ephemeral
    assert "Go back to index 1" in asked.text
    assert "**Would go (1)**\n- Pool" in asked.text
    still = await ada.slash(discord.channel, "ask", question="When is the pool closed?").answer()
    assert "closed on Mondays" in still.text
    back = await mod.click(asked, "Go back").answer()
    assert "index 1" in back.text
    assert "no earlier index" in (await mod.click(asked, "Go back").answer()).text
    gone = await ada.slash(discord.channel, "ask", question="When is the pool closed?").answer()
    assert "closed on Mondays" not in gone.text


@pytest.mark.usefixtures("bot")
async def test_what_a_rollback_would_bring_back_is_named_by_its_title(
    discord: StandIn, documents: Path, mod: Person
) -> None:
    (documents / "rules.md").unlink()
    await mod.slash(discord.channel, "index rebuild").when(lambda seen: "Removed" in seen.text, 90)
    asked = await mod.slash(discord.channel, "index rollback").answer()
    assert "**Would come back (1)**\n- House rules" in asked.text
    assert "rules.md" not in asked.text


MUST_ANSWER = {"question": "When does the bakery open?", "source": "bakery.txt"}


async def test_an_index_that_was_kept_aside_is_put_in_use_by_a_manager_alone_and_once(
    discord: StandIn, bot: QuothClient, documents: Path, mod: Person, ada: Person
) -> None:
    (documents / FILE_NAME).write_text(json.dumps(MUST_ANSWER))
    (documents / "bakery.txt").unlink()
    (documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    before = bot.services.desk.generation.name
    report = await mod.slash(discord.channel, "index rebuild").when(lambda seen: "kept aside" in seen.text, 90)
    assert "no longer answers 1 of the questions that it must answer" in report.text
    assert "**No longer answered (1)**\n- When does the bakery open?" in report.text
    assert "**Added (1)**\n- Pool" in report.text
    assert not of_the_machine(report.text)
    refused = await ada.click(report, "Use it all the same").answer()
    assert refused.ephemeral
    assert "may manage this server" in refused.text
    assert bot.services.desk.generation.name == before
    again = await mod.slash(discord.channel, "index rebuild").when(lambda seen: "kept aside" in seen.text, 90)
    accepted = await mod.click(report, "Use it all the same").answer()
    assert "is in use**, with 2 documents" in accepted.text
    pool = await ada.slash(discord.channel, "ask", question="When is the pool closed?").answer()
    assert "closed on Mondays" in pool.text
    for old in (report, again):
        assert "changed meanwhile" in (await mod.click(old, "Use it all the same").answer()).text
    asked = await mod.slash(discord.channel, "index rollback").answer()
    assert "Go back to index 1" in asked.text
    back = await mod.click(asked, "Go back").answer()
    assert "Back to index 1" in back.text


async def test_a_canary_whose_document_is_not_there_is_told_without_its_name(
    discord: StandIn, chosen: Settings, encoder: Encoder, documents: Path, mod: Person
) -> None:
    secret = {"question": "Who is to be dismissed?", "source": "board/dismissal-of-ines.md"}
    lines = [MUST_ANSWER, secret, {"question": "?"}]
    (documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    (documents / FILE_NAME).write_text("\n".join(map(json.dumps, lines)))
    async with running(discord, chosen, encoder):
        rebuilt = await mod.slash(discord.channel, "index rebuild").when(lambda seen: "Left out" in seen.text, 90)
    assert "questions that the index must answer were not asked" in rebuilt.text
    assert "dismiss" not in rebuilt.text
    assert not of_the_machine(rebuilt.text.replace("\\", ""))


async def test_what_is_added_is_not_said_to_be_quoted_where_the_new_index_was_kept_aside(
    discord: StandIn, bot: QuothClient, documents: Path, mod: Person
) -> None:
    (documents / FILE_NAME).write_text(json.dumps(MUST_ANSWER))
    (documents / "bakery.txt").unlink()
    before = bot.services.desk.generation.name
    file = ("pool.md", b"# Pool\n\nThe pool is closed on Mondays.\n")
    added = await mod.slash(discord.channel, "source add", file=file).answer(90)
    assert "was kept aside" in added.text
    assert "Ask about it now" not in added.text
    assert bot.services.desk.generation.name == before


@pytest.mark.usefixtures("bot")
async def test_status_says_what_is_in_use(discord: StandIn, mod: Person) -> None:
    seen = await mod.slash(discord.channel, "index status").answer()
    assert seen.ephemeral
    assert "Index 1" in seen.text
    assert "2 documents" in seen.text


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("command", ["index rebuild", "index status", "index rollback"])
async def test_others_are_refused_by_the_client(discord: StandIn, ada: Person, command: str) -> None:
    with pytest.raises(ClientRefusesError):
        ada.slash(discord.channel, command)


async def test_a_failed_rebuild_is_told_and_changes_nothing(
    discord: StandIn, bot: QuothClient, documents: Path, mod: Person
) -> None:
    before = bot.services.desk.generation.name
    shutil.move(documents, documents.with_name("elsewhere"))
    rebuild = mod.slash(discord.channel, "index rebuild")
    reply = await rebuild.when(lambda seen: "did not finish" in seen.text, 60)
    assert "The log says why" in reply.text
    assert bot.services.desk.generation.name == before


@pytest.mark.usefixtures("bot")
async def test_there_is_no_index_command_in_private(discord: StandIn, mod: Person) -> None:
    assert "index" in mod.commands(discord.channel)
    assert "index" not in mod.commands(mod.direct)
    with pytest.raises(ClientRefusesError):
        mod.slash(mod.direct, "index status")


async def test_roles_of_the_settings_may_and_others_are_refused_by_the_bot(
    discord: StandIn, chosen: Settings, encoder: Encoder, mod: Person, ada: Person
) -> None:
    keepers = discord.role("keepers")
    keeper = discord.person("keeper", keepers)
    async with running(discord, also(chosen, manager_roles=[keepers.id]), encoder):
        for person in (keeper, mod):
            assert "index 1" in (await person.slash(discord.channel, "index status").answer()).text.lower()
        for command in ("index rebuild", "index status", "index rollback"):
            refused = await ada.slash(discord.channel, command).answer()
            assert refused.ephemeral
            assert "That is for those who may manage" in refused.text


async def test_a_rebuild_under_way_is_broken_off_when_the_bot_stops(
    discord: StandIn, bot: QuothClient, documents: Path, mod: Person
) -> None:
    before = bot.services.desk.generation.name
    (documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    rebuild = mod.slash(discord.channel, "index rebuild")
    await rebuild.answer()
    await bot.stop()
    assert "broken off" in (await rebuild.answer()).text
    assert compose.shelf(bot.services.settings).current() == before
