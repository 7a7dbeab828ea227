"""The cards of `/source find`, `/source show` and `/source list`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import discord

from bot.cards import colours, press
from bot.cards.buttons import At, ListPage, Open, ShowPart, Way
from bot.cards.citation import link, name
from bot.cards.context_card import heading, turned
from bot.cards.escape import escape_line
from bot.cards.layout import Item, card, text
from bot.cards.pages import View
from bot.cards.reference import Documents, refer, short_hash
from bot.localisation import words
from bot.localisation.catalogue import figure, say
from index.store.lookup import Excerpt, Match
from index.store.values import Source, StoredDocument

MOST_FOUND = 5
"""Matches shown: as many as there are buttons in a row."""

ON_A_PAGE = 7
"""Documents on a page of the list: seven of the longest names fit."""

NO_FOLDERS: Mapping[str, str] = MappingProxyType({})

_LONGEST_NAME = 60
_SEPARATOR = "\x1f"


def find_card(wanted: str, matches: Sequence[Match]) -> discord.ui.LayoutView:
    """Return the documents and sections found under a name, each with a button that shows it."""
    looked_for = say("-# Looked for: {name}", name=escape_line(wanted, 2 * _LONGEST_NAME) or say("(nothing)"))
    if not matches:
        return card([text(looked_for), text(say("Nothing goes by a name like this."))], colours.UNANSWERED)
    listed = {_opens(match): match for match in matches[:MOST_FOUND]}
    lines = [f"\\[{number}\\] {_named(match)}" for number, match in enumerate(listed.values(), 1)]
    buttons = [press.button(say("Show {number}", number=number), opens) for number, opens in enumerate(listed, 1)]
    left = len(matches) - len(listed)
    note = [text(words.and_more(left))] if left else []
    return card([text(looked_for), text("\n".join(lines)), *note, *press.rows(*buttons)], colours.PLAIN)


def show_card(excerpt: Excerpt, at: At | None = None) -> discord.ui.LayoutView:
    """Return the page `at` of an excerpt, the first where None; what was asked for is marked among its neighbours."""
    document = excerpt.document
    if not excerpt.blocks:
        return card([text(heading(document, (0, 0))), text(say("There is no text in it."))], colours.UNANSWERED)
    low, high = excerpt.blocks[0].start, excerpt.blocks[-1].end
    view = View(document, low, high, _focus_of(excerpt))
    start, end = turned(view, at or At(Way.FROM, low))
    part = refer(document.source, low, document.text[low:high])
    earlier = press.button(say("Earlier"), ShowPart(part, At(Way.TO, start))) if start > low else None
    later = press.button(say("Later"), ShowPart(part, At(Way.FROM, end))) if end < high else None
    page_text = view.markdown(start, end) or say("-# (nothing to be seen)")
    return card([text(heading(document, (start, end))), text(page_text), *press.rows(earlier, later)], colours.PLAIN)


def excerpt_between(document: StoredDocument, start: int, end: int) -> Excerpt:
    """Return the blocks from `start` to `end`, which a button of `show_card` refers to."""
    blocks = tuple(block for block in document.each_block() if start <= block.start and block.end <= end)
    return Excerpt(document, blocks, 0, len(blocks))


def opened(pressed: Open, documents: Documents) -> tuple[Source, tuple[str, ...]] | None:
    """Return the document and the section (none: all of it) that a button of `find_card` opens, if still there."""
    for source in documents.sources:
        if short_hash(source.source) == pressed.source:
            paths = ((), *source.sections)
            path = next((path for path in paths if _path_hash(path) == pressed.section), None)
            return None if path is None else (source, path)
    return None


def list_card(
    sources: Sequence[Source], page: int = 0, folders: Mapping[str, str] = NO_FOLDERS
) -> discord.ui.LayoutView:
    """Return a page of the list of documents; one that is too far gives the last.

    `folders` are what people call folders of documents, by their sources, which end with a slash.
    """
    pages = max(-(-len(sources) // ON_A_PAGE), 1)
    page = min(max(page, 0), pages - 1)
    listed = sources[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    turned_to = say(" · page {page} of {pages}", page=figure(page + 1), pages=figure(pages)) if pages > 1 else ""
    head = f"**{words.documents(len(sources))}**{turned_to}"
    items: list[Item] = [text(head)]
    if listed:
        items.append(text("\n".join(_listed(source, folders) for source in listed)))
    earlier = press.button(say("Earlier"), ListPage(page - 1)) if page else None
    later = press.button(say("Later"), ListPage(page + 1)) if page + 1 < pages else None
    return card([*items, *press.rows(earlier, later)], colours.PLAIN)


def _opens(match: Match) -> Open:
    return Open(short_hash(match.source), _path_hash(match.section))


def _path_hash(path: Sequence[str]) -> bytes:
    return short_hash(_SEPARATOR.join(path))


def _named(match: Match) -> str:
    return f"{name(match.title, match.section)} · {escape_line(match.source, _LONGEST_NAME)}"


def _listed(source: Source, folders: Mapping[str, str]) -> str:
    number = sum(1 for path in source.sections if path)
    sections = words.sections(number) if number else ""
    folder, slash, file = source.source.rpartition("/")
    path = f"{folders.get(folder + slash, folder)}{slash}{file}"
    parts = [name(source.title, ()), escape_line(path, _LONGEST_NAME), sections, link(source.url)]
    return f"- {' · '.join(part for part in parts if part)}"


def _focus_of(excerpt: Excerpt) -> tuple[int, int]:
    """Return what was asked for among its neighbours; nothing where there are none."""
    if not 0 <= excerpt.first < excerpt.last <= len(excerpt.blocks) or (
        excerpt.last - excerpt.first == len(excerpt.blocks)
    ):
        return (0, 0)
    return excerpt.blocks[excerpt.first].start, excerpt.blocks[excerpt.last - 1].end
