"""Quotes of blocks, for questions that ask for help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from index.answer import quotes as quote
from index.answer.blocks import (
    COMPLETED,
    LEAD,
    LEAST,
    MOST,
    SHOWN,
    best_block,
    blocks_in,
    is_term,
    lines_within,
    only_announces,
    weights_of,
)
from index.answer.candidates import by_section
from index.answer.contents import is_contents
from index.answer.cutter import Cutter, Selected
from index.answer.quotes import KEPT, Run
from index.arrays import Ids
from index.records import BlockKind, Quote
from index.store.values import KINDS, StoredDocument
from index.text.words import all_words


class BlockCutter(Cutter):
    """Cuts the best block of each section."""

    def blocks(self) -> Iterator[Selected]:
        """Yield the best block of each section, the first one the largest.

        What helps nobody by itself is passed over, unless there is nothing else: a table of contents, a name that the
        heading says already, or what announces something that does not follow.
        """
        longest, shown, spare = LEAD, 0, None
        for rows in by_section(self.candidates):
            if all(self.candidates.sentences[row].kind is BlockKind.HEADING for row in rows):
                continue
            block = self._block(rows, longest)
            if self._is_spare(block.quote, self.candidates.documents[rows[0]]):
                spare = spare or block
                continue
            yield block
            shown += len(block.quote.text)
            longest = min(max(SHOWN - shown, LEAST), MOST)
        if not shown and spare is not None:
            yield spare

    def _is_spare(self, quote: Quote, document: StoredDocument) -> bool:
        called = {word.lower() for word in all_words(" ".join((quote.title, *quote.section)))}
        says_more = {word.lower() for word in all_words(quote.text)} - called
        return not says_more or only_announces(quote.text) or is_contents(document, quote.start, quote.end)

    def _block(self, rows: Ids, longest: int) -> Selected:
        """Return the best block of the section that some rows are of."""
        sentences = [self.candidates.sentences[row] for row in rows]
        document = self.candidates.documents[rows[0]]
        start, end = best_block(document, sentences, weights_of(self.candidates.leading[rows]), longest, KEPT)
        inside = [row for row in rows if start <= sentences[row - rows[0]].start < end]
        run = self._best_run(np.array(self.after_lead_in(inside)))
        start, end = self._cut(run, start, end, max(longest, COMPLETED))
        return Selected(self.quote_of(run, start, end, self.focus_of(self._of_one(run), start, end)), run)

    def _of_one(self, run: Run) -> Run:
        """Return the part of a run that is about one thing: from a name, such as an option, to before the next one."""
        best = run.first + int(np.argmax(self.probability[run.first : run.last + 1]))
        names = [row for row in range(run.first, run.last + 1) if self._is_name(row)]
        first = max((row for row in names if row <= best), default=run.first)
        last = min((row - 1 for row in names if row > best), default=run.last)
        return replace(run, first=first, last=last)

    def _is_name(self, row: int) -> bool:
        """Tell whether a candidate is a paragraph that only names what follows it."""
        sentence = self.candidates.sentences[row]
        block = blocks_in(self.candidates.documents[row], sentence.start, sentence.end)[0]
        paragraph = (KINDS.index(BlockKind.PARAGRAPH), sentence.start, sentence.end)
        return block == paragraph and is_term(self.text_of(row))

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
