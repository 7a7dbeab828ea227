"""What the words of RTF set for the text that follows them, and the end of a group takes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

_TINY = 2
"""Half points: text of one point is not to be read."""

_LEVELS = 9
_MOST_SKIPPED = 9


@dataclass(frozen=True, slots=True)
class State:
    """What a group sets, and its end takes back."""

    part: str = "body"
    hidden: bool = False
    colour: int = 0
    marked: int = 0
    behind: int = 0
    patterned: bool = False
    tiny: bool = False
    raised: bool = False
    struck: bool = False
    font: int = -1
    fixed: bool = False
    skipped: int = 1
    style: int = -1
    level: int = 0
    in_table: bool = False


_NO_COLOURS: Mapping[str, Any] = {"colour": 0, "marked": 0, "behind": 0, "patterned": False}


def changed(state: State, word: str, value: int | None) -> State:
    """Return what holds after a word that sets a property."""
    match word:
        case "v" | "deleted":
            return replace(state, hidden=value != 0)
        case "plain":
            return replace(state, fixed=False, hidden=False, raised=False, struck=False, tiny=False, **_NO_COLOURS)
        case "strike" | "striked":
            return replace(state, struck=value != 0)
        case "super" | "sub" | "nosupersub":
            return replace(state, raised=word == "super" and value != 0)
        case "pard" | "intbl":
            return (
                replace(state, in_table=True) if word == "intbl" else replace(state, style=-1, level=0, in_table=False)
            )
    return _with_number(state, word, value) if value is not None else state


_WITH_NUMBER: Mapping[str, Callable[[int], dict[str, Any]]] = {
    "s": lambda value: {"style": value},
    "f": lambda value: {"font": value},
    "cf": lambda value: {"colour": value},
    "highlight": lambda value: {"marked": value},
    **dict.fromkeys(("cb", "chcbpat"), lambda value: {"behind": value}),
    "chshdng": lambda value: {"patterned": value != 0},
    "fs": lambda value: {"tiny": 0 < value <= _TINY},
    "uc": lambda value: {"skipped": max(0, min(value, _MOST_SKIPPED))},
    "outlinelevel": lambda value: {"level": value + 1 if 0 <= value < _LEVELS else 0},
}
"""What words with a number change of the state."""


def _with_number(state: State, word: str, value: int) -> State:
    changes = _WITH_NUMBER.get(word)
    return replace(state, **changes(value)) if changes is not None else state
