"""Whether the words of each level are true: the share of cards of that level that hold what was asked for.

    python bench/levels.py [--questions 600] [--seed 5] [--eval ../shared/eval]

Over `community` (all questions) and `squad` (a sample, drawn with a fixed seed), as the bot answers where nothing is
set, beside what `seeds/guides/how-an-answer-is-chosen.md` promises. A card is right where what it shows first holds
what has to be seen; every card of a question that no document answers is wrong. The reranker has been trained on
questions of `squad`, so what it says of them is on the bright side.

Then the same of what would be shown to people who did not ask, by thresholds, of sentences and blocks each. The weights
for blocks were fitted on `community`, those for sentences on `squad` among others: two and six numbers each.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator

from community_set import QUOTES, answered, lines_of, parser
from indexes import KEPT, answers, indexed
from intervals import share
from tables import show, write

from bot.cards.answer_card import quotes_on
from bot.cards.levels import level_of
from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.reranker.pointer import Pointer
from index.encode.local import load_encoder
from index.evaluation.must import plain
from index.records import Answer

_PROMISED = {"sure": 0.80, "probable": 0.55, "guess": 0.20, "none": 0.0}
"""The share right of each level, as the guide for members puts it."""

_UNASKED = (0.12, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)

Judged = tuple[str, str, str, float, bool]
"""The set, the level, "block" or "sentence", the confidence, and whether the card is right."""


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--questions", type=int, default=600, help="how many of squad")
    options.add_argument("--seed", type=int, default=5, help="what they are drawn with")
    given = options.parse_args()
    judged = [*_community(given), *_squad(given)]
    rows = list(_rows(judged))
    show(list(rows[0]), [list(row.values()) for row in rows])
    print()
    unasked = list(_unasked(judged))
    show(list(unasked[0]), [list(row.values()) for row in unasked])
    write("levels", {"rows": rows, "unasked": unasked, "judged": judged})


def _community(given: argparse.Namespace) -> Iterator[Judged]:
    for asked in answered(given):
        right = asked.helps(quotes_on(asked.answer))
        yield "community", *_known(asked.answer), right


def _squad(given: argparse.Namespace) -> Iterator[Judged]:
    folder, encoder = given.eval / "squad", load_encoder()
    every = lines_of(folder / "questions.jsonl")
    sample = random.Random(given.seed).sample(every, min(given.questions, len(every)))  # noqa: S311 -- a sample, no secret
    reranker = None if given.first_look else Pointer("cpu")
    with indexed(folder / "docs", encoder, kept=KEPT / "squad") as generation:
        answerer = Answerer(generation, encoder, quotes=QUOTES, threshold=None, reranker=reranker)
        results = answers(answerer, [Asked(line["question"]) for line in sample])
    for line, answer in zip(sample, results, strict=True):
        shown = " ".join(plain(quote.text) for quote in quotes_on(answer))
        right = bool(line["answerable"]) and any(plain(text) in shown for text in line["answers"])
        yield "squad", *_known(answer), right


def _known(answer: Answer) -> tuple[str, str, float]:
    return level_of(answer).value, "block" if answer.is_block else "sentence", answer.confidence


def _unasked(judged: list[Judged]) -> Iterator[dict[str, str]]:
    for form in ("sentence", "block"):
        for name in dict.fromkeys(row[0] for row in judged):
            own = [(sure, right) for of, _, kind, sure, right in judged if (of, kind) == (name, form)]
            for threshold in _UNASKED:
                rights = [right for sure, right in own if sure >= threshold]
                if rights:
                    figures = {"shown": f"{len(rights)} of {len(own)}", "right": str(share(rights))}
                    yield {"form": form, "set": name, "from": f"{threshold:.2f}", **figures}


def _rows(judged: list[Judged]) -> Iterator[dict[str, str]]:
    groups: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for name, level, _, _, right in judged:
        groups[level, name].append(right)
        groups[level, "both"].append(right)
    for (level, name), rights in sorted(groups.items()):
        figures = {"cards": str(len(rights)), "promised": f"{_PROMISED[level]:.2f}", "right": str(share(rights))}
        yield {"level": level, "set": name, **figures}


if __name__ == "__main__":
    main()
