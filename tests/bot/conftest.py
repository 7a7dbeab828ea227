"""What the tests of the bot share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli.main import main


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str


Quoth = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _away_from_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of this machine reach a test, and nothing is left in the repo."""
    for name in list(os.environ):
        if name.startswith("QUOTH_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def quoth(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Quoth:
    """Run `quoth` with arguments, in this process."""

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["quoth", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        status = ended.value.code
        assert isinstance(status, int)
        return Ended(status, printed.out, printed.err)

    return run


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """A folder with two documents."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "rules.md").write_text(
        "---\ntitle: House rules\nurl: https://example.org/rules\n---\n"
        "# House rules\n\n## Pets\n\nDogs may come in on a leash.\nCats stay outside at all times.\n\n"
        "## Quiet hours\n\nQuiet hours begin at ten in the evening and end at seven in the morning.\n"
    )
    (folder / "bakery.txt").write_text("The bakery opens at six. Its rye bread is baked by Marta Lindqvist.\n")
    return folder
