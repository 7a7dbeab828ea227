"""Questions in, answers out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from index.answer.abstention import is_headed, why_not
from index.answer.asked import Asked
from index.answer.choosing import PASSAGES, Choice, Chooser
from index.answer.confidence import Evidence, Strictness, confidence, fitted_threshold, level
from index.answer.cut import quote_at, section_at
from index.answer.kept import KeptAnswers
from index.answer.lessons import CONFIDENCE, NOTHING, Lessons, Stretch, Taught, led, stretch_of
from index.answer.parsing import Encoded, QuestionParser
from index.answer.question import Question
from index.answer.reranker import Reranker
from index.answer.scope import SearchScope
from index.answer.search import Search
from index.answer.trace import AnswerTrace
from index.answer.wording import Wording
from index.arrays import Vectors
from index.encode.encoder import Encoder
from index.read.missing import lacks_something
from index.records import Abstention, Answer, Level, Quote, Steps
from index.store.base import Generation
from index.text.language import foreign
from index.text.sentences import sentences_in

_DOUBTFUL = 0.2
"""The confidence below which the whole message is answered instead of the one question in it: what is told around it
may say what it is about. The first block then helps for 0.50 of 159 posts with one question, instead of 0.16, and the
focus is right for 0.900 of 200 questions of `squad` with a story around them, instead of 0.905; with 0.3, 0.52 and
0.875."""


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
        self.quotes = quotes
        self.threshold = (
            threshold if isinstance(threshold, float | int) else fitted_threshold(threshold or Strictness.BALANCED)
        )
        search = Search(generation)
        self._scopes = search.scopes
        self._parser = QuestionParser(search, encoder)
        self._chooser = Chooser(search, encoder, reranker, quotes)
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
        encoded = self._parser.encode(asked)
        share = (time.perf_counter() - started) / max(len(asked), 1)
        for number, (question, exchange) in enumerate(zip(asked, encoded, strict=True)):
            trace = self._trace(question, exchange, share, looks_twice=has_time(number))
            yield self._reconsidered(question, trace)

    def choose_all(self, asked: Sequence[Asked]) -> list[Choice]:
        """Return what would be quoted, however little speaks for it: what the confidence is fitted on."""
        return [
            self._chooser.choose(question, self._parser.parse(question, encoded))[0]
            for question, encoded in zip(asked, self._parser.encode(asked), strict=True)
        ]

    def _reconsidered(self, asked: Asked, trace: AnswerTrace) -> AnswerTrace:
        """Return the answer to the whole message where the one question in it has none to rely on; else `trace`.

        What is blocked for the question is blocked for the message, and an answer does not become none.
        """
        if trace.answer.confidence >= _DOUBTFUL:
            return trace
        started = time.perf_counter()
        encoded = self._parser.encode_message(asked)
        if encoded is None:
            return trace
        encoding = time.perf_counter() - started
        again = self._trace(asked, encoded, encoding, looks_twice=False, blocked=trace.blocked)
        chosen = trace if trace.answer.answered and not again.answer.answered else again
        spent = trace.answer.milliseconds + again.answer.milliseconds
        steps = trace.answer.steps + again.answer.steps
        return replace(chosen, answer=replace(chosen.answer, milliseconds=spent, steps=steps))

    def _trace(
        self,
        asked: Asked,
        encoded: Encoded,
        encoding: float,
        *,
        looks_twice: bool,
        blocked: tuple[Stretch, ...] = (),
    ) -> AnswerTrace:
        started = time.perf_counter()
        question = self._parser.parse(asked, encoded)
        taught = self._taught(asked, *encoded[0])
        taught = replace(taught, blocked=(*taught.blocked, *blocked))
        most = asked.quotes or self.quotes
        leads = led(map(self._quoted, taught.leads), (), most)
        chosen, choice_trace = self._chooser.choose(asked, question, taught, looks_twice=looks_twice)
        quotes = self._noted(led(leads, chosen.quotes, most))
        sure = max(confidence(chosen.evidence) if chosen.evidence else 0.0, CONFIDENCE if leads else 0.0)
        threshold = self.threshold if asked.threshold is None else asked.threshold
        answered = bool(leads) or (bool(quotes) and sure >= threshold)
        visible = self._scopes.of(asked.seen)
        language = None if answered else foreign(question.text, visible.languages)
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
        wording = Wording(text, vector, self._scopes.of(asked.seen).languages)
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
        notes = [self._lessons.note_on(stretch_of(quote), self.generation) for quote in quotes]
        return tuple(replace(quote, note=note) if note else quote for quote, note in zip(quotes, notes, strict=True))

    def _why_not(self, question: Question, chosen: Choice, language: str | None, visible: SearchScope) -> Abstention:
        common = all(visible.passages_with(term) > PASSAGES for term in question.terms)
        headed = is_headed(question, chosen.quotes, visible.stems)
        return why_not(question, chosen.evidence, common=common, language=language, headed=headed)

    def _level(
        self, evidence: Evidence | None, quotes: Sequence[Quote], why_not: Abstention | None, *, answered: bool
    ) -> Level:
        incomplete = bool(quotes) and _lacks(quotes[0])
        return level(evidence, answered=answered, abstention=why_not, is_fitted=self._is_fitted, incomplete=incomplete)


def _steps(known: Steps, encoding: float, rest: float) -> Steps:
    """Return what each step took (ms); what is left of the `rest` of the time went into choosing."""
    return replace(known, encoding=encoding, choosing=rest - known.searching - known.second_look)


def _lacks(quote: Quote) -> bool:
    """Tell whether a part of the sentences of a quote that answer was not read."""
    start, end = (place - quote.start for place in quote.focus)
    sentences = sentences_in(quote.text) or [(0, len(quote.text))]
    return any(lacks_something(quote.text[first:last]) for first, last in sentences if first < end and start < last)
