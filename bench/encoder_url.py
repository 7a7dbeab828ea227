"""What it costs to have questions encoded elsewhere (QUOTH_ENCODER_URL), beside the model in the process.

    python bench/encoder_url.py [--rounds 7] [--questions 100] [--documents seeds] [--part start question]

start       `quoth ask` from nothing to its answer, over an index that is there: seconds by the clock, those of the
            processor, and the most memory that it held (MiB); without the second look, which loads torch in any case,
            and with it
question    warm: the vector of one question, and a whole answer without the second look, in milliseconds

The server (`bench/serving.py`) is another process on the same machine, so that the model has the same processors: the
difference is what HTTP, JSON and the checks cost. Both sides take turns. The last column but one divides medians, the
last the best of each, which other work disturbs least.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from indexes import QUOTES, indexed
from tables import show, write

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.encode.local import load_encoder
from index.encode.model import DEFAULT_MODEL
from index.encode.remote import EmbeddingServer, RemoteEncoder

_ROOT = Path(__file__).resolve().parents[1]
_ASKED = "When does the second stage begin, number {}?"

Row = tuple[str, ...]
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--documents", type=Path, default=_ROOT / "seeds")
    parser.add_argument("--part", nargs="+", choices=("start", "question"), default=["start", "question"])
    given = parser.parse_args()
    with served() as url:
        rows = [*_start(url, given.documents, given.rounds)] if "start" in given.part else []
        rows += _question(url, given.documents, given.questions) if "question" in given.part else []
    show(("what", "here", "elsewhere", "elsewhere ÷ here", "at best"), rows)
    write("encoder_url", {"rows": rows})


@contextlib.contextmanager
def served() -> Iterator[str]:
    """Have the packaged model served by another process, and return its address."""
    with subprocess.Popen([sys.executable, str(_ROOT / "bench" / "serving.py")], stdout=subprocess.PIPE) as server:
        try:
            yield (server.stdout.readline() if server.stdout else b"").decode().strip()
        finally:
            server.terminate()


def _start(url: str, documents: Path, rounds: int) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        where = ["--documents", str(documents), "--data", folder]
        quoth = [sys.executable, "-m", "bot"]
        subprocess.run([*quoth, "index", "build", *where], check=True, cwd=_ROOT, stdout=subprocess.DEVNULL)
        for look, reranker in (("", "off"), (" with a second look", "auto")):
            ask = [*quoth, "ask", *where, _ASKED.format(2)]
            ways = {
                "here": lambda: _ended(ask, {"QUOTH_RERANKER": reranker}),  # noqa: B023 -- called in this turn
                "elsewhere": lambda: _ended(ask, {"QUOTH_RERANKER": reranker, "QUOTH_ENCODER_URL": url}),  # noqa: B023
            }
            runs = _in_turns(ways, rounds)
            print(f"start{look}: measured", flush=True)
            for at, what in enumerate(("clock, s", "CPU, s", "memory, MiB")):
                yield _row(f"start{look}: {what}", *([run[at] for run in runs[way]] for way in ways))


def _ended(command: list[str], variables: dict[str, str]) -> tuple[float, float, float]:
    """Return the seconds that a command takes by the clock and of the processors, and its peak memory (MiB)."""
    started = time.perf_counter()
    child = subprocess.Popen(
        command,
        cwd=_ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 3):
        raise subprocess.CalledProcessError(child.returncode, command)
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def _question(url: str, documents: Path, questions: int) -> Iterator[Row]:
    here, elsewhere = load_encoder(device="cpu"), RemoteEncoder.load(DEFAULT_MODEL, EmbeddingServer(url, "m"))
    elsewhere.questions(["Are you there?"])
    asked = iter(range(10**9))
    with indexed(documents, here) as generation:
        answerers = {
            "here": Answerer(generation, here, quotes=QUOTES, threshold=None),
            "elsewhere": Answerer(generation, elsewhere, quotes=QUOTES, threshold=None),
        }
        encoding = {
            "here": lambda: _timed(lambda: here.questions([_ASKED.format(next(asked))])),
            "elsewhere": lambda: _timed(lambda: elsewhere.questions([_ASKED.format(next(asked))])),
        }
        answering = {
            name: lambda answerer=answerer: _timed(lambda: answerer.answer(Asked(_ASKED.format(next(asked)))))  # type: ignore[misc]
            for name, answerer in answerers.items()
        }
        for what, ways in (("a question's vector, ms", encoding), ("a whole answer, ms", answering)):
            times = _in_turns(ways, questions)
            yield _row(f"question: {what}", times["here"], times["elsewhere"])


def _timed(step: Callable[[], object]) -> float:
    started = time.perf_counter()
    step()
    return 1000 * (time.perf_counter() - started)


def _in_turns(ways: dict[str, Callable[[], T]], rounds: int) -> dict[str, list[T]]:
    """Go each way once a round, beginning with another each time."""
    names = list(ways)
    results: dict[str, list[T]] = {name: [] for name in names}
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            results[name].append(ways[name]())
    return results


def _row(what: str, here: list[float], elsewhere: list[float]) -> Row:
    ratio = statistics.median(elsewhere) / statistics.median(here)
    return what, _shown(here), _shown(elsewhere), f"{ratio:.2f}", f"{min(elsewhere) / min(here):.2f}"


def _shown(measurements: list[float]) -> str:
    """Return the median, with the middle half."""
    low, middle, high = statistics.quantiles(measurements, n=4, method="inclusive")
    return f"{middle:.3g} ({low:.3g} to {high:.3g})"


if __name__ == "__main__":
    main()
