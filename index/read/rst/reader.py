"""reStructuredText by docutils, Sphinx's directives and roles included: what it does not know keeps its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.files import Files
from index.read.frontmatter import parted

if TYPE_CHECKING:
    from docutils import nodes

_TAB = 8  # as docutils expands them
_SETTINGS = {
    "_disable_config": True,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "file_insertion_enabled": False,
    "halt_level": 5,
    "input_encoding": "unicode",
    "line_length_limit": 10**9,
    "raw_enabled": False,
    "report_level": 3,  # errors stay in the tree, which hold what docutils could not read
    "syntax_highlight": "none",
    "toc_backlinks": False,
    "warning_stream": False,
}


def read_rst(data: bytes, files: Files | None = None) -> Draft:
    """Read reStructuredText in whatever encoding it has; nothing it holds is run.

    Of what it names, only `files` are opened, by us.
    """
    from index.read.rst.includes import with_files, with_terms
    from index.read.rst.walk import RstWalk

    front, text = parted(decoded(data))
    files = files or Files()
    draft = Draft()
    draft.url, draft.values = front.url, front.values
    lines, parts = with_files(text.expandtabs(_TAB), files)
    lines = with_terms(lines, files.terms)
    is_sphinx = files.page is not None and files.page[0].sphinx
    walk = RstWalk(draft, [line for line, _ in lines], [number for _, number in lines], parts, is_sphinx=is_sphinx)
    walk.over(_parsed("\n".join(line for line, _ in lines), files))
    draft.unread += files.unread
    draft.title = front.title or draft.first_heading
    return draft


def _parsed(text: str, files: Files) -> nodes.document:
    from docutils.core import publish_doctree

    from index.read.rst.unknown import accept_unknown, registered_here

    with registered_here():
        accept_unknown(text, files)
        return publish_doctree(text, settings_overrides=_SETTINGS)
