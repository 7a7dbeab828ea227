"""Reading in processes of their own: in order, within limits, and with no file costing another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.read.file import document_of, read
from index.read.kinds import READERS, kind_of
from index.read.readers import Readers
from index.records import Document, LeftOut, SourceFile
from tests.paths import ROOT

_TRIED = READERS.keys() - {".xml"}
"""Endings whose files are to be read: few XML files are a MediaWiki's export."""

_AWKWARD = ROOT.parent / "shared" / "eval" / "awkward-files"


def _file(folder: Path, name: str, text: str = "text") -> SourceFile:
    (folder / name).write_text(text, encoding="utf-8")
    return SourceFile(name, folder / name)


def _hanging(folder: Path, name: str) -> SourceFile:
    """Return a file whose reading takes many minutes: looking for the end of each picture costs all that follows."""
    return _file(folder, name, "![" * 1_000_000)


@pytest.mark.parametrize("processes", [1, 2])
def test_documents_come_in_order_and_as_they_are_read_here(tmp_path: Path, processes: int) -> None:
    text = "---\ntitle: Ä\nurl: http://x.y\n---\n# H\n\n```\n\\u0000 “x”\n```\n\n| a |\n|---|\n| 😀 |\n"
    files = [_file(tmp_path, f"{number}.md", f"{text}\n{number}\n" * number) for number in range(1, 20)]
    with Readers(processes=processes) as readers:
        assert list(readers.read(files)) == [read(file.path, file.source) for file in files]


def test_no_process_is_started_before_there_is_a_file(tmp_path: Path) -> None:
    with Readers() as readers:
        assert list(readers.read([])) == []
        assert readers.processes[0].child is None
        assert len(list(readers.read([_file(tmp_path, "a.txt")]))) == 1
        process = readers.processes[0].child
        assert process is not None
    assert process.returncode is not None


def test_files_that_cannot_be_read_are_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    files = [
        SourceFile("gone.md", tmp_path / "gone.md"),
        SourceFile("folder.md", tmp_path / "folder.md"),
        _file(tmp_path, "empty.md", " \n"),
        _file(tmp_path, "nothing.md", "<!-- nothing -->"),
        _file(tmp_path, "bad.xlsx"),
        _file(tmp_path, "a.png"),
    ]
    with Readers() as readers:
        assert list(readers.read(files)) == [
            LeftOut("gone.md", "is no longer there"),
            LeftOut("folder.md", "is a folder, not a file"),
            LeftOut("empty.md", "is empty"),
            LeftOut("nothing.md", "holds no text"),
            LeftOut("bad.xlsx", "is not an Excel workbook, or is damaged"),
            LeftOut("a.png", "`.png` files are not read"),
        ]


def test_a_file_that_takes_too_long_costs_only_itself(tmp_path: Path) -> None:
    files = [_file(tmp_path, "a.txt"), _hanging(tmp_path, "b.md"), _file(tmp_path, "c.txt")]
    with Readers(seconds=1.5) as readers:
        before, late, after = readers.read(files)
    assert isinstance(before, Document)
    assert late == LeftOut("b.md", "took longer than 1.5 s to read")
    assert isinstance(after, Document)


def test_a_file_that_ends_the_process_costs_only_itself(tmp_path: Path) -> None:
    with Readers() as readers:
        outcomes = readers.read([_file(tmp_path, "a.txt"), _hanging(tmp_path, "b.md"), _file(tmp_path, "c.txt")])
        assert isinstance(next(outcomes), Document)
        process = readers.processes[0].child
        assert process is not None
        process.send_signal(signal.SIGSEGV)
        crashed = next(outcomes)
        assert isinstance(crashed, LeftOut)
        assert crashed.reason.startswith("ended the process that read it")
        assert isinstance(next(outcomes), Document)


def test_a_file_that_needs_too_much_memory_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"x\n" * (30 * 2**20))
    with Readers(memory_mib=256) as readers:
        big, small = readers.read([SourceFile("big.txt", tmp_path / "big.txt"), _file(tmp_path, "a.txt")])
    assert big == LeftOut("big.txt", "needs more than 256 MiB of memory to read")
    assert isinstance(small, Document)


def test_leaving_ends_a_process_that_hangs(tmp_path: Path) -> None:
    started = time.monotonic()
    with Readers() as readers:
        outcomes = readers.read([_file(tmp_path, "a.txt"), _hanging(tmp_path, "b.md")])
        next(outcomes)
    assert time.monotonic() - started < 10


