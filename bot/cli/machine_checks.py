"""Checks what the machine must give: a folder to write to, room in it, and the device that the model is to run on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

from bot.settings import AUTO, OFF, Settings, variable
from index.encode import model
from index.errors import QuothError

_ROOM = 100_000_000
"""Bytes: a generation of the index over 10 MB of documents, which a build writes beside the one in use."""


def of_data(settings: Settings) -> tuple[str, bool]:
    """Return what there is to say of the data folder, and whether it will do; nothing is written to find out."""
    folder = settings.data.resolve()
    there = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        advice = f"give Quoth the right to, or set {variable('data')}"
        return f"nothing can be written to {settings.data}: {advice}.", False
    free = shutil.disk_usage(there).free
    if free < _ROOM:
        return f"{free / 1e6:.0f} MB are free in {settings.data}: make room, as a build needs that of an index.", False
    return f"{settings.data} can be written to, {free / 1e9:.1f} GB are free", True


def faults_of_models(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the device and the reranker, each with its name; loads neither model."""
    if told := _of_device(settings.device) if settings.encoder_url is None else None:
        yield "device", told
    if settings.reranker.lower() not in (AUTO, OFF):
        try:
            model.locate(settings.reranker, variable("reranker"))
        except QuothError as error:
            yield "reranker", str(error)


def _of_device(device: str) -> str | None:
    if device in (AUTO, "cpu"):
        return None
    import torch

    try:
        torch.empty(0, device=device)
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        why = str(error).splitlines()[0].rstrip(".")
        return f"the model cannot run on {device} ({why}): set {variable('device')} to auto or cpu."
    return None
