"""Question sets: those to measure on, in ../shared/eval, and those to fit on, in ../shared/train."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.evaluation.labelled import Labelled
from index.evaluation.questions import read

__all__ = ["EVAL", "SHARED", "TRAIN", "Labelled", "questions", "training_rows"]

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
EVAL = SHARED / "eval"
TRAIN = SHARED / "train"


def questions(folder: Path) -> list[Labelled]:
    """Return the questions of an evaluation set."""
    with (folder / "questions.jsonl").open("rb") as lines:
        return read(lines)


def training_rows(name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a training set."""
    with gzip.open(TRAIN / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
