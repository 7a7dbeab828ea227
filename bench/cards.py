"""How much an answer's card shows, and whether its words about how sure it is are true.

    python bench/cards.py [--first-look] [--only PROJECT ...] [--eval ../shared/eval]

Over the set `community`: for the card of each level, how many there are, for which share of those with an answer the
first quote, and all that is shown, hold what has to be seen (`must`), the quotes on a card (mean), and the characters
of its text (median and most), each of them as Discord counts it, Markdown and all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean, median

from indexes import add_look, answers, indexed
from intervals import share
from sets import EVAL
from tables import show, write

from bot.cards.answer_card import answer_card, quotes_on
from bot.cards.layout import length, texts_of
from bot.cards.levels import level_of
from index.answer.answerer import Answerer, Asked
from index.answer.reranker.pointer import Pointer
from index.encode.local import load_encoder
from index.evaluation.must import holds

_QUOTES = 4
"""As many as the bot asks for where nothing else is set."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the card of one question shows; `first` and `any` are None where no document answers it."""

    project: str
    level: str
    first: bool | None
    any: bool | None
    quotes: int
    characters: int
    components: int


def main() -> None:
    given = _arguments()
    cards = list(_cards(given))
    levels = dict.fromkeys(one.level for one in sorted(cards, key=lambda one: one.level))
    rows = [_row(level, [one for one in cards if one.level == level]) for level in levels]
    rows.append(_row("all", cards))
    show(list(rows[0]), [list(row.values()) for row in rows])
    write("cards", {"rows": rows, "cards": [asdict(one) for one in cards]})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    parser.add_argument("--only", nargs="*", metavar="PROJECT")
    add_look(parser)
    return parser.parse_args()


def _cards(given: argparse.Namespace) -> Iterator[Shown]:
    encoder = load_encoder()
    reranker = None if given.first_look else Pointer("cpu")  # which has seen none of these questions
    for folder in sorted(path.parent for path in (given.eval / "community").glob("*/questions.jsonl")):
        if given.only and folder.name not in given.only:
            continue
        lines = (folder / "questions.jsonl").read_text("utf-8").splitlines()
        asked = [json.loads(line) for line in lines if line.strip()]
        with indexed(folder / "docs", encoder) as generation:
            answerer = Answerer(generation, encoder, quotes=_QUOTES, threshold=None, reranker=reranker)
            found = answers(answerer, [Asked(one["question"]) for one in asked])
        for one, answer in zip(asked, found, strict=True):
            view, texts = answer_card(answer), [quote.text for quote in quotes_on(answer)]
            must = one["must"] if one["answerable"] and one["must"] else None
            yield Shown(
                project=folder.name,
                level=level_of(answer).value,
                first=None if must is None else holds(must, texts[:1]),
                any=None if must is None else holds(must, texts),
                quotes=len(texts),
                characters=sum(map(length, texts_of(view))),
                components=view.total_children_count,
            )


def _row(name: str, cards: Sequence[Shown]) -> dict[str, str]:
    answerable = [one for one in cards if one.any is not None]
    return {
        "level": name,
        "cards": str(len(cards)),
        "first quote": str(share([bool(one.first) for one in answerable])) if answerable else "-",
        "all shown": str(share([bool(one.any) for one in answerable])) if answerable else "-",
        "quotes": f"{fmean(one.quotes for one in cards):.1f}",
        "characters, median": f"{median(one.characters for one in cards):.0f}",
        "most": str(max(one.characters for one in cards)),
        "components, most": str(max(one.components for one in cards)),
    }


if __name__ == "__main__":
    main()
