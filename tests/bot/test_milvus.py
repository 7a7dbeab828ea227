"""The bot over an index in Milvus: what the settings take, what is told, and that swaps are followed."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path

import pytest

from bot import compose, logs, settings
from bot.access.rules import Audience
from bot.answering.away import AwayError
from bot.answering.follow import follow
from bot.env_file import SettingsError
from bot.health.checks import PATIENCE, Health
from bot.services import open_services
from bot.settings import as_environment, secrets_of
from index.answer.asked import Asked
from index.encode.encoder import Encoder
from index.errors import StoreError
from tests.bot.conftest import Quoth
from tests.milvus_server import Server

_QUESTION = Asked("When does the bakery open?")


@pytest.mark.parametrize("value", ["hunter2", "http://bot:hunter2@db/wiki", "milvus://bot:hunter2@db/wiki/hunter2"])
def test_an_address_that_is_none_is_told_and_not_repeated(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_INDEX", value)
    with pytest.raises(SettingsError, match=r"^The value of QUOTH_INDEX cannot be used: .*milvus://.*\.$") as error:
        settings.load()
    assert "hunter2" not in str(error.value)


def test_what_lets_one_in_is_shown_nowhere_and_reaches_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "milvus://bot:hunter%402@db/wiki"
    monkeypatch.setenv("QUOTH_INDEX", url)
    loaded = settings.load()
    assert "hunter" not in repr(loaded)
    assert "hunter" not in loaded.model_dump_json()
    logged = logging.LogRecord("x", logging.ERROR, "", 0, f"{url} bot:hunter@2 hunter@2", None, None)
    assert "hunter" not in logs.JsonLines(*secrets_of(loaded)).format(logged)
    assert as_environment(loaded)["QUOTH_INDEX"] == url


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [
        module for module in sys.modules if module.startswith("index.store.milvus.") and not module.endswith(".address")
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    monkeypatch.setenv("QUOTH_INDEX", "milvus://localhost/wiki")
    with pytest.raises(StoreError, match=r"pip install -e '\.\[milvus\]'"):
        compose.shelf(settings.load())


def test_the_command_line_works_as_over_a_folder(
    server: Server, quoth: Quoth, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = ("--documents", str(documents))
    monkeypatch.setenv("QUOTH_INDEX", server.url())
    missing = quoth("ask", "When does the bakery open?", *folders)
    assert (missing.status, missing.err.count("\n")) == (1, 1)
    assert "There is no index in Milvus" in missing.err
    assert "in use" in quoth("index", "build", *folders).out
    assert "opens at six" in quoth("ask", "When does the bakery open?", *folders).out
    assert "is whole" in quoth("index", "verify", *folders).out
    status = json.loads(quoth("index", "status", "--json", *folders).out)
    assert status["documents"] == 2
    assert "bakery" in quoth("source", "list", *folders).out
    monkeypatch.setenv("QUOTH_INDEX", Server(tmp_path).url())
    away = quoth("ask", "When does the bakery open?", *folders)
    assert away.status == 1
    assert away.err.startswith("quoth: Milvus at 127.0.0.1:")
    assert away.err.count("\n") == 1


async def test_a_desk_says_when_it_is_away_recovers_and_follows_swaps(
    server: Server, documents: Path, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_INDEX", server.url())
    loaded = settings.load(documents=documents, data=tmp_path / "data", device="cpu", reranker="off")
    builder = compose.builder(loaded, encoder)
    builder.build(documents, lambda *_: None)
    services = open_services(loaded, encoder)
    desk = services.desk
    health = Health(services, PATIENCE)
    away = "The index cannot be reached: the log says why."
    following = asyncio.create_task(follow(desk, compose.shelf(loaded), 0.2))
    assert "six" in (await desk.answer(_QUESTION, Audience())).quotes[0].text
    server.kill()
    with pytest.raises(AwayError, match="ask again in a minute"):
        await desk.answer(Asked("Are dogs allowed in the house?"), Audience())
    assert away in await health.complaints()
    await asyncio.sleep(0.5)
    server.start()
    assert away not in await health.complaints()
    assert "six" in (await desk.answer(_QUESTION, Audience())).quotes[0].text
    bakery = documents / "bakery.txt"
    bakery.write_text(bakery.read_text().replace("six", "seven"))
    report = await asyncio.to_thread(builder.build, documents, lambda *_: None)
    async with asyncio.timeout(60):
        while desk.generation.name != report.generation:  # noqa: ASYNC110 -- nothing says when
            await asyncio.sleep(0.1)
    assert "seven" in (await desk.answer(_QUESTION, Audience())).quotes[0].text
    following.cancel()
    await desk.close()
    services.votes.close()
    services.journal.close()
