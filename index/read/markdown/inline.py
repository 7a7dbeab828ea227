"""What only some tools know inside a line of Markdown: shortcodes, components, wiki links, roles, marks for edits.

Each is an entry of a table, by the character that it begins with. The parser asks after code spans and escapes have
had their turn, so neither is touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from index.read.includes import INCLUDED, reference_of
from index.read.markdown.concealed import HIDING, hides_by_list
from index.read.markdown.dialects import (
    ADDRESS_TAGS,
    BRANCHING_TAGS,
    CONTROL_TAGS,
    EMOJI,
    HIDDEN_TAGS,
    ICONS,
    INCLUDE_TAGS,
    MARK,
    SHORTCODE_WORDS,
    SILENT_COMPONENTS,
    TEMPLATE_ROOTS,
)
from index.read.markdown.embeds import is_picture, reference_to
from index.read.markdown.included import in_sentence
from index.read.markdown.jsx import literal
from index.read.markdown.lines import Page, without_marks
from index.read.markdown.roles import seen_of_role
from index.read.markdown.tags import SHORTCODE, seen_of, words_of
from index.read.raised import raised

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

PAGE = "page"
"""Under which name the parser's environment holds what is known of the page."""

_Seen = Callable[[re.Match[str], Page], str | None]
"""What is seen in the place of a match; None where it is not what it looked like."""

_EXPRESSION = re.compile(r"\{\{\s*+(?P<name>[^{}\s|]++)?(?P<rest>[^{}]*+(?:\{[^{}]*\}[^{}]*+)*?)\}\}")
_ATTRIBUTES = re.compile(
    r"\{(?::?\s+|:\s*)?(?:[#.][\w:.-]+|[\w:-]+=(?:\"[^\"]*\"|'[^']*'|[\w%.-]+))"
    r"(?:\s+(?:#?[\w:.-]+|[\w:-]+=(?:\"[^\"]*\"|'[^']*'|[\w%.-]+)))*\s*\}"
)
_HEADING_ID = re.compile(r"\{#[\w:.-]+\}")
_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_FORMULA = re.compile(r"\$(?=\S)(?=[^$\n]*[\\^_={}*])[^$\n]{0,400}?(?<=\S)(?<!\\)\$(?!\d)")
"""TeX between dollars: no price, as it holds what only a formula does, and no space stands inside the dollars."""

_HIDDEN = re.compile(
    rf"(?:\{{\{{[<%]|\{{%-?)\s*(?P<name>{'|'.join(sorted(HIDDEN_TAGS))})\b[^{{}}\n]{{0,200}}\}}\}}?"
    r".{0,2000}?(?:\{\{[<%]\s*/|\{%-?\s*end)\s*(?P=name)\b[^{}\n]{0,200}\}\}?",
    re.DOTALL,
)

"""What stands between the tags of a part that no page shows."""

_ATTACHED = ')]*_`":}~+='


def _attributes(match: re.Match[str], page: Page) -> str | None:
    """Drop a list such as `{: .class}` where it can be nothing else: after markup, or begun with a space or colon."""
    before = match.string[match.start() - 1 : match.start()]
    if not (match[0][1] in ": \t" or (before and before in _ATTACHED)):
        return None
    return HIDING if hides_by_list(match[0], page.hidden_names) else ""


def _hidden_words(match: re.Match[str], page: Page) -> str | None:
    return "" if hides_by_list(match["list"], page.hidden_names) else None


def _expression(match: re.Match[str], page: Page) -> str | None:
    name = match["name"] or ""
    root, _, path = name.partition(".")
    for key in (path if root in TEMPLATE_ROOTS else "", f"myst.substitutions.{name}", f"substitutions.{name}"):
        if key in page.values and not match["rest"].strip():
            return without_marks(page.values[key])
    if page.raw or not (page.templated or page.is_vue or (page.is_myst and name) or (root in TEMPLATE_ROOTS and path)):
        return None
    return page.values.get(name, MARK) if not match["rest"].strip() else MARK


def _shortcode(match: re.Match[str], page: Page) -> str | None:
    name = match["name"].lower()
    if name in ADDRESS_TAGS:
        return MARK
    if match["closing"] or name in CONTROL_TAGS or name.startswith("end"):
        return " " if name in BRANCHING_TAGS else ""
    words = [words for words in words_of(match, page) if words]
    if words:
        text = " ".join(words)
        return f"{text} " if name not in INCLUDE_TAGS and name not in SHORTCODE_WORDS and name in page.closed else text
    return "" if name in page.closed or name in {"icon", "image", "figure"} or name.startswith("icon") else MARK


