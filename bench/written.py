"""Whether questions that were written for sections of other programs' documentation find these sections.

    python bench/written.py [PROJECT ...] [--first-look]

`bench/written/questions.jsonl.gz` holds 8,094 questions over the documentation of 31 programs, as people type them who
have not read it: `post` and `chat` are answered by the `section` of `source`, `unanswered` most likely by no page at
all. They were written with the section in sight, to measure and to train what orders sections; the sets of people's own
questions decide. The documentation is not here: unpack the `release` that `bench/written/projects.json` names into
`bench/out/written/PROJECT`. What is not there is left out, and named.
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

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.answer.reranker.pointer import Pointer
from index.encode.encoder import Encoder
from index.encode.local import load_encoder
from index.records import Answer

DATA = Path(__file__).with_name("written")
RELEASES = OUT / "written"
KINDS = ("post", "chat", "unanswered")


class Outcome(NamedTuple):
    """What became of a question: whether it was answered, and whether its section or its page was quoted."""

    kind: str
    answered: bool
    first: bool
    any_quote: bool
    page: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="*", metavar="PROJECT", help="only these")
    parser.add_argument("--first-look", action="store_true", help="without the reranker")
    given = parser.parse_args()
    if unknown := set(given.projects) - projects().keys():
        parser.error(f"there are no questions about {', '.join(sorted(unknown))}: known are {', '.join(projects())}")
    outcomes = list(_outcomes(given.projects, look=not given.first_look))
    if not outcomes:
        parser.exit(1, f"There is no documentation in {RELEASES}: unpack a release there, as --help says.\n")
    rows = {kind: _shares([outcome for outcome in outcomes if outcome.kind == kind]) for kind in KINDS}
    head = ("questions", "of", "answered", "section first", "section quoted", "page quoted")
    show(head, [(kind, *row) for kind, row in rows.items()])
    write("written-first-look" if given.first_look else "written", rows)


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
    names = Outcome._fields[1:2] if outcomes and outcomes[0].kind == KINDS[-1] else Outcome._fields[1:]
    columns = [str(share([getattr(outcome, name) for outcome in outcomes])) for name in names]
    return (str(len(outcomes)), *columns, *[""] * (len(Outcome._fields) - 1 - len(names)))


def questions() -> Iterator[dict[str, Any]]:
    """Yield the questions, those of a project together."""
    with gzip.open(DATA / "questions.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from sorted(map(json.loads, lines), key=lambda row: str(row["project"]))


def projects() -> dict[str, dict[str, Any]]:
    """Return by project its `release`, and which files of it are its documentation."""
    loaded: dict[str, dict[str, Any]] = json.loads((DATA / "projects.json").read_text("utf-8"))
    return loaded


def documentation(project: str) -> Path | None:
    """Copy the documentation of a project into a folder of its own, and return that; None where there is none."""
    rule = projects()[project]
    folder = next((path for path in (RELEASES / project).glob(rule["folder"]) if path.is_dir()), None)
    if folder is None:
        return None
    documents = RELEASES / f"{project}-documentation" / "documents"
    shutil.rmtree(documents, ignore_errors=True)
    for path in sorted({path for pattern in rule["files"] for path in folder.rglob(pattern) if path.is_file()}):
        if not any(part in f"/{path.relative_to(folder)}" for part in rule["without"]):
            copy = documents / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    return documents if documents.is_dir() else None


if __name__ == "__main__":
    main()
