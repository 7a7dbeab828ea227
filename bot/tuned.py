"""The threshold that `quoth tune` has written, for the model and reranker that it was fitted to."""

from __future__ import annotations

import json
from pathlib import Path

from bot.settings import AUTO, OFF, Settings
from index.answer.confidence import fitted_threshold
from index.encode.model import DEFAULT_MODEL

FILE_NAME = "tuned.json"


def in_force(settings: Settings) -> float:
    """Return the threshold of the settings, or else what was written, or else that of their strictness."""
    if settings.threshold is not None:
        return settings.threshold
    written = threshold(settings)
    return fitted_threshold(settings.strictness) if written is None else written


def threshold(settings: Settings) -> float | None:
    """Return the threshold that was written for the settings in force; None where there is none that can be used."""
    for row in _written(settings.data)[:1]:
        if (row.get("model"), row.get("reranker")) == (settings.model, settings.reranker):
            value = row.get("threshold")
            return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else None
    return None


def is_fitted(settings: Settings) -> bool:
    """Return whether the confidence is fitted to the model and the reranker: Quoth's own, or those it was tuned for."""
    is_our_own = settings.model == DEFAULT_MODEL and settings.reranker.lower() in {AUTO, OFF}
    return is_our_own or threshold(settings) is not None


def write(settings: Settings, value: float) -> None:
    """Write a threshold, in front of those written before; raises `OSError`."""
    row = {"threshold": value, "model": settings.model, "reranker": settings.reranker}
    _write(settings.data, [row, *_written(settings.data)])


def undo(settings: Settings) -> bool:
    """Take the last threshold back; return False where there is none. Raises `OSError`."""
    written = _written(settings.data)
    if written:
        _write(settings.data, written[1:])
    return bool(written)


def _written(folder: Path) -> list[dict[str, object]]:
    try:
        rows = json.loads((folder / FILE_NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _write(folder: Path, rows: list[dict[str, object]]) -> None:
    path = folder / FILE_NAME
    beside = path.with_name(f"{FILE_NAME}.new")
    beside.write_text(json.dumps(rows), "utf-8")
    beside.replace(path)
