"""Canaries: questions that an index must not unlearn, asked of a new one before it is put in use."""

from __future__ import annotations

import codecs
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError

from index.answer.answerer import Answerer
from index.answer.asked import Asked
from index.build.builder import Verdict
from index.library.library import CANARIES
from index.records import LeftOut

FILE_NAME = CANARIES

MEMORY_NAME = "canaries.json"
"""In the data folder."""

_AT_ONCE = 16
_GENERATIONS = 100
"""Generations whose answers are remembered: more than anybody keeps."""

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
    line: int = field(default=0, compare=False)

    @property
    def written(self) -> list[str]:
        """The question and the sources, as they are kept in a file."""
        return [self.question, *sorted(self.sources)]


def read(folder: Path) -> tuple[list[Canary], tuple[LeftOut, ...]]:
    """Return the canaries among the documents in `folder`, and the lines that are none, with the reason."""
    path = folder / FILE_NAME
    try:
        if not path.is_file():
            return [], ()
        if path.stat().st_size > _MOST_BYTES:
            return [], (LeftOut(FILE_NAME, f"is larger than {_MOST_BYTES // 1024**2} MiB, and was not asked"),)
        lines = path.read_bytes().removeprefix(codecs.BOM_UTF8).splitlines()
    except OSError as error:
        return [], (LeftOut(FILE_NAME, f"cannot be read ({error.strerror})"),)
    canaries: list[Canary] = []
    faults: list[LeftOut] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            canaries.append(replace(_canary(line), line=number))
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


class Memory:
    """Which canaries each generation answered when it was built, in a file: another model cannot ask it any more."""

    def __init__(self, path: Path) -> None:
        """Keep it in the file `path`."""
        self._path = path

    def answered(self, generation: str, canaries: Sequence[Canary]) -> list[Canary]:
        """Return which of the canaries a generation answered; none where that is not known."""
        known = self._read().get(generation, [])
        return [canary for canary in canaries if canary.written in known]

    def note(self, generation: str, answered: Sequence[Canary]) -> None:
        """Note which canaries a generation answers; raises `OSError`."""
        rows = {**self._read(), generation: [canary.written for canary in answered]}
        beside = self._path.with_name(f"{self._path.name}.new")
        beside.write_text(json.dumps(dict(list(rows.items())[-_GENERATIONS:])), "utf-8")
        beside.replace(self._path)

    def _read(self) -> dict[str, list[list[str]]]:
        try:
            rows = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        known = rows.items() if isinstance(rows, dict) else ()
        return {name: answered for name, answered in known if isinstance(answered, list)}


Remembered = tuple[Memory, str]
"""What is remembered, and the name of the generation before ("" where there is none)."""


def verdict(before: Answerer | None, after: Answerer, folder: Path, allowed: int, remembered: Remembered) -> Verdict:
    """Return which canaries the generation before answered and that of `after` does not.

    `before` asks the generation before; where that is None, as with another model, what is `remembered` of it counts.
    A build is to be kept aside where more than `allowed` are lost. Raises `OSError` where nothing can be noted.
    """
    canaries, faults = read(folder)
    memory, name = remembered
    right = _right(after, canaries)
    memory.note(after.generation.name, right)
    right_before = memory.answered(name, canaries) if before is None else _right(before, canaries)
    lost = [canary for canary in right_before if canary not in right]
    present = after.generation.manifest.documents.keys()
    nowhere = [
        LeftOut(FILE_NAME, f"line {canary.line} cannot be answered: there is no {_names(canary)} among the documents")
        for canary in canaries
        if canary not in lost and not canary.sources & present
    ]
    questions = tuple(canary.question for canary in lost)
    return Verdict(questions, keeps=len(lost) <= allowed, faults=(*faults, *nowhere))


def _names(canary: Canary) -> str:
    return " or ".join(sorted(canary.sources))


def _right(answerer: Answerer, canaries: Sequence[Canary]) -> list[Canary]:
    """Return the canaries that are answered from one of their sources."""
    right: list[Canary] = []
    for at in range(0, len(canaries), _AT_ONCE):
        some = canaries[at : at + _AT_ONCE]
        answers = answerer.answer_all([Asked(canary.question) for canary in some])
        right += [
            canary
            for canary, answer in zip(some, answers, strict=True)
            if answer.answered and any(quote.source in canary.sources for quote in answer.quotes)
        ]
    return right
