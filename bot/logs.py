"""The log: a JSON object a line on standard error."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from index.errors import QuothError

_LEFT_OUT = "(left out)"
_ORDINARY = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


_PASSES = re.compile(r"(/(?:webhooks|interactions)/\d+/|[\"']token\\*[\"']: *\\*[\"'])[^/\s\"'?\\]+")
"""An interaction's token, in URLs and in Discord's payloads: whoever has it can answer as the bot."""


class JsonLines(logging.Formatter):
    """Formats a record as JSON: time, level, logger, message and the extra fields, without secrets."""

    def __init__(self, *secrets: str) -> None:
        """Remove `secrets` from every line, wherever they come from."""
        super().__init__()
        self._secrets = sorted(filter(None, secrets), key=len, reverse=True)  # longest first: one may contain another

    def format(self, record: logging.LogRecord) -> str:
        """Return the record on one line."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{key: value for key, value in record.__dict__.items() if key not in _ORDINARY},
        }
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        line = _PASSES.sub(rf"\g<1>{_LEFT_OUT}", json.dumps(fields, ensure_ascii=False, default=str))
        for secret in self._secrets:
            line = line.replace(secret, _LEFT_OUT)
        return line


def log_failure(log: logging.Logger, message: str, error: Exception) -> None:
    """Log what failed and the reason; with a traceback where the error is not one of the program's own."""
    unforeseen = None if isinstance(error, QuothError) else error
    log.error(message, extra={"reason": str(error) or type(error).__name__}, exc_info=unforeseen)


def set_up(level: str, *, questions: bool, secrets: Iterable[str] = ()) -> None:
    """Log to standard error from `level` up, with `secrets` (such as the bot's token) removed from every line.

    At DEBUG discord.py logs whole messages, so its level stays at INFO unless `questions` allows that.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines(*secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    logging.getLogger("discord").setLevel(logging.NOTSET if questions else max(logging.INFO, logging.root.level))
