"""The type of a JSON object on the wire, whose shape Discord's documentation holds and Python's types do not."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
