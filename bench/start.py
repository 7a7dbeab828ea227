"""From starting the program to the first answer, beside a program that does no more than load the model.

    python bench/start.py [--rounds 9] [--documents seeds]

ask       `quoth ask`, as it comes, over an index that is there
first     the same without the second look (QUOTH_RERANKER=off)
floor     imports sentence-transformers and loads the same model from the same folder

Each is a process of its own; they take turns, beginning with another each time. Time by the clock, and that of the
processors (user and system), which says the same on a machine that does other work as well.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tables import show, write

from index.encode.model import DEFAULT_MODEL, locate

_ROOT = Path(__file__).resolve().parents[1]
_QUESTION = "When does the second stage begin?"
_FLOOR = (
    "import sys; from sentence_transformers import SentenceTransformer; SentenceTransformer(sys.argv[1], device='cpu')"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--documents", type=Path, default=_ROOT / "seeds")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = ["--documents", str(given.documents), "--data", folder]
        quoth = [sys.executable, "-m", "bot"]
        subprocess.run([*quoth, "index", "build", *where], check=True, cwd=_ROOT, stdout=subprocess.DEVNULL)
        ask = [*quoth, "ask", *where, _QUESTION]
        ways = {
            "floor": ([sys.executable, "-c", _FLOOR, str(locate(DEFAULT_MODEL))], {}),
            "ask": (ask, {}),
            "first": (ask, {"QUOTH_RERANKER": "off"}),
        }
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        names = list(ways)
        for turn in range(given.rounds):
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                times[name].append(_timed(*ways[name]))
    rows = [_row(name, times) for name in names]
    show(("what", "clock, s", "÷ floor", "at best", "CPU, s", "÷ floor", "at best"), rows)
    write("start", {"times": times})


def _timed(command: list[str], variables: dict[str, str]) -> tuple[float, float]:
    """Return the seconds that a command takes, by the clock and of the processors."""
    before, started = os.times(), time.perf_counter()
    subprocess.run(
        command,
        check=True,
        cwd=_ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    ended, after = time.perf_counter(), os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return ended - started, cpu


def _row(name: str, times: dict[str, list[tuple[float, float]]]) -> tuple[str, ...]:
    row = [name]
    for kind in (0, 1):
        mine, floor = ([run[kind] for run in times[which]] for which in (name, "floor"))
        ratios = statistics.median(mine) / statistics.median(floor), min(mine) / min(floor)
        row += [f"{statistics.median(mine):.2f}", *(f"{ratio:.2f}" for ratio in ratios)]
    return tuple(row)


if __name__ == "__main__":
    main()
