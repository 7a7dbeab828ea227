"""What the tools that make sites of Markdown and reStructuredText add to it, by name: data, no code."""

from __future__ import annotations

from index.read.missing import UNKNOWN

MARK = UNKNOWN
"""Stands where a page shows something that its source does not say."""

UNSEEN_DIRECTIVES = frozenset(
    [
        *("autosummary", "contents", "todo"),
        *("currentmodule", "default-domain", "default-role", "graphviz", "highlight", "index", "meta", "module"),
        *(
            "program",
            "py:currentmodule",
            "py:module",
            "raw",
            "sectionauthor",
            "sectnum",
            "tableofcontents",
            "tabularcolumns",
        ),
        *("testcleanup", "testsetup", "toctree", "todolist", "tocdepth", "youtube", "_toc_", "query-table", "video"),
    ]
)
"""Directives whose arguments and contents are file names, settings and index entries: nothing that a reader sees."""

BARE_DIRECTIVES = frozenset(
    [
        *("only", "ifconfig", "container", "rst-class", "class", "cssclass", "div", "eval-rst"),
        *(
            "grid",
            "grid-item",
            "hlist",
            "button-link",
            "button-ref",
            "columns",
            "column",
            "tabs",
            "tab-set",
            "highlights",
        ),
    ]
)
"""Directives whose content is seen and whose argument is not."""

CODE_DIRECTIVES = frozenset(
    [
        *(
            "code",
            "code-block",
            "code-cell",
            "sourcecode",
            "prompt",
            "testcode",
            "testoutput",
            "doctest",
            "parsed-literal",
        ),
        *("productionlist", "ipython", "math", "mermaid", "dot", "plantuml", "console", "terminal", "code-tab"),
        *(
            "r",
            "python",
            "julia",
            "bash",
            "sql",
            "js",
            "ojs",
            "javascript",
            "typescript",
            "html",
            "css",
            "ruby",
            "perl",
        ),
    ]
)
"""Directives, and languages of code cells, whose content is kept as code."""

PICTURE_DIRECTIVES = frozenset(["image", "figure"])
"""Directives whose argument is the address of a picture, and whose description is an option."""

INCLUDE_DIRECTIVES = frozenset(["include", "literalinclude", "include-markdown", "mdinclude"])
"""Directives whose argument is the file that the page shows in their place."""

GENERATED_DIRECTIVES = frozenset(
    [
        *("automodule", "autoclass", "autoexception", "autofunction", "automethod", "autoattribute", "autodata"),
        *("autoproperty", "autodecorator", "doxygenclass", "doxygenfunction", "doxygenfile", "doxygenstruct"),
        *("program-output", "command-output", "exec", "click", "argparse", "openapi"),
    ]
)
"""Directives in whose place a page shows what the code that they name says of itself, or what a program prints."""

VERSIONS = {
    "versionadded": "Added in version {}",
    "version-added": "Added in version {}",
    "versionchanged": "Changed in version {}",
    "version-changed": "Changed in version {}",
    "deprecated": "Deprecated since version {}",
    "version-deprecated": "Deprecated since version {}",
    "versionremoved": "Removed in version {}",
    "version-removed": "Removed in version {}",
    "deprecated-removed": "Deprecated since version {}, will be removed in version {}",
}
"""What Sphinx shows for directives about versions."""

TEXT_ATTRIBUTES = (
    *("title", "label", "heading", "header", "headline", "question", "summary", "caption", "text", "description"),
    *("alt", "alt-text", "subtitle", "body"),
)
"""Attributes of components and shortcodes that hold words which the page shows."""

SILENT_COMPONENTS = frozenset(
    [
        *(
            "Icon",
            "Image",
            "Img",
            "Video",
            "YouTube",
            "Youtube",
            "Spacer",
            "Head",
            "Spotlight",
            "Br",
            "Fragment",
            "TOC",
        ),
        *("TOCInline", "Toc", "Comment", "Anchor", "Divider", "Hr", "Frame", "Tweet", "Giscus", "EditLink"),
        *("DocCardList", "Separator", "Space", "ThemedImage", "Figure", "Screenshot", "Logo", "Avatar", "ReactPlayer"),
        *("Iframe", "Script", "Meta", "SEO", "Seo", "Comments", "Feedback", "Share", "BackToTop"),
    ]
)
"""Components that show a picture, room or links, and no words of the sentence that they stand in."""

SILENT_SHORTCODES = frozenset(
    [
        *("icon", "image", "img", "figure", "imgproc", "asset_img", "gallery", "youtube", "vimeo", "video", "audio"),
        *("tweet", "x", "instagram", "br", "hr", "clear", "more", "anchor", "space", "pagebreak", "comments", "child"),
        *("fa", "bi", "iconify", "filetree/container"),
        *("children", "section", "feed_meta", "social", "ads"),
        *("accordions", "cards", "columns", "grid", "steps", "tabpane", "tabs", "updates"),
    ]
)
"""The same of shortcodes and tags of Liquid; others that are not always closed only hold what follows them."""

TAB_NAMES = frozenset(
    ["TabItem", "Tab", "TabPanel", "Tabs.Tab", "TabsContent", "File", "Folder", "Tree.File", "Tree.Folder"]
)
"""Components that are shown under their `value` or `name` where they have no label."""

