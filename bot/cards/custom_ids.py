"""The `custom_id` of each button: how what the button says is written in it, and read from it.

`PATTERNS` are for `discord.ui.DynamicItem` templates. `parse` takes any string, as Discord hands on whatever a client
sends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from types import MappingProxyType
from typing import Any

from bot.cards import reference as references
from bot.cards.buttons import (
    Accept,
    Agree,
    AskHelper,
    At,
    Choose,
    Correct,
    Decide,
    GoBack,
    ListCorrections,
    ListPage,
    Open,
    Pressed,
    PutBack,
    ReadAs,
    Share,
    ShowChanges,
    ShowContext,
    ShowInsight,
    ShowMore,
    ShowPart,
    Solved,
    TakeBack,
    Teach,
    TellMe,
    Undo,
    UndoChange,
    UndoRefresh,
    Vote,
    Way,
)

PICK = "quoth:pick"
"""How the `custom_id` of a select begins, each of whose values is that of a button."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a `custom_id`: its form, how the field of a button is written and read, and how None is written.

    None is written as `nothing`; where that is empty the part is missing. A field without it is never None.
    """

    form: str
    write: Callable[[Any], str] = str
    read: Callable[[str], Any] = str
    nothing: str | None = None

    @property
    def pattern(self) -> str:
        if self.nothing == "":
            return f"(?::({self.form}))?"
        return f":({self.form}{'' if self.nothing is None else f'|{self.nothing}'})"


def _number(digits: int) -> _Part:
    return _Part(rf"\d{{1,{digits}}}", read=int)


def _either(yes: str, no: str) -> _Part:
    return _Part(f"{yes}|{no}", lambda field: yes if field else no, lambda written: written == yes)


_HASH = _Part(r"[A-Za-z0-9_-]{11}", references.letters, partial(references.from_letters, size=8))
_REFERENCE = _Part(references.PATTERN, references.encode, references.decode)
_LEAD = replace(_REFERENCE, nothing="-")
_AT = _Part(r"[ft]\d{1,10}", lambda at: f"{at.way}{at.offset}", lambda written: At(Way(written[0]), int(written[1:])))
_AT_OR_NONE = replace(_AT, nothing="")
_PERCENT = _Part(r"p(?:100|\d{1,2})", lambda percent: f"p{percent}", lambda written: int(written[1:]), "")
_PAGE, _ID = _number(6), _number(20)
_VERSION = replace(_number(20), nothing="")
_SETTING = _Part("[a-z_]{1,40}")

_FORMS: Mapping[type[Pressed], tuple[str | _Part, ...]] = MappingProxyType(
    {
        ShowContext: ("context", _REFERENCE, _AT_OR_NONE, _PERCENT),
        ShowMore: ("more", _HASH, _number(4)),
        Vote: ("vote", _either("up", "down"), _HASH, _LEAD),
        ShowPart: ("part", _REFERENCE, _AT),
        Open: ("open", _HASH, _HASH),
        Undo: ("undo", _either("add", "remove"), _HASH, _VERSION),
        UndoRefresh: ("unfetch", _number(10), _HASH),
        Choose: ("set", _SETTING, replace(_number(2), nothing="")),
        PutBack: ("reset", _SETTING),
        UndoChange: ("unset", _number(15)),
        GoBack: ("back", _HASH),
        Accept: ("accept", _HASH),
        Share: ("share",),
        Solved: ("solved",),
        AskHelper: ("helper",),
        ListPage: ("list", _PAGE),
        TellMe: ("tell", _HASH),
        ShowInsight: ("insight", _Part("vain|asked|disliked|unasked"), _number(4), _number(3)),
        Correct: ("correct",),
        ShowChanges: ("changes", _PAGE),
        Teach: ("teach", _HASH),
        Decide: (_Part("lead|block|note"), _HASH, _REFERENCE),
        TakeBack: ("untaught", _number(15)),
        ListCorrections: ("taught", _PAGE),
        ReadAs: ("read", _Part("days|messages|pins"), _HASH),
        Agree: ("agree", _either("yes", "no"), _ID, replace(_HASH, nothing="")),
    }
)
"""What stands in a `custom_id` behind `quoth`: words, and the fields of the button in order."""

PATTERNS: Mapping[type[Pressed], re.Pattern[str]] = MappingProxyType(
    {
        kind: re.compile(
            "quoth" + "".join(f":{part}" if isinstance(part, str) else part.pattern for part in form), re.ASCII
        )
        for kind, form in _FORMS.items()
    }
)
"""The form of each button's `custom_id`."""


def custom_id(pressed: Pressed) -> str:
    """Return the `custom_id` of a button: of at most 100 characters."""
    return ":".join(["quoth", *_written(pressed)])


def _written(pressed: Pressed) -> Iterator[str]:
    values = (getattr(pressed, field.name) for field in fields(pressed))
    for part in _FORMS[type(pressed)]:
        if isinstance(part, str):
            yield part
            continue
        value = next(values)
        written = part.nothing if value is None else part.write(value)
        if written:
            yield written


def parse(custom_id: str) -> Pressed | None:
    """Return what a button says, or None where `custom_id` is none that `custom_id` makes."""
    for kind, pattern in PATTERNS.items():
        if match := pattern.fullmatch(custom_id):
            pressed = _read(kind, match.groups())
            return pressed if pressed is not None and _same(pressed, custom_id) else None
    return None


def _read(kind: type[Pressed], texts: tuple[str | None, ...]) -> Pressed | None:
    make: Callable[..., Pressed] = kind
    parts = [part for part in _FORMS[kind] if isinstance(part, _Part)]
    values = [
        None if text is None or text == part.nothing else part.read(text)
        for part, text in zip(parts, texts, strict=True)
    ]
    if any(value is None and part.nothing is None for part, value in zip(parts, values, strict=True)):
        return None
    return make(*values)


def _same(pressed: Pressed, written: str) -> bool:
    return custom_id(pressed) == written
