"""The running bot keeps up with what is built and what changes beside it."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import compose
from bot.client import QuothClient
from bot.rebuilding import refresh, upkeep
from bot.settings import Settings
from bot.standin import Person, Seen, StandIn
from index.encode.encoder import Encoder
from index.evaluation.canaries import FILE_NAME
from tests.bot.wire.conftest import also, running, until
from tests.bot.wire.test_process import started

POOL = "# Pool\n\nThe pool is closed on Mondays for cleaning.\n"
ASKED = "When is the pool closed?"
SOON = 150.0
"""Seconds that a build and a turn may take on a busy machine."""


async def ask(discord: StandIn, person: Person, question: str) -> Seen:
    return await person.slash(discord.channel, "ask", question=question).answer()


async def test_it_turns_to_what_another_process_builds_and_goes_back_to(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn, bot: QuothClient, encoder: Encoder, ada: Person, mod: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "is_outdated", lambda *_: False)  # or else it builds, too, once it is ready
    chosen = bot.services.settings
    (chosen.documents / "pool.md").write_text(POOL)
    report = await asyncio.to_thread(compose.builder(chosen, encoder).build, chosen.documents, lambda *_: None)
    status = await mod.slash(discord.channel, "index status").answer()
    assert "Index 1" in status.text, "what it answers from, not what is to come"
    await until(lambda: bot.services.desk.generation.name == report.generation)
    assert "Index 2" in (await mod.slash(discord.channel, "index status").answer()).text
    assert "closed on Mondays" in (await ask(discord, ada, ASKED)).text
    (await asyncio.to_thread(compose.shelf(chosen).rollback)).close()
    await until(lambda: bot.services.desk.generation.name.startswith("000001-"))
    assert "closed on Mondays" not in (await ask(discord, ada, ASKED)).text


async def test_an_index_that_could_not_be_opened_for_whatever_reason_is_turned_to_a_little_later(
    bot: QuothClient, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen, standby, failures = bot.services.settings, bot.services.desk.standby, [sqlite3.OperationalError("disk")]
    real = standby.refresh

    def fails_once() -> None:
        if failures:
            raise failures.pop()
        real()

    monkeypatch.setattr(upkeep, "is_outdated", lambda *_: False)
    monkeypatch.setattr(standby, "refresh", fails_once)
    (chosen.documents / "pool.md").write_text(POOL)
    report = await asyncio.to_thread(compose.builder(chosen, encoder).build, chosen.documents, lambda *_: None)
    await until(lambda: bot.services.desk.generation.name == report.generation)
    assert not failures


async def test_it_answers_from_the_index_it_has_then_takes_in_what_changed_while_it_was_away(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    (chosen.documents / "pool.md").write_text(POOL)
    async with running(discord, chosen, encoder) as bot:
        assert bot.services.desk.generation.name.startswith("000001-")
        assert "ten in the evening" in (await ask(discord, ada, "When do quiet hours begin?")).text
        await until(lambda: bot.services.desk.generation.name.startswith("000002-"), SOON)
        assert "closed on Mondays" in (await ask(discord, ada, ASKED)).text


async def test_an_answer_of_which_a_part_was_not_read_is_shown_as_a_guess(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person
) -> None:
    (chosen.documents / "ferry.mdx").write_text(
        "# Ferry\n\nThe ferry carries at most <Load of='cars' /> cars at once.\n"
    )
    compose.builder(chosen, encoder).build(chosen.documents, lambda *_: None)
    async with running(discord, chosen, encoder):
        seen = await ask(discord, ada, "How many cars does the ferry carry at once?")
    assert "carries at most […] cars" in seen.text.replace("**", "").replace("\\", "")
    assert "This may not be it" in seen.text


async def test_what_was_rolled_back_is_not_built_again_when_it_starts(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    (chosen.documents / "pool.md").write_text(POOL)
    await asyncio.to_thread(compose.builder(chosen, encoder).build, chosen.documents, lambda *_: None)
    compose.shelf(chosen).rollback().close()
    async with running(discord, also(chosen, watch=True), encoder) as bot:
        await asyncio.sleep(7)  # it is ready after two seconds, and looks at the documents then
        assert bot.services.rebuilds.progress.since == 0, "nothing was built"
        assert bot.services.desk.generation.name.startswith("000001-")


async def test_changes_are_taken_in_by_themselves_and_a_failed_build_is_tried_again(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn,
    chosen: Settings,
    encoder: Encoder,
    ada: Person,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(upkeep, "_AGAIN", 0.5)
    async with running(discord, also(chosen, watch=True), encoder) as bot:
        await until(lambda: "watching the documents" in caplog.text, SOON)
        (chosen.documents / "pool.md").write_text(POOL)
        await until(lambda: bot.services.desk.generation.name.startswith("000002-"), SOON)
        assert "closed on Mondays" in (await ask(discord, ada, ASKED)).text
        with compose.shelf(chosen).lock():  # somebody else builds
            (chosen.documents / "pool.md").write_text(POOL.replace("Mondays", "Tuesdays"))
            await until(lambda: "changes were not taken in" in caplog.text, SOON)
        await until(lambda: bot.services.desk.generation.name.startswith("000003-"), SOON)
        assert "closed on Tuesdays" in (await ask(discord, ada, ASKED)).text
        assert caplog.text.count("changes were not taken in") == 1


@pytest.mark.parametrize("watch", [True, False])
async def test_a_kept_answer_lapses_with_its_day_whether_the_documents_are_watched_or_not(  # noqa: PLR0913, PLR0917 -- fixtures
    discord: StandIn,
    chosen: Settings,
    encoder: Encoder,
    ada: Person,
    monkeypatch: pytest.MonkeyPatch,
    watch: bool,  # noqa: FBT001 -- a parameter of pytest
) -> None:
    folder = chosen.data / "library" / "answers"
    folder.mkdir(parents=True)
    today = datetime.now(UTC).date()
    text = f"---\ntitle: {ASKED}\nuntil: '{today}'\n---\n\nThe pool is closed on Mondays for cleaning.\n"
    (folder / "pool-1.md").write_text(text)
    (chosen.documents / FILE_NAME).write_text(json.dumps({"question": ASKED, "source": "answers/pool-1.md"}))
    settings = also(chosen, watch=watch)
    async with running(discord, settings, encoder) as bot:
        await until(lambda: bot.services.desk.generation.name.startswith("000002-"), SOON)
        assert "closed on Mondays" in (await ask(discord, ada, ASKED)).text
        assert not await asyncio.to_thread(refresh.must_shed, settings)
    monkeypatch.setattr(upkeep, "_AT_LEAST", 0.5)
    monkeypatch.setattr(upkeep, "is_outdated", lambda *_: False)
    async with running(discord, settings, encoder) as bot:
        (folder / "pool-1.md").write_text(text.replace(str(today), str(today - timedelta(days=1))))
        await until(lambda: bot.services.desk.generation.name.startswith("000003-"), SOON)
        assert "closed on Mondays" not in (await ask(discord, ada, ASKED)).text
        await bot.services.rebuilds.ended()
        assert not await asyncio.to_thread(refresh.must_shed, settings), "it is not built again"
    assert compose.shelf(chosen).gone_back_from() == []


async def test_a_documents_folder_that_is_moved_and_comes_back_is_watched_again(
    discord: StandIn, chosen: Settings, encoder: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with running(discord, also(chosen, watch=True), encoder) as bot:
        await until(lambda: "watching the documents" in caplog.text, SOON)
        elsewhere = chosen.documents.with_name("elsewhere")
        shutil.move(chosen.documents, elsewhere)
        await until(lambda: "changes were not taken in" in caplog.text)
        assert bot.services.desk.generation.name.startswith("000001-")
        shutil.copytree(elsewhere, chosen.documents)
        (chosen.documents / "pool.md").write_text(POOL)
        await until(lambda: bot.services.desk.generation.name.startswith("000002-"), SOON)


async def test_the_program_logs_in_before_it_brings_the_index_up_to_date(
    discord: StandIn, chosen: Settings, documents: Path, ada: Person
) -> None:
    (documents / "pool.md").write_text(POOL)
    async with started(discord.addresses, discord.token, chosen) as program:
        await program.logged("ready")
        assert not any(line["message"] == "generation in use" for line in program.log)
        news = "the index was brought up to date"
        await until(lambda: any(line["message"] == news for line in program.log), SOON)
        assert "closed on Mondays" in (await ask(discord, ada, ASKED)).text
