"""Quotes of sentences, for questions after a fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from index.answer import quotes as quote
from index.answer.blocks import (
    LEAD,
    OPENS_WITH_PRONOUN,
    best_block,
    blocks_in,
    end_of_whole,
    grown,
    is_lead_in,
    lines_within,
)
from index.answer.cut import section_at
from index.answer.cutter import Cutter, Selected, overlap
from index.answer.quotes import LONGEST, Run
from index.records import BlockKind, Quote
from index.store.values import KINDS

_LONGEST_JOINED = 2 * LONGEST
"""Characters of neighbouring quotes that become one."""

_JOINED = 0.3
"""Share of the best quote's probability from which on a neighbour of a quote becomes part of it. On 400 questions of
`squad` the first quote then holds the answer for 0.895 and has 268 characters, against 0.880 and 253 without; with 0.1
it has 289, with all neighbours 408."""

WHOLE = 500
"""Characters up to which the sentence that leads is quoted with the paragraphs around it, if its own is no longer. The
first quote then holds what short questions about documentation ask for in 0.44 of the cases instead of 0.32, and the
long paragraphs of `squad` stay as they are (`bench/RESULTS.md`)."""

CLEAR, UNCLEAR = 0.5, 700
"""The probability below which it is not clear which sentence answers, and the characters up to which the one that leads
is then quoted with what is around it."""

_LONGEST_COMPLETED = 2 * LONGEST
"""Characters up to which a quote gets the sentence before it that it needs."""


class SentenceCutter(Cutter):
    """Cuts quotes of sentences."""

    def sentences(self, count: int) -> Iterator[Selected]:
        """Yield the best runs of sentences."""
        candidates = self.candidates
        headings = np.array([sentence.kind is BlockKind.HEADING for sentence in candidates.sentences])
        probability = self.probability if headings.all() else np.where(headings, 0, self.probability)
        for run in quote.best_runs(candidates.sentences, candidates.passages, probability, count):
            yield self._completed(run)

    def joined(self, selected: Sequence[Selected], count: int) -> list[Selected]:
        """Return at most `count` quotes; a neighbour of a quote that is nearly as probable becomes part of it."""
        quoted: list[Selected] = []
        for selection in selected:
            near = [other for other in quoted if self._are_neighbours(selection, other)]
            if near and selection.run.probability >= _JOINED * quoted[0].run.probability:
                quoted[quoted.index(near[0])] = self._both(near[0], selection)
            elif len(quoted) < count:
                quoted.append(selection)
        return quoted

    def _are_neighbours(self, selection: Selected, other: Selected) -> bool:
        """Tell whether two quotes stand one after the other under one heading, and are short enough to be one."""
        first, second = sorted((selection.quote, other.quote), key=lambda quote: quote.start)
        if (first.source, first.section) != (second.source, second.section):
            return False
        text = self.candidates.documents[selection.run.first].text
        return second.end - first.start <= _LONGEST_JOINED and not text[first.end : second.start].strip()

    def _both(self, better: Selected, other: Selected) -> Selected:
        """Return two neighbours as one quote, with the focus of the better one."""
        run = replace(better.run, probability=better.run.probability + other.run.probability)
        start = min(better.quote.start, other.quote.start)
        end = max(better.quote.end, other.quote.end)
        return Selected(self.quote_of(run, start, end, better.quote.focus), run, (*better.others, other.run))

    def in_context(self, selected: Sequence[Selected], allows: Callable[[Quote], bool]) -> list[Selected]:
        """Return quotes of sentences, the first with what is around it and without those that it then has a part of."""
        if not selected:
            return []
        lead, *further = selected
        wider = self.quote_of(lead.run, *self._context(lead), lead.quote.focus)
        if not allows(wider):
            return list(selected)
        inside = [selection for selection in further if overlap(selection.quote, wider)]
        runs = (run for selection in inside for run in (selection.run, *selection.others))
        apart = (selection for selection in further if selection not in inside)
        return [Selected(wider, lead.run, (*lead.others, *runs)), *apart]

    def _context(self, lead: Selected) -> tuple[int, int]:
        """Return how far the first quote reaches.

        Documentation says in short paragraphs, of which one is seldom enough, what an encyclopedia says in long ones.
        """
        start, end = lead.quote.start, lead.quote.end
        document = self.candidates.documents[lead.run.first]
        rows = np.flatnonzero(self.candidates.passages == self.candidates.passages[lead.run.first])
        sentences = [self.candidates.sentences[row] for row in rows]
        if lead.run.probability < CLEAR:
            first, last = best_block(document, sentences, self.probability[rows], UNCLEAR)
            first, last = min(start, first), max(end, last)
            return (first, last) if last - first <= UNCLEAR else (start, end)
        holds_what_is_asked = self.candidates.types[lead.run.first : lead.run.last + 1].max() > 0
        paragraphs = blocks_in(document, start, end)
        if holds_what_is_asked or paragraphs[-1][2] - paragraphs[0][1] > WHOLE:
            return start, end
        return grown(document, start, end, (sentences[0].start, sentences[-1].end), WHOLE)

    def _completed(self, run: Run) -> Selected:
        """Return a run with the sentence before it that it needs, or with what answers the question that it is.

        A pronoun needs what it points to, the answer of a FAQ its question.
        """
        sentences = self.candidates.sentences
        focus = start, end = self.focus_of(run, sentences[run.first].start, sentences[run.last].end)
        text = self.candidates.documents[run.first].text
        if is_lead_in(text[start:end]):
            after = self._after(run) or self._announced(run)
            if after is not None:
                end, focus = after[1], after
        elif self.is_next(run.first - 1, run.first) and (
            OPENS_WITH_PRONOUN.match(text[start:end]) or self.names_section(run.first - 1)
        ):
            before = self.candidates.sentences[run.first - 1].start
            start = before if end - before <= _LONGEST_COMPLETED else start
        return Selected(self.quote_of(run, start, end, focus), run)

    def _announced(self, run: Run) -> tuple[int, int] | None:
        """Return what follows a run in the same section and in another passage: its block, as many lines as fit."""
        document, end = self.candidates.documents[run.first], self.candidates.sentences[run.last].end
        longest = self.candidates.sentences[run.first].start + LEAD
        following = next((block for block in blocks_in(document, end, longest) if block[1] >= end), None)
        if following is None or section_at(document, following[1]) != self.candidates.sections[run.first]:
            return None
        kind, start, end = following
        if KINDS[kind] is BlockKind.PARAGRAPH and end - start > LONGEST:
            return None  # nobody announces that much prose: what was announced is gone, or nothing was
        return lines_within(document.text, start, end_of_whole(document, start, longest), longest - start)

    def _after(self, run: Run) -> tuple[int, int] | None:
        """Return what follows a run: its block, or the whole list or table; as much as a quote may have."""
        if not self.is_next(run.last, run.last + 1):
            return None
        sentences, document = self.candidates.sentences, self.candidates.documents[run.first]
        longest, start = sentences[run.first].start + LEAD, sentences[run.last + 1].start
        ends = end_of_whole(document, start, longest)
        if ends <= longest:
            return start, ends
        after = run.last + 1
        while self.is_next(after, after + 1) and sentences[after + 1].end <= longest:
            after += 1
        return start, sentences[after].end
