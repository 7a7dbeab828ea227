"""Whether the right one of documents that look alike is quoted first.

    python bench/look_alike.py [--first-look] [--show N]

The set is made here: the annual reports of ten companies for two years, all by one pattern, and the manual of one
product in five versions, of which the values differ. Sections name neither company, year nor version. Of half of the
companies the title does, of the others the path and the first sentence; versions stand in the path alone. Each of the
160 questions names the one it is about. A question is right if the first quote, or the closest passage below a
refusal, is of the right document and holds the value.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexes import QUOTES, add_look, answers, indexed
from intervals import share
from tables import show

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.reranker.pointer import Pointer
from index.encode.local import load_encoder

_QUESTIONS = 160
_COMPANIES = (
    "Brightwater Holdings", "Calder Freight", "Ostrava Glass", "Northfield Dairies", "Pelham Optics",
    "Quarry Lane Foods", "Redwing Shipping", "Silvertree Textiles", "Tamar Instruments", "Umberfield Energy",
)  # fmt: skip
_YEARS = (2022, 2023)
_VERSIONS = ("1.4", "2.0", "2.3", "3.1", "4.0")

_FACTS = {
    "Revenue": ("What was the revenue of {} in {}?", "Total revenue came to {} million euros, after a quiet start."),
    "Employees": ("How many people did {} employ in {}?", "At the end of the year {} people worked for the group."),
    "Dividend": ("What dividend did {} pay for {}?", "The board proposes a dividend of {} cents a share."),
    "Debt": ("How large was the net debt of {} in {}?", "Net debt stood at {} million euros when the year closed."),
    "Investments": ("How much did {} invest in plants in {}?", "Some {} million euros went into plants."),
    "Research": ("What did {} spend on research in {}?", "Research and development took {} million euros."),
}
_OPTIONS = {
    "Connections": ("What is the default size of the pool in Harbor {}?", "The pool holds {} connections by default."),
    "Timeouts": (
        "How long does Harbor {} wait for a backend?",
        "A backend is given {} seconds before a request fails.",
    ),
    "Uploads": ("What is the largest upload that Harbor {} accepts?", "Uploads of up to {} megabytes are accepted."),
    "Sessions": ("When does a session end in Harbor {}?", "A session without activity ends after {} minutes."),
    "Workers": ("How many workers does Harbor {} start?", "At the start {} workers are launched."),
    "Retries": ("How often does Harbor {} retry a failed job?", "A failed job is tried {} more times."),
    "Logs": ("For how many days does Harbor {} keep logs?", "Logs are kept for {} days and then removed."),
    "Cache": ("How much memory may the cache of Harbor {} take?", "The cache takes at most {} megabytes of memory."),
}
"""For each section the question, and the sentence that answers it."""


@dataclass(frozen=True, slots=True)
class _Case:
    question: str
    source: str
    value: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print so many questions that went wrong")
    add_look(parser)
    given = parser.parse_args()
    encoder = load_encoder()
    reranker = None if given.first_look else Pointer("cpu")
    with tempfile.TemporaryDirectory() as folder:
        cases = list(_written(Path(folder)))
        chosen = random.Random(0).sample(cases, _QUESTIONS)  # noqa: S311 -- a draw, no secret
        with indexed(Path(folder), encoder) as generation:
            answerer = Answerer(generation, encoder, quotes=QUOTES, threshold=None, reranker=reranker)
            results = answers(answerer, [Asked(case.question) for case in chosen])
    leads = [(answer.quotes or answer.closest)[0] for answer in results]
    right = [lead.source == case.source and case.value in lead.text for lead, case in zip(leads, chosen, strict=True)]
    rows = []
    for name in ("reports", "manual"):
        own = [ok for ok, case in zip(right, chosen, strict=True) if case.source.startswith(name)]
        rows.append((name, share(own), len(own)))
    columns = ("the first quote is of the right one and holds the value", "share", "of")
    show(columns, [*rows, ("all", share(right), len(right))])
    wrong = [(case, lead) for case, lead, ok in zip(chosen, leads, right, strict=True) if not ok]
    for case, lead in wrong[: given.show]:
        print(f"{case.question} wanted {case.source}, got {lead.source}: {lead.text}")


def _written(folder: Path) -> Iterator[_Case]:
    """Write the documents; yield all that can be asked."""
    for number, company in enumerate(_COMPANIES):
        for year in _YEARS:
            source = f"reports/{company.lower().replace(' ', '-')}-{year}.md"
            opening = f"# Annual report\n\nThis is the report of {company} for the year {year}.\n"
            opening = opening if number % 2 else f"# {company}: annual report {year}\n"
            yield from _page(folder, source, opening, _FACTS, company, str(year))
    for version in _VERSIONS:
        source = f"manual/{version}/configuration.md"
        yield from _page(folder, source, "# Configuration\n", _OPTIONS, version)


def _page(folder: Path, source: str, text: str, facts: dict[str, tuple[str, str]], *names: str) -> Iterator[_Case]:
    chance = random.Random(source)  # noqa: S311 -- made-up figures
    for heading, (question, sentence) in facts.items():
        value = str(chance.randrange(11, 9_000))
        text += f"\n## {heading}\n\n{sentence.format(value)} More is said about this in the notes.\n"
        yield _Case(question.format(*names), source, value)
    path = folder / source
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
