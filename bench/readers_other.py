"""Second readers, each independent of Quoth's: pandoc, Sphinx, Chromium, poppler, LibreOffice, Asciidoctor, iconv."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from readers_diff import Word, words_of
from readers_rules import MARKDOWN, PAGE, RST, applied

_MARKDOWN = (
    "commonmark+pipe_tables+strikeout+task_lists+autolink_bare_uris+yaml_metadata_block+definition_lists"
    "+attributes+raw_html"
)
_JOINED = frozenset(["Emph", "Strong", "Underline", "SmallCaps", "Strikeout", "Superscript", "Subscript"])
_SPACES = frozenset(["Space", "SoftBreak", "LineBreak"])
_UNTITLED = frozenset([_MARKDOWN, "rst", "org", "mediawiki"])
_ROUNDS = 2

Counts = Counter[str]
Reader = Callable[[bytes, Counts], list[Word]]
"""From a file to the words that are seen; counts the words by which named rules changed it before."""


class MissingToolError(Exception):
    """A second reader is not installed."""


def run(*command: str, data: bytes | None = None) -> bytes:
    """Return what a program prints; raises `MissingToolError` where it is not installed."""
    if shutil.which(command[0]) is None:
        raise MissingToolError(command[0])
    return subprocess.run(command, input=data, capture_output=True, check=False, timeout=120).stdout


def pandoc(form: str) -> Reader:
    """Return a reader of one of pandoc's formats."""

    def read(data: bytes, counts: Counts) -> list[Word]:
        if form in {_MARKDOWN, "rst"}:
            rules = MARKDOWN if form == _MARKDOWN else RST
            data = applied(rules, data.decode("utf-8-sig", "replace"), counts, fenced=form == _MARKDOWN).encode()
        printed = run("pandoc", "-f", form, "-t", "json", data=data)
        tree = json.loads(printed) if printed else {"meta": {}, "blocks": []}
        title = [] if form in _UNTITLED else tree["meta"].get("title", [])
        return [*_seen(title, "title"), *_seen(tree["blocks"], "text")]

    return read


def _seen(node: Any, part: str) -> Iterator[Word]:
    """Yield the words of pandoc's tree: numbers of lists among them, cells in each row and column that they span."""
    text = ""
    for child in node if isinstance(node, list) else [node]:
        inside = _inline(child)
        if inside is not None:
            text += inside
            continue
        yield from words_of(text, part)
        text = ""
        yield from _block(child, part)
    yield from words_of(text, part)


def _parts(node: Any) -> tuple[str, Any]:
    return (node["t"], node.get("c")) if isinstance(node, dict) else ("", node)


def _inline(node: Any) -> str | None:
    """Return the text of an element that does not part words; None where it does."""
    kind, content = _parts(node)
    if kind in _SPACES:
        return " "
    if kind == "Str":
        return str(content)
    if kind in {"Code", "Math"}:
        return str(content[1])
    if kind == "RawInline" and content[0] == "html":
        return " " if re.match(r"</?(?:br|p|div|li|td)\b", content[1]) else ""
    if kind in _JOINED or kind in {"Link", "Span", "Quoted", "Cite"}:
        pieces = [_inline(child) for child in (content if kind in _JOINED else content[1])]
        return None if None in pieces else "".join(filter(None, pieces))
    return None


def _block(node: Any, part: str) -> Iterator[Word]:
    kind, content = _parts(node)
    if kind == "OrderedList":
        for number, item in enumerate(content[1], content[0][0]):
            yield from [*words_of(str(number), part), *_seen(item, part)]
    elif kind == "CodeBlock":
        yield from words_of(content[1], part)
    elif kind == "RawBlock":
        yield from words_of(page_text(content[1]) if content[0] == "html" else content[1], part)
    elif kind in {"Header", "Image", "Span", "Div", "Link", "Quoted", "Cite"}:
        yield from _seen(content[2] if kind == "Header" else content[1], part)
    elif kind == "Table":
        yield from [*_seen(content[1], part), *_table(content, part)]
    elif isinstance(content, list) and not _is_attributes(content):
        yield from _seen(content, part)


def _is_attributes(content: list[Any]) -> bool:
    return len(content) == 3 and isinstance(content[0], str) and isinstance(content[1], list)  # noqa: PLR2004 # as pandoc has them


