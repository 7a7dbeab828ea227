"""Messages of e-mail and saved pages."""

from __future__ import annotations

from email.message import EmailMessage

from tests.index.read.blocks import H, P, blocks, document, texts


def _mail(text: str | None = None, page: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "The fröst"
    message["From"] = "ann@frost.example"
    if text is not None:
        message.set_content(text, charset="iso-8859-1", cte="quoted-printable")
    if page is not None and text is not None:
        message.add_alternative(page, subtype="html")
    elif page is not None:
        message.set_content(page, subtype="html")
    return message


def test_the_plain_text_is_read_and_attachments_are_named() -> None:
    message = _mail("Cover the röses.\n\nTonight.\n", "<p>Other</p>")
    message.add_attachment(b"secret", maintype="application", subtype="pdf", filename="pläne.pdf")
    assert blocks("a.eml", bytes(message)) == [
        (P, 1, "Cover the röses."),
        (P, 3, "Tonight."),
        (P, 5, "[attachment: pläne.pdf]"),
    ]
    assert document("a.eml", bytes(message)).title == "The fröst"


def test_every_part_that_is_shown_is_read_and_a_message_within_one_is_headed_by_its_subject() -> None:
    message = _mail("Cover the roses.\n", "<p>Other</p>")
    message.make_mixed()
    forwarded = EmailMessage()
    forwarded["Subject"] = "Nachtfröste"
    forwarded.set_content("It froze at four.\n")
    message.attach(forwarded)
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("See below.\n")
    outer.make_mixed()
    rfc = EmailMessage()
    rfc["Content-Type"] = "message/rfc822"
    rfc.set_payload([forwarded])
    outer.attach(rfc)
    footer = EmailMessage()
    footer.set_content("The gardeners' list\n")
    outer.attach(footer)
    assert texts("a.eml", bytes(outer)) == ["See below.", "Nachtfröste", "It froze at four.", "The gardeners' list"]
    assert texts("a.eml", bytes(message)) == ["Cover the roses.", "It froze at four."]


def test_a_message_that_stands_encoded_in_another_is_not_shown() -> None:
    head = "Subject: Fwd\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
    text = "--B\nContent-Type: text/plain\n\nSee below.\n"
    encoded = (
        "--B\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogSW4KCmhpCg==\n--B--\n"
    )
    assert texts("a.eml", head + text + encoded) == ["See below."]


def test_a_page_is_read_where_there_is_no_plain_text() -> None:
    page = "<html><body><h1>Frost</h1><p>Cover the <b>roses</b> with straw before the night comes.</p></body></html>"
    assert [(kind, text) for kind, _, text in blocks("a.eml", bytes(_mail(page=page)))] == [
        (H, "Frost"),
        (P, "Cover the roses with straw before the night comes."),
    ]
    assert texts("a.mhtml", bytes(_mail(page=page)))[0] == "Frost"


def test_an_encoding_that_is_none_is_guessed() -> None:
    data = b"Content-Type: text/plain; charset=nonsense\n\nCover the roses, gr\xc3\xbcn.\n"
    assert texts("a.eml", data) == ["Cover the roses, grün."]
    assert texts("a.eml", "Cover the roses.") == ["Cover the roses."]


def test_parts_in_parts_without_end_are_no_crash() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(300))
    assert texts("a.eml", b"Subject: x\n" + nested + b"Content-Type: text/plain\n\nCover.\n")


def test_lines_that_flow_are_one_and_the_day_is_that_of_the_message() -> None:
    head = "Subject: Nets\nDate: Mon, 06 May 2024 23:30:00 -0700\nContent-Type: text/plain; format=flowed"
    body = "Mend them \nbefore May.\nThen go.\n> Why \n> not?\n>>So.\n  From here.\n-- \nAnn\n"
    message = document("a.eml", f"{head}\n\n{body}")
    assert message.text == "Mend them before May.\nThen go.\n> Why not?\n>> So.\n From here.\n-- \nAnn"
    assert message.date == "2024-05-06"
    assert document("a.eml", f"{head}; delsp=yes\n\nSee \nmen\n").text == "Seemen"
    assert document("a.eml", "Subject: x\n\nSee \nmen\n").text == "See \nmen"
