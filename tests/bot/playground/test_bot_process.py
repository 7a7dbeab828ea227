"""The processes of a playground: how they start, what they say, and that none is left behind."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.playground import server
from bot.playground.botstate import BotState, Phase
from bot.playground.keeper import Keeper
from bot.playground.reports import Reports
from bot.playground.running import Running
from bot.playground.server import PortError, listen
from bot.rebuilding.rebuilds import whole_lines
from tests.bot.conftest import Quoth
from tests.bot.wire.conftest import until

from .browser import Browser, buttons, opened, text
from .conftest import write_documents

STARTS = 60.0
"""Seconds that a process may take to start on a busy machine."""


@dataclass
class Started:
    """`quoth` with a terminal on standard input and standard error, if it `has_terminal`."""

    process: subprocess.Popen[str]
    folder: Path

    def address(self) -> str:
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        assert "http://127.0.0.1:" in first, first
        return f"http://{first.rpartition('http://')[2].strip()}"

    def bot(self) -> int:
        """Return the id of the bot's process."""
        return eventually(lambda: next(iter(children(self.process.pid)), None))

    def playgrounds(self) -> list[Path]:
        return list((self.folder / "data").glob(".playground/*"))


def children(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return []


def is_alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def eventually(look, seconds: float = STARTS):  # type: ignore[no-untyped-def]
    end = time.monotonic() + seconds
    while not (result := look()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return result


@contextmanager
def started(folder: Path, *arguments: str, terminal: bool = False, **variables: str) -> Iterator[Started]:
    if not (folder / "documents").exists():
        write_documents(folder / "documents")
    given = {**os.environ, "QUOTH_DOCUMENTS": str(folder / "documents"), "QUOTH_DATA": str(folder / "data")}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        given.pop(name, None)
    inner, outer = pty.openpty() if terminal else (None, subprocess.DEVNULL)
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        stdin=outer,
        stdout=subprocess.PIPE,
        stderr=outer if terminal else subprocess.PIPE,
        env={**given, **variables},
        cwd=folder,
        text=True,
    )
    with process:
        try:
            yield Started(process, folder)
        finally:
            process.kill()
            for descriptor in (inner, outer) if terminal else ():
                os.close(descriptor)


def test_without_a_token_a_person_at_a_terminal_gets_the_playground(tmp_path: Path) -> None:
    """The address is printed and opened, and Ctrl-C ends everything that was begun."""
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\nexec sleep 60\n')
    browser.chmod(0o755)
    with started(tmp_path, "run", terminal=True, BROWSER=f"{browser} %s") as quoth:
        address = quoth.address()
        opened = eventually(lambda: (tmp_path / "opened").exists() and (tmp_path / "opened").read_text().strip())
        assert opened == address
        bot = quoth.bot()
        assert len(quoth.playgrounds()) == 2, "a folder and its lock"
        began = time.monotonic()
        quoth.process.send_signal(signal.SIGINT)
        assert quoth.process.wait(STARTS) == 0
        assert time.monotonic() - began < 20
        assert not is_alive(bot)
        assert not quoth.playgrounds()


def test_sigterm_ends_it_as_ctrl_c_does_and_no_browser_is_opened_unasked(tmp_path: Path) -> None:
    browser = f"touch {tmp_path}/opened"
    with started(tmp_path, "playground", "--no-browser", "--port", "0", BROWSER=browser) as quoth:
        quoth.address()
        bot = quoth.bot()
        quoth.process.send_signal(signal.SIGTERM)
        assert quoth.process.wait(STARTS) == 0
        assert not is_alive(bot)
        assert not quoth.playgrounds()
    assert not (tmp_path / "opened").exists()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked up in /proc")
def test_the_bot_ends_where_the_process_that_started_it_is_killed(tmp_path: Path) -> None:
    with started(tmp_path, "playground", "--no-browser", "--port", "0") as quoth:
        quoth.address()
        bot = quoth.bot()
        assert quoth.process.stderr is not None
        while (said := quoth.process.stderr.readline()) != "The bot is ready.\n":
            assert said, "it ended"
        quoth.process.send_signal(signal.SIGKILL)
        quoth.process.wait()
        eventually(lambda: not is_alive(bot), 30)


def test_what_cannot_begin_is_one_sentence(quoth: Quoth, documents: Path, tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "data"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = quoth("playground", "--documents", str(documents), *data, "--port", str(port))
        assert ended.status == 1
        assert ended.err == f"quoth: Port {port} cannot be used (Address already in use): name another with --port.\n"
    ended = quoth("playground", "--documents", str(tmp_path / "none"), *data, "--port", "0")
    assert ended.status == 1
    assert "There is no folder" in ended.err
    assert ended.out == ""
    assert quoth("playground", "--port", "70000").status == 2
    assert not (tmp_path / "data" / ".playground").exists()


def test_the_usual_port_is_taken_where_it_is_free_and_any_other_where_not(monkeypatch: pytest.MonkeyPatch) -> None:
    with listen(0) as first:
        port = first.getsockname()[1]
        monkeypatch.setattr(server, "PORT", port)
        with listen(None) as other:
            assert other.getsockname()[1] not in {0, port}
        with pytest.raises(PortError):
            listen(port)
    with listen(None) as usual:
        assert usual.getsockname() == ("127.0.0.1", port)


@pytest.mark.asyncio(loop_scope="session")
async def test_a_bot_that_is_killed_is_said_to_be_gone_and_can_be_started_again(
    ada: Browser, running: Running, http: aiohttp.ClientSession
) -> None:
    general = ada.id_of("general")
    before = await ada.ask("When do quiet hours begin?")
    bot = running.game.keeper.process
    assert bot is not None
    bot.kill()
    gone = await ada.hear(lambda push: push.get("event") == "bot" and push["bot_state"]["state"] == "stopped")
    assert gone["bot_state"]["told"] == "The bot was ended by SIGKILL."
    used = (await ada.do("slash", channel=general, command="help"))["interaction"]
    async with opened(http, running) as again:
        await again.become("Ada")
        await again.event("failed", interaction=used)
    await ada.event("failed", interaction=used)
    seen = len(ada.pushes)
    await ada.do("restart")

    def is_ready(push: dict[str, object]) -> bool:
        state = push.get("bot_state")
        return ada.pushes.index(push) > seen and isinstance(state, dict) and state["state"] == "ready"

    await ada.hear(is_ready, 120)
    assert not [push for push in ada.pushes[seen:] if push.get("bot_state", {}).get("state") == "building"]
    press = next(custom_id for label, custom_id in buttons(before["components"]).items() if label.startswith("Context"))
    used = (await ada.do("click", channel=general, message=before["id"], custom_id=press))["interaction"]
    assert "Quiet hours begin" in text(await ada.answer(used))
    after = await ada.ask("When do quiet hours begin?")
    await ada.event("trace", message=after["id"])


@pytest.mark.asyncio(loop_scope="session")
async def test_what_keeps_the_bot_from_starting_is_told(running: Running) -> None:
    states: list[BotState] = []
    keeper = Keeper(running.game.keeper.orders, {"QUOTH_QUOTES": "many"}, states.append, lambda _: None)
    await keeper.start()
    await until(lambda: bool(states) and states[-1].phase is Phase.STOPPED, STARTS)
    await keeper.stop()
    assert "The value 'many' of QUOTH_QUOTES cannot be used" in states[-1].message


def test_why_the_bot_does_not_start_is_told_once(tmp_path: Path) -> None:
    with started(tmp_path, "playground", "--no-browser", "--port", "0", QUOTH_MODEL=str(tmp_path / "none")) as quoth:
        quoth.address()
        assert quoth.process.stderr is not None
        while not (said := quoth.process.stderr.readline()).startswith("quoth: "):
            assert said, "it ended"
        time.sleep(2)  # for what is told once more
        quoth.process.send_signal(signal.SIGINT)
        assert said.removeprefix("quoth: ") not in quoth.process.stderr.read()


async def test_a_line_that_is_broken_off_is_none() -> None:
    """The bot may be killed while it reports."""
    reports = asyncio.StreamReader()
    reports.feed_data(b'{"report": "ready"}\n{"repo')
    reports.feed_eof()
    assert [line async for line in whole_lines(reports)] == [b'{"report": "ready"}\n']


def test_a_report_that_cannot_be_made_keeps_none_from_being_written() -> None:
    read, write = os.pipe()
    reports = Reports(write)
    reports.send(lambda: {"report": 1 // 0})
    reports.send({"report": "\ud800"})
    with os.fdopen(read, encoding="utf-8") as lines:
        assert json.loads(lines.readline()) == {"report": "\ud800"}


async def test_the_page_is_there_while_the_bot_is_not(tmp_path: Path) -> None:
    with started(tmp_path, "playground", "--no-browser", "--port", "0") as quoth:
        address = await asyncio.to_thread(quoth.address)
        port = address.split(":")[2].split("/")[0]
        own = {"Origin": f"http://127.0.0.1:{port}"}
        async with aiohttp.ClientSession() as http, http.ws_connect(f"{address}socket", headers=own) as socket_:
            hello = await socket_.receive_json()
            assert hello["bot_state"]["state"] == "starting"
            quoth.process.send_signal(signal.SIGINT)
            async with asyncio.timeout(STARTS):
                while (await socket_.receive()).type is not aiohttp.WSMsgType.CLOSED:
                    pass
            assert socket_.close_code == aiohttp.WSCloseCode.GOING_AWAY
        assert await asyncio.to_thread(quoth.process.wait) == 0
