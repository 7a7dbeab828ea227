"""The log: a JSON object a line on standard error."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

_ORDINARY = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """Formats a record as JSON: time, level, logger, message, and what it was given besides."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record on one line."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{key: value for key, value in record.__dict__.items() if key not in _ORDINARY},
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def set_up(level: str, *, questions: bool) -> None:
    """Log from `level` on to standard error.

    At DEBUG discord.py logs every message whole, so it is held at INFO unless `questions` may stand in the log.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    logging.getLogger("discord").setLevel(logging.NOTSET if questions else max(logging.INFO, logging.root.level))
