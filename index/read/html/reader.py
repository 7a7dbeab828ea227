"""HTML pages: their own content as blocks, without what is around it.

Where a page says which part of it is the content (`main`, an article, the names that wikis use), that part is taken.
Elsewhere trafilatura says which blocks are content: what stands before the first and after the last of them goes if it
looks like a frame (links, a few words, a header or footer), and stays if it does not.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.errors import UnreadableError
from index.read.characters import cleaned
from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.frontmatter import FrontMatter, parted, web_address
from index.read.html.blocks import blocks, put
from index.read.html.events import Page, parsed_page
from index.read.html.frame import furniture, is_frame, main_content
from index.read.html.hidden import hidden
from index.read.html.storage import as_page
from index.read.html.tabs import tab_labels
from index.read.html.walk import HtmlBlock
from index.read.office.metadata import sensible_title
from index.records import BlockKind

_WORD = re.compile(r"\w+")
_SHINGLE = 3
_OWN = 0.5  # of a block's runs of three words, how many the extract must hold for the block to be content
_TOO_LITTLE = 0.3  # of the page's words: below it the content has been missed, and the whole page is taken
_LINKED = 0.5  # of a block's letters: above it the block is a menu, should it stand at the page's edge
_FEW_WORDS = 3
_ENDS = (".", "!", "?", ":", ";", "。", "！", "？")  # noqa: RUF001 -- those of Chinese and Japanese, too
_MARKED = (BlockKind.HEADING, BlockKind.CODE, BlockKind.TABLE)
_PARTS_OF_A_TITLE = re.compile(r"\s+[|·•»«›–—-]\s+|\s*\|\s*|:\s+")
_PHRASES = re.compile(
    r"(?:edit (?:this page|on \w+)|(?:view|show) (?:page )?source|skip to (?:main )?content|back to top"
    r"|(?:jump|skip) to (?:navigation|search|content)|on this page|table of contents|copy(?: code| link)?|copied!?"
    r"|was this (?:(?:page|article|section) )?helpful\??"
    r"|last (?:updated|modified|edited)(?::| (?:on|at|by|today|yesterday|just now)\b| (?:\d+|an?|a few) \w+ ago).*"
    r"|generated (?:on .{1,60} )?by doxygen.*"
    r"|[«\u2039←]?\s*(?:previous|prev)(?: page)?|next(?: page)?\s*[»\u203a→]?)[.:]?",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"\s*(?:\{#[^#]{0,2000}#\}\s*|<!--[^>]{0,2000}-->\s*){0,9}\{%-?\s*(?:extends|import|from|macro|block|set|if|for)\b"
)
"""How templates of Jinja begin, which are no pages: those of a site lie among its documents."""

_LONG_LINE = 2_000
"""Characters a line at which a page was not written by hand: its lines say nothing to its author."""


def read_html(data: bytes) -> Draft:
    """Read a page: what is around its content (menus, footers) is left out where it can be told apart.

    In the source of a site it may begin with front matter.
    """
    source = as_page(decoded(data))
    front, source = parted(source) if source.startswith("---") else (FrontMatter(), source)
    if _TEMPLATE.match(source):
        raise UnreadableError("is a template of a site, and no page")
    page = parsed_page(source)
    page_blocks = _seen(page)
    if not page_blocks and any(element.tag == "script" for element in page.elements):
        raise UnreadableError("holds no text: a script draws it in the browser; save the page once it is shown there")
    title, by_hand = _title(page), len(source) <= _LONG_LINE * (source.count("\n") + 1)
    draft = Draft()
    for block in _content(page, page_blocks, source):
        put(draft, block if by_hand else _on_line_1(block))
    own = sensible_title(title)
    draft.title = front.title or _heading_in(own, page_blocks) or own or draft.first_heading or title
    draft.url, draft.values = front.url or _canonical(page), front.values
    return draft


def _seen(page: Page) -> list[HtmlBlock]:
    """Return the blocks that a page shows, without its furniture unless there is nothing else."""
    unseen = hidden(page)
    labels, lists = tab_labels(page)
    return blocks(page, unseen | furniture(page) | lists, labels) or blocks(page, unseen)


def _on_line_1(block: HtmlBlock) -> HtmlBlock:
    return replace(block, fragments=[(text, 1) for text, _ in block.fragments])


def _heading_in(title: str | None, page_blocks: list[HtmlBlock]) -> str | None:
    """Return the top heading that the title is or has as a part: what else stands there is the name of the site."""
    tops = [
        " ".join(block.text.split()) for block in page_blocks if block.kind is BlockKind.HEADING and block.level == 1
    ]
    parts = {" ".join(part.split()) for part in _PARTS_OF_A_TITLE.split(title or "")}
    return next((top for top in tops if top and title and (title.startswith(top) or top in parts)), None)


def _content(page: Page, page_blocks: list[HtmlBlock], source: str) -> list[HtmlBlock]:
    page_blocks = [block for block in page_blocks if not _is_phrase(block) and not _is_icon(block)] or page_blocks
    main = main_content(page, set())
    if main is None:
        content = _trimmed(page, page_blocks, source)
    else:
        inside = page.below({main})
        top = _first_top(page_blocks)
        content = [block for number, block in enumerate(page_blocks) if inside[block.element] or number == top]
    return content if _size(content) >= _TOO_LITTLE * _size(page_blocks) else page_blocks


def _is_phrase(block: HtmlBlock) -> bool:
    return block.kind not in _MARKED and bool(_PHRASES.fullmatch(" ".join(block.text.split())))


def _is_icon(block: HtmlBlock) -> bool:
    return block.kind is BlockKind.PARAGRAPH and not _WORD.search(block.text)


def _first_top(page_blocks: list[HtmlBlock]) -> int | None:
    """Return the number of the first top heading of the page, wherever it stands."""
    tops = (at for at, block in enumerate(page_blocks) if block.kind is BlockKind.HEADING and block.level == 1)
    return next(tops, None)


def _trimmed(page: Page, page_blocks: list[HtmlBlock], source: str) -> list[HtmlBlock]:
    """Return the blocks without those at the page's edges that look like a frame and are not in the extract."""
    extract = {shingle for line in _extract(source).split("\n") for shingle in _shingles(line)}
    own = [number for number, block in enumerate(page_blocks) if _share(block, extract) >= _OWN]
    first, last = (own[0], own[-1]) if own else (len(page_blocks), -1)
    framed = is_frame(page)
    in_a_site = any(framed) or bool(furniture(page))
    if own and not in_a_site:
        last = _last_section(page_blocks, last)
    return [
        block
        for number, block in enumerate(page_blocks)
        if first <= number <= last or not (framed[block.element] or _is_menu(block, in_a_site=in_a_site))
    ]


