"""Pandoc's lists that number themselves: `#.` within a list, `(@)` through the whole text."""

from __future__ import annotations

import re

from index.read.markdown.lines import LinePass, rule

_LONGEST = 50
"""Lines of an item that are looked at for its number."""

_COUNTED = re.compile(r"\s*1\. ")


@rule("#", r"(?P<indent>\s*)#\.(?=\s+\S)")
def _counted(lines: LinePass, match: re.Match[str]) -> bool:
    """Give an item that its list counts a number: which one is the parser's to know."""
    before = reversed(lines.out[-_LONGEST:])
    paragraph = next((line for line, _ in before if not line.strip() or _COUNTED.match(line)), "")
    if not lines.after_text or paragraph.strip():
        text, number = lines.lines[lines.at]
        lines.lines[lines.at] = (f"{match['indent']}1.{text[match.end() :]}", number)
    return False


@rule("(", r"(?P<indent>\s{0,3})\(@(?P<label>[\w-]*)\)(?=\s+\S)")
def _example(lines: LinePass, match: re.Match[str]) -> bool:
    """Give an example its number, which is counted through the whole text."""
    text, number = lines.lines[lines.at]
    count = lines.page.examples.get(match["label"] or f" {number}")
    if count is not None:
        lines.lines[lines.at] = (f"{match['indent']}{count}){text[match.end() :]}", number)
    return False
