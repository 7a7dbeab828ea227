"""Any two texts are alike by some models: what all vectors of such a model have in common is taken from them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from safetensors.numpy import load_file, save_file

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.store.disk.shelf import Shelf
from tests.index.conftest import Library

FERRY = "# Ferry\n\nThe ferry leaves at nine from the old harbour. Dogs travel free of charge.\n"
LIBRARY = "# Reading room\n\nThe reading room is closed on Mondays. Coats are left with the porter.\n"


@pytest.fixture(scope="module")
def alike(model_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """A model by which any two texts are alike: the same is added to each token's state."""
    folder = shutil.copytree(model_copy, tmp_path_factory.mktemp("alike") / "model", symlinks=True)
    weights = load_file(folder / "model.safetensors")
    weights["encoder.layer.5.output.LayerNorm.bias"] += 1.0
    (folder / "model.safetensors").unlink()
    save_file(weights, folder / "model.safetensors")
    return load_encoder(str(folder), "cpu")


def test_texts_that_have_nothing_to_do_with_each_other_are_not_alike(alike: Encoder) -> None:
    rocket, bakery = alike.probes[0], alike.probes[2]
    assert rocket @ bakery > 0.7, "as the model gives them"
    asked, other = alike.questions(["When does the second stage begin to burn?", "Who bakes the bread?"])
    assert asked @ other < 0.3


def test_what_the_documents_do_not_answer_is_refused_with_such_a_model(alike: Encoder, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    library = Library(tmp_path / "documents", Shelf(tmp_path / "data"), alike)
    library.write("ferry.md", FERRY)
    library.write("library.md", LIBRARY)
    library.build()
    answerer = Answerer(library.shelf.open(), alike, quotes=3, threshold=None)
    answered = answerer.answer(Asked("When does the ferry leave?"))
    assert answered.answered
    assert answered.quotes[0].text.startswith("The ferry leaves at nine")
    for question in (
        "Who won the world cup in 1998?",
        "Which vitamins does a carrot hold?",
        "How tall is the volcano?",
    ):
        assert not answerer.answer(Asked(question)).answered
