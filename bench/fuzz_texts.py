"""Sound files of the kinds that are text, and marks that mean something in them, for `fuzz_inputs.py`."""

# ruff: noqa: E501 -- lists of marks

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_CSV = """sep=;
Breed;Weight;Note
Maine Coon;8 kg;"sleeps
long; ""very"" long"
Singapura;2 kg;
;;
"""
_TSV = "Question\tAnswer\nHow long do cats sleep?\tSixteen hours.\nDo they purr?\tYes\tmostly\n"
_NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# Cats\n", "\n", "They *sleep*.\n", "```\n", "open"]},
            {
                "cell_type": "code",
                "metadata": {"tags": ["hide-input"]},
                "source": "#| echo: false\nprint(16)",
                "outputs": [
                    {"output_type": "stream", "name": "stdout", "text": ["\x1b[31m16\x1b[0m\n"]},
                    {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}},
                    {"output_type": "execute_result", "data": {"text/markdown": "**ok**"}},
                    {"output_type": "error", "ename": "ValueError", "evalue": "no cat", "traceback": []},
                ],
            },
            {"cell_type": "raw", "source": "raw"},
        ],
        "metadata": {"kernelspec": {"language": "python"}},
        "nbformat": 4,
    },
    indent=1,
)
_FAQ = {
    "title": "All about cats",
    "faqs": [
        {"question": "How long do cats sleep?", "answer": "Sixteen hours.\n\nMostly by day.", "tags": ["a", "b"]},
        {"question": ["Do they purr?", "Why?"], "answer": {"text": "<p>They <b>do</b>.</p>"}, "id": 7.50},
    ],
    "breeds": [{"name": "Maine Coon", "kg": 8}, {"name": "Singapura", "kg": None}],
}
_CHAT = {
    "guild": {"id": "1", "name": "Cats"},
    "channel": {"id": "2", "type": "GuildTextChat", "category": "Help", "name": "food"},
    "messages": [
        {
            "type": "Default",
            "timestamp": "2024-05-04T10:00:00+00:00",
            "content": "What do cats **eat**?\n```py\nx = 1\n```\n<@1> @Ann",
            "author": {"id": "1", "name": "ann", "nickname": "Ann"},
            "mentions": [{"name": "bob"}],
            "attachments": [{"fileName": "cat.png"}],
            "embeds": [{"title": "T", "description": "D", "fields": [{"name": "f", "value": "v"}]}],
        },
        {"type": "GuildMemberJoin", "timestamp": "", "content": "Joined.", "author": {"name": "bob"}},
    ],
}
_YAML = """# all about cats
title: &t All about cats
faqs:
  - question: How long do cats sleep?
    answer: |
      Sixteen hours.

      Mostly by day.
  - {question: Do they purr?, answer: "They do.", same: *t}
---
- 7.50
- ~
- [a, b]
"""
_ADOC = """= All about cats
Ann Writer <ann@cats.example>
v1.0
:hours: sixteen
// no
Cats _sleep_ for {hours} *hours*, see <<food,more>> and https://cats.example[this]. kbd:[Ctrl+C]footnote:[A note]

[NOTE]
====
Boxed
====

ifdef::hours[]
.Title
[cols="1,2"]
|===
|A |B

.2+|a 2+|b
|c
|===
endif::[]

== Food [[food]]

. Eat
.. More
+
--
inside
--
* bullet
term:: text

[source,ruby,subs="attributes"]
----
puts {hours}
----

[quote,Ann]
____
Said
____

include::other.adoc[]
image::cat.png[A cat]

////
no
////
Under
-----
++++
<p>html</p>
++++
"""
_ORG = """#+TITLE: All about cats
* TODO [#A] Food :tag:
:PROPERTIES:
:ID: 1
:END:
Cats /sleep/ for *sixteen* hours, see [[https://cats.example][this]] and =code= [fn:1].
# no
- item
  goes on
  1. nested
- term :: text
#+BEGIN_SRC python
  x = 1
#+END_SRC
| A | B |
|---+---|
| a | b |
** COMMENT no
no
* Shown :noexport:
* End
: fixed
[fn:1] A note
"""
_RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial;}}
{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}{\info{\title All about cats}}
\pard\s1 Cats\par\pard\plain They sleep{\v hidden} caf\'e9 \u8364?{\f1\'cf\'f0}
{\field{\*\fldinst HYPERLINK "https://cats.example"}{\fldrslt this}}.\par
{\listtext\tab 1.\tab}First\par{\pntext\'b7\tab}Bullet{\footnote A note.}\par
\trowd\cellx100\intbl A\cell B\cell\row\pard{\pict\pngblip 8950}{\*\shpinst{\shptxt boxed\par}}End\par}"""
_SRT = """1
00:00:01,000 --> 00:00:03,000
<i>Cats</i> sleep

