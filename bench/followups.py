"""Questions that follow on others: whether the right document is found, without and with the exchange before.

    python bench/followups.py [--first-look] [--eval ../shared/eval]

Over the answerable questions of the set `followups`: the share of which the lead quote is from a right document, and
of which one of the first five quotes of different documents is, and of which are answered at the default threshold; of
those that the documents do not answer, the share that is answered as well. 95 % intervals are Wilson's; the last column
counts the questions for which the exchange before put a right document first, and for which it took one away.
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
    asked = questions(folder)
    encoder = load_encoder()
    with indexed(folder / "docs", encoder) as generation:
        answerer = Answerer(generation, encoder, quotes=_QUOTES, threshold=0.0, reranker=reranker(given))
        alone = _outcomes(answerer, [replace(question, history=()) for question in asked])
        after = _outcomes(answerer, asked)
    answerable = np.array([question.answerable for question in asked])
    before, now = (ranks[answerable] for ranks, _ in (alone, after))
    moved = f"+{(now == 0)[before > 0].sum()} -{(now > 0)[before == 0].sum()}"
    rows = {
        name: {
            "first": share(ranks[answerable] == 0),
            "in five": share(ranks[answerable] < _FIVE),
            "answered": share(answered[answerable]),
            "others answered": share(answered[~answerable]),
        }
        for name, (ranks, answered) in (("the question alone", alone), ("with the exchange before", after))
    }
    show(
        ("right document", *next(iter(rows.values())), "moved"),
        [(name, *row.values(), moved if "before" in name else "") for name, row in rows.items()],
    )
    write(f"followups{look(given)}", {name: {k: asdict(v) for k, v in row.items()} for name, row in rows.items()})


def _outcomes(answerer: Answerer, asked: list[Labelled]) -> tuple[np.ndarray, np.ndarray]:
    """Return for each question how many other documents were quoted before a right one, and whether it is answered."""
    results = answers(answerer, [question.asked for question in asked])
    ranks = [question.rank(answer.quotes) for question, answer in zip(asked, results, strict=True)]
    return (
        np.array([_QUOTES if rank is None else rank for rank in ranks]),
        np.array([answer.confidence >= fitted_threshold(Strictness.BALANCED) for answer in results]),
    )


if __name__ == "__main__":
    main()
