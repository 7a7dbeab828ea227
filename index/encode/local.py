"""Loads the model that runs in this process: by us if we know it, or else by sentence-transformers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from index.encode import model
from index.encode.bert_encoder import BertEncoder
from index.encode.device import resolved
from index.encode.in_process import InProcessEncoder
from index.encode.loading import without_garbage_collection
from index.errors import ModelError


def load_encoder(name: str = model.DEFAULT_MODEL, device: str = "auto") -> InProcessEncoder:
    """Load the model `name` onto `device` (`auto`, or a name that torch knows).

    Raises `ModelError` if it is missing, altered, or not an embedding model.
    """
    folder = model.locate(name)
    with ThreadPoolExecutor(1, thread_name_prefix="checksums") as beside, without_garbage_collection():
        checked = beside.submit(model.checked, folder, name)
        try:
            loaded = _load(folder, name, device)
        except ModelError:
            checked.result()  # what is wrong with the files says more
            raise
        loaded.fingerprint = checked.result()
        return loaded


def _load(folder: Path, name: str, device: str) -> InProcessEncoder:
    """Return the model without its fingerprint: run by us if it is one that we know, for that needs no torch."""
    device = resolved(device)
    known = BertEncoder.of_folder(folder, name) if device == "cpu" else None
    if known is not None:
        return known
    from index.encode.transformer_encoder import TransformerEncoder

    return TransformerEncoder.of_folder(folder, name, device)
