"""The kinds of file that are read, by the end of their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from index.read.draft import Draft
    from index.read.files import Files
    from index.read.ocr.reader import Ocr

MARKDOWN = (".md", ".markdown", ".mdx", ".mkd", ".mkdn", ".mdown", ".markdn", ".mdwn", ".qmd", ".rmd")
"""Endings of Markdown."""

PLAIN_NAMES = frozenset(
    [
        *(
            "authors",
            "changelog",
            "changes",
            "code_of_conduct",
            "contributing",
            "copying",
            "copyright",
            "credits",
            "faq",
        ),
        *("history", "install", "licence", "license", "maintainers", "news", "notice", "readme", "security", "todo"),
    ]
)
"""Names of files without an ending that are plain text."""

_WORD_BEFORE = re.compile(r"[-_ ]")

Reader: TypeAlias = "Callable[[bytes], Draft]"
"""From a file's bytes to its blocks; raises `UnreadableError`, and whatever the library below it raises."""


@cache
def _later(module: str, name: str) -> Callable[..., Draft]:
    """Return a reader whose module is imported when it is first called: compiling its patterns takes time."""

    def read(*given: object, **named: object) -> Draft:
        reader: Callable[..., Draft] = getattr(import_module(f"index.read.{module}"), name)
        return reader(*given, **named)

    return read


CHATS: Mapping[str, Callable[..., Draft]] = MappingProxyType(
    {
        **dict.fromkeys((".txt", ".text"), _later("plain", "read_plain")),
        **dict.fromkeys((".html", ".htm", ".xhtml"), _later("chat.page_export", "read_page")),
        ".json": _later("data.json_text", "read_json"),
        **dict.fromkeys((".eml", ".mht", ".mhtml"), _later("mail", "read_mail")),
    }
)
"""The kinds that may hold an exported chat; their readers also take `names`, whether those of its authors are kept."""


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        **CHATS,
        **dict.fromkeys(MARKDOWN, _later("markdown.reader", "read_markdown")),
        ".mdx": _later("markdown.reader", "read_mdx"),
        ".rst": _later("rst.reader", "read_rst"),
        **dict.fromkeys((".adoc", ".asciidoc", ".asc"), _later("asciidoc.reader", "read_asciidoc")),
        ".org": _later("org", "read_org"),
        **dict.fromkeys((".wiki", ".mediawiki"), _later("wiki.wikitext", "read_wiki")),
        ".xml": _later("wiki.mediawiki", "read_xml"),
        ".pdf": _later("pdf.reader", "read_pdf"),
        **dict.fromkeys((".epub", ".epub3"), _later("epub.reader", "read_epub")),
        ".rtf": _later("rtf.reader", "read_rtf"),
        **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), _later("office.word", "read_word")),
        **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"), _later("office.slides", "read_slides")),
        **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), _later("office.sheets", "read_sheets")),
        **dict.fromkeys(
            (".doc", ".dot", ".ppt", ".pps", ".pot", ".xls", ".xlt"), _later("office.old_office", "read_old_office")
        ),
        **dict.fromkeys((".odt", ".ott"), _later("office.odf", "read_odt")),
        **dict.fromkeys((".ods", ".ots"), _later("office.odf", "read_ods")),
        **dict.fromkeys((".odp", ".otp"), _later("office.odf", "read_odp")),
        ".csv": _later("data.comma_separated", "read_csv"),
        ".tsv": _later("data.comma_separated", "read_tsv"),
        ".ipynb": _later("data.notebook", "read_notebook"),
        **dict.fromkeys((".jsonl", ".ndjson"), _later("data.json_text", "read_json_lines")),
        **dict.fromkeys((".yaml", ".yml"), _later("data.yaml_text", "read_yaml")),
        **dict.fromkeys((".srt", ".vtt"), _later("subtitles", "read_subtitles")),
    }
)
"""The reader of each ending; its module is imported when it is first called: most folders hold few kinds."""


INCLUDING: Mapping[str, Callable[[bytes, Files | None], Draft]] = MappingProxyType(
    {
        **dict.fromkeys(MARKDOWN, _later("markdown.reader", "read_markdown")),
        ".mdx": _later("markdown.reader", "read_mdx"),
        ".rst": _later("rst.reader", "read_rst"),
        **dict.fromkeys((".adoc", ".asciidoc", ".asc"), _later("asciidoc.reader", "read_asciidoc")),
        ".org": _later("org", "read_org"),
    }
)
"""Those of them whose texts may show other files as parts of themselves, and which are handed these."""


PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif")
"""Endings of pictures, which are read where text in pictures is asked for."""

PICTURED: Mapping[str, Callable[[bytes, Ocr], Draft]] = MappingProxyType(
    {
        ".pdf": _later("pdf.reader", "read_pdf"),
        **dict.fromkeys(PICTURES, _later("ocr.picture", "read_picture")),
    }
)
"""The kinds that may hold text in pictures, and their readers, which are handed what reads it."""


LINED = frozenset(
    [
        *(*MARKDOWN, ".txt", ".text", ".rst", ".html", ".htm", ".xhtml", ".csv", ".tsv", ".yaml", ".yml"),
        *(".adoc", ".asciidoc", ".asc", ".org", ".srt", ".vtt", ".wiki", ".mediawiki"),
    ]
)
"""Kinds whose files have lines that their authors know; in the others, lines are counted in what was read."""


_PAGES = frozenset({".html", ".htm", ".xhtml"})


def has_lines(source: str, last: int) -> bool:
    """Tell whether a place in a file is told by its line, where the place ends on line `last`.

    Not the first of a web page: where text stands on it, the whole page does, as programs write it.
    """
    kind = kind_of(source)
    return kind in LINED and not (kind in _PAGES and last == 1)


def is_read(name: str, *, pictures: bool) -> bool:
    """Tell whether a file of this name is read; `pictures` says whether those are."""
    kind = kind_of(name)
    return kind in READERS or (pictures and kind in PICTURES)


def kind_of(name: str) -> str:
    """Return the end of a file's name that tells its kind, in lower case with its dot, or "" if it has none.

    Files such as README, LICENSE-MIT and README_de are plain text without an ending.
    """
    path = PurePath(name)
    word = path.name.lower()
    is_plain = word in PLAIN_NAMES or _WORD_BEFORE.split(word)[0] in PLAIN_NAMES
    return path.suffix.lower() or (".txt" if is_plain else "")


def not_read(source: str) -> str:
    """Return the reason why a file of this name is not read."""
    kind = kind_of(source)
    return f"`{kind}` files are not read" if kind else "files without an ending such as `.md` are not read"
