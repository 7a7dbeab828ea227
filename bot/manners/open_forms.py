"""Forms that somebody has open: one that has been open for too long is answered too, and not just lost."""

from __future__ import annotations

from collections import OrderedDict

PREFIX = "quoth:form:"
"""How the `custom_id` of each of these forms begins; a number of its own follows: two may have the same one open."""

OPEN_SECONDS = 3600.0
"""Seconds that a form is waited for."""

_REMEMBERED = 1_000


class OpenForms:
    """The `custom_id`s of forms that are waited for."""

    def __init__(self) -> None:
        self._open: OrderedDict[str, None] = OrderedDict()

    def open(self, custom_id: str) -> None:
        """Wait for a form."""
        self._open[custom_id] = None
        if len(self._open) > _REMEMBERED:
            self._open.popitem(last=False)

    def give_up(self, custom_id: str) -> None:
        """Wait for a form no longer."""
        self._open.pop(custom_id, None)

    def is_lost(self, custom_id: str) -> bool:
        """Tell whether a form that is sent is one that nobody waits for: it was open for too long, or at a restart."""
        return custom_id.startswith(PREFIX) and custom_id not in self._open
