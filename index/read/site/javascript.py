"""Settings in JavaScript or TypeScript, of which only what is written out as a text is taken; they are never run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TEXT = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`[^`]*`"
_COMMENT = re.compile(rf"(?P<text>{_TEXT})|/\*(?:(?!\*/).)*(?:\*/|\Z)|//[^\n]*", re.DOTALL)
_TOKEN = re.compile(rf"{_TEXT}|[{{}}]|[^{{}}\"'`]+|.", re.DOTALL)
_VALUE = r"(?P<value>\"[^\"\n]*\"|'[^'\n]*'|`[^`$\n]*`|true\b|false\b)"
_CONSTANT = re.compile(rf"^(?:export\s+)?(?:const|let|var)\s+(?P<key>\w+)(?:\s*:\s*\w+)?\s*=\s*{_VALUE}", re.MULTILINE)
_KEY = re.compile(r"(\w+)[\"']?\s*:\s*(?:\w+\s*\(\s*)?\Z")
_LONGEST_KEY = 100
_OBJECT = re.compile(rf"\{{(?:{_TEXT}|[^{{}}\"'`])*", re.DOTALL)
_GIVEN = re.compile(r"(?<!\w)[\"']?(\w{1,40})[\"']?\s{0,40}:\s{0,40}(\"[^\"\n]*\"|'[^'\n]*'|`[^`$\n]*`)")
"""The beginning of an object up to the first in it, and what keys are given there."""


@dataclass(slots=True)
class Table:
    """An object as it is written, without those in it: its `name` is the key that it is given to."""

    name: str
    depth: int
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is written in it."""
        return "".join(self.pieces)


class Script:
    """A file of settings."""

    def __init__(self, text: str) -> None:
        """Take the file apart."""
        self.text = _COMMENT.sub(lambda match: match["text"] or " ", text)
        self.tables = _tables(self.text)
        self._constants = {match["key"]: match["value"] for match in _CONSTANT.finditer(self.text)}

    def setting(self, key: str, table: Table | None = None) -> str | None:
        """Return the text that a key is given in a table, or in the outermost that has it; None without one.

        `true` and `false` are returned as such. A key may be given a constant of the same file.
        """
        named = re.compile(
            rf"(?:^|[{{,(\s])[\"']?{re.escape(key)}[\"']?\s*(?::\s*(?:{_VALUE}|(?P<name>\w+))|(?=[,\n]|\Z))"
        )
        for candidate in [table] if table is not None else sorted(self.tables, key=lambda table: table.depth):
            for match in named.finditer(candidate.text) if key in candidate.text else ():
                value = match["value"] or self._constants.get(match["name"] or key)
                if value is not None:
                    return value.strip("\"'`")
        return None

    def has(self, key: str) -> bool:
        """Return whether a key is given anything."""
        return bool(re.search(rf"(?<![\w.]){re.escape(key)}\s*[:(]", self.text))


def labelled(text: str, key: str, label: str) -> list[tuple[str, str]]:
    """Return what `key` and `label` are given, as texts, in each object that says both and holds no other before."""
    pairs = []
    for match in _OBJECT.finditer(_COMMENT.sub(lambda match: match["text"] or " ", text)):
        given = {name: value.strip("\"'`") for name, value in _GIVEN.findall(match[0])}
        if given.get(key) and given.get(label):
            pairs.append((given[key], given[label]))
    return pairs


def _tables(text: str) -> list[Table]:
    open_, closed = [Table("", 0)], []
    for token in _TOKEN.finditer(text):
        if token[0] == "{":
            key = _KEY.search("".join(open_[-1].pieces[-3:])[-_LONGEST_KEY:])
            open_.append(Table(key[1] if key else "", len(open_)))
        elif token[0] == "}" and len(open_) > 1:
            closed.append(open_.pop())
            open_[-1].pieces.append("{}")
        else:
            open_[-1].pieces.append(token[0])
    return closed
