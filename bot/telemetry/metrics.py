"""The metrics that are counted as things happen, in a registry of their own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

import aiohttp
from prometheus_client import CollectorRegistry, Counter, GCCollector, Histogram, Info, PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from bot.telemetry.labels import ANSWERED, FAILED, NO_RESPONSE, Rebuilt, Step, Way, Wrote
from index.records import Abstention

if TYPE_CHECKING:
    from types import SimpleNamespace

    from index.records import Answer

_STEP_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_LAG_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """The bot's counters and timers; `registry` holds them and the platform's metrics of the process."""

    def __init__(self) -> None:
        """Create every series at zero, so that all are exported from the start."""
        self.registry = CollectorRegistry(auto_describe=True)
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        Info("quoth", "Which Quoth this is.", registry=self.registry).info({"version": version("quoth")})
        self._questions = self._counter("quoth_questions", "Questions taken, by how they came.", "way", Way)
        self._answers = self._counter(
            "quoth_answers",
            "What questions came to: answered, why not, or failed by an error.",
            "outcome",
            (ANSWERED, *Abstention, FAILED),
        )
        self._rebuilds = self._counter("quoth_rebuilds", "Rebuilds asked for, by outcome.", "outcome", Rebuilt)
        self._wrote = self._counter("quoth_written", "What asking the writer came to.", "outcome", Wrote)
        self._responses = self._counter("quoth_discord_responses", "Discord's responses, by HTTP status.", "status", ())
        self._steps = Histogram(
            "quoth_step_seconds",
            "Time that a question spent in a step on its way to the answer.",
            ["step"],
            buckets=_STEP_BUCKETS,
            registry=self.registry,
        )
        for step in Step:
            self._steps.labels(step)
        self._lag = Histogram(
            "quoth_event_loop_lag_seconds",
            "How late the event loop ran what was due.",
            buckets=_LAG_BUCKETS,
            registry=self.registry,
        )

    def asked(self, way: Way) -> None:
        """Count a question."""
        self._questions.labels(way).inc()

    def answered(self, answer: Answer) -> None:
        """Count an answer, and record how long its steps took."""
        self._answers.labels(answer.abstention or ANSWERED).inc()
        steps = answer.steps
        for step, milliseconds in (
            (Step.ENCODING, steps.encoding),
            (Step.SEARCHING, steps.searching),
            (Step.SECOND_LOOK, steps.second_look),
            (Step.CHOOSING, steps.choosing),
        ):
            self.spent(step, milliseconds / 1000)

    def failed(self) -> None:
        """Count a question that ended in an error."""
        self._answers.labels(FAILED).inc()

    def spent(self, step: Step, seconds: float) -> None:
        """Record how long a step took."""
        self._steps.labels(step).observe(seconds)

    @contextmanager
    def timed(self, step: Step) -> Iterator[None]:
        """Record how long the block takes, unless it raises."""
        began = time.perf_counter()
        yield
        self.spent(step, time.perf_counter() - began)

    def rebuilt(self, outcome: Rebuilt) -> None:
        """Count a rebuild."""
        self._rebuilds.labels(outcome).inc()

    def wrote(self, outcome: Wrote) -> None:
        """Count a question that the writer was to be asked."""
        self._wrote.labels(outcome).inc()

    def lagged(self, seconds: float) -> None:
        """Record the event loop's lag."""
        self._lag.observe(seconds)

    def trace(self) -> aiohttp.TraceConfig:
        """Return a trace config that counts an HTTP client's responses by status, and requests without a response."""
        trace = aiohttp.TraceConfig()

        async def ended(_: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
            self._responses.labels(str(end.response.status)).inc()

        async def broke(
            _: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestExceptionParams
        ) -> None:
            self._responses.labels(NO_RESPONSE).inc()

        trace.on_request_end.append(ended)
        trace.on_request_exception.append(broke)
        return trace

    def _counter(
        self, name: str, about: str, label: str, values: type[Way | Rebuilt | Wrote] | tuple[str, ...]
    ) -> Counter:
        counter = Counter(name, about, [label], registry=self.registry)
        for value in values:
            counter.labels(value)
        return counter
