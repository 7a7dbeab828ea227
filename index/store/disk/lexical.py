"""Lexical search: passages in a tantivy index, ranked by BM25 over stemmed terms.

Terms are stemmed here, by the language of each document, and stored with blanks between them.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy

from index.arrays import Rows, Vectors
from index.errors import DamagedError
from index.store import base
from index.store.numbering import StableNumbers, place
from index.store.scope import DocumentFilter
from index.text.language import DEFAULT
from index.text.terms import terms_in, terms_of

_WRITER_BYTES = 64_000_000
_LOCK = ".lock"
_META = "meta.json"
PANIC = "PanicException"
"""The name of the exception for a panic in a Rust library; the class itself is not exported."""

_TRIES = 100
_PAUSE = 0.002
"""Seconds between tries; on a busy machine one or two are needed."""

_MOST_RUNS = 64
"""Up to how many ranges of documents a filter uses ranges; above, it names each document."""


@dataclass(frozen=True, slots=True)
class LexicalPassage:
    """A passage to index: the number of its document, its position in it, its header and its text."""

    number: int
    nth: int
    header: str
    text: str
    language: str = DEFAULT


def write(folder: Path, passages: Iterable[LexicalPassage], gone: Iterable[int] = ()) -> None:
    """Write an index of `passages` into the folder `folder`.

    If there is one in it already, the documents with the numbers `gone` are deleted and `passages` added. Deletion only
    marks passages; they disappear when their segment is merged with another.
    """
    try:
        _write(folder, passages, gone)
    except ValueError as error:  # how tantivy reports any error of the disk
        raise OSError(str(error)) from error


def _write(folder: Path, passages: Iterable[LexicalPassage], gone: Iterable[int]) -> None:
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for number in gone:
        writer.delete_documents_by_term("document", number)
    for passage in passages:
        document = tantivy.Document()
        document.add_integer("place", place(passage.number, passage.nth))
        document.add_integer("document", passage.number)
        document.add_text("text", " ".join(terms_in(passage.header, passage.text, passage.language)))
        writer.add_document(document)
    writer.commit()
    writer.garbage_collect_files()
    writer.wait_merging_threads()
    for lock in folder.glob(f"*{_LOCK}"):
        lock.unlink()


def copy(folder: Path, to: Path) -> None:
    """Copy an index to the new folder `to`, where it may be changed.

    The bytes are copied, not linked: damage to one copy must not affect the other.
    """
    to.mkdir()
    for path in folder.iterdir():
        if path.suffix != _LOCK:
            shutil.copyfile(path, to / path.name)


def marked(folder: Path) -> int:
    """Return how many passages of the index in `folder` are only marked as deleted; raises `DamagedError`."""
    try:
        meta = json.loads((folder / _META).read_bytes())
        return sum((segment["deletes"] or {}).get("num_deleted_docs", 0) for segment in meta["segments"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder) from error


def _opened(folder: Path) -> tantivy.Index:
    """Open the index in `folder` without writing there.

    tantivy creates a lock beside the files even to read them (quickwit-oss/tantivy#557), so it gets a folder of links.
    It maps the files into memory when it opens them and does not need that folder afterwards.
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
    """Remove the folder of links, even if a thread of tantivy's is just creating its lock there again."""
    for _ in range(_TRIES):
        shutil.rmtree(links, ignore_errors=True)
        if not links.exists():
            return
        time.sleep(_PAUSE)


class Lexical(base.Lexical):
    """The words of a generation's passages."""

    counts_quickly = True

    def __init__(self, folder: Path, numbering: StableNumbers, languages: Sequence[str] = (DEFAULT,)) -> None:
        """Open the index in `folder`, which may be read-only, of documents with these numbers and `languages`.

        Raises `DamagedError` if it cannot be read.
        """
        try:
            index = _opened(folder)
        except (ValueError, OSError) as error:
            raise _damaged(folder) from error
        self._folder = folder
        self._numbered = numbering
        self._languages = languages
        self.marked = marked(folder)
        self._schema = index.schema
        self._searcher = index.searcher()

    def __len__(self) -> int:
        """Return how many passages there are."""
        return int(self._searcher.num_docs)

    def terms(self, text: str, languages: Sequence[str] | None = None) -> list[str]:
        """Return the distinct terms of a question as the index holds them, in order, at most 64 per language.

        A word is stemmed in each of the `languages`; None means the languages of all documents.
        """
        return terms_of(text, self._languages if languages is None else languages)

    def expect(self, text: str, languages: Sequence[str] | None = None) -> None:
        """Do nothing: words need no prefetching here."""

    def passages_with(self, form: str) -> int:
        """Return how many passages contain a stem; raises `DamagedError` as a search does.

        tantivy's own figure also counts passages marked as deleted.
        """
        with _translate_errors(self._folder):
            if self.marked:
                return int(self._searcher.search(self._term(form), 1).count)  # type: ignore[attr-defined]
            return int(self._searcher.doc_freq("text", form))

    def passages_inside(self, form: str, inside: DocumentFilter) -> int:
        """Return how many passages of some documents contain a stem; raises `DamagedError` as a search does."""
        query = self._narrowed(self._term(form), DocumentFilter(inside.runs))
        with _translate_errors(self._folder):
            count = int(self._searcher.search(query, 1).count) if inside.runs else 0  # type: ignore[attr-defined]
        return count if inside.inside else self.passages_with(form) - count

    def search(
        self,
        terms: Sequence[str],
        limit: int,
        inside: DocumentFilter | None = None,
        weights: Sequence[float] | None = None,
    ) -> tuple[Rows, Vectors]:
        """Return the rows of the passages that match `terms` best and their BM25 scores, best first.

        With a filter `inside`, nothing outside it is a candidate. What each term adds to a score is multiplied by its
        weight, where there are `weights`. Raises `DamagedError` if the files have changed since they were opened.
        """
        wanted = [self._term(term) for term in terms]
        if weights is not None:
            wanted = [tantivy.Query.boost_query(clause, weight) for clause, weight in zip(wanted, weights, strict=True)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in wanted])
        if inside is not None and inside.inside and not inside.runs:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if inside is not None and inside.runs:
            query = self._narrowed(query, inside)
        with _translate_errors(self._folder):
            hits = self._searcher.search(query, limit, count=False).hits
            places = self._searcher.fast_field_values("place", [address for _, address in hits]) if hits else []
            rows = self._numbered.rows(np.array(places, np.int64))
        return rows, np.array([score for score, _ in hits], np.float32)

    def _narrowed(self, query: tantivy.Query, inside: DocumentFilter) -> tantivy.Query:
        """Restrict a query to what is `inside`, without changing its scores."""
        if len(inside.runs) > _MOST_RUNS:
            ids = [document for first, last in inside.runs for document in range(first, last + 1)]
            named = tantivy.Query.term_set_query(self._schema, "document", ids)
        else:
            named = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._run(*run)) for run in inside.runs])
        occur = tantivy.Occur.Must if inside.inside else tantivy.Occur.MustNot
        both = [(tantivy.Occur.Must, query), (occur, tantivy.Query.const_score_query(named, 0.0))]
        return tantivy.Query.boolean_query(both)

    def _run(self, first: int, last: int) -> tantivy.Query:
        return tantivy.Query.range_query(self._schema, "document", tantivy.FieldType.Integer, first, last)

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", term, index_option="freq")


@contextlib.contextmanager
def _translate_errors(folder: Path) -> Iterator[None]:
    """Turn tantivy's errors about changed files, panics included, into a `DamagedError`."""
    try:
        yield
    except (ValueError, OSError, KeyError) as error:
        raise _damaged(folder) from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise _damaged(folder) from error


def _damaged(folder: Path) -> DamagedError:
    return DamagedError(f"{folder} cannot be read: run `quoth index build`.")


def _schema() -> tantivy.Schema:
    return (
        tantivy.SchemaBuilder()
        .add_integer_field("place", fast=True)
        .add_integer_field("document", indexed=True)
        .add_text_field("text", tokenizer_name="whitespace", index_option="freq")
        .build()
    )
