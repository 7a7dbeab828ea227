"""What is quoted: from scored sentences and ranked sections to the stretches that are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np

from index.answer import alike
from index.answer import quotes as quote
from index.answer.blocks import (
    FURTHER,
    LEAD,
    best_block,
    blocks_in,
    end_of_whole,
    grown,
    is_lead_in,
    lines_within,
    weights_of,
)
from index.answer.candidates import Candidates, by_section
from index.answer.contents import is_contents
from index.answer.cut import quote_at, section_at
from index.answer.form import Form
from index.answer.question import Question
from index.answer.quotes import LONGEST, Run
from index.arrays import Ids, Vectors
from index.records import BlockKind, Quote
from index.store.values import KINDS, StoredDocument
from index.text.words import Stems, all_words

TOTAL = 2000
"""Characters of all quotes of an answer together, at most."""

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

_SPARE = 2
"""Times as many runs of sentences as are wanted are looked at, for some say the same."""

_OPENS_WITH_PRONOUN = re.compile(
    r"(?:it|its|they|their|them|this|these|those|that|such|he|she|his|her|the (?:latter|former))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Selected:
    """A quote, the run of candidates that is its focus, and the runs next to it that are quoted along with it."""

    quote: Quote
    run: Run
    others: tuple[Run, ...] = ()


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
    cutter = _Cutter(question, candidates, probability, stem)
    selected = list(cutter.sentences(_SPARE * count) if form is Form.SENTENCE else cutter.blocks())
    documents = [candidates.documents[selection.run.first] for selection in selected]
    editions = [(document.version, document.date) for document in documents]
    groups = alike.grouped([selection.quote for selection in selected], question.text, editions)
    apart = list(_apart(selected[numbers[0]] for numbers in groups))
    if form is Form.SENTENCE:
        joined = [selection for selection in cutter.joined(apart, _SPARE * count) if allows(selection.quote)]
        return list(_within(TOTAL, cutter.in_context(joined, allows)))
    return list(_within(TOTAL, apart))


def _apart(selected: Iterable[Selected]) -> Iterator[Selected]:
    """Yield those that share nothing with an earlier one."""
    taken: list[Quote] = []
    for selection in selected:
        if not any(_overlap(selection.quote, other) for other in taken):
            taken.append(selection.quote)
            yield selection


def _overlap(first: Quote, second: Quote) -> bool:
    return first.source == second.source and first.start < second.end and second.start < first.end


def _within(total: int, selected: Sequence[Selected]) -> Iterator[Selected]:
    """Yield what fits into so many characters, the first in any case."""
    for number, selection in enumerate(selected):
        total -= len(selection.quote.text)
        if total >= 0 or number == 0:
            yield selection


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Cuts quotes for one question."""

    question: Question
    candidates: Candidates
    probability: Vectors
    stem: Stems

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
        return Selected(self._quote(run, start, end, better.quote.focus), run, (*better.others, other.run))

    def in_context(self, selected: Sequence[Selected], allows: Callable[[Quote], bool]) -> list[Selected]:
        """Return quotes of sentences, the first with what is around it and without those that it then has a part of."""
        if not selected:
            return []
        lead, *further = selected
        wider = self._quote(lead.run, *self._context(lead), lead.quote.focus)
        if not allows(wider):
            return list(selected)
        inside = [selection for selection in further if _overlap(selection.quote, wider)]
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

    def blocks(self) -> Iterator[Selected]:
        """Yield the best block of each section, the first one larger than the others.

        What helps nobody by itself is passed over, unless there is nothing else: a table of contents, or a name that
        the heading says already.
        """
        longest, spare = LEAD, None
        for rows in by_section(self.candidates):
            if all(self.candidates.sentences[row].kind is BlockKind.HEADING for row in rows):
                continue
            block = self._block(rows, longest)
            if self._is_spare(block.quote, self.candidates.documents[rows[0]]):
                spare = spare or block
                continue
            yield block
            longest = FURTHER
        if longest is LEAD and spare is not None:
            yield spare

    def _is_spare(self, quote: Quote, document: StoredDocument) -> bool:
        called = {word.lower() for word in all_words(" ".join((quote.title, *quote.section)))}
        says_more = {word.lower() for word in all_words(quote.text)} - called
        return not says_more or is_contents(document, quote.start, quote.end)

    def _block(self, rows: Ids, longest: int) -> Selected:
        """Return the best block of the section that some rows are of."""
        sentences = [self.candidates.sentences[row] for row in rows]
        document = self.candidates.documents[rows[0]]
        start, end = best_block(document, sentences, weights_of(self.candidates.scores[rows]), longest)
        inside = [row for row in rows if start <= sentences[row - rows[0]].start < end]
        run = self._best_run(np.array(self._after_lead_in(inside)))
        start, end = self._cut(run, start, end, longest)
        return Selected(self._quote(run, start, end, self._focus(run, start, end)), run)

    def _cut(self, run: Run, start: int, end: int, longest: int) -> tuple[int, int]:
        """Return what a sentence longer than a quote may be is cut to: prose by its words, code by its lines."""
        if end - start <= longest:
            return start, end
        text = self.candidates.documents[run.first].text
        sentence = self.candidates.sentences[run.first]
        start, end = quote.shortened(text, sentence, self.question, self.stem, longest)
        return lines_within(text, start, end, longest)

    def _best_run(self, rows: Ids) -> Run:
        """Return the best run of sentences among some that stand together."""
        sentences = [self.candidates.sentences[row] for row in rows]
        passages = self.candidates.passages[rows]
        best = quote.best_runs(sentences, passages, self.probability[rows], 1)[0]
        return Run(int(rows[0]) + best.first, int(rows[0]) + best.last, best.probability)

    def _focus(self, run: Run, start: int, end: int) -> tuple[int, int]:
        """Return what of a run is the focus of the quote `text[start:end]`.

        Of a single long sentence it is a part, and of a FAQ's question with its answer the answer.
        """
        answers = run.first + (run.first < run.last and self._names_section(run.first))
        first, last = self.candidates.sentences[answers], self.candidates.sentences[run.last]
        begins, ends = first.start, last.end
        if run.first == run.last:
            begins, ends = quote.shortened(self.candidates.documents[run.first].text, first, self.question, self.stem)
        begins, ends = max(begins, start), min(ends, end)
        return (begins, ends) if begins < ends else (start, end)

    def _completed(self, run: Run) -> Selected:
        """Return a run with the sentence before it that it needs, or with what answers the question that it is.

        A pronoun needs what it points to, the answer of a FAQ its question.
        """
        sentences = self.candidates.sentences
        focus = start, end = self._focus(run, sentences[run.first].start, sentences[run.last].end)
        text = self.candidates.documents[run.first].text
        if is_lead_in(text[start:end]):
            after = self._after(run) or self._announced(run)
            if after is not None:
                end, focus = after[1], after
        elif self._is_next(run.first - 1, run.first) and (
            _OPENS_WITH_PRONOUN.match(text[start:end]) or self._names_section(run.first - 1)
        ):
            before = self.candidates.sentences[run.first - 1].start
            start = before if end - before <= _SPARE * LONGEST else start
        return Selected(self._quote(run, start, end, focus), run)

    def _after_lead_in(self, rows: Sequence[int]) -> Sequence[int]:
        """Return neighbouring rows without those that only announce or ask what the others say, if any are left."""
        leading = len(list(takewhile(self._leads_in, rows)))
        asking = max((at + 1 for at, row in enumerate(rows) if self._names_section(row)), default=0)
        return rows[max(leading, asking) :] or rows

    def _leads_in(self, row: int) -> bool:
        """Tell whether a candidate only announces, or asks, what follows it."""
        return is_lead_in(self._text_of(row))

    def _names_section(self, row: int) -> bool:
        """Tell whether a candidate is the question that its section is called by, whatever stands before it."""
        section = self.candidates.sections[row]
        return bool(section) and self._leads_in(row) and self._text_of(row).rstrip("*_ ").endswith(section[-1])

    def _text_of(self, row: int) -> str:
        sentence = self.candidates.sentences[row]
        return self.candidates.documents[row].text[sentence.start : sentence.end]

    def _announced(self, run: Run) -> tuple[int, int] | None:
        """Return what follows a run in the same section and in another passage: its block, as many lines as fit."""
        document, end = self.candidates.documents[run.first], self.candidates.sentences[run.last].end
        longest = self.candidates.sentences[run.first].start + LEAD
        following = next((block for block in blocks_in(document, end, longest) if block[1] >= end), None)
        if following is None or section_at(document, following[1]) != self.candidates.sections[run.first]:
            return None
        kind, start, end = following
        if end > longest and KINDS[kind] is BlockKind.PARAGRAPH:  # which would be cut in mid-sentence
            return None
        return lines_within(document.text, start, end_of_whole(document, start, longest), longest - start)

    def _after(self, run: Run) -> tuple[int, int] | None:
        """Return what follows a run: its block, or the whole list or table; as much as a quote may have."""
        if not self._is_next(run.last, run.last + 1):
            return None
        sentences, document = self.candidates.sentences, self.candidates.documents[run.first]
        longest, start = sentences[run.first].start + LEAD, sentences[run.last + 1].start
        ends = end_of_whole(document, start, longest)
        if ends <= longest:
            return start, ends
        after = run.last + 1
        while self._is_next(after, after + 1) and sentences[after + 1].end <= longest:
            after += 1
        return start, sentences[after].end

    def _is_next(self, row: int, following: int) -> bool:
        """Tell whether two candidates follow each other in one passage and are of kinds that may be quoted together."""
        if row < 0 or following >= len(self.candidates.sentences):
            return False
        return bool(self.candidates.passages[row] == self.candidates.passages[following])

    def _quote(self, run: Run, start: int, end: int, focus: tuple[int, int]) -> Quote:
        """Cut a quote from its document, as it is stored."""
        section = self.candidates.sections[run.first]
        document = self.candidates.documents[run.first]
        return quote_at(document, start, end, section=section, score=run.probability, focus=focus)