def _table(content: list[Any], part: str) -> Iterator[Word]:
    bodies = [content[3][1], *(rows for body in content[4] for rows in body[2:]), content[5][1]]
    for rows in bodies:
        below: dict[int, tuple[int, list[Word]]] = {}
        for _, cells in rows:
            coming, column = iter(cells), 0
            while column in below or (cell := next(coming, None)) is not None:
                if column in below:
                    rest, words = below.pop(column)
                    wide = 1
                else:
                    _, _, rest, wide, inside = cell
                    words = list(_seen(inside, part))
                for at in range(column, column + wide):
                    yield from words
                    if rest > 1:
                        below[at] = (rest - 1, words)
                column += wide


@cache
def _browser() -> Any:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise MissingToolError("playwright") from error
    try:
        return sync_playwright().start().chromium.launch(executable_path=shutil.which("chromium"))
    except Error as error:
        raise MissingToolError("Chromium") from error


_SCRIPT = """rules => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  const unfolding = '[role=tabpanel], [hidden=until-found], .tab-content, .answer, .panel, .expand-content';
  for (const one of document.querySelectorAll(unfolding)) {
    one.hidden = false; one.removeAttribute('hidden'); one.style.display = 'block';
  }
  for (const cell of document.querySelectorAll('td, th')) {
    const row = cell.parentElement, column = [...row.children].indexOf(cell);
    for (let at = 1; at < cell.colSpan && row.children.length > 1; at++) cell.after(cell.cloneNode(true));
    let below = row;
    for (let at = 1; at < cell.rowSpan; at++) {
      below = below && below.nextElementSibling;
      if (!below) break;
      const copy = cell.cloneNode(true);
      copy.rowSpan = 1;
      below.insertBefore(copy, below.children[column] || null);
    }
    cell.rowSpan = 1; cell.colSpan = 1;
  }
  for (const list of document.querySelectorAll('ol')) {
    let number = list.start;
    for (const item of list.children) if (item.matches('li')) item.prepend((item.value || number++) + '. ');
  }
  const counts = {};
  for (const [name, selector] of Object.entries(rules)) {
    for (const one of document.querySelectorAll(selector)) {
      counts[name] = (counts[name] || 0) + (one.innerText || '').split(/[^\\\\p{L}\\\\p{N}_]+/u).filter(Boolean).length;
      one.remove();
    }
  }
  return [document.body ? document.body.innerText : '', counts];
}"""


def chromium(data: bytes, counts: Counts) -> list[Word]:
    """Return what Chromium shows of a page, without what is around its content."""
    page = _browser().new_page()
    page.set_content(data.decode("utf-8", "replace"), wait_until="domcontentloaded")
    text, taken = page.evaluate(_SCRIPT, PAGE)
    page.close()
    counts.update(taken)
    return words_of(text, "text")


def page_text(html: str) -> str:
    """Return the text of a piece of HTML, without scripts and comments."""
    html = re.sub(r"(?is)<(script|style|template|title)\b.*?</\1>|<!--.*?-->", " ", html)
    html = re.sub(r"</?(?:b|i|em|strong|code|span|a|sub|sup|kbd|u|mark|small|wbr|tt)\b[^<>]*>", "", html)
    return unescape(re.sub(r"<[a-zA-Z/!][^<>]*>", " ", html))


def poppler(data: bytes, counts: Counts, *layout: str) -> list[Word]:
    """Return the words of a PDF, without lines that stand at the edge of several pages but for their numbers."""
    text = run("pdftotext", "-enc", "UTF-8", *layout, "-", "-", data=data).decode("utf-8", "replace")
    pages = [[line for line in page.split("\n") if line.strip()] for page in text.split("\f")]
    for edge in (0, -1) * _ROUNDS:
        heads = Counter(re.sub(r"\d+", "#", page[edge].strip()) for page in pages if page)
        for page in pages:
            if page and heads[re.sub(r"\d+", "#", page[edge].strip())] > 1:
                counts["running heads and page numbers"] += len(words_of(page.pop(edge), ""))
    return words_of(re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", "\n".join("\n".join(page) for page in pages)), "text")


def libreoffice(ending: str, target: str) -> Reader:
    """Return a reader of a kind of office file, which LibreOffice turns into PDF or HTML."""

    def read(data: bytes, counts: Counts) -> list[Word]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"file{ending}")
            path.write_bytes(data)
            user = f"-env:UserInstallation=file://{folder}/user"
            run("soffice", user, "--headless", "--convert-to", target, "--outdir", folder, str(path))
            made = path.with_suffix(f".{target}")
            if not made.exists():
                return []
            if target == "pdf":
                return poppler(made.read_bytes(), counts)
            html = made.read_text("utf-8", "replace")
            html = re.sub(r"(?s)<center>\s*<h1>Overview</h1>.*?</center>|Sheet \d+: ", "", html)
            return chromium(re.sub(r"(?s)<p><center>.*?</center></p>", "", html, count=1).encode(), counts)

    return read


