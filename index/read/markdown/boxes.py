"""Boxes and tabs around Markdown: the markers go, a title or label becomes a paragraph, what is inside stays.

`!!! note "Title"`, `??? tip` and `=== "Tab"` hold the indented lines that follow; `/// note | Title` and `:::note
Title` hold what stands until the same marker closes them; `> [!NOTE] Title` is a quotation.
"""

from __future__ import annotations

import re

from index.read.includes import Reference
from index.read.markdown.dialects import CODE_DIRECTIVES, UNSEEN_DIRECTIVES
from index.read.markdown.directives import add_directive
from index.read.markdown.included import add_file
from index.read.markdown.lines import LinePass, escaped, rule

_STEP = 4
_COLONS = re.compile(
    r"(?P<braced>\{)?(?P<name>[\w.:-]*[\w-])?(?(braced)\})\s*"
    r"(?:\[(?P<label>.*)\])?\s*(?:\{(?P<attributes>[^{}]*)\})?\s*(?P<title>.*)$"
)
_ATTRIBUTE = re.compile(r"(?:title|alt-text|label|summary|header)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NO_TITLE = re.compile(r"(?:[\w-]+=(?:\"[^\"]*\"|\S+)\s*)+")
_OPTION = re.compile(r"(?: {4}|\t)\s*(?:[\w-]+:|- )")


@rule("!?=", r"""(?P<indent>\s*)(?:!!!|\?\?\?\+?|===[!+]?)(?:\s+[\w-]+)*\s*(?:"(?P<title>[^"]*)")?\s*$""")
def _indented(lines: LinePass, match: re.Match[str]) -> bool:
    if lines.text.strip().startswith("===") and not match["title"]:
        return False
    lines.say(match["title"] or "", match["indent"])
    lines.at += 1
    lines.dedent(lines.at, len(match["indent"].expandtabs(_STEP)) + _STEP)
    return True


@rule("=@", r"(?P<indent>\s*)(?:==|@tab(?::\w+)?)\s+(?P<title>[^=\s].*?)\s*$")
def _tab(lines: LinePass, match: re.Match[str]) -> bool:
    lines.say(match["title"], match["indent"])
    lines.at += 1
    return True


@rule("/", r"(?P<indent>\s*)/{3,}\s*(?:(?P<name>[\w-]+)(?:\s*\|\s*(?P<title>.*))?)?\s*$")
def _slashes(lines: LinePass, match: re.Match[str]) -> bool:
    lines.say("" if match["name"] == "html" else match["title"] or "", match["indent"])
    lines.at += 1
    while match["name"] and lines.at < len(lines.lines) and _OPTION.match(lines.text):
        lines.at += 1
    return True


@rule(">", r"(?P<quote>\s*(?:>\s*)+)\[!(?P<name>\w[^\[\]|]*)(?:\|[^\]]*)?\][+-]?[ \t]*(?P<title>.*)$")
def _alert(lines: LinePass, match: re.Match[str]) -> bool:
    quote = match["quote"].rstrip() + " "
    lines.say("" if match["name"].startswith(("div ", "VIDEO ")) else match["title"], quote)
    lines.at += 1
    return True


@rule(":", r"(?P<indent>\s*)(?P<colons>:{3,})(?P<rest>.*)$")
def _colons(lines: LinePass, match: re.Match[str]) -> bool:
    rest = match["rest"].strip()
    found = _COLONS.match(rest.rstrip(":").rstrip())
    if found is None or (not found["name"] and not found["attributes"] and rest.strip(":")):
        return False
    name = (found["name"] or "").lower()
    if found["braced"] or name in CODE_DIRECTIVES or name in UNSEEN_DIRECTIVES:
        _directive(lines, match, name, found["title"])
    elif "." in name and not found["title"]:
        _reference(lines, found["name"], match["indent"])
    else:
        lines.say(_title(found), match["indent"])
        lines.at += 1
    return True


@rule("[", r"\s*\[!INCLUDE\s*\[[^\]]*\]\((?P<path>[^()]+)\)\]\s*$")
def _included(lines: LinePass, match: re.Match[str]) -> bool:
    add_file(lines, Reference(match["path"], match["path"]), "")
    lines.at += 1
    return True


def _title(found: re.Match[str]) -> str:
    attribute = _ATTRIBUTE.search(found["attributes"] or found["title"])
    if attribute:
        return escaped(attribute[1] or attribute[2] or "")
    if _NO_TITLE.fullmatch(found["title"]):
        return ""
    return found["label"] or re.sub(r"\s*\{[^{}]*\}\s*$", "", found["title"])


def _directive(lines: LinePass, match: re.Match[str], name: str, argument: str) -> None:
    """Take a directive with all that it holds, up to the colons that close it."""
    depth, end = 1, lines.at
    while depth and end + 1 < len(lines.lines):
        end += 1
        text = lines.lines[end][0].strip()
        if text.startswith(match["colons"]) and not text.startswith(match["colons"] + ":"):
            depth += 1 if text.strip(":") else -1
    body = lines.lines[lines.at + 1 : end if not depth else end + 1]
    add_directive(lines, name, argument, body, match["indent"])
    lines.at = end + 1


def _reference(lines: LinePass, name: str, indent: str) -> None:
    """Take what mkdocstrings describes, a name and options: the page shows what stands in the code."""
    lines.say(escaped(name), indent)
    lines.at += 1
    while lines.at < len(lines.lines) and _OPTION.match(lines.text):
        lines.at += 1
