"""What style sheets hide: in an element's own `style`, and by class or id in the sheets of a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from index.read.html.sheet_rules import Rule, parsed
from index.read.html.tags import FOR_LISTENERS

RAISED = re.compile(r"(?:^|;)\s*vertical-align\s*:\s*super\b", re.IGNORECASE)
"""In a style, what raises text above the line."""

LINE_THROUGH = re.compile(r"\btext-decoration(?:-line)?\s*:[^;]{0,200}line-through", re.IGNORECASE)
"""In a style, what strikes text out."""

_SUBJECT = re.compile(r"[a-z0-9]*([.#][\w-]+)", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+")
_SUBJECT_OR_TAG = re.compile(r"[a-z0-9]*[.#][\w-]+|[a-z][a-z0-9]*|\*", re.IGNORECASE)
_TAG_NAME = re.compile(r"([a-z0-9*]*).*", re.IGNORECASE | re.DOTALL)
_DISPLAY = re.compile(r"(?:^|;)\s*(?:display|visibility)\s*:\s*([\w-]+)", re.IGNORECASE)
_GONE = re.compile(
    r"(?:^|;)\s*(?:"
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+(?![\d.])|font-size\s*:\s*0(?![\d.])"
    r"|font-size\s*:\s*(?:0*\.\d+|1(?:\.0+)?)p[xt]|font-size\s*:\s*0*\.0\d*r?em"
    r"|(?:left|top|right|bottom|text-indent|margin-left)\s*:\s*-(?:\d{4,}(?:\.\d+)?(?:px|pt|em|rem)?|\d{3,}r?em)"
    r"|filter\s*:\s*opacity\(\s*0%?\s*\)"
    r"|mso-hide\s*:\s*all|mso-element\s*:\s*comment(?:-list)?\b|content-visibility\s*:\s*hidden"
    r"|transform\s*:\s*scale\(\s*0(?:\.0+)?\s*(?:,\s*0(?:\.0+)?\s*)?\)"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:100|[5-9]\d)%\s*\)|circle\(\s*0\w*\s*\))"
    r"|clip\s*:\s*rect\(\s*([01])(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?[\s,]+\1(?:px)?\s*\)"
    r")",
    re.IGNORECASE,
)
_FAR_OFF = re.compile(r"(?:^|;)\s*transform\s*:\s*translate[XY]?\(\s*-9{4,}px", re.IGNORECASE)
"""What moves an element away for good: a row of slides is moved by other lengths, the widths of some of them."""

_NO_FONT = re.compile(r"(?:^|;)\s*font\s*:\s*0(?:px)?\s*/\s*0\b", re.IGNORECASE)
_FLAT = re.compile(r"(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*0(?:px|em|rem|%)?\s*(?:;|$|!)", re.IGNORECASE)
_SPECK = re.compile(r"(?:^|;)\s*(height|width)\s*:\s*1px\s*(?=;|$|!)", re.IGNORECASE)
_CUT = re.compile(r"(?:^|;)\s*overflow\s*:\s*(?:hidden|clip)", re.IGNORECASE)
_COMPOUND = re.compile(
    r"([a-z][a-z0-9]*|)((?:[.#][\w-]+|\[[\w-]+(?:=[\"']?[^\]\"']*[\"']?)?\]|:not\((?:[.#][\w-]+|\[[\w-]+\])\))*)",
    re.IGNORECASE,
)
_MARK = re.compile(r":not\([^)]+\)|[.#][\w-]+|\[[^\]]+\]")
_WORD = re.compile(r"(?<![\w.#:(-])[a-z][\w-]*|[.#][\w-]+|\[[^\]]+\]", re.IGNORECASE)
_EXCLUDING = re.compile(r":not\([^)]*\)")
_BESIDE = re.compile(r":(?:before|after|marker|first-line|first-letter)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s>+~]+")
_STATE = re.compile(
    r"cloak|state|active|open|clos|expand|collaps|select|show|visib|current|theme|aria|role", re.IGNORECASE
)
"""Attributes that scripts change as the page is used: what a rule hides by one is shown in another state."""

_MOST_CHAINS = 500
_UNFOLDED = re.compile(r"(?:^|;)\s*max-height\s*:\s*(?:0*[1-9]|none)", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_BEHIND = re.compile(r"(?:^|;)\s*background(?:-color|-image)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = re.compile(
    r"white|#(?:f{3,4}|f{6}|f{8})|rgba?\(\s*255\s*,?\s*255\s*,?\s*255\s*(?:[,/]\s*(?:1(?:\.0*)?|100%)\s*)?\)"
    r"|hsla?\([^,)]*,[^,)]*,\s*100%\s*(?:,\s*1\s*)?\)",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"(?:^|;)\s*background(?:-image)?\s*:[^;]{0,200}?(?:url|gradient|image-set|element)\(", re.IGNORECASE
)
_NO_COLOUR = re.compile(
    r"transparent|none|inherit|initial|unset|revert|revert-layer|rgba\([^)]*,\s*0(?:\.0+)?\s*\)", re.IGNORECASE
)
_CLEAR = re.compile(
    r"transparent|(?:rgb|hsl)a?\((?:(?:[^,/()]{1,20},){3}|[^,/()]{1,40}/)\s*0{0,9}\.?0{1,9}%?\s*\)"
    r"|#(?:[\da-f]{6}00|[\da-f]{3}0)",
    re.IGNORECASE,
)
_OUTLINED = re.compile(
    r"(?:^|;)\s*(?:text-shadow\s*:(?!\s*none)|-webkit-text|(?:-webkit-)?background-clip\s*:\s*text)", re.IGNORECASE
)
"""What lets text be seen whose own colour is clear, or that of its background."""

_OVER_OTHERS = re.compile(
    r"(?:^|;)\s*(?:position\s*:\s*(?:absolute|fixed|sticky)|text-shadow\s*:|-webkit-text)", re.IGNORECASE
)
"""What lets white text be seen: it lies over something else, or has an outline."""

_MOVES = re.compile(r"(?:^|;)\s*(?:transition|animation)", re.IGNORECASE)
_HIDES = frozenset({"none", "hidden", "collapse"})
_MOST = 1_000_000
"""Characters of style sheets that are looked at."""

_KEPT = 4
"""Style sheets that stay parsed: the pages of a book share a few."""


HIDING_CLASSES = FOR_LISTENERS.union(
    """
    d-none hidden is-hidden hide invisible uk-hidden w-hidden ng-hide display-none sd-d-none slds-hide u-hidden
    tw-hidden !hidden is-invisible uk-invisible element-hidden element-invisible ui-helper-hidden w-condition-invisible
    print-only visible-print visible-print-block visible-print-inline show-for-print
    """.split()
)
"""Classes by which the usual style sheets hide an element, those that a page only links to among them."""

_AT_SOME_SIZE = re.compile(r"(?:sd-)?d-(?:sm|md|lg|xl|xxl)-(?!none)|(?!print:)[\w-]+:|is-hidden-|hide-")
"""Classes beside them that show the element on some screens, or in some state."""

_SEEN_AT_SOME_SIZE = re.compile(r"(?:sm|md|lg|xl|2xl):(?:tw-)?not-sr-only")
"""Classes that show words for listeners to all on some screens; others show them to listeners alone, in some state."""


_CONDITIONS = ("v-if", "v-show", "x-if", "x-show", "*ngif", "ng-if", "ng-show")


def is_for_screens(media: str) -> bool:
    """Tell whether a style sheet with this attribute `media` holds for whoever reads on a screen, of whatever size."""
    return any(part.strip().lower() in {"", "all", "screen"} for part in media.split(","))


def hides_by_class(classes: Collection[str]) -> bool:
    """Tell whether the classes of an element hide it at every size of the screen."""
    if not FOR_LISTENERS.isdisjoint(classes):
        return not any(map(_SEEN_AT_SOME_SIZE.fullmatch, classes))
    return not HIDING_CLASSES.isdisjoint(classes) and not any(map(_AT_SOME_SIZE.match, classes))


def is_switched_off(attrs: Mapping[str, str]) -> bool:
    """Tell whether Vue, Alpine or Angular show an element on a condition that never holds."""
    return any(attrs.get(name, "").strip() == "false" for name in _CONDITIONS)


def has_no_font(style: str) -> bool:
    """Tell whether the words of an element with this `style` have no size, where no element in it gives them one."""
    return _NO_FONT.search(style) is not None


def hides(style: str) -> bool:
    """Tell whether an element with this `style` is not seen: not displayed, off the page, or written tone in tone."""
    if _is_gone(style) or (_FAR_OFF.search(style) and not _MOVES.search(style)):
        return True
    colour, background = _COLOUR.search(style), _BACKGROUND.search(style)
    if not colour or not background or _OUTLINED.search(style) or _PICTURE.search(style):
        return False
    written = colour[1].strip().lower()
    return written == background[1].strip().lower() and not _NO_COLOUR.fullmatch(written)


def is_white(attrs: Mapping[str, str]) -> bool | None:
    """Tell whether an element with these attributes has its text in white, or None where it does not say its colour."""
    colour = _COLOUR.search(attrs.get("style", ""))
    written = " ".join((colour[1] if colour else attrs.get("color", "")).split())
    return bool(_WHITE.fullmatch(written)) if written else None


def is_behind(attrs: Mapping[str, str]) -> bool | None:
    """Tell whether something that is not white lies behind an element's text; None where its attributes do not say."""
    style = attrs.get("style", "")
    if _OVER_OTHERS.search(style) or _PICTURE.search(style):
        return True
    behind = _BEHIND.search(style)
    written = behind[1].strip() if behind else (attrs.get("bgcolor") or attrs.get("background") or "").strip()
    return None if not written or _NO_COLOUR.fullmatch(written) else not _WHITE.fullmatch(written)


