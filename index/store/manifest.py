"""The manifest of a generation: how it was built, what is in it, and the checksum of every file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from index.errors import DamagedError

FILE_NAME = "manifest.json"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Recipe(_Frozen):
    """Everything besides the documents that decides what a generation holds; one with another recipe is not reused.

    `second_pass` says that sentences were encoded by themselves, although the model could give their vectors in the
    pass over the passage: a remote encoder cannot.
    """

    format: int
    reading: int
    model: str
    fingerprint: str
    dimension: int
    passage_tokens: int
    second_pass: bool = False

    def agrees_with(self, other: Recipe) -> bool:
        """Return whether a generation with this recipe can be queried in place of one with the other.

        `second_pass` may differ: questions can be compared with either kind of sentence vector.
        """
        return self.model_copy(update={"second_pass": other.second_pass}) == other


class File(_Frozen):
    """A file of the generation."""

    bytes: int
    sha256: str


class Missed(_Frozen):
    """A file of the documents folder that is not in the generation, and why; or what of it is not, where the rest is.

    `sha256` is set if reading was tried, so that the file is not tried again until it changes.
    """

    source: str
    reason: str
    sha256: str | None = None


class Counts(_Frozen):
    """How much the generation holds."""

    documents: int
    passages: int
    sentences: int


class Clustering(_Frozen):
    """How passage vectors are searched if there are too many for exact search.

    A search looks at `looked_at` of the `clusters`, which were trained on `trained` passages. `recall` is the share of
    the ten nearest that it finds, compared with exact search, over `sample` questions. A component takes `bytes`.
    """

    clusters: int
    looked_at: int
    trained: int
    bytes: int
    recall: float
    sample: int


class Manifest(_Frozen):
    """The manifest: `files` are by path in the generation, `documents` maps each source to its file's SHA-256.

    `created` is the time in UTC (ISO 8601), `folder` the documents folder that was read, `previous` the generation
    that was in use until then. `clustering` is None if search is exact. `probes` are the vectors of a few fixed texts
    (`index/encode/probes.py`), if they were kept. `shown` has, for each source that shows other files as parts of
    itself, their SHA-256 by path, as `Document.shown` has them, and `settings` those of the files that sites are
    configured by. `ocr` says whether text in pictures was read: off, on, or missing, without the packages for it.
    `chat_names` says whether the names of authors in exported chats were kept. `origins` has, for each source that a
    connector has fetched, the address and the day that came with it.
    """

    created: str
    previous: str | None
    folder: str
    recipe: Recipe
    counts: Counts
    clustering: Clustering | None = None
    documents: dict[str, str]
    left_out: tuple[Missed, ...]
    files: dict[str, File]
    probes: str | None = None
    shown: dict[str, dict[str, str | None]] = {}
    settings: dict[str, str] = {}
    ocr: str = "off"
    chat_names: bool = False
    origins: dict[str, tuple[str | None, str | None]] = {}

    def seal(self, folder: Path) -> str:
        """Write the manifest into `folder` and return the SHA-256 (hex) of what was written."""
        # versions that do not know these can read the rest
        unknown_before = {name for name in ("chat_names", "origins") if not getattr(self, name)}
        data = self.model_dump_json(indent=1, exclude=unknown_before).encode()
        (folder / FILE_NAME).write_bytes(data)
        return hashlib.sha256(data).hexdigest()


def read(folder: Path, seal: str) -> Manifest:
    """Read the manifest of the generation in `folder`, whose SHA-256 begins with `seal`.

    Raises `DamagedError` if it is missing, altered or malformed.
    """
    path = folder / FILE_NAME
    try:
        return parsed(path.read_bytes(), seal, str(path))
    except OSError as error:
        raise DamagedError(f"{path} cannot be read: run `quoth index build`.") from error


def parsed(data: bytes, seal: str, where: str) -> Manifest:
    """Parse a manifest whose SHA-256 begins with `seal`; `where` names its place in errors.

    Raises `DamagedError` if it is altered or malformed.
    """
    if not hashlib.sha256(data).hexdigest().startswith(seal):
        raise DamagedError(f"{where} is not as it was written: run `quoth index build`.")
    try:
        return Manifest.model_validate_json(data)
    except ValidationError as error:
        raise DamagedError(f"{where} cannot be read: run `quoth index build`.") from error


def checksums(folder: Path) -> dict[str, File]:
    """Return size and SHA-256 of every file below `folder`, by path relative to it."""
    return {path.relative_to(folder).as_posix(): checksum(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def checksum(path: Path) -> File:
    """Return size and SHA-256 of a file."""
    with path.open("rb") as file:
        return File(bytes=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest())
