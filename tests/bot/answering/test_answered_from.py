"""What the running bot answers from, as another process is told."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from bot.answering.answered_from import announced, answered_from
from bot.answering.desk import Desk
from bot.settings import OFF, Settings
from bot.telemetry.metrics import Metrics
from index.encode.encoder import Encoder
from tests.bot.conftest import Quoth


async def test_the_status_names_what_the_running_bot_answers_from_while_that_is_another(
    quoth: Quoth, documents: Path, tmp_path: Path, encoder: Encoder
) -> None:
    data = tmp_path / "data"
    where = ("--documents", str(documents), "--data", str(data))

    async def until_answered_from(generation: str) -> None:
        async with asyncio.timeout(30):
            while answered_from(data) != generation:  # noqa: ASYNC110 -- what is in a file
                await asyncio.sleep(0.01)

    def answering() -> str | None:
        return json.loads(quoth("index", "status", "--json", *where).out)["answering"]

    quoth("index", "build", *where)
    desk = Desk(Settings(documents=documents, data=data, reranker=OFF), encoder, Metrics())
    assert answering() is None, "no bot runs"
    async with announced(desk, data):
        await until_answered_from(before := desk.generation.name)
        async with announced(desk, data):
            assert answering() is None, "it is the one in use"
        (documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
        quoth("index", "build", *where)
        assert answering() == before
        assert f"WARNING: The running bot answers from {before}." in quoth("index", "status", *where).out
        await desk.refresh()
        await until_answered_from(desk.generation.name)
        assert answering() is None
    assert answered_from(data) is None
    await desk.close()
