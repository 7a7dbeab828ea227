"""Whether the words of each level are true: the share of cards of that level that hold what was asked for.

    python bench/levels.py [--questions 600] [--eval ../shared/eval]

Over `community` (all questions) and `squad` (a sample, drawn with a fixed seed), as the bot answers where nothing is
set. A card is right where what it shows first holds what has to be seen; every card of a question that no document
answers is wrong. The reranker has been trained on questions of `squad`, so what it says of them is on the bright side.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from indexes import answers, indexed
from intervals import share
from sets import EVAL
from tables import show, write

from bot.cards.answer_card import quotes_on
from bot.cards.levels import level_of
from index.answer.answerer import Answerer, Asked
from index.answer.reranker.pointer import Pointer
from index.encode.local import load_encoder
from index.evaluation.must import holds, plain

_QUOTES = 4
_SEED = 5

Judged = tuple[str, str, float, bool]
"""The set, the level, the confidence, and whether the card is right."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    parser.add_argument("--questions", type=int, default=600, help="how many of squad")
    given = parser.parse_args()
    judged = [*_community(given.eval), *_squad(given.eval, given.questions)]
    rows = list(_rows(judged))
    show(list(rows[0]), [list(row.values()) for row in rows])
    write("levels", {"rows": rows, "judged": judged})


def _community(folder: Path) -> Iterator[Judged]:
    for one in sorted(path.parent for path in (folder / "community").glob("*/questions.jsonl")):
        for question, level, confidence, texts in _asked(one / "docs", _read(one / "questions.jsonl")):
            right = bool(question["answerable"] and question["must"]) and holds(question["must"], texts)
            yield "community", level, confidence, right


def _squad(folder: Path, count: int) -> Iterator[Judged]:
    every = _read(folder / "squad" / "questions.jsonl")
    sample = random.Random(_SEED).sample(every, min(count, len(every)))  # noqa: S311 -- a sample, no secret
    for question, level, confidence, texts in _asked(folder / "squad" / "docs", sample):
        shown = " ".join(map(plain, texts))
        right = bool(question["answerable"]) and any(plain(one) in shown for one in question["answers"])
        yield "squad", level, confidence, right


def _asked(docs: Path, questions: list[dict]) -> Iterator[tuple[dict, str, float, list[str]]]:  # type: ignore[type-arg]
    encoder = load_encoder()
    with indexed(docs, encoder) as generation:
        answerer = Answerer(generation, encoder, quotes=_QUOTES, threshold=None, reranker=Pointer("cpu"))
        found = answers(answerer, [Asked(one["question"]) for one in questions])
    for question, answer in zip(questions, found, strict=True):
        texts = [quote.text for quote in quotes_on(answer)]
        yield question, level_of(answer).value, answer.confidence, texts


def _read(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _rows(judged: list[Judged]) -> Iterator[dict[str, str]]:
    groups: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for name, level, _, right in judged:
        groups[level, name].append(right)
        groups[level, "both"].append(right)
    for (level, name), rights in sorted(groups.items()):
        yield {"level": level, "set": name, "cards": str(len(rights)), "right": str(share(rights))}


if __name__ == "__main__":
    main()
