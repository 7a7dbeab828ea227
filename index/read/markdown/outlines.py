"""What Docsify, Logseq and programs for slides write between lines of Markdown."""

from __future__ import annotations

import re

from index.read.includes import Reference
from index.read.markdown.dialects import MARK
from index.read.markdown.included import add_file
from index.read.markdown.lines import LinePass, rule

_SLIDE = re.compile(r"---?[ \t]*$")
_END = re.compile(r"\s*:END:\s*$")


@rule("!?", r"(?P<indent>\s*)[!?]>\s+(?P<text>\S.*)$")
def _tip(lines: LinePass, match: re.Match[str]) -> bool:
    """Take a box of Docsify, which is a paragraph."""
    if not lines.after_text:
        lines.say("", match["indent"])
    lines.lines[lines.at] = (match["indent"] + match["text"], lines.number)
    lines.copy()
    return True


@rule("[", r"\s*\[[^\[\]]*\]\((?P<path>[^()\s]+)\s+[\"']:include\b(?P<options>[^\"']*)[\"']\s*\)\s*$")
def _included(lines: LinePass, match: re.Match[str]) -> bool:
    """Take a link of Docsify in whose place a page shows the file."""
    add_file(lines, Reference(match["path"], match["path"], code=":type=code" in match["options"]), "")
    lines.at += 1
    return True


@rule(":", r"\s*::include\{\s*file=[\"']?(?P<path>[^\"'{}\s]+)[\"']?\s*\}\s*$")
def _included_by_gitlab(lines: LinePass, match: re.Match[str]) -> bool:
    add_file(lines, Reference(match["path"], match["path"]), "")
    lines.at += 1
    return True


@rule("icbhl", r"\s+(?:id|collapsed|background-color|heading|logseq\.[\w.-]+):: \S.*$")
def _setting(lines: LinePass, _match: re.Match[str]) -> bool:
    """Pass over a line in which Logseq keeps what it knows of a block."""
    lines.at += 1
    return True


@rule(":", r"\s*:LOGBOOK:\s*$")
def _logbook(lines: LinePass, _match: re.Match[str]) -> bool:
    if "logbook" in lines.unclosed:
        return False
    end = next((at for at in range(lines.at, len(lines.lines)) if _END.match(lines.lines[at][0])), None)
    if end is None:
        lines.unclosed.add("logbook")
        return False
    lines.at = end + 1
    return True


@rule("#-*", r"(?P<item>\s*(?:[-*]\s+)?)#\+(?:BEGIN|END)_[A-Z]+\s*$")
def _box(lines: LinePass, match: re.Match[str]) -> bool:
    """Pass over one end of a box of Logseq; what stands in it begins the item that the box does."""
    lines.at += 1
    if match["item"].strip() and lines.at < len(lines.lines):
        text, number = lines.lines[lines.at]
        lines.lines[lines.at] = (match["item"] + text.strip(), number)
    return True


@rule("-*", r"(?P<item>\s*[-*]\s+)\{\{(?:embed|query)\b[^{}]*\}\}\s*$")
def _embedded(lines: LinePass, match: re.Match[str]) -> bool:
    lines.out.append((match["item"] + MARK, lines.number))
    lines.at += 1
    return True


@rule("?", r"\?\?\?\s*$")
def _spoken(lines: LinePass, _match: re.Match[str]) -> bool:
    """Pass over what remark keeps for the speaker, up to the next slide."""
    if not lines.page.is_deck:
        return False
    following = range(lines.at, len(lines.lines))
    end = next((at for at in following if _SLIDE.match(lines.lines[at][0])), len(lines.lines))
    lines.out.append(("", lines.number))
    lines.at = end + (end < len(lines.lines) and lines.lines[end][0].rstrip() == "--")
    return True