Painted = Mapping[str, tuple[bool | None, bool | None]]
"""By the name of a class, an id or an element: whether it is white and what is behind it, as the two above say it."""


def painted_by(sheets: Iterable[str]) -> Painted:
    """Return what the style sheets say of colours, of the last part of each selector; what differs is not white."""
    return _painted_by("".join(sheets)[:_MOST])


@lru_cache(_KEPT)
def _painted_by(sheet: str) -> Painted:
    painted: dict[str, tuple[bool | None, bool | None]] = {}
    for selectors, style, everywhere in _rules(sheet):
        white, behind = is_white({"style": style}), is_behind({"style": style})
        if white is None and behind is None:
            continue
        for selector in selectors.split(","):
            last = selector.replace(">", " ").split()[-1:]
            alone = everywhere and bool(last) and _SUBJECT_OR_TAG.fullmatch(selector.strip()) is not None
            for name in _NAME.findall(last[0]) or [_TAG_NAME.sub(r"\1", last[0]).lower()] if last else ():
                known = painted.get(name, (None, None))
                painted[name] = (_joined(known[0], white and alone, worst=False), _joined(known[1], behind, worst=True))
    return painted


def _joined(*said: bool | None, worst: bool) -> bool | None:
    """Return what rules say together: `worst` where one of them says it, and None where none speaks."""
    known = {one for one in said if one is not None}
    return worst if worst in known else not worst if known else None


