"""Runs the benches and enters their tables in RESULTS.md, each with what it was measured on.

    python bench/all.py [--only NAME ...] [--minutes N] [--list]

`listed.py` has them in order. What stands between `<!-- begin NAME -->` and `<!-- end NAME -->` in RESULTS.md is
replaced by what a bench prints, and a line below it says of which commit, when, and on what machine. All else there is
written by hand. What a bench prints is kept in bench/out/all/NAME.txt, and what it complains of in NAME.log.

Times are true on a quiet machine alone: the line says how loaded it was, and which share of the processors other work
took. A bench that fails, some where a bar is missed, or lacks what it needs is named at the end, and its tables stay as
they are; the exit status is 1 then. Ctrl-C ends it: what has been entered by then stays.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys

import parts
from listed import BENCHES, ROOT, Bench
from machine import Conditions, is_busy
from rich.console import Console
from tables import OUT, show

_KEPT = OUT / "all"


class FailedError(Exception):
    """A bench has not printed its tables."""


def main() -> int:
    given = _arguments()
    chosen = [
        bench
        for bench in BENCHES
        if (given.only is None or bench.name in given.only)
        and (given.minutes is None or bench.minutes <= given.minutes)
    ]
    if given.list:
        _list(chosen)
        return 0
    return _run_all(chosen, Console(stderr=True, highlight=False, soft_wrap=True, markup=False))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [bench.name for bench in BENCHES]
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help="run these alone")
    parser.add_argument("--minutes", type=float, metavar="N", help="leave out each that takes longer than N minutes")
    parser.add_argument("--list", action="store_true", help="say what there is, and run nothing")
    return parser.parse_args()


def _list(chosen: list[Bench]) -> None:
    show(
        ("name", "minutes", "command", "parts of RESULTS.md", "needs", "not here"),
        [
            (
                bench.name,
                f"{bench.minutes:g}",
                bench.command,
                ", ".join(filter(None, bench.parts)),
                ", ".join(bench.needs),
                ", ".join(bench.missing()),
            )
            for bench in chosen
        ],
    )
    print(f"{len(chosen)} benches, about {sum(bench.minutes for bench in chosen):.0f} minutes.")


def _run_all(chosen: list[Bench], console: Console) -> int:
    failed = {}
    if is_busy():
        console.print("Something else is at work here: shares will be right, times will not.", style="yellow")
    with console.status("") as status:
        for number, bench in enumerate(chosen, 1):
            status.update(f"{number} of {len(chosen)}: {bench.name}, about {bench.minutes:g} min")
            try:
                console.print(f"{bench.name}: {_entered(bench)}")
            except FailedError as error:
                failed[bench.name] = str(error)
    for name, why in failed.items():
        console.print(f"Not entered: {name} {why}", style="red")
    return int(bool(failed))


def _entered(bench: Bench) -> str:
    """Run a bench and enter its tables; return what it was measured on."""
    if missing := bench.missing():
        raise FailedError(f"needs {', '.join(missing)}")
    conditions = Conditions()
    tables = parts.tables_in(_printed(bench))
    line = conditions.line()
    if len(tables) < len(bench.parts):
        raise FailedError(f"printed {len(tables)} tables instead of {len(bench.parts)}")
    for part, table in zip(bench.parts, tables, strict=False):
        if part is not None:
            text = parts.RESULTS.read_text("utf-8")
            parts.RESULTS.write_text(parts.replaced(text, part, f"{table}\n{line}"), "utf-8")
    return line


def _printed(bench: Bench) -> str:
    """Run a bench and return what it printed."""
    before, _, command = bench.command.partition("python ")
    variables = dict(word.split("=", 1) for word in before.split())
    _KEPT.mkdir(parents=True, exist_ok=True)
    out, log = (_KEPT / f"{bench.name}.{ending}" for ending in ("txt", "log"))
    with out.open("wb") as stdout, log.open("wb") as stderr:
        ended = subprocess.run(
            (sys.executable, *shlex.split(command)),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
            stdout=stdout,
            stderr=stderr,
            check=False,
        )
    if ended.returncode:
        raise FailedError(f"ended with status {ended.returncode}: see {out.with_suffix('.*')}")
    return out.read_text("utf-8")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Ended: what had been entered stays.")
