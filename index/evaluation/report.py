"""What a run came to: all that is printed, kept and drawn."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import numpy as np
from pydantic_core import to_json

from index.evaluation.compare import FORMAT, Comparison
from index.evaluation.figures import Figure
from index.evaluation.measures import Bar
from index.evaluation.measuring import Bin, Kind, by_kind, measure, reliability
from index.evaluation.rows import Outcomes, Row
from index.store.base import Generation

_PACKAGES = ("quoth", "torch", "sentence-transformers", "faiss-cpu", "tantivy")
_QUANTILES = (5, 25, 50, 75, 95)


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions: their file, and how many there are of each kind."""

    file: str
    questions: int
    answerable: int
    unanswerable: int


@dataclass(frozen=True, slots=True)
class Indexed:
    """What was indexed; `left_out` gives for each file that was not read the reason."""

    folder: str
    documents: int
    passages: int
    left_out: dict[str, str]


@dataclass(frozen=True, slots=True)
class BarResult:
    """A bar given for a figure, what it came to (NaN where there is no such figure), and whether it is met."""

    name: str
    direction: str
    bound: float
    value: float
    met: bool
    told: str


@dataclass(frozen=True, slots=True)
class Report:
    """A run. `milliseconds` holds percentiles of the time for an answer; all else says itself."""

    format: int
    created: str
    asked: Asked
    indexed: Indexed
    settings: dict[str, Any]
    versions: dict[str, str]
    figures: dict[str, Figure]
    milliseconds: dict[str, float]
    reliability: list[Bin]
    kinds: list[Kind]
    bars: list[BarResult]
    compared: Comparison | None
    rows: list[Row]

    @property
    def missed(self) -> list[BarResult]:
        """The bars that are not met."""
        return [bar for bar in self.bars if not bar.met]

    def json(self) -> str:
        """Return the run as one JSON object; what is no number is null."""
        return to_json(self, inf_nan_mode="null").decode()


def report(  # noqa: PLR0913 -- one for each part of a run
    file: str,
    rows: list[Row],
    generation: Generation,
    *,
    settings: dict[str, Any],
    bars: Sequence[Bar] = (),
    compared: Comparison | None = None,
) -> Report:
    """Put a run together: `rows` were asked of `generation` with `settings` in force."""
    outcomes = Outcomes.of(rows)
    figures = measure(outcomes)
    manifest = generation.manifest
    answerable = int(outcomes.answerable.sum())
    return Report(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        asked=Asked(file, len(rows), answerable, len(rows) - answerable),
        indexed=Indexed(manifest.folder, manifest.counts.documents, manifest.counts.passages, left_out_of(generation)),
        settings=settings,
        versions={"python": platform.python_version()} | {package: version(package) for package in _PACKAGES},
        figures=figures,
        milliseconds={f"p{of}": float(np.percentile(outcomes.milliseconds, of)) for of in _QUANTILES},
        reliability=reliability(outcomes),
        kinds=by_kind(rows),
        bars=[_result_of(bar, figures[bar.measure.name].value) for bar in bars],
        compared=compared,
        rows=rows,
    )


def left_out_of(generation: Generation) -> dict[str, str]:
    """Return the files that could not be read, each with the reason."""
    return {missed.source: missed.reason for missed in generation.manifest.left_out}


def _result_of(bar: Bar, value: float) -> BarResult:
    return BarResult(bar.measure.name, bar.measure.direction, bar.bound, value, bar.is_met(value), bar.as_text(value))
