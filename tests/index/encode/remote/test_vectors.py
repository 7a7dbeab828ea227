"""The vectors of a server with the same model are those of the model here, but for sentences."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from serving import KEY, Serving, serving

from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.encode.remote.server import addresses
from index.errors import EncoderError
from index.records import PassageText
from tests.index.encode.remote.conftest import model_of, remote

_TEXT = "Cats sleep all day. Rockets fly to the moon. Bread is baked in ovens."
_SENTENCES = ((0, 19), (20, 44), (45, 69))
_QUESTIONS = ["When do cats sleep?", "", "word " * 600, "Où est l'école? 東京 🜚"]


def _encoded(encoder: Encoder, texts: list[PassageText]) -> list[tuple[Vectors, Vectors]]:
    encoded = {i: (vector, sentences) for i, vector, sentences in encoder.passages(texts)}
    return [encoded[i] for i in range(len(texts))]


def _assert_same(vectors: Vectors, other: Vectors) -> None:
    assert vectors.shape == other.shape
    assert vectors.dtype == other.dtype == np.float32
    assert float((vectors * other).sum(axis=-1).min()) > 0.9999


def test_questions_get_the_vectors_that_they_get_here(server: Serving, encoder: Encoder) -> None:
    """So do those that are longer than the window, and those that are empty."""
    there = remote(server.url)
    _assert_same(there.questions(_QUESTIONS), encoder.questions(_QUESTIONS))
    assert there.questions([]).shape == (0, 384)
    sent = [text for body in server.asked for text in body["input"]]
    assert all(len(encoder.vocabulary.encoded(text).ids) <= encoder.window for text in sent)
    assert {(body["model"], body["encoding_format"]) for body in server.asked} == {("the-model", "float")}


def test_passages_get_the_vectors_that_they_get_here_and_sentences_those_of_their_own(
    server: Serving, encoder: Encoder
) -> None:
    texts = [PassageText("A title", f"{_TEXT} {'More of it. ' * (n // 3)}", _SENTENCES) for n in range(70)]
    texts.append(PassageText("No sentences", "Nothing is told apart here.", ()))
    there = remote(server.url)
    served, local = _encoded(there, texts), _encoded(encoder, texts)
    for (vector, sentences), (wanted, pooled) in zip(served, local, strict=True):
        _assert_same(vector, wanted)
        assert sentences.shape == pooled.shape
    alone = model_of(encoder)([_TEXT[start:end] for start, end in _SENTENCES])
    _assert_same(served[0][1], alone)
    assert not np.allclose(served[0][1], local[0][1], atol=1e-2)
    assert max(len(body["input"]) for body in server.asked) == 32
    assert (there.second_pass, encoder.second_pass) == (True, False)


def test_a_model_that_does_not_pool_by_the_mean_has_the_same_sentences_there(cls_model: Encoder) -> None:
    with serving(model_of(cls_model)) as running:
        there = remote(running.url, name=cls_model.name)
        texts = [PassageText("Title", _TEXT, _SENTENCES)]
        _assert_same(_encoded(there, texts)[0][1], _encoded(cls_model, texts)[0][1])
        assert not there.second_pass


def test_the_prompts_of_the_model_are_sent(model_copy: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(model_copy, tmp_path / "model", symlinks=True)
    settings = {"prompts": {"query": "query: ", "document": "passage: "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings))
    prompted = load_encoder(str(folder), "cpu")
    with serving(model_of(prompted)) as running:
        there = remote(running.url, name=str(folder))
        _assert_same(there.questions(["Who?"]), prompted.questions(["Who?"]))
        texts = [PassageText("Title", _TEXT, _SENTENCES)]
        _assert_same(_encoded(there, texts)[0][0], _encoded(prompted, texts)[0][0])
        assert ["query: Who?"] in [body["input"] for body in running.asked]
        assert "passage: Cats sleep all day." in running.asked[-1]["input"]


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/", "/v1/embeddings"])
def test_the_address_may_end_in_several_ways(server: Serving, end: str) -> None:
    assert remote(server.url + end).questions(["Who?"]).shape == (1, 384)


def test_embeddings_may_lie_without_a_version(encoder: Encoder) -> None:
    with serving(model_of(encoder), path="/embeddings") as running:
        there = remote(running.url)
        assert there.questions(["Who?"]).shape == (1, 384)
        assert there.questions(["Where?"]).shape == (1, 384)
    assert addresses("http://host/some/v1/") == ("http://host/some/v1/embeddings",)
    assert addresses("http://host/some") == ("http://host/some/v1/embeddings", "http://host/some/embeddings")


@pytest.mark.parametrize("most", [1, 5])
def test_a_server_that_takes_fewer_texts_gets_fewer(server: Serving, encoder: Encoder, most: int) -> None:
    server.most = most
    texts = [PassageText("A title", _TEXT, _SENTENCES)] * 20
    encoded = _encoded(remote(server.url), texts)
    _assert_same(encoded[0][0], _encoded(encoder, texts[:1])[0][0])
    assert max(len(body["input"]) for body in server.asked[-5:]) <= most


def test_the_key_is_sent_and_never_told(server: Serving) -> None:
    server.key = KEY
    assert remote(server.url, key=KEY).questions(["Who?"]).shape == (1, 384)
    assert server.headers["Authorization"] == f"Bearer {KEY}"
    wrong = "sk-wrong"
    with pytest.raises(EncoderError, match=r"QUOTH_ENCODER_KEY\.$") as error:
        remote(server.url, key=wrong).questions(["Who?"])
    assert "Incorrect API key" in str(error.value)
    assert wrong not in str(error.value)
    assert KEY not in repr(vars(error.value))
