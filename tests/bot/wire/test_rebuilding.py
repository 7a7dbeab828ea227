"""Rebuilding from Discord."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from bot.client import QuothClient
from bot.playground import ClientRefusesError, Permission, Person, StandIn


@pytest.fixture
def mod(discord: StandIn) -> Person:
    return discord.person("mod", discord.role("moderators", Permission.MANAGE_GUILD))


@pytest.mark.usefixtures("bot")
async def test_a_rebuild_takes_in_what_has_changed_and_answers_meanwhile(
    discord: StandIn, documents: Path, mod: Person, ada: Person
) -> None:
    (documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays for cleaning.\n")
    rebuild = mod.slash(discord.channel, "index rebuild")
    first = await rebuild.answer()
    assert "pool.md" not in first.text
    joined = mod.slash(discord.channel, "index rebuild")
    meanwhile = await ada.slash(discord.channel, "ask", question="When do quiet hours begin?").answer()
    assert "ten in the evening" in meanwhile.text
    done = await rebuild.when(lambda seen: "pool.md" in seen.text, 90)
    assert "3 documents" in done.text
    assert "pool.md" in (await joined.when(lambda seen: "pool.md" in seen.text, 30)).text
    after = await ada.slash(discord.channel, "ask", question="When is the pool closed?").answer()
    assert "closed on Mondays" in after.text
    edits = [seen.at for seen in rebuild.versions]
    assert all(later - earlier >= 1.9 for earlier, later in pairwise(edits[1:]))
    back = await mod.slash(discord.channel, "index rollback").answer()
    assert "000001-" in back.text
    gone = await ada.slash(discord.channel, "ask", question="When is the pool closed?").answer()
    assert "closed on Mondays" not in gone.text


@pytest.mark.usefixtures("bot")
async def test_status_says_what_is_in_use(discord: StandIn, mod: Person) -> None:
    seen = await mod.slash(discord.channel, "index status").answer()
    assert seen.ephemeral
    assert "000001-" in seen.text
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
    told = await rebuild.when(lambda seen: "did not finish" in seen.text, 60)
    assert "There is no folder" in told.text
    assert bot.services.desk.generation.name == before
