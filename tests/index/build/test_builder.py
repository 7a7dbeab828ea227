"""A build: what it costs, what it leaves alone, and what becomes of one that fails."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hostile_files import pdf

from index.build.builder import BuildSettings
from index.encode.encoder import Encoder
from index.errors import BuildError, BusyError, DocumentsError, OtherModelError
from index.library import library as documents
from index.read.options import ReadingOptions
from index.store.disk.generation import Generation
from index.store.disk.shelf import Shelf
from index.store.disk.verify import verify
from tests.index.conftest import CATS, ROVER, Library, every_vector, quiet
from tests.paths import ROOT

_QUESTION = "How long do cats sleep?"
_SLEEP = "Cats sleep for about sixteen hours a day."


def _vectors(generation: Generation) -> dict[tuple[str, str], tuple[bytes, bytes]]:
    """Return the vectors of each passage and of its sentences, by source and text."""
    vectors = {}
    for source in generation.catalogue.sources:
        text = generation.catalogue.document_by_id(source.id).text
        for stored in generation.catalogue.passages_of(source.id):
            passage = stored.passage
            rows = np.arange(stored.first_sentence, stored.first_sentence + len(passage.sentences))
            of_passage = generation.dense.vectors(np.array([stored.row]))
            vectors[source.source, text[passage.start : passage.end]] = (
                of_passage.tobytes(),
                generation.sentences.stored(int(rows[0]), len(rows)).tobytes(),
            )
    return vectors


def _checked(library: Library) -> Generation:
    generation = library.shelf.open()
    assert verify(generation.folder, lambda _done, _total: None) == []
    return generation


def test_only_what_changed_is_encoded_again(library: Library) -> None:
    """One section of one document changes, one document comes and one goes; all other vectors stay, bit for bit."""
    library.write("a.md", CATS)
    library.write("b.txt", ROVER)
    library.write("c.md", "# Gone\n\nThis will go.\n")
    library.write("z.md", "# Dogs\n\nDogs bark.\n")
    library.build()
    before = _vectors(_checked(library))
    library.write("a.md", CATS.replace("250 grams", "260 grams"))
    library.write("aa.md", "# New\n\nThis is new.\n")
    (library.documents / "c.md").unlink()
    report = library.build()
    assert (report.added, report.changed, report.removed) == (("aa.md",), ("a.md",), ("c.md",))
    assert report.encoded == 2
    after = _vectors(_checked(library))
    new = {key for key in after if key not in before}
    assert {source for source, _ in new} == {"a.md", "aa.md"}
    assert len(new) == 2
    assert all(after[key] == before[key] for key in after.keys() - new)
    assert (
        library.ask("How much meat does a grown cat eat?").quotes[0].text == "A grown cat eats 260 grams of meat a day."
    )


def test_vectors_that_were_taken_over_are_those_that_a_full_build_makes(library: Library) -> None:
    library.write("b.md", CATS)
    library.build()
    library.write("a.md", ROVER)
    assert library.build().encoded == 1
    taken = _vectors(library.shelf.open())
    report = library.build(fresh=True)
    assert report.swapped
    assert report.encoded == report.passages
    for key, made in _vectors(library.shelf.open()).items():
        for old, new, dtype, close in zip(taken[key], made, (np.float32, np.float16), (1e-5, 2e-3), strict=True):
            np.testing.assert_allclose(np.frombuffer(old, dtype), np.frombuffer(new, dtype), atol=close)


def test_a_renamed_document_is_found_under_its_new_name_and_not_encoded_again(library: Library) -> None:
    library.write("old.md", CATS)
    library.build()
    (library.documents / "old.md").rename(library.documents / "new.md")
    assert library.builder().is_stale(library.documents)
    report = library.build()
    assert (report.added, report.removed, report.encoded) == (("new.md",), ("old.md",), 0)
    assert library.ask(_QUESTION).quotes[0].source == "new.md"
    _checked(library)


def test_a_new_title_is_encoded_with_the_passages(library: Library) -> None:
    """The title goes before each passage when it is encoded, so that another title makes other vectors."""
    library.write("a.md", "# One\n\nText.\n")
    library.build()
    library.write("a.md", "# Two\n\nText.\n")
    assert library.build().encoded == 1


def test_nothing_is_swapped_where_nothing_has_changed(library: Library) -> None:
    library.write("a.md", CATS)
    first = library.build()
    library.write("a.md", CATS)  # another time of change, the same bytes
    again = library.build()
    assert not library.builder().is_stale(library.documents)
    assert (again.swapped, again.generation, again.encoded) == (False, first.generation, 0)
    assert library.shelf.names() == [first.generation]


def test_other_settings_build_anew(library: Library) -> None:
    library.write("a.md", CATS)
    library.build()
    other = library.builder(BuildSettings(passage_tokens=40))
    assert other.is_stale(library.documents)
    report = other.build(library.documents, quiet)
    assert report.swapped
    assert report.encoded == report.passages


def test_the_last_three_generations_are_kept_and_can_be_gone_back_to(library: Library) -> None:
    names = []
    for hours in range(10, 15):
        library.write("a.md", f"# Cats\n\nCats sleep {hours} hours a day.\n")
        names.append(library.build().generation)
    assert library.shelf.names() == names[-3:]
    library.shelf.rollback().close()
    assert library.ask(_QUESTION).generation == names[-2]
    assert "13 hours" in library.ask(_QUESTION).quotes[0].text


def test_going_back_leads_to_what_was_in_use_before_not_to_what_was_gone_back_from(library: Library) -> None:
    good, bad, mended = (f"# Cats\n\nCats sleep {hours} hours a day.\n" for hours in (12, 99, 13))
    library.write("a.md", good)
    first = library.build().generation
    library.write("a.md", bad)
    library.build()
    library.shelf.rollback().close()
    library.write("a.md", mended)
    library.build()
    library.shelf.rollback().close()
    assert library.shelf.current() == first


def test_one_can_go_back_from_a_damaged_generation(library: Library) -> None:
    library.write("a.md", CATS)
    first = library.build().generation
    library.write("b.md", CATS)
    second = library.build().generation
    (library.shelf.place(second) / "manifest.json").write_text("{}")
    library.shelf.rollback().close()
    assert library.shelf.current() == first


def test_a_file_that_cannot_be_read_is_named_and_tried_again_only_when_it_changes(library: Library) -> None:
    library.write("a.md", CATS)
    library.write("broken.pdf", b"%PDF-1.4 and no more")
    report = library.build()
    assert report.documents == 1
    assert [left.source for left in report.left_out] == ["broken.pdf"]
    assert report.left_out[0].reason
    assert not library.builder().is_stale(library.documents)
    library.write("broken.pdf", b"%PDF-1.4 and a little more")
    assert library.builder().is_stale(library.documents)


@pytest.mark.parametrize("emptied", [False, True])
def test_a_folder_without_documents_is_an_error_and_the_index_stays(library: Library, emptied: bool) -> None:  # noqa: FBT001 -- a parameter of pytest
    library.write("a.md", CATS)
    library.build()
    (library.documents / "a.md").unlink()
    if emptied:
        library.write("picture.png", b"x")
    else:
        library.documents.rmdir()
    with pytest.raises(DocumentsError, match="QUOTH_DOCUMENTS") as error:
        library.build()
    assert ("picture.png" in str(error.value)) is emptied
    assert _SLEEP in library.ask(_QUESTION).quotes[0].text
    assert library.leftovers() == set()


def test_an_index_of_another_model_is_refused_and_built_anew(library: Library, other_model: Encoder) -> None:
    library.write("a.md", CATS)
    library.build()
    with pytest.raises(OtherModelError, match="run `quoth index build`"):
        library.shelf.open().check_model(other_model.name, other_model.fingerprint)
    other = Library(library.documents, library.shelf, other_model)
    assert other.builder().is_stale(library.documents)
    report = other.build()
    assert report.encoded == report.passages
    generation = other.shelf.open()
    generation.check_model(other_model.name, other_model.fingerprint)
    with pytest.raises(OtherModelError):
        generation.check_model(library.encoder.name, library.encoder.fingerprint)


def test_two_builds_at_once_are_one_too_many(library: Library) -> None:
    library.write("a.md", CATS)
    library.build()
    library.write("b.txt", ROVER)
    program = "import sys; from pathlib import Path; from index.store.disk.shelf import Shelf\n"
    program += "with Shelf(Path(sys.argv[1])).lock(): print('locked', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", program, str(library.shelf.folder)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(BusyError, match="Another build is under way"):
            library.build()
        with pytest.raises(BusyError):
            library.shelf.rollback()
        other.communicate()
    assert library.build().swapped


@pytest.mark.parametrize("step", ["reading", "encoding", "writing"])
def test_a_build_that_is_interrupted_changes_nothing(library: Library, step: str) -> None:
    library.write("a.md", CATS)
    name = library.build().generation
    library.write("b.txt", ROVER)

    def interrupt(under_way: str, done: int, _total: int) -> None:
        if under_way == step and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.build(interrupt)
    assert (library.shelf.names(), library.leftovers()) == ([name], set())
    assert _SLEEP in library.ask(_QUESTION).quotes[0].text
    assert library.build().swapped


def test_an_interrupted_swap_leaves_no_generation_behind(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is interrupted after the new generation has its place, and before it is in use."""

    def interrupted(_shelf: Shelf, _name: str) -> None:
        raise KeyboardInterrupt

    library.write("a.md", CATS)
    name = library.build().generation
    library.write("b.txt", ROVER)
    with monkeypatch.context() as patched:
        patched.setattr(Shelf, "use", interrupted)
        with pytest.raises(KeyboardInterrupt):
            library.build()
    assert (library.shelf.names(), library.shelf.current()) == ([name], name)


