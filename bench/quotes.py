"""Whether quotes are real, in their place and right: all questions of a set, through a real index.

    python bench/quotes.py squad [--first-look] [--as-large] [--eval ../shared/eval] [--documents DIR] [--limit N]

Every quote, and where a question is not answered every closest one, is compared with the stored document
(`text[start:end]`) and, for text files, with the lines of the file itself: the quote must stand in lines
`first` to `last`, beginning on the first and ending on the last, white space and unseen characters aside, and have
no page.
The lead quote is right where it holds a gold answer, case folded; on sets with gold passages (clapnq) where it is from
a gold file and shares 30 characters in one piece with one. Intervals: 95 %, Wilson's for shares, bootstrap otherwise.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import numpy as np
from indexes import QUOTES, add_look, answers, indexed, look, reranker
from intervals import Figure, bootstrap, share
from sets import EVAL, Labelled, questions
from tables import show, write

from index.answer.answerer import Answerer
from index.answer.quotes import LONGEST
from index.build.builder import BuildSettings
from index.encode.local import load_encoder
from index.evaluation.measures import MEASURES
from index.evaluation.measuring import measure
from index.evaluation.rows import Outcomes, row
from index.records import Answer, Quote
from index.store.disk.generation import Generation

_LEFT_OUT = ("source-five", "time")
"""Figures that need more quotes, or to ask one question at a time: `quoth eval` gives them."""


def main() -> None:
    given = _arguments()
    asked = questions(given.eval / given.set)[: given.limit]
    documents = given.documents or given.eval / given.set / "docs"
    encoder = load_encoder()
    settings = BuildSettings(exact_up_to=0) if given.as_large else BuildSettings()
    with indexed(documents, encoder, settings) as generation:
        answerer = Answerer(generation, encoder, quotes=QUOTES, threshold=None, reranker=reranker(given))
        results = answers(answerer, [question.asked for question in asked])
        figures = _real(results, generation, documents) | _measured(asked, results)
    figures = {name: figure for name, figure in figures.items() if figure.n}
    show(("what", "figure", "of"), [(name, figure, figure.n) for name, figure in figures.items()])
    write(
        f"quotes-{given.set}{look(given)}{'-as-large' if given.as_large else ''}",
        {name: asdict(figure) for name, figure in figures.items()},
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set")
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    parser.add_argument("--documents", type=Path, help="another folder of documents than the set's own")
    add_look(parser)
    parser.add_argument("--as-large", action="store_true", help="in clusters and packed, as above 100,000 passages")
    parser.add_argument("--limit", type=int, help="ask only so many questions")
    return parser.parse_args()


def _real(results: list[Answer], generation: Generation, documents: Path) -> dict[str, Figure]:
    quoted = [answer.quotes or answer.closest for answer in results]
    printed = [quote for quotes in quoted for quote in quotes]
    stored = generation.catalogue.document
    return {
        "quotes that are `text[start:end]` of the stored document": share(
            [stored(q.source).text[q.start : q.end] == q.text for q in printed]
        ),
        "in their lines and page (text files)": share(
            [_in_place(q, documents) for q in printed if q.source.endswith(".txt")]
        ),
        f"at most {LONGEST} characters": share([len(q.text) <= LONGEST for q in printed]),
        "length of the lead": bootstrap(_mean, [len(quotes[0].text) for quotes in quoted if quotes]),
    }


def _in_place(quote: Quote, documents: Path) -> bool:
    first, last = quote.lines
    # lines as an editor counts them: str.splitlines would end one at form feeds, too
    lines = (documents / quote.source).read_text("utf-8").split("\n")[first - 1 : last]
    shown = [_visible(line) for line in lines]
    wanted = _visible(quote.text)
    whole = " ".join(line for line in shown if line)
    places = [at for at in range(len(whole)) if whole.startswith(wanted, at)]
    begins_on_last = len(whole) - len(shown[-1])
    return quote.page is None and any(at < len(shown[0]) and at + len(wanted) > begins_on_last for at in places)


_UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b"))
"""What nobody sees of a line, and readers leave out."""


def _visible(text: str) -> str:
    return " ".join(text.translate(_UNSEEN).split())


def _measured(asked: list[Labelled], results: list[Answer]) -> dict[str, Figure]:
    outcomes = Outcomes.of([row(question, answer) for question, answer in zip(asked, results, strict=True)])
    return {MEASURES[name].description: figure for name, figure in measure(outcomes).items() if name not in _LEFT_OUT}


def _mean(values: np.ndarray) -> float:
    return float(values.mean())


if __name__ == "__main__":
    main()
