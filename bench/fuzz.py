"""Feed every reader damaged files: `python bench/fuzz.py [KIND ...] [--inputs N] [--seed S]`, hours for a million.

Each input goes through the reading process's own code in a process with its limits, and what is read through the rest
of a build's way to passages. Exit status 1 says that one of these happened, and bench/out/fuzz/ has the input:

broken   what was read is not as `index/records.py` says that it is (`fuzz_checks.py`)
error    an error out of our own code, not out of a library that found a file to be damaged
late     an input took more than 10 s of processor time
ended    the process ended: a crash in a library, or a memory error that none could catch
"""

from __future__ import annotations

import argparse
import logging
import resource
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import tables
from fuzz_checks import tried
from fuzz_inputs import KINDS, PARTS, made

from index.read.files import Files
from index.read.site.finder import Sites
from index.records import SourceFile

_SECONDS = 10
_MEMORY_MIB = 1024
_FAILED = ("broken", "error", "late", "ended")
_SHOWN = {
    "inputs": "inputs",
    "read": "read",
    "named": "named with a reason",
    "library's error": "a library's error, named",
}


def main() -> int:
    """Run, and print what came of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("kinds", nargs="*", default=KINDS)
    options.add_argument("--inputs", type=int, default=12_000, help="for each reader (12,000)")
    options.add_argument("--first", type=int, default=0, help="the number of the first (0)")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.child:
        _feed(chosen.kinds[0], chosen.first, chosen.inputs, chosen.seed)
        return 0
    rows = [_row(kind, chosen) for kind in chosen.kinds]
    tables.show(
        ("reader", *_SHOWN.values(), "broken, error of ours, late, ended"),
        [(row["reader"], *(f"{row[name]:,}" for name in _SHOWN), sum(row[name] for name in _FAILED)) for row in rows],
    )
    tables.write("fuzz", {"seed": chosen.seed, "readers": rows})
    return int(any(row[failed] for row in rows for failed in _FAILED))


def _row(kind: str, chosen: argparse.Namespace) -> dict[str, Any]:
    started = time.perf_counter()
    counts: Counter[str] = Counter()
    number, end = chosen.first, chosen.first + chosen.inputs
    while number < end:
        number = _fed(kind, number, end, chosen.seed, counts)
    row: dict[str, Any] = {"reader": kind, "inputs": chosen.inputs}
    row |= {name: counts[name] for name in ("read", "named", "library's error", *_FAILED)}
    print(f"{kind}: {row}", file=sys.stderr, flush=True)
    return row | {"seconds": round(time.perf_counter() - started)}


def _fed(kind: str, number: int, end: int, seed: int, counts: Counter[str]) -> int:
    """Have a process take inputs from `number` on; return the number of the first that it has not taken."""
    command = [sys.executable, __file__, kind, "--child", "--first", str(number), "--inputs", str(end - number)]
    with subprocess.Popen([*command, "--seed", str(seed)], stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout or ():
            came, _, detail = line.rstrip("\n").partition("\t")
            counts[came] += 1
            if came in _FAILED:
                _keep(kind, number, seed, came, detail)
            number += 1
    if number < end:
        came = "late" if child.returncode == -signal.SIGPROF else "ended"
        counts[came] += 1
        _keep(kind, number, seed, came, f"exit status {child.returncode}")
        number += 1
    return number


def _keep(kind: str, number: int, seed: int, came: str, detail: str) -> None:
    folder = tables.OUT / "fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    Path(folder, f"{came}-{seed}-{number}{kind}").write_bytes(made(kind, number, seed))
    print(f"{kind} {number}: {came}: {detail}", file=sys.stderr, flush=True)


def _feed(kind: str, first: int, count: int, seed: int) -> None:
    """Take inputs and print a line for each; a process that is late or has no memory left ends."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    size = _MEMORY_MIB * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        file = _beside_parts(f"a{kind}", Path(folder))
        for number in range(first, first + count):
            data = made(kind, number, seed)
            signal.setitimer(signal.ITIMER_PROF, _SECONDS)
            came, detail = tried(data, file.source, Files(file, Sites()))
            signal.setitimer(signal.ITIMER_PROF, 0)
            print(f"{came}\t{detail}", flush=True)


def _beside_parts(source: str, folder: Path) -> SourceFile:
    """Write the files that a fuzzed one may show, and return it as one of them."""
    for name, text in PARTS.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return SourceFile(source, folder.resolve() / source, top=folder.resolve())


if __name__ == "__main__":
    sys.exit(main())
