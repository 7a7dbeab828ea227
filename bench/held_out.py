"""The reranker as it would be, had it never seen the questions of the document that a question is about.

The one in the package was trained on the questions of squad and clapnq too. To measure on those, each question is read
by weights that were trained without the documents of its fold; all other questions by those in the package.

    python bench/train_reranker.py --asked --start bench/out/reranker.safetensors --rate 4e-5 --without FOLD
    python bench/pack_reranker.py --trained bench/out/reranker-without-FOLD.safetensors \\
        --packed bench/out/fold-FOLD.safetensors

make them, for each fold.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reranker_asked import FOLDS, folds_of_questions
from tables import OUT

from index.answer.reranker.pointer import Pointer
from index.arrays import Vectors
from index.records import PassageText


class HeldOut:
    """Reads each question with the weights that have not seen it."""

    is_fitted = True

    def __init__(self) -> None:
        """Load all weights; raises `FileNotFoundError`, saying how to make them, where those of a fold are missing."""
        self._folds = folds_of_questions()
        self._others = Pointer("cpu")
        self._of_fold = [Pointer("cpu", _weights(fold)) for fold in range(FOLDS)]

    def log_odds(self, question: str, passages: Sequence[PassageText]) -> list[Vectors]:
        """Return for each passage the log odds of each of its sentences."""
        fold = self._folds.get(question)
        pointer = self._others if fold is None else self._of_fold[fold]
        return pointer.log_odds(question, passages)


def _weights(fold: int) -> Path:
    path = OUT / f"fold-{fold}.safetensors"
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: bench/held_out.py says in its first lines how to make it.")
    return path
