"""HTML pages: all blocks with their lines, of which trafilatura says where the page's own content begins and ends."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from index.read.characters import cleaned
from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.frontmatter import web_address
from index.read.html_blocks import blocks, put
from index.read.html_walk import Found
from index.records import BlockKind

_WORD = re.compile(r"\w+")
_SHINGLE = 3
_OWN = 0.5  # of a block's runs of three words, how many the extract must hold for the block to be content
_TOO_LITTLE = 0.3  # of the page's words: below it the extract has missed the content, and the whole page is taken
_FRAME = frozenset(["nav"])


def read_html(data: bytes) -> Draft:
    """Read a page: what is around its content (menus, footers) is left out where it can be told apart."""
    source = decoded(data)
    found = blocks(source, unseen=_FRAME) or blocks(source)
    head = _Head(source)
    draft = Draft()
    for kind, level, fragments in _content(found, source):
        put(draft, kind, level, fragments)
    draft.title = _heading_in(head.title, found) or head.title or draft.first_heading
    draft.url = head.canonical
    return draft


def _heading_in(title: str | None, found: list[Found]) -> str | None:
    """Return the top heading that the title begins with: what follows it there is the name of the site."""
    tops = (" ".join(_text(block).split()) for block in found if block[0] is BlockKind.HEADING and block[1] == 1)
    return next((top for top in tops if top and title and title.startswith(top)), None)


def _content(found: list[Found], source: str) -> list[Found]:
    """Return the blocks from the first to the last that the extract holds, with the headings right above."""
    extract = {shingle for line in _extract(source).split("\n") for shingle in _shingles(line)}
    if not extract:
        return found
    own = [number for number, block in enumerate(found) if _share(block, extract) >= _OWN]
    if not own:
        return found
    first, last = own[0], own[-1]
    while first and found[first - 1][0] is BlockKind.HEADING:
        first -= 1
    content = found[first : last + 1]
    return content if _size(content) >= _TOO_LITTLE * _size(found) else found


def _extract(source: str) -> str:
    from trafilatura import extract

    try:
        return extract(source, favor_recall=True, include_comments=False, include_tables=True) or ""
    except Exception:  # noqa: BLE001 # whatever it raises on a page it cannot take, the blocks do without it
        return ""


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text)
    return {tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))} if words else set()


def _share(block: Found, extract: set[tuple[str, ...]]) -> float:
    """Return how much of a block the extract holds; a block of fewer than three words must be a line of it."""
    shingles = _shingles(_text(block))
    return len(shingles & extract) / len(shingles) if shingles else 0.0


def _size(found: list[Found]) -> int:
    return sum(len(_WORD.findall(_text(block))) for block in found)


def _text(block: Found) -> str:
    return "".join(text for text, _ in block[2])


class _Head(HTMLParser):
    """What a page's head says of it: `<title>` and `<link rel=canonical>`."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.canonical: str | None = None
        self._inside = False
        self._titles: list[str] = []
        self.feed(source)
        self.close()

    @property
    def title(self) -> str | None:
        return " ".join(cleaned("".join(self._titles)).split()) or None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "title" and not self._titles
        values = dict(attrs)
        if tag == "link" and (values.get("rel") or "").lower() == "canonical":
            self.canonical = self.canonical or web_address(values.get("href"))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._titles.append(data)
