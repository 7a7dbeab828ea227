"""The time of each document's last commit, where the documents folder is a checkout."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from index.build.commit_dates import commit_dates
from tests.index.conftest import CATS, ROVER, Library


def _git(folder: Path, *arguments: str, day: str = "2020-01-01") -> None:
    names = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
    names |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in names.items()}
    when = {"GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "GIT_AUTHOR_DATE": f"{day}T12:00:00Z"}
    variables = {**os.environ, **names, **when}
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=variables)  # noqa: S607


def _commit(folder: Path, day: str) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", day, day=day)


def test_a_build_keeps_the_time_of_the_last_commit(library: Library) -> None:
    _git(library.documents.parent, "init", "--quiet")
    library.write("a.md", CATS)
    library.write("deep/ü b.txt", ROVER)
    _commit(library.documents.parent, "2021-03-04")
    library.write("deep/ü b.txt", ROVER + "\n\nMore.\n")
    library.write("own.md", "---\ndate: 1999-01-01\n---\n# Own\n\nText.\n")
    _commit(library.documents.parent, "2023-05-06")
    library.write("new.md", "# New\n\nNot committed.\n")
    library.build()
    catalogue = library.shelf.open().catalogue
    assert {source.source: source.date and source.date[:11] for source in catalogue.sources} == {
        "a.md": "2021-03-04T",
        "deep/ü b.txt": "2023-05-06T",
        "new.md": None,
        "own.md": "1999-01-01",
    }
    assert catalogue.document("a.md").own_date is None
    assert catalogue.document("own.md").own_date == "1999-01-01"


def test_nothing_that_the_repository_names_is_run(tmp_path: Path) -> None:
    _git(tmp_path, "init", "--quiet")
    (tmp_path / "a.md").write_text("a", encoding="utf-8")
    _commit(tmp_path, "2021-03-04")
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n", encoding="utf-8")
    trap.chmod(trap.stat().st_mode | stat.S_IXUSR)
    for key in ("core.fsmonitor", "gpg.program", "core.pager", "diff.external", "core.sshCommand"):
        _git(tmp_path, "config", key, str(trap))
    _git(tmp_path, "config", "log.showSignature", "true")
    assert commit_dates(tmp_path, ["a.md"])["a.md"].startswith("2021-03-04T12:00:00")
    assert not (tmp_path / "sprung").exists()


def test_without_git_or_a_repository_there_are_no_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert commit_dates(tmp_path, ["a.md"]) == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_dates(tmp_path, ["a.md"]) == {}
