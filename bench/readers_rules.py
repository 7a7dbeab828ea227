"""What explains a difference between Quoth and a second reader: each kind by name.

Rules of a source are applied before the second reader reads it: they take out, or put as plain text, what the second
reader does not know or what Quoth leaves out on purpose. Each counts the words by which it changes the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from readers_diff import Difference, words_of

Put = str | Callable[[re.Match[str]], str]

_SHOWN = r"title|label|heading|header|question|summary|caption|text|description|alt|alt-text|content"
_ATTRIBUTE = re.compile(rf"(?<![\w-])(?:{_SHOWN})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\{{\"([^\"]*)\"\}})")
_FENCE = re.compile(r"^(?P<mark>[ \t>]*(?:[-*+] |\d+[.)] )?)(?P<ticks>`{3,}|~{3,})(?P<info>[^\n`]*)$", re.MULTILINE)
_INFO = re.compile(r"(?P<language>\S*)\s*(?P<rest>.*)")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_HTML = (
    "a|abbr|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|figcaption|figure|h[1-6]|hr|i|img|input|ins|kbd|li"
    "|mark|ol|p|pre|q|s|samp|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|var|video|picture|source"
    "|iframe|button|script|style|template"
)


def _attributes(match: re.Match[str]) -> str:
    """Return the words of a tag that a page shows, as a paragraph where the tag stands alone on its line."""
    words = " ".join(next(filter(None, groups), "") for groups in _ATTRIBUTE.findall(match[0]))
    words = re.sub(r"([\\`*_<>\[\]{}])", r"\\\1", words)
    return (
        f"\n\n{words}\n\n"
        if match[0] == match[0].strip(" ") and match.string[: match.start()].endswith("\n")
        else words
    )


def _label(match: re.Match[str]) -> str:
    groups = match.groupdict()
    given = _ATTRIBUTE.search(match[0])
    said = next(filter(None, given.groups()), "") if given else groups.get("label") or groups.get("title") or ""
    said = re.sub(r"\{[^{}]*\}", "", said).strip()
    return f"{match['indent']}{said}\n" if said else match["indent"]


@dataclass(frozen=True, slots=True)
class SourceRule:
    """A kind of markup: in its place the second reader gets `put`."""

    name: str
    pattern: re.Pattern[str]
    put: Put


MARKDOWN = (
    SourceRule(
        "front matter",
        re.compile(
            r"\A(?:---[ \t]*\n[\s\S]*?\n(?:---|\.\.\.)[ \t]*\n|\+\+\+\n[\s\S]*?\n\+\+\+\n"
            r"|\{\n[\s\S]*?\n\}\n|(?:%[^\n]*\n)+"
            r"|(?=Title:)(?:[A-Z]\w+:[^\n]*\n)+)"
        ),
        "",
    ),
    SourceRule(
        "imports and exports of MDX",
        re.compile(
            r"^import\b[^;]*?(?:from\s+)?['\"][^'\"\n]+['\"];?[ \t]*$"
            r"|^export (?:const|let|function|default)[\s\S]*?\n(?=\n)",
            re.MULTILINE,
        ),
        "",
    ),
    SourceRule(
        "comments", re.compile(r"\{/\*[\s\S]*?\*/\}|<!--[\s\S]*?-->|^\[//\]: #.*$|%%[\s\S]*?%%", re.MULTILINE), ""
    ),
    SourceRule(
        "boxes and tabs of site generators",
        re.compile(
            r"^(?P<indent>[ \t>]*)(?::{3,}[ \t]*(?:\{?[\w-]+\}?)?"
            r"(?:\[(?P<label>[^\n]*)\](?=[ \t{]*$|\{))?(?:\{[^}\n]*\})?[ \t]*(?P<title>[^\n]*?)"
            r"|(?:!!!|\?\?\?\+?|===\+?)[ \t]+[\w -]*(?P<_>\"[^\"\n]*\")?)[ \t]*$",
            re.MULTILINE,
        ),
        lambda match: _label(match) if not match["_"] else f"{match['indent']}{match['_']}\n",
    ),
    SourceRule(
        "kinds of GitHub's alerts",
        re.compile(r"^(?P<indent>[ \t>]*>[ \t]*)\[!\w+\][+-]?(?P<title>[^\n]*)$", re.MULTILINE),
        _label,
    ),
    SourceRule(
        "marks of notes",
        re.compile(r"\[\^([^\]\s]+)\](:?)"),
        lambda match: f"\n\n\\[{match[1]}\\] " if match[2] else f"\\[{match[1]}\\]",
    ),
    SourceRule(
        "tags of components",
        re.compile(r"</?(?:[A-Z][\w.]*)(?:\s+[^<>]*?(?:\"[^\"]*\"[^<>]*?)*)?\s*/?>|<>|</>"),
        _attributes,
    ),
    SourceRule(
        "shortcodes and Liquid", re.compile(r"\{%[\s\S]{0,300}?%\}|\{\{[<%][\s\S]{0,300}?[>%]\}\}"), _attributes
    ),
    SourceRule("expressions of templates", re.compile(r"\{\{[^{}\n]*\}\}(?!\})"), ""),
    SourceRule(
        "attributes in braces",
        re.compile(r"(?<=[\s)\]`*_])\{:?[ ]?[.#:][^{}\n]*\}|^\{:[^{}\n]*\}$|\{#[\w-]+\}", re.MULTILINE),
        "",
    ),
    SourceRule(
        "wiki links and roles",
        re.compile(r"!\[\[[^\]\n]*\]\]|\[\[(?:[^\]|\n]*\|)?([^\]|\n]*)\]\]|\{[a-z:]+\}(?=`)"),
        r"\1",
    ),
    SourceRule("placeholders in angle brackets", re.compile(rf"<(?!(?:{_HTML})\b)([a-z_][\w-]*)>"), r"\\<\1\\>"),
    SourceRule(
        "table of contents",
        re.compile(r"^(?:[*-] [^\n]+\n\{:\s*toc\s*\}|\[\[?_?TOC_?\]?\])[ \t]*$", re.MULTILINE | re.IGNORECASE),
        "",
    ),
)
"""Rules for Markdown outside of code; a fence's title becomes a paragraph before it."""

