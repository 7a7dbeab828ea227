"""Boxes and tabs around Markdown: the markers go, a title or label becomes a paragraph, what is inside stays.

`!!! note "Title"`, `??? tip` and `=== "Tab"` hold the indented lines that follow; `/// note | Title` and `:::note
Title` hold what stands until the same marker closes them; `> [!NOTE] Title` is a quotation.
"""

from __future__ import annotations

import re

from index.read.html.style import hides_by_class
from index.read.includes import Reference
from index.read.markdown.concealed import hides_by_list
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
_CLASS = re.compile(r"(?<!\S)\.([\w-]+)")
_CONDITION = re.compile(r"\b(?P<word>when|unless)-format=\"?(?P<format>[\w-]+)")
_NO_TITLE = re.compile(r"(?:[\w-]+=(?:\"[^\"]*\"|[^\s\"]\S*)(?:\s+|$))+")
_LABEL_OF_ALERT = re.compile(r"\|label:([^|]+)")
"""The title of a box of Docsify."""

_NAME_OF_TAB = re.compile(r"(?<=\w)#[A-Za-z][\w-]*$")
_GROUP_OF_TABS = re.compile(r"^((?:code-)?tabs)#[\w-]+$")
"""Names by which VuePress turns to the same tab in several groups."""

_OPTION = re.compile(r"(?: {4}|\t)\s*(?:[\w-]+:|- )")


@rule("!?=", r"""(?P<indent>\s*)(?:!!!|\?\?\?\+?|===[!+]?)(?:\s+[\w-]+)*\s*(?:"(?P<title>.*)")?\s*$""")
def _indented(lines: LinePass, match: re.Match[str]) -> bool:
    marks = lines.text.strip()
    if marks == "???" or (marks.startswith("===") and not match["title"]):
        return False
    lines.say(match["title"] or "", match["indent"])
    lines.at += 1
    lines.dedent(lines.at, len(match["indent"].expandtabs(_STEP)) + _STEP)
    lines.keep_apart(match["indent"])
    return True


@rule("=@", r"(?P<indent>\s*)(?P<mark>==|@tab(?::\w+)?)\s+(?P<title>[^=\s].*?)\s*$")
def _tab(lines: LinePass, match: re.Match[str]) -> bool:
    title = match["title"] if match["mark"] == "==" else _NAME_OF_TAB.sub("", match["title"])
    lines.say(title, match["indent"])
    lines.at += 1
    return True


@rule("/", r"(?P<indent>\s*)/{3,}\s*(?:(?P<name>[\w-]+)(?:\s*\|\s*(?P<title>.*))?)?\s*$")
def _slashes(lines: LinePass, match: re.Match[str]) -> bool:
    lines.say("" if match["name"] == "html" else match["title"] or "", match["indent"])
    lines.at += 1
    while match["name"] and lines.at < len(lines.lines) and _OPTION.match(lines.text):
        lines.at += 1
    lines.keep_apart(match["indent"])
    return True


@rule(">", r"(?P<quote>\s*(?:>\s*)+)\[!(?P<name>\w[^\[\]|]*)(?P<more>\|[^\]]*)?\][+-]?[ \t]*(?P<title>.*)$")
def _alert(lines: LinePass, match: re.Match[str]) -> bool:
    quote = match["quote"].rstrip() + " "
    label = _LABEL_OF_ALERT.search(match["more"] or "")
    title = label[1] if label else match["title"]
    lines.say("" if match["name"].startswith(("div ", "VIDEO ")) else title, quote)
    lines.at += 1
    return True


@rule(":", r"(?P<indent>\s*):::(?P<name>[\w-]+)(?P<attributes>(?:\s+[\w-]+=(?:\"[^\"]*\"|\S+?))*)\s*:::\s*$")
def _alone(lines: LinePass, match: re.Match[str]) -> bool:
    """Take a tag of Microsoft's pages: `:::image …:::`, or one end of a row, a column or a zone."""
    name, attributes = match["name"], match["attributes"]
    lines.say("", match["indent"])
    if name == "code":
        source = re.search(r"\bsource=\"([^\"]*)\"", attributes)
        add_file(lines, Reference(source[1], source[1], code=True) if source else Reference("code", "code"), "")
    elif described := _ATTRIBUTE.search(attributes):
        lines.say(escaped(described[1] or described[2] or ""), match["indent"])
    lines.at += 1
    if not name.endswith("-end") and name in {"row", "column", "zone", "moniker"}:
        lines.dedent(lines.at, len(match["indent"].expandtabs(_STEP)) + _indent_of(lines))
    return True


