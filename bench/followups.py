"""Questions that follow on others: whether the right document is found, without and with the exchange before.

    python bench/followups.py [--first-look] [--eval ../shared/eval]

Over the answerable questions of the set `followups`: the share of which the lead quote is from a right document, and
of which one of the first five quotes of different documents is, and of which are answered at the default threshold.
95 % intervals are Wilson's; the last column counts
the questions for which the exchange before put a right document first, and for which it took one away.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from indexes import add_look, answers, indexed, look, reranker
from intervals import share
from sets import EVAL, Labelled, questions
from tables import show, write

from index.answer.answerer import Answerer
from index.answer.confidence import Strictness, fitted_threshold
from index.encode.local import load_encoder

_QUOTES = 10
_FIVE = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    add_look(parser)
    given = parser.parse_args()
    folder = given.eval / "followups"
    asked = [one for one in questions(folder) if one.answerable]
    encoder = load_encoder()
    with indexed(folder / "docs", encoder) as generation:
        answerer = Answerer(generation, encoder, quotes=_QUOTES, threshold=0.0, reranker=reranker(given))
        alone, sure_alone = _ranks(answerer, [replace(one, history=()) for one in asked])
        after, sure_after = _ranks(answerer, asked)
    moved = f"+{(after == 0)[alone > 0].sum()} -{(after > 0)[alone == 0].sum()}"
    least = fitted_threshold(Strictness.BALANCED)
    rows = {
        name: {"first": share(ranks == 0), "in five": share(ranks < _FIVE), "answered": share(sure >= least)}
        for name, ranks, sure in (
            ("the question alone", alone, sure_alone),
            ("with the exchange before", after, sure_after),
        )
    }
    show(
        ("right document", "first", "in five", "answered", "moved"),
        [(name, *row.values(), moved if "before" in name else "") for name, row in rows.items()],
    )
    write(f"followups{look(given)}", {name: {k: asdict(v) for k, v in row.items()} for name, row in rows.items()})


def _ranks(answerer: Answerer, asked: list[Labelled]) -> tuple[np.ndarray, np.ndarray]:
    """Return for each question how many other documents were quoted before a right one, and the confidence."""
    found = answers(answerer, [one.asked for one in asked])
    ranks = [one.rank(answer.quotes) for one, answer in zip(asked, found, strict=True)]
    return (
        np.array([_QUOTES if rank is None else rank for rank in ranks]),
        np.array([answer.confidence for answer in found]),
    )


if __name__ == "__main__":
    main()
