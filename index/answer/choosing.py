"""Which quotes are chosen for a question, and what speaks for the first of them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.answer.asked import Asked
from index.answer.candidates import COMPARED, Candidates, CandidateScorer, ahead_of_next
from index.answer.confidence import Evidence
from index.answer.form import Form, form_of
from index.answer.lessons import NOTHING, Taught
from index.answer.question import Question
from index.answer.quotes import Run, probabilities
from index.answer.reranker import Reranker
from index.answer.reranking import WEIGHT, Reranking
from index.answer.search import Hits, Search
from index.answer.sections import POOL, Section, Sections, lead_of, of_different_pages
from index.answer.selection import select
from index.answer.trace import ChoiceTrace
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.records import NO_STEPS, Quote, Related, Steps

PASSAGES = 6
"""Passages whose sentences are looked at: ten gain 0.2 points and take twice the time, three lose a point."""

PASSAGES_AFTER = 10
"""The same for a question after another, which gets no second look: six are often of fewer than five documents."""

_OF_PAGE = 3
"""Sections of one page that are quoted, and compared to tell whether one stands out: some manuals are one page. With
two, all quotes together hold what is needed for 0.659 of 2,249 written questions, with three for 0.668."""

_SPARE = 1
"""Sections more than are quoted that are looked at, for some say the same as others."""

_RELATED = 3
"""Further places that are named."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The best quotes for a question, best first, and what speaks for the first; neither where nothing was found."""

    quotes: tuple[Quote, ...]
    evidence: Evidence | None
    steps: Steps = NO_STEPS
    related: tuple[Related, ...] = ()
    has_further: bool = False
    """Whether there are more quotes than were wanted."""


