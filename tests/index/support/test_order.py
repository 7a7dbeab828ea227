"""How the words of a statement follow those of what it cites."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.support.order import SIGNS, signs

CITED = "Pool\nIf you have paid, the red lockers by the pool are free. Dogs wait outside."


def test_signs_count_what_is_new_exchanged_put_in_and_left_out() -> None:
    new, others, content, share, stretches, exchanged, put_in, left_out, narrowing, of_all, of_all_stretches = signs(
        "The red lockers are always costly.", CITED
    )
    assert (new, others, content) == (2, 0, 4)
    assert (share, stretches) == (of_all, of_all_stretches) == (np.float32(4 / 6), 2)
    assert (exchanged, put_in, left_out, narrowing) == (1, 0, 2, 1)


def test_a_statement_that_is_cited_word_for_word_follows_it() -> None:
    assert signs("Dogs wait outside.", CITED).tolist() == [0, 0, 3, 1, 1, 0, 0, 0, 0, 1, 1]


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_texts_have_signs(statement: str, cited: str) -> None:
    seen = signs(statement, cited)
    assert seen.shape == (SIGNS,)
    assert np.isfinite(seen).all()
