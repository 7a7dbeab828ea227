"""The values that the labels of metrics have. They are few and fixed: never an id or a text of anybody's."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """How a question came."""

    SLASH = "slash"
    MENTION = "mention"
    REPLY = "reply"
    DM = "dm"
    MENU = "menu"
    UNASKED = "unasked"
    BUTTON = "button"


class Step(StrEnum):
    """What time goes into, from a question to its answer."""

    WAITING = "waiting"
    ENCODING = "encoding"
    SEARCHING = "searching"
    SECOND_LOOK = "second look"
    CHOOSING = "choosing"
    CARD = "card"
    SENDING = "sending"


class Rebuilt(StrEnum):
    """What came of a rebuild."""

    SWAPPED = "swapped"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    BROKEN_OFF = "broken off"


ANSWERED = "answered"
FAILED = "failed"
NO_RESPONSE = "none"
