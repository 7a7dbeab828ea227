"""The welcome card's questions are ones that the documents answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import compose, settings
from bot.access.rules import Audience, Rule
from bot.answering.desk import Desk
from bot.playground.running import Running
from bot.playground.suggestions import suggested
from bot.playground.welcome import welcome
from bot.settings import Settings
from bot.telemetry.metrics import Metrics
from index.answer.asked import Asked
from index.encode.encoder import Encoder
from tests.paths import ROOT

from .browser import Browser, text

_SEEDS = ROOT / "seeds"


def test_those_of_the_seeds_are_answered(tmp_path: Path, encoder: Encoder) -> None:
    chosen = settings.load(documents=_SEEDS, data=tmp_path)
    compose.builder(chosen, encoder).build(_SEEDS, lambda *_: None)
    questions = welcome(chosen).questions
    assert len(questions) == 3
    answerer = compose.answerer(chosen, encoder)
    answers = answerer.answer_all([Asked(question) for question in questions])
    assert [answer.confidence > 0.5 for answer in answers] == [True] * 3
    assert {answer.quotes[0].source.partition("/")[0] for answer in answers} == {"guides", "xiaomi-electric-car.md"}
    answerer.generation.close()


@pytest.mark.asyncio(loop_scope="session")
async def test_those_of_other_documents_are_made_and_tried(nobody: Browser, ada: Browser, running: Running) -> None:
    """They are told when they are known, and name no closed document."""
    if not running.game.welcome.questions:
        await nobody.event("welcome")
    questions = running.game.welcome.questions
    assert 1 <= len(questions) <= 3
    assert not [question for question in questions if "Keys" in question]
    for question in questions:
        assert "Not in the documents" not in text(await ada.ask(question))


async def test_nothing_is_suggested_of_what_is_closed(chosen: Settings, running: Running, encoder: Encoder) -> None:
    del running  # by now the index is there
    closed = chosen.model_copy(update={"access": (Rule("", roles=frozenset({1})),)})
    desk = Desk(closed, encoder, Metrics())
    try:
        assert await suggested(desk) == []
        assert not (await desk.answer(Asked("When do quiet hours begin?"), Audience())).answered
    finally:
        await desk.close()


def test_what_leaves_the_machine_is_said() -> None:
    notice = welcome(settings.load()).as_json()["notice"]
    assert "Nothing leaves this machine." in notice
    notice = welcome(settings.load(encoder_url="http://127.0.0.1:1/v1")).as_json()["notice"]
    assert "QUOTH_ENCODER_URL" in notice
    assert "Nothing leaves this machine." not in notice
