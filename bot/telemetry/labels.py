"""The values of metric labels: few and fixed, never an id or anybody's text."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """The way in which a question was asked."""

    SLASH = "slash"
    MENTION = "mention"
    REPLY = "reply"
    DM = "dm"
    MENU = "menu"
    UNASKED = "unasked"
    BUTTON = "button"


class Step(StrEnum):
    """A step between a question and its answer that takes time."""

    WAITING = "waiting"
    ENCODING = "encoding"
    SEARCHING = "searching"
    SECOND_LOOK = "second look"
    CHOOSING = "choosing"
    CARD = "card"
    SENDING = "sending"


class Rebuilt(StrEnum):
    """The outcome of a rebuild."""

    SWAPPED = "swapped"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    BROKEN_OFF = "broken off"


class Wrote(StrEnum):
    """What asking the language model for sentences came to: each request once; `CACHED` is a question without one."""

    WRITTEN = "written"
    CACHED = "cached"
    UNPROVEN = "unproven"
    LATE = "late"
    FAILED = "failed"
    OVER_BUDGET = "over budget"


ANSWERED = "answered"
FAILED = "failed"
NO_RESPONSE = "none"
