"""The bot while its encoder, which is elsewhere, goes away and comes back."""

from __future__ import annotations

import asyncio

import pytest
from serving import refusing, serving

from bot import compose
from bot.settings import Settings
from bot.standin import Person, StandIn
from index.encode.encoder import Encoder
from tests.bot.wire.conftest import also, running
from tests.index.encode.remote.conftest import model_of

_QUESTION = "When do quiet hours begin?"
_QUIET = "Quiet hours begin at ten in the evening"


async def test_a_question_gets_a_sentence_while_it_is_away_and_the_next_one_an_answer(
    discord: StandIn, chosen: Settings, encoder: Encoder, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """The address is for the log."""
    with serving(model_of(encoder)) as server:
        elsewhere = also(chosen, encoder_url=server.url, reranker="off")
        server.stop()
        async with running(discord, elsewhere, compose.encoder(elsewhere)):
            for used in (True, False):
                asked = (
                    ada.slash(discord.channel, "ask", question=_QUESTION)
                    if used
                    else ada.ask(discord.channel, _QUESTION)
                )
                text = (await asked.answer()).text
                assert "the service that I read questions with does not work" in text
                assert "127.0.0.1" not in text
            assert server.url in str([record.__dict__ for record in caplog.records])
            server.start()
            server.faults.append(refusing(503))
            await _answered(discord, ada)
            server.stop()
            assert _QUIET not in (await ada.slash(discord.channel, "ask", question=_QUESTION).answer()).text
            server.start()
            await _answered(discord, ada)


async def _answered(discord: StandIn, ada: Person) -> None:
    """Ask until there is an answer: for two seconds after a failure the encoder is not asked."""
    for _ in range(100):
        if _QUIET in (await ada.slash(discord.channel, "ask", question=_QUESTION).answer()).text:
            return
        await asyncio.sleep(0.2)
    raise AssertionError("no answer, although the encoder is back")
