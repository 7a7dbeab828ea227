"""Small libraries: a documents folder and the index built from it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.arrays import Vectors
from index.build.builder import Builder, BuildReport, BuildSettings
from index.build.generation_writer import Progress
from index.encode.encoder import Encoder
from index.records import Answer, Quote
from index.store import manifest
from index.store.base import Generation
from index.store.disk.dense import Dense
from index.store.disk.shelf import Shelf
from index.store.manifest import Manifest
from index.store.numbering import StableNumbers

CATS = """\
---
title: All about cats
url: https://cats.example/all
---
# Cats

Cats sleep for about sixteen hours a day. They are most awake at dawn and at dusk.

## Food

A grown cat eats 250 grams of meat a day. Chocolate is poisonous to cats.

| Breed | Weight |
|---|---|
| Maine Coon | 8 kilograms |
| Singapura | 2 kilograms |

## Doors

This program opens the cat flap:

```python
def open_flap(cat):
    if cat.chip in KNOWN_CHIPS:

        flap.unlock(seconds=5)
```
"""

ROVER = """\
The rover Tenacity landed on Mars on 18 February 2021. It carries seven instruments.

Its wheels are made of aluminium. Each wheel has a diameter of 52 centimetres.
"""

PAGES = (
    ("The treaty of Ostermark was signed in 1348.", "It ended a war of nine years."),
    ("The bridge over the river Velm is 412 metres long.", "It was built by Anna Korhonen."),
)


def every_vector(of: Dense) -> Vectors:
    """Return all vectors, shape (n, dimension)."""
    return np.concatenate(list(of.blocks()))


def check_quote(generation: Generation, quote: Quote) -> None:
    """Check that a quote is, to the letter, what the store holds at its place."""
    assert generation.catalogue.document(quote.source).text[quote.start : quote.end] == quote.text


def pdf(*pages: tuple[str, ...]) -> bytes:
    """Return a PDF with a line of text for each string of each page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = "\n".join(f"BT /F 12 Tf 50 {700 - 14 * at} Td ({line}) Tj ET" for at, line in enumerate(lines))
        resources = "/Resources << /Font << /F 3 0 R >> >>"
        bodies += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {resources} /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        ]
    data, table = "%PDF-1.4\n", ""
    for number, body in enumerate(bodies, 1):
        table += f"{len(data):010d} 00000 n \n"
        data += f"{number} 0 obj\n{body}\nendobj\n"
    size = len(bodies) + 1
    trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return f"{data}{trailer}startxref\n{len(data)}\n%%EOF".encode("latin-1")


def numbering(*passages: int) -> StableNumbers:
    """Return documents with so many passages each, numbered in order."""
    return StableNumbers(np.arange(len(passages)), np.cumsum([0, *passages])[:-1])


def quiet(_step: str, _done: int, _total: int) -> None:
    """Take no notice of a build's progress."""


@dataclass(frozen=True)
class Library:
    """A documents folder, a data folder, and what builds the one from the other."""

    documents: Path
    shelf: Shelf
    encoder: Encoder

    def write(self, source: str, content: str | bytes) -> None:
        """Write a document."""
        path = self.documents / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def builder(self, settings: BuildSettings = BuildSettings()) -> Builder:  # noqa: B008 -- it is frozen
        """Return what builds."""
        return Builder(self.shelf, self.encoder, settings)

    def build(self, progress: Progress = quiet, *, fresh: bool = False) -> BuildReport:
        """Build the index."""
        return self.builder().build(self.documents, progress, fresh=fresh)

    def answerer(self, *, quotes: int = 3, threshold: float | None = None) -> Answerer:
        """Return what answers from the generation in use."""
        return Answerer(self.shelf.open(), self.encoder, quotes=quotes, threshold=threshold)

    def ask(self, question: str) -> Answer:
        """Answer from the generation in use, freshly opened."""
        answerer = self.answerer()
        try:
            return answerer.answer(Asked(question))
        finally:
            answerer.generation.close()

    def leftovers(self) -> set[str]:
        """Return the names of what is in the data folder besides generations, their pointer and the lock."""
        inside = {path.name for path in (self.shelf.folder / "generations").iterdir()} - set(self.shelf.names())
        return inside | {path.name for path in self.shelf.folder.iterdir()} - {"CURRENT", "generations", "lock"}


def resealed(built: Library, folder: Path, alter: Callable[[Path], None]) -> Path:
    """Return a copy of a generation that was altered and whose manifest says that this is how it was written."""
    place = built.shelf.place()
    copy = Path(shutil.copytree(place, folder / "copy"))
    original = manifest.read(place, place.name.rpartition("-")[2])
    (copy / manifest.FILE_NAME).unlink()
    alter(copy)
    seal = Manifest(**{**dict(original), "files": manifest.checksums(copy)}).seal(copy)
    return copy.rename(folder / f"000001-{seal[:12]}")


@pytest.fixture
def library(tmp_path: Path, encoder: Encoder) -> Library:
    """An empty library."""
    (tmp_path / "documents").mkdir()
    return Library(tmp_path / "documents", Shelf(tmp_path / "data"), encoder)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Library:
    """A library with an index, of which nothing may be changed: a Markdown file, a text, a PDF."""
    folder = tmp_path_factory.mktemp("built")
    library = Library(folder / "documents", Shelf(folder / "data"), encoder)
    library.write("animals/cats.md", CATS)
    library.write("rover.txt", ROVER)
    library.write("treaty.pdf", pdf(*PAGES))
    library.build()
    return library


@pytest.fixture(scope="session")
def answerer(built: Library) -> Answerer:
    """What answers from `built`."""
    return built.answerer()
