"""One pass over the lines of a Markdown text that turns what only some tools know into what every parser does.

Lines are added, changed and dropped, and each keeps the number that it has in the file. What each beginning of a line
may mean stands in `RULES`, which the modules beside this one fill.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from index.read.files import Files
from index.read.html.style import hidden_names, striking_names
from index.read.markdown.jsx import Scanner

if TYPE_CHECKING:
    from index.read.draft import Fragment

_LISTED = re.compile(r"\s{0,3}(?:[-*+]|\d{1,9}[.)]|:|~)\s|\s{0,3}\[\^|\s{0,3}(?:!!!|\?\?\?|===|///|:::|<|\{%|\{\{)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>{}&|~])")
_MARKS = re.compile(r"(?<!\w)(\*\*|__|[*_`])(?=\S)([^\n]+?)(?<=\S)\1(?!\w)")
_ALWAYS_RUN = ("{{<", "{{%")
"""Tags of Hugo, which it runs in code, too, where no comment stands in them."""

_NUMBERED = re.compile(r"\s*\d{1,9}[.)]\s")
_APART = "<!-- -->"
"""A comment: two lists that it stands between are two."""

_STEP = 4
_DEEPEST = 20
_NEAR = 20
"""Further apart, two items are taken for those of two lists."""


_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_LABELLED = re.compile(r"^\(([\w:.-]+)\)=[ \t]*\n\s*#{1,6}[ \t]+([^\n#{]+)", re.MULTILINE)
_CHUNK = re.compile(r"^[`~]{3,}\s*\{(?:r|python|julia)\b", re.MULTILINE)
_OBJECT = re.compile(r"^:::[ \t]+[A-Za-z_]\w*(?:\.\w+)+[ \t]*$", re.MULTILINE)
_MYST = re.compile(r"^(?:```|:::)\s*\{[a-z]|\{[a-z]+\}`|^\([\w-]+\)=$", re.MULTILINE)
_VUE = re.compile(r"^<script\b[^>]*\bsetup\b|^:{3,}\s*v-pre\b", re.MULTILINE)
_BACKGROUND = re.compile(r"background|bgcolor|badge|color-scheme", re.IGNORECASE)
_STYLE = re.compile(r"[ \t]*<style\b[^<>]{0,200}>", re.IGNORECASE)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_OF_A_SLIDE = re.compile(r"(?:class|layout|template|background-image|count):[ \t]*\S")
"""What remark alone is told at the beginning of a slide."""

_EXAMPLE = re.compile(r"\s{0,3}\(@([\w-]*)\)\s+\S")
_REFERRED = re.compile(r"\(@([\w-]+)\)")
_CLOSED = re.compile(r"<\s*/\s*([\w.:-]+)|\{\{[<%]\s*/\s*([\w-]+)|\{%-?\s*end([\w-]+)")
_GROUP_OF_TABS = re.compile(r"\{%-?\s{0,9}tabs\s{1,9}([\w-]+)\s{0,9}-?%\}")


@dataclass
class Page:
    """What is known of a text as a whole: what its front matter says, and what its lines have shown so far."""

    text: str
    mdx: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    raw: bool = False
    templated: bool = False
    interpolated: bool = False
    marked: int = 0
    in_code_group: bool = False
    steps: int = 100_000
    labels: dict[str, str] = field(default_factory=dict)
    tabs: list[list[str]] = field(default_factory=list)
    imports: dict[str, str] = field(default_factory=dict)
    raw_imports: dict[str, str] = field(default_factory=dict)
    scanner: Scanner = field(default_factory=Scanner)
    files: Files = field(default_factory=Files)

    def next_tab(self) -> str:
        """Return the label of the next tab of the group that is open, "" where the group gives it none."""
        return self.tabs[-1].pop(0) if self.tabs and self.tabs[-1] else ""

    @cached_property
    def closed(self) -> frozenset[str]:
        """The names of the elements, shortcodes and tags that the text closes anywhere, in lower case."""
        return frozenset(name.lower() for names in _CLOSED.findall(self.text) for name in names if name)

    @cached_property
    def groups_of_tabs(self) -> frozenset[str]:
        """The names that the text gives to groups of tabs, as Jekyll has it."""
        return frozenset(_GROUP_OF_TABS.findall(self.text))

    @cached_property
    def styles(self) -> tuple[str, ...]:
        """The style sheets that stand in the text, but those that it shows as code."""
        if "<style" not in self.text:
            return ()
        sheets: list[list[str]] = []
        fence, inside = "", False
        for line in self.text.split("\n"):
            marks = _FENCE.match(line)
            if marks and not inside and (not fence or marks[1].startswith(fence)):
                fence = "" if fence else marks[1]
            if begins := None if inside or fence else _STYLE.match(line):
                sheets.append([])
            inside = inside or begins is not None
            if inside:
                part, closed, _ = line[begins.end() if begins else 0 :].partition("</style>")
                sheets[-1].append(part)
                inside = not closed
        return tuple("\n".join(sheet).replace("{`", "").replace("`}", "") for sheet in sheets)

    @cached_property
    def hidden_names(self) -> frozenset[str]:
        """The classes (".name") and ids ("#name") whose elements these style sheets hide."""
        return hidden_names(self.styles)[0] if self.styles else frozenset()

    @cached_property
    def striking_names(self) -> frozenset[str]:
        """The classes (".name") and ids ("#name") whose elements these style sheets strike out."""
        return striking_names(self.styles) if self.styles else frozenset()

    @cached_property
    def is_deck(self) -> bool:
        """Whether the text is slides of remark: a note stands between two slides, or a slide begins as only its do."""
        return "???" in self.text and _is_deck(self.text.split("\n"))

    @cached_property
    def on_white(self) -> bool:
        """Whether the text gives nothing a background: what is written in white is then not seen."""
        return _BACKGROUND.search(self.text) is None

    @cached_property
    def examples(self) -> Mapping[str, int]:
        """The numbers of pandoc's examples, by label, or by a space and the line that they stand on."""
        if "(@" not in self.text:
            return {}
        begun = [
            (match[1] or f" {number}")
            for number, line in enumerate(self.text.split("\n"), 1)
            if (match := _EXAMPLE.match(line))
        ]
        referred = Counter(_REFERRED.findall(self.text))
        is_used = any(label[0] == " " or referred[label] > 1 for label in begun)
        return {label: count for count, label in enumerate(dict.fromkeys(begun), 1)} if is_used else {}

    @cached_property
    def targets(self) -> Mapping[str, str]:
        """The headings that MyST gives labels, by label."""
        return {label: title.strip() for label, title in _LABELLED.findall(self.text)}

    @cached_property
    def has_headings(self) -> bool:
        """Whether a heading begins as CommonMark has it, with a space after its marks."""
        return bool(_HEADING.search(self.text))

    @cached_property
    def has_chunks(self) -> bool:
        """Whether code is run to make the page, as in R Markdown and Quarto."""
        return bool(_CHUNK.search(self.text))

    @cached_property
    def has_objects(self) -> bool:
        """Whether mkdocstrings makes the page: it describes something in code, or its site names the tool."""
        return bool(_OBJECT.search(self.text)) or (self.files.page is not None and self.files.page[0].objects)

    @cached_property
    def is_vue(self) -> bool:
        """Whether `{{ … }}` shows what is computed, as in the pages of VitePress."""
        return self.interpolated or bool(_VUE.search(self.text))

    @cached_property
    def is_myst(self) -> bool:
        """Whether directives, roles or labels are written as MyST has them, or the page is one of Sphinx's."""
        return bool(_MYST.search(self.text)) or (self.files.page is not None and self.files.page[0].sphinx)


