"""The kinds of file that are read, by the end of their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType

from index.read.draft import Draft
from index.read.epub import read_epub
from index.read.markdown import read_markdown
from index.read.pdf import read_pdf
from index.read.plain import read_plain
from index.read.rst import read_rst
from index.read.sheets import read_sheets
from index.read.slides import read_slides
from index.read.word import read_word

Reader = Callable[[bytes], Draft]
"""From a file's bytes to its blocks; raises `UnreadableError`, and whatever the library below it raises."""


def _later(module: str, name: str) -> Reader:
    """Return a reader whose module is imported when it is first called: compiling its patterns takes time."""

    def read(data: bytes) -> Draft:
        reader: Reader = getattr(import_module(f"index.read.{module}"), name)
        return reader(data)

    return read


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".md": read_markdown,
        ".markdown": read_markdown,
        ".txt": read_plain,
        ".rst": read_rst,
        ".html": _later("chat_page", "read_page"),
        ".htm": _later("chat_page", "read_page"),
        ".pdf": read_pdf,
        ".docx": read_word,
        ".pptx": read_slides,
        ".xlsx": read_sheets,
        ".epub": read_epub,
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


LINED = frozenset({".md", ".markdown", ".txt", ".rst", ".html", ".htm"}) | frozenset(
    [".csv", ".tsv", ".yaml", ".yml", ".adoc", ".asciidoc", ".asc", ".org", ".srt", ".vtt", ".wiki", ".mediawiki"]
)
"""Kinds whose files have lines that their authors know; in the others, lines are counted in what was read."""


def kind_of(name: str) -> str:
    """Return the end of a file's name that tells its kind, in lower case with its dot, or "" if it has none."""
    return PurePath(name).suffix.lower()
