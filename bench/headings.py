"""Whether somebody who types what a section is called gets that section.

    python bench/headings.py [--headings 60] [--eval ../shared/eval]

Over the documents of the set `community`: so many headings of each project, of two to eight words that say something,
are asked in small letters, without the second look, which blocks do not get. Counted are those for which the first
quote, and one of all, is of a section with that heading, and those that are answered.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from community_set import QUOTES
from indexes import KEPT, indexed
from intervals import share
from sets import EVAL
from tables import show, write

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.encode.local import load_encoder
from index.records import Answer
from index.store.base import Generation
from index.text.stop_words import content_words

_FEWEST, _MOST = 2, 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    parser.add_argument("--headings", type=int, default=60, help="so many of each project")
    given = parser.parse_args()
    asked = list(_asked(given))
    rows = {
        "the first quote is of a section with it": str(
            share([_is_of(heading, answer, 1) for heading, answer in asked])
        ),
        "one of all quotes is": str(share([_is_of(heading, answer, QUOTES) for heading, answer in asked])),
        "answered": str(share([answer.answered for _, answer in asked])),
    }
    show((f"of {len(asked)} headings", "share"), list(rows.items()))
    write("headings", rows)


def _asked(given: argparse.Namespace) -> Iterator[tuple[str, Answer]]:
    encoder = load_encoder()
    for folder in sorted(path.parent for path in (given.eval / "community").glob("*/questions.jsonl")):
        with indexed(folder / "docs", encoder, kept=KEPT / folder.name) as generation:
            answerer = Answerer(generation, encoder, quotes=QUOTES, threshold=None)
            for heading in _headings(generation, given.headings):
                yield heading, answerer.answer(Asked(heading.lower()))


def _headings(generation: Generation, most: int) -> list[str]:
    stored = generation.catalogue.passages(list(range(len(generation.dense))))
    headings = sorted({entry.passage.section[-1] for entry in stored if entry.passage.section})
    usable = [heading for heading in headings if _FEWEST <= len(content_words(heading, "en")) <= _MOST]
    return random.Random(0).sample(usable, min(most, len(usable)))  # noqa: S311 -- a draw, no secret


def _is_of(heading: str, answer: Answer, among: int) -> bool:
    shown = (answer.quotes or answer.closest)[:among]
    return any(quote.section[-1:] == (heading,) for quote in shown)


if __name__ == "__main__":
    main()
