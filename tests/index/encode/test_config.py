"""What is read from a model's folder is what sentence-transformers makes of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from index.encode import config, model
from index.encode.encoder import Encoder
from index.encode.transformer_encoder import TransformerEncoder
from index.encode.vocabulary import Vocabulary
from index.errors import ModelError


def test_a_folder_says_what_the_loaded_model_does(encoder: Encoder, other_model: Encoder, cls_model: Encoder) -> None:
    for reference in (encoder, other_model, cls_model):
        folder = model.locate(reference.name)
        loaded = TransformerEncoder.of_folder(folder, reference.name, "cpu")
        assert config.read(folder) == reference.description == loaded.description
    assert encoder.description.pools_by_mean
    assert not cls_model.description.pools_by_mean


def test_prompts_modules_and_windows_are_read_however_they_are_written(model_copy: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(model_copy, tmp_path / "model", symlinks=True)
    settings = {"prompts": {"query": "query: ", "document": "passage: "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(settings))
    (folder / "sentence_bert_config.json").unlink()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"embedding_dimension": 384, "pooling_mode": "mean"}))
    description = config.read(folder)
    assert description == TransformerEncoder.of_folder(folder, "it", "cpu").description
    assert (description.question_prompt, description.passage_prompt, description.window) == (
        "query: ",
        "passage: ",
        512,
    )
    (folder / "modules.json").unlink()
    assert config.read(folder).pools_by_mean


def test_a_vocabulary_is_that_of_the_loaded_model() -> None:
    folder = model.locate(model.DEFAULT_MODEL)
    vocabulary, encoder = Vocabulary.load(folder), TransformerEncoder.of_folder(folder, "it", "cpu")
    text = "Straße, naïve café 東京 🜚 and CAPITALS; unbelievably 3.14"
    ids, starts = vocabulary.ids(text)
    np.testing.assert_array_equal(ids, encoder.token_ids(text)[0])
    np.testing.assert_array_equal(starts, encoder.token_ids(text)[1])
    np.testing.assert_array_equal(vocabulary.known(ids), encoder.known(ids))
    np.testing.assert_array_equal(vocabulary.vectors(ids), encoder.vocabulary.vectors(ids))


@pytest.mark.parametrize("words", [1, 40, 400])
def test_a_text_is_cut_to_what_the_model_reads_of_it(encoder: Encoder, words: int) -> None:
    text = "unbelievable Straßenbahn " * words
    fitted = encoder.vocabulary.fitted(text, 128)
    assert text.startswith(fitted)
    read = encoder.vocabulary.encoded(text).ids[:127]
    assert encoder.vocabulary.encoded(fitted).ids[:127] == read
    assert len(encoder.vocabulary.encoded(fitted).ids) <= 128


def test_half_precision_tables_are_read(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import save_file as save_torch

    shutil.copy(model.locate(model.DEFAULT_MODEL) / "tokenizer.json", tmp_path)
    table = np.arange(12, dtype=np.float16).reshape(4, 3)
    save_file({"bert.embeddings.word_embeddings.weight": table}, tmp_path / "model.safetensors")
    np.testing.assert_array_equal(Vocabulary.load(tmp_path).embeddings, table.astype(np.float32))
    save_torch({"model.embed_tokens.weight": torch.tensor(table).bfloat16()}, tmp_path / "model.safetensors")
    np.testing.assert_array_equal(Vocabulary.load(tmp_path).embeddings, table.astype(np.float32))


def test_what_is_no_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        Vocabulary.load(tmp_path)
    shutil.copy(model.locate(model.DEFAULT_MODEL) / "tokenizer.json", tmp_path)
    with pytest.raises(ModelError, match="no table of token embeddings"):
        Vocabulary.load(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelError, match="cannot be read"):
        Vocabulary.load(tmp_path)
    (tmp_path / "modules.json").write_text('[{"idx": 0}]')
    with pytest.raises(ModelError, match="does not describe"):
        config.read(tmp_path)
