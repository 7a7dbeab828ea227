"""The sentences that may be quoted for a question, with all that is known of how well they suit it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from index.answer.answer_type import holds
from index.answer.column_names import heads_of, with_rows_ahead
from index.answer.coverage import Coverage, coverage
from index.answer.names import name_of
from index.answer.question import Question
from index.answer.search import Hits
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.errors import DamagedError
from index.records import Sentence
from index.store.base import Generation
from index.store.integrity import passage_is_intact
from index.store.values import StoredDocument, StoredPassage
from index.text.stop_words import stop_words
from index.text.words import Ids, SentenceWords, sentence_words, stemmer

LEXICAL = 0.1
"""Weight of the passage's BM25 in a sentence's score: it decides between passages; 0 to 0.15 do equally well."""

ANSWER_TYPE = 0.075
"""Weight of holding the type of thing that is asked for, or not."""

ONLY_NAMED = 0.5
"""What a sentence loses that only says what its document is called, where more is asked for: "This is the report of
Calder Freight for 2022" has the greatest cosine with a question about its revenue, and does not answer it."""

_NAMES = 2
"""Words of its path, title and headings that a sentence says at least which only repeats them."""

COMPARED = 5
"""Sections that are compared to tell whether one stands out: as many as an answer has quotes, and one more."""

_CACHED_PASSAGES = 1_000
"""Passages whose words are kept: some 60 KB each."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences of the best passages, those of one passage together: one entry of each field a sentence.

    `passages` numbers the passages; `lexical` is BM25 of each one's passage as a share of the best one's, `types` tells
    whether it holds the type of thing that is asked for (1, 0 or -1), `only_named` whether it only says what its
    document is called (1 or 0), and `heads` is the number of the first row of its table, or its own. `scores` tells how
    well they suit, and `leading` is the same but for rows of tables, by which one of them is chosen.
    """

    sentences: list[Sentence]
    documents: list[StoredDocument]
    sections: list[tuple[str, ...]]
    passages: Ids
    cosines: Vectors
    coverage: Coverage
    lexical: Vectors
    types: Vectors
    only_named: Vectors
    heads: Ids
    scores: Vectors
    leading: Vectors


def by_section(candidates: Candidates) -> list[Ids]:
    """Return the numbers of the candidates of each section, as they stand together."""
    keys = [(document.id, section) for document, section in zip(candidates.documents, candidates.sections, strict=True)]
    edges = [i for i in range(1, len(keys)) if keys[i] != keys[i - 1]]
    return np.split(np.arange(len(keys)), edges)


def ahead_of_next(candidates: Candidates) -> float:
    """Return by how much the best sentence of the best section exceeds the mean of those of the next; 0 for one alone.

    Of the first `COMPARED` sections. What is compared is cosine and coverage, in which no document outside a scope has
    a part; BM25 knows the mean length of all passages.
    """
    scores = candidates.cosines + candidates.coverage.total
    best = sorted((float(scores[rows].max()) for rows in by_section(candidates)[:COMPARED]), reverse=True)
    return best[0] - sum(best[1:]) / len(best[1:]) if best[1:] else 0.0


@dataclass(frozen=True, slots=True)
class _Worded:
    """A passage with its words."""

    stored: StoredPassage
    document: StoredDocument
    header: frozenset[str]
    words: tuple[SentenceWords, ...]


def _only_named(passage: _Worded, question: Question) -> list[bool]:
    """Tell of each sentence whether it says what its document is called and nothing that is asked for.

    It says several words of path, title or headings; none of the question that these do not say; and at most one
    further word, which is no name and no number. Of a question that leans on another it is not known which of its words
    are asked for.
    """
    named = {term for stem, term in question.numbers.items() if stem in passage.header}
    if question.before or len(named) == len(question.terms):
        return [False] * len(passage.words)
    numbers = frozenset(stem for stem, term in question.numbers.items() if term not in named)
    small = stop_words(passage.document.language)
    return [_only_repeats(sentence, passage.header, numbers, small) for sentence in passage.words]


