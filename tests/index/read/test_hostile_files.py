"""Files that were made to do harm cost only themselves. The long form is `bench/hostile.py`."""

from __future__ import annotations

import contextlib
import hashlib
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_files import HOSTILE, SMALL, sparse, write

from index.errors import UnreadableError
from index.read.contents import MOST_BYTES, contents, sha256_of
from index.read.file import read
from index.read.kinds import READERS, kind_of
from index.read.process import ReaderProcess
from index.read.readers import Readers
from index.read.wire import MOST_REPLY
from index.records import Document, LeftOut, SourceFile

_MEMORY_MIB = 512
_PASSWD = Path("/etc/passwd")

_OTHER_NAMES = {".asc", ".asciidoc", ".htm", ".markdown", ".mediawiki", ".mht", ".mhtml", ".ndjson", ".vtt", ".yml"}
"""Further endings of kinds that are tried under another."""

READ = {
    "pictures.ipynb": "x",
    "outside.adoc": "Before.\n\n[not included: /etc/passwd]\n\nAfter.",
    "outside.org": "Before.\n\n[not included: /etc/passwd]\n\nAfter.",
    "laughs.md": "The text.",
    "outside.docx": "before after",
    "outside.rst": "Before.\n\n[not included: /etc/passwd]\n\n[not included: /etc/passwd]\n\nAfter.",
    "outside.md": "Before.\n\n[not included: /etc/passwd]\n\n[not included: ../../etc/passwd]\n\nAfter.",
    "nested.epub": "x",
    "divs.html": "x",
    "tables.html": "x",
}
"""What is harmless once it is read as it should be."""

