"""Questions in, answers out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.answer import quotes as quote
from index.answer.abstention import is_headed, why_not
from index.answer.candidates import COMPARED, Candidates, CandidateScorer, ahead_of_next
from index.answer.chat_english import written_out
from index.answer.compounds import joined, parted
from index.answer.confidence import Evidence, Strictness, confidence, fitted_threshold, level
from index.answer.cut import quote_at, section_at
from index.answer.form import Form, form_of, only_question
from index.answer.kept import KeptAnswers
from index.answer.lessons import CONFIDENCE, NOTHING, Lessons, Stretch, Taught, led, stretch_of
from index.answer.message import cleaned
from index.answer.question import Question, following, take_apart, with_compounds
from index.answer.quotes import Run
from index.answer.reranker import Reranker
from index.answer.reranking import WEIGHT, Reranking
from index.answer.scope import SearchScope
from index.answer.search import Hits, Scope, Search
from index.answer.sections import POOL, Section, Sections, of_different_pages
from index.answer.selection import select
from index.answer.spelling import corrected
from index.answer.trace import AnswerTrace, ChoiceTrace
from index.answer.wording import Wording
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.errors import DamagedError
from index.read.missing import lacks_something
from index.records import NO_STEPS, Abstention, Answer, Level, Quote, Related, Steps, Turn
from index.store.base import Generation
from index.text.language import foreign, is_multilingual, likely
from index.text.sentences import sentences_in

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

_DOUBTFUL = 0.2
"""The confidence below which the whole message is answered instead of the one question in it: what is told around it
may say what it is about. The first block then helps for 0.50 of 159 posts with one question, instead of 0.16, and the
focus is right for 0.900 of 200 questions of `squad` with a story around them, instead of 0.905; with 0.3, 0.52 and
0.875."""

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


@dataclass(frozen=True, slots=True)
class Choice:
    """The best quotes for a question, best first, and what speaks for the first; neither where nothing was found."""

    quotes: tuple[Quote, ...]
    evidence: Evidence | None
    steps: Steps = NO_STEPS
    related: tuple[Related, ...] = ()
    has_further: bool = False
    """Whether there are more quotes than were wanted."""


class Answerer:
    """Answers from one generation. Not safe to be called from several threads at once."""

    def __init__(  # noqa: PLR0913 -- what it answers from, and how
        self,
        generation: Generation,
        encoder: Encoder,
        *,
        quotes: int,
        threshold: float | Strictness | None,
        reranker: Reranker | None = None,
        lessons: Lessons | None = None,
        is_fitted: bool = True,
    ) -> None:
        """Give at most `quotes` quotes, from the confidence `threshold` on (that of a `Strictness`; None is balanced).

        With a `reranker`, the best passages are read once more. `lessons` are what people have taught. `is_fitted`
        tells whether the confidence is fitted to encoder and reranker: where it is not, no answer is called sure.
        """
        self.generation = generation
        self._encoder = encoder
        self.quotes = quotes
        self._second_look = Reranking(reranker) if reranker else None
        self._read_counts = reranker is not None and reranker.is_fitted
        self.threshold = (
            threshold if isinstance(threshold, float | int) else fitted_threshold(threshold or Strictness.BALANCED)
        )
        self._search = Search(generation)
        self._sections = Sections(generation)
        self._candidacy = CandidateScorer(generation, encoder)
        self._is_multilingual = is_multilingual(encoder)
        self._kept = KeptAnswers(generation, encoder)
        self._lessons = lessons
        self._is_fitted = is_fitted

    def answer(self, asked: Asked) -> Answer:
        """Answer one question."""
        return self.answer_all([asked])[0]

    def answer_all(self, asked: Sequence[Asked]) -> list[Answer]:
        """Answer questions that were asked at once: they share one pass through the model.

        `milliseconds` of each holds its share of that pass, and what it took to look at it again.
        """
        return [trace.answer for trace in self.trace_all(asked)]

    def trace_all(
        self, asked: Sequence[Asked], *, has_time: Callable[[int], bool] = lambda _: True
    ) -> Iterator[AnswerTrace]:
        """Answer questions as `answer_all` does, and tell what each answer was made from.

        Each is yielded as soon as it is answered, in order. `has_time` is asked for each, by its number, right before,
        whether there is time for the second look.
        """
        started = time.perf_counter()
        encoded = self._encoded(asked)
        share = (time.perf_counter() - started) / max(len(asked), 1)
        for number, (question, exchange) in enumerate(zip(asked, encoded, strict=True)):
            trace = self._trace(question, exchange, share, looks_twice=has_time(number))
            yield self._reconsidered(question, trace)

    def choose_all(self, asked: Sequence[Asked]) -> list[Choice]:
        """Return what would be quoted, however little speaks for it: what the confidence is fitted on."""
        return [
            self._choose(question, self._question(question, encoded))[0]
            for question, encoded in zip(asked, self._encoded(asked), strict=True)
        ]

    def _encoded(self, asked: Sequence[Asked]) -> list[list[tuple[str, Vectors]]]:
        """Encode questions, each with the exchange before it where there is one, in one batch."""
        return self._with_vectors([self._spelled(question, _texts(question)) for question in asked])

    def _with_vectors(self, texts: list[list[str]]) -> list[list[tuple[str, Vectors]]]:
        vectors = iter(self._encoder.questions([text for group in texts for text in group]))
        return [[(text, next(vectors)) for text in group] for group in texts]

    def _reconsidered(self, asked: Asked, trace: AnswerTrace) -> AnswerTrace:
        """Return the answer to the whole message where the one question in it has none to rely on; else `trace`.

        What is blocked for the question is blocked for the message, and an answer does not become none.
        """
        if trace.answer.confidence >= _DOUBTFUL:
            return trace
        whole = _looked_at(asked.text)
        if _texts(asked)[0] == whole:
            return trace
        started = time.perf_counter()
        (encoded,) = self._with_vectors([self._spelled(asked, [whole])])
        encoding = time.perf_counter() - started
        again = self._trace(asked, encoded, encoding, looks_twice=False, blocked=trace.blocked)
        chosen = trace if trace.answer.answered and not again.answer.answered else again
        spent = trace.answer.milliseconds + again.answer.milliseconds
        steps = trace.answer.steps + again.answer.steps
        return replace(chosen, answer=replace(chosen.answer, milliseconds=spent, steps=steps))

    def _spelled(self, asked: Asked, texts: list[str]) -> list[str]:
        """Return the texts of a question, itself spelled as documents spell it."""
        visible = self._search.scopes.of(asked.seen)
        spelled = written_out(texts[0]) if likely(texts[0], visible.languages)[0] == "en" else texts[0]
        if visible.counts_quickly:
            spelled = parted(corrected(spelled, visible, self._encoder), visible, self.generation)
        return [spelled, *texts[1:]]

    def _trace(
        self,
        asked: Asked,
        encoded: list[tuple[str, Vectors]],
        encoding: float,
        *,
        looks_twice: bool,
        blocked: tuple[Stretch, ...] = (),
    ) -> AnswerTrace:
        started = time.perf_counter()
        question = self._question(asked, encoded)
        taught = self._taught(asked, *encoded[0])
        taught = replace(taught, blocked=(*taught.blocked, *blocked))
        most = asked.quotes or self.quotes
        leads = led(map(self._quoted, taught.leads), (), most)
        chosen, choice_trace = self._choose(asked, question, taught, looks_twice=looks_twice)
        quotes = self._noted(led(leads, chosen.quotes, most))
        sure = max(confidence(chosen.evidence) if chosen.evidence else 0.0, CONFIDENCE if leads else 0.0)
        threshold = self.threshold if asked.threshold is None else asked.threshold
        answered = bool(leads) or (bool(quotes) and sure >= threshold)
        visible = self._search.scopes.of(asked.seen)
        language = None if answered else self._foreign(question, visible)
        why_not = None if answered else self._why_not(question, chosen, language, visible)
        spent = 1000 * (time.perf_counter() - started)
        answer = Answer(
            question=asked.text,
            quotes=quotes if answered else (),
            confidence=sure,
            answered=answered,
            closest=() if answered else quotes,
            generation=self.generation.name,
            milliseconds=1000 * encoding + spent,
            abstention=why_not,
            language=language,
            related=chosen.related,
            level=Level.SURE if leads else self._level(chosen.evidence, quotes, why_not, answered=answered),
            steps=_steps(chosen.steps, 1000 * encoding, spent),
            is_block=not leads and chosen.evidence is not None and chosen.evidence.passage is not None,
            has_further=chosen.has_further or len(leads) + len(chosen.quotes) > most,
        )
        return AnswerTrace(answer, threshold, chosen.evidence, choice_trace, len(leads), taught.blocked)

    def _taught(self, asked: Asked, text: str, vector: Vectors) -> Taught:
        """Return what people have taught of a question in these words, as far as the asker may see it."""
        inside = asked.inside
        wording = Wording(text, vector, self._search.scopes.of(asked.seen).languages)
        known = self._lessons.taught(wording, self.generation) if self._lessons is not None else NOTHING
        leads = [*known.leads, *filter(known.allows, self._kept.leads(wording, inside))]
        return Taught(tuple(lead for lead in leads if inside is None or lead.source in inside), known.blocked)

    def _quoted(self, stretch: Stretch) -> Quote:
        document = self.generation.catalogue.document(stretch.source)
        section = section_at(document, stretch.start)
        return quote_at(document, stretch.start, stretch.end, section=section, score=1.0)

    def _noted(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Return quotes with the notes that go with them."""
        if self._lessons is None:
            return tuple(quotes)
        notes = [self._lessons.note_on(stretch_of(shown), self.generation) for shown in quotes]
        return tuple(replace(shown, note=note) if note else shown for shown, note in zip(quotes, notes, strict=True))

    def _foreign(self, question: Question, visible: SearchScope) -> str | None:
        """Return the name of a question's language, where neither the model nor a document speaks it."""
        return None if self._is_multilingual else foreign(question.text, visible.languages)

    def _why_not(self, question: Question, chosen: Choice, language: str | None, visible: SearchScope) -> Abstention:
        common = all(visible.passages_with(term) > PASSAGES for term in question.terms)
        headed = is_headed(question, chosen.quotes, visible.stems)
        return why_not(question, chosen.evidence, common=common, language=language, headed=headed)

    def _level(
        self, evidence: Evidence | None, quotes: Sequence[Quote], why_not: Abstention | None, *, answered: bool
    ) -> Level:
        incomplete = bool(quotes) and _lacks(quotes[0])
        return level(evidence, answered=answered, abstention=why_not, is_fitted=self._is_fitted, incomplete=incomplete)

    def _choose(
        self, asked: Asked, question: Question, taught: Taught = NOTHING, *, looks_twice: bool = True
    ) -> tuple[Choice, ChoiceTrace | None]:
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
        candidates = self._candidacy.candidates(question, scored_hits)
        scored = time.perf_counter()
        read = self._read(form, question, candidates) if looks_twice else None
        looked = 0.0 if read is None else 1000 * (time.perf_counter() - scored)
        steps = Steps(searching=1000 * (searched - began), second_look=looked)
        probability = quote.probabilities(candidates.scores, 0.0 if read is None else WEIGHT * read)
        most = count + len(taught.blocked)
        unfiltered = select(
            form, question, candidates, probability, count=most, stem=visible.stems, allows=taught.allows_quote
        )
        allowed = [selection for selection in unfiltered if taught.allows_quote(selection.quote)]
        selected = allowed[:count]
        if not selected:
            return Choice((), None, steps), ChoiceTrace(question, scored_hits, candidates, read, probability, (), hits)
        evidence = _evidence(selected[0].run, candidates, question, read if self._read_counts else None)
        if form is Form.BLOCK:
            ahead = ahead_of_next(candidates) if selected[0] is unfiltered[0] else 0.0
            evidence = replace(evidence, passage=float(hits.dense.max()), ahead=ahead)
        runs = tuple(run for selection in selected for run in (selection.run, *selection.others))
        choice_trace = ChoiceTrace(question, scored_hits, candidates, read, probability, runs, hits)
        quotes = tuple(selection.quote for selection in selected)
        further = len(allowed) > count
        return Choice(quotes, evidence, steps, self._related(ranked, quotes), further), choice_trace

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
        quoted = {(shown.source, shown.section) for shown in quotes}
        further: list[Related] = []
        for section in of_different_pages(ranked, 1 + _OF_PAGE):
            source = self.generation.catalogue.sources[section.document]
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

    def _question(self, asked: Asked, encoded: list[tuple[str, Vectors]]) -> Question:
        """Take a question apart, together with the exchange before it."""
        visible = self._search.scopes.of(asked.seen)
        for text, _ in encoded:
            visible.expect(text)
        question, *before = (
            take_apart(text, vector, self._encoder, visible.stems, visible.idf) for text, vector in encoded
        )
        if visible.counts_quickly:
            question = with_compounds(question, joined(question.text, visible), visible.stems)
        return following(question, before[0], before[1] if before[1:] else None) if before else question


