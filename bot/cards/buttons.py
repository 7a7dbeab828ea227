"""What each button says when it is pressed: all that its card needs to be made again stands in its `custom_id`.

`PATTERNS` are for `discord.ui.DynamicItem` templates. `parse` takes any string, as Discord hands on whatever a client
sends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.cards import reference as references
from bot.cards.reference import Reference

_NOTHING = "-"
_HASH = r"[A-Za-z0-9_-]{11}"
_HASH_BYTES = 8
_PLACE = r"[ft]\d{1,10}"
_MOST_PAGES = 6
_WHOLE = 100

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
    """Show managers what was asked: a list (`vain`, `asked`, `disliked`), of so many days, on a page from 0."""

    kind: str
    days: int
    page: int


@dataclass(frozen=True, slots=True)
class Correct:
    """Correct the answers whose text has changed: for managers."""


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


OfTeaching = Teach | Decide | TakeBack | ListCorrections | Agree
ForServers = GoBack | Solved | AskHelper | Choose | UndoChange
OfInsight = TellMe | ShowInsight | Correct
Pressed = (
    ForServers | OfInsight | OfTeaching | Undo | ShowContext | ShowMore | Vote | ShowPart | Open | ListPage | Share
)


PATTERNS: Mapping[type[Pressed], re.Pattern[str]] = MappingProxyType(
    {
        ShowContext: re.compile(rf"quoth:context:({references.PATTERN})(?::({_PLACE}))?(?::p(\d{{1,3}}))?", re.ASCII),
        ShowMore: re.compile(rf"quoth:more:({_HASH}):(\d{{1,4}})", re.ASCII),
        Vote: re.compile(rf"quoth:vote:(up|down):({_HASH}):({references.PATTERN}|-)", re.ASCII),
        ShowPart: re.compile(rf"quoth:part:({references.PATTERN}):({_PLACE})", re.ASCII),
        Open: re.compile(rf"quoth:open:({_HASH}):({_HASH})", re.ASCII),
        Undo: re.compile(rf"quoth:undo:(add|remove):({_HASH})", re.ASCII),
        Choose: re.compile(r"quoth:set:([a-z_]{1,40})", re.ASCII),
        UndoChange: re.compile(r"quoth:unset:(\d{1,15})", re.ASCII),
        GoBack: re.compile(rf"quoth:back:({_HASH})", re.ASCII),
        Share: re.compile(r"quoth:share", re.ASCII),
        Solved: re.compile(r"quoth:solved", re.ASCII),
        AskHelper: re.compile(r"quoth:helper", re.ASCII),
        ListPage: re.compile(rf"quoth:list:(\d{{1,{_MOST_PAGES}}})", re.ASCII),
        TellMe: re.compile(rf"quoth:tell:({_HASH})", re.ASCII),
        ShowInsight: re.compile(r"quoth:insight:(vain|asked|disliked):(\d{1,4}):(\d{1,3})", re.ASCII),
        Correct: re.compile(r"quoth:correct()", re.ASCII),
        Teach: re.compile(rf"quoth:teach:({_HASH})", re.ASCII),
        Decide: re.compile(rf"quoth:(lead|block|note):({_HASH}):({references.PATTERN})", re.ASCII),
        TakeBack: re.compile(r"quoth:untaught:(\d{1,15})", re.ASCII),
        ListCorrections: re.compile(rf"quoth:taught:(\d{{1,{_MOST_PAGES}}})", re.ASCII),
        Agree: re.compile(r"quoth:agree:(yes|no):(\d{1,20})", re.ASCII),
    }
)
"""The form of each button's `custom_id`."""


def custom_id(pressed: Pressed) -> str:
    """Return the `custom_id` of a button: of at most 100 characters."""
    match pressed:
        case ShowContext(quote, at, percent):
            place = f":{_place(at)}" if at else ""
            return f"quoth:context:{references.encode(quote)}{place}{'' if percent is None else f':p{percent}'}"
        case ShowMore(question, skip):
            return f"quoth:more:{references.letters(question)}:{skip}"
        case Vote(up, question, quote):
            lead = references.encode(quote) if quote else _NOTHING
            return f"quoth:vote:{'up' if up else 'down'}:{references.letters(question)}:{lead}"
        case ShowPart(part, at):
            return f"quoth:part:{references.encode(part)}:{_place(at)}"
        case Open() | Undo() | ListPage() | Share():
            return _id_of_documents(pressed)
        case _:
            return _id_for_managers(pressed)


def _id_for_managers(pressed: ForServers | OfInsight | OfTeaching) -> str:
    if isinstance(pressed, OfTeaching):
        return _id_of_teaching(pressed)
    return _id_of_insight(pressed) if isinstance(pressed, OfInsight) else _id_for_servers(pressed)


def _id_of_teaching(pressed: OfTeaching) -> str:
    match pressed:
        case Teach(question):
            return f"quoth:teach:{references.letters(question)}"
        case Decide(kind, question, passage):
            return f"quoth:{kind}:{references.letters(question)}:{references.encode(passage)}"
        case TakeBack(number):
            return f"quoth:untaught:{number}"
        case ListCorrections(page):
            return f"quoth:taught:{page}"
        case Agree(yes, message):
            return f"quoth:agree:{'yes' if yes else 'no'}:{message}"


