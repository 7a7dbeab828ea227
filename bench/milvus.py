"""Whether answers from Milvus are those from disk, to the quote, and what a question costs there.

    python bench/milvus.py squad [--first-look] [--eval ../shared/eval] [--limit N] [--at-once N]
        [--index milvus://host:port/database]

Every question of a set is asked of two indexes over the same documents, one after the other, in turns: one in a folder,
one in Milvus. Without --index a Milvus Lite server is started on loopback, and ended afterwards. Two answers are equal
where all quotes, or all closest ones, are the same text at the same place in the same order and both or neither are
given as answers. Ctrl-C ends it early, and tells what has been measured. Times are of a question by itself; each
question is new to both indexes, and disk has its turn first.
"""

from __future__ import annotations

import argparse
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
from indexes import QUOTES, add_look, look, quiet, reranker
from sets import EVAL, questions
from tables import show, write

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.build.builder import Builder, BuildSettings
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.records import Answer, Quote
from index.store.disk.shelf import Shelf as Folder
from index.store.milvus.address import address_in
from index.store.milvus.connection import Connection
from index.store.milvus.shelf import Shelf as InMilvus
from index.store.shelf import Shelf


def main() -> None:
    given = _arguments()
    asked = questions(given.eval / given.set)
    random.Random(0).shuffle(asked)  # noqa: S311 -- so that any beginning is a sample
    asked = asked[: given.limit]
    documents = given.documents or given.eval / given.set / "docs"
    encoder = load_encoder()
    second = reranker(given)
    with tempfile.TemporaryDirectory() as folder, _server(given.index, Path(folder) / "milvus") as url:
        shelves: list[Shelf] = [
            Folder(Path(folder) / "disk"),
            InMilvus(Connection(address_in(url)), Folder(Path(folder) / "work")),
        ]
        built = [_built(shelf, documents, encoder) for shelf in shelves]
        answerers = [
            Answerer(shelf.open(), encoder, quotes=QUOTES, threshold=None, reranker=second) for shelf in shelves
        ]
        pairs: list[tuple[Answer, Answer]] = []
        spent: list[tuple[float, float]] = []
        with suppress(KeyboardInterrupt):  # what has been measured so far is told
            for at in range(0, len(asked), given.at_once):
                batch = [question.asked for question in asked[at : at + given.at_once]]
                turns = [_timed(answerer, batch) for answerer in answerers]
                pairs += zip(turns[0][0], turns[1][0], strict=True)
                spent.append((turns[0][1] / len(batch), turns[1][1] / len(batch)))
        passages = answerers[0].generation.manifest.counts.passages
    _tell(given, pairs, np.array(spent), built, passages)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set")
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    parser.add_argument("--documents", type=Path, help="another folder of documents than the set's own")
    parser.add_argument("--index", help="a Milvus that runs: its database is built anew")
    add_look(parser)
    parser.add_argument("--at-once", type=int, default=1, help="ask so many at once: times are then of one's share")
    parser.add_argument("--limit", type=int, help="ask only so many questions")
    return parser.parse_args()


@contextmanager
def _server(url: str | None, folder: Path) -> Iterator[str]:
    if url is not None:
        yield url
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(folder), "--host", "127.0.0.1"]
    # in a session of its own, Ctrl-C does not reach it
    with subprocess.Popen(
        [*command, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as server:
        try:
            while server.poll() is None:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                except OSError:
                    time.sleep(0.1)
                else:
                    break
            yield f"milvus://127.0.0.1:{port}/bench"
        finally:
            server.terminate()


def _built(shelf: Shelf, documents: Path, encoder: Encoder) -> float:
    return Builder(shelf, encoder, BuildSettings()).build(documents, quiet, fresh=True).seconds


def _timed(answerer: Answerer, asked: list[Asked]) -> tuple[list[Answer], float]:
    began = time.perf_counter()
    results = answerer.answer_all(asked)
    return results, 1000 * (time.perf_counter() - began)


def _tell(
    given: argparse.Namespace,
    pairs: list[tuple[Answer, Answer]],
    spent: np.ndarray,
    built: list[float],
    passages: int,
) -> None:
    different = [pair for pair in pairs if _quoted(pair[0]) != _quoted(pair[1])]
    apart = max((abs(disk.confidence - milvus.confidence) for disk, milvus in pairs), default=0.0)
    ratios = spent[:, 1] / spent[:, 0]
    rows = [
        ("questions", len(pairs)),
        ("passages", passages),
        ("answers that are equal, to the quote", len(pairs) - len(different)),
        ("greatest difference of a confidence", f"{apart:.1e}"),
        ("a question on disk, ms: p50, p95", _percentiles(spent[:, 0])),
        ("a question in Milvus, ms: p50, p95", _percentiles(spent[:, 1])),
        ("Milvus ÷ disk: p50", f"{np.median(ratios):.2f}"),
        ("last half alone: Milvus ÷ disk, p50", f"{np.median(ratios[len(ratios) // 2 :]):.2f}"),
        ("building on disk, in Milvus, s", f"{built[0]:.1f}, {built[1]:.1f}"),
    ]
    show(("what", "figure"), rows)
    for disk, milvus in different:
        print(f"\n{disk.question}\n  disk:   {_quoted(disk)}\n  Milvus: {_quoted(milvus)}")
    summary = dict(rows) | {"different": [disk.question for disk, _ in different]}
    write(f"milvus-{given.set}{look(given)}", summary)


def _quoted(answer: Answer) -> tuple[bool, list[tuple[str, int, int, str]]]:
    return answer.answered, [_where(quote) for quote in answer.quotes or answer.closest]


def _where(quote: Quote) -> tuple[str, int, int, str]:
    return quote.source, quote.start, quote.end, quote.text


def _percentiles(values: np.ndarray) -> str:
    return f"{np.percentile(values, 50):.1f}, {np.percentile(values, 95):.1f}"


if __name__ == "__main__":
    main()
