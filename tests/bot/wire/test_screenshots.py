"""Screenshots with a question, over the wire."""

from __future__ import annotations

import logging
import sqlite3

import pytest

from bot.settings import Settings
from bot.standin import StandIn
from index.encode.encoder import Encoder
from tests.bot.test_screenshots import needs_models, screenshot
from tests.bot.wire.conftest import also, running

_SHOT = screenshot("Error: no rye bread was baked today")
_QUESTION = "Who makes this one?"


def _is_answered(text: str) -> bool:
    refused = "This may not be it" in text or "Not in the documents" in text
    return "rye bread is baked by Marta Lindqvist" in text and not refused


@needs_models
async def test_what_a_screenshot_says_goes_with_the_question_where_that_is_set(
    discord: StandIn, chosen: Settings, encoder: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    ada = discord.person("ada")
    said = f"{discord.world.bot.mention} {_QUESTION}"
    caplog.set_level(logging.INFO)
    async with running(discord, also(chosen, ocr_questions=True, log_questions=True), encoder) as client:
        client.services.screenshots.seconds = 60.0  # a busy machine is slow
        seen = await ada.say(discord.channel, said, [("shot.png", _SHOT)]).answer()
        assert _is_answered(seen.text)
        damaged = await ada.say(discord.channel, said, [("shot.png", _SHOT[:200])]).answer()
        assert not _is_answered(damaged.text)
    with sqlite3.connect(chosen.data / "journal.sqlite") as journal:
        kept = "\n".join(journal.iterdump())
    assert {record.__dict__["question"] for record in caplog.records if "question" in record.__dict__} == {_QUESTION}
    assert _QUESTION in kept
    assert "baked today" not in kept


async def test_where_it_is_not_set_a_question_is_answered_without_it(
    discord: StandIn, chosen: Settings, encoder: Encoder
) -> None:
    ada = discord.person("ada")
    async with running(discord, chosen, encoder):
        said = f"{discord.world.bot.mention} {_QUESTION}"
        seen = await ada.say(discord.channel, said, [("shot.png", _SHOT)]).answer()
        assert not _is_answered(seen.text)
