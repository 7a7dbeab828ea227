"""YAML: lists of questions and other writing as text, settings as code with their comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.errors import UnreadableError
from index.read.code_text import add_code, add_plain
from index.read.data.tree import Pairs, Scalar, Value, add_data, is_prose
from index.read.decoding import decoded
from index.read.draft import Draft

if TYPE_CHECKING:
    from yaml import events

_DEEPEST = 100
_TEMPLATED = ("{{", "{%")


def read_yaml(data: bytes) -> Draft:
    """Read YAML; what is none, as a template is, is read as it stands."""
    text = decoded(data)
    draft = Draft()
    value = _parsed(text)
    if value is None or isinstance(value, str):
        (add_code if any(mark in text for mark in _TEMPLATED) or ":" in text else add_plain)(draft, text)
    elif is_prose(value):
        add_data(draft, value)
    else:
        add_code(draft, text)
    return draft


def _parsed(text: str) -> Value | None:
    """Return the one document that YAML holds, or a list of them, or None where it is not YAML."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml's it takes ten times as long
    try:
        documents = _Build().over(yaml.parse(text, Loader=loader))
    except yaml.YAMLError:
        return None
    return documents[0] if len(documents) == 1 else documents


class _Build:
    """Builds values out of events, not by calls in calls: libyaml's own way crashes where nesting is deep."""

    def __init__(self) -> None:
        self._documents: list[Value] = []
        self._open: list[tuple[list[Any], Scalar | None, str | None]] = []
        self._key: Scalar | None = None
        self._anchors: dict[str, Value] = {}

    def over(self, stream: Iterator[events.Event]) -> list[Value]:
        """Take all events and return a value for each document."""
        from yaml import events

        for event in stream:
            if isinstance(event, events.CollectionStartEvent):
                self._begin(Pairs() if isinstance(event, events.MappingStartEvent) else [], event.anchor)
            elif isinstance(event, events.CollectionEndEvent):
                self._end()
            elif isinstance(event, events.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, events.AliasEvent):
                self._put(self._anchors.get(event.anchor or "", ""))
        return self._documents

    def _begin(self, value: list[Any], anchor: str | None) -> None:
        if len(self._open) >= _DEEPEST:
            raise UnreadableError("is nested more deeply than can be read: make it flatter")
        self._open.append((value, self._key, anchor))
        self._key = None

    def _end(self) -> None:
        """Close what was opened last; what names itself inside itself finds nothing by that name."""
        value, self._key, anchor = self._open.pop()
        if anchor:
            self._anchors[anchor] = value
        self._put(value)

    def _scalar(self, event: events.ScalarEvent) -> None:
        plain = event.style is None
        text = "" if plain and event.value.lower() in {"~", "null"} else event.value
        first = (event.start_mark.line if event.start_mark else 0) + (2 if event.style in {"|", ">"} else 1)
        value = Scalar.at(text, first)
        if event.anchor:
            self._anchors[event.anchor] = value
        self._put(value)

    def _put(self, value: Value) -> None:
        if not self._open:
            self._documents.append(value)
            return
        within = self._open[-1][0]
        if not isinstance(within, Pairs):
            within.append(value)
        elif self._key is None:
            self._key = value if isinstance(value, Scalar) else Scalar.at("", 1)
        else:
            within.append((self._key, value))
            self._key = None
