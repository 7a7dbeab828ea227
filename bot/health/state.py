"""The metrics that are read on request: the generation in use, the queue, the gateway, connectors and channels."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot import compose
from bot.channels.states import ChannelState, states
from bot.channels.store import ChannelError
from bot.connector_status import rows_or_fault

if TYPE_CHECKING:
    from bot.services import Services
    from index.store.base import Generation


class State(Collector):
    """Collects the state of the bot's parts for Prometheus."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._channels: Sequence[ChannelState] = ()

    async def look(self) -> None:
        """Look at what takes too long for the event loop: half a million messages are counted in half a second."""
        self._channels = ()
        with contextlib.suppress(ChannelError):  # which `/index status` tells
            self._channels = await asyncio.to_thread(states, self._services.channels.store)

    def describe(self) -> list[GaugeMetricFamily]:
        """Return no metrics in advance."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the current values."""
        desk, limits = self._services.desk, self._services.limits
        for name, description, value in (
            ("quoth_questions_waiting", "Questions that wait for the model.", desk.waiting),
            ("quoth_questions_underway", "Questions that are being answered, waiting included.", limits.in_progress),
            ("quoth_model_busy_seconds", "How long the model has been at what it is doing.", desk.busy_seconds()),
        ):
            yield GaugeMetricFamily(name, description, value)
        if (generation := desk.held) is not None:
            yield from self._generation(generation)
        yield from self._gateway()
        yield from self._connectors()
        yield from self._of_channels()

    def _generation(self, generation: Generation) -> Iterator[GaugeMetricFamily]:
        manifest = generation.manifest
        age = datetime.now(UTC) - datetime.fromisoformat(manifest.created)
        number = int(generation.name.partition("-")[0])
        for name, description, value in (
            ("quoth_generation_number", "Number of the generation in use.", number),
            ("quoth_generation_age_seconds", "Time since the generation in use was built.", age.total_seconds()),
            ("quoth_documents", "Documents in the generation in use.", manifest.counts.documents),
            ("quoth_passages", "Passages in the generation in use.", manifest.counts.passages),
        ):
            yield GaugeMetricFamily(name, description, value)

    def _connectors(self) -> Iterator[GaugeMetricFamily]:
        documents = GaugeMetricFamily("quoth_connector_documents", "Documents of a connector.", labels=["connector"])
        left_out = GaugeMetricFamily(
            "quoth_connector_left_out", "Documents that a connector's last run could not fetch.", labels=["connector"]
        )
        up = GaugeMetricFamily("quoth_connector_up", "Whether a connector's last run succeeded.", labels=["connector"])
        age = GaugeMetricFamily(
            "quoth_connector_age_seconds", "Time since a connector's last run ended.", labels=["connector"]
        )
        rows, _ = rows_or_fault(compose.connectors(self._services.settings))
        for row in rows:
            state = row.state
            documents.add_metric([row.name], state.documents)
            left_out.add_metric([row.name], state.failed)
            up.add_metric([row.name], float(state.ended is not None and state.error is None))
            if state.ended is not None:
                ended = datetime.fromisoformat(state.ended)
                age.add_metric([row.name], (datetime.now(UTC) - ended).total_seconds())
        yield from (documents, left_out, up, age)

    def _of_channels(self) -> Iterator[GaugeMetricFamily]:
        """Yield what has been read of channels, which have their ids for labels: people write their names."""
        documents = GaugeMetricFamily("quoth_channel_documents", "Documents of a channel.", labels=["channel"])
        messages = GaugeMetricFamily("quoth_channel_messages", "Messages kept of a channel.", labels=["channel"])
        up = GaugeMetricFamily(
            "quoth_channel_up", "Whether a channel was read to its end, and last without a failure.", labels=["channel"]
        )
        age = GaugeMetricFamily(
            "quoth_channel_age_seconds", "Time since a channel's history was last looked at.", labels=["channel"]
        )
        for state in self._channels:
            label = [str(state.watched.channel)]
            documents.add_metric(label, state.documents)
            messages.add_metric(label, state.messages)
            up.add_metric(label, float(state.watched.complete and state.failure is None))
            began = self._services.channels.activity.began.get(state.watched.channel)
            if began is not None:
                age.add_metric(label, time.monotonic() - began)
        yield from (documents, messages, up, age)

    def _gateway(self) -> Iterator[GaugeMetricFamily]:
        up = GaugeMetricFamily("quoth_gateway_up", "Whether a shard is logged in.", labels=["shard"])
        silence = GaugeMetricFamily(
            "quoth_gateway_silence_seconds", "Time since a shard was last heard of.", labels=["shard"]
        )
        latency = GaugeMetricFamily(
            "quoth_gateway_latency_seconds", "Time from the last heartbeat to its echo.", labels=["shard"]
        )
        for beat in self._services.pulse.beats():
            label = [str(beat.shard)]
            up.add_metric(label, float(beat.up))
            silence.add_metric(label, beat.silence)
            latency.add_metric(label, beat.latency if math.isfinite(beat.latency) else math.nan)
        yield from (up, silence, latency)
