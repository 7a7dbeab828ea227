"""Tabs: each panel with its label before it, in place of a list of labels above all panels."""

from __future__ import annotations

from index.read.html.events import Element, Page

_TABBERS = frozenset(["tabbertab", "tabber__panel"])
_TITLES = ("data-mw-tabber-title", "data-title", "title")
"""Panels of MediaWiki, whose labels only a script shows, and the attributes that hold these."""


def tab_labels(page: Page) -> tuple[dict[int, str], set[int]]:
    """Return the label of each panel, and the lists of labels whose every label is that of a panel."""
    labels: dict[int, str] = {}
    lists: set[int] = set()
    for tablist, tabs, panels in _groups(page):
        matched = _matched(page, tabs, panels)
        short = all(map(page.is_short, tabs))
        if tabs and short and len(matched) == len(tabs):
            labels |= {panel: " ".join(page.text(tab).split()) for panel, tab in matched.items()}
            lists.add(tablist)
    for number, element in enumerate(page.elements):
        if not _TABBERS.isdisjoint(element.classes):
            named = next((element.attrs[name] for name in _TITLES if element.attrs.get(name)), "")
            labels[number] = named or labels.get(number, "")
    return {panel: label for panel, label in labels.items() if label}, lists


def _groups(page: Page) -> list[tuple[int, list[int], list[int]]]:
    """Return each list of tabs with its tabs, and the panels that follow before the next list."""
    groups: list[tuple[int, list[int], list[int]]] = []
    for number, element in enumerate(page.elements):
        if _is(element, "tablist", "tabbed-labels", "nav-tabs", "wds-tabs") or _is_of_code(page, element, "tabs"):
            groups.append((number, [], []))
        elif groups:
            tablist, tabs, panels = groups[-1]
            in_list = page.elements[tablist].first < element.first < page.elements[tablist].last
            in_list = in_list and not (tabs and element.first < page.elements[tabs[-1]].last)
            if in_list and (_is_tab(element) or (element.tag == "label" and element.parent == tablist)):
                tabs.append(number)
            elif _is(element, "tabpanel", "tabbed-block", "tab-pane", "wds-tab__content") or _is_panel_of_code(
                page, element
            ):
                panels.append(number)
    return groups


def _matched(page: Page, tabs: list[int], panels: list[int]) -> dict[int, int]:
    """Return the tab of each panel: as they name each other, else in their order."""
    ids = {page.elements[panel].attrs.get("id"): panel for panel in panels}
    named = {ids[target]: tab for tab in tabs if (target := _target(page.elements[tab])) in ids}
    own = {page.elements[tab].attrs.get("id"): tab for tab in tabs}
    for panel in panels:
        name = page.elements[panel].attrs.get("aria-labelledby")
        if name and name in own:
            named[panel] = own[name]
    return named if len(named) == len(tabs) else dict(zip(panels, tabs, strict=False))


def _target(element: Element) -> str:
    """Return the id of the panel that a tab names, "" where it names none."""
    attrs = element.attrs
    named = (
        attrs.get("aria-controls") or attrs.get("data-bs-target") or attrs.get("data-target") or attrs.get("href", "")
    )
    return named.removeprefix("#")


def _is_tab(element: Element) -> bool:
    """Tell whether an element is a tab; those of Bootstrap and Fandom may have no role."""
    toggles = element.attrs.get("data-bs-toggle") or element.attrs.get("data-toggle", "")
    return _is(element, "tab", "wds-tabs__tab") or toggles in {"tab", "pill"}


def _is(element: Element, role: str, *classes: str) -> bool:
    return element.attrs.get("role", "").lower() == role or any(name in element.classes for name in classes)


def _is_of_code(page: Page, element: Element, name: str) -> bool:
    """Tell whether an element has this class and stands right in a group of code blocks of VitePress."""
    return name in element.classes and element.parent >= 0 and "vp-code-group" in page.elements[element.parent].classes


def _is_panel_of_code(page: Page, element: Element) -> bool:
    return element.parent >= 0 and _is_of_code(page, page.elements[element.parent], "blocks")
