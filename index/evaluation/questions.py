"""A file of questions whose answers are known: JSON lines, one question each."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Iterable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StrictBool, StringConstraints, ValidationError, model_validator

from index.errors import QuothError
from index.evaluation.labelled import Labelled
from index.records import Turn

Said = Annotated[str, StringConstraints(pattern=r"\S")]
"""Text that is not blank."""


_IN_WORDS = {
    "json_invalid": "it is not valid JSON",
    "model_type": "it is no JSON object",
    "string_pattern_mismatch": "it is blank",
}
"""What pydantic says in its own terms."""


class QuestionsError(QuothError):
    """The questions cannot be measured on: a line is not what it should be, or nothing in them can be answered."""


class _Turn(BaseModel):
    role: Literal["user", "agent"]
    text: str


class _Line(BaseModel):
    qid: str | int
    question: Said
    answerable: StrictBool
    answers: tuple[str, ...] | None = None
    sources: tuple[Said, ...] | None = None
    source: Said | None = None
    gold_quotes: tuple[Said, ...] = ()
    must: tuple[Annotated[tuple[Said, ...], Field(min_length=1)], ...] = ()
    kind: str = ""
    history: tuple[_Turn, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _has_fields(cls, row: Any) -> Any:
        """Have an answerable question say by what and where it is answered; any other may leave that out."""
        if isinstance(row, dict) and row.get("answerable") is True:
            if "answers" not in row and not row.get("must"):
                raise ValueError("answers or must: field required")
            if "source" not in row and "sources" not in row:
                raise ValueError("source or sources: field required")
            if not row.get("source") and not row.get("sources"):
                raise ValueError("sources: an answerable question names at least one")
        return row


_FIELDS = {*_Line.model_fields, *_Turn.model_fields}


def read(lines: Iterable[bytes], most: int | None = None) -> list[Labelled]:
    """Return the questions of a file; blank lines are passed over.

    At most `most` of them are returned, spread evenly over the file.
    Raises `QuestionsError`, one sentence with the number of the line where it is about one: a line that is no JSON
    object, lacks a field or repeats a qid, and a file without an answerable question.
    """
    by_qid: dict[str, Labelled] = {}
    for number, line in enumerate(lines, 1):
        text = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if not text.strip():
            continue
        question = _labelled(text, number)
        if question.qid in by_qid:
            before = by_qid[question.qid].line
            raise QuestionsError(f"Line {number} of the questions repeats the qid {question.qid!r} of line {before}.")
        by_qid[question.qid] = question
    if not by_qid:
        raise QuestionsError("The file of questions is empty: it needs a JSON object a line, one for each question.")
    chosen = _spread(list(by_qid.values()), most)
    if not any(question.answerable for question in chosen):
        raise QuestionsError(f"None of the {len(chosen)} questions is answerable: at least one must be.")
    return chosen


def check_sources(asked: Iterable[Labelled], known: Collection[str], left_out: dict[str, str]) -> None:
    """Raise `QuestionsError` where a question names a source that is not among those `known`.

    `left_out` gives for each file that could not be read the reason.
    """
    for question in asked:
        for source in question.sources:
            if source in left_out:
                raise QuestionsError(
                    f"Line {question.line} of the questions names {source!r}, which cannot be read: {left_out[source]}."
                )
            if source not in known:
                raise QuestionsError(
                    f"Line {question.line} of the questions names {source!r}, which is not in the folder of documents."
                )


def _labelled(line: bytes, number: int) -> Labelled:
    try:
        row = _Line.model_validate_json(line)
    except ValidationError as error:
        raise QuestionsError(f"Line {number} of the questions cannot be used ({_explained(error)}).") from error
    return Labelled(
        qid=str(row.qid),
        question=row.question,
        answers=() if row.gold_quotes else tuple(answer for answer in row.answers or () if answer.strip()),
        passages=row.gold_quotes,
        sources=tuple(dict.fromkeys(((row.source,) if row.source else ()) + (row.sources or ()))),
        answerable=row.answerable,
        history=tuple(Turn(turn.role, turn.text) for turn in row.history),
        line=number,
        must=row.must,
        kind=row.kind,
    )


def _explained(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"] if isinstance(part, int) or part in _FIELDS)
    message = _IN_WORDS.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    return f"{field}: {message[:1].lower()}{message[1:]}" if field else message


def _spread(asked: list[Labelled], most: int | None) -> list[Labelled]:
    if most is None or most >= len(asked):
        return asked
    return [asked[i * len(asked) // most] for i in range(most)]
