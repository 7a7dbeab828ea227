"""The script that writes in place of a language model, and what of it the page shows."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.playground.running import opened as playing
from bot.playground.script import Script, draft, made_up
from bot.playground.server import listen
from bot.playground.welcome import welcome
from bot.settings import Settings

from .browser import Browser, opened, text
from .conftest import is_ready

QUESTION = "When do quiet hours begin?"
QUIET = "Quiet hours begin at ten in the evening and end at seven in the morning."
SENTENCES = [(1, "Dogs may come in on a leash."), (2, QUIET), (3, "Ferry 3 takes 40 minutes."), (4, "Yes.")]


def test_it_writes_the_nearest_sentences_and_one_that_is_made_up() -> None:
    assert list(draft(QUESTION, SENTENCES)) == [(QUIET, 2), (made_up(QUIET), 2)]
    assert [number for _, number in draft("When is it quiet for dogs?", SENTENCES)] == [1, 2, 1]
    assert list(draft(QUESTION, [])) == []
    assert list(draft(QUESTION, [(1, "1. Quiet hours begin at ten.")])) == [], "no plain sentence"


@pytest.mark.parametrize(
    ("sentence", "altered"),
    [
        ("Ferry 3 takes 40 minutes.", "Ferry 4 takes 40 minutes."),
        ("Dogs may come in.", "Dogs may not come in."),
        ("Cats stay outside.", "It is not true that cats stay outside."),
    ],
)
def test_what_is_made_up_says_something_else(sentence: str, altered: str) -> None:
    assert made_up(sentence) == altered


async def test_it_speaks_the_chat_api_to_whoever_has_its_key() -> None:
    script = Script()
    asked = {"messages": [{"role": "user", "content": f"[1] {QUIET}\n\nQuestion: {QUESTION}"}]}
    async with script.serving(), aiohttp.ClientSession() as http:
        url = f"{script.variables['QUOTH_WRITER_URL']}/v1/chat/completions"
        key = {"Authorization": f"Bearer {script.variables['QUOTH_WRITER_KEY']}"}
        async with http.post(url, json=asked) as refused:
            assert refused.status == 401
        async with http.post(url, json={"messages": []}, headers=key) as wrong:
            assert wrong.status == 400
        async with http.post(url, json=asked, headers=key) as answered:
            content = json.loads((await answered.json())["choices"][0]["message"]["content"])
    assert content["answered"] is True
    assert content["sentences"][0] == {"text": QUIET, "cites": [1]}
    written = script.written(QUESTION, QUIET)
    assert written is not None
    assert [sentence["shown"] for sentence in written["sentences"]] == [True, False]
    assert script.written("Another question?", QUIET) is None


def test_the_welcome_card_says_what_leaves_the_machine(chosen: Settings) -> None:
    elsewhere = chosen.model_copy(update={"writer_url": "http://127.0.0.1:9"})
    assert "Nothing leaves this machine." in welcome(chosen).as_json()["notice"]
    assert "QUOTH_WRITER_URL" in welcome(elsewhere).as_json()["notice"]
    scripted = welcome(chosen, scripted=True).as_json()
    assert "makes one sentence up" in scripted["text"]
    assert "Nothing leaves this machine." in scripted["notice"]


@pytest_asyncio.fixture(loop_scope="session")
async def ada(home: Path, chosen: Settings, static: Path, tmp_path: Path) -> AsyncIterator[Browser]:
    """Somebody on the page of a playground of its own, in which a script writes."""
    played = chosen.model_copy(update={"data": tmp_path / "data"})
    with pytest.MonkeyPatch.context() as patch, listen(0) as listening:
        patch.chdir(home)
        async with (
            playing(played, listening, static, scripted=True) as running,
            aiohttp.ClientSession() as http,
            opened(http, running) as page,
        ):
            await page.hear(is_ready, 120)
            await page.become("Ada")
            yield page


@pytest.mark.asyncio(loop_scope="session")
async def test_what_is_made_up_is_seen_to_be_dropped(ada: Browser) -> None:
    channel = ada.id_of("questions")
    used = (await ada.do("slash", channel=channel, command="ask", options={"question": QUESTION}))["interaction"]
    before = await ada.answer(used)
    assert "written by" not in text(before)

    def is_written(push: dict[str, object]) -> bool:
        message = push.get("message")
        return push.get("event") == "changed" and isinstance(message, dict) and "written by script" in text(message)

    card = (await ada.hear(is_written, 30))["message"]
    written = (await ada.do("trace", channel=channel, message=card["id"]))["written"]
    assert written["model"] == "script"
    shown = [sentence["text"] for sentence in written["sentences"] if sentence["shown"]]
    dropped = [sentence["text"] for sentence in written["sentences"] if not sentence["shown"]]
    assert QUIET in shown
    assert made_up(QUIET) in dropped
    assert re.search(rf"{QUIET} `1`", text(card))
    assert "not true" not in text(card)
