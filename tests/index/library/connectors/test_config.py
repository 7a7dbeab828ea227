"""connectors.toml is checked, each fault told in one sentence with its line, and edited without loss."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from index.errors import ConnectorError
from index.library.connectors.config import configured, interval
from index.library.connectors.connectors import Connectors
from index.store.erasures import Erasures

GOOD = '[wiki]\nkind = "git"\nlocation = "/srv/wiki"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[wiki]\nkind = "git\n', r"connectors\.toml, line 2: this is no TOML"),
        (f'{GOOD}every = "soon"\n', r"line 4, \[wiki\]: `every` cannot be 'soon': it has to be a time such as"),
        (f"{GOOD}foldr = 1\n", r"line 4, \[wiki\]: there is no option `foldr` here: did you mean `folder`\?"),
        ('# ours\n\n[wiki]\nkind = "git"\n', r"line 3, \[wiki\]: it lacks `location`"),
        ('[wiki]\nlocation = "x"\nkind = "svn"\n', r"line 3, \[wiki\]: there is no kind 'svn': there are git, web"),
        (f"{GOOD}most_documents = 0\n", r"line 4, \[wiki\]: `most_documents` cannot be 0"),
        ('kind = "git"\n', r"line 1: `kind` stands outside of a table|`kind` stands outside of a table"),
        (f'{GOOD}\n["Our wiki"]\nkind = "git"\nlocation = "x"\n', r"line 5, \[Our wiki\]: .* use small letters"),
        (f'{GOOD}\n[uploads]\nkind = "git"\nlocation = "x"\n', r"line 5, \[uploads\]: .* folder of Quoth's own"),
        (f"{GOOD}versions = 3\n", r"line 4, \[wiki\]: `versions` cannot be 3"),
    ],
)
def test_a_fault_is_one_sentence_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "connectors.toml"
    file.write_text(text)
    with pytest.raises(ConnectorError, match=message) as raised:
        configured([file])
    assert "\n" not in str(raised.value)


def test_times() -> None:
    assert interval("30m") == timedelta(minutes=30)
    assert interval("1d") == timedelta(days=1)
    assert interval("never") is None
    for text in ("0m", "6", "h", "-1h", 6, "6 weeks"):
        with pytest.raises(ValueError, match="such as"):
            interval(text)


def test_files_that_are_missing_set_nothing_up_and_the_first_to_name_one_counts(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.toml", tmp_path / "theirs.toml"
    theirs.write_text(GOOD.replace("/srv/wiki", "/srv/other") + GOOD.replace("[wiki]", "[more]"))
    assert configured([ours, theirs])["wiki"].common.location == "/srv/other"
    ours.write_text(GOOD)
    configs = configured([ours, theirs])
    assert configs["wiki"].common.location == "/srv/wiki"
    assert configs["more"].file == theirs


def test_adding_and_removing_leave_everything_else_as_it_is(connectors: Connectors, tmp_path: Path) -> None:
    file, before = tmp_path / "connectors.toml", f"# Our own words.\n{GOOD}every = '1d'  # it is slow\n"
    file.write_text(before)
    connectors.add("api", {"kind": "git", "location": "/srv/api", "versions": ["v1", "v2"]})
    assert file.read_text().startswith(before)
    assert list(connectors.configured()) == ["wiki", "api"]
    with pytest.raises(ConnectorError, match="There is a connector api already"):
        connectors.add("api", {"kind": "git", "location": "/srv/api"})
    with pytest.raises(ConnectorError, match=r"^There is no option `spelt` here"):
        connectors.add("new", {"kind": "git", "location": "/srv/api", "spelt": 1})
    connectors.remove("api")
    assert file.read_text().rstrip() == before.rstrip()
    with pytest.raises(ConnectorError, match="There is no connector api: there are wiki"):
        connectors.remove("api")


def test_two_at_once_both_have_theirs_added(connectors: Connectors) -> None:
    with ThreadPoolExecutor(8) as threads:
        table = {"kind": "git", "location": "/srv/wiki"}
        list(threads.map(lambda number: connectors.add(f"wiki{number}", table), range(16)))
    assert len(connectors.configured()) == 16


def test_what_the_bot_keeps_can_be_put_back(tmp_path: Path) -> None:
    files = [tmp_path / "connectors.toml", tmp_path / "library" / "connectors.toml"]
    connectors = Connectors(files, tmp_path / "library")
    connectors.add("ours", {"kind": "git", "location": "/srv/ours"})
    connectors.add("theirs", {"kind": "git", "location": "/srv/theirs", "every": "1d"}, kept=True)
    assert connectors.kept() == ["theirs"]
    for name in ("ours", "theirs"):
        connectors.remove(name)
    [theirs] = connectors.removed()
    assert theirs.name == "theirs"
    connectors.restore(theirs)
    assert connectors.configured()["theirs"].common.every == timedelta(days=1)
    assert connectors.version("theirs") == theirs.version, "what is put back is the same"
    with pytest.raises(ConnectorError, match="too late to undo"):
        connectors.restore(theirs)
    (tmp_path / "library" / ".connectors" / "theirs" / "kept").write_text("")  # as earlier versions did
    connectors.remove("theirs")
    [theirs] = connectors.removed()
    assert theirs.version is None
    version = connectors.restore(theirs)
    assert version is not None
    assert connectors.version("theirs") == version
    connectors.remove("theirs", for_good=True)
    assert connectors.removed() == []


def test_two_that_had_one_name_are_put_back_each_by_itself(tmp_path: Path) -> None:
    files = [tmp_path / "connectors.toml", tmp_path / "library" / "connectors.toml"]
    connectors = Connectors(files, tmp_path / "library")
    for location in ("/srv/first", "/srv/second"):
        connectors.add("theirs", {"kind": "git", "location": location}, kept=True)
        connectors.remove("theirs")
    first, second = Connectors(files, tmp_path / "library").removed()
    for removed, location in ((first, "/srv/first"), (second, "/srv/second")):
        connectors.restore(removed)
        assert connectors.configured()["theirs"].common.location == location
        connectors.remove("theirs")


def test_a_file_that_is_wrong_takes_no_documents_away(connectors: Connectors, tmp_path: Path) -> None:
    (tmp_path / "library" / ".connectors" / "wiki").mkdir(parents=True)
    (tmp_path / "connectors.toml").write_text("[")
    assert list(connectors.roots()) == ["wiki"]


def test_that_what_a_connector_fetched_is_to_be_erased_survives_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connectors = Connectors([tmp_path / "connectors.toml"], tmp_path / "library")
    connectors.add("api", {"kind": "git", "location": "https://example.org/api.git"})
    fetched = tmp_path / "library" / ".connectors" / "api"
    fetched.mkdir(parents=True)
    real = shutil.rmtree

    def killed(*given: Any, **named: Any) -> None:
        real(*given, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        connectors.remove("api")
    assert not fetched.exists()
    assert list(Erasures(tmp_path).pending().values()) == ["api"]