2
00:00:03,100 --> 00:00:05,000
for sixteen hours.

3
00:06:00,000 --> 00:06:02,000
{\\an8}They purr.
"""
_VTT = "WEBVTT - Cats\n\nNOTE no\n\n00:01.000 --> 00:03.000 align:left\n<v Ann>Cats &amp; dogs\n\n00:03.000 --> 00:09.000\nsleep\n"
_MAIL = """From: Ann <ann@cats.example>
Subject: =?utf-8?q?All_about_c=C3=A4ts?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: multipart/alternative; boundary=y

--y
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Cats sleep for s=EFxteen hours.
--y
Content-Type: text/html; charset=utf-8

<html><body><p>Cats sleep.</p></body></html>
--y--
--x
Content-Type: application/pdf; name=m.pdf
Content-Disposition: attachment; filename*=utf-8''m%C3%A4p.pdf
Content-Transfer-Encoding: base64

eHg=
--x--
"""
_WIKI = """'''Cats''' [[Sleep|sleep]] for {{convert|16|h}}<ref>A note</ref> &amp; <nowiki>[[raw]]</nowiki>.

{{Infobox
| name = Cat
| kg = 8 [[kg]]
}}
* one
** two
# first
; term : text

 fixed
== Food ==
[[File:cat.png|thumb|A cat]]
{| class="wikitable"
|+ Breeds
! A !! B
|-
| rowspan=2 | a || colspan="2" | b
|-
| c
|}
<syntaxhighlight lang="py">x = 1</syntaxhighlight>
<gallery>
File:a.png|A caption
</gallery>
[https://cats.example this] {{{a|d}}}<!-- no -->__NOTOC__[[Category:Cats]]
"""
_ESCAPED = _WIKI.replace("&", "&amp;").replace("<", "&lt;")
_XML = f"""<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/"><siteinfo><sitename>Cats</sitename></siteinfo>
<page><title>Cats</title><ns>0</ns><revision><text>{_ESCAPED}</text></revision></page>
<page><title>Talk:Cats</title><ns>1</ns><revision><text>no</text></revision></page></mediawiki>
"""
CHAT_TEXT = f"""{"=" * 62}
Guild: Cats
Channel: Help / food
{"=" * 62}

[04/05/2024 10:00] ann
What do cats eat?

[04/05/2024 10:01 AM] bob (pinned)
Meat @ann **only**

{{Attachments}}
https://cats.example/cat.png?x=1

{{Reactions}}
👍 (3)

{"=" * 62}
Exported 2 message(s)
{"=" * 62}
"""
CHAT_PAGE = """<!DOCTYPE html><html><body><div class="preamble"><div class="preamble__entry">Cats</div>
<div class="preamble__entry">Help / food</div></div><div class="chatlog"><div class="chatlog__message-group">
<div class="chatlog__message-container"><span class="chatlog__author" title="ann">Ann</span>
<span class="chatlog__timestamp" title="4 May 2024 10:00">04/05/2024 10:00</span><div class="chatlog__content">
What do <span class="chatlog__markdown-mention">@Ann</span><pre>cats
eat</pre>?<img class="chatlog__emoji" alt="x"></div></div></div></div></body></html>
"""

TEXTS: Mapping[str, tuple[str, ...]] = {
    ".csv": (_CSV, _TSV.replace("\t", ",")),
    ".tsv": (_TSV,),
    ".ipynb": (_NOTEBOOK,),
    ".json": (json.dumps(_FAQ), json.dumps(_FAQ, indent=1), json.dumps(_CHAT), '{"a": 1, // x\n}'),
    ".jsonl": ("\n".join(json.dumps(entry) for entry in _FAQ["faqs"]),),
    ".yaml": (_YAML, _YAML.split("---", maxsplit=1)[0], "a: 1\n\nb:\n  c: d\n"),
    ".adoc": (_ADOC,),
    ".org": (_ORG,),
    ".rtf": (_RTF,),
    ".srt": (_SRT, _VTT),
    ".eml": (_MAIL,),
    ".wiki": (_WIKI,),
    ".xml": (_XML,),
}
"""For each reader, files that are as they should be."""


def _parted(tokens: str) -> Sequence[str]:
    return tokens.split("¦")


TOKENS: Mapping[str, Sequence[str]] = {
    ".csv": _parted(',¦;¦\t¦|¦"¦""¦\n¦"\n"¦sep=|\n¦sep="\n¦A,B\n¦,,,,¦\r¦ ¦\x1f'),
    ".tsv": _parted('\t¦"¦\n¦,¦\t\t\t¦\r¦a\tb\n'),
    ".ipynb": _parted(
        '"¦{¦}¦[¦]¦,¦:¦"cells": ¦"source": ¦null¦{}¦[]¦"cell_type": "heading"¦"level": -1¦"worksheets": [{}]¦\\n¦'
        "\\ud800¦1e999¦NaN¦# ¦```¦---\\n¦\\u0000¦"
        '"data": {"text/plain": 5}¦"metadata": []'
    ),
    ".json": _parted(
        '"¦{¦}¦[¦]¦,¦:¦null¦true¦1e999¦-0¦NaN¦9999999999999999999999¦\\ud800¦\\u0000¦\\n¦"question": ¦"answer": ¦"": ""¦'
        '"q": []¦{}¦[[]]¦<p>¦<table>¦"messages": ¦"author": 5¦"type": {}¦//¦\n'
    ),
    ".jsonl": _parted('\n¦{}¦[]¦null¦"x"¦{"question": 5}¦"¦{¦}¦1 2¦\\ud800'),
    ".yaml": _parted(
        "- ¦: ¦? ¦&a ¦*a¦<<: *a¦!!python/object:os.system ¦|\n¦>-\n¦---\n¦...\n¦{¦}¦[¦]¦#¦%YAML 1.1\n¦\t¦'¦\"¦{{ x }}¦"
        "question: ¦answer: ¦~¦&a [*a]¦  "
    ),
    ".adoc": _parted(
        "= ¦== ¦====\n¦----\n¦....\n¦++++\n¦////\n¦|===\n¦,===\n¦____\n¦--\n¦+\n¦. ¦.. ¦* ¦** ¦term:: ¦:a: {a}\n¦:a: {a}{a} \\\n¦"
        "{a}¦{counter:x}¦ifdef::a[]\n¦endif::[]\n¦ifeval::[1 > 2]\n¦include::/etc/passwd[]\n¦<<a,¦>>¦[[a]]¦[NOTE]\n¦[source]\n¦"
        '[cols="999*"]\n¦.999+|¦999+|¦999*|¦|¦`¦``¦*¦_¦#¦^¦~¦+¦pass:[¦footnote:[¦image::x[¦link:x[¦]¦(((¦)))¦ +\n¦toc::[]\n¦'
        "[quote,]\n¦[start=0]\n¦<.> ¦.x\n¦\x00¦\\"
    ),
    ".org": _parted(
        "* ¦** ¦*¦- ¦1. ¦+ ¦#+BEGIN_SRC\n¦#+END_SRC\n¦#+begin_export html\n¦#+begin_quote\n¦#+TITLE: ¦#+INCLUDE: ¦"
        '#+INCLUDE: "/etc/passwd"\n¦:PROPERTIES:\n¦:END:\n¦|¦|-+-|\n¦[[¦][¦]]¦=¦~¦/¦_¦+¦[fn:1]¦[fn:1] ¦: ¦COMMENT ¦:noexport:¦'
        "\\\\\n¦# ¦-----\n¦ :: ¦<<x>>¦@@html:¦,*"
    ),
    ".rtf": _parted(
        "{¦}¦\\par ¦\\pard ¦\\cell ¦\\row ¦\\nestrow ¦\\intbl ¦\\v ¦\\v0 ¦\\deleted ¦\\'e9¦\\'¦\\u-1?¦\\u55357?¦\\u99999999999 ¦\\uc9 ¦"
        "\\uc-1 ¦\\bin9999999 ¦\\bin-5 ¦\\*¦\\f1 ¦\\fcharset999 ¦\\ansicpg0 ¦\\ansicpg ¦\\s1 ¦\\outlinelevel0 ¦\\outlinelevel-9 ¦"
        "{\\footnote ¦{\\listtext ¦{\\stylesheet ¦{\\fonttbl ¦{\\info{\\title ¦{\\shptxt ¦{\\field{\\*\\fldinst ¦\\\n¦\\~¦\\-¦\\\\¦\\{"
    ),
    ".srt": _parted(
        " --> ¦00:00:01,000 --> 00:00:02,000\n¦99:99:99,999 --> 00:00:00,000\n¦00:01.000 --> 00:02.000\n¦999:00:00,0 --> 0:00:00.0\n¦"
        "WEBVTT\n¦WEBVTT x\n¦NOTE\n¦STYLE\n¦<v ¦<v Ann>¦</v>¦<c>¦<00:00:01.000>¦{\\an8}¦\n\n¦1\n¦&amp;¦&lrm;¦٣"
    ),
    ".eml": _parted(
        "\n\n¦\n¦--x\n¦--x--\n¦--y\n¦Content-Type: ¦text/plain¦text/html¦multipart/mixed; boundary=x¦message/rfc822¦"
        'Content-Transfer-Encoding: base64\n¦quoted-printable¦charset=utf-7¦charset=nope¦charset="¦=?utf-8?b?¦?=¦=?x?q?=FF?=¦'
        'Subject: ¦filename=¦filename*0*=¦Content-Disposition: attachment\n¦;¦"¦=¦ \n¦<html>¦Content-Type: multipart/related\n¦\t'
    ),
    ".wiki": _parted(
        "{{¦}}¦{{{¦}}}¦[[¦]]¦[¦]¦|¦{|\n¦|}\n¦|-\n¦||¦! ¦|+¦''¦'''¦'''''¦* ¦# ¦; ¦: ¦== ¦==\n¦<ref>¦</ref>¦<ref />¦<nowiki>¦</nowiki>¦"
        "<pre>¦</pre>¦<table><tr><td>¦<br>¦<div style='display:none'>¦</div>¦<gallery>¦</gallery>¦&#x110000;¦&#0;¦&amp;¦&¦<!--¦-->¦"
        'colspan=999 |¦rowspan="9999999" |¦rowspan=0 |¦[[File:x|¦[[Category:x]]¦__TOC__¦ ¦\n\n¦----\n¦http://x¦{{!}}¦<math>'
    ),
    ".xml": _parted(
        "<page>¦</page>¦<text>¦</text>¦<title>¦</title>¦<ns>¦<ns>9</ns>¦<ns>x</ns>¦<redirect/>¦<revision>¦<mediawiki>¦<urlset>¦"
        "<!DOCTYPE x [<!ENTITY x 'y'>]>¦&x;¦&amp;¦&#0;¦<![CDATA[¦]]>¦<!--¦-->¦{{¦}}¦[[¦]]¦{|\n¦|}\n¦<sitename>"
    ),
}
"""For each reader, what may stand anywhere in a damaged file."""


def wrapped(kind: str, text: str) -> str:
    """Return a sound file of a kind that holds a text."""
    if kind == ".ipynb":
        cells = [{"cell_type": "markdown", "source": text}, {"cell_type": "code", "source": text[::-1], "outputs": []}]
        return json.dumps({"cells": [*cells, {"cell_type": "raw", "source": text.split("\n")}]})
    if kind == ".jsonl":
        return f"{json.dumps({'question': text[:80], 'answer': text})}\n{json.dumps({'title': text})}\n"
    page = escape(text.encode("utf-8", "replace").decode())
    return f"<mediawiki><page><title>Cats</title><ns>0</ns><revision><text>{page}</text></revision></page></mediawiki>"
