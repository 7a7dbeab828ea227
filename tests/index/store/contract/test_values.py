"""What goes to Milvus, and where it goes: values alone, without a server."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store.disk import lexical
from index.store.milvus import bm25, scope
from index.store.milvus.address import Address, address_in
from index.store.milvus.pieces import LONGEST, bytes_of, cut, joined, text_of
from index.store.milvus.tokens import NOTHING, token
from index.store.scope import document_filter
from tests.index.conftest import numbering


@pytest.mark.parametrize(
    ("url", "host", "port", "database", "token", "uri"),
    [
        ("milvus://db.example:19531/wiki", "db.example", 19531, "wiki", "", "http://db.example:19531"),
        ("milvus://localhost", "localhost", 19530, "default", "", "http://localhost:19530"),
        ("milvus://bot:p%40ss@db/wiki", "db", 19530, "wiki", "bot:p@ss", "http://db:19530"),
        ("milvus+tls://a1b2c3@db:443/wiki/", "db", 443, "wiki", "a1b2c3", "https://db:443"),
        ("milvus://[::1]:19530/wiki", "::1", 19530, "wiki", "", "http://[::1]:19530"),
    ],
)
def test_an_address_is_read(url: str, host: str, port: int, database: str, token: str, uri: str) -> None:  # noqa: PLR0913, PLR0917 -- its parts
    read = address_in(url)
    assert (read.host, read.port, read.database, read.token, read.uri) == (host, port, database, token, uri)


@pytest.mark.parametrize(
    "url",
    [
        "data",
        "http://secret@db:19530",
        "milvus://",
        "milvus://secret@db:70000",
        "milvus://secret@db/a-b",
        "milvus://secret@db/a?b",
    ],
)
def test_what_is_no_address_is_told_without_repeating_it(url: str) -> None:
    with pytest.raises(ValueError, match="milvus://host:19530/database") as error:
        address_in(url)
    assert "secret" not in str(error.value)


def test_what_lets_one_in_is_not_shown() -> None:
    address = address_in("milvus://bot:hunter2@db/wiki")
    assert str(address) == "db:19530/wiki"
    assert "hunter2" not in repr(address)
    assert isinstance(address, Address)


@given(st.text(max_size=30), st.text(max_size=30))
def test_different_stems_are_different_tokens_that_no_tokenizer_cuts(stem: str, other: str) -> None:
    assert (token(stem) == token(other)) == (stem == other)
    assert re.fullmatch("[0-9a-z]*", token(stem))
    assert token(stem) != NOTHING


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists), st.binary())
def test_what_is_cut_is_joined_again(value: object, data: bytes) -> None:
    assert joined(cut(value)) == value
    assert bytes_of(text_of(data)) == data


def test_pieces_fit_and_none_may_be_missing() -> None:
    pieces = list(cut("ä😀" * 50_000))
    assert len(pieces) > 1
    assert max(len(piece.encode()) for piece in pieces) <= LONGEST
    with pytest.raises(ValueError, match=r"."):
        joined(pieces[:-1])


def test_scores_are_those_of_the_index_on_disk(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    known = [f"w{number}" for number in range(60)]
    texts = [
        list(rng.choice(known, size=size)) for size in (1, 5, 39, 40, 41, 43, 100, 333, 900, *rng.integers(1, 400, 90))
    ]
    passages = [lexical.LexicalPassage(row, 0, "", " ".join(words)) for row, words in enumerate(texts)]
    lexical.write(tmp_path, passages)
    disk = lexical.Lexical(tmp_path, numbering(*[1] * len(texts)))
    terms = ["w1", "w2", "w30"]
    weights = [1.0, 0.5, 3.0]
    rows, expected = disk.search(terms, len(texts), weights=weights)
    having = [(term, disk.passages_with(term), weight) for term, weight in zip(terms, weights, strict=True)]
    scores = bm25.scores(texts, having, len(texts), sum(map(len, texts)))
    assert np.allclose(scores[rows], expected, rtol=1e-6)
    assert np.count_nonzero(scores) == len(rows)


def test_filters_say_what_is_inside() -> None:
    nine = numbering(*[1] * 9)
    assert scope.as_filter(None) == scope.as_filter(document_filter(range(9), nine)) == ""
    assert scope.as_filter(document_filter([3, 4], nine)) == "(document >= 3 and document <= 4)"
    assert scope.as_filter(document_filter([0, 1, 2, 5, 6, 7, 8], nine)) == "(document < 3 or document > 4)"
    assert scope.is_empty(document_filter([], nine))
    assert scope.as_filter(document_filter(range(0, 400, 3), numbering(*[1] * 400))).startswith("document in [0, 3, ")
