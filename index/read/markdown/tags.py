"""Tags of components, shortcodes and Liquid that stand on lines of their own: their words stay, as paragraphs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

from index.read.includes import TEXT, Reference
from index.read.markdown.dialects import (
    ADDRESS_TAGS,
    CODE_TAGS,
    CONTROL_TAGS,
    FIELDS,
    HIDDEN_TAGS,
    INCLUDE_TAGS,
    MARK,
    SHORTCODE_WORDS,
    SILENT_COMPONENTS,
    SILENT_SHORTCODES,
    TAB_NAMES,
    TEXT_ATTRIBUTES,
    TITLED_SHORTCODES,
)
from index.read.markdown.included import add_file
from index.read.markdown.jsx import Tag
from index.read.markdown.lines import LinePass, Page, escaped, rule, without_marks
from index.read.missing import not_included
from index.read.parts import Choice, of_options, shown

SHORTCODE = re.compile(
    r"(?:\{%[-+]?|\{\{(?P<hugo>[<%]))(?!/\*)\s*+(?P<closing>/?)\s*+(?P<name>@?[\w/.-]++)"
    r"(?P<rest>(?:[^%>}\"]|\"[^\"]{0,300}\"|%(?!\})|>(?!\})|\}(?!\})){0,300}?)(?P<alone>/?)\s*(?(hugo)[>%]\}\}|[-+]?%\})"
)
"""A tag of Liquid, GitBook or Hugo."""

_OPENED = re.compile(r"</?[A-Z]")
_NAMED = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|`([^`]*)`")
_LABELS = (
    re.compile(r"label:\s*[\"'`](?P<label>[^\"'`]*)[\"'`]\s*,\s*value:\s*[\"'`](?P<value>[^\"'`]*)[\"'`]"),
    re.compile(r"value:\s*[\"'`](?P<value>[^\"'`]*)[\"'`]\s*,\s*label:\s*[\"'`](?P<label>[^\"'`]*)[\"'`]"),
)
_APART = re.compile(
    r"Tabs?(?:Item|Panel|Content|Pane|Group)?|(?:Accordion|Step|Card|Expand|Collaps|Column|Frame|Panel|Callout|Question|FAQ|Faq"
    r"|Dropdown|Disclosure|Timeline|Update)[A-Za-z]*|Details|Note|Tip|Warning|Info|Caution|Danger|Check|Aside|Admonition"
)

"""Components that a page shows as blocks, wherever they stand in the source."""

_ITEMS = re.compile(r"[\"'`]([^\"'`]*)[\"'`]")
_PROPERTY = re.compile(r"\{\s*props\.(\w+)\s*\}")
_CODE_GROUPS = frozenset(["CodeGroup", "RequestExample", "ResponseExample"])
_GROUPS = frozenset(["Tabs", "CodeTabs", "TabGroup", "Tabs.Root"])
_CODE = frozenset(["Code"])
"""Components that show the code of their attribute `code`, which may be the name of what a file holds."""

_UNQUOTED = frozenset(["details", "spoiler", "tab"])
"""Tags of Liquid whose title may stand in them without quotation marks."""

_ON_HOVER = frozenset(["Tooltip"])
"""Components whose attributes are seen while the pointer is over the words that they hold."""

_SWITCHES = frozenset(["true", "false"])
_MOST_LINES = 40
_SILENT = SILENT_SHORTCODES | CONTROL_TAGS | ADDRESS_TAGS | INCLUDE_TAGS | CODE_TAGS | HIDDEN_TAGS
_PARTIALS = ("_includes",)
"""Folders that files lie in which only a tag shows."""


@rule("<", r"(?P<indent>\s*)</?(?:[A-Z][\w.]*|>)")
def _component(lines: LinePass, match: re.Match[str]) -> bool:
    parsed = tag_over_lines(lines, len(match["indent"]))
    if parsed is None:
        return False
    tag, taken, rest = parsed
    if rest.strip() and _parts(lines, match["indent"], tag, taken):
        return True
    in_sentence = (rest.strip() or tag.alone) and lines.after_text
    if in_sentence or (tag.alone and rest.strip()):
        return False
    _remember(lines.page, tag)
    lines.say("")
    if not lines.page.mdx and not tag.closing and _is_html(lines):
        _as_html(lines)
        return True
    if tag.name in lines.page.imports and not tag.closing:
        path = lines.page.imports[tag.name]
        add_file(lines, Reference(path, path, _with_values(tag)), match["indent"])
        lines.say("", match["indent"])
    else:
        _say(lines, tag, match["indent"])
    lines.at += taken
    if rest.strip():
        lines.at -= 1
        lines.lines[lines.at] = (match["indent"] + rest.strip(), lines.lines[lines.at][1])
    lines.keep_apart(match["indent"])
    return True


def _say(lines: LinePass, tag: Tag, indent: str) -> None:
    for words in list(seen_of(tag, lines.page)) or _lost(tag):
        lines.say(escaped(words), indent)
    if tag.name in _CODE and tag.alone:
        _add_code(lines, tag, indent)


def _add_code(lines: LinePass, tag: Tag, indent: str) -> None:
    """Add the code that a component is given, or the mark for one that it takes from elsewhere."""
    code = tag.attributes.get("code")
    fence = f"{indent}~~~~~~"
    body = [fence, *(indent + line for line in code.split("\n")), fence] if code else [indent + MARK]
    lines.out += [("", lines.number), *((line, lines.number) for line in body), ("", lines.number)]


def _lost(tag: Tag) -> list[str]:
    """Return what stands in the place of a component that shows what its page does not say."""
    is_told = tag.name in SILENT_COMPONENTS | _CODE
    return [not_included(tag.name)] if tag.alone and tag.name and not is_told else []


def _parts(lines: LinePass, indent: str, first: Tag, taken: int) -> bool:
    """Take a line that begins with a component that is a block, and hold what else is on the line apart from that."""
    if not first.name or first.name in lines.page.imports or (not lines.page.mdx and _is_html(lines)):
        return False
    text = "\n".join(line for line, _ in lines.lines[lines.at : lines.at + taken])
    own = ""
    if not _stands_apart(first.name, own):
        is_whole = not lines.after_text and text.rstrip().endswith(f"</{first.name}>")
        if not is_whole or not any(seen_of(first, lines.page)):
            return False
        own = first.name
    at, pieces = 0, []
    for opened in _OPENED.finditer(text):
        is_code = text.count("`", 0, opened.start()) % 2 == 1
        tag = lines.page.scanner.tag(text, opened.start()) if opened.start() >= at and not is_code else None
        if tag is not None and _stands_apart(tag.name, own):
            _remember(lines.page, tag)
            words = [escaped(words) for words in seen_of(tag, lines.page)]
            pieces += [text[at : opened.start()].strip(), *words, ""]
            at = tag.end
    _add_parts(lines, indent, pieces, text[at:], taken)
    return True


def _stands_apart(name: str, own: str) -> bool:
    return name == own or _APART.fullmatch(name.rpartition(".")[2]) is not None


def _add_parts(lines: LinePass, indent: str, pieces: list[str], rest: str, taken: int = 1) -> None:
    """Add pieces of lines as paragraphs of Markdown; the rest is the next line."""
    number = lines.number
    lines.say("", indent)
    for piece in filter(None, pieces):
        lines.within([(indent + piece, number)])
        lines.say("", indent, number)
    lines.at += taken
    if rest.strip():
        lines.at -= 1
        lines.lines[lines.at] = (indent + rest.strip(), lines.lines[lines.at][1])


def _with_values(tag: Tag) -> Choice:
    """Return the choice of all lines of a part, with what its tag gives it in the place of `{props.name}`."""

    def value(match: re.Match[str]) -> str:
        given = tag.attributes.get(match[1])
        return escaped(given) if given else match[0]

    return lambda lines: [_PROPERTY.sub(value, line) for line in shown(lines)]


def _end_of_html(lines: LinePass) -> int:
    """Return the index of the first blank line: up to there HTML goes, outside of MDX."""
    following = range(lines.at, len(lines.lines))
    return next((at for at in following if not lines.lines[at][0].strip()), len(lines.lines))


def _is_html(lines: LinePass) -> bool:
    """Tell whether what stands in a component is indented so far that it would be code were it not HTML."""
    inside = (line for line, _ in lines.lines[lines.at + 1 : _end_of_html(lines)])
    return any(line.startswith(("\t", "    ")) for line in inside)


def _as_html(lines: LinePass) -> None:
    """Take a component with all that stands in it as HTML, its tags' words in their places."""
    end = _end_of_html(lines)
    text = "\n".join(line for line, _ in lines.lines[lines.at : end])
    changed = with_words(text, lines.page, "<p>{}</p>").split("\n")
    lines.out.append(("<div>", lines.number))
    lines.out += [
        (line if line.strip() else "<wbr>", number)
        for line, (_, number) in zip(changed, lines.lines[lines.at : end], strict=True)
    ]
    lines.out.append(("", lines.number))
    lines.at = end


