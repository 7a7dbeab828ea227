"""Lines of Markdown that a page does not show as they are: comments, imports, lists of attributes, notes, includes."""

from __future__ import annotations

import re

from index.read.includes import INCLUDED, Reference, reference_of, reference_of_snippet
from index.read.markdown.concealed import hides_by_list
from index.read.markdown.dialects import MARK, UNSEEN_NOTES
from index.read.markdown.included import add_file
from index.read.markdown.jsx import literal
from index.read.markdown.lines import LinePass, escaped, rule, without_marks
from index.read.parts import of_part

_STEP = 4
_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*")
_FENCED = re.compile(r"\s*(`{3,}|~{3,})")
_HEADED = re.compile(r"\s{0,3}#{1,6}\s")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_FROM = re.compile(r"\bfrom\s+[\"'][^\"'\n]+[\"']\s*;?\s*(?://.*)?$|^\s*import\s+[\"'][^\"'\n]+[\"']\s*;?\s*$")
_PART = re.compile(
    r"import\s+(?P<name>[A-Z]\w*)(?:\s*,\s*\{[^{}]*\})?\s+from\s+[\"'](?P<path>[^\"']+\.(?:mdx?|markdown))[\"']"
)
_RAW_PART = re.compile(
    r"import\s+(?P<name>[A-Za-z_]\w*)\s+from\s+([\"'])(?:!*raw-loader!(?P<loaded>[^\"'?]+)|(?P<asked>[^\"'?]+)\?raw)\2"
)
"""An import of a file as it is written, by webpack's loader or by Vite's."""

_LABEL = re.compile(r"\bname=\"([^\"]*)\"")
_MOST_LINES = 500


@rule("ie", r"(?:import\s+[\w*{\"']|export\s+(?:const|let|var|function|default|async|class|\{|\*))")
def _import(lines: LinePass, match: re.Match[str]) -> bool:
    if lines.after_text:
        return False
    end = _end_of_import(lines) if match[0].startswith("import") else _end_of_export(lines)
    if end is None:
        return False
    for text, _ in lines.lines[lines.at : end]:
        if part := _PART.match(text):
            lines.page.imports[part["name"]] = part["path"]
        elif part := _RAW_PART.match(text):
            lines.page.raw_imports[part["name"]] = part["loaded"] or part["asked"]
    lines.page.mdx = True
    lines.at = end
    return True


@rule("{", r"(?P<indent>\s*)\{\s*(?P<name>[A-Za-z_]\w*)\s*\}\s*(?:</[A-Z][\w.]*>)?\s*$")
def _raw_import(lines: LinePass, match: re.Match[str]) -> bool:
    """Take a file that is shown as it is written, as it stands in a component for code."""
    path = lines.page.raw_imports.get(match["name"])
    if path is None:
        return False
    add_file(lines, Reference(path, path, code=True), match["indent"])
    lines.at += 1
    return True


def _end_of_import(lines: LinePass) -> int | None:
    end = lines.at
    while end < min(len(lines.lines), lines.at + _MOST_LINES) and lines.lines[end][0].strip():
        end += 1
        if _FROM.search(lines.lines[end - 1][0]):
            return end
    return None


def _end_of_export(lines: LinePass) -> int:
    """Return the index of the line after an export: the first blank one at which every bracket is closed."""
    depth = 0
    last = min(len(lines.lines), lines.at + _MOST_LINES)
    for end in range(lines.at, last):
        text = lines.lines[end][0]
        if not text.strip() and depth <= 0:
            return end
        depth += sum(text.count(mark) for mark in "({[") - sum(text.count(mark) for mark in ")}]")
        if depth <= 0 and text.rstrip().endswith(";"):
            return end + 1
    return last


@rule("{", r"\s*\{\s*/\*")
def _jsx_comment(lines: LinePass, _match: re.Match[str]) -> bool:
    lines.page.mdx = True
    for end in range(lines.at, min(len(lines.lines), lines.at + _MOST_LINES)):
        _, closed, after = lines.lines[end][0].partition("*/")
        if closed:
            rest = after.strip().removeprefix("}")
            lines.at = end
            lines.lines[end] = (rest, lines.number)
            if not rest.strip():
                lines.at += 1
            return True
    return False


_END_OF_FORMULA = re.compile(r"\$\$(?:\s*(?:\{#[^{}]*\}|\([\w:.-]+\)))?")
"""The end of a formula, with the label by which others refer to it."""


