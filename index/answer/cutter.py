"""What cuts quotes of any form from the candidates of one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from index.answer import quotes as quote
from index.answer.blocks import is_lead_in
from index.answer.candidates import Candidates
from index.answer.cut import quote_at
from index.answer.question import Question
from index.answer.quotes import Run
from index.arrays import Vectors
from index.records import Quote
from index.text.words import Stems


@dataclass(frozen=True, slots=True)
class Selected:
    """A quote, the run of candidates that is its focus, and the runs next to it that are quoted along with it."""

    quote: Quote
    run: Run
    others: tuple[Run, ...] = ()


def overlap(first: Quote, second: Quote) -> bool:
    """Tell whether two quotes share characters of a document."""
    return first.source == second.source and first.start < second.end and second.start < first.end


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts quotes for one question; `probability` holds that of each candidate, `stem` gives the stems of a word."""

    question: Question
    candidates: Candidates
    probability: Vectors
    stem: Stems

    def focus_of(self, run: Run, start: int, end: int) -> tuple[int, int]:
        """Return the focus of the quote `text[start:end]`: the part of it that is in `run`.

        Of a single long sentence it is a part, and of a FAQ's question with its answer the answer.
        """
        answers = run.first + (run.first < run.last and self.names_section(run.first))
        first, last = self.candidates.sentences[answers], self.candidates.sentences[run.last]
        begins, ends = first.start, last.end
        if run.first == run.last:
            begins, ends = quote.shortened(self.candidates.documents[run.first].text, first, self.question, self.stem)
        begins, ends = max(begins, start), min(ends, end)
        return (begins, ends) if begins < ends else (start, end)

    def after_lead_in(self, rows: Sequence[int]) -> Sequence[int]:
        """Return neighbouring rows without those that only announce or ask what the others say, if any are left."""
        leading = len(list(takewhile(self._leads_in, rows)))
        asking = max((at + 1 for at, row in enumerate(rows) if self.names_section(row)), default=0)
        return rows[max(leading, asking) :] or rows

    def _leads_in(self, row: int) -> bool:
        """Tell whether a candidate only announces, or asks, what follows it."""
        return is_lead_in(self.text_of(row))

    def names_section(self, row: int) -> bool:
        """Tell whether a candidate is the question that its section is called by, whatever stands before it."""
        section = self.candidates.sections[row]
        return bool(section) and self._leads_in(row) and self.text_of(row).rstrip("*_ ").endswith(section[-1])

    def text_of(self, row: int) -> str:
        """Return the text of a candidate."""
        sentence = self.candidates.sentences[row]
        return self.candidates.documents[row].text[sentence.start : sentence.end]

    def is_next(self, row: int, following: int) -> bool:
        """Tell whether a candidate and the one following it are both there, and in one passage."""
        if row < 0 or following >= len(self.candidates.sentences):
            return False
        return bool(self.candidates.passages[row] == self.candidates.passages[following])

    def quote_of(self, run: Run, start: int, end: int, focus: tuple[int, int]) -> Quote:
        """Cut a quote from its document, as it is stored."""
        section = self.candidates.sections[run.first]
        document = self.candidates.documents[run.first]
        return quote_at(document, start, end, section=section, score=run.probability, focus=focus)
