"""What the bot's process reports, a JSON object a line, and how it is written without keeping anybody waiting."""

from __future__ import annotations

import json
import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Callable

from bot.playground.botstate import Phase
from bot.standin.payload import Json

_BETWEEN_STEPS = 0.1
"""Seconds between two reports of one step."""

_log = logging.getLogger(__name__)

Report = Json | Callable[[], Json]
"""A report, or what makes one: it is made in the thread that writes."""


class Reports:
    """Writes reports in a thread of its own."""

    def __init__(self, descriptor: int) -> None:
        """Write to the open file `descriptor`."""
        self._file = os.fdopen(descriptor, "w", encoding="utf-8")
        self._waiting: queue.SimpleQueue[Report] = queue.SimpleQueue()
        self._phase, self._step, self._at = Phase.STARTING, "", 0.0
        threading.Thread(target=self._write, name="reports", daemon=True).start()

    @classmethod
    def on_standard_output(cls) -> Reports:
        """Take standard output for reports alone; what is printed from now on goes to standard error."""
        descriptor = os.dup(sys.stdout.fileno())
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        return cls(descriptor)

    def send(self, report: Report) -> None:
        """Have a report written."""
        self._waiting.put(report)

    def phase(self, phase: Phase) -> None:
        """Take the steps from now on for those of `phase`."""
        self._phase, self._step = phase, ""

    def step(self, name: str, done: int, total: int) -> None:
        """Report how far a step of the start is, now and then."""
        self._now_and_then({"report": "step", "phase": self._phase, "step": name, "done": done, "total": total})

    def rebuilding(self, step: str, done: int, total: int) -> None:
        """Report how far a step of a rebuild is, now and then."""
        self._now_and_then({"report": "rebuilding", "step": step, "done": done, "total": total})

    def _now_and_then(self, report: Json) -> None:
        now = time.monotonic()
        if report["step"] != self._step or report["done"] >= report["total"] or now - self._at >= _BETWEEN_STEPS:
            self._step, self._at = report["step"], now
            self.send(report)

    def _write(self) -> None:
        while True:
            report = self._waiting.get()
            try:
                line = report if isinstance(report, dict) else report()
            except Exception:  # noqa: BLE001 -- what comes after it is reported all the same
                _log.exception("a report could not be made")
                continue
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