_BUILDS = """\
import sys
from pathlib import Path
from index.build.builder import Builder, BuildSettings
from index.encode.local import load_encoder
from index.errors import BuildError
from index.store.disk.shelf import Shelf

def report(step, done, total):
    print(step, done, flush=True)

documents, data = Path(sys.argv[1]), Path(sys.argv[2])
builder = Builder(Shelf(data), load_encoder(device="cpu"), BuildSettings())
"""


def test_a_killed_build_leaves_nothing_behind_after_the_next(library: Library) -> None:
    """Ctrl-C reaches the reading process too: the signal goes to the whole group, as a terminal sends it."""
    library.write("a.md", CATS)
    name = library.build().generation
    for number in range(6):
        library.write(f"more/{number}.md", f"# Note {number}\n\n" + f"It says {number} things. " * 60)
    command = [sys.executable, "-c", f"{_BUILDS}builder.build(documents, report)"]
    arguments = [str(library.documents), str(library.shelf.folder)]
    with subprocess.Popen(
        [*command, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as child:
        assert child.stdout
        while not child.stdout.readline().startswith(b"encoding"):
            assert child.poll() is None
        os.killpg(child.pid, signal.SIGINT)
        _, error = child.communicate(timeout=60)
    assert child.returncode in (-signal.SIGINT, 1)
    assert b"KeyboardInterrupt" in error
    assert library.shelf.current() == name
    assert _SLEEP in library.ask(_QUESTION).quotes[0].text
    report = library.build()
    assert report.documents == 7
    assert library.leftovers() == set()
    assert library.shelf.names() == [name, report.generation]


_FILLS = """\
import subprocess
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(data)], check=True)
builder.build(documents, report)
was = Shelf(data).current()
blocks = sum(path.stat().st_blocks for path in data.rglob("*")) // 2
(documents / "b.md").write_text("\\n\\n".join(f"# Note {i}\\n\\nIt says {i} things." for i in range(100)))
for left in (0, 32, 96, 160, 224, 65536):
    subprocess.run(["mount", "-o", f"remount,size={blocks + left + 40}k", str(data)], check=True)
    try:
        builder.build(documents, lambda *_: None)
        print("built", left)
    except BuildError as error:
        print("failed", error)
        assert Shelf(data).current() == was and Shelf(data).names() == [was], Shelf(data).names()
        Shelf(data).open().close()
print("done")
"""


def _unshare(folder: Path) -> str | None:
    """Return the program that lets this user mount a file system, if it may."""
    program = shutil.which("unshare")
    if program is None:
        return None
    command = [program, "-rm", "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    return program if subprocess.run(command, capture_output=True, check=False).returncode == 0 else None


def test_a_full_disk_is_told_and_the_index_stays(library: Library, tmp_path: Path) -> None:
    """Whatever is being written when the disk is full: a file system of memory that is a little larger each time."""
    unshare = _unshare(tmp_path)
    if unshare is None:
        pytest.skip("no file system can be mounted here")
    library.write("a.md", CATS)
    (tmp_path / "disk").mkdir()
    ended = subprocess.run(
        [unshare, "-rm", sys.executable, "-c", _BUILDS + _FILLS, str(library.documents), str(tmp_path / "disk")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    lines = [line for line in ended.stdout.splitlines() if line.startswith(("failed", "built", "done"))]
    message = "failed The index could not be written (the disk is full); the one that was there is unchanged."
    assert lines == [*[message] * 5, "built 65536", "done"]


def test_words_that_cannot_be_written_end_a_build_before_all_is_encoded(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("index.build.lexical_update.LexicalUpdate.write", full)
    for number in range(60):
        library.write(f"{number}.md", f"# Ferry {number}\n\nIt leaves at {number} past noon.\n")
    encoded: list[tuple[int, int]] = []
    with pytest.raises(BuildError, match="the disk is full"):
        library.builder(BuildSettings()).build(
            library.documents, lambda step, done, of: encoded.append((done, of)) if step == "encoding" else None
        )
    done, of = encoded[-1]
    assert 0 < done < of


def test_a_data_folder_that_cannot_be_written_is_told(library: Library) -> None:
    library.write("a.md", CATS)
    library.shelf.folder.write_text("a file, not a folder")
    with pytest.raises(BuildError, match="set QUOTH_DATA"):
        library.build()


def test_what_is_said_many_times_over_is_encoded_once_and_found_everywhere(library: Library) -> None:
    """Three thousand times the same sentence: a hundred passages, nearly all of them alike."""
    library.write("ferry.txt", "The ferry leaves at noon. " * 3000)
    library.write("boat.txt", "The boat leaves at one.")
    library.build()
    with contextlib.closing(library.shelf.open()) as generation:
        vectors = every_vector(generation.dense)
        assert len(vectors) > 50
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
        assert len({vector.tobytes() for vector in vectors}) <= 4
        sentences = generation.sentence_vectors(np.arange(generation.manifest.counts.sentences))
        np.testing.assert_allclose(np.linalg.norm(sentences, axis=1), 1, atol=2e-3)


def test_what_a_document_holds_that_is_not_read_is_reported_until_it_changes(library: Library) -> None:
    """The document is in the index; what of it is not stands with the files that were left out, in every build."""
    shown = ("BT /F 12 Tf 9 9 Td (The shed is green.) Tj ET", "0 0 99 99 re f")
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 99] /Resources << /Font << /F 3 0 R >> >> /Contents"
    objects = (
        *("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [4 0 R 5 0 R] /Count 2 >>"),
        *("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", f"{page} 6 0 R >>", f"{page} 7 0 R >>"),
        *(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream" for content in shown),
    )
    library.write("shed.pdf", pdf(objects))
    library.write("a.md", CATS)
    reason = "page 2 holds a picture alone, which is not read: run the file through OCR first"
    report = library.build()
    assert ("shed.pdf" in report.added, [(left.source, left.reason) for left in report.left_out]) == (
        True,
        [("shed.pdf", reason)],
    )
    assert not library.build().swapped
    library.write("b.md", ROVER)
    report = library.build()
    assert report.added == ("b.md",)
    assert [(left.source, left.reason) for left in report.left_out] == [("shed.pdf", reason)]
    library.write("shed.pdf", "no longer a PDF")
    report = library.build()
    assert (report.documents, report.removed) == (2, ("shed.pdf",))


def test_keeping_the_names_in_chats_and_dropping_them_again_reads_the_chats_anew(library: Library) -> None:
    library.write("a.md", CATS)
    library.write("oven.txt", "[14:03] <ann> Who lights the oven?\n[14:04] <ben> I light it at six.\n")
    library.write("rover.txt", ROVER)
    library.build()

    def stored() -> str:
        with contextlib.closing(_checked(library)) as generation:
            return generation.catalogue.document("oven.txt").text

    without = stored()
    assert without.startswith("A member: Who")
    with_names = documents.Library(library.documents, reading=ReadingOptions(chat_names=True))
    report = library.builder().build(with_names, quiet)
    assert (report.swapped, report.added, report.changed) == (True, (), ("oven.txt", "rover.txt"))
    assert stored() == "ann: Who lights the oven?\n\nben: I light it at six."
    assert not library.builder().build(with_names, quiet).swapped
    assert library.build().changed == ("oven.txt", "rover.txt")
    assert stored() == without
