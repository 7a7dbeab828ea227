"""Files of settings as tables: YAML, TOML and JSON, with whatever a tool adds to YAML passed over."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

Table = Mapping[str, Any]


def table_of(text: str, name: str) -> Table:
    """Return the table that a file of settings holds, an empty one where it holds none."""
    if name.endswith(".toml"):
        table = _toml(text)
    elif name.endswith(".json"):
        table = _json(text)
    else:
        table = _yaml(text)
    return table if isinstance(table, Mapping) else {}


def at(table: Table, *keys: str) -> Any:
    """Return the value at the end of a path of keys, in any case of letters, or None."""
    value: Any = table
    for key in keys:
        if not isinstance(value, Mapping):
            return None
        value = next((child for name, child in value.items() if str(name).lower() == key.lower()), None)
    return value


def text_at(table: Table, *keys: str, default: str = "") -> str:
    """Return the text at the end of a path of keys."""
    value = at(table, *keys)
    return value if isinstance(value, str) else default


def _toml(text: str) -> object:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _yaml(text: str) -> object:
    import yaml

    class Loader(yaml.SafeLoader):
        """Takes what is tagged for a tool, such as `!ENV` or `!!python/name:`, for nothing: none of it is run."""

    Loader.add_multi_constructor("", lambda *_: None)
    try:
        return Loader(text).get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