def _only_repeats(
    sentence: SentenceWords, header: frozenset[str], numbers: frozenset[str], small: frozenset[str]
) -> bool:
    if len(header & sentence.distinct) < _NAMES or numbers & sentence.distinct:
        return False
    stems = {stem for word, stem in zip(sentence.words, sentence.stems, strict=True) if word.lower() not in small}
    new = stems - header
    return len(stems) - len(new) >= _NAMES and len(new) <= 1 and not new & (sentence.names | sentence.numbers)


class CandidateScorer:
    """Finds and scores candidates in one generation; keeps the words of passages that were asked for lately."""

    def __init__(self, generation: Generation, encoder: Encoder) -> None:
        """Take candidates from `generation`, which was built with the model of `encoder`."""
        self._generation = generation
        self._encoder = encoder
        self._worded: OrderedDict[int, _Worded] = OrderedDict()

    def candidates(self, question: Question, hits: Hits) -> Candidates:
        """Score the sentences of the passages in `hits`.

        A sentence's score is its cosine with the question, plus the share of the question that it covers, plus what
        its passage's BM25 and the type of answer asked for add, less what it loses if it only repeats a name.
        """
        passages = self._passages(hits.rows.tolist())
        sizes = [len(passage.words) for passage in passages]
        numbers = np.repeat(np.arange(len(passages)), sizes)
        sentences = [sentence for passage in passages for sentence in passage.words]
        cosines = self._cosines(passages, question.vector)
        covered = coverage(question, sentences, [passage.header for passage in passages], numbers, self._encoder)
        lexical = np.repeat(hits.lexical, sizes)
        types = np.array([holds(question.asked, sentence, question.stems) for sentence in sentences], np.float32)
        only_named = np.array([only for each in passages for only in _only_named(each, question)], np.float32)
        heads = heads_of([(passage.document, passage.stored.passage.sentences) for passage in passages])
        scores = cosines + covered.total + LEXICAL * lexical + ANSWER_TYPE * types - ONLY_NAMED * only_named
        return Candidates(
            [sentence for passage in passages for sentence in passage.stored.passage.sentences],
            [passage.document for passage in passages for _ in passage.words],
            [passage.stored.passage.section for passage in passages for _ in passage.words],
            numbers,
            cosines,
            covered,
            lexical,
            types,
            only_named,
            heads,
            scores,
            with_rows_ahead(scores, heads, covered.stated, sentences),
        )

    def _cosines(self, passages: list[_Worded], vector: Vectors) -> Vectors:
        if not passages:
            return np.empty(0, np.float32)
        vectors = self._generation.vectors_in([passage.stored for passage in passages])
        return np.asarray(vectors @ vector, np.float32)

    def _passages(self, rows: list[int]) -> list[_Worded]:
        known = {row: self._worded[row] for row in rows if row in self._worded}
        for row in known:
            self._worded.move_to_end(row)
        missing = [row for row in rows if row not in known]
        new = self._generation.catalogue.passages(missing) if missing else []
        worded = known | {stored.row: self._read(stored) for stored in new}
        return [worded[row] for row in rows]

    def _read(self, stored: StoredPassage) -> _Worded:
        document = self._generation.catalogue.document_by_id(stored.document)
        if not passage_is_intact(stored, document, self._generation.manifest.recipe.fingerprint):
            raise DamagedError(f"{self._generation.catalogue.path} does not hold a passage as it was indexed.")
        stem = stemmer(document.language)
        worded = _Worded(
            stored,
            document,
            name_of(document.source, document.title, stored.passage.section, document.language).stems,
            sentence_words(document.text, stored.passage, self._encoder, stem),
        )
        self._worded[stored.row] = worded
        if len(self._worded) > _CACHED_PASSAGES:
            self._worded.popitem(last=False)
        return worded