def _include(match: re.Match[str], page: Page) -> str | None:
    return in_sentence(page.files, reference_of(match))


def _wiki(match: re.Match[str], page: Page) -> str | None:
    shown = match["shown"]
    if match["embeds"]:
        if is_picture(match["page"]):
            alone = match.string.strip() == match[0]
            described = shown and not re.fullmatch(r"[\dx]+|center|left|right", shown)
            return shown if described else "" if alone else MARK
        return in_sentence(page.files, reference_to(match["page"], match["anchor"] or ""))
    if shown:
        return shown
    anchor = (match["anchor"] or "").lstrip("#^").replace("#", " > ")
    return " > ".join(filter(None, [match["page"].strip(), anchor])) or None


def _icon(match: re.Match[str], _page: Page) -> str | None:
    return ICONS.get(match["name"], "")


def _emoji(match: re.Match[str], page: Page) -> str | None:
    return None if page.mdx else EMOJI.get(match["name"])


def _example(match: re.Match[str], page: Page) -> str | None:
    count = page.examples.get(match["label"])
    return None if count is None else str(count)


def _keys(match: re.Match[str], _page: Page) -> str | None:
    return "+".join(key.strip("\"'").capitalize() for key in match["keys"].split("+"))


def _superscript(match: re.Match[str], _page: Page) -> str | None:
    return raised(match["in"])


def _literally(match: re.Match[str], _page: Page) -> str | None:
    return match[0]


def _unparsed(match: re.Match[str], _page: Page) -> str | None:
    """Return what stands between Liquid's tags `raw`, as it is."""
    return match["raw"]


def _mention(match: re.Match[str], _page: Page) -> str | None:
    return f"@{MARK if _GUID.fullmatch(match['name']) else match['name']}"


def _role(match: re.Match[str], page: Page) -> str | None:
    seen, name = seen_of_role(match["name"], match["text"]), match["name"]
    if name in {"ref", "doc"} and not match["text"].rstrip().endswith(">"):
        title = page.files.title_of(match["text"]) if name == "doc" else page.files.title_at(seen)
        return page.targets.get(seen) or title or seen
    return seen


def _nothing(_match: re.Match[str], _page: Page) -> str | None:
    return ""


_OBJECT = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+"
"""The name of something in code, which mkdocstrings leads to from its words in brackets."""

_INNER = "inner"
"""In the place of a function: the group `in` is Markdown, and all else of the match goes."""

_NAMED = "named"
"""The same where mkdocstrings makes the page."""

