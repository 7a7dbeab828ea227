"""The passages that were looked at for a question, the closest first: what can be picked in place of its answer."""

from __future__ import annotations

import numpy as np

from bot.cards.reference import refer
from bot.cards.teaching_card import MOST_OPTIONS, Passage
from index.answer.candidates import Candidates
from index.answer.trace import AnswerTrace
from index.records import BlockKind


def close_passages(reasoning: AnswerTrace) -> list[Passage]:
    """Return the passages that a question's answer was chosen from, by the best sentence of each."""
    if reasoning.choice_trace is None:
        return []
    candidates = reasoning.choice_trace.candidates
    best: dict[int, int] = {}
    for row in np.argsort(-candidates.leading, kind="stable").tolist():
        best.setdefault(int(candidates.passages[row]), row)
    passages = (_passage(candidates, number, row) for number, row in best.items())
    return [passage for passage in passages if passage is not None][:MOST_OPTIONS]


def _passage(candidates: Candidates, number: int, best: int) -> Passage | None:
    """Return a passage without the headings above it; None where it is nothing else."""
    rows = np.flatnonzero(candidates.passages == number).tolist()
    sentences = [candidates.sentences[row] for row in rows if candidates.sentences[row].kind is not BlockKind.HEADING]
    if not sentences:
        return None
    document, sentence = candidates.documents[best], candidates.sentences[best]
    start, end = sentences[0].start, sentences[-1].end
    words = document.text[sentence.start : sentence.end]
    reference = refer(document.source, start, document.text[start:end])
    return Passage(document.title, candidates.sections[best], words, reference)
