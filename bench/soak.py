"""A day in an hour: the bot answers many people while its documents change and Discord fails.

    python bench/soak.py [--questions 20000] [--rebuilds 50] [--drops 200] [--errors 500]
                         [--eval ../shared/eval/squad] [--settle 35] [--seed 7] [--brief]

The bot is a process of its own (memory and file descriptors are its alone), the stand-in and the people are this one.
The questions are asked in as many stretches as there are rebuilds, 64 people at a time: in each, some documents change
and are taken in while the gateway fails and requests get 429s and 5xx, before and after they were carried out. Counted:
answers lost, doubled, wrong, and errors in place of one; memory at the end ÷ memory after the first 1,000 questions;
file descriptors then and at the end. A `--brief` run compares open files alone: it is too short for the rest. Exit
status 1 says that a bar is missed. Settings of the bot's are read from the environment: `QUOTH_RERANKER=off` goes
faster.

Where there is no such set, seeds/ is asked about, by its own lines.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from resident import Resident, resident
from sets import EVAL
from soak_day import Day, Stretch
from tables import show, write
from wire_bot import BotProcess, bot_on, material
from wire_ledger import Standing

from bot.standin import playground

_WARM = 1000
"""Questions after which the memory is taken that the end is compared with."""

_MOST_GROWTH = 1.1


@dataclass
class Run:
    """What is watched of the bot: how large it was after each stretch, and at rest, at first and in the end."""

    bot: BotProcess
    settle: float
    sizes: list[tuple[int, Resident]] = field(default_factory=list)
    rests: list[Resident] = field(default_factory=list)

    def note(self, asked: int, began: float) -> None:
        """Take its size after a stretch, and say how far it is."""
        size = resident(self.bot.pid)
        self.sizes.append((asked, size))
        status = f"{asked} asked, {size.total / 1e6:.0f} MB ({size.own / 1e6:.0f} its own), open: {size.open}"
        print(f"{time.monotonic() - began:.0f} s: {status}", flush=True)

    async def rest(self) -> None:
        """Wait until connections that nobody uses any more are closed, and take its size."""
        await asyncio.sleep(self.settle)
        self.rests.append(resident(self.bot.pid))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--rebuilds", type=int, default=50)
    parser.add_argument("--drops", type=int, default=200, help="how often the gateway fails")
    parser.add_argument("--errors", type=int, default=500, help="how many requests Discord fails")
    parser.add_argument("--eval", type=Path, default=EVAL / "squad", help="a set: docs/ and questions.jsonl")
    parser.add_argument("--settle", type=float, default=35.0, help="seconds at rest before descriptors are counted")
    parser.add_argument("--brief", action="store_true", help="compare open files alone, and write nothing down")
    parser.add_argument("--seed", type=int, default=7, help="what fails how")
    sys.exit(asyncio.run(soak(parser.parse_args())))


async def soak(given: argparse.Namespace) -> bool:
    """Run it; return whether a bar is missed."""
    there, texts = material(given.eval)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        documents = Path(place) / "documents"
        shutil.copytree(there, documents, copy_function=shutil.copyfile)
        async with playground() as discord, bot_on(discord, documents, Path(place), watched=False) as bot:
            day, run = Day(discord, bot, documents, texts, random.Random(given.seed)), Run(bot, given.settle)  # noqa: S311
            for stretch in _stretches(given):
                await day.spend(stretch)
                run.note(day.answered, began)
                if not run.rests and day.answered >= min(_WARM, given.questions // 2):
                    await run.rest()
            await run.rest()
            turned_to = bot.times_logged("generation in use")
        for complaint, times in bot.complaints().items():
            print(f"{times} times: {complaint}")
    return _report(day, run, turned_to, time.monotonic() - began, brief=given.brief)


def _stretches(given: argparse.Namespace) -> list[Stretch]:
    """Share out what is to happen evenly."""

    def share(total: int, turn: int) -> int:
        return total * (turn + 1) // given.rebuilds - total * turn // given.rebuilds

    return [
        Stretch(*(share(total, turn) for total in (given.questions, given.drops, given.errors)))
        for turn in range(given.rebuilds)
    ]


def _report(day: Day, run: Run, turned_to: int, seconds: float, *, brief: bool) -> bool:
    asked = day.crowd.ledger.asked
    count = {standing: sum(question.standing is standing for question in asked) for standing in Standing}
    first, last = run.rests[0], run.rests[-1]
    growth = last.total / first.total
    bars: list[tuple[str, float | str, str, bool]] = [
        ("lost", count[Standing.LOST], "0", count[Standing.LOST] == 0),
        ("an error in place of an answer", count[Standing.ERROR], "0", count[Standing.ERROR] == 0),
        ("sent to the wrong person", count[Standing.WRONG], "0", count[Standing.WRONG] == 0),
        ("doubled", day.doubled(), "0", day.doubled() == 0),
        ("rebuilds turned to", turned_to, str(day.rebuilt), turned_to == day.rebuilt),
        ("open files at the end", last.files, f"≤ {first.files}", last.files <= first.files),
    ]
    if not brief:
        descriptors = last.descriptors <= first.descriptors
        bars += [
            (
                "memory at the end ÷ after the first questions",
                f"{growth:.3f}",
                f"≤ {_MOST_GROWTH}",
                growth <= _MOST_GROWTH,
            ),
            ("all descriptors at the end", str(last.open), str(first.open), descriptors),
        ]
    show(("what", "found", "bar", "met"), [(*row, "yes" if met else "NO") for *row, met in bars])
    happened = day.failures() | {"questions asked again": count[Standing.UNDELIVERED], "dead": count[Standing.DEAD]}
    show(("what went wrong at Discord", "times"), list(happened.items()))
    print(
        f"{day.answered} answered, {day.rebuilt} rebuilds, {seconds:.0f} s. {first.total / 1e6:.0f} MB after the first"
    )
    print(f"questions, {last.total / 1e6:.0f} MB at the end, {last.peak / 1e6:.0f} MB at most.")
    if not brief:
        _write(run, seconds, {name: value for name, value, _, _ in bars}, happened)
    return not all(met for *_, met in bars)


def _write(run: Run, seconds: float, figures: dict[str, float | str], happened: dict[str, int]) -> None:
    sizes = [{"asked": number, **asdict(size)} for number, size in run.sizes]
    rests = [asdict(size) for size in run.rests]
    write("soak", {"seconds": seconds, "found": figures, "happened": happened, "sizes": sizes, "rests": rests})


if __name__ == "__main__":
    main()