_TABLE: dict[str, list[tuple[re.Pattern[str], _Seen | str]]] = {
    "{": [
        (re.compile(r"\{\{\s*#|\{[*!]"), _nothing),  # replaced below by the names of included files
        (re.compile(r"\{\{/\*.{0,2000}?\*/\}\}", re.DOTALL), _nothing),
        (
            re.compile(r"\{\{(?P<open>[<%])/\*\s*(?P<in>[^\n]{0,300}?)\s*\*/(?P<close>[>%])\}\}"),
            lambda match, _: f"{{{{{match['open']} {match['in']} {match['close']}}}}}",
        ),
        (re.compile(r"\{%-?\s*comment\s*-?%\}.{0,5000}?\{%-?\s*endcomment\s*-?%\}", re.DOTALL), _nothing),
        (re.compile(r"\{%-?\s*raw\s*-?%\}(?P<raw>.{0,5000}?)\{%-?\s*endraw\s*-?%\}", re.DOTALL), _unparsed),
        (re.compile(r"\{(?:::(?:nomarkdown|options)\b[^{}\n]*|:/(?:nomarkdown)?)\}"), _nothing),
        (_HIDDEN, _nothing),
        (SHORTCODE, _shortcode),
        (_EXPRESSION, _expression),
        (
            re.compile(
                r"\{(?P<name>[a-z][\w:+.-]*)\}(?P<ticks>`++)(?P<text>.{1,5000}?)(?<!`)(?P=ticks)(?!`)", re.DOTALL
            ),
            _role,
        ),
        (re.compile(r"\{\{!?--.{0,2000}?--\}\}", re.DOTALL), _nothing),
        (re.compile(r"\{--[^{}]*?--\}|\{>>[^{}]*?<<\}"), _nothing),
        (re.compile(r"\{~~[^{}>]*?~>(?P<in>[^{}]*?)~~\}"), _INNER),
        (re.compile(r"\{\+\+(?P<in>[^{}]*?)\+\+\}|\{==(?P<_>[^{}]*?)==\}"), _INNER),
        (_ATTRIBUTES, _attributes),
        (re.compile(r"\{/\*.{0,2000}?\*/\}", re.DOTALL), _nothing),
    ],
    "[": [
        (re.compile(r"\[\^(?P<name>[^\]\s^]+)\](?!\()"), lambda match, _: f"[{match['name']}]"),
        (re.compile(r"\[\[_(?:TOC|TOSP)_\]\]"), _nothing),
        (re.compile(rf"(?<![\w\]])\[(?P<in>[^\[\]\n]+)\]\[{_OBJECT}\]"), _NAMED),
        (re.compile(rf"(?<![\w\]])\[(?P<in>`?{_OBJECT}`?)\]\[\]"), _NAMED),
        (re.compile(r"\[[^\[\]\n]+\](?P<list>\{:?\s*[.#\w][^{}\n]*\})"), _hidden_words),
        (re.compile(r"\[(?P<in>[^\[\]\n]+)\](?=\{[.#][^{}\n]*\})"), _INNER),
        (
            re.compile(
                r"(?P<embeds>)\[\[(?P<page>[^\[\]|#\n]*)(?P<anchor>#[^\[\]|\n]*)?(?:\\?\|(?P<shown>[^\[\]\n]+))?\]\](?![(\[])"
            ),
            _wiki,
        ),
    ],
    "!": [
        (re.compile(r"!\[(?P<in>[^\[\]\n]*)\]\([^()\s]+\s+=\d*%?x\d*%?\)"), _INNER),
        (
            re.compile(
                r"(?P<embeds>!)\[\[(?P<page>[^\[\]|#\n]+)(?P<anchor>#[^\[\]|\n]*)?(?:\\?\|(?P<shown>[^\[\]\n]+))?\]\]"
            ),
            _wiki,
        ),
    ],
    ":": [
        (
            re.compile(
                r":(?:material|fontawesome(?:-[a-z]+)?|octicons|simple)-(?P<name>[a-z0-9-]+?)(?:-\d\d)?:(?:\{[^{}\n]*\})?"
            ),
            _icon,
        ),
        (re.compile(r":(?P<name>[a-z_]{1,40}):(?!\w)"), _emoji),
        (re.compile(r"(?<![\w:]):[a-z][\w-]*\[(?P<in>[^\[\]\n]*)\](?:\{[^{}\n]*\})?"), _INNER),
    ],
    "+": [(re.compile(r"(?<!\w)\+\+(?P<keys>[a-z0-9\"'-]+(?:\+[a-z0-9\"'-]+)*)\+\+(?!\w)"), _keys)],
    "=": [(re.compile(r"(?<!=)==(?P<in>[^\s=](?:[^=\n]*[^\s=])?)==(?!=)"), _INNER)],
    "~": [(re.compile(r"(?<!~)~(?P<in>[^\s~]+)~(?!~)"), _INNER)],
    "^": [
        (re.compile(r"\^(?P<brackets>\[(?P<in>[^\[\]\n]+)\])"), _INNER),
        (re.compile(r"\^\^(?P<in>[^\s^][^^\n]*)\^\^"), _INNER),
        (re.compile(r"(?<=\w)\^(?P<in>[0-9+-]{1,9})\^"), _superscript),
        (re.compile(r"(?<=\w)\^(?P<in>[^\s^]{1,40})\^"), _INNER),
        (re.compile(r"(?<=\s)\^[A-Za-z0-9-]+[ \t]*(?=\n|\Z)"), _nothing),
    ],
    "%": [(re.compile(r"(?<!\S)%%(?!\s*\Z).*?%%", re.DOTALL), _nothing)],
    "@": [(re.compile(r"(?<=\()@(?P<label>[\w-]+)(?=\))"), _example), (re.compile(r"@<(?P<name>[^<>\n]+)>"), _mention)],
    "<": [
        (re.compile(r"(?<=[\w)])<sup>(?P<in>[0-9+-]{1,9})</sup>"), _superscript),
        (re.compile(r"(?<=\w)<sup>\s{0,9}\[(?P<in>\d{1,3})\]\([^()\s]{1,500}\)\s{0,9}</sup>"), _superscript),
        (re.compile(r"(?<=\w)<sup>\s{0,9}<a\s[^<>]{0,500}>(?P<in>\d{1,3})</a>\s{0,9}</sup>"), _superscript),
        (re.compile(r"<xref:(?P<name>[^<>\s?*]+)[^<>\s]*>"), lambda match, _: match["name"]),
        (re.compile(r"<%.{0,500}?%>", re.DOTALL), lambda _match, _page: MARK),
        (re.compile(r"</?>"), lambda _match, page: "" if page.mdx else None),
    ],
    "$": [
        (re.compile(r"\$`(?P<tex>[^`\n]{1,400})`\$"), lambda match, _: f"${match['tex']}$"),
        (re.compile(r"\$\$[^$\n]{1,1000}\$\$"), _literally),
        (_FORMULA, _literally),
    ],
}
_TABLE["{"][0] = (
    re.compile(INCLUDED.pattern.replace(r"(?P<indent>\s*)", "(?P<indent>)", 1).removesuffix(r"\s*")),
    _include,
)


