"""The second look: Quoth's own reranker, any other, and what is read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.reranker.cross_encoder import PairReranker
from index.answer.reranker.pointer import Pointer
from index.answer.reranking import READ
from index.arrays import Vectors
from index.encode import model
from index.errors import ModelError
from index.records import PassageText
from tests.index.conftest import Library

_SENTENCES = (
    "The ferry was built in Gdansk.",
    "It first sailed in 1987.",
    "Its captain, Maria Olsen, keeps bees.",
)


@pytest.fixture(scope="module")
def pointer() -> Pointer:
    return Pointer("cpu")


def _passage(sentences: Sequence[str], header: str = "The ferry") -> PassageText:
    edges = np.cumsum([0, *(len(sentence) + 1 for sentence in sentences)]).tolist()
    spans = tuple((start, start + len(sentence)) for start, sentence in zip(edges, sentences, strict=False))
    return PassageText(header, " ".join(sentences), spans)


@pytest.mark.parametrize(
    ("question", "answering"),
    [("Where was the ferry built?", 0), ("When did the ferry first sail?", 1), ("Who is the captain of the ferry?", 2)],
)
def test_the_sentence_that_answers_has_the_highest_log_odds(pointer: Pointer, question: str, answering: int) -> None:
    odds = pointer.log_odds(question, [_passage(_SENTENCES)])[0]
    assert odds.shape == (3,)
    assert int(odds.argmax()) == answering


def test_a_passage_that_does_not_answer_is_less_likely_than_one_that_does(pointer: Pointer) -> None:
    without = _passage([_SENTENCES[0], _SENTENCES[2]])
    having, lacking = pointer.log_odds("When did the ferry first sail?", [_passage(_SENTENCES), without])
    assert having.max() > lacking.max()


def test_what_is_read_beside_a_passage_changes_nothing_but_the_last_digits(pointer: Pointer) -> None:
    alone = pointer.log_odds("Where was the ferry built?", [_passage(_SENTENCES)])[0]
    together = pointer.log_odds("Where was the ferry built?", [_passage(_SENTENCES), _passage(["Bees."] * 40)])[0]
    assert together == pytest.approx(alone, abs=1e-4)


def test_sentences_beyond_the_window_count_as_the_worst_that_was_read(pointer: Pointer) -> None:
    long = _passage([*_SENTENCES, *(f"Number {i} is a number that follows number {i - 1}." for i in range(80))])
    odds = pointer.log_odds("Where was the ferry built?", [long])[0]
    assert np.isfinite(odds).all()
    assert odds[-1] == odds.min()
    assert odds.argmax() == 0


def test_no_passages_and_an_endless_question_are_read_too(pointer: Pointer) -> None:
    assert pointer.log_odds("Why?", []) == []
    assert np.isfinite(pointer.log_odds("why " * 5000, [_passage(_SENTENCES)])[0]).all()


def test_weights_that_cannot_be_read_are_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "weights.safetensors").write_bytes(b"nothing of the kind")
    with pytest.raises(ModelError, match="QUOTH_RERANKER=off"):
        Pointer("cpu", tmp_path / "weights.safetensors")


def _cross_encoder(folder: Path, labels: int) -> str:
    """Save a tiny cross-encoder that has learned nothing, with the default model's vocabulary."""
    from transformers import BertConfig, BertForSequenceClassification

    there = model.locate(model.DEFAULT_MODEL)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        (folder / name).write_bytes((there / name).read_bytes())
    config = BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    return str(folder)


def test_any_cross_encoder_can_take_the_place(tmp_path: Path) -> None:
    reranker = PairReranker.load(_cross_encoder(tmp_path, labels=1), "cpu")
    odds, other = reranker.log_odds("Where?", [_passage(_SENTENCES), _passage(_SENTENCES[:1])])
    assert odds.shape == (3,)
    assert other == pytest.approx(odds[:1], abs=1e-5)
    assert not reranker.is_fitted


def test_a_cross_encoder_of_several_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="3 labels"):
        PairReranker.load(_cross_encoder(tmp_path, labels=3), "cpu")


def test_a_cross_encoder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="QUOTH_RERANKER"):
        PairReranker.load(str(tmp_path), "cpu")


class _Contrary:
    """Finds every sentence with a word far better than all others."""

    is_fitted = False

    def __init__(self, word: str) -> None:
        self._word = word
        self.read: list[PassageText] = []

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[Vectors]:
        assert question
        self.read += passages
        return [
            np.array(
                [50.0 if self._word in passage.text[start:end] else -50.0 for start, end in passage.sentences],
                np.float32,
            )
            for passage in passages
        ]


def test_the_second_look_decides_which_sentence_is_quoted(library: Library) -> None:
    for number in range(6):
        library.write(f"ferry{number}.txt", f"Ferry number {number}. " + " ".join(_SENTENCES))
    library.build()
    reranker = _Contrary("bees")
    generation = library.shelf.open()
    answerer = Answerer(generation, library.encoder, quotes=1, threshold=0.0, reranker=reranker)
    lead = answerer.answer(Asked("When did the ferry first sail?")).quotes[0]
    assert "bees" in lead.text
    assert len(reranker.read) == READ
    assert all(text.text[start:end] for text in reranker.read for start, end in text.sentences)
    generation.close()
