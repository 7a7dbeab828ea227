"""Questions a second: many asking at once beside one after another, through the desk that the bot answers from.

    python bench/throughput.py [--eval ../shared/eval] [--at-once 64] [--rounds 15] [--second-look]

Each round asks the same questions of squad both ways, beginning with another way each time; everything is warm. The
ratio is of the medians, then of the best rounds, which other work on the machine disturbs least. `first` is how long
the first of those who ask at once waits for the answer, and `last` the last.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from indexes import quiet
from sets import EVAL, questions
from tables import show, write

from bot.access.rules import Audience
from bot.answering.desk import Desk
from bot.settings import OFF, Settings
from bot.telemetry.metrics import Metrics
from index.answer.asked import Asked
from index.build.builder import Builder, BuildSettings
from index.encode.local import load_encoder
from index.store.disk.shelf import Shelf

ONE, ALL = "one after another", "at once"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=EVAL, help="the folder of sets")
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--second-look", action="store_true", help="with the reranker")
    given = parser.parse_args()
    encoder = load_encoder(device="cpu")
    asked = [question.asked for question in questions(given.eval / "squad")]
    asked = asked[:: len(asked) // given.at_once][: given.at_once]
    with tempfile.TemporaryDirectory() as folder:
        Builder(Shelf(Path(folder)), encoder, BuildSettings()).build(given.eval / "squad" / "docs", quiet)
        settings = Settings(data=Path(folder), reranker="auto" if given.second_look else OFF)
        times = asyncio.run(_measure(Desk(settings, encoder, Metrics()), asked, given.rounds))
    rows = [
        (way, *(f"{len(asked) / pick(spent[-1] for spent in of_way):.0f}" for pick in (statistics.median, min)),
         *(f"{1000 * statistics.median(spent[which] for spent in of_way):.0f} ms" for which in (0, -1)))
        for way, of_way in times.items()
    ]  # fmt: skip
    show(("way", "questions a second", "at best", "first", "last"), rows)
    ratio = {
        name: pick(spent[-1] for spent in times[ONE]) / pick(spent[-1] for spent in times[ALL])
        for name, pick in (("medians", statistics.median), ("best", min))
    }
    print(f"at once ÷ one after another: {ratio['medians']:.2f}, at best {ratio['best']:.2f}")
    write("throughput", {"ratio": ratio, "times": times})


async def _measure(desk: Desk, asked: list[Asked], rounds: int) -> dict[str, list[list[float]]]:
    """Return for each way and round when each question was answered, in seconds from the first one's asking."""
    times: dict[str, list[list[float]]] = {ONE: [], ALL: []}
    await _all(desk, asked)
    for turn in range(rounds):
        for way in (ONE, ALL) if turn % 2 else (ALL, ONE):
            times[way].append(sorted(await (_answer_in_turn(desk, asked) if way == ONE else _all(desk, asked))))
    await desk.close()
    return times


async def _answer_in_turn(desk: Desk, asked: list[Asked]) -> list[float]:
    started = time.perf_counter()
    return [await _answered(desk, question, started) for question in asked]


async def _all(desk: Desk, asked: list[Asked]) -> list[float]:
    started = time.perf_counter()
    return await asyncio.gather(*(_answered(desk, question, started) for question in asked))


async def _answered(desk: Desk, question: Asked, started: float) -> float:
    await desk.answer(question, Audience())
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
