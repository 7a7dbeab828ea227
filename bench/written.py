"""Whether questions that were written for sections of other programs' documentation find these sections.

    python bench/written.py [PROJECT ...] [--look]

`bench/written/questions.jsonl.gz` holds 8,094 questions over the documentation of 31 programs, as people type them who
have not read it: `post` and `chat` are answered by the `section` of `source`, `unanswered` most likely by none of its
pages. They were written with the section in sight, to measure and to train what orders sections; the sets of people's
own questions decide. The documentation is not here: unpack the `release` that `bench/written/projects.json` names into
`bench/out/written/PROJECT`. What is not there is left out, and named.

--look   take the second look at questions after a fact
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from community_set import QUOTES
from indexes import answers, indexed
from intervals import share
from tables import OUT, show, write

from index.answer.answerer import Answerer, Asked
from index.answer.reranker.pointer import Pointer
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.records import Answer

DATA = Path(__file__).with_name("written")
RELEASES = OUT / "written"
KINDS = ("post", "chat", "unanswered")


class Outcome(NamedTuple):
    """What became of a question: whether it was answered, and whether its section was quoted."""

    kind: str
    answered: bool
    first: bool
    any_quote: bool
    page: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="*", help="only these")
    parser.add_argument("--look", action="store_true", help="with the second look")
    given = parser.parse_args()
    outcomes = list(_outcomes(given.projects, look=given.look))
    if not outcomes:
        parser.exit(1, f"There is no documentation in {RELEASES}: unpack a release there, as --help says.\n")
    rows = {kind: _shares([outcome for outcome in outcomes if outcome.kind == kind]) for kind in KINDS}
    head = ("questions", "of", "answered", "section first", "section quoted", "page quoted")
    show(head, [(kind, *row) for kind, row in rows.items()])
    write("written", rows)


def _outcomes(only: list[str], *, look: bool) -> Iterator[Outcome]:
    encoder = load_encoder()
    reranker = Pointer() if look else None
    for project, rows in groupby(questions(), key=lambda row: str(row["project"])):
        if only and project not in only:
            continue
        documents = documentation(project)
        if documents is None:
            print(f"left out: {project} ({projects()[project]['release']})")
            continue
        yield from _of_project(documents, list(rows), encoder, reranker)


def _of_project(
    documents: Path, rows: list[dict[str, Any]], encoder: Encoder, reranker: Pointer | None
) -> Iterator[Outcome]:
    with indexed(documents, encoder, kept=documents.with_name("index")) as generation:
        answerer = Answerer(generation, encoder, quotes=QUOTES, threshold=None, reranker=reranker)
        replies = answers(answerer, [Asked(row["question"]) for row in rows])
        yield from (_outcome(row, answer) for row, answer in zip(rows, replies, strict=True))


def _outcome(row: dict[str, Any], answer: Answer) -> Outcome:
    shown = answer.quotes or answer.closest
    right = [(quote.source, list(quote.section)) == (row["source"], row["section"]) for quote in shown]
    page = any(quote.source == row["source"] for quote in shown)
    return Outcome(row["kind"], answer.answered, any(right[:1]), any(right), page)


def _shares(outcomes: list[Outcome]) -> tuple[str, ...]:
    columns = (share([getattr(outcome, name) for outcome in outcomes]) for name in Outcome._fields[1:])
    return (str(len(outcomes)), *map(str, columns))


def questions() -> Iterator[dict[str, Any]]:
    """Yield the questions, those of a project together."""
    with gzip.open(DATA / "questions.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from sorted(map(json.loads, lines), key=lambda row: str(row["project"]))


def projects() -> dict[str, dict[str, Any]]:
    """Return by project its `release`, and which files of it are its documentation."""
    loaded: dict[str, dict[str, Any]] = json.loads((DATA / "projects.json").read_text("utf-8"))
    return loaded


def documentation(project: str) -> Path | None:
    """Return a folder with the documentation of a project alone; None where its release was not unpacked."""
    rule = projects()[project]
    folder = next((RELEASES / project).glob(rule["folder"]), None)
    if folder is None:
        return None
    documents = RELEASES / f"{project}-documentation" / "documents"
    shutil.rmtree(documents, ignore_errors=True)
    for path in sorted({path for pattern in rule["files"] for path in folder.rglob(pattern) if path.is_file()}):
        if not any(part in str(path) for part in rule["without"]):
            copy = documents / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return documents


if __name__ == "__main__":
    main()
