"""A question as it was asked, and the texts of it that are encoded."""

from __future__ import annotations

from dataclasses import dataclass

from index.answer.form import only_question
from index.answer.message import cleaned
from index.answer.pasted import telling
from index.answer.search import Scope
from index.records import Turn

_LONGEST_QUESTION = 2000
"""Characters of a question that are looked at: the model's window ends long before."""

_LONGEST_ANSWER = 1000
"""The same for an answer before it: a quote has as many at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked: after which earlier turns, and which sources may be quoted (all, where None).

    `quotes` is how many quotes are wanted at most, and `threshold` the confidence from which it is answered: the
    answerer's own, where None. `seen` are the sources that the asker may see (all, where None): the answer is as if
    there were no others, whatever the scope.
    """

    text: str
    history: tuple[Turn, ...] = ()
    scope: Scope | None = None
    quotes: int | None = None
    seen: frozenset[str] | None = None
    threshold: float | None = None

    @property
    def inside(self) -> frozenset[str] | None:
        """The sources that are candidates: those of the scope that may be seen."""
        if self.scope is None:
            return self.seen
        scope = frozenset(self.scope)
        return scope if self.seen is None else scope & self.seen


def texts_of(asked: Asked) -> list[str]:
    """Return the question, the last one that the same person asked before it, and what that was answered with."""
    last = next((i for i in reversed(range(len(asked.history))) if asked.history[i].role == "user"), None)
    if last is None:
        return [question_text(asked.text)]
    answers = [turn.text[:_LONGEST_ANSWER] for turn in asked.history[last + 1 :]]
    return [message_text(text) for text in (asked.text, asked.history[last].text, *answers[:1])]


def question_text(text: str) -> str:
    """Return what is encoded of a question that is asked alone, before slips of the finger are put right."""
    whole = message_text(text)
    return only_question(whole) or whole


def message_text(text: str) -> str:
    """Return the beginning of a question without what is no part of it, nor of any text: null bytes and the like."""
    return cleaned(telling(text)[:_LONGEST_QUESTION].replace("\0", " ").encode(errors="replace").decode())
