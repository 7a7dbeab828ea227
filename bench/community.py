"""Whether those who ask real questions of real documentation would be helped by what is shown.

    python bench/community.py [--first-look] [--quotes N] [--only PROJECT ...] [--eval ../shared/eval]

Over the set `community`: for each project, and for all, the share of the answerable questions for which the first
block, and all that is shown at first, hold what has to be seen (`must`: a string of every group, compared without
markup, case and white space), for which a right page is among what is shown, and which are answered; of those that are
not answerable, the share that is answered; and the characters of the first block (mean) and of all (median). What is
offered as close where nothing is answered counts as shown. 95 % intervals of shares are Wilson's.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any

from indexes import add_look, answers, indexed
from intervals import share
from sets import EVAL
from tables import show, write

from index.answer.answerer import Answerer, Asked
from index.answer.reranker.pointer import Pointer
from index.encode.local import load_encoder
from index.evaluation.must import holds
from index.records import Answer

_QUOTES = 4
"""As many as the bot shows where nothing else is set."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question came to: whether the first quote helps, and all of them, and how much is shown."""

    project: str
    answerable: bool
    answered: bool
    first: bool
    shown: bool
    page: bool
    first_characters: int
    characters: int
    level: str


def main() -> None:
    given = _arguments()
    encoder = load_encoder()
    reranker = None if given.first_look else Pointer("cpu")  # which has seen none of these questions
    outcomes: list[Outcome] = []
    for folder in sorted(path.parent for path in (given.eval / "community").glob("*/questions.jsonl")):
        if given.only and folder.name not in given.only:
            continue
        lines = (folder / "questions.jsonl").read_text("utf-8").splitlines()
        asked = [json.loads(line) for line in lines if line.strip()]
        with indexed(folder / "docs", encoder) as generation:
            answerer = Answerer(generation, encoder, quotes=given.quotes, threshold=None, reranker=reranker)
            found = answers(answerer, [Asked(one["question"]) for one in asked])
        outcomes += [_outcome(folder.name, one, answer) for one, answer in zip(asked, found, strict=True)]
    projects = dict.fromkeys(one.project for one in outcomes)
    rows = [_row(name, [one for one in outcomes if one.project == name]) for name in projects]
    rows.append(_row("all", outcomes))
    show(list(rows[0]), [list(row.values()) for row in rows])
    write("community", {"rows": rows, "outcomes": [asdict(one) for one in outcomes]})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    parser.add_argument("--quotes", type=int, default=_QUOTES)
    parser.add_argument("--only", nargs="*", metavar="PROJECT")
    add_look(parser)
    return parser.parse_args()


def _outcome(project: str, asked: dict[str, Any], answer: Answer) -> Outcome:
    quotes = answer.quotes or answer.closest
    texts = [one.text for one in quotes]
    return Outcome(
        project=project,
        answerable=asked["answerable"],
        answered=answer.answered,
        first=bool(asked["must"]) and holds(asked["must"], texts[:1]),
        shown=bool(asked["must"]) and holds(asked["must"], texts),
        page=any(one.source in asked["sources"] for one in quotes),
        first_characters=len(texts[0]) if texts else 0,
        characters=sum(map(len, texts)),
        level=answer.level,
    )


def _row(name: str, outcomes: Iterable[Outcome]) -> dict[str, str]:
    outcomes = list(outcomes)
    answerable = [one for one in outcomes if one.answerable]
    others = [one for one in outcomes if not one.answerable]
    return {
        "project": name,
        "answerable": str(len(answerable)),
        "first block": str(share([one.first for one in answerable])),
        "all shown": str(share([one.shown for one in answerable])),
        "right page": str(share([one.page for one in answerable])),
        "answered": str(share([one.answered for one in answerable])),
        "others answered": str(share([one.answered for one in others])),
        "first, characters": f"{fmean(one.first_characters for one in answerable):.0f}",
        "all, characters": f"{median(one.characters for one in answerable):.0f}",
    }


if __name__ == "__main__":
    main()
