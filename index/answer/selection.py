"""What is quoted: from scored sentences and ranked sections to the stretches that are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from index.answer import alike
from index.answer.block_quotes import BlockCutter
from index.answer.candidates import Candidates
from index.answer.cutter import Selected, overlap
from index.answer.form import Form
from index.answer.question import Question
from index.answer.sentence_quotes import SentenceCutter
from index.arrays import Vectors
from index.records import Quote
from index.text.words import Stems

TOTAL = 2000
"""Characters of all quotes of an answer together, at most."""

_SPARE = 2
"""Times as many runs of sentences as are wanted are looked at, for some say the same."""


def select(  # noqa: PLR0913 -- all that a choice is made of
    form: Form,
    question: Question,
    candidates: Candidates,
    probability: Vectors,
    *,
    count: int,
    stem: Stems,
    allows: Callable[[Quote], bool],
) -> list[Selected]:
    """Return what may be quoted, best first: sentences by their `probability`, blocks by their section.

    It is made for `count` quotes; those that come after so many are what is left over.
    The `candidates` of blocks stand section by section, the best section first. What says nearly the same is quoted
    once, and sentences that are neighbours are one quote. What is around the sentence that leads is quoted with it, if
    `allows` says that it may be.
    """
    if form is Form.BLOCK:
        blocks = BlockCutter(question, candidates, probability, stem).blocks()
        return list(_within(TOTAL, _different(list(blocks), candidates, question)))
    cutter = SentenceCutter(question, candidates, probability, stem)
    different = _different(list(cutter.sentences(_SPARE * count)), candidates, question)
    joined = [selection for selection in cutter.joined(different, _SPARE * count) if allows(selection.quote)]
    return list(_within(TOTAL, cutter.in_context(joined, allows)))


def _different(selected: Sequence[Selected], candidates: Candidates, question: Question) -> list[Selected]:
    """Return quotes without those that say nearly the same as an earlier one, or share a part with it."""
    documents = [candidates.documents[selection.run.first] for selection in selected]
    editions = [(document.version, document.date) for document in documents]
    groups = alike.grouped([selection.quote for selection in selected], question.text, editions)
    return list(_apart(selected[numbers[0]] for numbers in groups))


def _apart(selected: Iterable[Selected]) -> Iterator[Selected]:
    """Yield those that share nothing with an earlier one."""
    taken: list[Quote] = []
    for selection in selected:
        if not any(overlap(selection.quote, other) for other in taken):
            taken.append(selection.quote)
            yield selection


def _within(total: int, selected: Sequence[Selected]) -> Iterator[Selected]:
    """Yield what fits into so many characters, the first in any case."""
    for number, selection in enumerate(selected):
        total -= len(selection.quote.text)
        if total >= 0 or number == 0:
            yield selection