def _indent_of(lines: LinePass) -> int:
    """Return by how much the next line that holds something is indented, of one step at most."""
    text = next((text for text, _ in lines.lines[lines.at :] if text.strip()), "").expandtabs(_STEP)
    return min(len(text) - len(text.lstrip()), _STEP)


@rule("^", r"\s*\^{3,}\s*$")
@rule("+", r"\+{3,}\s*(?:\{.*\})?\s*$")
@rule("<", r"<-{3,}>\s*$")
def _parted(lines: LinePass, _match: re.Match[str]) -> bool:
    """Take a line between the parts of a card, the cells of a notebook or columns."""
    lines.blank()
    return True


@rule(":", r"(?P<indent>\s*)(?P<colons>:{3,})(?P<rest>.*)$")
def _colons(lines: LinePass, match: re.Match[str]) -> bool:
    rest = _GROUP_OF_TABS.sub(r"\1", match["rest"].strip())
    opening = _COLONS.match(rest.rstrip(":").rstrip())
    if opening is None or (not opening["name"] and not opening["attributes"] and rest.strip(":")):
        return False
    name = (opening["name"] or "").lower()
    is_box = name == "raw" and not opening["title"]  # what VitePress keeps from its own styles
    if _is_hidden(name, opening["attributes"] or ""):
        _directive(lines, match, "raw", "")
    elif opening["braced"] or name in CODE_DIRECTIVES or (name in UNSEEN_DIRECTIVES and not is_box):
        _directive(lines, match, name, opening["title"])
    elif "." in name and not opening["title"]:
        _reference(lines, opening["name"], match["indent"])
    else:
        lines.say(_title(opening), match["indent"])
        lines.at += 1
        lines.keep_apart(match["indent"])
    return True


@rule("[", r"\s*\[!INCLUDE\s*\[[^\]]*\]\((?P<path>[^()]+)\)\]\s*$")
def _included(lines: LinePass, match: re.Match[str]) -> bool:
    add_file(lines, Reference(match["path"], match["path"]), "")
    lines.at += 1
    return True


@rule("[", r"\s*\[!code(?:-[\w+-]+)?\s*\[[^\]]*\]\((?P<path>[^()]+)\)\]\s*$")
def _code(lines: LinePass, match: re.Match[str]) -> bool:
    path = match["path"].partition("?")[0]
    add_file(lines, Reference(path, path, code=True), "")
    lines.at += 1
    return True


def _is_hidden(name: str, attributes: str) -> bool:
    """Tell whether a box is one that pandoc or Quarto shows on no page: hidden, for speakers, or for print."""
    classes = {*name.split("."), *_CLASS.findall(attributes)}
    condition = _CONDITION.search(attributes)
    on_the_web = condition is None or condition["format"].startswith("html") == (condition["word"] == "when")
    if on_the_web:
        hides = hides_by_list(attributes) or hides_by_class(classes)
        return hides or not classes.isdisjoint(("notes", "content-hidden"))
    return "content-visible" in classes


def _title(opening: re.Match[str]) -> str:
    attribute = _ATTRIBUTE.search(opening["attributes"] or opening["title"])
    if attribute:
        return escaped(attribute[1] or attribute[2] or "")
    if _NO_TITLE.fullmatch(opening["title"]):
        return ""
    return opening["label"] or re.sub(r"\s*\{[^{}]*\}\s*$", "", opening["title"])


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
    lines.keep_apart(match["indent"])


def _reference(lines: LinePass, name: str, indent: str) -> None:
    """Take what mkdocstrings describes, a name and options: the page shows what stands in the code."""
    lines.say(escaped(name), indent)
    lines.at += 1
    while lines.at < len(lines.lines) and _OPTION.match(lines.text):
        lines.at += 1