def with_words(text: str, page: Page, put: str) -> str:
    """Return HTML with the words that components in it are given, each put into `put`, on the same lines."""
    at, pieces = 0, []
    for opened in _OPENED.finditer(text):
        tag = page.scanner.tag(text, opened.start()) if opened.start() >= at else None
        if tag is not None:
            words = "".join(put.format(html.escape(words).replace("{", "&#123;")) for words in seen_of(tag, page))
            if not words and tag.alone and tag.name not in SILENT_COMPONENTS:
                words = MARK
            newlines = "\n" * text.count("\n", opened.start(), tag.end)
            pieces += [text[at : opened.start()], words, newlines]
            at = tag.end
    return "".join(pieces) + text[at:]


def tag_over_lines(lines: LinePass, start: int) -> tuple[Tag, int, str] | None:
    """Return the tag that the next line begins with, the lines that it takes, and what follows it on the last."""
    text = lines.text
    for taken in range(1, _MOST_LINES):
        tag = lines.page.scanner.tag(text, start) if ">" in lines.lines[lines.at + taken - 1][0] else None
        if tag is not None:
            return tag, taken, text[tag.end :]
        if lines.at + taken >= len(lines.lines) or not lines.lines[lines.at + taken][0].strip():
            return None
        text = f"{text}\n{lines.lines[lines.at + taken][0]}"
    return None


