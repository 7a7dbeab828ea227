"""The set `community`: real questions of the members of six projects, answered from the projects' documentation."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexes import KEPT, add_look, answers, indexed
from sets import EVAL

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.reranker.pointer import Pointer
from index.encode.local import load_encoder
from index.evaluation.must import holds
from index.records import Answer, Quote
from index.store.disk.generation import Generation

QUOTES = 3
"""As many as the bot asks for where nothing else is set."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the set and its answer; `must` are the groups of strings of which one each has to be seen.

    `generation` is open until the next one is yielded.
    """

    project: str
    question: str
    answerable: bool
    must: list[list[str]]
    sources: list[str]
    answer: Answer
    generation: Generation

    def helps(self, quotes: Sequence[Quote]) -> bool:
        """Return whether some quotes hold all that has to be seen."""
        return self.answerable and bool(self.must) and holds(self.must, [quote.text for quote in quotes])


def parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of the options that `answered` reads."""
    options = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    options.add_argument("--only", nargs="*", metavar="PROJECT")
    options.add_argument("--quotes", type=int, default=QUOTES)
    add_look(options)
    return options


def answered(given: argparse.Namespace) -> Iterator[Answered]:
    """Yield all questions with their answers, project by project; their indexes are kept in `bench/out/indexes`."""
    for project, answerer, lines in answerers(given):
        results = answers(answerer, [Asked(line["question"]) for line in lines])
        for line, answer in zip(lines, results, strict=True):
            known = (project, line["question"], line["answerable"], line["must"] or [], line["sources"])
            yield Answered(*known, answer, answerer.generation)


def answerers(given: argparse.Namespace) -> Iterator[tuple[str, Answerer, list[dict[str, Any]]]]:
    """Yield for each project its name, what answers from its documentation, and its questions."""
    encoder = load_encoder()
    reranker = None if given.first_look else Pointer("cpu")  # which has seen none of these questions
    for folder in sorted(path.parent for path in (given.eval / "community").glob("*/questions.jsonl")):
        if given.only and folder.name not in given.only:
            continue
        with indexed(folder / "docs", encoder, kept=KEPT / folder.name) as generation:
            answerer = Answerer(generation, encoder, quotes=given.quotes, threshold=None, reranker=reranker)
            yield folder.name, answerer, lines_of(folder / "questions.jsonl")


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the JSON objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
