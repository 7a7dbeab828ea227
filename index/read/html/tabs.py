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
        if _is(element, "tablist", "tabbed-labels"):
            groups.append((number, [], []))
        elif groups:
            tablist, tabs, panels = groups[-1]
            in_list = page.elements[tablist].first < element.first < page.elements[tablist].last
            if in_list and (_is(element, "tab") or (element.tag == "label" and element.parent == tablist)):
                tabs.append(number)
            elif _is(element, "tabpanel", "tabbed-block"):
                panels.append(number)
    return groups


def _matched(page: Page, tabs: list[int], panels: list[int]) -> dict[int, int]:
    """Return the tab of each panel: as they name each other, else in their order."""
    ids = {page.elements[panel].attrs.get("id"): panel for panel in panels}
    named = {ids[name]: tab for tab in tabs if (name := page.elements[tab].attrs.get("aria-controls")) in ids and name}
    own = {page.elements[tab].attrs.get("id"): tab for tab in tabs}
    for panel in panels:
        name = page.elements[panel].attrs.get("aria-labelledby")
        if name and name in own:
            named[panel] = own[name]
    return named if len(named) == len(tabs) else dict(zip(panels, tabs, strict=False))


def _is(element: Element, role: str, *classes: str) -> bool:
    return element.attrs.get("role", "").lower() == role or any(name in element.classes for name in classes)
