"""The desk: questions of many people share a pass, and none waits for another's mistake."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.access.rules import Audience
from bot.answering.desk import Desk
from bot.public_errors import NoDocumentsError
from bot.settings import OFF, Settings
from bot.telemetry.metrics import Metrics
from index.answer.asked import Asked
from index.build.builder import Builder, BuildSettings
from index.encode.encoder import Encoder
from index.errors import NoIndexError
from index.records import Turn
from index.store.disk.shelf import Shelf


class _Unreadable(tuple[str, ...]):
    """A scope that fails when it is read."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        raise ValueError("no scope")


@pytest.fixture
def settings(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("desk")
    documents = folder / "documents"
    documents.mkdir()
    (documents / "ferry.md").write_text("# Ferry\n\nThe ferry leaves at nine. It takes 40 minutes.\n", "utf-8")
    Builder(Shelf(folder / "data"), encoder, BuildSettings()).build(documents, lambda *_: None)
    return Settings(documents=documents, data=folder / "data", reranker=OFF)


async def test_each_is_told_in_turn_and_one_that_fails_keeps_nobody_from_an_answer(
    settings: Settings, encoder: Encoder
) -> None:
    desk = Desk(settings, encoder, Metrics())
    answered: list[int] = []

    async def ask(number: int) -> str | None:
        scope = _Unreadable(["ferry.md"]) if number == 2 else None
        try:
            answer = await desk.answer(Asked(f"When does ferry {number} leave?", scope=scope), Audience())
        except ValueError as error:
            return str(error)
        answered.append(number)
        return (answer.quotes or answer.closest)[0].text

    try:
        texts = await asyncio.gather(*map(ask, range(5)))
    finally:
        await desk.close()
    assert texts.pop(2) == "no scope"
    assert all("nine" in str(text) for text in texts)
    assert answered == [0, 1, 3, 4]


async def test_the_vector_that_a_message_is_weighed_by_has_nothing_of_what_was_asked_before_it(
    settings: Settings, encoder: Encoder
) -> None:
    asked = Asked("and how long does it take", (Turn("user", "When does the ferry leave?", 1),))
    desk = Desk(settings, encoder, Metrics())
    try:
        assert desk.vector_alone(asked) is None
        await desk.answer(asked, Audience())
        alone, whole = desk.vector_alone(asked), desk.vector_of(asked)
    finally:
        await desk.close()
    assert alone is not None
    assert whole is not None
    by_itself = encoder.questions([asked.text])[0]
    assert alone.vector @ by_itself > 0.999
    assert whole.vector @ by_itself < 0.99


async def test_the_second_look_is_left_out_rather_than_that_anyone_waits_beyond_a_second(
    settings: Settings, encoder: Encoder
) -> None:
    desk = Desk(settings.model_copy(update={"reranker": "auto"}), encoder, Metrics())
    try:
        alone = await desk.answer(Asked("When does the ferry leave?"), Audience())
        many = [desk.answer(Asked(f"When does ferry {number} leave?"), Audience()) for number in range(64)]
        crowd = await asyncio.gather(*many)
    finally:
        await desk.close()
    assert alone.steps.second_look > 0
    assert crowd[0].steps.second_look == 0
    assert all("nine" in (answer.quotes or answer.closest)[0].text for answer in (alone, *crowd))


async def test_what_another_process_empties_is_let_go_of_and_what_it_builds_is_turned_to(
    settings: Settings, encoder: Encoder, tmp_path: Path
) -> None:
    desk, shelf, document = Desk(settings, encoder, Metrics()), Shelf(settings.data), settings.documents / "ferry.md"
    words = document.read_text("utf-8")
    asked = Asked("When does the ferry leave?"), Audience()

    def build() -> None:
        Builder(shelf, encoder, BuildSettings()).build(settings.documents, lambda *_: None)

    try:
        away = settings.data.rename(tmp_path / "away")
        with pytest.raises(NoIndexError):  # which may be a disk that is away: what is open answers on
            await desk.refresh()
        assert (await desk.answer(*asked)).answered
        away.rename(settings.data)
        document.unlink()
        shelf.erasures.note("ferry.md")
        build()
        await desk.refresh()
        assert not desk.is_open
        with pytest.raises(NoDocumentsError):
            await desk.answer(*asked)
        opened = asyncio.create_task(desk.opened())
        document.write_text(words, "utf-8")
        build()
        await desk.refresh()
        await opened
        assert (await desk.answer(*asked)).answered
    finally:
        await desk.close()