RST = (
    SourceRule(
        "tables of contents",
        re.compile(r"^( *)\.\. (?:toctree|contents|graphviz|todo)::[^\n]*\n(?:\1 +[^\n]*\n|[ ]*\n)*", re.MULTILINE),
        "\n",
    ),
    SourceRule(
        "directives that only the tree's own settings know",
        re.compile(r"^( *)\.\. (?:cmd)?option::([^\n]*(?:\n *:(?:mandatory|aliases):[^\n]*)*)", re.MULTILINE),
        lambda match: f"{match[1]}.. describe::{match[2].partition(chr(10))[0]}\n",
    ),
    SourceRule(
        "roles that only the tree's own settings know",
        re.compile(r":(?:stconf:)?(?:opt|option|user|strike):`([^`<]*?)(?: *<[^`>]*>)?`"),
        r"\1",
    ),
    SourceRule("orphan", re.compile(r"\A:orphan:"), ""),
)
"""Rules for reStructuredText."""

PAGE = {
    "navigation, banners and footers": "nav, aside, body > header, footer, .navbar, .sidebar, .breadcrumb, #footer,"
    " [class*=cookie], [class*=toc], [class*=navbox], [id=toc], [id=catlinks], [class*=skip], .printfooter,"
    " [id*=navigation], [id*=jump], [class*=jump], [id*=siteSub]",
    "links to edit, copy and headings": "button.copy, [aria-label*=opy], [class*=opy], [class*=editsection],"
    " [class*=edit-this], [class*=hash-link], sup",
    "metadata and comments of exports": "[class*=metadata], [id*=breadcrumb], [class*=comment], [id*=attachments],"
    " .greybox, div:has(> p > [id^=cmnt])",
}
"""What of a page is not its content, by name: selectors of elements that are taken out before it is compared."""

