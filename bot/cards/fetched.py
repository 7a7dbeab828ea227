"""What a connector's run came to, in the words of a card."""

from __future__ import annotations

from bot.localisation import words
from bot.localisation.catalogue import figure, say
from bot.localisation.explanation import explained
from index.library.connectors.state import State


def outcome_of(state: State) -> str:
    """Return what a run came to: how many documents there are, and what of them is new, or why it failed."""
    if state.error is not None:
        return say("failed: {reason}", reason=explained(state.error))
    if state.ended is None:
        return say("has not run yet")
    parts = [
        words.documents(state.documents),
        say("{n} added", n=figure(state.added)) if state.added else "",
        say("{n} changed", n=figure(state.changed)) if state.changed else "",
        say("{n} removed", n=figure(state.removed)) if state.removed else "",
        say("{n} left out", n=figure(state.failed)) if state.failed else "",
    ]
    return " · ".join(filter(None, parts))
