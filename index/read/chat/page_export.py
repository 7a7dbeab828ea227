"""Chats that DiscordChatExporter wrote as HTML pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.read.chat.chat import Chat, Message, add_chat
from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.html.reader import read_html

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped] # lxml carries no types

_MARK = b"chatlog__message"
_TIME = re.compile(r",?\s*\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?\s*$")
_SEEN = ("chatlog__content", "chatlog__embed")
_BREAKING = {"br", "div", "p", "pre", "li", "blockquote"}


def read_page(data: bytes, *, names: bool = False) -> Draft:
    """Read an HTML page: a chat as a chat, any other as `read_html` does.

    `names` says whether the names of a chat's authors are kept.
    """
    chat = _chat(decoded(data)) if _MARK in data and b"preamble" in data else None
    if chat is None:
        return read_html(data)
    draft = Draft()
    add_chat(draft, chat, names=names)
    return draft


def _chat(source: str) -> Chat | None:
    from lxml import html  # type: ignore[import-untyped] # lxml carries no types

    page = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source))
    entries = [" ".join(_seen(entry).split()) for entry in _of(page, "preamble__entry")]
    messages: list[Message] = []
    names: set[str] = set()
    for group in _of(page, "chatlog__message-group"):
        messages += _messages(group, names)
    return Chat(entries[1] if len(entries) > 1 else "", messages, names) if messages else None


def _messages(group: HtmlElement, names: set[str]) -> Iterator[Message]:
    """Yield what one member wrote without another between; take note of the names in it."""
    author = next(
        (_seen(element).strip() for element in [*_of(group, "chatlog__author"), *_of(group, "chatlog__author-name")]),
        "",
    )
    mentions = [element for element in _of(group, "chatlog__markdown-mention") if element.get("title")]
    replied = [*_of(group, "chatlog__reply-author"), *_of(group, "chatlog__author")]
    names |= {_seen(element).strip().lstrip("@") for element in (*mentions, *replied)} | {
        element.get("title") or "" for element in replied
    }
    day = ""
    for container in _of(group, "chatlog__message-container") or [group]:
        stamps = [*_of(container, "chatlog__timestamp"), *_of(container, "chatlog__short-timestamp")]
        texts = [text for stamp in stamps for text in (_seen(stamp), stamp.get("title") or "")]
        seen = [_TIME.sub("", " ".join(text.split())) for text in texts]
        day = next(filter(None, seen), day)
        parts = [part for name in _SEEN for part in _of(container, name)]
        lines = [line for part in parts for line in _seen(part).split("\n")]
        lines += [f"[attachment: {name}]" for name in _attached(container)]
        yield Message(day, author, tuple(lines), (parts[0] if parts else container).sourceline or 1, name=author)


def _attached(container: HtmlElement) -> Iterator[str]:
    for attachment in _of(container, "chatlog__attachment"):
        for link in attachment.iter("a"):
            yield (link.get("href") or "").split("?")[0].rpartition("/")[2]
            break


def _of(element: HtmlElement, name: str) -> list[HtmlElement]:
    """Return all elements with a class in an element, itself included."""
    return [node for node in element.iter() if isinstance(node.tag, str) and name in (node.get("class") or "").split()]


def _seen(element: HtmlElement) -> str:
    """Return the text of an element: emoji as they are called, a line for each block, code between fences."""
    pieces: list[str] = []
    for event, node in _walked(element):
        if event == "start":
            fence = "\n```\n" if node.tag == "pre" else "\n" if node.tag in _BREAKING else ""
            pieces += [fence, (node.get("alt") or "") if node.tag == "img" else "", node.text or ""]
        else:
            pieces.append("\n```\n" if node.tag == "pre" else "")
            pieces.append((node.tail or "") if node is not element else "")
    return "".join(pieces)


def _walked(element: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    from lxml import etree

    return (pair for pair in etree.iterwalk(element, events=("start", "end")) if isinstance(pair[1].tag, str))