def _remember(page: Page, tag: Tag) -> None:
    """Keep the labels that a group gives to its tabs, by their values or in their order."""
    if tag.name in _CODE_GROUPS:
        page.in_code_group = not tag.closing
    if tag.name in _GROUPS:
        if tag.closing:
            del page.tabs[-1:]
        elif not tag.alone:
            items = tag.attributes.get("{items}") or ""
            page.tabs.append([] if "label" in items else _ITEMS.findall(items))
    for written in (tag.attributes.get("{values}"), tag.attributes.get("{items}")):
        for pattern in _LABELS if written else ():
            page.labels.update((match["value"], match["label"]) for match in pattern.finditer(written or ""))


def seen_of(tag: Tag, page: Page) -> Iterator[str]:
    """Yield the words that a component is given in its attributes, and that stand beside what it holds."""
    if tag.closing or (tag.name in _ON_HOVER and not tag.alone):
        return
    words = [*_described(tag), *(tag.attributes[name].strip() for name in TEXT_ATTRIBUTES if tag.attributes.get(name))]
    if tag.name in page.imports and tag.alone:
        words.append(not_included(page.imports[tag.name]))
    if tag.name in TAB_NAMES and not words:
        value = tag.attributes.get("value") or tag.attributes.get("name") or ""
        words.append(page.labels.get(value, value) or page.next_tab())
    yield from filter(None, words)


def _described(tag: Tag) -> Iterator[str]:
    """Yield what is said of a parameter or a field: its name, its type, whether it is needed, what it is else."""
    if tag.name not in FIELDS:
        return
    given = tag.attributes
    named = next((given[name] for name in ("name", "path", "query", "body", "header", "cookie") if given.get(name)), "")
    flags = [
        flag for flag in ("required", "deprecated") if given.get(flag, "false") != "false" or given.get(flag) == ""
    ]
    otherwise = given.get("default") or (given.get("{default}") or "").strip("{}")
    yield " ".join(filter(None, [named, given.get("type", ""), *flags, f"default: {otherwise}" if otherwise else ""]))


