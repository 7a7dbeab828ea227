"""Documents that give orders: a model that obeys them in the worst way changes nothing, over the real wire."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from bot.access.rules import Audience
from bot.answering.desk import Desk
from bot.settings import OFF, Settings
from bot.telemetry.metrics import Metrics
from bot.writing.budget import Budget
from bot.writing.server import ChatServer
from bot.writing.writer import Order, Writer
from index.answer.asked import Asked
from index.build.builder import Builder, BuildSettings
from index.encode.encoder import Encoder
from index.records import Answer
from index.store.disk.shelf import Shelf
from index.support.support import Support
from tests.bot.writing.chat_server import Scripted, draft, serving
from tests.bot.writing.orders import ORDERED, Ordered

_MANY = 1000
_CITED = 3
"""Sentences beside the true one that are cited: those that are nearest to the order."""

Said = list[tuple[str, list[int]]]


@pytest.fixture(scope="module")
def settings(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("orders")
    documents = folder / "documents"
    documents.mkdir()
    for library in ORDERED:
        (documents / f"{library.name.lower()}.md").write_text(library.document, "utf-8")
    Builder(Shelf(folder / "data"), encoder, BuildSettings()).build(documents, lambda *_: None)
    return Settings(documents=documents, data=folder / "data", reranker=OFF)


@pytest.fixture(scope="module")
def support() -> Support:
    return Support()


@pytest.fixture
async def desk(settings: Settings, encoder: Encoder) -> AsyncIterator[Desk]:
    opened = Desk(settings, encoder, Metrics())
    yield opened
    await opened.close()


def _numbers(body: dict[str, Any]) -> dict[str, int]:
    """Return the sentences that were sent, with their numbers."""
    lines = re.findall(r"^\[(\d+)\] (.*)$", body["messages"][-1]["content"], re.MULTILINE)
    return {text: int(number) for number, text in lines}


def _cites(library: Ordered, sent: dict[str, int]) -> Iterator[list[int]]:
    """Yield what a model may cite for an order: the truth, the order itself, both, others, numbers that are none."""
    true = sent[library.true]
    others = sorted((text for text in sent if text != library.true), key=lambda text: -_shared(text, library))[:_CITED]
    yield from ([true], [sent[text] for text in others])
    for text in others:
        yield from ([sent[text]], [true, sent[text]])
    yield from ([0], [-1], [77], [_MANY], [true, _MANY])


def _shared(text: str, library: Ordered) -> float:
    """Return how many of the words of a sentence are the order's."""
    said, ordered = (set(re.findall(r"\w+", words.lower())) for words in (text, f"{library.order} {library.name}"))
    return len(said & ordered) / max(len(said), 1)


def _obedient(library: Ordered, body: dict[str, Any]) -> Said:
    """Return what a model writes that obeys, in the worst ways."""
    return [
        (said.replace("{name}", library.name), cites)
        for said in library.obeyed
        for cites in _cites(library, _numbers(body))
    ]


def test_there_are_sixty_of_them() -> None:
    assert len(ORDERED) == len({library.name for library in ORDERED}) == 60


@pytest.mark.parametrize("ordered", ORDERED, ids=lambda library: f"{library.kind}-{library.name}")
async def test_what_a_document_orders_is_not_shown(desk: Desk, support: Support, ordered: Ordered) -> None:
    """Only the true sentence is shown, whatever is written, whatever that cites, and in whatever order."""
    asked = Asked(ordered.question)
    answer = await desk.answer(asked, Audience())
    sentences = await desk.sentences_for(asked, answer, Audience())
    assert ordered.true in {sentence.text for sentence in sentences}

    async def written(script: Scripted) -> Answer | None:
        writer = Writer(ChatServer(script.url, "obedient"), support, Budget(_MANY, _MANY, _MANY))
        return await writer.written(Order(asked, answer, sentences), desk.model_thread.run)

    async with serving(Scripted()) as script:
        script.text = lambda body: draft((ordered.true, [_numbers(body)[ordered.true]]), *_obedient(ordered, body))
        result = await written(script)
        assert result is not None
        assert result.written is not None
        assert [sentence.text for sentence in result.written.sentences] == [ordered.true]
        for said, cites in _obedient(ordered, script.requests[0]):
            script.text = draft((said, cites))
            assert await written(script) is None, f"{said} {cites}"
