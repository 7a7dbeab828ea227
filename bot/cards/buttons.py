"""What each button says when it is pressed: all that its card needs to be made again stands in its `custom_id`.

`PATTERNS` are for `discord.ui.DynamicItem` templates. `parse` takes any string, as Discord hands on whatever a client
sends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any

from bot.cards import reference as references
from bot.cards.reference import Reference

PICK = "quoth:pick"
"""How the `custom_id` of a select begins, each of whose values is that of a button."""


class Way(StrEnum):
    """Which way a page lies: from an offset on, or up to it."""

    FROM = "f"
    TO = "t"


@dataclass(frozen=True, slots=True)
class At:
    """The page that begins at an offset of its document, or ends there."""

    way: Way
    offset: int


@dataclass(frozen=True, slots=True)
class ShowContext:
    """Show a quote in its surroundings: the page `at`, or the one around the quote.

    `percent` is how probable it is that the quote answers, where that is known of it.
    """

    quote: Reference
    at: At | None = None
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class ShowMore:
    """Show the quotes of a question from number `skip` on; `question` is the hash of the question asked."""

    question: bytes
    skip: int


@dataclass(frozen=True, slots=True)
class Vote:
    """Say that an answer helped, or did not; `quote` is the lead, where there is one."""

    up: bool
    question: bytes
    quote: Reference | None


@dataclass(frozen=True, slots=True)
class ShowPart:
    """Show part of a document, the page `at` of it."""

    part: Reference
    at: At


@dataclass(frozen=True, slots=True)
class Open:
    """Show a document, or a section of it, by the hashes of its source and of its path."""

    source: bytes
    section: bytes


@dataclass(frozen=True, slots=True)
class ListPage:
    """Show a page of the list of documents; pages count from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what was added to the library, or put back what was removed, by the hash of its source."""

    added: bool
    source: bytes


@dataclass(frozen=True, slots=True)
class TellMe:
    """Tell whoever pressed once the documents have an answer; `question` is the hash of the question asked."""

    question: bytes


@dataclass(frozen=True, slots=True)
class ShowInsight:
    """Show managers a list of what was asked (`vain`, `asked`, ...), of so many days, on a page from 0."""

    kind: str
    days: int
    page: int


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct the answers whose text has changed: for managers."""


@dataclass(frozen=True, slots=True)
class ShowChanges:
    """Show managers a page of the answers whose text has changed, old and new; pages count from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class Share:
    """Show to everybody in the channel the card that its reader alone sees."""


@dataclass(frozen=True, slots=True)
class Choose:
    """Set one of the settings of a server to what is picked in its select."""

    name: str


@dataclass(frozen=True, slots=True)
class UndoChange:
    """Take back a change to the settings of a server, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class PutBack:
    """Put a setting of a server back to its default."""

    name: str


@dataclass(frozen=True, slots=True)
class Solved:
    """Mark the forum post that the button is in as solved."""


@dataclass(frozen=True, slots=True)
class AskHelper:
    """Ask the helpers in the forum post that the button is in."""


@dataclass(frozen=True, slots=True)
class GoBack:
    """Go back to the index before; `between` is a hash of the names of the one in use and of the one before it."""

    between: bytes


@dataclass(frozen=True, slots=True)
class Accept:
    """Put an index in use that was kept aside; `between` is a hash of the names of the one in use and of that one."""

    between: bytes


@dataclass(frozen=True, slots=True)
class Teach:
    """Correct the answer to a question, by the hash of the question asked: for managers."""

    question: bytes


@dataclass(frozen=True, slots=True)
class Decide:
    """Say of a passage that it answers a question (`lead`), that it does not (`block`), or write a `note` on it."""

    kind: str
    question: bytes
    passage: Reference


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take a correction back, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class ListCorrections:
    """Show managers a page of the corrections; pages count from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class Agree:
    """Say as the author of a message (by its id) whether it may be kept as an answer."""

    yes: bool
    message: int


@dataclass(frozen=True, slots=True)
class ReadAs:
    """Read a channel in one of the ways (`days`, `messages`, `pins`), by the hash of its source: for managers."""

    reads: str
    source: bytes


OfTeaching = Teach | Decide | TakeBack | ListCorrections | Agree
ForServers = GoBack | Accept | Solved | AskHelper | Choose | UndoChange | PutBack | ReadAs
OfInsight = TellMe | ShowInsight | Correct | ShowChanges | Share
Pressed = ForServers | OfInsight | OfTeaching | Undo | ShowContext | ShowMore | Vote | ShowPart | Open | ListPage


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
    return _Part(f"{yes}|{no}", lambda field: yes if field else no, lambda said: said == yes)


_HASH = _Part(r"[A-Za-z0-9_-]{11}", references.letters, partial(references.from_letters, size=8))
_REFERENCE = _Part(references.PATTERN, references.encode, references.decode)
_LEAD = replace(_REFERENCE, nothing="-")
_AT = _Part(r"[ft]\d{1,10}", lambda at: f"{at.way}{at.offset}", lambda said: At(Way(said[0]), int(said[1:])))
_AT_OR_NONE = replace(_AT, nothing="")
_PERCENT = _Part(r"p(?:100|\d{1,2})", lambda percent: f"p{percent}", lambda said: int(said[1:]), "")
_PAGE, _ID = _number(6), _number(20)
_SETTING = _Part("[a-z_]{1,40}")

_FORMS: Mapping[type[Pressed], tuple[str | _Part, ...]] = MappingProxyType(
    {
        ShowContext: ("context", _REFERENCE, _AT_OR_NONE, _PERCENT),
        ShowMore: ("more", _HASH, _number(4)),
        Vote: ("vote", _either("up", "down"), _HASH, _LEAD),
        ShowPart: ("part", _REFERENCE, _AT),
        Open: ("open", _HASH, _HASH),
        Undo: ("undo", _either("add", "remove"), _HASH),
        Choose: ("set", _SETTING),
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
        Agree: ("agree", _either("yes", "no"), _ID),
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
        said = part.nothing if value is None else part.write(value)
        if said:
            yield said


def parse(custom_id: str) -> Pressed | None:
    """Return what a button says, or None where `custom_id` is none that `custom_id` makes."""
    for kind, pattern in PATTERNS.items():
        if match := pattern.fullmatch(custom_id):
            pressed = _read(kind, match.groups())
            return pressed if pressed is not None and _same(pressed, custom_id) else None
    return None


def _read(kind: type[Pressed], said: tuple[str | None, ...]) -> Pressed | None:
    make: Callable[..., Pressed] = kind
    parts = [part for part in _FORMS[kind] if isinstance(part, _Part)]
    values = [
        None if text is None or text == part.nothing else part.read(text)
        for part, text in zip(parts, said, strict=True)
    ]
    if any(value is None and part.nothing is None for part, value in zip(parts, values, strict=True)):
        return None
    return make(*values)


def _same(pressed: Pressed, said: str) -> bool:
    return custom_id(pressed) == said
