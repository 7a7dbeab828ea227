"""Files of the text kinds that were made to do harm, for `hostile_files.py`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

_MIB = 1024 * 1024
_DEEP = 100_000
_ALIASES = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 13))
_GROWING = ":a0: 0123456789\n" + "".join(f":a{n}: {f'{{a{n - 1}}}' * 10}\n" for n in range(1, 25))
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
_PARTS = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000))


def _pictures() -> bytes:
    cell = {"cell_type": "markdown", "source": "x", "attachments": {"a": "A" * 60_000_000}}
    return json.dumps({"cells": [cell]}).encode()


SMALL: Mapping[str, Callable[[], bytes]] = {
    "rows.csv": lambda: b"value\n" + b"x\n" * 2_000_000,
    "quoted.tsv": lambda: b'"' + b"x\t\n" * 2_000_000,
    "pictures.ipynb": _pictures,
    "nested.ipynb": lambda: b'{"cells":' * _DEEP,
    "nested.json": lambda: b'[{"a":' * _DEEP,
    "digits.json": lambda: b"[" + b"9" * _MIB + b"]",
    "lines.jsonl": lambda: b"{}\n" * 300_000,
    "nested.yaml": lambda: b"[" * _DEEP,
    "laughs.yaml": f"a0: &a0 [lol]\n{_ALIASES}\nquestion: x\n".encode,
    "growing.adoc": f"{_GROWING}\n{{a24}}\n".encode,
    "outside.adoc": lambda: b"Before.\n\ninclude::/etc/passwd[]\n\nAfter.\n",
    "marks.adoc": lambda: b"*_#`" * 50_000,
    "outside.org": lambda: b"Before.\n#+INCLUDE: /etc/passwd\nAfter.\n",
    "marks.org": lambda: b"*/=~" * 50_000,
    "groups.rtf": lambda: b"{\\rtf1 " + b"{" * _DEEP + b"x",
    "binary.rtf": lambda: b"{\\rtf1 {\\pict\\bin2147483647 x}}",
    "cues.srt": lambda: b"00:00:01,000 --> 00:00:02,000\nx\n" * 200_000,
    "nested.eml": lambda: _PARTS + b"Content-Type: text/plain\n\nx\n",
    "open.wiki": lambda: b"{{a|" * _DEEP,
    "laughs.xml": (
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{_LAUGHS}]>'
        "<mediawiki><page><title>x</title><revision><text>&l11;</text></revision></page></mediawiki>"
    ).encode,
    "outside.xml": lambda: (
        b'<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
        b"<mediawiki><page><title>x</title><revision><text>before &out; after</text></revision></page></mediawiki>"
    ),
}
"""Those that cost a test little."""
