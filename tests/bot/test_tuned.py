"""What is called sure with a model or reranker that the confidence is not fitted to."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import compose, settings, tuned
from bot.settings import Settings
from index.answer.asked import Asked
from index.encode.local import load_encoder
from index.records import Level

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
