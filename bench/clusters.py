"""How well questions are put together that ask the same: adjusted Rand index on 500 questions in 60 groups.

The groups are of the community questions in ../shared/eval, put together by hand (`GROUPS` names them by their ids).
Each group is filled up with rewordings: first those written by hand for it, then some by rule (greetings, the first
sentence alone, slips of the finger, other words for common ones). Run it with

    .venv/bin/python bench/clusters.py [--sweep]
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from itertools import cycle, islice

import numpy as np
from cluster_rewordings import GROUPS
from sets import EVAL
from sklearn.metrics import adjusted_rand_score
from tables import show

from bot.insight.clustering import NEAR, clustered
from index.answer.asked import question_text
from index.encode.local import load_encoder

QUESTIONS = 500
_SHORT = 25
_SHORT_WORD = 4

_OTHER_WORDS = {
    "how do i": "what is the way to",
    "how to": "is there a way to",
    "doesn't work": "isn't working",
    "not working": "broken",
    "error": "problem",
    "install": "set up",
    "server": "srv",
    "possible": "doable",
    "because": "cause",
    "thanks": "thx",
}
_OPENINGS = (
    "hey all, ", "hi! quick question: ", "sorry if this was asked before, ", "anyone know this? ", "noob here. ",
)  # fmt: skip
_CLOSINGS = (" any ideas?", " thanks in advance!", " pls help", " I tried everything.", " what am I missing?")


def community() -> dict[str, str]:
    """Return the questions by their ids."""
    paths = sorted((EVAL / "community").glob("*/questions.jsonl"))
    rows = (json.loads(line) for path in paths for line in path.open(encoding="utf-8"))
    return {row["qid"]: row["question"] for row in rows}


def reworded(text: str, number: int, chance: random.Random) -> str:
    """Return a question in other words, by the rule of this `number`."""
    match number % 4:
        case 0:
            return f"{chance.choice(_OPENINGS)}{text}"
        case 1:
            first = re.split(r"(?<=[.!?])\s", text)[0]
            return f"{first if len(first) > _SHORT else text}{chance.choice(_CLOSINGS)}"
        case 2:
            low = text.lower()
            for word, other in _OTHER_WORDS.items():
                low = low.replace(word, other)
            return re.sub(r"[.,!?`\"']", "", low)
        case _:
            return _slips(text, chance)


def _slips(text: str, chance: random.Random) -> str:
    words = text.split()
    for at in chance.sample(range(len(words)), min(2, len(words))):
        word = words[at]
        if len(word) > _SHORT_WORD:
            spot = chance.randrange(1, len(word) - 2)
            words[at] = word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
    return " ".join(words)


def gold() -> Iterator[tuple[int, str]]:
    """Yield the number of the group and the words of each question."""
    asked, chance = community(), random.Random(1)  # noqa: S311 -- the same each time
    groups = [[*(asked[qid] for qid in qids), *by_hand] for qids, by_hand in GROUPS]
    base = [(number, text) for number, group in enumerate(groups) for text in group]
    yield from base[:QUESTIONS]
    missing = QUESTIONS - len(base)
    turns = islice(cycle(range(len(groups))), max(missing, 0))
    for count, number in enumerate(turns):
        group = groups[number]
        text = group[(count // len(groups)) % len(group)]
        yield number, reworded(text, count // len(groups) + number, chance)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sweep", action="store_true", help="try other thresholds, too")
    sweep = parser.parse_args().sweep
    labels, texts = zip(*gold(), strict=True)
    asked = [question_text(text) for text in texts]
    vectors = load_encoder(device="cpu").questions(asked)
    rows = []
    for near in np.arange(0.3, 0.61, 0.02) if sweep else [NEAR]:
        clusters = clustered(vectors, asked, near=float(near))
        score = adjusted_rand_score(labels, clusters)
        rows.append((f"{near:.2f}", len(texts), len(set(labels)), len(set(clusters.tolist())), f"{score:.3f}"))
    show(("threshold", "questions", "groups by hand", "groups found", "adjusted Rand index"), rows)


if __name__ == "__main__":
    main()
