"""What a page does not show: left out where its author hid it, read where a click of the reader shows it.

Hidden is an element that is named in `UNSEEN` or `UNSEEN_CLASSES`, one with `hidden` or `aria-hidden="true"`, and one
that a style hides: its own, or by class or id that of the page. Comments of a Google Docs export are hidden, too.

Shown on a click, and so read, is a hidden element with `hidden="until-found"` or the role of a tab's panel, one that a
control names (`aria-controls`, `data-target`, a tab's link), and one whose class or id says that it unfolds, unless it
says as well that it is private, a note or a draft. What stands in an element that is hidden and not so marked stays
hidden.
"""

from __future__ import annotations

import re

from index.read.html.events import Element, Page
from index.read.html.formula import is_formula
from index.read.html.selectors import NOT, key_of, leads_to, marks_of, names_of
from index.read.html.style import (
    HIDING_CLASSES,
    Compound,
    Painted,
    has_no_font,
    hidden_chains,
    hidden_names,
    hides,
    hides_by_class,
    is_behind,
    is_switched_off,
    is_white,
    painted_by,
    required_by,
)
from index.read.html.tags import UNSEEN, UNSEEN_CLASSES

_UNFOLDS = re.compile(
    r"(?:^|[-_])(?:tab-?(?:pane|panel|content|item|body|page)s?|tabs?|tabbed|accordions?|collaps\w*|expand\w*|toggle\w*"
    r"|unfold\w*|spoilers?|faqs?|disclosure)(?=$|[-_])",
    re.IGNORECASE,
)
"""Names of what unfolds."""

_MAY_UNFOLD = re.compile(
    r"(?:^|[-_])(?:panels?|panes?|answers?|details?|body|content|fold\w*)(?=$|[-_])", re.IGNORECASE
)
"""Names of what unfolds where a control stands right before it."""

_KEPT_BACK = re.compile(
    r"(?:^|[-_])(?:private|internal|secret|drafts?|admins?|moderators?|mods?|staff|editors?|notes?|todo|comments?"
    r"|templates?|old|deprecated|unused|archived?)(?=$|[-_])",
    re.IGNORECASE,
)
"""Names of what nobody unfolds, whatever else it is called."""

_PICKER = re.compile(r"lang|locale|version|theme|location|sort|search|navigat", re.IGNORECASE)
"""Names of lists to choose from that lead to other pages, or change how this one looks."""

