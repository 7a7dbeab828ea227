"""A data folder whose files are pickles that do something: nothing is done."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.reranker import Reranker
from index.answer.reranker.cross_encoder import PairReranker
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.errors import ModelError, QuothError
from index.store import manifest
from index.store.disk import layout
from index.store.disk.generation import Generation
from index.store.disk.verify import verify
from tests.index.conftest import Library, resealed


class _Bomb:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self.mark,)


def _pickled(mark: Path) -> bytes:
    return pickle.dumps(_Bomb(mark))


def _array(mark: Path) -> bytes:
    """Return an array of objects as numpy saves it: a header, then a pickle."""
    buffer = io.BytesIO()
    np.save(buffer, np.array([_Bomb(mark)], dtype=object))
    return buffer.getvalue()


@pytest.mark.parametrize("bomb", [_pickled, _array])
def test_no_file_of_a_generation_is_unpickled(built: Library, tmp_path: Path, bomb: Callable[[Path], bytes]) -> None:
    """Each file in turn is exchanged for a bomb, and the manifest says that this is how it was written."""
    mark = tmp_path / "mark"
    names = [
        path.relative_to(built.shelf.place()).as_posix() for path in built.shelf.place().rglob("*") if path.is_file()
    ]
    assert {layout.DOCUMENTS, layout.PASSAGES, layout.SENTENCES, manifest.FILE_NAME} < set(names)
    for number, name in enumerate(names):
        folder = tmp_path / str(number)
        folder.mkdir()
        place = resealed(built, folder, lambda copy, name=name: (copy / name).write_bytes(bomb(mark)))  # type: ignore[misc]
        try:
            generation = Generation(place)
            Answerer(generation, built.encoder, quotes=3, threshold=None).answer(Asked("How long do cats sleep?"))
            generation.close()
        except QuothError:
            pass
        verify(place, lambda _done, _total: None)
        assert not mark.exists(), name


@pytest.mark.parametrize("load", [load_encoder, PairReranker.load])
def test_no_model_is_unpickled(
    model_copy: Path, tmp_path: Path, load: Callable[[str, str], Encoder | Reranker]
) -> None:
    mark = tmp_path / "mark"
    (tmp_path / "model").mkdir()
    for path in model_copy.rglob("*.*"):
        if path.is_file() and path.suffix != ".safetensors":
            copy = tmp_path / "model" / path.relative_to(model_copy)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes())
    for name in ("pytorch_model.bin", "model.pt", "model.pkl", "optimizer.pt"):
        (tmp_path / "model" / name).write_bytes(_pickled(mark))
    with pytest.raises(ModelError):
        load(str(tmp_path / "model"), "cpu")
    assert not mark.exists()
