"""Draws what growing costs, from bench/out/large.json: pip install -e '.[plots]' first.

    python bench/large_plot.py

writes bench/pictures/large.png.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from tables import OUT

mpl.use("Agg")

from matplotlib import pyplot as plt

PICTURE = Path(__file__).parent / "pictures" / "large.png"

Result = dict[str, Any]
Line = tuple[str, Callable[[Result], float]]

PANELS: list[tuple[str, str, list[Line], float | None]] = [
    (
        "build, vectors given",
        "seconds",
        [
            ("wall clock", lambda result: result["build"]["seconds"]),
            ("CPU", lambda result: result["build"]["cpu"]),
            ("one document changed, CPU", lambda result: result["rebuild"]["cpu"]),
        ],
        1200,
    ),
    (
        "memory",
        "GB",
        [
            ("most that a build held", lambda result: result["build"]["peak"] / 1e9),
            ("an answering process", lambda result: result["ask"]["resident"] / 1e9),
        ],
        1.5,
    ),
    (
        "disk",
        "GB",
        [
            ("all", lambda result: sum(result["build"]["disk"].values()) / 1e9),
            ("sentences", lambda result: result["build"]["disk"]["sentences.npy"] / 1e9),
            ("documents", lambda result: result["build"]["disk"]["documents.sqlite"] / 1e9),
            ("passages", lambda result: result["build"]["disk"]["passages.faiss"] / 1e9),
            ("words", lambda result: result["build"]["disk"]["lexical"] / 1e9),
        ],
        3.0,
    ),
    (
        "a whole answer, second look off",
        "CPU ms, median",
        [
            ("answer", lambda result: result["ask"]["answer cpu"]["p50"]),
            ("bare encode(question)", lambda result: result["ask"]["encode cpu"]["p50"]),
        ],
        None,
    ),
    (
        "÷ bare encode(question)",
        "ratio of medians",
        [
            ("wall clock", lambda result: result["ask"]["answer"]["p50"] / result["ask"]["encode"]["p50"]),
            ("CPU", lambda result: result["ask"]["answer cpu"]["p50"] / result["ask"]["encode cpu"]["p50"]),
        ],
        2.0,
    ),
    (
        "recall@10 against exact search",
        "share",
        [
            ("all", lambda result: result["recall"]["all"]),
            ("within a twentieth", lambda result: result["recall"]["part"]),
        ],
        0.98,
    ),
]


def main() -> None:
    results: list[Result] = json.loads((OUT / "large.json").read_text("utf-8"))["results"]
    figure, grid = plt.subplots(2, 3, figsize=(13, 7.5), constrained_layout=True)
    for axes, panel in zip(grid.flat, PANELS, strict=True):
        _draw(axes, panel, results)
    figure.suptitle("What growing costs: made passages, vectors given, two cores (dashed: the bar at a million)")
    figure.savefig(PICTURE, dpi=110)
    print(PICTURE)


def _draw(axes: Axes, panel: tuple[str, str, list[Line], float | None], results: list[Result]) -> None:
    title, unit, lines, bar = panel
    sizes = [result["build"]["passages"] for result in results]
    for name, tell in lines:
        axes.plot(sizes, [tell(result) for result in results], marker="o", label=name)
    if bar is not None:
        axes.axhline(bar, linestyle="--", linewidth=1, color="grey")
    axes.set(title=title, xlabel="passages", ylabel=unit, xscale="log")
    if unit in ("seconds", "GB"):
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0.95 if unit == "share" else 0)
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=8)


if __name__ == "__main__":
    main()
