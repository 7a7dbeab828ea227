"""Reading a file of questions, one JSON object a line."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ValidationError

from index.answer.asked import Asked
from index.errors import QuothError
from index.records import Turn


class BatchError(QuothError):
    """A line of a file of questions is malformed."""


class _Turn(BaseModel):
    role: Literal["user", "agent"]
    text: str


class _Line(BaseModel):
    qid: str | int
    question: str
    history: tuple[_Turn, ...] = ()


def read(line: bytes, number: int) -> tuple[str | int, Asked]:
    """Return the id and the question of a JSON line; raises `BatchError` with its `number` if it is malformed."""
    try:
        parsed = _Line.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        message = "it is not valid JSON" if first["type"] == "json_invalid" else first["msg"].lower()
        field = ".".join(str(part) for part in first["loc"])
        where = f"line {number}, {field}" if field else f"line {number}"
        raise BatchError(f"The questions cannot be read ({where}: {message}).") from error
    return parsed.qid, Asked(parsed.question, tuple(Turn(turn.role, turn.text) for turn in parsed.history))
