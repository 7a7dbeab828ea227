"""The short form of `bench/soak.py`: a few minutes of its day, with the real bot in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="memory and file descriptors are read from Linux's /proc")
def test_nothing_is_lost_or_left_open_while_documents_change_and_discord_fails(tmp_path: Path) -> None:
    """Its bars are the test: it exits with 1 where one is missed. What grows is told by the whole day alone."""
    shape = ("--questions", "100", "--rebuilds", "2", "--drops", "4", "--errors", "10", "--settle", "2")
    ended = subprocess.run(
        (sys.executable, ROOT / "bench" / "soak.py", *shape, "--eval", tmp_path / "none", "--brief"),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QUOTH_RERANKER": "off", "PYTHONPATH": str(ROOT)},
        timeout=480,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "100 answered, 2 rebuilds" in ended.stdout
