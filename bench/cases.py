"""The cases that the confidence is fitted on: questions, what would be quoted for them, and whether that is right.

Every case goes through a real index and the real choice of quotes, and is read by a reranker that was not trained on
its document (`held_out.py`). There are three kinds of questions:

answerable  over an index that holds their document
near        on something that the documents are about, but not answered by them: adversarial ones (squad), unanswerable
            searches (clapnq), and, of sets that have none but whole articles, questions whose paragraph is missing from
            an index that holds every other paragraph of their article
other       about documents that are not in the index: other articles of the same set, or other sets
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from indexes import BATCH, QUOTES, indexed
from reranker_examples import HALF_HELD_OUT, is_held_out
from sets import EVAL, Labelled, questions, training_rows

from index.answer.answerer import Answerer
from index.answer.choosing import Choice
from index.answer.reranker import Reranker
from index.encode.encoder import Encoder

T = TypeVar("T")
Over = Callable[[dict[str, list[str]]], AbstractContextManager[Answerer]]
"""Makes an index over documents, and what answers from it."""

ANSWERABLE, NEAR, OTHER = "answerable", "near", "other"

_THINNED = ("squad11_dev13", "squadshifts_new_wiki")

GATHERED = ("squad", "clapnq", "squad11_dev13", "squadshifts_new_wiki", "nq_gold")

_MOST = 500
"""Questions of a kind and set."""

_DOCUMENTS = 600
_STRANGERS = 60
_HALVED = 200


@dataclass(frozen=True, slots=True)
class Case:
    """A question of a set, its group (what must stay on one side of a split), and whether the lead quote answers it."""

    set: str
    group: str
    kind: str
    right: bool
    choice: Choice


@dataclass(frozen=True, slots=True)
class _Corpus:
    """Documents, as paragraphs by file name, and the questions on them with the number of the paragraph of each."""

    name: str
    documents: dict[str, list[str]]
    questions: list[tuple[Labelled, int]]

    @property
    def answerable(self) -> list[Labelled]:
        return [question for question, _ in self.questions if question.answerable]


def cases(encoder: Encoder, reranker: Reranker | None, report: Callable[[str], None]) -> Iterator[Case]:
    """Yield all cases, set by set: with a second look, where there is a reranker."""
    answerer = partial(_answerer, encoder=encoder, reranker=reranker)
    corpora = [_eval_corpus("squad"), _eval_corpus("clapnq"), *map(_training_corpus, GATHERED[2:])]
    for corpus in corpora:
        report(corpus.name)
        strangers = [
            question for other in corpora if other is not corpus for question in _some(other.answerable, _STRANGERS)
        ]
        yield from _whole(corpus, strangers, answerer)
        yield from _halved(corpus, answerer)
        if corpus.name in _THINNED:
            yield from _thinned(corpus, answerer)


def _whole(corpus: _Corpus, strangers: list[Labelled], over: Over) -> Iterator[Case]:
    with over(corpus.documents) as answerer:
        for question, choice in _chosen(answerer, corpus.answerable):
            yield Case(
                corpus.name, question.sources[0], ANSWERABLE, any(map(question.held_by, choice.quotes[:1])), choice
            )
        for question, choice in _chosen(
            answerer, [labelled for labelled, _ in corpus.questions if not labelled.answerable]
        ):
            yield Case(corpus.name, question.sources[0], NEAR, right=False, choice=choice)
        for question, choice in _chosen(answerer, strangers):
            yield Case(corpus.name, question.sources[0], OTHER, right=False, choice=choice)


def _thinned(corpus: _Corpus, over: Over) -> Iterator[Case]:
    """Ask for what every second paragraph says of an index of the others."""
    documents = {name: paragraphs[::2] for name, paragraphs in corpus.documents.items()}
    gone = [question for question, paragraph in corpus.questions if paragraph % 2]
    with over(documents) as answerer:
        for question, choice in _chosen(answerer, gone):
            yield Case(corpus.name, question.sources[0], NEAR, right=False, choice=choice)


def _halved(corpus: _Corpus, over: Over) -> Iterator[Case]:
    """Ask about every second document of an index of the others."""
    names = sorted(corpus.documents)
    documents = {name: corpus.documents[name] for name in names[::2]}
    gone = [
        question for question, _ in corpus.questions if question.answerable and question.sources[0] not in documents
    ]
    with over(documents) as answerer:
        for question, choice in _chosen(answerer, _some(gone, _HALVED)):
            yield Case(corpus.name, question.sources[0], OTHER, right=False, choice=choice)


@contextmanager
def _answerer(documents: dict[str, list[str]], encoder: Encoder, reranker: Reranker | None) -> Iterator[Answerer]:
    with tempfile.TemporaryDirectory() as folder:
        for name, paragraphs in documents.items():
            (Path(folder) / name).write_text("\n\n".join(paragraphs), "utf-8")
        with indexed(Path(folder), encoder) as generation:
            yield Answerer(generation, encoder, quotes=QUOTES, threshold=None, reranker=reranker)


def _chosen(answerer: Answerer, asked: Sequence[Labelled]) -> Iterator[tuple[Labelled, Choice]]:
    kept = _some(asked, _MOST)
    for at in range(0, len(kept), BATCH):
        batch = kept[at : at + BATCH]
        yield from zip(batch, answerer.choose_all([question.asked for question in batch]), strict=True)


def _eval_corpus(name: str) -> _Corpus:
    folder = EVAL / name / "docs"
    documents = {path.name: [path.read_text("utf-8")] for path in sorted(folder.iterdir())}
    return _Corpus(name, documents, [(question, 0) for question in questions(EVAL / name)])


def _training_corpus(name: str) -> _Corpus:
    """Gather the contexts of one title into one document; a file goes by its title, as those of squad do."""
    rows = [row for row in training_rows(name) if row["answerable"] and row["answers"] and row["title"]]
    if name in HALF_HELD_OUT:
        rows = [row for row in rows if is_held_out(row)]
    titles = set(_some(sorted({row["title"] for row in rows}), _DOCUMENTS))
    documents: dict[str, list[str]] = defaultdict(list)
    asked: list[tuple[Labelled, int]] = []
    for row in rows:
        if row["title"] not in titles:
            continue
        source = re.sub(r"[^\w.,() -]", " ", row["title"]).strip().replace(" ", "_") + ".txt"
        paragraph = re.sub(r"\s*\n\s*", "\n", row["context"].strip())
        if paragraph not in documents[source]:
            documents[source].append(paragraph)
        labelled = Labelled(row["qid"], row["question"], tuple(row["answers"]), (), (source,), answerable=True)
        asked.append((labelled, documents[source].index(paragraph)))
    return _Corpus(name, dict(documents), asked)


def _some(of: Sequence[T], most: int) -> list[T]:
    """Return at most `most` of them, the same ones every time."""
    drawn = np.random.default_rng(0).permutation(len(of))[:most]
    return [of[i] for i in sorted(drawn)]