@rule("{", rf"\s*(?:\{{\{{[<%]|\{{%-?)\s*(?P<name>{'|'.join(sorted(HIDDEN_TAGS))})\b[^{{}}\n]*\}}\}}?(?=.*\S)")
def _hidden(lines: LinePass, match: re.Match[str]) -> bool:
    """Take a hidden part that begins on a line with more: behind its end, the text goes on."""
    name = match["name"].lower()
    if name not in lines.page.closed or lines.page.steps <= 0:
        return False
    end = _closing(lines, name)
    if end == len(lines.lines):
        lines.page.steps -= end - lines.at
        return False
    if not lines.after_text:
        lines.say("")
    _drop(lines, name)
    return True


@rule("{", r"\s*(?:\{%|\{\{[<%])")
def _shortcodes(lines: LinePass, _match: re.Match[str]) -> bool:
    text, taken = lines.text, 1
    while (
        "}" not in lines.lines[lines.at + taken - 1][0] and taken < _MOST_LINES and lines.at + taken < len(lines.lines)
    ):
        if not lines.lines[lines.at + taken][0].strip():
            return False
        text += f"\n{lines.lines[lines.at + taken][0]}"
        taken += 1
    tags = list(SHORTCODE.finditer(text))
    if tags and taken == 1 and _parts_shortcodes(lines, tags):
        return True
    if not tags or SHORTCODE.sub("", text).strip():
        return False
    indent = lines.without_code(text[: len(text) - len(text.lstrip())])
    lines.page.templated = True
    lines.say("", indent)
    number = lines.number
    lines.at += taken
    for tag in tags:
        _shortcode(lines, tag, indent, number)
    if not all(tag["name"].lower() in CONTROL_TAGS for tag in tags):  # these leave a list as it is
        lines.keep_apart(indent)
    return True


def _parts_shortcodes(lines: LinePass, tags: list[re.Match[str]]) -> bool:
    """Take a line that begins with a tab or a box with a title, and hold what else is on the line apart from that."""
    text, first = lines.text, tags[0]
    indent = text[: len(text) - len(text.lstrip())]
    if (
        first.start() != len(indent)
        or first["closing"]
        or not _is_titled(first, lines.page)
        or first.end() == len(text.rstrip())
    ):
        return False
    at, pieces = 0, []
    for tag in tags:
        name = tag["name"].lower()
        if _is_titled(tag, lines.page) or name.removeprefix("end") in TITLED_SHORTCODES:
            words = [] if tag["closing"] else _words_or_label(tag, lines.page)
            pieces += [text[at : tag.start()].strip(), *(escaped(without_marks(one)) for one in words)]
            at = tag.end()
    _add_parts(lines, indent, pieces, text[at:])
    return True


def _is_titled(tag: re.Match[str], page: Page) -> bool:
    name = tag["name"].lower()
    return name in TITLED_SHORTCODES and name != "button" and name in page.closed


def _words_or_label(tag: re.Match[str], page: Page) -> list[str]:
    """Return the words of a shortcode, or of a tab without any the label that its group gives it."""
    words = list(words_of(tag, page))
    if not words and not tag["closing"] and tag["name"].lower() == "tab":
        words = [page.next_tab()]
    return words


def _shortcode(lines: LinePass, tag: re.Match[str], indent: str, number: int) -> None:
    name = tag["name"].lower()
    end = _closing(lines, name) if name in CODE_TAGS and not tag["closing"] else len(lines.lines)
    if end < len(lines.lines):
        body = lines.lines[lines.at : end]
        lines.out += [(f"{indent}~~~~~~", number), *body, (f"{indent}~~~~~~", number)]
        lines.at = end + 1
    elif name in HIDDEN_TAGS and not tag["closing"]:
        _drop(lines, name)
    elif name in {"raw", "verbatim"}:
        lines.page.raw = True
    elif (path := _file_of(tag)).lower().endswith(TEXT[:-2]):
        add_file(lines, Reference(path, path, _part_of(tag)), indent, *_PARTIALS, number=number)
    else:
        if name == "tabs":
            _remember_items(lines.page, tag)
        for words in list(_words_or_label(tag, lines.page)) or _lost_shortcode(tag, lines.page):
            lines.say(escaped(without_marks(words)), indent, number)


def _lost_shortcode(tag: re.Match[str], page: Page) -> list[str]:
    """Return what stands in the place of a shortcode that is never closed and shows what its page does not say."""
    name = tag["name"].lower()
    is_silent = bool(tag["closing"]) or name.startswith("end") or name in _SILENT or name in page.closed
    return [] if is_silent else [not_included(tag["name"])]


