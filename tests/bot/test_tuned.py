"""What is called sure with a model or reranker that the confidence is not fitted to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import compose, settings, tuned
from bot.settings import Settings
from index.answer.asked import Asked
from index.encode.local import load_encoder
from index.encode.model import DEFAULT_MODEL
from index.records import Level
from tests.bot.conftest import Quoth

QUESTION = "By whom is the rye bread baked?"


def level_of(loaded: Settings) -> Level:
    model = load_encoder(loaded.model, "cpu")
    compose.builder(loaded, model).build(loaded.documents, lambda *_: None)
    answerer = compose.answerer(loaded, model)
    try:
        return answerer.answer(Asked(QUESTION)).level
    finally:
        answerer.generation.close()


def test_with_another_model_nothing_is_called_sure_until_the_threshold_is_fitted_to_it(
    documents: Path, model_copy: Path
) -> None:
    """The model is the same in another folder, so all else is as it was."""
    ours = settings.load(documents=documents, data=documents.parent / "ours", reranker="off")
    assert level_of(ours) is Level.SURE
    other = settings.load(documents=documents, data=documents.parent / "other", reranker="off", model=str(model_copy))
    assert level_of(other) is Level.PROBABLE
    tuned.write(other, 0.12)
    assert level_of(other) is Level.SURE
    third = settings.load(documents=documents, data=documents.parent / "other", reranker="auto", model=str(model_copy))
    assert level_of(third) is Level.PROBABLE, "it was fitted without a reranker"


@pytest.mark.parametrize(("reranker", "expected"), [("auto", True), ("off", True), ("some/cross-encoder", False)])
def test_only_our_own_reranker_is_fitted(tmp_path: Path, reranker: str, *, expected: bool) -> None:
    assert tuned.is_fitted(settings.load(documents=tmp_path, data=tmp_path / "data", reranker=reranker)) is expected


def test_what_is_taken_back_and_put_back_was_fitted_to_the_model_and_reranker_in_use(
    tmp_path: Path, quoth: Quoth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was fitted to others is neither used nor removed, and it is said where nothing is left that fits."""
    data = ("--data", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()

    def chosen() -> Settings:
        return settings.load(data=tmp_path / "data")

    ours = tuned.in_force(chosen())
    tuned.write(chosen(), 0.31)
    tuned.write(chosen(), 0.41)
    monkeypatch.setenv("QUOTH_MODEL", "other/model")
    ended = quoth("tune", *data, "--undo").out
    assert "nothing to undo: what was written last is for the model" in ended
    assert f"{DEFAULT_MODEL} with the reranker auto, and stays for it" in ended
    assert not tuned.is_fitted(chosen())
    tuned.write(chosen(), 0.51)
    monkeypatch.delenv("QUOTH_MODEL")
    assert tuned.in_force(chosen()) == 0.41, "what was fitted to it counts again"
    assert "Taken back: 0.31 is used" in quoth("tune", *data, "--undo").out
    monkeypatch.setenv("QUOTH_MODEL", "other/model")
    assert tuned.in_force(chosen()) == 0.51
    ended = quoth("tune", *data, "--undo").out
    assert f"Taken back: {ours:g} is used" in ended
    assert "Nothing else was fitted to the model other/model with the reranker auto: no answer is called sure" in ended
    monkeypatch.delenv("QUOTH_MODEL")
    monkeypatch.setenv("QUOTH_RERANKER", "off")
    assert "nothing to undo: what was written last is for the model" in quoth("tune", *data, "--undo").out
    monkeypatch.delenv("QUOTH_RERANKER")
    assert "Taken back" in quoth("tune", *data, "--undo").out
    assert quoth("tune", *data, "--undo").out == "There is nothing to undo.\n"


@pytest.mark.parametrize("written", ["{", "null", "[1]", '[{"threshold": "x"}]', '[{"threshold": NaN, "model": "a"}]'])
def test_what_was_written_and_damaged_is_as_if_nothing_were_written(tmp_path: Path, quoth: Quoth, written: str) -> None:
    (tmp_path / tuned.FILE_NAME).write_text(written)
    assert tuned.threshold(settings.load(data=tmp_path)) is None
    assert quoth("tune", "--data", str(tmp_path), "--undo").out == "There is nothing to undo.\n"


@pytest.mark.parametrize("value", [7, "x", None, float("nan"), True])
def test_a_threshold_that_is_none_is_neither_used_nor_taken_back(tmp_path: Path, value: object) -> None:
    loaded = settings.load(data=tmp_path)
    tuned.write(loaded, 0.31)
    tuned.write(loaded, 0.41)
    rows = json.loads((tmp_path / tuned.FILE_NAME).read_text())
    (tmp_path / tuned.FILE_NAME).write_text(json.dumps([{**rows[0], "threshold": value}, *rows]))
    assert tuned.threshold(loaded) == 0.41
    assert tuned.undo(loaded)
    assert tuned.threshold(loaded) == 0.31
    assert tuned.undo(loaded)
    assert not tuned.undo(loaded)