class Compound(NamedTuple):
    """A part of a selector: the name of an element, or "", and what else it has, see `attribute_marks`, or has not.

    With `is_child`, it stands right in what the part before it leads to, and in nothing between.
    """

    tag: str
    marks: frozenset[str]
    is_child: bool


def attribute_marks(attrs: Mapping[str, str]) -> set[str]:
    """Return the marks of an element's attributes as they stand in a selector: "[name]" and "[name=value]"."""
    return {mark for name, value in attrs.items() for mark in (f"[{name}]", f"[{name}={value}]")}


def hidden_chains(sheets: Iterable[str], shown: frozenset[str]) -> list[tuple[Compound, ...]]:
    """Return the selectors of several parts whose elements the sheets hide: each part an element, the last the hidden.

    What has a name among `shown`, those that any rule shows, is not among them, nor what a rule shows whose selector
    says all that the one that hides it says, and more or as much. Nor are selectors with other marks than spaces and
    `>` between their parts, or with attributes that change as the page is used.
    """
    sheet = "".join(sheets)[:_MOST]
    chains = [chain for chain in _hidden_chains(sheet) if shown.isdisjoint(chain[-1].marks)][:_MOST_CHAINS]
    showing = _showing(sheet)
    return [chain for chain in chains if not _is_shown_again(chain, showing)]


def required_by(chain: tuple[Compound, ...]) -> set[str]:
    """Return the names of elements and the marks that a selector asks for."""
    return {mark for part in chain for mark in (part.tag, *part.marks) if mark and mark[0] != ":"}


def _is_shown_again(chain: tuple[Compound, ...], showing: Mapping[str, list[frozenset[str]]]) -> bool:
    said = required_by(chain)
    last = chain[-1].tag or min(chain[-1].marks)
    return any(said <= words for words in showing.get(last, ()))


@lru_cache(_KEPT)
def _showing(sheet: str) -> Mapping[str, list[frozenset[str]]]:
    """Return what the selectors of rules that show something say, by each thing that they say of their elements."""
    showing: dict[str, list[frozenset[str]]] = {}
    for selectors, style, _ in _rules(sheet):
        for selector in selectors.split(",") if _shows(style) else ():
            if _BESIDE.search(selector):
                continue
            words = _words(selector)
            for word in _words(_BETWEEN.split(selector.strip())[-1]):
                showing.setdefault(word, []).append(words)
    return showing