_KINDS = frozenset(
    [
        *("note", "tip", "info", "warning", "caution", "danger", "important", "see", "also", "hint", "attention"),
        *("error", "question", "success", "example", "seealso", "abstract", "failure", "bug", "quote"),
    ]
)


def applied(rules: tuple[SourceRule, ...], text: str, counts: Counter[str], *, fenced: bool) -> str:
    """Return a source after rules, and count by how many words each changed it; `fenced` code stays as it is."""
    if not fenced:
        return _ruled(rules, text, counts)
    pieces, at, open_ = [], 0, ""
    for fence in _FENCE.finditer(text):
        ticks, info = fence["ticks"], fence["info"].strip()
        if not open_:
            pieces.append(_outside(rules, text[at : fence.start()], counts))
            pieces.append(_titled(fence, info, counts))
            open_, at = ticks, fence.end()
        elif ticks.startswith(open_) and not info:
            pieces.append(text[at : fence.end()])
            open_, at = "", fence.end()
    rest = text[at:]
    return "".join(pieces) + (rest if open_ else _outside(rules, rest, counts))


def _titled(fence: re.Match[str], info: str, counts: Counter[str]) -> str:
    """Return the first line of a fence, its title before it."""
    parts = _INFO.match(info)
    if parts is None or not parts["rest"]:
        return fence[0]
    titled = re.search(
        r"(?:title|caption|filename|label)=(?:\"([^\"]*)\"|'([^']*)')|^\[([^\]]*)\]$|\s\[([^\]]*)\]$",
        f" {parts['rest']}",
    )
    title = next(filter(None, titled.groups()), "") if titled else ""
    counts["titles of code"] += len(words_of(parts["rest"], ""))
    return f"{fence['mark']}{title}\n\n{fence['mark']}{fence['ticks']}{parts['language']}"


def _outside(rules: tuple[SourceRule, ...], text: str, counts: Counter[str]) -> str:
    """Apply rules to a text but to code in its sentences."""
    code = [match[0] for match in _CODE.finditer(text)]
    kept = iter(code)
    return re.sub("\x00", lambda _: next(kept, ""), _ruled(rules, _CODE.sub("\x00", text), counts))


def _ruled(rules: tuple[SourceRule, ...], text: str, counts: Counter[str]) -> str:
    for rule in rules:
        after = rule.pattern.sub(rule.put, text)
        if after != text:
            before, now = (Counter(word.text for word in words_of(version, "")) for version in (text, after))
            counts[rule.name] += ((before - now) + (now - before)).total()
        text = after
    return text


def explained(difference: Difference) -> str:
    """Return the name of what explains a difference, "" where nothing does."""
    missing, added = ([word.text for word in words] for words in (difference.missing, difference.added))
    if missing and not added and {word.lower() for word in missing} <= _KINDS:
        return "kinds of boxes without a title"
    if "".join(missing) == "".join(added):
        return "words joined or parted by markup"
    if added[:2] == ["not", "included"] and not missing:
        return "marks of what other files or programs show"
    if added == ["formula"]:
        return "formulas without a kept value"
    return ""


BY_FILE = {
    "faq.xlsx": "the name of an only sheet, which LibreOffice does not show",
    "form.pdf": "lines of a form in the order in which they stand",
    "directives.rst": "directives and includes that Sphinx is not set up for",
    "discord_export.txt": "names of members, who are not named",
    "multicolumn.pdf": "tables that poppler reads by columns, and columns that it reads across",
    "issue7426.pdf": "tables that poppler reads by columns, and columns that it reads across",
    "reportlab-overlay.pdf": "lines of a form in the order in which they stand",
    "hidden_tabs.html": "labels of tabs, which stand before what is in them",
    "changes_hidden.docx": "what the author hid",
    "formats.xlsx": "exponents of three digits in LibreOffice",
    "slides.pptx": "charts, and columns that poppler reads across",
    "book.epub": "tables of contents",
    "discord_export.html": "names of members, who are not named",
    "js-colors.pdf": "labels of buttons in forms",
    "issue15096.pdf": "values that a script of the form computes",
}
"""What explains all that is left of a file's differences: each was read, and Quoth is right."""