def without_expressions(html: str, page: Page) -> str:
    """Return HTML with what the expressions of MDX in it show, on the same lines; attributes lose theirs."""
    pieces: list[str] = []
    at = 0
    for opened in re.finditer(r"\{", html):
        end = page.scanner.expression(html, opened.start()) if opened.start() >= at else None
        if end is None:
            continue
        written = html[opened.start() : end]
        shown = '""' if html[opened.start() - 1 : opened.start()] == "=" else _shown(written)
        pieces += [html[at : opened.start()], shown, "\n" * (written.count("\n") - shown.count("\n"))]
        at = end
    return "".join(pieces) + html[at:]


def _shown(written: str) -> str:
    """Return what an expression in braces shows: its text, its number, nothing for a comment, else a mark."""
    inside = written[1:-1].strip()
    text = literal(written)
    if text is None:
        return inside if inside.isdecimal() else "" if inside.startswith("/*") else MARK
    return text


def without_templates(html: str, page: Page) -> str:
    """Return HTML with what the tags and expressions of templates in it show, on the same lines."""
    for pattern, seen in ((SHORTCODE, _shortcode), (_EXPRESSION, _expression)):
        html = pattern.sub(lambda match, seen=seen: _on_its_lines(match, seen(match, page)), html)  # type: ignore[misc]
    return html


def _on_its_lines(match: re.Match[str], seen: str | None) -> str:
    return match[0] if seen is None else seen + "\n" * match[0].count("\n")


def add_dialects(parser: MarkdownIt) -> None:
    """Have a parser know what the table above lists; its environment must hold a `Page`."""
    parser.inline.ruler.after("backticks", "dialects", _dialects)


def _dialects(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 # the parser calls it so
    entries = _TABLE.get(state.src[state.pos])
    if entries is None:
        return False
    page: Page = state.env[PAGE]
    for pattern, seen in entries:
        match = pattern.match(state.src, state.pos, state.posMax)
        if match is None or (seen == _NAMED and not page.has_objects):
            continue
        if isinstance(seen, str):
            return _inner(state, match, silent=silent)
        shown = seen(match, page)
        if shown is not None:
            return _put(state, shown, match.end(), silent=silent)
    return _component(state, page, silent=silent)


def _component(state: StateInline, page: Page, *, silent: bool) -> bool:
    """Take a component's tag, or an expression in braces where the text is MDX."""
    start = state.pos
    if state.src[start] == "{" and page.mdx:
        end = page.scanner.expression(state.src, start)
        if end is None or end > state.posMax:
            return False
        written = state.src[start:end]
        if _HEADING_ID.fullmatch(written):
            return _put(state, "", end, silent=silent)
        return _put(state, _shown(written), end, silent=silent)
    tag = page.scanner.tag(state.src, start) if state.src[start] == "<" else None
    if tag is None or tag.end > state.posMax or not (tag.braced or tag.name[:1].isupper() or "." in tag.name):
        return False
    words = " ".join(seen_of(tag, page))
    if tag.alone and not words and tag.name.split(".")[-1] not in SILENT_COMPONENTS:
        words = "" if not tag.name[:1].isupper() else MARK
    elif not tag.alone and not tag.closing and tag.name.lower() not in page.closed and not tag.attributes:
        words = state.src[start : tag.end]
    elif words and not tag.alone:
        words = f"\n{words} " if state.src[start - 1 : start] == ">" else f"{words} "
    return _put(state, words, tag.end, silent=silent)


def _put(state: StateInline, shown: str, end: int, *, silent: bool) -> bool:
    if not silent:
        token = state.push("dialect", "", 0)
        token.content = shown
        token.meta = {"breaks": state.src.count("\n", state.pos, end)}
    state.pos = end
    return True


def _inner(state: StateInline, match: re.Match[str], *, silent: bool) -> bool:
    """Parse what the group `in` holds, in square brackets where a group `brackets` holds it."""
    group = "in" if match["in"] is not None else "_"
    brackets = match.re.groupindex.keys() & {"brackets"}
    if not silent:
        last = state.posMax
        if brackets:
            state.pending += " ["
        state.pos, state.posMax = match.span(group)
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.posMax = last
        if brackets:
            state.pending += "]"
    state.pos = match.end()
    return True
