"""A documents folder that strangers write to: what lies in it, and what becomes of it while a build is under way."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hostile_files import sparse

from index.errors import BuildError
from index.read.folder import walk
from index.read.kinds import READERS, kind_of
from index.records import Document, Sentence
from index.store.disk.verify import verify
from index.text.sentences import sentences_of
from tests.index.conftest import CATS, ROVER, Library
from tests.paths import EVALUATION_SETS

_AWKWARD = EVALUATION_SETS / "awkward-files"
_SLEEP = "Cats sleep for about sixteen hours a day."


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file that is none of the documents."""
    path = tmp_path / "secret.md"
    path.write_text("# Secret\n\nThe password is swordfish.\n")
    return path


@pytest.fixture
def lying(library: Library) -> Iterator[socket.socket]:
    """A socket in the documents folder."""
    with socket.socket(socket.AF_UNIX) as sock:
        here = Path.cwd()
        os.chdir(library.documents)  # a socket's name is short
        try:
            sock.bind("socket.md")
        finally:
            os.chdir(here)
        yield sock


def _nest(top: Path, names: Iterable[str]) -> None:
    """Make folders in each other, deeper than a path can name them."""
    here = os.open(top, os.O_RDONLY)
    for name in names:
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def _reasons(left_out: object) -> dict[str, str]:
    return {entry.source: entry.reason for entry in left_out}  # type: ignore[attr-defined]


def test_what_is_no_document_is_named_and_the_rest_is_answered_from(
    library: Library, outside: Path, lying: socket.socket
) -> None:
    del lying
    library.write("cats.md", CATS)
    folder = library.documents
    (folder / "file.md").symlink_to(outside)
    (folder / "folder").symlink_to(outside.parent)
    (folder / "far.md").symlink_to("/proc/self/environ")
    (folder / "zero.md").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.md")
    sparse(folder / "huge.md", 2 * 2**30)
    outer = "is a link to a place outside the documents folder"
    assert _reasons(library.build().left_out) == {
        "far.md": outer,
        "file.md": outer,
        "folder": outer,
        "huge.md": "is larger than 64 MiB: split it into smaller files",
        "pipe.md": "is not a regular file",
        "socket.md": "is not a regular file",
        "zero.md": outer,
    }
    assert library.ask("How long do cats sleep?").quotes[0].text.startswith(_SLEEP)
    assert not [quote for quote in library.ask("What is the password?").closest if "swordfish" in quote.text]


_NAMES = {
    "line\nbreak.md": "line\\nbreak.md",
    "bell\x07\x1b[31m.md": "bell\\x07\\x1b[31m.md",
    "c1\x9b.md": "c1\\x9b.md",
    "half\udcff.md": "half\\udcff.md",
    "separated\u2028.md": "separated\\u2028.md",
}


def test_names_that_would_disturb_a_screen_are_named_escaped_and_odd_ones_are_read(library: Library) -> None:
    read = {"x" * 252 + ".md", "\u202egnp.md", "z" + "\u0301" * 100 + ".md", "@everyone `x` *b*.md", " .md", "语.md"}
    for number, name in enumerate((*_NAMES, *read)):
        with open(os.fsencode(library.documents / name), "w") as file:  # noqa: PTH123 -- a path of bytes
            file.write(f"# Note {number}\n\nIt says {number} things.\n")
    library.write("in\tfolder/cats.md", CATS)
    report = library.build()
    reason = "has a name with characters that cannot be shown: rename it"
    assert _reasons(report.left_out) == {**dict.fromkeys(_NAMES.values(), reason), "in\\tfolder": reason}
    assert set(report.added) == read
    assert verify(library.shelf.place(), lambda _done, _total: None) == []


def test_folders_in_folders_are_walked_to_a_depth(tmp_path: Path) -> None:
    _nest(tmp_path, ["d"] * 200)
    (tmp_path / "a.md").write_text("text")
    listing = walk(tmp_path)
    assert [file.source for file in listing.files] == ["a.md"]
    assert _reasons(listing.left_out) == {"/".join("d" * 65): "lies in more than 64 folders: move it up"}


def test_a_path_too_long_to_be_opened_is_named(tmp_path: Path) -> None:
    _nest(tmp_path, ["d" * 250] * 20)
    (tmp_path / "a.md").write_text("text")
    listing = walk(tmp_path)
    assert [file.source for file in listing.files] == ["a.md"]
    assert [left.reason for left in listing.left_out] == ["cannot be opened"]


@pytest.mark.parametrize("pattern", ["*a*a*a*a*a*a*b", "**/a/**/a/**/a/**/a/b"])
def test_an_ignore_file_cannot_keep_a_build_busy(tmp_path: Path, pattern: str) -> None:
    (tmp_path / ".quothignore").write_text(f"{pattern}\nout.md\n")
    for name in ("a" * 250 + ".md", "out.md"):
        (tmp_path / name).write_text("text")
    listing = walk(tmp_path)
    assert [file.source for file in listing.files] == ["a" * 250 + ".md"]
    assert _reasons(listing.left_out) == {
        ".quothignore": "some of its lines have more than two `**` or three `*`, and are passed over"
    }