FIELDS = frozenset(["ParamField", "ResponseField", "Param", "Property", "Field"])
"""Components that describe a parameter, whose name, type and default stand in attributes."""

TITLED_SHORTCODES = frozenset(
    [
        *(
            "tab",
            "details",
            "expand",
            "collapse",
            "accordion",
            "accordion-item",
            "notice",
            "admonition",
            "panel",
            "step",
            "swagger-parameter",
            "post_link",
            "asset_link",
        ),
        *("button", "card", "callout", "alert", "hint", "box", "tip", "note", "warning", "info", "spoiler"),
        *("filetree/file", "filetree/folder"),
    ]
)
"""Shortcodes that show a quoted argument, or their `name`, as a title."""

SHORTCODE_WORDS = {"new-in": "New in version {}", "deprecated-in": "Deprecated in version {}", "kbd": "{}"}
"""Shortcodes that show their argument, and what they put around it."""

INCLUDE_TAGS = frozenset(
    ["include", "include_relative", "include-markdown", "includetext", "readfile", "render", "import"]
)
"""Liquid tags and shortcodes that show another file."""

CODE_TAGS = frozenset(
    ["highlight", "prettify", "code-block", "chroma", "mermaid", "katex", "plantuml", "math", "chart", "diagram"]
)
"""Liquid tags and shortcodes that hold code."""

HIDDEN_TAGS = frozenset(["comment", "hidden", "hide"])
"""Liquid tags and shortcodes whose content is never shown."""

CONTROL_TAGS = frozenset(
    [
        *("if", "elif", "elsif", "else", "endif", "unless", "endunless", "for", "endfor", "case", "when", "endcase"),
        *("assign", "set", "capture", "endcapture", "increment", "decrement", "cycle", "raw", "endraw", "verbatim"),
        *("endverbatim", "block", "endblock", "extends", "macro", "endmacro", "break", "continue"),
        *(
            "toc",
            "seo",
            "endcomment",
            "layout",
            "from",
            "with",
            "endwith",
            "filter",
            "endfilter",
        ),
    ]
)
"""Tags that show nothing themselves."""

ADDRESS_TAGS = frozenset(["link", "post_url", "ref", "relref", "url"])
"""Tags that show the address of a page."""

BRANCHING_TAGS = frozenset(["else", "elif", "elsif", "when"])
"""Tags between texts of which a page shows one."""

TEMPLATE_ROOTS = frozenset(
    ["site", "page", "$frontmatter", "frontmatter", "include", "book", "layout", "config", "theme", "$page", "$params"]
)
"""What names in `{{ … }}` begin with where they are surely those of a template."""

ICONS = {"check": "✓", "check-bold": "✓", "check-circle": "✓", "close": "✗", "close-circle": "✗", "cancel": "✗"}
"""Icons that say something: others leave nothing."""

EMOJI = {
    **dict.fromkeys(("white_check_mark", "check", "check_mark_button"), "✅"),
    **dict.fromkeys(("heavy_check_mark", "check_mark", "ballot_box_with_check"), "✔"),
    **dict.fromkeys(("x", "cross_mark"), "❌"),
    **dict.fromkeys(("negative_squared_cross_mark",), "❎"),
    **dict.fromkeys(("heavy_multiplication_x",), "✖"),
    **dict.fromkeys(("no_entry", "no_entry_sign"), "⛔"),
    "warning": "⚠",
}
"""Short names of emoji that say something: others stay as they are written."""

_OF_PRINT = tuple(
    f"\\{name}"
    for name in ("newpage", "pagebreak", "clearpage", "bigskip", "medskip", "smallskip", "maketitle", "noindent")
)
"""Commands that only lay out what is printed."""

UNSEEN_NOTES = frozenset(
    [
        "[TOC]",
        "[toc]",
        "[[_TOC_]]",
        "[[_TOSP_]]",
        "[[toc]]",
        "[[TOC]]",
        "{:toc}",
        "+++",
        "{docsify-ignore}",
        "{docsify-ignore-all}",
        *_OF_PRINT,
    ]
)
"""Lines in whose place a page shows a list of its headings or pages, or nothing."""

ELEMENTS = frozenset(
    [
        *("a", "abbr", "address", "area", "article", "aside", "audio", "b", "base", "bdi", "bdo", "big"),
        *("blink", "blockquote", "body", "br", "button", "canvas", "caption", "center", "cite", "code"),
        *("col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div", "dl"),
        *("dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame"),
        *("frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i"),
        *("iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "map", "mark"),
        *("marquee", "menu", "meta", "meter", "nav", "nobr", "noscript", "object", "ol", "optgroup"),
        *("option", "output", "p", "param", "picture", "pre", "progress", "q", "rb", "rp", "rt", "rtc"),
        *("ruby", "s", "samp", "script", "search", "section", "select", "slot", "small", "source", "span"),
        *("strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template"),
        *("textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var"),
        *("video", "wbr", "math", "path", "g", "circle", "rect", "line"),
    ]
)
"""Elements of HTML: what else stands between `<` and `>` and is never closed was meant to be seen."""