def _last_section(page_blocks: list[HtmlBlock], last: int) -> int:
    """Return the number of the last block of the content, links that a heading at its end names being part of it."""
    named = any(block.kind is BlockKind.HEADING for block in page_blocks[max(last, 0) :])
    return len(page_blocks) - 1 if named else last


def _is_menu(block: HtmlBlock, *, in_a_site: bool) -> bool:
    """Tell whether a block looks like a menu; a few words are one only where the page has other marks of a site."""
    if block.kind in _MARKED:
        return False
    text = block.text.strip()
    return block.linked >= _LINKED or (in_a_site and len(text.split()) <= _FEW_WORDS and not text.endswith(_ENDS))


def _extract(source: str) -> str:
    from trafilatura import extract

    try:
        return extract(source, favor_recall=True, include_comments=False, include_tables=True) or ""
    except Exception:  # noqa: BLE001 # whatever it raises on a page it cannot take, the blocks do without it
        return ""


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text)
    return {tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))} if words else set()


def _share(block: HtmlBlock, extract: set[tuple[str, ...]]) -> float:
    """Return how much of a block the extract holds; a block of fewer than three words must be a line of it."""
    shingles = _shingles(block.text)
    return len(shingles & extract) / len(shingles) if shingles else 0.0


def _size(content: list[HtmlBlock]) -> int:
    return sum(len(_WORD.findall(block.text)) for block in content)


def _title(page: Page) -> str | None:
    titles = (number for number, element in enumerate(page.elements) if element.tag == "title")
    number = next((number for number in titles if not _is_of_a_drawing(page, number)), None)
    return " ".join(cleaned(page.text(number)).split()) or None if number is not None else None


def _is_of_a_drawing(page: Page, number: int) -> bool:
    """Tell whether a title is that of a drawing in the page, or of a part of one."""
    return any(page.elements[outer].tag == "svg" for outer in page.above(number))


def _canonical(page: Page) -> str | None:
    """Return the address that the page says is its own, if it is one of the web."""
    links = (
        element.attrs
        for element in page.elements
        if element.tag == "link" and element.attrs.get("rel", "").lower() == "canonical"
    )
    return next(filter(None, (web_address(attrs.get("href")) for attrs in links)), None)