def check_quote(generation: Generation, promised: Quote) -> None:
    """Raise `DamagedError` unless `promised` is, to the letter, what the store holds at its place."""
    document = generation.catalogue.document(promised.source)
    if document.text[promised.start : promised.end] != promised.text:
        raise DamagedError(f"{promised.source} no longer says what was quoted: ask again.")


def _evidence(lead: Run, candidates: Candidates, question: Question, read: Vectors | None) -> Evidence:
    """Return what the confidence in a lead is made of.

    A sentence that gives the revenue of a company and does not name it has a low cosine with a question that does. The
    one that names it, in the same document, then tells that the question is about this company.
    """
    best = lead.first + int(np.argmax(candidates.scores[lead.first : lead.last + 1]))
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
        unnamed=unnamed,
        read=None if read is None else float(np.logaddexp.reduce(read[lead.first : lead.last + 1])),
        follows=bool(question.before),
    )


def _steps(known: Steps, encoding: float, rest: float) -> Steps:
    """Return what each step took (ms); what is left of the `rest` of the time went into choosing."""
    return replace(known, encoding=encoding, choosing=rest - known.searching - known.second_look)


def _texts(asked: Asked) -> list[str]:
    """Return the question, the last one that the same person asked before it, and what that was answered with."""
    last = next((i for i in reversed(range(len(asked.history))) if asked.history[i].role == "user"), None)
    if last is None:
        return [question_text(asked.text)]
    answers = [turn.text[:_LONGEST_ANSWER] for turn in asked.history[last + 1 :]]
    return [_looked_at(text) for text in (asked.text, asked.history[last].text, *answers[:1])]


def question_text(text: str) -> str:
    """Return what is encoded of a question that is asked alone, before slips of the finger are put right."""
    looked_at = _looked_at(text)
    return only_question(looked_at) or looked_at


def _looked_at(text: str) -> str:
    """Return the beginning of a question without what is no part of it, nor of any text: null bytes and the like."""
    return cleaned(text[:_LONGEST_QUESTION].replace("\0", " ").encode(errors="replace").decode())


def _lacks(quote: Quote) -> bool:
    """Tell whether a part of the sentences of a quote that answer was not read."""
    start, end = (place - quote.start for place in quote.focus)
    sentences = sentences_in(quote.text) or [(0, len(quote.text))]
    return any(lacks_something(quote.text[first:last]) for first, last in sentences if first < end and start < last)
