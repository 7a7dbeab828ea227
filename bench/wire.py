"""The bot over the wire, with the real model and index, on the stand-in Discord.

    python bench/wire.py load   [--eval ../shared/eval/squad]
    python bench/wire.py faults [--eval ../shared/eval/squad] [--openapi ../shared/discord/openapi.json]
                                [--questions 5000] [--seed 7]

load    64 people ask at once, wave after wave, while `/index rebuild` encodes every passage anew: how long the first
        response and the whole answer take, and how late the bot's event loop runs
faults  200 people ask, 64 at a time, by command, by mention and in private, while the gateway drops and invalidates
        sessions and the API answers with 429 and 5xx, before and after the deed: answers lost, doubled or sent to the
        wrong person, requests that break Discord's description, mentions that would ping

The bot runs in a process of its own, the stand-in and the people in this one. Where there is no such set, seeds/ is
asked about, by its own lines.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from sets import EVAL, SHARED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=("load", "faults"))
    parser.add_argument("--eval", type=Path, default=EVAL / "squad", help="a set: docs/ and questions.jsonl")
    parser.add_argument(
        "--openapi", type=Path, default=SHARED / "discord" / "openapi.json", help="Discord's description"
    )
    parser.add_argument("--questions", type=int, default=5000, help="how many are asked (faults)")
    parser.add_argument("--seed", type=int, default=7, help="which faults happen when (faults)")
    given = parser.parse_args()
    if given.part == "load":
        from wire_load import load

        asyncio.run(load(given.eval))
    else:
        from wire_faults import faults

        asyncio.run(faults(given.eval, given.openapi if given.openapi.exists() else None, given.questions, given.seed))


if __name__ == "__main__":
    main()
