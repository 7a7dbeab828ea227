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
    """Return the threshold that was written last for the model and reranker in force; None where none can be used."""
    rows = _written(settings.data)
    return next((value for row in rows if _is_for(row, settings) and (value := _value(row)) is not None), None)


def is_fitted(settings: Settings) -> bool:
    """Return whether the confidence is fitted to the model and the reranker: Quoth's own, or those it was tuned for."""
    is_our_own = settings.model == DEFAULT_MODEL and settings.reranker.lower() in {AUTO, OFF}
    return is_our_own or threshold(settings) is not None


def write(settings: Settings, value: float) -> None:
    """Write a threshold, in front of those written before; raises `OSError`."""
    row = {"threshold": value, **_fitted_to(settings)}
    _write(settings.data, [row, *_written(settings.data)])


def undo(settings: Settings) -> bool:
    """Take back the threshold that was written last for the model and reranker in force; return False without one.

    What was fitted to others stays for when they are used again. Raises `OSError`.
    """
    rows = _written(settings.data)
    at = next((at for at, row in enumerate(rows) if _is_for(row, settings) and _value(row) is not None), None)
    if at is None:
        return False
    _write(settings.data, rows[:at] + rows[at + 1 :])
    return True


def last_of_others(settings: Settings) -> tuple[str, str] | None:
    """Return the model and the reranker of what was written last for others than those in force."""
    others = ((row.get("model"), row.get("reranker")) for row in _written(settings.data) if not _is_for(row, settings))
    named = ((model, reranker) for model, reranker in others if isinstance(model, str) and isinstance(reranker, str))
    return next(named, None)


def _fitted_to(settings: Settings) -> dict[str, str]:
    return {"model": settings.model, "reranker": settings.reranker}


def _is_for(row: dict[str, object], settings: Settings) -> bool:
    return {name: row.get(name) for name in ("model", "reranker")} == _fitted_to(settings)


def _value(row: dict[str, object]) -> float | None:
    value = row.get("threshold")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 1 else None


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
