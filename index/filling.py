"""Everything of a new generation but its manifest: documents, passages, vectors and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from index import dense, language, layout, lexical, vectors
from index.catalogue import Catalogue
from index.catalogue_writer import CatalogueWriter
from index.encoder import Encoder
from index.errors import DocumentsError
from index.kept import Kept
from index.manifest import Missed
from index.read.readers import Readers
from index.records import Document, LeftOut
from index.split import Splitter
from index.survey import Survey

Progress = Callable[[str, int, int], None]
"""Called with the step under way, how much of it is done and how much there is, in the step's own unit."""


class Filling:
    """Fills one folder with a generation's files, taking over from the generation `before` what has not changed."""

    def __init__(
        self, encoder: Encoder, splitter: Splitter, readers: Readers, before: Kept | None, progress: Progress
    ) -> None:
        """`readers` is entered while documents are read, and left as soon as they are."""
        self._encoder = encoder
        self._splitter = splitter
        self._readers = readers
        self._before = before
        self._progress = progress
        self._plan = vectors.VectorPlan(before)
        self._characters = 0

    @property
    def encoded(self) -> int:
        """How many passages had to be encoded."""
        return len(self._plan.to_encode)

    def fill(self, workplace: Path, found: Survey) -> tuple[Missed, ...]:
        """Write all files of a generation but its manifest; return what was left out."""
        missed = self._write_documents(workplace / layout.DOCUMENTS, found)
        catalogue = Catalogue(workplace / layout.DOCUMENTS)
        try:
            self._write_vectors(workplace, catalogue)
            self._progress("writing", 0, 1)
            _write_lexical(workplace / layout.LEXICAL, catalogue)
            self._progress("writing", 1, 1)
        finally:
            catalogue.close()
        walked = (Missed(source=left.source, reason=left.reason) for left in found.left_out)
        return tuple(sorted((*walked, *found.missed, *missed), key=lambda one: one.source))

    def _write_documents(self, path: Path, found: Survey) -> list[Missed]:
        kept = self._before.catalogue if self._before else None
        missed: list[Missed] = []
        order = sorted((*found.unchanged, *found.fresh))
        with self._readers as readers, CatalogueWriter(path, kept.path if kept else None) as writer:
            outcomes = readers.read(list(found.fresh.values()))
            for done, source in enumerate(order):
                self._progress("reading", done, len(order))
                if kept is not None and source in found.unchanged:
                    self._keep(writer, kept, source)
                    continue
                outcome = next(outcomes)
                left = outcome if isinstance(outcome, LeftOut) else self._add(writer, outcome)
                if left is not None:
                    missed.append(Missed(source=source, reason=left.reason, sha256=left.sha256))
            self._progress("reading", len(order), len(order))
            if not writer.passages:
                raise DocumentsError(_nothing(found, missed))
        return missed

    def _keep(self, writer: CatalogueWriter, kept: Catalogue, source: str) -> None:
        number = kept.id_of(source)
        first_row, first_sentence = kept.first_rows(number)
        new_row, new_sentence = writer.passages, writer.sentences
        writer.keep(number)
        self._plan.moved.append(
            vectors.Moved(
                new_row,
                first_row,
                writer.passages - new_row,
                new_sentence,
                first_sentence,
                writer.sentences - new_sentence,
            )
        )

    def _add(self, writer: CatalogueWriter, document: Document) -> LeftOut | None:
        """Write a document; return why not, where it cannot be cut into passages.

        A full disk is no document's fault: that ends the build, and the next one takes it in.
        """
        try:
            of_document = language.of_document(document)
            passages = self._splitter.split(document, of_document)
        except OSError:
            raise
        except BaseException as error:  # sentencex panics, which is no `Exception`
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                raise
            tried = None if isinstance(error, MemoryError) else document.sha256  # another time there may be enough
            return LeftOut(document.source, f"cannot be cut into sentences ({type(error).__name__})", tried)
        texts = [vectors.passage_text(document.title, document.text, passage) for passage in passages]
        keys = [vectors.key(self._encoder.fingerprint, text) for text in texts]
        row, sentence = writer.passages, writer.sentences
        for text, key in zip(texts, keys, strict=True):
            same = self._before.catalogue.same_as(key) if self._before else None
            if same is None:
                self._plan.to_encode.append(row)
                self._characters += len(text.text)
            else:
                self._plan.moved.append(vectors.Moved(row, same[0], 1, sentence, same[1], len(text.sentences)))
            row, sentence = row + 1, sentence + len(text.sentences)
        writer.add(document, of_document, passages, keys)
        return None

    def _write_vectors(self, workplace: Path, catalogue: Catalogue) -> None:
        done = 0

        def encoded(characters: int) -> None:
            nonlocal done
            done += characters
            self._progress("encoding", done, self._characters)

        self._progress("encoding", 0, self._characters)
        made = vectors.make(self._plan, catalogue, self._encoder, workplace / layout.SENTENCES, encoded)
        dense.write(workplace / layout.PASSAGES, made)


def _write_lexical(folder: Path, catalogue: Catalogue) -> None:
    folder.mkdir()
    lexical.write(folder, _lexical_passages(catalogue))


def _lexical_passages(catalogue: Catalogue) -> Iterator[lexical.LexicalPassage]:
    for source in catalogue.sources:
        stored = catalogue.passages_of(source.id)
        for one, text in zip(stored, vectors.texts(catalogue, stored), strict=True):
            yield lexical.LexicalPassage(one.row, one.document, text.header, text.text, source.language)


def _nothing(found: Survey, missed: list[Missed]) -> str:
    reasons = [f"{one.source}: {one.reason}" for one in (*missed, *found.missed)]
    reasons += [f"{left.source}: {left.reason}" for left in found.left_out]
    why = f" (of {len(reasons)} files none could be read, the first being {reasons[0]})" if reasons else ""
    return f"The documents folder holds no document{why}: put some in it, or set QUOTH_DOCUMENTS or --documents."
