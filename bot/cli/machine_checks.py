"""Checks what the machine must give: a folder to write to, room in it, and the device that the models are to run on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot import compose
from bot.settings import AUTO, OFF, Settings, variable
from index.encode import device, model
from index.errors import QuothError


def of_data(settings: Settings) -> tuple[str, bool]:
    """Return what there is to say of the data folder, and whether it will do; nothing is written to find out."""
    if os.access(_there(settings.data), os.W_OK | os.X_OK):
        return f"{settings.data} can be written to", True
    advice = f"give Quoth the right to, or set {variable('data')}"
    return f"nothing can be written to {settings.data}: {advice}.", False


def want_of_room(settings: Settings) -> str | None:
    """Return what there is to say of a disk that may be too small for a build; None where all is well or not known."""
    try:
        disk = shutil.disk_usage(_there(settings.data))
        need = 0 if settings.index else _need(settings)
    except (OSError, QuothError):  # some file systems cannot say, and other checks tell of the index and the documents
        return None
    if disk.free >= need or not disk.total:
        return None
    return f"{_megabytes(disk.free)} are free for {settings.data}, and a build may take {_megabytes(need)}: make room."


def faults_of_models(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the device and the reranker, each with its name; loads neither model."""
    reranker = settings.reranker.lower()
    reranks = reranker != OFF and (reranker != AUTO or settings.model == model.DEFAULT_MODEL)
    if settings.device != device.AUTO and (settings.encoder_url is None or reranks):
        try:
            device.resolved(settings.device)
        except QuothError as error:
            yield "device", str(error)
    if reranker not in (AUTO, OFF):
        try:
            model.locate(settings.reranker, variable("reranker"))
        except QuothError as error:
            yield "reranker", str(error)


def is_missing(folder: Path) -> bool:
    """Tell whether a folder is known not to be there."""
    try:
        return not folder.exists()
    except OSError:  # it may not be looked for
        return False


def _there(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    whole = folder.resolve()
    return next(place for place in (whole, *whole.parents) if place.exists())


def _need(settings: Settings) -> int:
    """Return about how many bytes a build writes: as many as the index in use has; without one, as the documents have.

    An index of plain text is larger than its documents, and one of PDFs with pictures far smaller.
    """
    shelf = compose.shelf(settings)
    files = shelf.manifest(shelf.current()).files if shelf.names() else {}
    return sum(file.bytes for file in files.values()) or _size(
        {file.path for file in compose.library(settings).listing().files}
    )


def _size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