def _remember_items(page: Page, tag: re.Match[str]) -> None:
    """Keep the labels that a group of tabs has in a list, as those of Hextra have."""
    if tag["closing"]:
        del page.tabs[-1:]
    else:
        named = {match[1]: match[2] or match[3] or match[4] or "" for match in _NAMED.finditer(tag["rest"])}
        page.tabs.append([item.strip() for item in named.get("items", "").split(",") if item.strip()])


def _drop(lines: LinePass, name: str) -> None:
    """Pass over all lines up to where a tag is closed; what follows that on its line is the next one."""
    end = _closing(lines, name)
    if end < len(lines.lines):
        text, number = lines.lines[end]
        closed = _closes(name).search(text)
        rest = text[closed.end() :].strip() if closed else ""
        lines.lines[end] = (rest, number)
        end += not rest
    lines.at = end


@cache
def _closes(name: str) -> re.Pattern[str]:
    named = re.escape(name)
    return re.compile(rf"\{{%-?\s*end{named}\b(?:[^{{}}\n]*%\}})?|\{{\{{[<%]\s*/\s*{named}\b(?:[^{{}}\n]*\}}\}})?")


def _closing(lines: LinePass, name: str) -> int:
    """Return the index of the line that closes a tag, or of the end."""
    closes = _closes(name)
    return next((at for at in range(lines.at, len(lines.lines)) if closes.search(lines.lines[at][0])), len(lines.lines))


def _file_of(tag: re.Match[str]) -> str:
    """Return the name of the file that a shortcode or tag shows, "" where it shows none."""
    rest = tag["rest"]
    if tag["closing"] or tag["name"].lower() not in INCLUDE_TAGS:
        return ""
    named = {match[1]: match[2] or match[3] or match[4] or "" for match in _NAMED.finditer(rest)}
    file = _QUOTED.match(rest.strip())
    return next(filter(None, file.groups()), "") if file else named.get("file") or rest.strip().split(" ")[0]


def _part_of(tag: re.Match[str]) -> Choice:
    """Return which lines of its file a tag shows: those between the words that it gives as `start` and `end`."""
    named = {match[1]: match[2] or match[3] or match[4] or "" for match in _NAMED.finditer(tag["rest"])}
    ends = {"start-after": named.get("start", ""), "end-before": named.get("end", "")}
    return of_options(ends) if tag["name"].lower() == "include-markdown" and any(ends.values()) else shown


def words_of(tag: re.Match[str], page: Page) -> Iterator[str]:
    """Yield the words that a shortcode or tag is given and that the page shows."""
    name, rest = tag["name"].lower(), tag["rest"]
    if tag["closing"] or name in CODE_TAGS:
        return
    named = {match[1]: match[2] or match[3] or match[4] or "" for match in _NAMED.finditer(rest)}
    if name in INCLUDE_TAGS:
        words = [named[attribute] for attribute in ("content", *TEXT_ATTRIBUTES) if named.get(attribute)]
        if words:
            yield from words
            return
        path = _file_of(tag)
        if not path.endswith(("toc.html", "nav.html")):
            yield not_included(path)
        return
    if name in SHORTCODE_WORDS:
        yield SHORTCODE_WORDS[name].format(" ".join(rest.replace('"', " ").split()))
        return
    shown = ("date", *TEXT_ATTRIBUTES) if name == "update" else TEXT_ATTRIBUTES
    yield from (named[attribute] for attribute in shown if named.get(attribute, "false") not in _SWITCHES)
    if name in TITLED_SHORTCODES and not any(named.get(attribute) for attribute in TEXT_ATTRIBUTES):
        quoted = [next(filter(None, match.groups()), "") for match in _QUOTED.finditer(_NAMED.sub("", rest))]
        bare = [rest.strip()] if tag["hugo"] is None and name in _UNQUOTED and not (quoted or named) else []
        labels = [_without_group(label, page) if name == "tab" else label for label in bare]
        yield from filter(None, [named.get("name", ""), *quoted, *labels])


def _without_group(label: str, page: Page) -> str:
    """Return a tab's label without the name of its group, which it begins with in Jekyll."""
    group, _, rest = label.partition(" ")
    return rest.strip() if rest.strip() and group in page.groups_of_tabs else label
