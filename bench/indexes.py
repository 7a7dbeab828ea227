"""Indexes for measuring: built as the bot builds them, and removed afterwards or kept for the next run."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tables import OUT

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.reranker import Reranker
from index.build.builder import Builder, BuildSettings
from index.encode.encoder import Encoder
from index.records import Answer
from index.store.disk.generation import Generation
from index.store.disk.shelf import Shelf

KEPT = OUT / "indexes"
"""Where indexes of sets are kept, each in a folder of the set's name."""

BATCH = 64
QUOTES = 3

_AS_USUAL = BuildSettings()


@contextmanager
def indexed(
    documents: Path, encoder: Encoder, settings: BuildSettings = _AS_USUAL, kept: Path | None = None
) -> Iterator[Generation]:
    """Build an index over a folder of documents and open it; where one is `kept`, it is only brought up to date."""
    with tempfile.TemporaryDirectory() as folder:
        shelf = Shelf(kept or Path(folder))
        Builder(shelf, encoder, settings).build(documents, quiet)
        generation = shelf.open()
        try:
            yield generation
        finally:
            generation.close()


def quiet(step: str, done: int, of: int) -> None:
    """Show no progress."""


def answers(answerer: Answerer, asked: Sequence[Asked]) -> list[Answer]:
    """Answer all of `asked`, in batches."""
    return [answer for at in range(0, len(asked), BATCH) for answer in answerer.answer_all(asked[at : at + BATCH])]


def add_look(parser: argparse.ArgumentParser) -> None:
    """Add the option that leaves the second look out."""
    parser.add_argument("--first-look", action="store_true", help="without the reranker")


def reranker(given: argparse.Namespace) -> Reranker | None:
    """Return the reranker, for each question as if it had never seen it; none where `--first-look` was given."""
    if given.first_look:
        return None
    from held_out import HeldOut

    return HeldOut()


def look(given: argparse.Namespace) -> str:
    """Return what is added to the name of a result without a second look."""
    return "-first-look" if given.first_look else ""
