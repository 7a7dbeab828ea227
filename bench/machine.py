"""What a bench runs on: the commit, the day, the processor, and how much else there was to do meanwhile."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

_QUIET = 0.05
"""The share of the processors that other work may take. Chosen, not measured: a twentieth moves few medians."""

_ROOT = Path(__file__).resolve().parents[1]
_CPUINFO, _STAT = Path("/proc/cpuinfo"), Path("/proc/stat")


class Conditions:
    """Made before a bench runs, and told after it."""

    def __init__(self) -> None:
        """Note what is there before."""
        self._commit = _commit()
        self._load = os.getloadavg()[0]
        self._began = time.monotonic()
        self._spent = _spent()

    def line(self) -> str:
        """Return commit, day, machine and load as a line of Markdown."""
        limit = os.environ.get("OMP_NUM_THREADS")
        threads = f"{_threads()} threads" + (f" (OMP_NUM_THREADS={limit})" if limit else "")
        load = f"load {self._load:.1f} at the start, {os.getloadavg()[0]:.1f} at the end"
        return (
            f"*Commit {self._commit}, {datetime.now(UTC):%Y-%m-%d}, {processor()}, {threads}; {load}{self._others()}.*"
        )

    def _others(self) -> str:
        """Return which share of the processors other work took meanwhile, where that can be told."""
        if not _STAT.exists():
            return ""
        everything, own = (now - before for now, before in zip(_spent(), self._spent, strict=True))
        seconds = max(time.monotonic() - self._began, 0.01) * (os.cpu_count() or 1)
        share = min(max(everything - own, 0) / seconds, 1)
        return f", other work {100 * share:.0f} %" + (": **not quiet**" if share > _QUIET else "")


def _spent() -> tuple[float, float]:
    """Return the seconds of processor time that everything here has taken so far, and this process with its children.

    A child counts once it has ended and been waited for.
    """
    own = sum(os.times()[:4])
    if not _STAT.exists():
        return own, own
    user, nice, system, _, _, interrupt, soft = map(int, _STAT.read_text("utf-8").split()[1:8])
    return (user + nice + system + interrupt + soft) / os.sysconf("SC_CLK_TCK"), own


def is_busy() -> bool:
    """Tell whether more than half a processor has been at work in the last minute, before anything is measured."""
    return os.getloadavg()[0] > 0.5  # noqa: PLR2004


def _threads() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def processor() -> str:
    """Return what the processor is called, and whether it has AVX-512, which Quoth's time depends on most."""
    if not _CPUINFO.exists():
        return platform.processor() or platform.machine()
    lines = (line.partition(":") for line in _CPUINFO.read_text("utf-8").splitlines())
    about = {name.strip(): value.strip() for name, _, value in lines}
    name = about.get("model name") or platform.machine()
    return f"{name} {'with' if 'avx512f' in about.get('flags', '').split() else 'without'} AVX-512"


def _commit() -> str:
    """Return what is checked out, and whether files have been changed since, RESULTS.md aside."""
    commit = _git("rev-parse", "--short=10", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!bench/RESULTS.md")
    return f"{commit or 'unknown'}{' with changes' if changed else ''}"


def _git(*arguments: str) -> str:
    """Return what git says; nothing where there is no git, or this is no checkout."""
    git = shutil.which("git")
    if git is None:
        return ""
    ended = subprocess.run((git, *arguments), cwd=_ROOT, capture_output=True, text=True, check=False)
    return ended.stdout.strip() if ended.returncode == 0 else ""
