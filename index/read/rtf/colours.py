"""The colours of RTF: text that nobody sees, for it is white on white or has the colour that is put behind it."""

from __future__ import annotations

import re

from index.read.rtf.state import State

_COLOURS = re.compile(r"\{\\colortbl([^{}]{0,20000})\}")
_WHITE = re.compile(r"(?=.*\\red255)(?=.*\\green255)(?=.*\\blue255).*")
_BEHIND = re.compile(
    r"\\(?:highlight|cb|cbpat|clcbpat|chcbpat|trcbpat|shading|clshdng|chshdng|fillColor|cfpat)[1-9]|\\background"
)


class Colours:
    """The colours that a file names, by their numbers in its words."""

    def __init__(self, source: str) -> None:
        """Look for them in the text of a file."""
        table = _COLOURS.search(source)
        colours = ["".join(colour.split()) for colour in table[1].split(";")] if table else []
        self._whites = {number for number, colour in enumerate(colours) if _WHITE.fullmatch(colour)}
        self._colours = dict(enumerate(colours))
        self._on_white = _BEHIND.search(source) is None

    def hide(self, state: State) -> bool:
        """Tell whether text that is set so cannot be seen."""
        return self._is_white(state) or self._is_in_its_fill(state)

    def _is_white(self, state: State) -> bool:
        """Tell whether text is white, in a file that puts no colour behind any."""
        return self._on_white and state.part != "styles" and state.colour in self._whites

    def _is_in_its_fill(self, state: State) -> bool:
        """Tell whether text has the colour that is put right behind it: what marks it lies over what shades it."""
        behind = state.marked or (0 if state.patterned else state.behind)
        if behind <= 0 or state.colour <= 0:
            return False
        known = self._colours.get(behind)
        return behind == state.colour or (bool(known) and known == self._colours.get(state.colour))
