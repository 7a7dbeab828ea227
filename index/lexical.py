"""Search by words: passages in a tantivy index, ranked by BM25 over stemmed terms.

The terms are made here, by the language of each document, and stored with blanks between them.
"""

from __future__ import annotations

import contextlib
import math
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy

from index.dense import Rows
from index.encoder import Vectors
from index.errors import DamagedError
from index.language import DEFAULT, likely
from index.words import all_words, is_term, stemmer, words

_WRITER_BYTES = 64_000_000
_LOCK = ".lock"
_PANIC = "PanicException"
"""What a panic in tantivy is called in Python, where it can be caught by no name that is exported."""

_TRIES = 100
_PAUSE = 0.002
"""Seconds between tries: it took one or two of them, on a busy machine."""
_MOST_TERMS = 64
"""Of a question: a long one is cut there, which keeps the search within milliseconds."""


@dataclass(frozen=True, slots=True)
class LexicalPassage:
    """What is indexed of a passage: its row, its document's id, its title and section, its text, and their language."""

    row: int
    document: int
    header: str
    text: str
    language: str = DEFAULT


def write(folder: Path, passages: Iterable[LexicalPassage]) -> None:
    """Write an index over `passages` into the empty folder `folder`."""
    try:
        _write(folder, passages)
    except ValueError as error:  # how tantivy tells of anything that goes wrong on disk
        raise OSError(str(error)) from error


def _write(folder: Path, passages: Iterable[LexicalPassage]) -> None:
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for passage in passages:
        document = tantivy.Document()
        document.add_integer("row", passage.row)
        document.add_integer("document", passage.document)
        document.add_text("text", " ".join(_terms(passage)))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    for lock in folder.glob(f"*{_LOCK}"):
        lock.unlink()


def _opened(folder: Path) -> tantivy.Index:
    """Open the index in `folder` without writing there.

    tantivy takes a lock beside the files even to read them (quickwit-oss/tantivy#557): it is shown a folder of links.
    It maps the files into memory when it opens them, and needs that folder no longer.
    """
    links = Path(tempfile.mkdtemp(prefix="quoth-"))
    try:
        for path in folder.iterdir():
            if path.suffix != _LOCK:
                (links / path.name).symlink_to(path.resolve())
        return tantivy.Index.open(str(links))
    finally:
        _remove(links)


def _remove(links: Path) -> None:
    """Remove the folder of links, though a thread of tantivy's may be about to put its lock there once more."""
    for _ in range(_TRIES):
        shutil.rmtree(links, ignore_errors=True)
        if not links.exists():
            return
        time.sleep(_PAUSE)


class Lexical:
    """The words of a generation's passages."""

    def __init__(self, folder: Path, languages: Sequence[str] = (DEFAULT,)) -> None:
        """Open the index in `folder`, which may be read-only, over documents in `languages`.

        Raises `DamagedError` where it cannot be read.
        """
        try:
            index = _opened(folder)
        except (ValueError, OSError) as error:
            raise _damaged(folder) from error
        self._folder = folder
        self._languages = languages
        self._schema = index.schema
        self._searcher = index.searcher()

    def __len__(self) -> int:
        """Return how many passages there are."""
        return int(self._searcher.num_docs)

    def terms(self, text: str) -> list[str]:
        """Return the distinct terms of a question, as they are in the index, in order, at most 64 of a language.

        They are those that it has in the languages of the documents: a word is looked for by its stem in each.
        """
        return list(dict.fromkeys(term for language in likely(text, self._languages) for term in _of(text, language)))

    def passages_with(self, *forms: str) -> int:
        """Return how many passages a word is in; `forms` are its stems, one or several."""
        with _told(self._folder):
            return min(sum(self._searcher.doc_freq("text", form) for form in forms), len(self))

    def idf(self, *forms: str) -> float:
        """Return the inverse document frequency of a word, as BM25 has it; `forms` are its stems, one or several."""
        found = self.passages_with(*forms)
        return math.log(1 + (len(self) - found + 0.5) / (found + 0.5))

    def search(self, terms: Sequence[str], limit: int, documents: Sequence[int] | None = None) -> tuple[Rows, Vectors]:
        """Return the rows of the passages that match `terms` best and their BM25 scores, best first.

        Where `documents` (ids) is given, nothing outside them is a candidate. Raises `DamagedError` where the files are
        not what they were when they were opened.
        """
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term(term)) for term in terms])
        if documents is not None:
            inside = tantivy.Query.term_set_query(self._schema, "document", list(documents))
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    (tantivy.Occur.Must, tantivy.Query.const_score_query(inside, 0.0)),
                ]
            )
        with _told(self._folder):
            hits = self._searcher.search(query, limit, count=False).hits
            rows = self._searcher.fast_field_values("row", [address for _, address in hits]) if hits else []
        return np.array(rows, np.int64), np.array([score for score, _ in hits], np.float32)

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", term, index_option="freq")


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what tantivy raises over files that have changed under it, panics too, into a `DamagedError`."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise _damaged(folder) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise _damaged(folder) from error


def _damaged(folder: Path) -> DamagedError:
    return DamagedError(f"{folder} cannot be read: run `quoth index build`.")


def _terms(passage: LexicalPassage) -> list[str]:
    stem = stemmer(passage.language)
    return list(filter(is_term, map(stem, all_words(f"{passage.header}\n{passage.text}"))))


def _of(text: str, language: str) -> list[str]:
    return list(dict.fromkeys(filter(is_term, map(stemmer(language), words(text)))))[:_MOST_TERMS]


def _schema() -> tantivy.Schema:
    return (
        tantivy.SchemaBuilder()
        .add_integer_field("row", fast=True)
        .add_integer_field("document", indexed=True)
        .add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        .build()
    )
