"""The short form of `bench/crashes.py`: builds that are killed, or that a full disk or another build stops."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.paths import ROOT


@pytest.mark.skipif(sys.platform != "linux", reason="it looks for processes in /proc")
def test_a_build_that_is_killed_anywhere_loses_nothing() -> None:
    """Killed at the first steps and at random times, at a full disk, beside another build; in a process of its own."""
    command = [sys.executable, "bench/crashes.py", "--kills", "12", "--part", "steps", "times", "full", "pairs"]
    ended = subprocess.run(
        [*command, "--stride", "9"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    assert "killed" in ended.stdout
