"""Other files that a text shows as a part of itself: how it names them, and what stands in their place."""

from __future__ import annotations

import re

INCLUDED = re.compile(
    r"(?P<indent>\s*)(?:"
    r"\{\{\s*#(?:rustdoc_include|include|playground)\s+(?P<mdbook>[^}]+?)\s*\}\}"
    r"|;?-{1,}8<-{1,}\s+[\"'](?P<snippet>[^\"']+)[\"']"
    r"|<!--\s*@include:\s*(?P<vitepress>[^>]+?)\s*-->"
    r"|<<<\s*(?P<code>[^\s\[\]]+)\s*(?:\[[^\]]*\])?"
    r"|\{!>?\s*(?P<macro>[^!}]+?)\s*!\}"
    r"|\{\*\s*(?P<star>\S+)[^*}]*\*\}"
    r")\s*"
)
"""A line that names a file which a page shows in its place; the groups but `indent` are its name."""


class _InCode:
    """The same of a line of code: what stands for the file there is plain text."""

    def fullmatch(self, text: str) -> dict[str, str] | None:
        """Return the line's indentation and the file that it names, or None."""
        if "{" not in text and "8<" not in text:
            return None
        match = INCLUDED.fullmatch(text)
        return {"indent": match["indent"], "path": path_of(match)} if match else None


INCLUDED_IN_CODE = _InCode()


def path_of(match: re.Match[str]) -> str:
    """Return the name of the file that a line names."""
    return next((text for name, text in match.groupdict().items() if name != "indent" and text), "")


def not_included(path: str) -> str:
    """Return the words that stand where a page shows another file."""
    return f"[not included: {' '.join(path.split())}]"