class LinePass:
    """The pass: `lines` from `at` on are still to come, `out` is what they came to."""

    def __init__(self, lines: Sequence[Fragment], page: Page, depth: int = 0) -> None:
        """Begin at the first line; `depth` is in how many others this pass stands.

        `unclosed` has what rules have looked for in vain up to the last line.
        """
        self.lines = list(lines)
        self.page = page
        self.at = 0
        self.out: list[Fragment] = []
        self._depth = depth
        self.unclosed: set[str] = set()
        self._listed = False

    def run(self) -> list[Fragment]:
        """Return the lines that the parser gets."""
        while self.at < len(self.lines):
            if not self._is_ruled():
                self._look(self.text)
                self.copy()
        return self.out

    @property
    def text(self) -> str:
        """The line that is next."""
        return self.lines[self.at][0]

    @property
    def number(self) -> int:
        """The number of the line that is next, or of the last."""
        return self.lines[min(self.at, len(self.lines) - 1)][1]

    @property
    def after_text(self) -> bool:
        """Whether what is next would go on with a paragraph."""
        return bool(self.out) and bool(self.out[-1][0].strip())

    def copy(self, lines: int = 1) -> None:
        """Take lines as they are."""
        self.out += self.lines[self.at : self.at + lines]
        self.at += lines

    def blank(self, lines: int = 1) -> None:
        """Take an empty line in the place of lines."""
        self.out.append(("", self.number))
        self.at += lines

    def say(self, text: str, indent: str = "", number: int | None = None) -> None:
        """Add a paragraph, of Markdown; nothing is taken."""
        number = self.number if number is None else number
        if text.strip():
            self.out += [(indent.rstrip(" \t") if ">" in indent else "", number), (indent + text.strip(), number)]
        self.out.append((indent.rstrip(" \t") if ">" in indent else "", number))

    def without_code(self, indent: str) -> str:
        """Return the indentation of what is no code, as that of a tag within another: in no list, it means nothing."""
        return indent if self._listed or self._depth or len(indent.expandtabs(_STEP)) < _STEP else ""

    def keep_apart(self, indent: str) -> None:
        """Keep a numbered list that comes next apart from one above, at the beginning or end of a box at `indent`."""
        above = next((text for text, _ in reversed(self.out[-_NEAR:]) if text.strip()), "")
        following = next((text for text, _ in self.lines[self.at : self.at + _NEAR] if text.strip()), "")
        if _goes_on(above, following) and len(following) - len(following.lstrip()) >= len(indent):
            self.out += [("", self.number), (f"{indent}{_APART}", self.number), ("", self.number)]

    def within(self, lines: Sequence[Fragment]) -> None:
        """Add what a pass over other lines comes to; nothing is taken."""
        deep = self._depth >= _DEEPEST
        self.out += lines if deep else LinePass(lines, self.page, self._depth + 1).run()

    def dedent(self, start: int, indent: int) -> None:
        """Move lines out by one step, up to the first that is not indented to `indent`."""
        above = ""
        for number in range(start, len(self.lines)):
            line, at = self.lines[number]
            line = line.expandtabs(_STEP)
            if line.strip() and len(line) - len(line.lstrip()) < indent:
                if _goes_on(above, line):
                    self.lines[number:number] = [(" " * (indent - _STEP) + _APART, at), ("", at)]
                return
            self.lines[number] = (line[: max(0, indent - _STEP)] + line[indent:], at)
            above = self.lines[number][0] if line.strip() else above

    def _is_ruled(self) -> bool:
        bare = self.text.lstrip(" \t")
        rules = RULES.get(bare[:1])
        if rules is None or self._is_code(bare):
            return False
        for pattern, rule in rules:
            match = pattern.match(self.text)
            if match and rule(self, match):
                return True
        return False

    def _is_code(self, bare: str) -> bool:
        """Tell whether the next line is code by its indentation alone: that of nothing above it."""
        if bare.startswith(_ALWAYS_RUN) and not bare.startswith("/*", len(_ALWAYS_RUN[0])):
            return False
        if self.page.mdx or self._depth or self._listed or len(self.text.expandtabs(_STEP)) - len(bare) < _STEP:
            return False
        return not self.after_text or self.out[-1][0][:1] in {" ", "\t"}

    def _look(self, text: str) -> None:
        if text.strip() and text.expandtabs(_STEP)[:_STEP].strip():
            self._listed = bool(_LISTED.match(text))