def asciidoctor(data: bytes, _counts: Counts) -> list[Word]:
    """Return the words of the page that Asciidoctor makes."""
    html = run("asciidoctor", "--embedded", "-a", "showtitle", "-o", "-", "-", data=data)
    return words_of(page_text(html.decode("utf-8", "replace")), "text")


def sphinx(folder: Path, counts: Counts) -> dict[str, list[Word]]:
    """Return the words that Sphinx shows of every page of a folder, by the page's path."""
    folder = Path(os.path.commonpath([path.parent for path in folder.rglob("*.rst")]))
    with tempfile.TemporaryDirectory() as made:
        source, target = Path(made, "source"), Path(made, "target")
        shutil.copytree(folder, source)
        for path in source.rglob("*.rst"):
            path.write_text(applied(RST, path.read_text("utf-8"), counts, fenced=False), "utf-8")
        first = next(source.rglob("*.rst")).relative_to(source).with_suffix("").as_posix()
        run("sphinx-build", "-Q", "-C", "-b", "text", "-D", f"master_doc={first}", str(source), str(target))
        return {
            str(folder / path.relative_to(target).with_suffix(".rst")): words_of(
                re.sub(r"\[image(?:: ([^\]]*))?\](?:\[image\])?", r"\1", path.read_text("utf-8")), "text"
            )
            for path in target.rglob("*.txt")
        }


def text_in(charset: str) -> Reader:
    """Return a reader of text in a character set."""

    def read(data: bytes, _counts: Counts) -> list[Word]:
        return words_of(run("iconv", "-c", "-f", charset, "-t", "UTF-8", data=data).decode("utf-8", "replace"), "text")

    return read


_CHARSET = re.compile(
    r"(?:^|/)(?P<charset>[A-Za-z0-9_-]+?)(?:-sig)?(?:-(?:bulgarian|russian|hebrew|greek|hungarian))?__"
)


@dataclass(frozen=True, slots=True)
class Second:
    """A second reader: the format that it reads, and its name."""

    form: str
    name: str
    reader: Reader


def _of_kinds(form: str, name: str, reader: Reader, *kinds: str) -> dict[str, Second]:
    return dict.fromkeys(kinds, Second(form, name, reader))


READERS: dict[str, Second] = {
    **_of_kinds(
        *("Markdown", "pandoc", pandoc(_MARKDOWN)),
        *(".md", ".mdx", ".mkd", ".mkdn", ".mdown", ".markdn", ".qmd", ".rmd"),
    ),
    **_of_kinds("reStructuredText", "Sphinx", pandoc("rst"), ".rst"),
    **_of_kinds("Word", "pandoc", pandoc("docx"), ".docx", ".docm", ".dotx"),
    **_of_kinds("EPUB", "pandoc", pandoc("epub"), ".epub", ".epub3"),
    **_of_kinds("wikitext", "pandoc", pandoc("mediawiki"), ".wiki", ".mediawiki"),
    **{f".{form}": Second(form.upper(), "pandoc", pandoc(form)) for form in ("odt", "rtf", "org", "ipynb", "csv")},
    **_of_kinds("HTML", "Chromium", chromium, ".html", ".htm", ".xhtml"),
    ".pdf": Second("PDF", "poppler", poppler),
    **{
        end: Second("Excel, ODS", "LibreOffice", libreoffice(end, "html")) for end in (".xlsx", ".xlsm", ".xls", ".ods")
    },
    **{
        end: Second("PowerPoint, ODP", "LibreOffice", libreoffice(end, "pdf"))
        for end in (".pptx", ".pptm", ".ppsx", ".ppt", ".odp")
    },
    **_of_kinds("AsciiDoc", "Asciidoctor", asciidoctor, ".adoc", ".asciidoc", ".asc"),
    **_of_kinds("text", "iconv", text_in("UTF-8"), ".txt", ".text"),
}
"""The second reader of each kind, by the end of a file's name."""


def read(kind: str, source: str, data: bytes, counts: Counts) -> list[list[Word]]:
    """Return the words that the second reader sees, in each of its reading orders; none where there is no reader."""
    named = _CHARSET.search(source)
    if named and kind in {".txt", ".html"}:
        data = run("iconv", "-c", "-f", named["charset"].replace("_", "-"), "-t", "UTF-8", data=data)
    if kind not in READERS:
        return []
    if kind == ".pdf":
        return [poppler(data, counts), poppler(data, Counter(), "-layout")]
    return [READERS[kind].reader(data, counts)]