@rule("$", r"(?P<indent>\s*)\$\$\s*$")
def _formula(lines: LinePass, match: re.Match[str]) -> bool:
    """Take a formula on lines of its own, whose marks are none of Markdown, as code."""
    following = range(lines.at + 1, len(lines.lines))
    end = next((at for at in following if _END_OF_FORMULA.fullmatch(lines.lines[at][0].strip())), None)
    if end is None:
        return False
    fence = f"{match['indent']}~~~~~~"
    lines.out += [("", lines.number), (fence, lines.number), *lines.lines[lines.at + 1 : end]]
    lines.at = end
    lines.out.append((fence, lines.number))
    lines.at += 1
    return True


@rule("{", r"\{::comment\}")
def _kramdown_comment(lines: LinePass, _match: re.Match[str]) -> bool:
    end = next((at for at in range(lines.at, len(lines.lines)) if "{:/" in lines.lines[at][0]), len(lines.lines) - 1)
    lines.blank(end + 1 - lines.at)
    return True


@rule("%", r"\s*%%")
def _comment(lines: LinePass, match: re.Match[str]) -> bool:
    for end in range(lines.at, len(lines.lines)):
        text = lines.lines[end][0]
        closed = text.find("%%", match.end() if end == lines.at else 0)
        if closed >= 0:
            lines.at = end
            lines.lines[end] = (text[closed + 2 :], lines.number)
            if not text[closed + 2 :].strip():
                lines.at += 1
            return True
    return False


@rule("%", r"\s{0,3}%(?!%)")
def _myst_comment(lines: LinePass, _match: re.Match[str]) -> bool:
    """Take a comment, which ends the paragraph before it."""
    if not lines.page.is_myst:
        return False
    lines.blank()
    return True


@rule("(", r"\s*\([\w:./ -]+\)=\s*$")
def _label(lines: LinePass, _match: re.Match[str]) -> bool:
    lines.blank()
    return True


@rule("{", r"\s*\{:?\s*(?:[.#][^{}]*|:[^{}]*|[\w-]+=[^{}]*)\}\s*$|\s*\{:[^{}]*\}\s*$")
def _attributes(lines: LinePass, match: re.Match[str]) -> bool:
    """Take a list of attributes, with the block above it, or else below it, where it hides that."""
    above, hides = lines.after_text, hides_by_list(match[0], lines.page.hidden_names)
    lines.at += 1
    if hides and above:
        _drop_above(lines, in_item=match[0][:1].isspace())
    elif hides:
        _drop_below(lines)
    return True


def _drop_above(lines: LinePass, *, in_item: bool) -> None:
    """Drop the block that ends above: code as a whole, else all lines up to a blank one or below a heading."""
    last, number = lines.out.pop()
    fence = _FENCE.fullmatch(last)
    while lines.out and not (in_item and _ITEM.match(last)):
        text = lines.out[-1][0]
        if not fence and (not text.strip() or _HEADED.match(text) or _HEADED.match(last)):
            break
        last, number = lines.out.pop()
        if fence and last.strip().startswith(fence[1]):
            break
    lines.out.append(("", number))


def _drop_below(lines: LinePass) -> None:
    """Drop the block that begins with the next line."""
    fence = _FENCED.match(lines.text) if lines.at < len(lines.lines) else None
    first = lines.at
    while lines.at < len(lines.lines) and (fence or lines.text.strip()):
        lines.at += 1
        if fence and lines.at > first + 1 and lines.lines[lines.at - 1][0].strip() == fence[1]:
            return


@rule("[{+\\", r"\s*\S+\s*$")
def _unseen(lines: LinePass, match: re.Match[str]) -> bool:
    if match[0].strip() not in UNSEEN_NOTES:
        return False
    lines.blank()
    return True


@rule("*-1", r"\s*(?:[*-]|1\.)\s+\S.*$")
def _kramdown_contents(lines: LinePass, _match: re.Match[str]) -> bool:
    following = lines.lines[lines.at + 1][0].strip() if lines.at + 1 < len(lines.lines) else ""
    if not following.startswith("{:") or "toc" not in following.strip("{:} ").split():
        return False
    lines.blank(2)
    return True