Rule = Callable[[LinePass, re.Match[str]], bool]
"""Takes the next lines and returns True, or takes none and returns False."""

RULES: dict[str, list[tuple[re.Pattern[str], Rule]]] = {}
"""By the first character of a line that is no space: what it may be, and what is done with it."""


def rule(first: str, pattern: str) -> Callable[[Rule], Rule]:
    """Enter a function as the rule for lines that begin with one of the characters and match."""

    def entered(function: Rule) -> Rule:
        for character in first:
            RULES.setdefault(character, []).append((re.compile(pattern), function))
        return function

    return entered


def _goes_on(above: str, following: str) -> bool:
    """Tell whether a numbered item would go on with the list that ends above it."""
    return bool(_NUMBERED.match(following) and (_NUMBERED.match(above) or above[:1].isspace()))


def code_lines(lines: Sequence[str]) -> list[bool]:
    """Return for each line whether it stands in code between fences, those among it."""
    fence = ""
    code = []
    for line in lines:
        marks = _FENCE.match(line)
        code.append(bool(fence or marks))
        if marks and not fence:
            fence = marks[1]
        elif marks and marks[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
    return code


def _is_deck(lines: Sequence[str]) -> bool:
    code = code_lines(lines)
    begun = noted = False
    for line, before, after, inside in zip(lines, ["", *lines], [*lines[1:], ""], code, strict=False):
        if begun and line.rstrip() == "???" and not inside:
            noted = True
        elif line.rstrip() == "---" and not inside and not before.strip():
            if _OF_A_SLIDE.match(after) or (noted and not after.strip()):
                return True
            begun = begun or not after.strip()
    return bool(lines) and _OF_A_SLIDE.match(lines[0]) is not None


def without_marks(text: str) -> str:
    """Return a short text of Markdown, such as a title, without the marks of emphasis and code."""
    return _MARKS.sub(r"\2", text)


def escaped(text: str) -> str:
    """Return a text as Markdown that shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)
