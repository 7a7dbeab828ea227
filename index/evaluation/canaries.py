"""Canaries: questions that an index must not unlearn, asked of a new one before it is put in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from index.answer.answerer import Answerer, Asked
from index.build.builder import Verdict
from index.records import LeftOut

FILE_NAME = ".canaries.jsonl"
"""Among the documents, of which it is none: its name begins with a dot."""

_AT_ONCE = 16
_MOST_BYTES = 4 * 1024 * 1024


class _Line(BaseModel):
    question: str = Field(pattern=r"\S")
    source: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Canary:
    """A question, and the sources one of which its answer must quote."""

    question: str
    sources: frozenset[str]


def read(folder: Path) -> tuple[list[Canary], tuple[LeftOut, ...]]:
    """Return the canaries among the documents in `folder`, and the lines that are none, with the reason."""
    path = folder / FILE_NAME
    try:
        if not path.is_file():
            return [], ()
        if path.stat().st_size > _MOST_BYTES:
            return [], (LeftOut(FILE_NAME, f"is larger than {_MOST_BYTES // 1024**2} MiB, and was not asked"),)
        lines = path.read_bytes().splitlines()
    except OSError as error:
        return [], (LeftOut(FILE_NAME, f"cannot be read ({error.strerror})"),)
    canaries: list[Canary] = []
    faults: list[LeftOut] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            canaries.append(_canary(line))
        except ValueError as error:
            faults.append(LeftOut(FILE_NAME, f"line {number} was not asked: {error}"))
    return canaries, tuple(faults)


def _canary(line: bytes) -> Canary:
    try:
        row = _Line.model_validate_json(line)
    except ValidationError as error:
        raise ValueError('it is no JSON object with a "question" and a "source"') from error
    sources = frozenset(filter(None, (row.source, *row.sources)))
    if not sources:
        raise ValueError("it names no source")
    return Canary(row.question, sources)


def verdict(before: Answerer | None, after: Answerer, folder: Path, allowed: int) -> Verdict:
    """Return which canaries the answerer `before` gets right and the one `after` does not.

    A build is to be kept aside where there are more than `allowed`. Where there is nothing before, none can be lost.
    """
    canaries, faults = read(folder)
    if before is None or not canaries:
        return Verdict((), keeps=True, faults=faults)
    right = [canary for canary, is_right in zip(canaries, _right(before, canaries), strict=True) if is_right]
    lost = [canary.question for canary, is_right in zip(right, _right(after, right), strict=True) if not is_right]
    return Verdict(tuple(lost), keeps=len(lost) <= allowed, faults=faults)


def _right(answerer: Answerer, canaries: Sequence[Canary]) -> Iterable[bool]:
    """Yield whether each canary is answered from one of its sources."""
    for at in range(0, len(canaries), _AT_ONCE):
        some = canaries[at : at + _AT_ONCE]
        answers = answerer.answer_all([Asked(canary.question) for canary in some])
        for canary, answer in zip(some, answers, strict=True):
            yield answer.answered and any(quote.source in canary.sources for quote in answer.quotes)
