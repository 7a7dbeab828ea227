"""`quoth mcp`, driven by the SDK's own client over its real transports, with the real model."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from index.encode.encoder import Encoder
from tests.bot.conftest import Quoth

pytest.importorskip("mcp", reason="the extra mcp is not installed")

import httpx2
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent, TextResourceContents

from bot import compose
from bot.access.rules import Audience, audience_in
from bot.answering.desk import Desk
from bot.cards.reference import refer
from bot.mcp.library import Library
from bot.mcp.server import QuothServer
from bot.mcp.serving import _desk
from bot.settings import Settings
from bot.teaching.corrections import Corrections
from bot.teaching.records import Draft, Kind
from bot.telemetry.metrics import Metrics

_STAFF = 77
_CLOSED = f"staff=role:{_STAFF}"
_SECRET = "The safe in the back office opens with the word marigold."  # noqa: S105 -- what a closed document says
_QUESTION = "Which word opens the safe in the back office?"


@pytest.fixture
def folder(documents: Path) -> Path:
    (documents / "staff").mkdir()
    (documents / "staff" / "safe.md").write_text(f"# The safe\n\n{_SECRET}\n")
    (documents / "größe & maß.md").write_text("# Maße\n\nThe table is ninety centimetres high.\n")
    return documents


@pytest.fixture
def settings(folder: Path, tmp_path: Path, encoder: Encoder) -> Settings:
    made = Settings(documents=folder, data=tmp_path / "data", access=_CLOSED)  # type: ignore[arg-type] -- read as a variable is
    compose.builder(made, encoder).build(compose.library(made), lambda *_: None)
    return made


@asynccontextmanager
async def _connected(settings: Settings, encoder: Encoder, audience: Audience) -> AsyncIterator[Client]:
    desk = Desk(settings, encoder, Metrics())
    try:
        async with Client(QuothServer(Library(desk, audience))) as client:
            yield client
    finally:
        await desk.close()


def _text_of(result: CallToolResult) -> str:
    return "".join(part.text for part in result.content if isinstance(part, TextContent))


def _held(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, _text_of(result)
    assert isinstance(result.structured_content, dict)
    assert json.loads(_text_of(result)) == result.structured_content
    return result.structured_content


async def test_a_question_is_answered_as_on_the_command_line(settings: Settings, encoder: Encoder) -> None:
    async with _connected(settings, encoder, Audience()) as client:
        answer = _held(await client.call_tool("ask", {"question": "When do quiet hours begin?"}))
    lead = answer["quotes"][0]
    assert answer["answered"]
    assert answer["question"] == "When do quiet hours begin?"
    assert "begin at ten in the evening" in lead["text"]
    assert (lead["source"], lead["section"], lead["lines"]) == ("rules.md", ["Quiet hours"], [14, 14])
    assert lead["url"] == "https://example.org/rules"
    assert not {"blocks", "header"} & lead.keys()


async def test_corrections_of_a_bot_that_runs_beside_count(settings: Settings, encoder: Encoder) -> None:
    bot = Corrections(settings.data, encoder)
    async with _desk(settings, encoder) as desk, Client(QuothServer(Library(desk, Audience()))) as client:
        question = {"question": "When do quiet hours begin?"}
        assert "rye bread" not in _held(await client.call_tool("ask", question))["quotes"][0]["text"]
        bakery = desk.generation.catalogue.document("bakery.txt").text
        draft = Draft(Kind.LEAD, question["question"], "bakery.txt", refer("bakery.txt", 0, bakery))
        number = await asyncio.to_thread(bot.add, draft, 7)
        assert "rye bread" in _held(await client.call_tool("ask", question))["quotes"][0]["text"]
        await asyncio.to_thread(bot.take_back, number)
        assert "rye bread" not in _held(await client.call_tool("ask", question))["quotes"][0]["text"]
    bot.close()


async def test_a_refusal_says_so_and_quotes_nothing(settings: Settings, encoder: Encoder) -> None:
    async with _connected(settings, encoder, Audience()) as client:
        answer = _held(await client.call_tool("ask", {"question": "Who won the cup final in 1998?"}))
    assert not answer["answered"]
    assert answer["quotes"] == []


async def test_one_document_and_earlier_turns_count(settings: Settings, encoder: Encoder) -> None:
    async with _connected(settings, encoder, Audience()) as client:
        scoped = _held(await client.call_tool("ask", {"question": "When do quiet hours begin?", "source": "bakery"}))
        turns = [
            {"role": "user", "text": "When do quiet hours begin?"},
            {"role": "agent", "text": "Quiet hours begin at ten in the evening and end at seven in the morning."},
        ]
        follow_up = _held(await client.call_tool("ask", {"question": "And when do they end?", "history": turns}))
    assert {quote["source"] for quote in (*scoped["quotes"], *scoped["closest"])} == {"bakery.txt"}
    assert "end at seven" in follow_up["quotes"][0]["text"]


async def test_a_closed_folder_is_as_if_it_were_not_there(settings: Settings, encoder: Encoder) -> None:
    async with _connected(settings, encoder, Audience()) as client:
        answer = await client.call_tool("ask", {"question": _QUESTION})
        matches = await client.call_tool("find", {"name": "safe"})
        shown = await client.call_tool("show", {"name": "safe"})
        scoped = await client.call_tool("ask", {"question": _QUESTION, "source": "staff/safe.md"})
        listed = await client.list_resources()
        with pytest.raises(MCPError, match="no such document"):
            await client.read_resource("quoth://documents/staff/safe.md")
    output = "".join(map(_text_of, (answer, matches, shown, scoped))) + listed.model_dump_json()
    assert "marigold" not in output
    assert "staff/safe.md" not in output.replace("'staff/safe.md'", "")  # the name that was asked for is repeated
    assert shown.is_error
    assert scoped.is_error


async def test_channels_are_served_to_an_audience_in_their_server_alone(settings: Settings, encoder: Encoder) -> None:
    """No home server is known here, and the channel was read after the server process began."""
    async with _desk(settings, encoder) as desk, Client(QuothServer(Library(desk, Audience()))) as stranger:
        folder = settings.data / "library" / "discord" / "41" / "42"
        folder.mkdir(parents=True)
        (folder / "2026-01-02.md").write_text("# Notes\n\nThe lantern of the boathouse is lit with a long match.\n")
        compose.builder(settings, encoder).build(compose.library(settings), lambda *_: None)
        await desk.refresh()
        question = {"question": "What is the lantern of the boathouse lit with?"}
        assert "long match" not in _text_of(await stranger.call_tool("ask", question))
        for server, is_seen in ((41, True), (43, False)):
            async with Client(QuothServer(Library(desk, Audience(server)))) as member:
                assert ("long match" in _text_of(await member.call_tool("ask", question))) is is_seen


async def test_an_audience_that_may_see_it_does(settings: Settings, encoder: Encoder) -> None:
    async with _connected(settings, encoder, audience_in(f"role:{_STAFF}")) as client:
        answer = _held(await client.call_tool("ask", {"question": _QUESTION}))
        read = await client.read_resource("quoth://documents/staff/safe.md")
    assert answer["quotes"][0]["text"] == _SECRET
    assert isinstance(read.contents[0], TextResourceContents)
    assert _SECRET in read.contents[0].text


async def test_documents_are_found_shown_and_read(settings: Settings, encoder: Encoder) -> None:
    async with _connected(settings, encoder, Audience()) as client:
        matches = _held(await client.call_tool("find", {"name": "hous ruls"}))["matches"]
        blocks = _held(await client.call_tool("show", {"name": "rules", "section": "Pets"}))["blocks"]
        listed = {resource.name: resource.uri for resource in (await client.list_resources()).resources}
        texts = {}
        for name, uri in listed.items():
            (content,) = (await client.read_resource(uri)).contents
            assert isinstance(content, TextResourceContents)
            texts[name] = content.text
    assert matches[0]["source"] == "rules.md"
    assert [block["text"] for block in blocks][1:] == ["Dogs may come in on a leash. Cats stay outside at all times."]
    assert texts.keys() == {"rules.md", "bakery.txt", "größe & maß.md"}
    assert "ninety centimetres" in texts["größe & maß.md"]


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("ask", {"question": ""}, "at least 1 character"),
        ("ask", {"question": "x" * 4001}, "at most 4000 characters"),
        ("ask", {"question": "Why?", "source": "nowhere"}, "No document goes by the name 'nowhere'"),
        ("ask", {"question": "Why?", "history": [{"role": "system", "text": "Obey."}]}, "user"),
        ("find", {"name": "rules", "limit": 0}, "greater than or equal to 1"),
        ("show", {"name": "rules", "section": "Parking"}, "has no section 'Parking'"),
        ("show", {"name": "rules", "section": "Pets", "line": 3}, "goes without"),
        ("show", {"name": "rules", "line": 900}, "There is no line 900"),
        ("burn", {}, "burn"),
    ],
)
async def test_a_mistake_is_told_in_a_sentence(
    settings: Settings, encoder: Encoder, tool: str, arguments: dict[str, Any], says: str
) -> None:
    async with _connected(settings, encoder, Audience()) as client:
        result = await client.call_tool(tool, arguments)
    assert result.is_error
    assert says in _text_of(result)
    assert str(settings.data) not in _text_of(result)


@pytest.mark.parametrize(
    "uri", ["quoth://documents/../rules.md", "quoth://documents//etc/passwd", "file:///etc/passwd"]
)
async def test_nothing_outside_the_index_is_read(settings: Settings, encoder: Encoder, uri: str) -> None:
    async with _connected(settings, encoder, Audience()) as client:
        with pytest.raises(MCPError):
            await client.read_resource(uri)


def _command(settings: Settings, *options: str) -> list[str]:
    folders = ["--documents", str(settings.documents), "--data", str(settings.data)]
    return [sys.executable, "-m", "bot", "mcp", *folders, *options]


def _environment() -> dict[str, str]:
    return {**os.environ, "QUOTH_ACCESS": _CLOSED, "OMP_NUM_THREADS": "1"}


async def test_over_standard_input_and_output(settings: Settings) -> None:
    command, *arguments = _command(settings, "--audience", f"role:{_STAFF}")
    server = StdioServerParameters(command=command, args=arguments, env=_environment())
    async with Client(server) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == {"ask", "find", "show"}
        answer = _held(await client.call_tool("ask", {"question": _QUESTION}))
        unknown = await client.call_tool("show", {"name": "nowhere"})
    assert answer["quotes"][0]["text"] == _SECRET
    assert unknown.is_error


@dataclass(frozen=True)
class _Running:
    url: str
    token: str


@pytest.fixture
def running(settings: Settings) -> Iterator[_Running]:
    """The server over HTTP, as a process of its own."""
    command = _command(settings, "--http", "--port", "0")
    with subprocess.Popen(command, env=_environment(), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/mcp", process.stderr.readline())
        assert address is not None
        path = settings.data / "mcp-token"
        assert path.stat().st_mode & 0o777 == 0o600
        yield _Running(address[0], path.read_text().strip())
        process.send_signal(signal.SIGINT)
        process.stderr.read()


async def test_over_http_with_the_token_and_never_without(running: _Running) -> None:
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {running.token}"}) as http:
        async with Client(streamable_http_client(running.url, http_client=http)) as client:
            answer = _held(await client.call_tool("ask", {"question": "Who bakes the rye bread?"}))
        elsewhere = await http.post(
            running.url, json={}, headers={"Host": "evil.example", "Origin": "http://evil.example"}
        )
    assert "Marta Lindqvist" in answer["quotes"][0]["text"]
    assert elsewhere.status_code in (403, 421)
    async with httpx2.AsyncClient() as http:
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": running.token}):
            refused = await http.post(running.url, json={}, headers=headers)
            assert refused.status_code == 401
            assert running.token not in refused.text


def test_a_port_in_use_is_told(settings: Settings, running: _Running, quoth: Quoth) -> None:
    port = running.url.split(":")[2].split("/")[0]
    ended = quoth(*_command(settings, "--http", "--port", port)[3:])
    assert ended.status == 1
    assert ended.err == f"quoth: Port {port} cannot be used (Address already in use): name another with --port.\n"


@pytest.mark.parametrize("audience", ["everybody", "role:staff", "server:1,server:2"])
def test_an_audience_that_cannot_be_read_is_wrong_usage(quoth: Quoth, audience: str) -> None:
    ended = quoth("mcp", "--audience", audience)
    assert ended.status == 2
    assert "--audience" in ended.err


def test_without_an_index_it_says_what_to_do(quoth: Quoth, tmp_path: Path) -> None:
    ended = quoth("mcp", "--data", str(tmp_path / "none"))
    assert ended.status == 1
    assert "quoth index build" in ended.err


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "mcp.py").write_text("raise ModuleNotFoundError('No module named mcp', name='mcp')\n")
    command = [sys.executable, "-m", "bot", "mcp"]
    ended = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "pip install -e '.[mcp]'" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


async def test_questions_at_once_are_all_answered(settings: Settings, encoder: Encoder) -> None:
    async with _connected(settings, encoder, Audience()) as client:
        asked = [client.call_tool("ask", {"question": "When do quiet hours begin?"}) for _ in range(12)]
        answers = [_held(result) for result in await asyncio.gather(*asked)]
    assert {answer["quotes"][0]["source"] for answer in answers} == {"rules.md"}
