"""What can go wrong for a person.

DriverError
├── ClientRefusesError   Discord's client would not let them: not offered, not allowed, not filled in
└── NoAnswerError        nothing came in the time they waited
"""

from __future__ import annotations


class DriverError(Exception):
    """A person did not get what they wanted."""


class ClientRefusesError(DriverError):
    """Discord's client would not let them do it; nothing was sent."""


class NoAnswerError(DriverError):
    """Nothing came in the time they waited."""
