"""Runs of connectors while the bot runs, each in a process of its own."""

from __future__ import annotations

import asyncio
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import cast

import pytest

from bot import compose, settings
from bot.rebuilding.rebuilds import Rebuilds
from bot.rebuilding.refreshes import Refreshes
from index.errors import ConnectorError
from index.library.additions import Additions
from tests.index.library.connectors.conftest import held
from tests.index.library.connectors.site import Answer, Site


async def test_what_is_set_up_again_while_it_is_read_is_read_anew_and_seen(tmp_path: Path) -> None:
    chosen = settings.load(documents=tmp_path / "documents", data=tmp_path / "data", web_hosts="127.0.0.1")
    connectors, refreshes = compose.connectors(chosen), Refreshes(chosen, cast(Rebuilds, None), Additions(chosen.data))
    asked, may_answer = threading.Event(), threading.Event()

    def slowly(_: BaseHTTPRequestHandler) -> Answer:
        asked.set()
        may_answer.wait()
        return Answer(b"<html><body><p>The pool is closed on Mondays.</p></body></html>")

    with Site() as site:
        site.routes["/old/"] = slowly
        site.page("/new/pool", "The pool is closed on Fridays.")
        site.page("/new/", "All of it.", "pool")
        connectors.add("wiki", {"kind": "web", "location": f"{site.url}/old/"}, kept=True)
        running = refreshes.refresh("wiki")
        try:
            await asyncio.to_thread(asked.wait)
            with pytest.raises(ConnectorError, match="wiki is being refreshed already"):
                connectors.remove("wiki")
            connectors.add("wiki", {"kind": "web", "location": f"{site.url}/new/"}, kept=True)
            assert refreshes.refresh("wiki") is running
            anew = refreshes.refresh("wiki", anew=True)
        finally:
            may_answer.set()
        assert (await anew).documents == 2
    assert running.done()
    assert sorted(held(connectors, "wiki")) == ["index.html", "pool.html"]


async def test_runs_that_wait_for_another_are_broken_off_with_it(tmp_path: Path) -> None:
    chosen = settings.load(documents=tmp_path / "documents", data=tmp_path / "data", web_hosts="127.0.0.1")
    refreshes = Refreshes(chosen, cast(Rebuilds, None), Additions(chosen.data))
    running = refreshes.refresh("wiki")
    anew = refreshes.refresh("wiki", anew=True)
    await asyncio.sleep(0)  # for both to have begun
    refreshes.cancel()
    ended = await asyncio.gather(running, anew, return_exceptions=True)
    assert [type(error) for error in ended] == [asyncio.CancelledError] * 2