def test_an_ignore_file_that_is_a_pipe_or_a_link_is_none(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a.md").write_text("text")
    os.mkfifo(tmp_path / ".quothignore")
    (tmp_path / "a" / ".quothignore").symlink_to("/dev/zero")
    assert [file.source for file in walk(tmp_path).files] == ["a.md"]


def test_what_changes_while_a_build_is_under_way_is_read_as_it_is_or_named_and_tried_again(
    library: Library, outside: Path
) -> None:
    """All of it changes between the survey and the reading."""
    names = ("changed.md", "gone.md", "grown.md", "link.md", "pipe.md")
    for name in names:
        library.write(name, f"# {name}\n\nIt was so before.\n")
    library.write("cats.md", CATS)
    folder = library.documents

    def change(step: str, done: int, _total: int) -> None:
        if (step, done) == ("reading", 0):
            _in_place(folder / "changed.md", lambda path: path.write_text("# Now\n\nIt is otherwise now.\n"))
            _in_place(folder / "gone.md", lambda _path: None)
            _in_place(folder / "grown.md", lambda path: sparse(path, 65 * 2**20))
            _in_place(folder / "link.md", lambda path: path.symlink_to(outside))
            _in_place(folder / "pipe.md", os.mkfifo)

    report = library.build(change)
    assert _reasons(report.left_out) == {
        "gone.md": "is no longer there",
        "grown.md": "is larger than 64 MiB: split it into smaller files",
        "link.md": "is a link: put the file itself there",
        "pipe.md": "is not a regular file",
    }
    written = (folder / "changed.md").read_bytes()
    generation = library.shelf.open()
    assert generation.manifest.documents["changed.md"] == hashlib.sha256(written).hexdigest()
    assert "otherwise" in generation.catalogue.document("changed.md").text
    for name in names[1:]:
        _in_place(folder / name, lambda path: path.write_text(f"# {path.stem}\n\nIt is a file again.\n"))
    assert library.builder().is_stale(folder)
    assert set(library.build().added) == set(names[1:])


def _in_place(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink(missing_ok=True)
    make(path)


def test_a_file_that_could_not_be_had_is_tried_again_and_one_that_is_broken_is_not(library: Library) -> None:
    library.write("cats.md", CATS)
    library.write("broken.pdf", b"%PDF-1.4 and no more")
    library.write("late.txt", ROVER)

    def replace(step: str, done: int, _total: int) -> None:
        if (step, done) == ("reading", 0):
            (library.documents / "late.txt").rename(library.documents / ".late")

    assert set(_reasons(library.build(replace).left_out)) == {"broken.pdf", "late.txt"}
    assert not library.builder().is_stale(library.documents)
    (library.documents / ".late").rename(library.documents / "late.txt")
    report = library.build()
    assert report.added == ("late.txt",)
    assert set(_reasons(report.left_out)) == {"broken.pdf"}


@pytest.mark.skipif(not _AWKWARD.is_dir(), reason="the awkward files are not here")
def test_small_awkward_files_go_through_a_build(library: Library) -> None:
    """Whole texts would take minutes to encode: all go through the readers in `read/test_readers.py`."""
    taken = [
        path for path in sorted(_AWKWARD.rglob("*")) if kind_of(path.name) in READERS and path.stat().st_size < 9000
    ]
    assert len(taken) > 10
    for path in taken:
        library.write(path.name, path.read_bytes())
    report = library.build()
    assert report.documents + len(report.left_out) == len(taken)
    assert verify(library.shelf.place(), lambda _done, _total: None) == []


def test_a_text_that_breaks_the_splitter_costs_only_itself(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What libraries for sentences do with a text is not known for every text; one was seen to panic."""

    class PanicException(BaseException):
        pass

    def sentences(text: str, *given: object) -> list[Sentence]:
        if "swordfish" in text:
            raise PanicException
        return sentences_of(text, *given)  # type: ignore[arg-type]

    library.write("cats.md", CATS)
    library.write("panic.txt", "The password is swordfish.\n")
    monkeypatch.setattr("index.text.split.sentences_of", sentences)
    assert _reasons(library.build().left_out) == {"panic.txt": "cannot be cut into sentences (PanicException)"}
    assert not library.builder().is_stale(library.documents)
    assert library.ask("How long do cats sleep?").quotes[0].text.startswith(_SLEEP)


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), MemoryError()])
def test_what_no_document_is_at_fault_for_keeps_none_out_for_good(
    library: Library, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    """A full disk ends the build; too little memory costs the document this build alone."""
    library.write("cats.md", CATS)
    library.write("rover.txt", ROVER)

    def fail(document: Document) -> str:
        if document.source == "rover.txt":
            raise fault
        return "en"

    with monkeypatch.context() as patched:
        patched.setattr("index.text.language.of_document", fail)
        if isinstance(fault, OSError):
            with pytest.raises(BuildError, match="the disk is full"):
                library.build()
        else:
            assert _reasons(library.build().left_out) == {"rover.txt": "cannot be cut into sentences (MemoryError)"}
    report = library.build()
    assert report.left_out == ()
    assert "rover.txt" in report.added