def _id_for_servers(pressed: ForServers) -> str:
    match pressed:
        case GoBack(between):
            return f"quoth:back:{references.letters(between)}"
        case Choose(name):
            return f"quoth:set:{name}"
        case UndoChange(number):
            return f"quoth:unset:{number}"
        case Solved():
            return "quoth:solved"
        case AskHelper():
            return "quoth:helper"


def _id_of_insight(pressed: TellMe | ShowInsight | Correct) -> str:
    match pressed:
        case TellMe(question):
            return f"quoth:tell:{references.letters(question)}"
        case ShowInsight(kind, days, page):
            return f"quoth:insight:{kind}:{days}:{page}"
        case Correct():
            return "quoth:correct"


def _id_of_documents(pressed: Open | Undo | ListPage | Share) -> str:
    match pressed:
        case Open(source, section):
            return f"quoth:open:{references.letters(source)}:{references.letters(section)}"
        case Undo(added, source):
            return f"quoth:undo:{'add' if added else 'remove'}:{references.letters(source)}"
        case ListPage(page):
            return f"quoth:list:{page}"
        case Share():
            return "quoth:share"


def parse(custom_id: str) -> Pressed | None:
    """Return what a button says, or None where `custom_id` is none that `custom_id` makes."""
    for kind, pattern in PATTERNS.items():
        if match := pattern.fullmatch(custom_id):
            pressed = _READERS[kind](*match.groups())
            return pressed if pressed is not None and _same(pressed, custom_id) else None
    return None


def _same(pressed: Pressed, said: str) -> bool:
    return custom_id(pressed) == said


def _place(at: At) -> str:
    return f"{at.way}{at.offset}"


def _at(place: str) -> At:
    return At(Way(place[0]), int(place[1:]))


def _context(quote: str, place: str | None, percent: str | None) -> Pressed | None:
    found = references.decode(quote)
    if found is None or (percent and int(percent) > _WHOLE):
        return None
    return ShowContext(found, _at(place) if place else None, int(percent) if percent else None)


def _more(question: str, skip: str) -> Pressed | None:
    found = references.from_letters(question, _HASH_BYTES)
    return ShowMore(found, int(skip)) if found is not None else None


def _vote(way: str, question: str, quote: str) -> Pressed | None:
    asked = references.from_letters(question, _HASH_BYTES)
    lead = references.decode(quote)
    if asked is None or (lead is None and quote != _NOTHING):
        return None
    return Vote(way == "up", asked, lead)


def _part(part: str, place: str) -> Pressed | None:
    found = references.decode(part)
    return ShowPart(found, _at(place)) if found else None


def _open(source: str, section: str) -> Pressed | None:
    hashes = [references.from_letters(one, _HASH_BYTES) for one in (source, section)]
    return Open(hashes[0], hashes[1]) if hashes[0] is not None and hashes[1] is not None else None


def _undo(what: str, source: str) -> Pressed | None:
    found = references.from_letters(source, _HASH_BYTES)
    return Undo(what == "add", found) if found is not None else None


def _tell(question: str) -> Pressed | None:
    found = references.from_letters(question, _HASH_BYTES)
    return TellMe(found) if found is not None else None


def _insight(kind: str, days: str, page: str) -> Pressed | None:
    return ShowInsight(kind, int(days), int(page))


def _correct(_: str) -> Pressed | None:
    return Correct()


def _teach(question: str) -> Pressed | None:
    found = references.from_letters(question, _HASH_BYTES)
    return Teach(found) if found is not None else None


def _decide(kind: str, question: str, passage: str) -> Pressed | None:
    asked, found = references.from_letters(question, _HASH_BYTES), references.decode(passage)
    return Decide(kind, asked, found) if asked is not None and found is not None else None


def _take_back(number: str) -> Pressed | None:
    return TakeBack(int(number))


def _taught(page: str) -> Pressed | None:
    return ListCorrections(int(page))


def _agree(answer: str, message: str) -> Pressed | None:
    return Agree(answer == "yes", int(message))


def _back(between: str) -> Pressed | None:
    found = references.from_letters(between, _HASH_BYTES)
    return GoBack(found) if found is not None else None


def _choose(name: str) -> Pressed | None:
    return Choose(name)


def _unset(number: str) -> Pressed | None:
    return UndoChange(int(number))


def _list(page: str) -> Pressed | None:
    return ListPage(int(page))


_READERS: Mapping[type[Pressed], Callable[..., Pressed | None]] = MappingProxyType(
    {
        ShowContext: _context,
        ShowMore: _more,
        Vote: _vote,
        ShowPart: _part,
        Open: _open,
        Undo: _undo,
        TellMe: _tell,
        ShowInsight: _insight,
        Correct: _correct,
        Teach: _teach,
        Decide: _decide,
        TakeBack: _take_back,
        ListCorrections: _taught,
        Agree: _agree,
        Choose: _choose,
        UndoChange: _unset,
        GoBack: _back,
        Share: Share,
        Solved: Solved,
        AskHelper: AskHelper,
        ListPage: _list,
    }
)
