"""Messages of e-mail (EML) and pages that a browser saved as one (MHTML): their text, with attachments named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.read.code_text import add_plain
from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.html.reader import read_html
from index.records import BlockKind

if TYPE_CHECKING:
    from email.message import MIMEPart


_ONE_OF = frozenset(["multipart/alternative", "multipart/related"])
"""Kinds of parts of which one is shown, with what belongs to it."""

_DEEPEST = 20

_SIGNED = "-- "
"""The line before a signature."""


def read_mail(data: bytes, *, names: bool = False) -> Draft:
    """Read a message: its plain text, else its page; lines are those of the text.

    `names` says whether the names of authors are kept where its text is an exported chat.
    """
    from email import policy
    from email.message import EmailMessage
    from email.parser import BytesParser

    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    draft = Draft(own_lines=True)
    _add(draft, message, names=names)
    draft.title = _subject(message) or draft.title
    draft.values = {"date": _day(message)}
    return draft


def page_in(data: bytes) -> str:
    """Return the page that a message holds, "" where it holds none."""
    from email import policy
    from email.message import EmailMessage, MIMEPart
    from email.parser import BytesParser

    body = BytesParser(EmailMessage, policy=policy.default).parsebytes(data).get_body(("html",))
    return _text(body) if isinstance(body, MIMEPart) else ""


def _add(draft: Draft, message: MIMEPart, *, names: bool, depth: int = 0) -> None:
    """Add a message or a part of one: of parts that follow each other, each as it is shown."""
    kind = message.get_content_type()
    if message.get_content_disposition() == "attachment":
        _name_attachments(draft, message, None)
    elif kind == "message/rfc822" and depth < _DEEPEST:
        for forwarded in message.iter_parts() if not _is_encoded(message) else ():
            draft.heading(1, [(_subject(forwarded), 1)])
            _add(draft, forwarded, names=names, depth=depth + 1)
    elif message.is_multipart() and kind not in _ONE_OF and depth < _DEEPEST:
        for part in message.iter_parts():
            _add(draft, part, names=names, depth=depth + 1)
    else:
        body = _body(message)
        _add_body(draft, body, names=names)
        _name_attachments(draft, message, body)


def _is_encoded(message: MIMEPart) -> bool:
    """Tell whether a forwarded message stands in another as no standard allows, which the parser does not read."""
    return str(message.get("content-transfer-encoding", "")).strip().lower() in {"base64", "quoted-printable"}


def _add_body(draft: Draft, body: MIMEPart | None, *, names: bool) -> None:
    if body is not None and body.get_content_type() == "text/html":
        page = read_html(_text(body).encode("utf-8", "replace"))
        draft.title, draft.url = draft.title or page.title, draft.url or page.url
        draft.absorb(page)
    elif body is not None:
        flows = str(body.get_param("format", "")).lower() == "flowed"
        add_plain(draft, _flowed(body) if flows else _text(body), names=names)


def _flowed(body: MIMEPart) -> str:
    """Return a text with the lines that go on in the next one joined to it (RFC 3676): quoted ones, those as deep."""
    space = "" if str(body.get_param("delsp", "")).lower() == "yes" else " "
    lines: list[tuple[str, str]] = []
    for line in _text(body).replace("\r\n", "\n").split("\n"):
        text = line.lstrip(">")
        mark, text = line[: len(line) - len(text)], text.removeprefix(" ")  # which keeps other marks from being read
        before, last = lines[-1] if lines else ("", "")
        if before == mark and last.endswith(" ") and _SIGNED not in {last, text} and text.strip():
            lines[-1] = (mark, last[:-1] + space + text)
        else:
            lines.append((mark, text))
    return "\n".join(f"{mark} {text}" if mark else text for mark, text in lines)


def _name_attachments(draft: Draft, message: MIMEPart, body: MIMEPart | None) -> None:
    for part in message.walk():
        name = part.get_filename()
        if name and part is not body and part.get_content_disposition() == "attachment":
            draft.flow(BlockKind.PARAGRAPH, [(f"[attachment: {name}]", 1)])


def _subject(message: MIMEPart) -> str:
    return str(message.get("subject", "")).strip()


def _day(message: MIMEPart) -> str:
    """Return the day on which a message was sent, as its sender's clock had it (ISO 8601), "" where it is not told."""
    sent = getattr(message.get("date"), "datetime", None)
    return str(sent.date().isoformat()) if sent else ""


def _body(message: MIMEPart) -> MIMEPart | None:
    """Return the part that a person reads: plain text where there is any in it."""
    from email.message import MIMEPart

    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    parts = [part for part in bodies if isinstance(part, MIMEPart)]
    return next((part for part in parts if _text(part).strip()), None)


def _text(part: MIMEPart) -> str:
    """Return a part's text in the encoding that it names, else in the likeliest."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    try:
        return payload.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        return decoded(payload)
