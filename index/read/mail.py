"""Messages of e-mail (EML) and pages that a browser saved as one (MHTML): their text, with attachments named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.read.code_text import add_plain
from index.read.decoding import decoded
from index.read.draft import Draft
from index.read.html.reader import read_html
from index.records import BlockKind

if TYPE_CHECKING:
    from email.message import EmailMessage


def read_mail(data: bytes, *, names: bool = False) -> Draft:
    """Read a message: its plain text, else its page; lines are those of the text.

    `names` says whether the names of authors are kept where its text is an exported chat.
    """
    from email import policy
    from email.message import EmailMessage
    from email.parser import BytesParser

    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    draft = Draft(own_lines=True)
    body = _body(message)
    if body is not None and body.get_content_type() == "text/html":
        page = read_html(_text(body).encode("utf-8", "replace"))
        draft.title, draft.url = page.title, page.url
        draft.absorb(page)
    elif body is not None:
        add_plain(draft, _text(body), names=names)
    for part in message.walk():
        name = part.get_filename()
        if name and part is not body and part.get_content_disposition() == "attachment":
            draft.flow(BlockKind.PARAGRAPH, [(f"[attachment: {name}]", 1)])
    draft.title = str(message.get("subject", "")).strip() or draft.title
    return draft


def _body(message: EmailMessage) -> EmailMessage | None:
    """Return the part that a person reads: plain text where there is any in it."""
    from email.message import EmailMessage

    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    parts = [part for part in bodies if isinstance(part, EmailMessage)]
    return next((part for part in parts if _text(part).strip()), None)


def _text(part: EmailMessage) -> str:
    """Return a part's text in the encoding that it names, else in the likeliest."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    try:
        return payload.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        return decoded(payload)
