"""What HTML elements mean for the blocks of a page, by their names."""

from __future__ import annotations

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""Headings with their levels."""

BREAKING = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "main",
        "nav",
        "section",
        "summary",
    ]
)
"""Elements that stand apart from the text around them."""

UNSEEN = frozenset(
    [
        "annotation",
        "annotation-xml",
        "audio",
        "canvas",
        "datalist",
        "meter",
        "noembed",
        "noframes",
        "noscript",
        "progress",
        "rp",
        "script",
        "style",
        "template",
        "title",
        "video",
    ]
)
"""Elements that are left out with all they hold."""

FOREIGN = frozenset({"iframe", "math", "object", "svg"})
"""Elements that hold or show something else than HTML of the page."""

FOR_LISTENERS = frozenset(
    """
    visually-hidden visually-hidden-focusable visuallyhidden sr-only tw-sr-only
    screen-reader-text screenreader-only show-for-sr is-sr-only usa-sr-only
    govuk-visually-hidden u-visually-hidden slds-assistive-text ui-helper-hidden-accessible
    """.split()
)
"""Classes of words that are read out and not seen."""

UNSEEN_CLASSES = FOR_LISTENERS.union(
    """
    headerlink anchor-link hash-link header-anchor heading-anchor
    linenos linenodiv lineno line-number gutter blob-num hljs-ln-numbers rouge-gutter line-numbers-rows lnt
    mw-editsection mw-cite-backlink mw-jump-link
    MsoCommentReference msocomanchor msocomtxt msocomoff
    """.split()
)
"""Classes of what is beside the text: links to a heading, numbers of lines, words for listeners, Word's comments."""

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
"""Elements that hold nothing and have no end."""

PREFORMATTED = frozenset(["pre", "xmp", "listing"])
"""Elements that keep their line ends."""

LISTS = frozenset(["ul", "ol", "menu"])
