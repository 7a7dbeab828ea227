"""Whether the words of each level are true: the share of cards of that level that hold what was asked for.

    python bench/levels.py [--questions 600] [--seed 5] [--eval ../shared/eval]

Over `community` (all questions) and `squad` (a sample, drawn with a fixed seed), as the bot answers where nothing is
set, beside what `seeds/guides/how-an-answer-is-chosen.md` promises. A card is right where what it shows first holds
what has to be seen; every card of a question that no document answers is wrong. The reranker has been trained on
questions of `squad`, so what it says of them is on the bright side.

Then the same of what would be shown to people who did not ask, by thresholds and by what is called sure, of sentences
and blocks each, and how many of the questions of `community` that no document answers would be answered with a block.
The weights for blocks were fitted on `community`, those for sentences on `squad` among others: two and six numbers.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

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

_PROMISED = {
    ("sentence", "sure"): 0.80,
    ("sentence", "probable"): 0.55,
    ("sentence", "guess"): 0.20,
    ("block", "sure"): 0.75,
    ("block", "probable"): 0.50,
    ("block", "guess"): 0.30,
}
"""The share right of each level of sentences and of blocks, as the guide for members puts it; where nothing is close,
nothing is promised."""

_UNASKED = (0.12, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)


class Judged(NamedTuple):
    """The card of one question: its level, whether it quotes a block, its confidence, and whether it is right."""

    set: str
    answerable: bool
    level: str
    is_block: bool
    confidence: float
    right: bool


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--questions", type=int, default=600, help="how many of squad")
    options.add_argument("--seed", type=int, default=5, help="what they are drawn with")
    given = options.parse_args()
    judged = [*_community(given), *_squad(given)]
    rows = list(_levels(judged))
    show(list(rows[0]), [list(row.values()) for row in rows])
    print()
    unasked = list(_unasked(judged))
    show(list(unasked[0]), [list(row.values()) for row in unasked])
    write("levels", {"rows": rows, "unasked": unasked, "judged": judged})


def _community(given: argparse.Namespace) -> Iterator[Judged]:
    for asked in answered(given):
        right = asked.helps(quotes_on(asked.answer))
        yield Judged("community", asked.answerable, *_known(asked.answer), right)


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
        yield Judged("squad", line["answerable"], *_known(answer), right)


def _known(answer: Answer) -> tuple[str, bool, float]:
    return level_of(answer).value, answer.is_block, answer.confidence


def _levels(judged: Sequence[Judged]) -> Iterator[dict[str, str]]:
    for (form, level), promised in _PROMISED.items():
        own = [card for card in judged if card.level == level and card.is_block == (form == "block")]
        figures = {name: _share([card.right for card in own if card.set == name]) for name in ("community", "squad")}
        named = f"a {form}, {'a guess' if level == 'guess' else level}"
        yield {"level": named, "promised": f"{promised:.2f}", **figures, "both": _share([card.right for card in own])}


def _unasked(judged: Sequence[Judged]) -> Iterator[dict[str, str]]:
    for threshold in _UNASKED:
        yield _shown(f"{threshold:.2f}", judged, [card for card in judged if card.confidence >= threshold])
    yield _shown("what is called sure", judged, [card for card in judged if card.level == "sure"])


def _shown(which: str, judged: Sequence[Judged], shown: Sequence[Judged]) -> dict[str, str]:
    blocks = [card for card in shown if card.is_block]
    vain, in_vain = (
        sum(card.set == "community" and not card.answerable for card in cards) for cards in (judged, blocks)
    )
    return {
        "from": which,
        "sentences, squad": _share([card.right for card in shown if card.set == "squad" and not card.is_block]),
        "blocks, community": _share([card.right for card in blocks if card.set == "community"]),
        "blocks, squad": _share([card.right for card in blocks if card.set == "squad"]),
        "not answerable": f"{in_vain} of {vain}",
    }


def _share(rights: Sequence[bool]) -> str:
    """Return the share and, behind its interval, how many cards it is of."""
    return f"{share(rights)}, {len(rights)}" if rights else ""


if __name__ == "__main__":
    main()
