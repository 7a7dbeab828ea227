"""Whether quotes are real, in their place and right: all questions of a set, through a real index.

    python bench/quotes.py squad [--eval ../shared/eval] [--documents DIR] [--limit N]

Every question is asked with the threshold off, and every quote compared with the stored document
(`text[start:end]`) and, for text files, with the lines of the file itself: the quote must stand in lines
`first` to `last`, beginning on the first and ending on the last, white space and byte order marks aside, and have
no page.
The lead quote is right where it holds a gold answer, case folded; on sets with gold passages (clapnq) where it is from
a gold file and shares 30 characters in one piece with one. Intervals: 95 %, Wilson's for shares, bootstrap otherwise.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import numpy as np
from indexes import QUOTES, answers, indexed
from intervals import Figure, auc, bootstrap, calibration_error, share
from sets import EVAL, Labelled, questions
from tables import show, write

from index.answer import Answerer
from index.confidence import THRESHOLD
from index.encoder import Encoder
from index.generation import Generation
from index.quote import LONGEST
from index.records import Answer, Quote


def main() -> None:
    given = _arguments()
    asked = questions(given.eval / given.set)[: given.limit]
    documents = given.documents or given.eval / given.set / "docs"
    encoder = Encoder.load()
    with indexed(documents, encoder) as generation:
        found = answers(Answerer(generation, encoder, quotes=QUOTES, threshold=0.0), [one.asked for one in asked])
        figures = _real(found, generation, documents) | _right(asked, found) | _confident(asked, found)
    figures = {name: figure for name, figure in figures.items() if figure.n}
    show(("what", "figure", "of"), [(name, figure, figure.n) for name, figure in figures.items()])
    write(f"quotes-{given.set}", {name: asdict(figure) for name, figure in figures.items()})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set")
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    parser.add_argument("--documents", type=Path, help="another folder of documents than the set's own")
    parser.add_argument("--limit", type=int, help="ask only so many questions")
    return parser.parse_args()


def _real(found: list[Answer], generation: Generation, documents: Path) -> dict[str, Figure]:
    printed = [quote for answer in found for quote in answer.quotes]
    stored = generation.catalogue.document
    return {
        "quotes that are text[start:end]": share([stored(q.source).text[q.start : q.end] == q.text for q in printed]),
        "in their lines and page (text files)": share(
            [_in_place(q, documents) for q in printed if q.source.endswith(".txt")]
        ),
        f"at most {LONGEST} characters": share([len(q.text) <= LONGEST for q in printed]),
        "length of the lead": bootstrap(_mean, [len(a.quotes[0].text) for a in found if a.quotes]),
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


def _visible(text: str) -> str:
    return " ".join(text.replace("\ufeff", "").split())


def _right(asked: list[Labelled], found: list[Answer]) -> dict[str, Figure]:
    pairs = [(one, answer.quotes) for one, answer in zip(asked, found, strict=True) if one.answerable]
    told = [(one, quotes) for one, quotes in pairs if one.has_answers]
    return {
        "lead quote holds the answer": share([any(map(one.held_by, quotes[:1])) for one, quotes in told]),
        "one of three holds it": share([any(map(one.held_by, quotes)) for one, quotes in told]),
        "lead quote is from a right document": share([_from_right(one, quotes[:1]) for one, quotes in pairs]),
        "one of three is": share([_from_right(one, quotes) for one, quotes in pairs]),
    }


def _from_right(one: Labelled, quotes: tuple[Quote, ...]) -> bool:
    return any(quote.source in one.sources for quote in quotes)


def _confident(asked: list[Labelled], found: list[Answer]) -> dict[str, Figure]:
    sure = np.array([answer.confidence for answer in found])
    answerable = np.array([one.answerable for one in asked])
    held = np.array([any(map(one.held_by, answer.quotes[:1])) for one, answer in zip(asked, found, strict=True)])
    figures = {
        f"answerable ones answered (from {THRESHOLD} on)": share(sure[answerable] >= THRESHOLD),
        "unanswerable ones answered": share(sure[~answerable] >= THRESHOLD),
    }
    if answerable.any() and not answerable.all():
        figures["AUC, answerable against unanswerable"] = bootstrap(auc, sure[answerable], sure[~answerable])
    if held.any():
        figures["AUC, lead right against wrong"] = bootstrap(auc, sure[held], sure[~held])
        error = calibration_error(sure, held)
        figures["calibration error"] = Figure(error, error, error, len(held))
    return figures


def _mean(values: np.ndarray) -> float:
    return float(values.mean())


if __name__ == "__main__":
    main()
