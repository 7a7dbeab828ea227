"""Votes count a little: on a replayed journal the lead is never right less often than without them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insight.opinions import BOUND, Opinions, Stretch, Vote, reordered
from index.arrays import Vectors, unit

TOPICS, QUOTES, PEOPLE, VOTES = 60, 3, 300, 2000


def near(centre: Vectors, rng: np.random.Generator) -> Vectors:
    return unit((centre + 0.02 * rng.normal(size=centre.shape)).astype(np.float32)[None, :])[0]


def stretch(topic: int, number: int) -> Stretch:
    return Stretch(f"doc {topic:04}".encode(), 1000 * number, 100)


@pytest.mark.parametrize("seed", range(8))
def test_a_replay_of_votes_of_which_a_fifth_lie_makes_no_lead_worse(seed: int) -> None:
    """The lies are told by three people in a hundred, about as many answers as they can."""
    rng = np.random.default_rng(seed)
    centres = unit(rng.normal(size=(TOPICS, 64)).astype(np.float32))
    scores = np.sort(rng.dirichlet(np.full(QUOTES, 3.0), TOPICS), axis=1)[:, ::-1]
    right = np.where(rng.random(TOPICS) < 0.7, 0, rng.integers(1, QUOTES, TOPICS))
    liars = int(0.03 * PEOPLE)
    votes, vectors = [], {}
    for number in range(VOTES):
        lies = number % 5 == 0
        person = int(rng.integers(liars)) if lies else int(rng.integers(liars, PEOPLE))
        topic = int(rng.integers(TOPICS // 10 if lies and seed % 2 else TOPICS))
        quote = int(rng.integers(2)) if rng.random() < 0.3 else 0
        key = f"{number:08}".encode()
        vectors[key] = near(centres[topic], rng)
        helpful = (quote == right[topic]) != lies
        votes.append(Vote(key, str(person).encode(), helpful, stretch(topic, quote), float(number)))
    opinions = Opinions(votes, vectors)
    before = after = 0
    for topic in range(TOPICS):
        effects = opinions.effects(near(centres[topic], rng), [stretch(topic, quote) for quote in range(QUOTES)])
        order = reordered(scores[topic].tolist(), effects)
        before += right[topic] == 0
        after += order[0] == right[topic]
    assert after >= before
    assert after > before, "and votes do help"


def test_one_person_who_votes_a_hundred_times_changes_nothing() -> None:
    vector = unit(np.ones((1, 8), np.float32))[0]
    keys = [f"{n:08}".encode() for n in range(100)]
    votes = [Vote(key, b"one", False, stretch(0, 0), float(n)) for n, key in enumerate(keys)]
    opinions = Opinions(votes, dict.fromkeys(keys, vector))
    assert opinions.effects(vector, [stretch(0, 0)]) == [0.0]
    assert opinions.votes_for(stretch(0, 0)) is None


def test_several_who_dislike_a_lead_put_it_second_unless_it_stands_far_ahead() -> None:
    vector = unit(np.ones((1, 8), np.float32))[0]
    votes = [Vote(b"question", str(n).encode(), False, stretch(0, 0), float(n)) for n in range(5)]
    opinions = Opinions(votes, {b"question": vector})
    effects = opinions.effects(vector, [stretch(0, 0), stretch(0, 1)])
    assert -BOUND < effects[0] < 0 == effects[1]
    assert reordered([0.5, 0.45], effects) == [1, 0]
    assert reordered([0.5, 0.2], effects) == [0, 1]
    assert opinions.votes_for(stretch(0, 0)) == (0, 5)
    other = unit(np.array([[1, -1, 1, -1, 1, -1, 1, -1]], np.float32))[0]
    assert opinions.effects(other, [stretch(0, 0)]) == [0.0], "another question"
    assert Opinions([], {}).effects(vector, [stretch(0, 0)]) == [0.0]


@given(st.lists(st.tuples(st.integers(0, 30), st.booleans(), st.integers(0, 2)), max_size=200))
def test_the_effect_is_bounded_whatever_is_voted(cast: list[tuple[int, bool, int]]) -> None:
    vector = unit(np.ones((1, 8), np.float32))[0]
    votes = [
        Vote(b"question", str(person).encode(), up, stretch(0, quote), float(n))
        for n, (person, up, quote) in enumerate(cast)
    ]
    effects = Opinions(votes, {b"question": vector}).effects(vector, [stretch(0, quote) for quote in range(3)])
    assert all(-BOUND < effect < BOUND for effect in effects)
    assert sorted(reordered([0.5, 0.4, 0.3], effects)) == [0, 1, 2]
