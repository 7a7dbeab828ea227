"""What files that were made to do harm cost: `python bench/hostile.py [NAME ...]`, some ten minutes for all.

Each is read as a build reads it, in a process of its own with the limits of the settings, and after it a plain file by
the same reader: a bad file costs only itself. Exit status 1 says that a limit did not hold.

seconds  for the file, its process started before
MiB      the most memory that the process had at once: resident, and as address space, which is what is limited
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tables
from hostile_files import HOSTILE, sparse, write

from index.read.process import ReaderProcess
from index.records import Document, LeftOut, SourceFile

_SECONDS, _MEMORY_MIB = 30.0, 2048
"""As in `bot/settings.py`."""

_SLACK = 1.0
"""Seconds that it may take to find that a process is late, and to end it, on a busy machine."""

_SPARSE = "sparse.txt"


@dataclass
class Peak:
    """The most memory of a process, looked up again and again, as a process that is ended takes its figures along."""

    resident: int = 0
    space: int = 0

    def watch(self, pid: int, ended: threading.Event) -> None:
        while not ended.wait(0.02):
            self.look(pid)

    def look(self, pid: int) -> None:
        try:
            lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
        except OSError:
            return
        figures = {line.split(":")[0]: line.split()[1] for line in lines if line.startswith("Vm")}
        self.resident = max(self.resident, int(figures.get("VmHWM", 0)) // 1024)
        self.space = max(self.space, int(figures.get("VmPeak", 0)) // 1024)


def main() -> int:
    """Read them all and print what each cost."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*", help="files to read; all, where none is named")
    names = options.parse_args().names or [*HOSTILE, _SPARSE]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder, "plain.txt")
        plain.write_text("A plain text.\n", "utf-8")
        rows = [_row(Path(folder), name, SourceFile("plain.txt", plain)) for name in names]
    columns = ("file", "KiB", "seconds", "MiB", "of address space", "what came of it", "held")
    tables.show(columns, [list(row.values()) for row in rows])
    tables.write("hostile", {"seconds": _SECONDS, "memory_mib": _MEMORY_MIB, "files": rows})
    return int(not all(row["held"] for row in rows))


def _row(folder: Path, name: str, plain: SourceFile) -> dict[str, Any]:
    path = sparse(folder / name, 2 * 2**30) if name == _SPARSE else write(folder, [name])[0]
    size = path.stat().st_size // 1024
    reader = ReaderProcess(_SECONDS, _MEMORY_MIB)
    try:
        reader.read(plain)
        seconds, peak, outcome = _watched(reader, SourceFile(name, path))
        after = reader.read(plain)
    finally:
        reader.end()
        path.unlink()
    held = seconds <= _SECONDS + _SLACK and peak.space <= _MEMORY_MIB and isinstance(after, Document)
    came = f"{len(outcome.blocks):,} blocks" if isinstance(outcome, Document) else outcome.reason
    print(f"{name}: {seconds:.1f} s, {came}", file=sys.stderr, flush=True)
    return {
        "file": name,
        "KiB": size,
        "seconds": round(seconds, 1),
        "resident": peak.resident,
        "space": peak.space,
        "came": came,
        "held": held,
    }


def _watched(reader: ReaderProcess, file: SourceFile) -> tuple[float, Peak, Document | LeftOut]:
    pid = reader.pid or 0
    peak, ended = Peak(), threading.Event()
    watch = threading.Thread(target=peak.watch, args=(pid, ended))
    watch.start()
    started = time.perf_counter()
    try:
        outcome = reader.read(file)
    finally:
        seconds = time.perf_counter() - started
        ended.set()
        watch.join()
    peak.look(pid)
    return seconds, peak, outcome


if __name__ == "__main__":
    sys.exit(main())