NAMED = {
    "laughs.docx": "is not a Word document, or is damaged",
    "rows.csv": "holds more than 1,000,000 lines: split it into smaller files",
    "quoted.tsv": "holds more than 1,000,000 lines: split it into smaller files",
    "nested.ipynb": "is nested more deeply than can be read",
    "nested.json": "is nested more deeply than can be read",
    "nested.yaml": "is nested more deeply than can be read",
    "laughs.yaml": "holds more than 1,000,000 values",
    "lines.jsonl": "holds no text",
    "nested.eml": "is nested more deeply than can be read",
    "laughs.xml": "is not a MediaWiki's export, or is damaged",
    "laughs.pptx": "amplification",
    "laughs.xlsx": "cannot be read as a `.xlsx` file (",
    "laughs.odt": "is not an OpenDocument text, or is damaged",
    "repeated.ods": "split it into smaller files",
    "merged.xlsx": "holds more than 1,000,000 cells that are merged",
    "old.doc": "is of an old Office format",
    "many-parts.docx": "holds more than 10,000 parts",
    "overlapping.epub": "unpacks to more than 512 MiB",
    "lists.rst": "is nested more deeply than can be read",
    "nested.pdf": "is not a PDF, or is damaged",
    "paragraphs.txt": "holds more than 250,000 paragraphs, headings and rows: split it into smaller files",
    "characters.txt": "holds more than 16,777,216 characters of text: split it into smaller files",
    "sparse.txt": "is larger than 64 MiB: split it into smaller files",
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Document | LeftOut]]:
    """What comes of each, read one after the other by one reader; the last is a plain file."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = [*write(folder, SMALL), sparse(folder / "sparse.txt", 2 * 2**30)]
    (folder / "plain.txt").write_text("A plain text.")
    files = [SourceFile(path.name, path) for path in (*paths, folder / "plain.txt")]
    with Readers(seconds=300, memory_mib=_MEMORY_MIB) as readers:
        yield {outcome.source: outcome for outcome in readers.read(files)}


def test_whatever_came_before_it_a_plain_file_is_read(outcomes: dict[str, Document | LeftOut]) -> None:
    assert isinstance(outcomes["plain.txt"], Document)
    assert len(outcomes) == len(SMALL) + 2


@pytest.mark.parametrize("name", READ)
def test_what_is_harmless_once_it_is_read_right_is_read(name: str, outcomes: dict[str, Document | LeftOut]) -> None:
    outcome = outcomes[name]
    assert isinstance(outcome, Document), outcome
    assert outcome.text == READ[name]


@pytest.mark.parametrize("name", NAMED)
def test_what_is_not_read_is_named_with_its_reason(name: str, outcomes: dict[str, Document | LeftOut]) -> None:
    outcome = outcomes[name]
    assert isinstance(outcome, LeftOut)
    assert NAMED[name] in outcome.reason
    assert len(outcome.reason) < 300


def test_no_file_is_late_or_ends_its_process(outcomes: dict[str, Document | LeftOut]) -> None:
    reasons = {name: outcome.reason for name, outcome in outcomes.items() if isinstance(outcome, LeftOut)}
    assert not [name for name, reason in reasons.items() if "took longer" in reason or "ended the process" in reason]


def test_no_document_makes_the_reader_open_another_file(outcomes: dict[str, Document | LeftOut]) -> None:
    secret = _PASSWD.read_text().splitlines()[0]
    texts = [str(outcomes[name]) for name in outcomes]
    assert not [text for text in texts if secret in text or "lollol" in text]


def test_names_are_short_however_long_a_title_or_heading_is(outcomes: dict[str, Document | LeftOut]) -> None:
    """They go with every passage that is below them."""
    document = outcomes["title.html"]
    assert isinstance(document, Document)
    assert len(document.title) == 500
    assert {len(name) for block in document.blocks for name in block.section} == {500}
    assert len(document.text) > 2**20


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the kernel does not tell what a process has")
def test_no_reader_has_more_memory_than_its_limit(tmp_path: Path) -> None:
    path = write(tmp_path, ["lines.txt"])[0]
    reader = ReaderProcess(seconds=300, memory_mib=_MEMORY_MIB)
    try:
        assert reader.read(SourceFile("none.md", tmp_path / "none.md")) == LeftOut("none.md", "is no longer there")
        pid = reader.pid
        outcome = reader.read(SourceFile("lines.txt", path))
        assert outcome == LeftOut("lines.txt", f"needs more than {_MEMORY_MIB} MiB of memory to read")
        assert reader.pid == pid, "it goes on"
        figures = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        assert int(figures["VmPeak"].split()[0]) <= _MEMORY_MIB * 1024
    finally:
        reader.end()


@pytest.mark.skipif(not Path("/proc/uptime").exists(), reason="there is no file here that changes whenever it is read")
def test_a_file_that_is_another_each_time_is_named() -> None:
    with pytest.raises(UnreadableError, match="kept changing while it was read"):
        contents(Path("/proc/uptime"))
    assert sha256_of(Path("/proc/uptime")) is None


def test_hash_and_text_agree_while_a_file_grows(tmp_path: Path) -> None:
    path = tmp_path / "growing.txt"
    path.write_text("line\n")
    documents: list[Document | None] = []

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            for _ in range(5_000):
                file.write(b"line\n")

    writer = threading.Thread(target=grow)
    writer.start()
    while writer.is_alive():
        documents.append(_read_or_left(path))
    writer.join()
    for document in filter(None, documents):
        assert hashlib.sha256(f"{document.text}\n".encode()).hexdigest() == document.sha256
    assert _read_or_left(path) is not None, "it is read once it is left alone"


def _read_or_left(path: Path) -> Document | None:
    with contextlib.suppress(UnreadableError):
        return read(path, path.name)
    return None


def test_a_file_that_grows_without_end_is_read_no_further_than_a_document_may_be_long(tmp_path: Path) -> None:
    path = sparse(tmp_path / "a.txt", MOST_BYTES)
    assert len(contents(path)) == MOST_BYTES
    with pytest.raises(UnreadableError, match="is larger than 64 MiB"):
        contents(sparse(path, MOST_BYTES + 1))


def test_the_reading_process_has_no_secrets_and_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_DISCORD_TOKEN", "a-secret")
    monkeypatch.setenv("HF_TOKEN", "a-secret")
    reader = ReaderProcess(seconds=300, memory_mib=_MEMORY_MIB)
    try:
        reader.read(SourceFile("none.md", tmp_path / "none.md"))
        place = Path(f"/proc/{reader.pid}")
        if not place.exists():
            pytest.skip("the kernel does not show what a process has")
        assert b"a-secret" not in (place / "environ").read_bytes()
        limits = (place / "limits").read_text()
        assert re.search(r"Max file size +0 +0 ", limits)
    finally:
        reader.end()


def test_more_than_a_document_holds_is_not_taken_from_the_process(tmp_path: Path) -> None:
    """A library that a file takes over could say anything: what it says has an end, and the next file is read."""
    path = tmp_path / "a.txt"
    path.write_text("A plain text.")
    process = ReaderProcess(seconds=300, memory_mib=_MEMORY_MIB)
    babbling = subprocess.Popen(
        [sys.executable, "-c", f"import sys\nfor _ in range({MOST_REPLY // 2**20 + 2}): sys.stdout.write('x' * 2**20)"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    process.child = babbling
    try:
        outcome = process.read(SourceFile("a.txt", path))
        assert outcome == LeftOut("a.txt", "made the process that read it give more than a document holds")
        assert outcome.sha256 == hashlib.sha256(b"A plain text.").hexdigest()
        assert isinstance(process.read(SourceFile("a.txt", path)), Document)
    finally:
        process.end()


def test_every_kind_that_is_read_has_a_file_made_to_do_harm() -> None:
    readers = {READERS[kind_of(name)] for name in HOSTILE}
    assert readers == set(READERS.values())