_CONTROLS = frozenset({"button", "summary", "label"})
_CONTROL_NAME = re.compile(r"accordion|toggle|question|expand|trigger|collaps|tab", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_TARGETS = ("aria-controls", "data-target", "data-bs-target", "data-tab", "data-toggle-target", "popovertarget")
_CONTROL_ROLES = frozenset({"tab", "button"})
_COMMENT = re.compile(r"cmnt\d+")
_COMMENT_MARK = re.compile(r"#cmnt\d+")
_SMALL = frozenset({"i", "img", "span", "svg"})
_NOTE_ROLES = frozenset({"doc-noteref"})
_NOTE_CLASSES = frozenset({"footnote-ref", "footnote-reference", "noteref", "footnote-backref", "reversefootnote"})
_BACK_ROLES = frozenset({"doc-backlink"})
_MARK = re.compile(r"\s*\[?\s*(?:\w{1,3}|[*†‡↑↩︎^¶#§]+)\s*\]?\s*")
_IGNORED = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_BULLET = re.compile(r"[^\w(]|o")
"""What Word writes for a bullet: one sign, in a font of signs or none."""

_DRAWN = frozenset({"svg", "g", "text", "tspan", "textpath", "switch", "symbol", "foreignobject"})
"""Parts of a drawing, which may have by an attribute what other elements have by a style."""

_TITLE_OF_BOX = "starlight-aside__title"
"""The title of a box of Starlight, which is seen, and is read out from another place."""

_NEAR = 20
_DARK = re.compile(r"color-scheme\s*:\s*(?:only\s+)?dark", re.IGNORECASE)
_FONTS = re.compile(r"fonts?\.(?:googleapis|gstatic|bunny)", re.IGNORECASE)
_PERMALINK = re.compile(r"\s*(?:[¶#§🔗^↑]|[↩⏎]\N{VARIATION SELECTOR-15}?)\s*")


def hidden(page: Page, *, on_white: bool = True) -> set[int]:
    """Return the elements of a page that are not read; what stands in them is not, either.

    With `on_white`, nothing of another colour than white lies behind the page.
    """
    sheets = _sheets(page)
    names, shown = hidden_names(sheets)
    chained = _chained(page, hidden_chains(sheets, shown))
    names |= {f".{name}" for name in HIDING_CLASSES} - shown
    targets, controls = _targets(page), _after_controls(page)
    unseen: set[int] = set()
    for number, element in enumerate(page.elements):
        if _is_never_seen(page, number, element) or (
            (_is_hidden(element, names) or number in chained or _is_without_font(page, number, element))
            and not _is_shown_on_a_click(page, number, targets, controls)
        ):
            unseen.add(number)
    unseen |= _comments(page) | _hidden_columns(page) | (_in_white(page) if on_white else set())
    return unseen - _instead_of_frames(page)


def _instead_of_frames(page: Page) -> set[int]:
    """Return what a page of frames, which are other pages, says itself: it is for browsers that know none."""
    if not any(element.tag == "frameset" for element in page.elements):
        return set()
    return {number for number, element in enumerate(page.elements) if element.tag == "noframes"}


def _sheets(page: Page) -> list[str]:
    """Return the style sheets of a page, with what elements themselves say of the values that have a name."""
    if not any("var(" in sheet for sheet in page.styles):
        return page.styles
    own = (element.attrs.get("style", "") for element in page.elements)
    return [*page.styles, *(f"_{{{style}}}" for style in own if "--" in style)]


def _is_never_seen(page: Page, number: int, element: Element) -> bool:
    if element.tag == "script" and is_formula(element):
        return False
    if element.tag in UNSEEN or "data-nosnippet" in element.attrs or not UNSEEN_CLASSES.isdisjoint(element.classes):
        return True
    if element.tag in {"select", "option"}:
        return not _is_chosen(element)
    if "pagebreak" in element.attrs.get("epub:type", "") or element.attrs.get("role") == "doc-pagebreak":
        return True
    if "mso-list" in element.attrs.get("style", ""):
        return bool(_IGNORED.search(element.attrs["style"])) and _BULLET.fullmatch(page.label(number)) is not None
    is_beside = element.tag == "span" and _is_beside_code(page, number, element)
    return is_beside or (element.tag in {"a", "sup"} and _is_mark(page, number, element))


def _is_beside_code(page: Page, number: int, element: Element) -> bool:
    """Tell whether words are a line that mdBook hides in code, or the language that VitePress shows beside it."""
    above = [page.elements[outer] for outer in page.above(number)] if {"boring", "lang"} & {*element.classes} else []
    if "boring" in element.classes:
        return [outer.tag for outer in above[:2]] == ["code", "pre"]
    if "lang" not in element.classes or not above or f"language-{page.label(number)}" not in above[0].classes:
        return False
    following = page.elements[number + 1 : number + 3]
    return any(later.tag == "pre" and later.parent == element.parent for later in following)


def _is_chosen(element: Element) -> bool:
    """Tell whether a list to choose from is one of the text, or an option is the one that the list shows."""
    if element.tag == "option":
        return "selected" in element.attrs
    named = " ".join(element.attrs.get(name, "") for name in ("id", "name", "class", "aria-label", "onchange"))
    return not _PICKER.search(named)


def _is_mark(page: Page, number: int, element: Element) -> bool:
    """Tell whether a link is none of the text: a heading's own address, the mark of a note or the way back from it."""
    if element.tag == "sup":
        return "reference" in element.classes
    href, role = element.attrs.get("href", ""), element.attrs.get("role", "")
    if not page.is_short(number):
        return False
    if not href.startswith("#") and "noteref" not in element.attrs.get("epub:type", ""):
        return False
    noted = role in _NOTE_ROLES | _BACK_ROLES or not _NOTE_CLASSES.isdisjoint(element.classes)
    noted = noted or "noteref" in element.attrs.get("epub:type", "") or _is_raised(page, element)
    text = page.label(number)
    return bool(_PERMALINK.fullmatch(text) or _COMMENT_MARK.fullmatch(href) or (noted and _MARK.fullmatch(text)))


def _is_raised(page: Page, element: Element) -> bool:
    return element.parent >= 0 and page.elements[element.parent].tag == "sup"


def _is_hidden(element: Element, names: frozenset[str]) -> bool:
    attrs = element.attrs
    unheard = attrs.get("aria-hidden", "").lower() == "true" and _TITLE_OF_BOX not in element.classes
    if "hidden" in attrs or unheard or hides(attrs.get("style", "")):
        return True
    if element.tag in _DRAWN and (attrs.get("display", "") == "none" or attrs.get("visibility", "") == "hidden"):
        return True
    if is_switched_off(attrs) or (element.tag == "dialog" and "open" not in attrs) or "popover" in attrs:
        return True
    hiding_names = names & names_of(element)
    by_framework = {f".{name}" for name in HIDING_CLASSES}
    return bool(hiding_names) and (not hiding_names <= by_framework or hides_by_class(element.classes))


def _is_without_font(page: Page, number: int, element: Element) -> bool:
    following = page.elements[number + 1 : number + 2]
    return has_no_font(element.attrs.get("style", "")) and not any(inner.parent == number for inner in following)


def _chained(page: Page, chains: list[tuple[Compound, ...]]) -> set[int]:
    """Return the elements that selectors of several parts lead to, but those that hold most of the page."""
    by_key: dict[str, list[tuple[Compound, ...]]] = {}
    open_ones = _in_other_states(page, chains)
    present = {mark for element in page.elements for mark in (element.tag, *marks_of(element))} if chains else set()
    for chain in chains:
        if not required_by(chain) <= present:
            continue
        marks = chain[-1].marks
        required = {mark for mark in marks if mark[0] != ":"}
        if not any(required <= open_ones[mark] for mark in marks if mark in open_ones):
            by_key.setdefault(key_of(chain), []).append(chain)
    most = _letters(page) // 2
    return {
        number
        for number, element in enumerate(page.elements)
        if by_key and element.letters <= most
        for key in (*marks_of(element), element.tag)
        if any(leads_to(page, number, chain) for chain in by_key.get(key, ()))
    }


def _letters(page: Page) -> int:
    """Return how many letters a page has, hidden or seen."""
    sheets = sum(element.letters for element in page.elements if element.tag in {"style", "script"})
    return sum(element.letters for element in page.elements if element.parent < 0) - sheets


def _in_other_states(page: Page, chains: list[tuple[Compound, ...]]) -> dict[str, set[str]]:
    """Return for each mark such as ":not(.open)" all marks of the elements that it excludes.

    Where one of several such elements is open, a click opens the others.
    """
    excluding = {mark: mark[len(":not(") : -1] for chain in chains for mark in chain[-1].marks if NOT.fullmatch(mark)}
    open_ones: dict[str, set[str]] = {mark: set() for mark in excluding}
    for element in page.elements if excluding else ():
        own = marks_of(element)
        for mark, excluded in excluding.items():
            if excluded in own:
                open_ones[mark] |= own
    return open_ones


def _in_white(page: Page) -> set[int]:
    """Return the elements in white on white, but those that hold most of a page or others with colours of their own."""
    painted = painted_by(page.styles)
    if any(_DARK.search(sheet) for sheet in page.styles):
        return set()
    own = [_painted(element, painted) for element in page.elements]
    if not any(white for white, _ in own):
        return set()
    unknown = any(map(_is_sheet_elsewhere, page.elements))
    behind = [unknown] * (len(own) + 1)
    coloured = [False] * (len(own) + 1)
    for number, element in enumerate(page.elements):
        said = own[number][1]
        behind[number] = behind[element.parent] if said is None else said
    for number in range(len(own) - 1, -1, -1):
        white, said = own[number]
        coloured[page.elements[number].parent] |= coloured[number] or white is False or bool(said)
    is_whole = any(element.tag == "body" for element in page.elements)
    most = _letters(page) // 2 if is_whole else _letters(page)
    return {
        number
        for number, (white, _) in enumerate(own)
        if white and not behind[number] and not coloured[number] and page.elements[number].letters <= most
    }


def _painted(element: Element, painted: Painted) -> tuple[bool | None, bool | None]:
    """Return whether an element is white and whether something is behind it, as it or the sheets say."""
    white, behind = is_white(element.attrs), is_behind(element.attrs)
    said = [painted[name] for name in (*names_of(element), element.tag, "*") if name in painted] if painted else []
    if white is None:
        whites = [one for one, _ in said if one is not None]
        white = all(whites) if whites else None
    if behind is None:
        behinds = [one for _, one in said if one is not None]
        behind = any(behinds) if behinds else None
    return white, behind


def _is_sheet_elsewhere(element: Element) -> bool:
    """Tell whether an element names a style sheet that is not here: what it says of colours is not known."""
    if element.tag != "link" or "stylesheet" not in element.attrs.get("rel", "").lower():
        return False
    return not _FONTS.search(element.attrs.get("href", ""))


def _hidden_columns(page: Page) -> set[int]:
    """Return the cells below heads that say they are hidden, as those of GitBook do, and these heads."""
    if not any("data-hidden" in element.attrs for element in page.elements):
        return set()
    cells: dict[int, list[int]] = {}
    for number, element in enumerate(page.elements):
        if element.tag in {"td", "th"}:
            cells.setdefault(element.parent, []).append(number)
    hidden_cells: set[int] = set()
    columns: dict[int, set[int]] = {}
    for row, inside in cells.items():
        table = _above(page, row, "table")
        heads = {column for column, cell in enumerate(inside) if "data-hidden" in page.elements[cell].attrs}
        hidden_in = columns.setdefault(table, set())
        hidden_in |= heads
        hidden_cells |= {cell for column, cell in enumerate(inside) if column in hidden_in}
    return hidden_cells


def _is_shown_on_a_click(page: Page, number: int, targets: set[str], controls: set[int]) -> bool:
    element = page.elements[number]
    attrs = element.attrs
    if attrs.get("hidden", "").lower() == "until-found" or attrs.get("role", "").lower() == "tabpanel":
        return True
    names = [_CAMEL.sub("-", name) for name in [*element.classes, attrs.get("id", "")]]
    if element.tag in _SMALL or any(_KEPT_BACK.search(name) for name in names):
        return False
    if attrs.get("id") in targets or any(_UNFOLDS.search(name) for name in names):
        return True
    return number in controls and any(_MAY_UNFOLD.search(name) for name in names)


def _after_controls(page: Page) -> set[int]:
    """Return the elements right before which, inside the same one, a control stands."""
    numbers: set[int] = set()
    last: dict[int, int] = {}
    for number, element in enumerate(page.elements):
        before = last.get(element.parent)
        if before is not None and _is_control(page, before):
            numbers.add(number)
        last[element.parent] = number
    return numbers


def _is_control(page: Page, number: int) -> bool:
    element = page.elements[number]
    child = page.elements[number + 1] if number + 1 < len(page.elements) else element
    return (
        element.tag in _CONTROLS
        or (child.parent == number and child.tag in _CONTROLS)
        or element.attrs.get("role") in _CONTROL_ROLES
        or bool(element.attrs.keys() & {"onclick", "aria-expanded"})
        or any(_CONTROL_NAME.search(name) for name in element.classes)
    )


def _targets(page: Page) -> set[str]:
    """Return the ids that controls of the page name: buttons, tabs, and links that act as such."""
    targets: set[str] = set()
    for element in page.elements:
        attrs = element.attrs
        named = [attrs.get(name, "") for name in _TARGETS]
        if attrs.get("role") in _CONTROL_ROLES or attrs.keys() & {"data-toggle", "data-bs-toggle", "aria-expanded"}:
            named.append(attrs.get("href", ""))
        targets.update(part.lstrip("#") for name in named for part in name.split())
    return targets


def _comments(page: Page) -> set[int]:
    """Return the comments at the end of a Google Docs export: each is a `div`, or a `p`, that begins with its mark."""
    comments: set[int] = set()
    for number, element in enumerate(page.elements):
        if element.tag == "a" and _COMMENT.fullmatch(element.attrs.get("id", "")):
            above = _above(page, number, "p")
            outer = page.elements[above].parent if above >= 0 else -1
            is_whole = outer >= 0 and page.elements[outer].tag == "div"
            comments.add(outer if is_whole and _begins(page, outer, element) else above if above >= 0 else number)
    return comments


def _above(page: Page, number: int, tag: str) -> int:
    """Return the element of this name that holds an element, or is it; -1 where none does."""
    return next((outer for outer in (number, *page.above(number)) if page.elements[outer].tag == tag), -1)


def _begins(page: Page, outer: int, element: Element) -> bool:
    """Tell whether nothing is said in an element before another one begins in it."""
    first = page.elements[outer].first
    return element.first - first <= _NEAR and not page.says_something(first, element.first)
