"""Writes a new generation except its manifest: documents, passages, vectors and words."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Container, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.build import clustering, recall, vectors
from index.build.commit_dates import commit_dates
from index.build.lexical_update import LexicalUpdate
from index.build.survey import Survey, nothing_to_read
from index.encode.encoder import Encoder
from index.read.readers import Readers
from index.records import Document, LeftOut
from index.store.disk import dense, layout
from index.store.disk.base import BuildBase
from index.store.disk.catalogue import Catalogue
from index.store.disk.catalogue_writer import CatalogueWriter
from index.store.disk.lexical import PANIC
from index.store.disk.sentence_file import SentenceFile, SentenceWriter
from index.store.manifest import Clustering, Missed
from index.store.passage_text import key, passage_text
from index.text import language
from index.text.split import Splitter

Progress = Callable[[str, int, int], None]
"""Called with the current step, how much of it is done, and the total, in the step's own unit."""


class GenerationWriter:
    """Fills a folder with a generation's files, reusing what has not changed since the generation `before`."""

    def __init__(  # noqa: PLR0913, PLR0917 -- what a generation is made by
        self,
        encoder: Encoder,
        splitter: Splitter,
        readers: Readers,
        before: BuildBase | None,
        progress: Progress,
        folder: Path,
        *,
        erases: bool = False,
    ) -> None:
        """`readers` is entered for reading the documents, and left right after; `folder` is the documents folder.

        With `erases`, no trace may stay of documents that are gone.
        """
        self._erases = erases
        self._folder = folder
        self._dates: dict[str, str] | None = None
        self._encoder = encoder
        self._splitter = splitter
        self._readers = readers
        self._before = before
        self._progress = progress
        self._plan = vectors.VectorPlan(before)
        self._characters = 0
        self.clustering: Clustering | None = None
        self.shown: dict[str, dict[str, str | None]] = {}
        """The files that each new or changed document shows as parts of itself, as `Document.shown`."""

    @property
    def encoded(self) -> int:
        """How many passages had to be encoded."""
        return len(self._plan.to_encode)

    def fill(self, workplace: Path, survey: Survey, exact_up_to: int) -> tuple[Missed, ...]:
        """Write all files of a generation but its manifest; return what was left out.

        Above `exact_up_to` passages, vectors are clustered.
        """
        words = LexicalUpdate(self._before, survey, erases=self._erases)
        missed = self._write_documents(workplace / layout.DOCUMENTS, survey, words)
        with contextlib.closing(Catalogue(workplace / layout.DOCUMENTS)) as catalogue:
            with ThreadPoolExecutor(1, thread_name_prefix="words") as beside:
                worded = beside.submit(words.write, workplace / layout.LEXICAL, catalogue)
                self._write_vectors(workplace, catalogue, exact_up_to, worded)
                self._progress("writing", 0, 1)
                worded.result()
            self._progress("writing", 1, 1)
        walked = (Missed(source=left.source, reason=left.reason) for left in survey.left_out)
        return tuple(sorted((*walked, *survey.missed, *missed), key=lambda entry: entry.source))

    def _write_documents(self, path: Path, survey: Survey, words: LexicalUpdate) -> list[Missed]:
        base = self._before.catalogue if self._before else None
        missed: list[Missed] = []
        order = sorted((*survey.unchanged, *survey.fresh))
        with (
            self._readers as readers,
            CatalogueWriter(path, base.path if base else None, free=words.free) as writer,
        ):
            outcomes = readers.read(list(survey.fresh.values()))
            for done, run in runs(order, survey.unchanged, base):
                self._progress("reading", done, len(order))
                if isinstance(run, range) and base is not None:
                    self._keep(writer, base, run)
                    continue
                outcome = next(outcomes)
                if outcome.shown:
                    self.shown[outcome.source] = dict(outcome.shown)
                left = self._left_of(outcome, writer, survey)
                if left is not None:
                    missed.append(Missed(source=left.source, reason=left.reason, sha256=left.sha256))
            self._progress("reading", len(order), len(order))
            if not writer.passages:
                raise nothing_to_read(survey, missed)
        return missed

    def _left_of(self, outcome: Document | LeftOut, writer: CatalogueWriter, survey: Survey) -> LeftOut | None:
        """Write what was read; return what was left out of it, if anything."""
        if isinstance(outcome, LeftOut):
            return outcome
        dated = outcome if outcome.date else replace(outcome, date=self._date_of(outcome.source, survey))
        return self._add(writer, dated) or _in_part(outcome)

    def _date_of(self, source: str, survey: Survey) -> str | None:
        """Return the time from which a document is, as its origin says, else that of its last commit.

        git is asked for all new and changed ones at once.
        """
        day = survey.fresh[source].date
        if day is not None:
            return f"{day[:10]}{_MIDNIGHT}"
        if self._dates is None:
            top = self._folder.resolve()
            own = [file.source for file in survey.fresh.values() if file.top == top and file.member is None]
            self._dates = commit_dates(self._folder, own)
        return self._dates.get(source)

    def _keep(self, writer: CatalogueWriter, base: Catalogue, run: range) -> None:
        """Copy the documents of `base` whose ids are in `run`."""
        span = base.span(run)
        self._plan.moved.append(
            vectors.Moved(writer.passages, span.row, span.passages, writer.sentences, span.sentence, span.sentences)
        )
        writer.keep(span)

    def _add(self, writer: CatalogueWriter, document: Document) -> LeftOut | None:
        """Write a document, or return why it cannot be split into passages.

        A full disk is not the document's fault: it ends the build, and the next build tries again.
        """
        try:
            of_document = language.of_document(document)
            passages = self._splitter.split(document, of_document)
        except OSError:
            raise
        except BaseException as error:  # sentencex panics, which is no `Exception`
            if not isinstance(error, Exception) and type(error).__name__ != PANIC:
                raise
            tried = None if isinstance(error, MemoryError) else document.sha256  # next time there may be enough
            return LeftOut(document.source, f"cannot be cut into sentences ({type(error).__name__})", tried)
        texts = [passage_text(document.title, document.text, passage) for passage in passages]
        keys = [key(self._encoder.fingerprint, text) for text in texts]
        row, sentence = writer.passages, writer.sentences
        for text, key_of_text in zip(texts, keys, strict=True):
            same = self._before.catalogue.same_as(key_of_text) if self._before else None
            if same is None:
                self._plan.to_encode.append(row)
                self._characters += len(text.text)
            else:
                self._plan.moved.append(vectors.Moved(row, same[0], 1, sentence, same[1], len(text.sentences)))
            row, sentence = row + 1, sentence + len(text.sentences)
        writer.add(document, of_document, passages, keys)
        return None

    def _write_vectors(self, workplace: Path, catalogue: Catalogue, exact_up_to: int, worded: Future[None]) -> None:
        """Encode and write vectors; stop at once if writing the words, in another thread, fails."""
        done = 0

        def encoded(characters: int) -> None:
            nonlocal done
            done += characters
            self._progress("encoding", done, self._characters)
            if worded.done():
                worded.result()

        self._progress("encoding", 0, self._characters)
        passages, sentences = catalogue.counts()
        many, dimension = passages > exact_up_to, self._encoder.dimension
        with tempfile.TemporaryFile(dir=workplace) as scratch, (workplace / layout.SENTENCES).open("wb") as file:
            made = vectors.NewVectors(self._plan, passages, dimension, scratch)
            writer = SentenceWriter(file, sentences, dimension, pack=many)
            vectors.encode(made, writer, catalogue, self._encoder, encoded)
            file.flush()
            if many:
                self.clustering = self._cluster(workplace, made)
            if self.clustering is None:
                dense.write(workplace / layout.PASSAGES, made.at(np.arange(passages)))

    def _cluster(self, workplace: Path, made: vectors.NewVectors) -> Clustering | None:
        """Cluster the vectors; recall is measured with questions made from the documents' sentences."""
        with contextlib.closing(SentenceFile(workplace / layout.SENTENCES, made.dimension)) as sentences:
            questions = recall.questions(len(sentences), sentences.vectors)
        before = self._before.manifest.clustering if self._before else None
        return clustering.write(workplace / layout.PASSAGES, made, before, questions)


def _in_part(document: Document) -> LeftOut | None:
    """Return what of a document was left out, where it was not read as a whole."""
    return LeftOut(document.source, "; ".join(document.unread), document.sha256) if document.unread else None


_MIDNIGHT = "T00:00"
"""Put behind the day that the origin of a document gives: only what a document itself says has no time."""

_LONGEST = 1_000
"""Documents to copy at once; progress is reported in between."""


def runs(order: Sequence[str], unchanged: Container[str], base: Catalogue | None) -> Iterator[tuple[int, range | str]]:
    """Group the sources in `order`: yield the number of sources before, with either one new or changed source or a run.

    A run is a range of the ids in `base` of consecutive unchanged sources.
    """
    run = range(0)
    for done, source in enumerate(order):
        number = base.id_of(source) if base is not None and source in unchanged else None
        if number is not None and run and number == run.stop and len(run) < _LONGEST:
            run = range(run.start, run.stop + 1)
            continue
        if run:
            yield done - len(run), run
        run = range(0) if number is None else range(number, number + 1)
        if number is None:
            yield done, source
    if run:
        yield len(order) - len(run), run
