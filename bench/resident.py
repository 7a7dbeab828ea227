"""What a running process holds: memory and file descriptors, as Linux tells them in /proc."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_KIB = 1024


@dataclass(frozen=True)
class Resident:
    """Bytes of memory: `total` is resident, `own` what is no file's, `peak` the most that was ever resident.

    `open` is what the process has open, by kind: how many files, sockets, pipes and others.
    """

    total: int
    own: int
    peak: int
    open: dict[str, int]

    @property
    def files(self) -> int:
        """How many files are open."""
        return self.open.get("file", 0)

    @property
    def descriptors(self) -> int:
        """How many file descriptors are open."""
        return sum(self.open.values())


def resident(pid: int) -> Resident:
    """Look at a process."""
    lines = (Path(f"/proc/{pid}/status")).read_text().splitlines()
    fields = {name: value.split() for name, _, value in (line.partition(":") for line in lines)}
    total, own, peak = (int(fields[name][0]) * _KIB for name in ("VmRSS", "RssAnon", "VmHWM"))
    return Resident(total, own, peak, _open(pid))


def _open(pid: int) -> dict[str, int]:
    kinds: Counter[str] = Counter()
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        try:
            kinds[_kind(str(handle.readlink()))] += 1
        except FileNotFoundError:  # closed meanwhile
            continue
    return dict(sorted(kinds.items()))


def _kind(target: str) -> str:
    return target.partition(":")[0] if ":" in target else "file"
