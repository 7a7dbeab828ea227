"""The token, the salt and what stands in for interactions stay out of whatever the program prints."""

from __future__ import annotations

import asyncio
import base64
import logging
import os
import sys
from pathlib import Path

from bot.logs import JsonLines
from bot.settings import Settings
from bot.standin import StandIn

_CRASH = """
import sys
from discord.http import HTTPClient
from bot.cli.main import main
from bot.client import QuothClient
from bot.standin.redirect import Addresses, redirect

async def crash(self):
    secret = self.http.token
    raise RuntimeError("the harbour has sunk") from ValueError(len(secret))

redirect(Addresses(*sys.argv[1:4]))
QuothClient.setup_hook = crash
sys.argv = ["quoth", "run"]
main()
"""


def secrets_of(discord: StandIn, data: Path) -> set[str]:
    """Return what may not be printed, in the forms that it may be printed in."""
    salt = (data / "salt").read_bytes() if (data / "salt").exists() else b"there is none"
    forms = {salt.hex(), base64.b64encode(salt).decode(), base64.urlsafe_b64encode(salt).decode(), repr(salt)[2:-1]}
    return {discord.token, *discord.world.interactions, *forms}


async def test_a_crash_within_discord_py_prints_no_secret(discord: StandIn, chosen: Settings) -> None:
    """The traceback is there, at DEBUG, and the frames that hold the token show nothing of it."""
    (chosen.data / "salt").write_bytes(bytes(range(100, 132)))
    given = {"QUOTH_DISCORD_TOKEN": discord.token, "QUOTH_LOG_LEVEL": "DEBUG", "QUOTH_LOG_QUESTIONS": "true"}
    folders = {"QUOTH_DOCUMENTS": str(chosen.documents), "QUOTH_DATA": str(chosen.data), "QUOTH_RERANKER": "off"}
    addresses = discord.addresses
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _CRASH, addresses.api, addresses.gateway, addresses.cdn),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, **given, **folders},
        cwd=chosen.data.parent,
    )
    printed = (await asyncio.wait_for(process.communicate(), 120))[0].decode()
    assert "the harbour has sunk" in printed
    assert "Traceback" in printed
    assert not [secret for secret in secrets_of(discord, chosen.data) if secret in printed]


def test_a_line_of_the_log_leaves_out_the_token_and_what_stands_in_for_interactions() -> None:
    """As discord.py has them at DEBUG: in addresses, in what Discord sent, and wherever else the token may stand."""
    form = JsonLines("MTAx.the.token")
    for message in (
        "POST https://discord.com/api/v10/interactions/12/aW50ZXJhY3Rpb24/callback with {} has returned 204",
        "PATCH https://discord.com/api/v10/webhooks/12/aW50ZXJhY3Rpb24/messages/@original?x=1",
        "WebSocket Event: {'t': 'INTERACTION_CREATE', 'd': {'token': 'aW50ZXJhY3Rpb24', 'id': '12'}}",
        'Dispatched {"token": "aW50ZXJhY3Rpb24"}',
        "Authorization: Bot MTAx.the.token, aW50",
    ):
        record = logging.LogRecord("discord.http", logging.DEBUG, "x.py", 1, message, (), None)
        line = form.format(record)
        assert "aW50ZXJhY3Rpb24" not in line
        assert "MTAx.the.token" not in line
        assert "(left out)" in line


def test_a_line_of_the_log_leaves_out_every_secret() -> None:
    form = JsonLines("MTAx.the.token", "", "sk-of-the-encoder")
    record = logging.LogRecord("any", logging.ERROR, "x.py", 1, "MTAx.the.token and sk-of-the-encoder", (), None)
    line = form.format(record)
    assert "MTAx" not in line
    assert "sk-of" not in line
    assert line.count("(left out)") == 2
