"""The kinds of file that are read, by the end of their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType

from index.read.draft import Draft
from index.read.epub import read_epub
from index.read.markdown import read_markdown, read_mdx
from index.read.office import read_odp, read_ods, read_odt, read_old_office, read_sheets, read_slides, read_word
from index.read.pdf import read_pdf
from index.read.plain import read_plain
from index.read.rst import read_rst

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

Reader = Callable[[bytes], Draft]
"""From a file's bytes to its blocks; raises `UnreadableError`, and whatever the library below it raises."""


@cache
def _later(module: str, name: str) -> Reader:
    """Return a reader whose module is imported when it is first called: compiling its patterns takes time."""

    def read(data: bytes) -> Draft:
        reader: Reader = getattr(import_module(f"index.read.{module}"), name)
        return reader(data)

    return read


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        **dict.fromkeys(MARKDOWN, read_markdown),
        ".mdx": read_mdx,
        ".txt": read_plain,
        ".rst": read_rst,
        **dict.fromkeys((".html", ".htm", ".xhtml"), _later("chat_page", "read_page")),
        ".pdf": read_pdf,
        **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), read_word),
        **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"), read_slides),
        **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), read_sheets),
        **dict.fromkeys((".doc", ".dot", ".ppt", ".pps", ".pot", ".xls", ".xlt"), read_old_office),
        ".epub": read_epub,
        **dict.fromkeys((".odt", ".ott"), read_odt),
        **dict.fromkeys((".ods", ".ots"), read_ods),
        **dict.fromkeys((".odp", ".otp"), read_odp),
        ".csv": _later("comma_separated", "read_csv"),
        ".tsv": _later("comma_separated", "read_tsv"),
        ".ipynb": _later("notebook", "read_notebook"),
        ".json": _later("json_text", "read_json"),
        ".jsonl": _later("json_text", "read_json_lines"),
        ".ndjson": _later("json_text", "read_json_lines"),
        ".yaml": _later("yaml_text", "read_yaml"),
        ".yml": _later("yaml_text", "read_yaml"),
        ".adoc": _later("asciidoc", "read_asciidoc"),
        ".asciidoc": _later("asciidoc", "read_asciidoc"),
        ".asc": _later("asciidoc", "read_asciidoc"),
        ".org": _later("org", "read_org"),
        ".rtf": _later("rtf", "read_rtf"),
        ".srt": _later("subtitles", "read_subtitles"),
        ".vtt": _later("subtitles", "read_subtitles"),
        ".eml": _later("mail", "read_mail"),
        ".mht": _later("mail", "read_mail"),
        ".mhtml": _later("mail", "read_mail"),
        ".wiki": _later("wikitext", "read_wiki"),
        ".mediawiki": _later("wikitext", "read_wiki"),
        ".xml": _later("mediawiki", "read_xml"),
    }
)
"""Each reader imports its library when it is called: the table itself costs next to nothing."""


LINED = frozenset(
    [
        *(*MARKDOWN, ".txt", ".rst", ".html", ".htm", ".xhtml", ".csv", ".tsv", ".yaml", ".yml"),
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


def kind_of(name: str) -> str:
    """Return the end of a file's name that tells its kind, in lower case with its dot, or "" if it has none.

    Files such as README and LICENSE are plain text without an ending.
    """
    path = PurePath(name)
    return path.suffix.lower() or (".txt" if path.name.lower() in PLAIN_NAMES else "")