def test_a_small_file_is_read_without_heavy_libraries(tmp_path: Path) -> None:
    files = [_file(tmp_path, "a.md", "# A\n\ntext"), _file(tmp_path, "a.txt")]
    program = (
        "import sys\nfrom pathlib import Path\nfrom index.read import worker\nfrom index.read.file import read\n"
        "for path in sys.argv[1:]: read(Path(path), path)\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    command = [sys.executable, "-c", program, *(str(file.path) for file in files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"docutils", "lxml", "mammoth", "numpy", "openpyxl", "pptx", "pypdfium2", "torch", "trafilatura", "yaml"}
    assert heavy.isdisjoint(done.stdout.split())


def test_an_interrupt_ends_the_reading_process_without_a_word_from_it(tmp_path: Path) -> None:
    _hanging(tmp_path, "b.md")
    program = (
        "import sys\nfrom pathlib import Path\nfrom index.read.readers import Readers\n"
        "from index.records import SourceFile\n"
        "with Readers() as readers:\n"
        "    outcomes = readers.read([SourceFile(n, Path(sys.argv[1], n)) for n in ('a.txt', 'b.md')])\n"
        "    next(outcomes)\n"
        "    print(readers.processes[0].child.pid, flush=True)\n"
        "    next(outcomes)\n"
    )
    _file(tmp_path, "a.txt")
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        assert parent.stdout is not None
        reader = int(parent.stdout.readline())
        os.killpg(parent.pid, signal.SIGINT)
        said = parent.communicate(timeout=20)[1]
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert said.count("Traceback") == 1
    with pytest.raises(ProcessLookupError):
        os.kill(reader, 0)


@pytest.mark.skipif(not _AWKWARD.is_dir(), reason="the awkward files are not here")
def test_every_awkward_file_is_read_or_named() -> None:
    paths = [path for path in sorted(_AWKWARD.rglob("*")) if path.is_file() and kind_of(path.name) in _TRIED]
    files = [SourceFile(path.relative_to(_AWKWARD).as_posix(), path) for path in paths]
    with Readers(seconds=20, processes=2) as readers:
        outcomes = list(readers.read(files))
    assert [outcome.source for outcome in outcomes] == [file.source for file in files]
    reasons = {outcome.reason for outcome in outcomes if isinstance(outcome, LeftOut)}
    assert reasons <= {
        "holds no text",
        "holds no text, perhaps only pictures: run it through OCR first",
    }
    assert sum(isinstance(outcome, Document) for outcome in outcomes) >= 0.7 * len(outcomes)


@pytest.mark.parametrize(
    "text", ["# Harbour\n\nIt is *busy*.\n", "Harbour\n\nIt is *busy*, see [it](https://h.example).\n"]
)
def test_a_readme_without_an_ending_is_markdown_where_it_looks_so(text: str) -> None:
    read = document_of(text.encode(), "README")
    assert "It is busy" in read.text
    assert read.title == ("Harbour" if text.startswith("#") else "README")
    assert document_of(b"Harbour\n\n# no heading\n* no item\n", "LICENSE").text == "Harbour\n\n# no heading\n* no item"


_RST = "Harbour\n=======\n\nSee :doc:`/tides` and :ref:`gates`.\n\n.. note::\n\n   The *gate* is shut.\n"


def test_plain_text_that_holds_restructured_text_is_read_as_that() -> None:
    assert document_of(_RST.encode(), "harbour.txt").text.endswith("The gate is shut.")
    assert document_of(_RST.encode(), "README").title == "Harbour"
    assert document_of(b"It is *busy*.\n", "_sources/harbour.rst.txt").text == "It is busy."


@pytest.mark.parametrize(
    "text",
    [
        "In the log we wrote:\n\n.. note:: The *gate* is shut.\n.. tip:: Look into C:\\new\\data or |menu| > File.\n",
        "Changes\n=======\n\n* :func:`run` takes bob_ now.\n* :func:`stop` is in C:\\temp\\foo_bar_.\n",
        "Smile :smile:`x` and :wave:`hi` and :grin:`ho`\n----------------------------------------\n\nbob_\n",
    ],
)
def test_plain_text_that_quotes_restructured_text_stays_as_it_is(text: str) -> None:
    assert document_of(text.encode(), "notes.txt").text.split() == [
        word for word in text.split() if not set(word) <= {"="} and not set(word) <= {"-"}
    ]


def test_a_chat_about_restructured_text_stays_a_chat_without_names() -> None:
    said = ("how do I write :ref:`foo`?", "like :doc:`bar`", "or .. note:: x", "thanks, :func:`run` works")
    log = "".join(f"2024-03-12 10:0{n}:02 <{who}> {said[n]}\n" for n, who in enumerate(("zelda", "yorick") * 2))
    read = document_of(log.encode(), "irc.txt").text
    assert "zelda" not in read
    assert ":ref:`foo`" in read


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_where_the_machine_allows_less_memory_than_the_limit_documents_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Hours\n\nIt opens at nine.\n", "utf-8")
    script = (
        "import resource, sys; from pathlib import Path; from index.read.readers import Readers; "
        "from index.records import SourceFile\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))\n"
        "with Readers(memory_mib=2048) as readers:\n"
        "    print([type(result).__name__ for result in readers.read([SourceFile('a.md', Path(sys.argv[1], 'a.md'))])])"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "['Document']", done.stderr
