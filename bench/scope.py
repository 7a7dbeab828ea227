"""What it costs a question that its asker may see part of the documents alone, at 10,000 documents; loads no model.

    python bench/scope.py [--documents 10000] [--questions 200]

Documents of three passages lie in ten folders; their words are drawn from a long-tailed vocabulary, their vectors by
chance. For what an asker may see (all of it, or without one, five or nine of the folders) the same questions are
searched in turn. `search` is the search for candidates, `idf` the frequencies of the question's words counted inside,
`again` the same once they have been counted; all in milliseconds (median, 99th percentile). `once` is what is made once
a generation for everybody who sees the same: sources, rows, and the names that are completed. `extra` is what a
question takes longer than with no rules, its words not counted before. It is the processor's time that is taken, of all
threads, so that other work does not count. Writes bench/out/scope.json.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from tables import show, write

from bot.access.rules import Rules, rules_in
from bot.access.view import VisibleDocuments
from index.answer.scope import SearchScope
from index.answer.search import Search
from index.records import Block, BlockKind, Document, Passage, Place, Sentence
from index.store.disk import dense, lexical
from index.store.disk.catalogue import Catalogue
from index.store.disk.catalogue_writer import CatalogueWriter
from index.store.disk.dense import Dense
from index.store.disk.generation import Generation
from index.store.disk.lexical import Lexical
from index.store.lookup import Names

FOLDERS, PASSAGES, WORDS, DIMENSION = 10, 3, 120, 384
CLOSED = {"no rules": 0, "without 1 folder of 10": 1, "without 5": 5, "without 9": 9}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        generation = made(Path(folder), given.documents)
        rows = measured(generation, given.questions)
    columns = ("what may be seen", "documents", "once s", "search", "p99", "idf", "p99", "again", "extra")
    show(columns, rows)
    write("scope", {"documents": given.documents, "questions": given.questions, "columns": columns, "rows": rows})


def made(folder: Path, documents: int) -> Generation:
    chance = random.Random(1)  # noqa: S311 - a run must repeat, not be unguessable
    vocabulary = [f"word{number}" for number in range(20_000)]
    text = " ".join(vocabulary[min(int(chance.paretovariate(0.6)), 19_999)] for _ in range(documents * WORDS)).split()
    with CatalogueWriter(folder / "c.sqlite", None) as writer:
        for number in range(documents):
            content = " ".join(text[number * WORDS : (number + 1) * WORDS])
            size = len(content) // PASSAGES
            spans = [(at * size, (at + 1) * size) for at in range(PASSAGES)]
            source = f"folder{number * FOLDERS // documents}/document{number:06}.md"
            block = Block(BlockKind.PARAGRAPH, 0, len(content), 1, None, ())
            passages = tuple(
                Passage(source, first, end, (), None, (1, 1), (Sentence(first, end, BlockKind.PARAGRAPH),))
                for first, end in spans
            )
            document = Document(source, f"Document {number}", content, (block,), (Place(0, 1, None),), "", None)
            writer.add(document, "en", passages, [b"key"] * PASSAGES)
    catalogue = Catalogue(folder / "c.sqlite")
    (folder / "words").mkdir()
    lexical.write(folder / "words", worded(text, documents))
    vectors = np.random.default_rng(1).standard_normal((documents * PASSAGES, DIMENSION)).astype(np.float32)
    dense.write(folder / "v.faiss", vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    names = Names(catalogue.sources)
    scopes = SimpleNamespace(
        catalogue=catalogue,
        dense=Dense(folder / "v.faiss"),
        lexical=Lexical(folder / "words", catalogue.numbering),
        names=names,
    )
    return cast(Generation, scopes)


def worded(text: list[str], documents: int) -> Iterator[lexical.LexicalPassage]:
    size = WORDS // PASSAGES
    for row in range(documents * PASSAGES):
        words = " ".join(text[row * size : (row + 1) * size])
        yield lexical.LexicalPassage(*divmod(row, PASSAGES), "", words)


def measured(generation: Generation, questions: int) -> list[tuple[Any, ...]]:
    chance = random.Random(2)  # noqa: S311
    asked = [[f"word{min(int(chance.paretovariate(0.4)), 19_999)}" for _ in range(8)] for _ in range(questions)]
    vectors = np.random.default_rng(2).standard_normal((questions, DIMENSION)).astype(np.float32)
    search = Search(generation)
    seen = {name: once(generation, search, closed) for name, closed in CLOSED.items()}
    taken: dict[str, dict[str, list[float]]] = {name: {"search": [], "idf": [], "again": []} for name in CLOSED}
    for words, vector in zip(asked, vectors, strict=True):
        for name, (visible, part, _) in seen.items():
            text, scope = " ".join(words), visible.scope
            taken[name]["search"].append(timed(lambda t=text, v=vector, s=scope: search.search(t, v, 6, s)))
            for kind in ("idf", "again"):
                taken[name][kind].append(timed(lambda w=words, p=part: [p.idf(word) for word in w]))
    bare = taken["no rules"]
    return [
        row(name, seen[name], taken[name], float(np.median(bare["search"]) + np.median(bare["idf"]))) for name in CLOSED
    ]


def once(generation: Generation, search: Search, closed: int) -> tuple[VisibleDocuments, SearchScope, float]:
    rules: Rules = rules_in(";".join(f"folder{number}=role:1" for number in range(closed)))
    started = time.process_time()
    visible = VisibleDocuments(generation, rules)
    part = search.scopes.of(visible.scope)
    _ = visible.names
    return visible, part, time.process_time() - started


def row(
    name: str, seen: tuple[VisibleDocuments, SearchScope, float], taken: dict[str, list[float]], bare: float
) -> tuple[Any, ...]:
    visible, _, made_in = seen
    median = {kind: float(np.median(times)) for kind, times in taken.items()}
    p99 = {kind: float(np.percentile(times, 99)) for kind, times in taken.items()}
    extra = median["search"] + median["idf"] - bare
    figures = (median["search"], p99["search"], median["idf"], p99["idf"], median["again"], extra)
    return (name, len(visible.sources), f"{made_in:.2f}", *(f"{figure:.2f}" for figure in figures))


def timed(do: Callable[[], object]) -> float:
    started = time.process_time()
    do()
    return 1000 * (time.process_time() - started)


if __name__ == "__main__":
    main()
