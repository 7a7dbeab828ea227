"""A question taken apart, and the words that it is compared by."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answer.answerer import Answerer
from index.answer.coverage import FAR, NEAR, Coverage, coverage
from index.answer.question import Before, Question, following, take_apart
from index.encode.encoder import Encoder
from index.records import BlockKind, Passage, Sentence
from index.text.words import SentenceWords, Stems, sentence_words, words

_STEM = Stems()


def _apart(text: str, encoder: Encoder) -> Question:
    return take_apart(text, np.zeros(384, np.float32), encoder, _STEM, lambda term: float(len(term)))


def _said(text: str, encoder: Encoder, *ends: int) -> tuple[SentenceWords, ...]:
    """Return the words of `text`, a passage of sentences that end at `ends` and at its end."""
    edges = [0, *ends, len(text)]
    sentences = tuple(Sentence(a, b, BlockKind.PARAGRAPH) for a, b in pairwise(edges))
    return sentence_words(text, Passage("a", 0, len(text), (), None, (1, 1), sentences), encoder, _STEM)


def _covered(question: Question, said: tuple[SentenceWords, ...], title: str, encoder: Encoder) -> Coverage:
    header = frozenset(map(_STEM, words(title)))
    return coverage(question, said, [header], np.zeros(len(said), np.int64), encoder)


def test_content_words_are_kept_once_and_names_are_told(encoder: Encoder) -> None:
    question = _apart("When did the ships of Admiral Nelson sail, and which ship sailed in 1805?", encoder)
    assert question.terms == ("ship", "admir", "nelson", "sail", "1805")
    assert question.named.tolist() == [False, True, True, False, True]
    assert question.weights.sum() == pytest.approx(1)
    assert question.weights[1] > question.weights[0]
    assert set(question.owners) == set(range(5))
    assert len(question.owners) == len(question.tokens)


def test_a_question_of_stop_words_alone_keeps_them(encoder: Encoder) -> None:
    assert _apart("who is it?", encoder).terms == ("who", "is", "it")
    assert _apart("?!", encoder).terms == ()


def test_a_stem_is_the_term_of_the_lexical_index(answerer: Answerer) -> None:
    for word in ("Running", "cats", "poisonous", "1348", "TREATY"):
        assert answerer.generation.lexical.terms(word) == [_STEM(word)]


def test_words_are_those_of_their_sentence(encoder: Encoder) -> None:
    first, second = _said("Cats sleep. Dogs_bark loudly!", encoder, 11)
    assert (first.words, first.stems) == (("Cats", "sleep"), ("cat", "sleep"))
    assert second.words == ("Dogs", "bark", "loudly")
    np.testing.assert_array_equal(second.tokens, encoder.token_ids("Dogs_bark loudly!")[0])


def test_a_question_is_covered_by_the_sentence_its_title_and_what_stands_before(encoder: Encoder) -> None:
    question = _apart("zanzibar volcano", encoder)
    text = "Zanzibar! It rains. Nobody came. Then a volcano."
    total = _covered(question, _said(text, encoder, 9, 19, 32), "", encoder).total
    zanzibar = question.weights[0]
    assert total[0] >= zanzibar
    assert total[1] >= NEAR * zanzibar
    assert FAR * zanzibar <= total[2] < NEAR * zanzibar
    in_title = _covered(question, _said("It rains.", encoder), "The volcanoes of Zanzibar", encoder)
    assert in_title.total[0] == pytest.approx(NEAR)
    assert not in_title.stated.any()


def test_a_word_that_is_like_the_one_asked_for_counts_in_part(encoder: Encoder) -> None:
    question = _apart("automobile", encoder)
    car, soup = _covered(question, _said("The car. The soup.", encoder, 8), "", encoder).said[:, 0]
    assert 0 < car < 1
    assert car > soup + 0.1


def test_a_question_after_another_is_of_both_and_the_more_it_says_the_more_it_counts(encoder: Encoder) -> None:
    before = _apart("Which rocket has boosters?", encoder)
    short, long = (_apart(text, encoder) for text in ("And the boosters?", "And the engine of the second stage?"))
    assert following(short, before, None).before == (Before(before.text, 1 / 2),)
    assert following(long, before, None).before == (Before(before.text, 1 / 4),)
    joined = following(short, before, None)
    assert joined.terms == ("booster", "rocket")
    np.testing.assert_allclose(joined.weights, [1 / 2 + before.weights[1] / 2, before.weights[0] / 2])
    assert [joined.terms[owner] for owner in joined.owners] == ["booster"] * len(short.tokens) + ["rocket"]


def test_what_was_answered_before_counts_more_than_what_was_asked(encoder: Encoder) -> None:
    asked, answered = _apart("Which rocket?", encoder), _apart("The Falcon has two stages.", encoder)
    question = following(_apart("How tall?", encoder), asked, answered)
    shares = {earlier.text: earlier.share for earlier in question.before}
    assert shares[answered.text] == pytest.approx(2 * shares[asked.text])
    assert float(question.weights.sum()) == pytest.approx(1)
    assert len(question.tokens) == len(question.owners)


@pytest.mark.parametrize(("text", "before", "after"), [("", "a cat", "a dog"), ("the cat", "", ""), ("cat", "?!", "…")])
def test_texts_without_words_count_nothing(encoder: Encoder, text: str, before: str, after: str) -> None:
    question = _apart(text, encoder)
    assert following(question, _apart(before, encoder), _apart(after, encoder)) is question


@given(asked=st.text(max_size=60), text=st.text(max_size=120), cut=st.integers(0, 120))
@settings(max_examples=80)
def test_every_text_can_be_compared_with_every_question(encoder: Encoder, asked: str, text: str, cut: int) -> None:
    asked, text = (raw.encode(errors="replace").decode() for raw in (asked, text))
    question = _apart(asked, encoder)
    said = _said(text, encoder, min(cut, len(text)))
    assert sum(len(sentence.tokens) for sentence in said) == len(encoder.token_ids(text)[0])
    result = _covered(question, said, asked, encoder)
    assert all(0 <= value <= 1 + 1e-5 for value in result.total)
    assert not question.terms or math.isclose(float(question.weights.sum()), 1, abs_tol=1e-4)
