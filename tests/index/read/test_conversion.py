"""Old files of Office, saved in today's formats by LibreOffice: here by a program that stands in for it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hostile_files import docx, paragraph

from index.read.contents import sha256_of
from index.read.readers import Readers
from index.records import Document, LeftOut, SourceFile

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def _old(*streams: str) -> bytes:
    """Return the head of a container with such streams in its directory."""
    directory = b"".join(f"{stream}\0".encode("utf-16-le").ljust(128, b"\0") for stream in streams)
    return _OLE.ljust(512, b"\0") + directory


def _program(folder: Path, script: str) -> None:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _read(path: Path) -> Document | LeftOut:
    with Readers(seconds=10) as readers:
        (outcome,) = readers.read([SourceFile(path.name, path)])
    return outcome


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An old Word document, in a folder whose `bin` is searched for programs first."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    path = tmp_path / "rules.doc"
    path.write_bytes(_old("WordDocument"))
    return path


def test_an_old_document_is_read_as_libreoffice_saves_it(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "new.docx").write_bytes(docx(paragraph("The bar closes at eleven.")))
    arguments = 'while [ "$1" != "--outdir" ]; do shift; done; mkdir -p "$2"; test -f "$3" || exit 1'
    _program(tmp_path / "bin", f'{arguments}; cp {tmp_path / "new.docx"} "$2/document.docx"')
    document = _read(rules)
    assert isinstance(document, Document)
    assert (document.text, document.source) == ("The bar closes at eleven.", "rules.doc")
    assert document.sha256 == sha256_of(rules)


@pytest.mark.parametrize("script", ["exit 1", 'mkdir "$7"', None])
def test_without_it_or_where_it_fails_the_file_is_named(rules: Path, tmp_path: Path, script: str | None) -> None:
    if script:
        _program(tmp_path / "bin", script)
    left_out = _read(rules)
    assert isinstance(left_out, LeftOut)
    assert left_out.reason == "is an old Word document (.doc): save it as .docx first, or install LibreOffice"
    assert left_out.sha256 == sha256_of(rules)


def test_a_locked_file_is_not_handed_on(rules: Path, tmp_path: Path) -> None:
    _program(tmp_path / "bin", f"touch {tmp_path}/called")
    rules.write_bytes(_old("EncryptedPackage", "EncryptionInfo"))
    left_out = _read(rules)
    assert isinstance(left_out, LeftOut)
    assert left_out.reason == "is locked with a password: save it without one first"
    assert not (tmp_path / "called").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xls", b"<html xmlns:x='urn:x'><table><tr><td>Quiet hours</td><td>ten</td></tr></table></html>"),
        ("a.xls", "\n<!DOCTYPE html><body><p>Quiet hours begin at ten.</p></body>".encode("utf-16")),
        ("a.doc", b"\xef\xbb\xbf<?xml version='1.0'?>\n<html><body><p>Quiet hours begin at ten.</p></body></html>"),
        ("a.doc", b"\n <!-- a > b --> <!---->\n<html><body><p>Quiet hours begin at ten.</p></body></html>"),
        ("a.doc", rb"{\rtf1\ansi Quiet hours begin at ten.\par}"),
        (
            "a.doc",
            b"MIME-Version: 1.0\nContent-Type: text/html\n\n<html><body><p>Quiet hours begin at ten.</p></body></html>",
        ),
    ],
)
def test_what_programs_write_as_text_under_an_old_name_is_read(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    outcome = _read(tmp_path / name)
    assert isinstance(outcome, Document), outcome
    assert "Quiet hours" in outcome.text
    assert "<" not in outcome.text


@pytest.mark.parametrize("begins", [b"<!---->", b" ", b"<?xml>\n", b"<!-- -->--> "])
def test_what_only_begins_like_a_page_is_told_at_once(begins: bytes, rules: Path) -> None:
    rules.write_bytes(begins * (4096 // len(begins)) + b"x")
    left_out = _read(rules)
    assert isinstance(left_out, LeftOut)
    assert left_out.reason.startswith("is of an old Office format")
