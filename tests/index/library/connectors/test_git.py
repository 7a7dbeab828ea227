"""Documents come from git repositories: real ones, made by the git program itself."""

from __future__ import annotations

import os
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from index.errors import ConnectorError
from index.library.connectors.connectors import Connectors
from index.library.connectors.git import address
from index.library.connectors.git.blobs import Blobs
from index.library.connectors.git.program import Git
from index.library.connectors.state import State
from tests.index.library.connectors.conftest import held


class Repository:
    """A repository with a working tree."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "--quiet", "-b", "main")

    def git(self, *arguments: str, day: str = "2031-05-03") -> None:
        who = {"GIT_AUTHOR_NAME": "ada", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "ada"}
        moments = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
        environment = {**os.environ, **who, "GIT_COMMITTER_EMAIL": "a@b.c", **moments}
        command = ["git", "-C", str(self.folder), *arguments]
        subprocess.run(command, check=True, env=environment, capture_output=True)

    def read(self, *arguments: str, given: str = "") -> str:
        command = ["git", "-C", str(self.folder), *arguments]
        return subprocess.run(command, check=True, input=given.encode(), capture_output=True).stdout.decode().strip()

    def commit(self, day: str = "2031-05-03", **files: str) -> None:
        for name, text in files.items():
            path = self.folder / "docs" / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.git("add", "-A")
        self.git("commit", "--quiet", "--allow-empty", "-m", "words", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repository")
    made.commit(bells="# Bells\n\nRing the second bell.\n", pets="# Pets\n\nDogs may come in.\n")
    return made


def read(connectors: Connectors, repository: Repository, **options: object) -> State:
    if "wiki" not in connectors.configured():
        connectors.add("wiki", {"kind": "git", "location": str(repository.folder), "folder": "docs", **options})
    return connectors.refresh("wiki")


def reason(state: State, name: str) -> str:
    return next(failure.reason for failure in state.failures if failure.name == name)


def test_documents_have_their_public_address_and_the_day_of_their_last_change(
    connectors: Connectors, repository: Repository
) -> None:
    repository.commit(day="2031-06-01", pets="# Pets\n\nCats, too.\n", index="# All\n\nOf it.\n")
    read(connectors, repository, url="https://docs.example.org/{version}/{page}")
    items = connectors.items("wiki")
    assert {name: (item.url, item.date) for name, item in items.items()} == {
        "bells.md": ("https://docs.example.org/main/bells", "2031-05-03"),
        "index.md": ("https://docs.example.org/main/", "2031-06-01"),
        "pets.md": ("https://docs.example.org/main/pets", "2031-06-01"),
    }


def test_of_a_long_history_only_the_page_that_changed_is_read(
    connectors: Connectors, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    close = Blobs.close

    def closed(self: Blobs) -> None:
        counted.append(self.read)
        close(self)

    monkeypatch.setattr(Blobs, "close", closed)
    stream = "".join(
        f"commit refs/heads/main\ncommitter a <a@b.c> {1_900_000_000 + number} +0000\ndata 1\nx\n"
        f"{'from refs/heads/main^0' + chr(10) if number == 0 else ''}"
        f"M 100644 inline docs/page{number}.md\ndata {len(str(number))}\n{number}\n"
        for number in range(500)
    )
    command = ["git", "-C", str(repository.folder), "fast-import", "--quiet"]
    subprocess.run(command, input=stream.encode(), check=True, capture_output=True)
    repository.git("reset", "--quiet", "--hard")
    assert read(connectors, repository).documents == 502
    repository.commit(day="2031-07-01", page77="# Now\n\nIt has changed.\n")
    state = read(connectors, repository)
    assert (state.changed, state.added, state.removed) == (1, 0, 0)
    read(connectors, repository)
    assert counted == [502, 1, 0]
    assert connectors.items("wiki")["page77.md"].date == "2031-07-01"
    assert connectors.items("wiki")["bells.md"].date == "2031-05-03"


def test_several_versions_stand_beside_each_other(connectors: Connectors, repository: Repository) -> None:
    repository.git("tag", "-a", "v1", "-m", "one")
    repository.git("branch", "old/stable")
    repository.commit(bells="# Bells\n\nRing the third bell.\n")
    read(connectors, repository, versions=["v1", "old/stable", "main"])
    files = held(connectors, "wiki")
    assert b"second" in files["v1/bells.md"]
    assert b"second" in files["old-stable/bells.md"]
    assert b"third" in files["main/bells.md"]
    assert read(connectors, repository).is_news is False
    connectors.remove("wiki")
    connectors.add("wiki", {"kind": "git", "location": str(repository.folder), "versions": ["v9"]})
    error = connectors.refresh("wiki").error or ""
    assert "has no branch or tag v9: there are main, old/stable, v1." in error


def test_a_rewritten_history_is_told_and_followed(connectors: Connectors, repository: Repository) -> None:
    read(connectors, repository)
    repository.git("commit", "--quiet", "--amend", "-m", "other words", day="2031-08-01")
    (repository.folder / "docs" / "pets.md").unlink()
    repository.git("commit", "--quiet", "--amend", "-a", "-m", "no pets", day="2031-08-01")
    state = read(connectors, repository)
    assert state.error is None
    assert state.notices == ("The history of main was rewritten (force-pushed): the documents are those of now.",)
    assert list(held(connectors, "wiki")) == ["bells.md"]


def test_a_folder_that_is_gone_changes_nothing(connectors: Connectors, repository: Repository) -> None:
    read(connectors, repository)
    repository.git("mv", "docs", "pages")
    repository.commit()
    assert "has no folder docs in main" in (read(connectors, repository).error or "")
    assert sorted(held(connectors, "wiki")) == ["bells.md", "pets.md"]


def test_links_out_of_the_repository_pointers_and_modules_are_told(
    connectors: Connectors, repository: Repository, tmp_path: Path
) -> None:
    docs = repository.folder / "docs"
    (tmp_path / "secret.md").write_text("secret")
    for name, to in (
        ("out.md", "../../secret.md"),
        ("etc.md", "/etc/hostname"),
        ("same.md", "bells.md"),
        ("up.md", "../README.md"),
        ("nowhere.md", "none.md"),
        ("folder.md", "."),
    ):
        (docs / name).symlink_to(to)
    (repository.folder / "README.md").write_text("# Read me\n\nAll of it.\n")
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n"
    (docs / "large.pdf").write_text(pointer)
    (docs / "photo.png").write_bytes(b"x")
    repository.commit()
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},docs/other")
    repository.git("commit", "--quiet", "-m", "a module")
    state = read(connectors, repository)
    files = held(connectors, "wiki")
    assert sorted(files) == ["bells.md", "pets.md", "same.md", "up.md"]
    assert files["same.md"] == files["bells.md"]
    assert files["up.md"].startswith(b"# Read me")
    assert reason(state, "out.md") == reason(state, "etc.md") == "is a link that leads out of the repository"
    assert reason(state, "nowhere.md") == "is a link that leads to no file"
    assert "is kept in Git LFS" in reason(state, "large.pdf")
    assert "submodule" in reason(state, "other")


def test_names_and_days_that_are_none_are_told_and_stop_nothing(connectors: Connectors, repository: Repository) -> None:
    docs = os.fsencode(repository.folder / "docs")
    Path(os.fsdecode(docs + b"/caf\xe9.md")).write_text("# Coffee\n")
    Path(os.fsdecode(docs + b"/to_coffee.md")).symlink_to(os.fsdecode(b"caf\xe9.md"))
    link = repository.read("hash-object", "-w", "--stdin", given="a\0b")
    repository.git("add", "-A")
    repository.git("update-index", "--add", "--cacheinfo", f"120000,{link},docs/zero.md")
    head = "tree {}\nauthor ada <a@b.c> {time} +0000\ncommitter ada <a@b.c> {time} +0000\n\nwords\n"
    tree = repository.read("write-tree")
    commit = repository.read("hash-object", "-t", "commit", "-w", "--stdin", given=head.format(tree, time=10**14))
    repository.git("update-ref", "refs/heads/main", commit)
    state = read(connectors, repository, url="https://example.org/{file}")
    assert state.error is None
    assert sorted(held(connectors, "wiki")) == ["bells.md", "pets.md", "to_coffee.md"]
    assert connectors.items("wiki")["bells.md"].date is None
    assert reason(state, "caf?.md") == "has a name that is too long or cannot be shown"
    assert reason(state, "zero.md") == "is a link that leads out of the repository"


def test_no_hook_and_no_filter_of_a_repository_runs(
    connectors: Connectors, repository: Repository, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    hooks = repository.folder / ".git" / "hooks"
    for name in ("post-checkout", "post-merge", "reference-transaction", "pre-receive"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {mark}\n")
        (hooks / name).chmod(0o755)
    repository.git("config", "filter.evil.smudge", f"touch {mark}")
    repository.git("config", "uploadpack.packObjectsHook", f"touch {mark}")
    (repository.folder / "docs" / ".gitattributes").write_text("*.md filter=evil\n")
    mark.unlink(missing_ok=True)
    repository.git("add", "-A")  # hooks of its own user's making
    mark.unlink(missing_ok=True)
    assert read(connectors, repository).error is None
    assert not mark.exists()


def test_over_http(connectors: Connectors, repository: Repository) -> None:
    repository.git("update-server-info")
    handler = partial(QuietHandler, directory=str(repository.folder / ".git"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        location = f"http://127.0.0.1:{server.server_port}/"
        connectors.add("wiki", {"kind": "git", "location": location, "folder": "docs"})
        state = connectors.refresh("wiki")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert (state.error, sorted(held(connectors, "wiki"))) == (None, ["bells.md", "pets.md"])


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name in the standard library
        pass


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("ext::sh -c true", "no repository|cannot be read"),
        ("--upload-pack=touch /tmp/x", "is no repository"),
        ("ftp://example.org/a.git", "ftp:// cannot be read from"),
        ("https://ada:secret@example.org/a.git", "A password does not belong into an address"),
        ("/nowhere/at/all", "there is no repository there"),
        ("http://127.0.0.1:1/a.git", "cannot be read: "),
    ],
)
def test_what_is_no_repository_is_told_in_one_sentence(connectors: Connectors, location: str, words: str) -> None:
    try:
        connectors.add("wiki", {"kind": "git", "location": location})
        message = connectors.refresh("wiki").error or ""
    except ConnectorError as error:
        message = str(error)
    assert "\n" not in message
    assert [word for word in words.split("|") if word in message], message
    assert "secret" not in message


@pytest.mark.parametrize("folder", ["../up", "a/../../b"])
def test_a_folder_outside_of_the_repository_is_refused(connectors: Connectors, folder: str) -> None:
    with pytest.raises(ConnectorError, match="`folder` cannot be"):
        connectors.add("wiki", {"kind": "git", "location": "/srv/wiki", "folder": folder})


def test_an_empty_repository_is_told(connectors: Connectors, tmp_path: Path) -> None:
    Repository(tmp_path / "empty")
    connectors.add("wiki", {"kind": "git", "location": str(tmp_path / "empty")})
    assert "is empty: it has no commit yet" in (connectors.refresh("wiki").error or "")


def test_addresses_of_well_known_hosts_are_known() -> None:
    for location in ("https://github.com/example/wiki.git", "git@github.com:example/wiki.git"):
        pattern = address.template(address.checked(location), None)
        url = address.filled(pattern, "a b/how.md", "docs", "main")
        assert url == "https://github.com/example/wiki/blob/main/docs/a%20b/how.md"
    assert address.template("/srv/wiki", None) is None
    with pytest.raises(ConnectorError, match="may stand"):
        address.template("/srv/wiki", "https://example.org/{wrong}")


def test_git_that_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConnectorError, match="git is not installed"):
        Git(tmp_path / "a.git", "here").make()