@rule("{-;<", INCLUDED.pattern + "$")
def _include(lines: LinePass, match: re.Match[str]) -> bool:
    add_file(lines, reference_of(match), match["indent"])
    lines.at += 1
    return True


@rule("-;", r"\s*;?-{1,}8<-{1,}\s*$")
def _snippets(lines: LinePass, _match: re.Match[str]) -> bool:
    """Take every file of a block of snippets."""
    fence = lines.text.strip()
    end = next((at for at in range(lines.at + 1, len(lines.lines)) if lines.lines[at][0].strip() == fence), None)
    if end is None:
        return False
    for text, number in lines.lines[lines.at + 1 : end]:
        name = text.strip().strip("\"'")
        if name and not name.startswith(";"):
            add_file(lines, reference_of_snippet(name), "", number=number)
    lines.at = end + 1
    return True


@rule("@", r"(?P<indent>\s*)@\[code(?:\{(?P<lines>[\d-]+)\})?[^\]]*\]\((?P<path>[^()\s]+)\)\s*$")
def _code_of_vuepress(lines: LinePass, match: re.Match[str]) -> bool:
    part = of_part((match["lines"] or "").replace("-", ":"), single=True)
    add_file(lines, Reference(match["path"], match["path"], part, code=True), match["indent"])
    lines.at += 1
    return True


@rule("{", r"(?P<indent>\s*)\{\{\s*#template\s+(?P<path>[^\s}]+)[^}]*\}\}\s*$")
def _template(lines: LinePass, match: re.Match[str]) -> bool:
    """Take a file of mdBook that is given values, which are not put in."""
    add_file(lines, Reference(match["path"], match["path"]), match["indent"])
    lines.at += 1
    return True


@rule("{", r"(?P<indent>\s*)\{\{\s*#(?:end)?tabs?\b(?P<rest>[^}]*)\}\}\s*$")
def _tab_of_book(lines: LinePass, match: re.Match[str]) -> bool:
    label = _LABEL.search(match["rest"])
    lines.say(escaped(without_marks(label[1])) if label else "", match["indent"])
    lines.at += 1
    lines.keep_apart(match["indent"])
    return True


@rule("{", r"\s*\{\{\s*#title\b[^}]*\}\}\s*$")
def _title(lines: LinePass, _match: re.Match[str]) -> bool:
    lines.blank()
    return True


@rule("{", r"\s*\{")
def _expression(lines: LinePass, match: re.Match[str]) -> bool:
    """Take an expression of MDX that stands alone."""
    if not lines.page.mdx or lines.after_text or lines.text.lstrip().startswith(("{{", "{%")):
        return False
    last = min(len(lines.lines), lines.at + _MOST_LINES)
    text = "\n".join(line for line, _ in lines.lines[lines.at : last])
    end = lines.page.scanner.expression(text, match.end() - 1)
    if end is None or text[end:].partition("\n")[0].strip():
        return False
    written = literal(text[match.end() - 1 : end])
    code = [(line, lines.number) for line in (written or "").split("\n")]
    fence = ("~~~~~~", lines.number)
    lines.out += [
        ("", lines.number),
        *([fence, *code, fence] if written else [(MARK, lines.number)]),
        ("", lines.number),
    ]
    lines.at += text.count("\n", 0, end) + 1
    return True


@rule("[", r"\s{0,3}\[\^(?P<name>[^\]\s]+)\]:[ \t]*(?P<text>.*)$")
def _footnote(lines: LinePass, match: re.Match[str]) -> bool:
    lines.out += [("", lines.number), (f"\\[{escaped(match['name'])}\\] {match['text']}", lines.number)]
    lines.at += 1
    lines.dedent(lines.at, _STEP)
    return True


@rule("*", r"\s{0,3}\*\[(?P<short>[^\]]+)\]:\s*(?P<long>.+)$")
def _abbreviation(lines: LinePass, match: re.Match[str]) -> bool:
    lines.say(f"{match['short']}: {match['long']}")
    lines.at += 1
    return True


@rule("#", r"(?P<marks>#{1,6})(?P<text>[A-ZÀ-ÞА-Я\u3040-\u9fff][^#]*)$")
def _heading(lines: LinePass, match: re.Match[str]) -> bool:
    """Take a heading without a space, in a text that has none with one."""
    if lines.after_text or lines.page.has_headings:
        return False
    lines.out.append((f"{match['marks']} {match['text']}", lines.number))
    lines.at += 1
    return True