def _words(selector: str) -> frozenset[str]:
    return frozenset(map(_unquoted, _WORD.findall(_EXCLUDING.sub("", selector))))


@lru_cache(_KEPT)
def _hidden_chains(sheet: str) -> tuple[tuple[Compound, ...], ...]:
    chains = (
        _chain(selector)
        for selectors, style, _ in _rules(sheet)
        if _is_gone(style)
        for selector in selectors.split(",")
    )
    return tuple(filter(None, chains))


def _chain(selector: str) -> tuple[Compound, ...]:
    chain = compounds(selector)
    is_single = _SUBJECT.fullmatch(selector.strip()) is not None  # those are known by their names
    changes = any(mark[0] == "[" and _STATE.search(mark) for part in chain for mark in part.marks)
    return () if is_single or changes else chain


def compounds(selector: str) -> tuple[Compound, ...]:
    """Return the parts of a selector, the last that of its element; none where it has other marks in it."""
    parts: list[Compound] = []
    is_child = False
    for written in selector.replace(">", " > ").split():
        part = _COMPOUND.fullmatch(written)
        if part:
            parts.append(Compound(part[1].lower(), frozenset(map(_unquoted, _MARK.findall(part[2]))), is_child))
        elif written != ">" or is_child or not parts:
            return ()
        is_child = part is None
    return () if is_child else tuple(parts)


def rules(sheets: Iterable[str]) -> Iterable[Rule]:
    """Return the selectors and declarations of all rules, and whether they hold everywhere."""
    return _rules("".join(sheets)[:_MOST])


def striking_names(sheets: Iterable[str]) -> frozenset[str]:
    """Return the classes (".name") and ids ("#name") whose elements the sheets strike out, anywhere."""
    return names_with(sheets, LINE_THROUGH)


def names_with(sheets: Iterable[str], declaration: re.Pattern[str]) -> frozenset[str]:
    """Return the classes (".name") and ids ("#name") that the sheets give a declaration, anywhere."""
    return _names_with("".join(sheets)[:_MOST], declaration)


@lru_cache(2 * _KEPT)
def _names_with(sheet: str, declaration: re.Pattern[str]) -> frozenset[str]:
    return frozenset(
        subject[1]
        for selectors, style, everywhere in _rules(sheet)
        if everywhere and declaration.search(style)
        for selector in selectors.split(",")
        if ":" not in selector and (subject := _SUBJECT.fullmatch(selector.replace(">", " ").strip().split(" ")[-1]))
    )


def _unquoted(mark: str) -> str:
    return mark.replace('"', "").replace("'", "") if mark[0] == "[" else mark


def hidden_names(sheets: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the classes (".name") and ids ("#name") whose elements the sheets hide for good, and those they show.

    A name that any rule shows again, as that of an open tab is, is not among them, nor one that is hidden in print or
    on small screens alone.
    """
    return _hidden_names("".join(sheets)[:_MOST])


@lru_cache(_KEPT)
def _hidden_names(sheet: str) -> tuple[frozenset[str], frozenset[str]]:
    hidden: set[str] = set()
    shown: set[str] = set()
    for selectors, style, _ in _rules(sheet):
        gone, shows = _is_gone(style), _shows(style)
        for selector in selectors.split(",") if gone or shows else ():
            if gone:
                subject = _SUBJECT.fullmatch(selector.strip())
                hidden |= {subject[1]} if subject else set()
            else:
                shown |= set(_NAME.findall(selector))
    return frozenset(hidden - shown), frozenset(shown)


def _shows(style: str) -> bool:
    """Tell whether a rule shows its elements, or says how they unfold."""
    display = _DISPLAY.search(style)
    is_displayed = display is not None and display[1].lower() not in _HIDES
    return (is_displayed or _UNFOLDED.search(style) is not None) and not _is_gone(style)


def _is_gone(style: str) -> bool:
    """Tell whether a rule hides its elements; one that says how they unfold does not."""
    if _GONE.search(style):
        return True
    is_small = _FLAT.search(style) or {side.lower() for side in _SPECK.findall(style)} == {"height", "width"}
    if is_small and _CUT.search(style) and not _MOVES.search(style):
        return True
    colour = _COLOUR.search(style)
    return bool(colour and _CLEAR.fullmatch(colour[1].strip()) and not _OUTLINED.search(style))


@lru_cache(_KEPT)
def _rules(sheet: str) -> tuple[Rule, ...]:
    """Return the rules of a sheet but those that hide on some screens alone: what is shown somewhere may be seen."""
    return tuple(rule for rule in parsed(sheet) if rule[2] or not _is_gone(rule[1]))
