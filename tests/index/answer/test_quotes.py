"""Which run of sentences is quoted, and how a long one is shortened."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer import quotes
from index.answer.answer_type import AnswerType
from index.answer.question import Question
from index.answer.quotes import LONGEST, best_runs, probabilities, shortened
from index.records import BlockKind, Sentence
from index.text.words import Stems, words

_STEM = Stems()
_PARAGRAPH = BlockKind.PARAGRAPH


def _question(text: str) -> Question:
    """Return a question of which every word weighs the same."""
    terms = tuple(dict.fromkeys(map(_STEM, words(text))))
    nothing = np.empty(0, np.int64)
    weights = np.full(len(terms), 1 / max(len(terms), 1), np.float32)
    named = np.zeros(len(terms), bool)
    return Question(
        text, np.zeros(4, np.float32), terms, weights, nothing, nothing, named, frozenset(terms), AnswerType.OPEN
    )


@st.composite
def _candidates(draw: st.DrawFn) -> tuple[list[Sentence], np.ndarray, np.ndarray]:
    """Sentences of up to three passages, one after the other, with their passages and scores."""
    sentences, passages, at = [], [], 0
    for size, kind, passage in draw(
        st.lists(st.tuples(st.integers(1, 350), st.sampled_from(BlockKind), st.integers(0, 2)), min_size=1, max_size=10)
    ):
        sentences.append(Sentence(at, at + size, kind))
        passages.append(passage)
        at += size + 1
    scores = draw(st.lists(st.floats(-1, 2.5, width=32), min_size=len(sentences), max_size=len(sentences)))
    return sentences, np.array(sorted(passages)), np.array(scores, np.float32)


@given(candidates=_candidates(), count=st.integers(1, 5))
def test_runs_never_overlap_nor_exceed_what_may_be_quoted(
    candidates: tuple[list[Sentence], np.ndarray, np.ndarray], count: int
) -> None:
    sentences, passages, scores = candidates
    probability = probabilities(scores)
    assert probability.sum() == pytest.approx(1, abs=1e-5)
    runs = best_runs(sentences, passages, probability, count)
    assert 1 <= len(runs) <= count
    rows = [row for run in runs for row in range(run.first, run.last + 1)]
    assert len(rows) == len(set(rows))
    for run in runs:
        inside = sentences[run.first : run.last + 1]
        assert len({int(p) for p in passages[run.first : run.last + 1]}) == 1
        assert len(inside) == 1 or inside[-1].end - inside[0].start <= LONGEST
        kinds = {sentence.kind for sentence in inside}
        assert len(kinds) == 1 or not kinds & {BlockKind.CODE, BlockKind.TABLE}
        assert run.probability == pytest.approx(float(probability[run.first : run.last + 1].sum()), abs=1e-5)


@given(candidates=_candidates())
def test_the_first_run_is_about_as_probable_as_any(candidates: tuple[list[Sentence], np.ndarray, np.ndarray]) -> None:
    sentences, passages, scores = candidates
    probability = probabilities(scores)
    lead = best_runs(sentences, passages, probability, 1)[0]
    assert lead.probability >= quotes.KEPT * probability.max() - 1e-6


def _runs(*scores: float, passages: list[int] | None = None) -> list[tuple[int, int]]:
    sentences = [Sentence(40 * i, 40 * i + 39, _PARAGRAPH) for i in range(len(scores))]
    numbers = np.array(passages or [0] * len(scores))
    runs = best_runs(sentences, numbers, probabilities(np.array(scores, np.float32)), 3)
    return [(run.first, run.last) for run in runs]


def test_a_sentence_that_is_sure_stands_alone_and_one_that_is_not_with_its_neighbour() -> None:
    assert _runs(0.1, 1.5, 0.1)[0] == (1, 1)
    assert _runs(0.1, 1.5, 1.5)[0] == (1, 2)
    assert _runs(1.5, 1.5, passages=[0, 1]) == [(0, 0), (1, 1)]


@st.composite
def _long(draw: st.DrawFn) -> tuple[str, Sentence]:
    parts = draw(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), max_size=20))
    text = " ".join(parts).strip() or "x"
    before = draw(st.text(max_size=5))
    return before + text, Sentence(len(before), len(before + text), draw(st.sampled_from(BlockKind)))


@given(long=_long(), asked=st.text(max_size=40))
def test_what_is_shortened_is_whole_words_of_the_sentence(long: tuple[str, Sentence], asked: str) -> None:
    """Code stands whole; the one word that may be cut is one that is longer than a quote."""
    text, sentence = long
    start, end = shortened(text, sentence, _question(asked), _STEM)
    assert sentence.start <= start < end <= sentence.end
    if sentence.kind is BlockKind.CODE:
        assert (start, end) == (sentence.start, sentence.end)
        return
    assert end - start <= LONGEST
    if sentence.end - sentence.start > LONGEST:
        whole = text[sentence.start : sentence.end].split()
        assert all(word in whole for word in text[start:end].split()) or max(map(len, whole)) > LONGEST
        assert start == sentence.start or text[start - 1].isspace()


def test_the_part_that_says_most_of_the_question_is_kept() -> None:
    filling = " ".join(f"filling{i}" for i in range(40))
    text = f"{filling}, the harbour of Kotka froze in 1942, {filling}."
    start, end = shortened(text, Sentence(0, len(text), _PARAGRAPH), _question("Kotka harbour froze"), _STEM)
    assert "the harbour of Kotka froze in 1942" in text[start:end]
    assert text[start:end].startswith("the harbour")
    start, _ = shortened(text, Sentence(0, len(text), _PARAGRAPH), _question("nothing else"), _STEM)
    assert start == 0


def test_a_word_that_ends_past_the_limit_is_left_out() -> None:
    text = "abcde" + " abc" * 100
    start, end = shortened(text, Sentence(0, len(text), _PARAGRAPH), _question("abcde"), _STEM)
    assert text[start:end] == "abcde" + " abc" * 73
    assert len(text[start:end]) <= LONGEST < len(text[start:end]) + 4


def test_runs_come_in_the_order_of_their_probability() -> None:
    sentences = [Sentence(400 * i, 400 * i + 300, _PARAGRAPH) for i in range(4)]
    scores = np.array([0.2, 0.9, 0.5, 0.7], np.float32)
    runs = best_runs(sentences, np.zeros(4, np.int64), probabilities(scores), 4)
    assert [run.first for run in runs] == [1, 3, 2, 0]
    assert all(a.probability >= b.probability for a, b in pairwise(runs))
