"""Damaged files of every kind, the same ones every time. The long form is `bench/fuzz.py`."""

from __future__ import annotations

import pytest
from fuzz_checks import tried
from fuzz_inputs import KINDS, made
from hypothesis import given, settings
from hypothesis import strategies as st

FINE = {"read", "named", "library's error"}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(number=st.integers(0, 10**9))
def test_a_damaged_file_is_read_right_or_named(kind: str, number: int) -> None:
    came, detail = tried(made(kind, number, seed=1), f"a{kind}")
    assert came in FINE, detail


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(data=st.binary(max_size=200))
def test_bytes_of_no_kind_are_read_right_or_named(kind: str, data: bytes) -> None:
    came, detail = tried(data, f"a{kind}")
    assert came in FINE, detail


@pytest.mark.parametrize("kind", [".md", ".rst", ".html", ".txt"])
@settings(max_examples=20)
@given(text=st.text(max_size=300))
def test_any_text_is_read_right_or_named(kind: str, text: str) -> None:
    came, detail = tried(text.encode("utf-8", "surrogatepass"), f"a{kind}")
    assert came in FINE, detail


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_gives_the_same_file_every_time(kind: str) -> None:
    assert made(kind, 7) == made(kind, 7)
    assert len({made(kind, number) for number in range(20)}) > 10
