"""Archives of documents: their members are documents, within the limits that there are."""

from __future__ import annotations

import hashlib
import stat
import warnings
import zipfile
from pathlib import Path

import pytest
from hostile_files import overlapping
from index.folder import walk

from index.errors import UnreadableError
from index.read.members import bytes_of, sha256_of
from index.read.readers import Readers
from index.records import Document, SourceFile
from tests.index.conftest import CATS, ROVER, Library


def _pack(path: Path, members: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _reasons(folder: Path) -> dict[str, str]:
    return {left.source: left.reason for left in walk(folder).left_out}


def test_members_are_documents_with_the_path_of_their_archive(tmp_path: Path) -> None:
    _pack(tmp_path / "manual.zip", {"guide/start.md": "# Start\n\nPress the key.", "guide/": "", "faq.txt": "Ask."})
    files = walk(tmp_path).files
    assert [file.source for file in files] == ["manual.zip/faq.txt", "manual.zip/guide/start.md"]
    assert {file.holder for file in files} == {"manual.zip"}
    with Readers() as readers:
        ask, start = readers.read(files)
    assert isinstance(ask, Document)
    assert isinstance(start, Document)
    assert (start.title, start.source) == ("Start", "manual.zip/guide/start.md")
    assert ask.sha256 == hashlib.sha256(b"Ask.").hexdigest() == sha256_of(files[0])


def test_what_is_no_document_in_an_archive_is_named_or_passed_over(tmp_path: Path) -> None:
    _pack(
        tmp_path / "a.zip",
        {
            "a.md": "One.",
            ".git/b.md": "Two.",
            "__MACOSX/c.md": "Three.",
            "d.png": b"x",
            "inner.zip": b"x",
            "../e.md": "Five.",
            "/f.md": "Six.",
            "line\nbreak.md": "Seven.",
            "sitemap.xml": "<urlset></urlset>",
            "g.xml": "<rss></rss>",
            "drafts/h.md": "Eight.",
        },
    )
    (tmp_path / ".quothignore").write_text("drafts/\n")
    assert [file.source for file in walk(tmp_path).files] == ["a.zip/a.md"]
    outside = "has a path that leads out of its archive"
    assert _reasons(tmp_path) == {
        "a.zip/../e.md": outside,
        "a.zip//f.md": outside,
        "a.zip/d.png": "`.png` files are not read",
        "a.zip/g.xml": "`.xml` files are not read",
        "a.zip/inner.zip": "is an archive in an archive: unpack it into the folder",
        "a.zip/line\\nbreak.md": "has a name with characters that cannot be shown: rename it",
    }


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert _reasons(tmp_path) == {"a.zip/a.md": "is a link: put the file itself there"}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("damaged.zip", b"PK\3\4 and no more", "is not a ZIP archive, or is damaged"),
        ("empty.zip", b"", "is not a ZIP archive, or is damaged"),
        ("bomb.zip", overlapping(1024 * 1024, 5000), "unpacks to more than 512 MiB"),
        ("parts.zip", overlapping(1, 10_001), "holds more than 10,000 parts"),
    ],
)
def test_what_is_no_archive_or_a_bomb_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert reason in _reasons(tmp_path)[name]
    assert walk(tmp_path).files == ()


def test_a_list_of_members_that_is_too_long_is_not_even_looked_at(tmp_path: Path) -> None:
    end = b"PK\5\6" + bytes(8) + (5 * 2**20).to_bytes(4, "little") + bytes(6)
    (tmp_path / "a.zip").write_bytes(bytes(5 * 2**20) + end)
    assert "holds more than 10,000 parts" in _reasons(tmp_path)["a.zip"]


def test_limits_hold_for_each_member_and_for_their_number(tmp_path: Path) -> None:
    _pack(tmp_path / "a.zip", {"a.md": "x" * 3000, "b.md": "y"})
    listing = walk(tmp_path, most_bytes=2048)
    assert [file.source for file in listing.files] == ["a.zip/b.md"]
    assert listing.left_out[0].reason == "is larger than 2 KiB: split it into smaller files"
    with pytest.raises(UnreadableError, match="is larger than 2 KiB"):
        bytes_of(SourceFile("a.zip/a.md", tmp_path / "a.zip", "a.md"), 2048)
    _pack(tmp_path / "a.zip", {f"{number}.md": "x" for number in range(1001)})
    assert _reasons(tmp_path) == {"a.zip": "holds more than 1,000 documents: unpack it into the folder"}


def test_a_member_that_is_gone_locked_or_damaged_costs_only_itself(tmp_path: Path) -> None:
    path = _pack(tmp_path / "a.zip", {"a.md": "One and one is two."})
    assert sha256_of(SourceFile("a.zip/gone.md", path, "gone.md")) is None
    data = bytearray(path.read_bytes())
    for at in (data.find(b"PK\3\4") + 6, data.find(b"PK\1\2") + 8):
        data[at] |= 1  # encrypted
    (tmp_path / "a.zip").write_bytes(data)
    assert _reasons(tmp_path) == {"a.zip/a.md": "is locked with a password: save it without one first"}
    data = bytearray(_pack(path, {"a.md": "One and one is two." * 99}).read_bytes())
    data[40] ^= 255
    path.write_bytes(data)
    with Readers() as readers:
        (outcome,) = readers.read(walk(tmp_path).files)
    assert not isinstance(outcome, Document)
    assert outcome.reason == "is not a ZIP archive, or is damaged"


def test_the_last_of_members_of_one_name_is_read(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr("a.md", "First.")
            archive.writestr("a.md", "Last.")
    (file,) = walk(tmp_path).files
    assert bytes_of(file) == b"Last."


def test_an_archive_that_changes_costs_what_has_changed(library: Library) -> None:
    path = library.documents / "a.zip"
    _pack(path, {"cats.md": CATS, "rover.txt": ROVER})
    assert library.build().added == ("a.zip/cats.md", "a.zip/rover.txt")
    assert not library.builder().is_stale(library.documents)
    _pack(path, {"cats.md": CATS, "rover.txt": ROVER + "It has a flag.\n", "new.md": "# New\n\nIt is new."})
    report = library.build()
    assert (report.added, report.changed, report.removed) == (("a.zip/new.md",), ("a.zip/rover.txt",), ())
    assert library.ask("How long do cats sleep?").quotes[0].source == "a.zip/cats.md"
    path.unlink()
    library.write("b.md", "# B\n\nOne document is left.")
    assert set(library.build().removed) == {"a.zip/cats.md", "a.zip/new.md", "a.zip/rover.txt"}


def test_sitemaps_and_what_programs_leave_behind_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "node_modules" / "x").mkdir(parents=True)
    for name in ("node_modules/x/README.md", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_text("x")
    (tmp_path / "sitemap.xml").write_text('<?xml version="1.0"?><urlset xmlns="x"></urlset>')
    (tmp_path / "wiki.xml").write_text("<mediawiki></mediawiki>")
    (tmp_path / "feed.xml").write_text("<rss></rss>")
    assert [file.source for file in walk(tmp_path).files] == ["wiki.xml"]
    assert _reasons(tmp_path) == {"feed.xml": "`.xml` files are not read"}
