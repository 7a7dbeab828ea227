"""The program itself, started as people start it, talking to the stand-in Discord."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.preferences.store import Preferences
from bot.settings import Settings
from bot.standin import Addresses, ClientRefusesError, Person, StandIn
from bot.standin.posting.post import delete
from bot.standin.state.channel import Channel
from tests.bot.wire.conftest import until
from tests.bot.wire.test_secrets import secrets_of

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening"
STARTS = 60.0
"""Seconds that a start may take on a busy machine: most of them go into loading the model."""


@dataclass
class Running:
    """`quoth run` with a token, and what it has printed on standard error."""

    process: asyncio.subprocess.Process
    printed: list[str] = field(default_factory=list)

    @property
    def log(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.printed if line.startswith("{")]

    async def read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.printed.append(line.decode())

    async def logged(self, message: str) -> dict[str, Any]:
        def find_line() -> dict[str, Any] | None:
            assert self.process.returncode is None, "".join(self.printed)
            return next((line for line in self.log if line["message"] == message), None)

        return await until(find_line, STARTS)


@pytest.fixture(autouse=True)
def _greeted(discord: StandIn, chosen: Settings) -> None:
    """Have no hello come between a question and its answer."""
    chosen.data.mkdir(parents=True, exist_ok=True)
    with closing(Preferences(chosen.data)) as stored:
        stored.begin_greetings([guild.id for guild in discord.world.bot_guilds])


@asynccontextmanager
async def started(
    addresses: Addresses, token: str, chosen: Settings, before: Callable[[], None] | None = None, **variables: str
) -> AsyncIterator[Running]:
    """Start the program; `before` runs in its process first."""
    given = {"QUOTH_DISCORD_TOKEN": token, "QUOTH_DOCUMENTS": str(chosen.documents), "QUOTH_DATA": str(chosen.data)}
    given["QUOTH_WATCH"] = str(bool(chosen.watch))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cli.on_standin", addresses.api, addresses.gateway, addresses.cdn, "run"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **given, **variables},
        cwd=chosen.data.parent,
        preexec_fn=before,
    )
    running = Running(process)
    reading = asyncio.create_task(running.read())
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading


async def test_it_does_all_that_a_person_can_ask_for(
    discord: StandIn, chosen: Settings, documents: Path, ada: Person, mod: Person
) -> None:
    """From the first question to SIGTERM, when what is open is finished and nothing new is begun."""
    forum = discord.forum("help")
    given = {"QUOTH_LOG_LEVEL": "DEBUG", "QUOTH_CHANNELS": str(forum.id), "QUOTH_COOLDOWN_SECONDS": "0"}
    given["QUOTH_HEALTH_PORT"] = "0"
    async with started(discord.addresses, discord.token, chosen, **given) as running:
        await running.logged("ready")
        await asks_in_every_way(discord, ada, forum)
        await looks_things_up(discord, ada)
        await rebuilds_and_goes_back(discord, documents, ada, mod)
        await tells_how_it_does((await running.logged("health and metrics"))["address"])
        held = discord.api.faults.fail("PATCH /webhooks/*", 429, retry_after=1.5)
        open_ = ada.slash(discord.channel, "ask", question=QUESTION)
        await until(lambda: held.hits > 0)
        running.process.send_signal(signal.SIGTERM)
        await running.logged("stopping")
        late = ada.slash(discord.channel, "help")
        assert QUIET in (await open_.answer()).text
        assert "being restarted" in (await late.answer()).text
        async with asyncio.timeout(60):
            assert await running.process.wait() == 0
    output = "".join(running.printed)
    assert not [secret for secret in secrets_of(discord, chosen.data) if secret in output]
    assert QUESTION not in output
    assert [line for line in running.printed if not line.startswith("{")] == [], "the log is JSON lines"
    assert all(
        line["level"] in {"DEBUG", "INFO"}
        for line in running.log
        if line["logger"].startswith("bot") and "home" not in line["message"]
    )
    assert any(line["answered"] for line in running.log if line["message"] == "question")
    assert {refusal.code for refusal in discord.api.refusals} <= {10008, 50027}, (
        "a message tidied away, a token that is over"
    )
    shown = [*ada.sees(discord.channel), *mod.sees(discord.channel)]
    assert not any(seen.pings for seen in shown if seen.message.author.bot)


async def asks_in_every_way(discord: StandIn, ada: Person, forum: Channel) -> None:
    answer = await ada.slash(discord.channel, "ask", question=QUESTION).answer()
    assert QUIET in answer.text
    assert "end at seven" in (await ada.click(answer, answer.buttons[0].label).answer()).text
    assert (await ada.click(answer, "More").answer()).ephemeral
    assert "noted" in (await ada.click(answer, "👍").answer()).text
    assert QUIET in (await ada.ask(discord.channel, QUESTION).answer()).text
    assert "Cats stay" in (await ada.reply(answer, "May cats come in?").answer()).text
    assert QUIET in (await ada.dm(QUESTION).answer()).text
    assert QUIET in (await ada.post(forum, "Quiet hours", QUESTION).answer()).text
    said = ada.say(discord.channel, QUESTION)
    assert await said.unanswered()
    assert QUIET in (await ada.menu(said, "Answer this").answer()).text
    assert "House rules › Quiet hours" in (await ada.menu(said, "Find sources").answer()).text


async def looks_things_up(discord: StandIn, ada: Person) -> None:
    assert "House rules" in (await ada.slash(discord.channel, "source list").answer()).text
    assert "Quiet hours" in (await ada.slash(discord.channel, "source find", name="quite hours").answer()).text
    [(_, source)] = await ada.autocomplete(discord.channel, "source show", "source", "hous")
    shown = ada.slash(discord.channel, "source show", source=source, section="Pets")
    assert "Dogs may come in" in (await shown.answer()).text
    assert "What can be asked here" in (await ada.slash(discord.channel, "help").answer()).text


async def rebuilds_and_goes_back(discord: StandIn, documents: Path, ada: Person, mod: Person) -> None:
    """The rebuild outlives its token; a second one joins it, and goes on when its message is tidied away."""
    with pytest.raises(ClientRefusesError):
        ada.slash(discord.channel, "index rebuild")
    (documents / "pool.md").write_text("# Pool\n\nThe pool is closed on Mondays.\n")
    assert "Added since" in (await mod.slash(discord.channel, "index status").answer()).text
    before = len(mod.sees(discord.channel))
    rebuild = mod.slash(discord.channel, "index rebuild")
    tidied = mod.slash(discord.channel, "index rebuild")
    await rebuild.answer()
    delete(discord.world, (await tidied.answer()).message)
    discord.clock.advance(15 * 60)
    assert "3 documents" in (await rebuild.when(lambda seen: "- Pool" in seen.text, STARTS)).text

    def reports() -> bool:
        shown = mod.sees(discord.channel)[before:]
        return len(shown) == 2 and all("- Pool" in seen.text for seen in shown)

    await until(reports)
    asked = await mod.slash(discord.channel, "index rollback").answer()
    assert "index 1" in (await mod.click(asked, "Go back").answer()).text.lower()


async def tells_how_it_does(address: str) -> None:
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{address}/healthz") as response:
            assert response.status == 200, await response.text()
        async with http.get(f"{address}/metrics") as response:
            metrics = await response.text()
    assert 'quoth_questions_total{way="unasked"} 1.0' in metrics
    assert 'quoth_rebuilds_total{outcome="swapped"} 1.0' in metrics
    assert "quoth_documents 2.0" in metrics
    if sys.platform == "linux":
        assert "process_resident_memory_bytes" in metrics
    assert QUESTION not in metrics


async def test_without_the_content_intent_it_starts_all_the_same(
    discord: StandIn, chosen: Settings, ada: Person
) -> None:
    discord.world.application.message_content = False
    variables = {"QUOTH_LOG_QUESTIONS": "true", "QUOTH_LOG_LEVEL": "DEBUG", "QUOTH_COOLDOWN_SECONDS": "0"}
    async with started(discord.addresses, discord.token, chosen, **variables) as running:
        await running.logged("ready")
        assert any("no message content intent" in line["message"] for line in running.log)
        assert QUIET in (await ada.ask(discord.channel, QUESTION).answer()).text
        assert (await running.logged("question"))["question"] == QUESTION
        assert QUIET in (await ada.slash(discord.channel, "ask", question=QUESTION).answer()).text
        running.process.send_signal(signal.SIGINT)
        async with asyncio.timeout(60):
            assert await running.process.wait() == 0
    output = "".join(running.printed)
    assert "INTERACTION_CREATE" in output, "at DEBUG, discord.py logs all that Discord sends"
    assert "voice will NOT" not in output, "the bot never speaks, so nobody has to install anything for that"
    assert not [secret for secret in secrets_of(discord, chosen.data) if secret in output]


async def test_a_wrong_token_no_network_and_a_taken_port_are_one_sentence(discord: StandIn, chosen: Settings) -> None:
    token = f"{discord.token}.of-another"
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    unreachable = Addresses(f"http://127.0.0.1:{port}/api/v10", f"ws://127.0.0.1:{port}", f"http://127.0.0.1:{port}")
    variables = {"QUOTH_LOG_LEVEL": "DEBUG", "QUOTH_LOG_QUESTIONS": "true"}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        health = {"QUOTH_HEALTH_PORT": str(taken.getsockname()[1])}
        async with (
            started(discord.addresses, token, chosen, **variables) as refused,
            started(unreachable, token, chosen, **variables) as alone,
            started(discord.addresses, discord.token, chosen, **health) as late,
        ):
            every = asyncio.gather(*(program.process.wait() for program in (refused, alone, late)))
            await asyncio.wait_for(every, 2 * STARTS)
    for ended, says in (
        (refused, "does not know this token"),
        (alone, "Discord cannot be reached"),
        (late, "(Address already in use): change QUOTH_HEALTH_HOST or QUOTH_HEALTH_PORT"),
    ):
        assert ended.process.returncode == 1
        sentences = [line for line in ended.printed if not line.startswith("{")]
        assert len(sentences) == 1, sentences
        assert sentences[0].startswith("quoth: ")
        assert says in sentences[0]
        assert token not in "".join(ended.printed)
        assert "Traceback" not in "".join(ended.printed)