class Chooser:
    """Chooses quotes from one generation, at most `quotes` unless so many are asked for."""

    def __init__(self, search: Search, encoder: Encoder, reranker: Reranker | None, quotes: int) -> None:
        """Search by `search`; with a `reranker`, the best passages are read once more."""
        self.quotes = quotes
        self._search = search
        self._catalogue = search.generation.catalogue
        self._sections = Sections(search.generation)
        self._candidates = CandidateScorer(search.generation, encoder)
        self._second_look = Reranking(reranker) if reranker else None
        self._read_counts = reranker is not None and reranker.is_fitted

    def choose(
        self, asked: Asked, question: Question, taught: Taught = NOTHING, *, looks_twice: bool = True
    ) -> tuple[Choice, ChoiceTrace | None]:
        """Choose what to quote, and tell what of: None where nothing was found.

        What is blocked by `taught` is not chosen. With `looks_twice`, the best passages are read again if there is a
        reranker and the question is one for it.
        """
        began = time.perf_counter()
        visible = self._search.scopes.of(asked.seen)
        hits = self._search.search(
            question.searched, question.vector, POOL, asked.inside, before=question.before, languages=visible.languages
        )
        searched = time.perf_counter()
        if not question.terms or not len(hits.rows):
            return Choice((), None, Steps(searching=1000 * (searched - began))), None
        count = asked.quotes or self.quotes
        ranked = self._sections.ranked(question, hits)
        form = Form.BLOCK if ranked[0].is_asked_for else form_of(question.text, question.language)
        scored_hits = self._to_score(form, question, hits, ranked, count + len(taught.blocked))
        candidates = self._candidates.candidates(question, scored_hits)
        scored = time.perf_counter()
        read = self._read(form, question, candidates) if looks_twice else None
        looked = 0.0 if read is None else 1000 * (time.perf_counter() - scored)
        steps = Steps(searching=1000 * (searched - began), second_look=looked)
        probability = probabilities(candidates.leading, 0.0 if read is None else WEIGHT * read)
        most, allows = count + len(taught.blocked), taught.allows_quote
        unfiltered = select(form, question, candidates, probability, count=most, stem=visible.stems, allows=allows)
        allowed = [selection for selection in unfiltered if allows(selection.quote)]
        selected = allowed[:count]
        if not selected:
            return Choice((), None, steps), ChoiceTrace(question, scored_hits, candidates, read, probability, (), hits)
        evidence = _evidence(selected[0].run, candidates, question, read if self._read_counts else None)
        if form is Form.BLOCK:
            evidence = replace(evidence, passage=float(hits.dense.max()))
            if selected[0] is unfiltered[0]:  # and not what is left after what is blocked
                agreed = self._is_agreed_on(ranked[0], selected[0].quote)
                evidence = replace(evidence, ahead=ahead_of_next(candidates), lead=lead_of(ranked), agreed=agreed)
        runs = tuple(run for selection in selected for run in (selection.run, *selection.others))
        choice_trace = ChoiceTrace(question, scored_hits, candidates, read, probability, runs, hits)
        quotes = tuple(selection.quote for selection in selected)
        further = len(allowed) > count
        return Choice(quotes, evidence, steps, self._related(ranked, quotes), further), choice_trace

    def _is_agreed_on(self, best: Section, lead: Quote) -> bool:
        """Tell whether the first quote is of the best section, and that is the one by each way of ranking them."""
        place = (self._catalogue.sources[best.document].source, best.passages[0].passage.section)
        return best.is_agreed_on and place == (lead.source, lead.section)

    def _to_score(self, form: Form, question: Question, hits: Hits, ranked: list[Section], count: int) -> Hits:
        """Return the passages whose sentences are candidates: the best ones, or those of the best sections."""
        if form is Form.SENTENCE:
            return self._sections.by_name(question, hits, PASSAGES_AFTER if question.before else PASSAGES)
        best = list(of_different_pages(ranked, _OF_PAGE))[: max(count + _SPARE, COMPARED)]
        wide = self._sections.widened(best)
        numbers = [section.best_hit for section in wide for _ in section.passages]
        return hits.at(numbers, [row for section in wide for row in section.rows])

    def _related(self, ranked: list[Section], quotes: Sequence[Quote]) -> tuple[Related, ...]:
        """Return the best sections that were not quoted, of as many pages."""
        quoted = {(quote.source, quote.section) for quote in quotes}
        further: list[Related] = []
        for section in of_different_pages(ranked, 1 + _OF_PAGE):
            source = self._catalogue.sources[section.document]
            place = Related(source.source, source.title, section.passages[0].passage.section, source.url)
            if (place.source, place.section) not in quoted and place.source not in {other.source for other in further}:
                further.append(place)
        return tuple(further[:_RELATED])

    def _read(self, form: Form, question: Question, candidates: Candidates) -> Vectors | None:
        """Take the second look; not after another question, nor for blocks, of which rerankers know nothing.

        Read alone or joined to the one before, such questions found fewer right documents than without; and no weight
        of the log odds put more right sections first, for 121 questions of six communities (`bench/RESULTS.md`).
        """
        if self._second_look is None or form is Form.BLOCK or question.before:
            return None
        return self._second_look.log_odds(question, candidates)


def _evidence(lead: Run, candidates: Candidates, question: Question, read: Vectors | None) -> Evidence:
    """Return what the confidence in a lead is made of.

    A sentence that gives the revenue of a company and does not name it has a low cosine with a question that does. The
    one that names it, in the same document, then tells that the question is about this company. A row of a table is
    read below the names of its columns.
    """
    rows = np.arange(lead.first, lead.last + 1)
    rows = np.concatenate([rows, candidates.heads[rows]])
    best = int(rows[np.argmax(candidates.scores[rows])])
    passage = candidates.passages == candidates.passages[best]
    covered = candidates.coverage
    stated = np.maximum(covered.stated[passage].max(axis=0), covered.titled[best])
    said = np.maximum(covered.said[passage].max(axis=0), stated)
    unnamed = float(question.weights[question.named & (stated == 0)].sum())
    document = candidates.documents[best].id
    named = np.flatnonzero(candidates.only_named).tolist()
    naming = [row for row in named if candidates.documents[row].id == document]
    return Evidence(
        cosine=float(candidates.cosines[[best, *naming] if unnamed == 0 else [best]].max()),
        covered=float(covered.total[best]),
        said=float(said @ question.weights),
        unsaid=float(((1 - said) * question.weights).max(initial=0.0)),
        unnamed=unnamed,
        read=None if read is None else float(np.logaddexp.reduce(read[lead.first : lead.last + 1])),
        follows=bool(question.before),
    )
