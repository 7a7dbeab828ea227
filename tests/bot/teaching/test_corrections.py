"""Corrections: which of them hold for a question, how long that takes, and what is made of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cards.reference import refer
from bot.teaching.corrections import Corrections
from bot.teaching.export import exported
from bot.teaching.records import Draft, Kind
from bot.teaching.store import FILE_NAME
from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.material import sentences_of
from index.answer.wording import Wording
from index.build.builder import Builder, BuildSettings
from index.encode.encoder import Encoder
from index.store.base import Generation
from index.store.disk.shelf import Shelf

SHED = "The shed is opened by the caretaker.\n\nBicycles stand in the yard.\n"
QUESTION = "Who opens the shed?"
BICYCLES = "Bicycles stand in the yard."
CARETAKER = "The shed is opened by the caretaker."
ME = 7


@pytest.fixture
def generation(tmp_path: Path, encoder: Encoder) -> Iterator[Generation]:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "shed.md").write_text(SHED)
    shelf = Shelf(tmp_path / "data")
    Builder(shelf, encoder, BuildSettings()).build(tmp_path / "documents", lambda *_: None)
    opened = shelf.open()
    yield opened
    opened.close()


@pytest.fixture
def corrections(tmp_path: Path, generation: Generation, encoder: Encoder) -> Iterator[Corrections]:  # noqa: ARG001
    kept = Corrections(tmp_path / "data", encoder)
    yield kept
    kept.close()


def draft(kind: Kind, words: str, question: str = QUESTION, note: str = "") -> Draft:
    return Draft(kind, question, "shed.md", refer("shed.md", SHED.index(words), words), note)


def lead(corrections: Corrections, generation: Generation, encoder: Encoder, question: str = QUESTION) -> str:
    """Return the words in focus of the first quote."""
    answerer = Answerer(generation, encoder, quotes=2, threshold=0.0, lessons=corrections)
    quote = answerer.answer(Asked(question)).quotes[0]
    return quote.text[quote.focus[0] - quote.start : quote.focus[1] - quote.start]


def test_what_was_said_last_of_a_passage_holds(
    corrections: Corrections, generation: Generation, encoder: Encoder
) -> None:
    assert lead(corrections, generation, encoder) == CARETAKER
    picked = corrections.add(draft(Kind.LEAD, BICYCLES), ME)
    assert lead(corrections, generation, encoder) == BICYCLES
    blocked = corrections.add(draft(Kind.BLOCK, BICYCLES), ME)
    assert lead(corrections, generation, encoder) == CARETAKER
    assert corrections.take_back(blocked)
    assert lead(corrections, generation, encoder) == BICYCLES
    corrections.add(draft(Kind.LEAD, CARETAKER), ME)
    assert lead(corrections, generation, encoder) == CARETAKER
    assert corrections.take_back(picked)
    assert not corrections.take_back(picked)


def test_words_that_have_moved_are_found_and_words_that_have_changed_are_not(
    corrections: Corrections, generation: Generation, encoder: Encoder, tmp_path: Path
) -> None:
    corrections.add(draft(Kind.LEAD, BICYCLES), ME)
    shed, shelf = tmp_path / "documents" / "shed.md", Shelf(tmp_path / "data")
    for text, holds in ((f"Mind the step.\n\n{SHED}", True), (SHED.replace("yard", "cellar"), False)):
        shed.write_text(text)
        Builder(shelf, encoder, BuildSettings()).build(shed.parent, lambda *_: None)
        later = shelf.open()
        assert (lead(corrections, later, encoder) == BICYCLES) is holds
        assert corrections.sweep(later) == (0 if holds else 1)
        later.close()
    assert lead(corrections, generation, encoder) == CARETAKER, "an older index does not bring it back"


def test_corrections_that_cannot_be_read_for_a_moment_count_again_soon(
    corrections: Corrections, generation: Generation, encoder: Encoder, tmp_path: Path
) -> None:
    corrections.add(draft(Kind.LEAD, BICYCLES), ME)
    now = 100.0
    again = Corrections(tmp_path / "data", encoder, lambda: now)
    file, aside = tmp_path / "data" / FILE_NAME, tmp_path / "aside"
    file.rename(aside)
    file.mkdir()
    assert lead(again, generation, encoder) == CARETAKER
    file.rmdir()
    aside.rename(file)
    assert lead(again, generation, encoder) == CARETAKER, "not tried with every question"
    now += 6.0
    assert lead(again, generation, encoder) == BICYCLES
    again.close()


def test_who_only_reads_sees_what_is_changed_beside_and_writes_nothing(
    corrections: Corrections, generation: Generation, encoder: Encoder, tmp_path: Path
) -> None:
    file = tmp_path / "data" / FILE_NAME
    reader = Corrections(tmp_path / "data", encoder, only_reads=True)
    assert lead(reader, generation, encoder) == CARETAKER
    assert not file.exists()
    number = corrections.add(draft(Kind.LEAD, BICYCLES), ME)
    before = file.read_bytes()
    assert lead(reader, generation, encoder) == BICYCLES
    assert file.read_bytes() == before
    corrections.take_back(number)
    assert lead(reader, generation, encoder) == CARETAKER
    reader.close()


def test_what_is_blocked_is_not_written_about_and_what_was_picked_is(
    corrections: Corrections, generation: Generation, encoder: Encoder
) -> None:
    answerer = Answerer(generation, encoder, quotes=2, threshold=0.0, lessons=corrections)
    corrections.add(draft(Kind.BLOCK, CARETAKER), ME)
    (trace,) = answerer.trace_all([Asked(QUESTION)])
    assert trace.choice_trace is not None
    rows = trace.choice_trace.pool.rows.tolist()
    sentences = sentences_of(generation, rows, None, trace.answer.quotes, trace.blocked)
    assert [sentence.text for sentence in sentences] == [BICYCLES]
    corrections.add(draft(Kind.LEAD, CARETAKER), ME)
    (trace,) = answerer.trace_all([Asked(QUESTION)])
    sentences = sentences_of(generation, [], None, trace.answer.quotes, trace.blocked)
    assert CARETAKER in [sentence.text for sentence in sentences], "although it was not found"


def test_many_corrections_do_not_slow_a_question(
    corrections: Corrections, generation: Generation, encoder: Encoder
) -> None:
    for number in range(300):
        corrections.add(draft(Kind.LEAD, BICYCLES, f"Who opens gate number {number} of the shed?"), ME)
    asked = Wording(QUESTION, encoder.questions([QUESTION])[0], ("en",))
    corrections.taught(asked, generation)
    began = time.process_time()
    for _ in range(20):
        corrections.taught(asked, generation)
    assert (time.process_time() - began) / 20 < 0.03


def test_vectors_are_kept_and_a_passage_that_was_picked_is_an_evaluation_case(
    corrections: Corrections, generation: Generation, encoder: Encoder, tmp_path: Path
) -> None:
    corrections.add(draft(Kind.LEAD, BICYCLES), ME)
    corrections.add(draft(Kind.BLOCK, CARETAKER), ME)
    assert lead(corrections, generation, encoder) == BICYCLES
    again = Corrections(tmp_path / "data", encoder)
    assert lead(again, generation, encoder) == BICYCLES
    [row] = exported(again.all(), generation)
    assert (row["question"], row["gold_quotes"], row["sources"]) == (QUESTION, [BICYCLES], ["shed.md"])
    again.close()
