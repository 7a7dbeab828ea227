"""What is around the content of a page: menus, edit links, tables of contents, banners; and where the content is.

Elements are known by their names, roles, classes and ids, as the programs that make pages write them. A class is
compared in small letters, without hyphens and underscores, and without the ending that some programs add to each.
"""

from __future__ import annotations

import re

from index.read.html.events import Element, Page
from index.read.html.table import boxes
from index.read.html.tags import HEADINGS

_ROLES = frozenset(["navigation", "search", "contentinfo", "menu", "menubar", "doc-toc", "directory"])

_ALWAYS = frozenset(
    """
    articleheaderbuttons backlinks backtotop bdheader bdsidebar bdsidebarprimary bdsidebarsecondary bodycontentfooter
    breadcrumb breadcrumbs breadcrumbsection bytemdtoc catlinks clipboardcopy codecopybutton contentsub copybtn
    copybutton copycodebutton docfooter docsfooter docspagination docspagefooter editlink editonGithub editpage
    editthispage feedbackwidget footernav githublink headeranchor headerlink interlanguage interlanguagelink
    jumptonav languagepicker languageselector languageswitcher langselector langswitcher localepicker localeswitcher
    lastupdated mdclipboard mdcontentbutton mddialog mdfeedback mdfooter mdheader mdnav mdsearch mdsidebar mdskip
    mdsourcefile mdtabs mobilenav mwcitebacklink mweditsection mwfooter mwhead mwheadbase mwindicators mwjumplink
    mwnavigation mwpagebase mwpanel navbar navbox navboxes navlinks onthispage pagebreadcrumbs pagefeedback
    pagefooternav pagemetadata pagenav pager pagination paginationnav plang prevnext prevnextarea printfooter
    relatedlinks rightsidebar rstfooterbuttons rstversions searchbox sharebuttons sharebar sitefooter siteheader
    pagefooter pageheaderactions pageheadercategories pageheaderlanguages pageheadermeta pagerightrail pagesidetools
    sitenav sitesub skiplink skiptocontent skiptomaincontent sociallinks socialshare sourcelink sphinxsidebar
    starlightmenubutton tdpagemeta tdsidebar tdtoc themedocbreadcrumbs themedocfooter themedocfootereditmetarow
    themedoctocmobile themeeditthispage themelastupdated toccollapsible topnav verticalnavbox viewcodelink vpdocaside
    vpdocfooter vplocalnav vpnav vpsidebar wasthishelpful wyalertbanner wybreadcrumbsaside wynavside wynavtop
    """.lower().split()
)
"""Classes and ids of what is never content."""

_AS_CLASSES = frozenset(
    """
    articleauthor articlemorequestions articlerelatives articlereturntotop articleshare articlesubscribe articlevotes
    bottomnav commentcallout crawlerpostmeta navfooter navheader navpanel navpath postlikes subnav
    """.split()
)
"""Classes of what is never content; as ids, which name sections too, they may be of anything."""

_OF_LINKS = frozenset(
    """
    articlesidebar recentarticles relatedarticles
    contents docoutline gridtoc localtoc outline pagetoc related relatedpages sidebartoc tableofcontents toc toclist
    toccontainer tocdrawer tocmacro tocmobile toctree tocwrapper menu sidenav sidemenu sitemap languages langlist
    language alllanguages
    """.split()
)
"""Classes and ids of what is none where most of it is links."""

_OUTSIDE = frozenset("footer header masthead sidebar aside banner topbar leftsidebar pagefooter pageheader".split())
"""Classes and ids of what is none outside the content."""

_TITLE_OF_PANDOC = "title-block-header"
"""The id of what holds title, author and date of a page that pandoc or Quarto has made."""

_HASH = re.compile(r"(?<!_)_+[A-Za-z0-9-]{3,8}$")
_COOKIES = re.compile(
    r"cookie-?\w{0,40}(?:banner|bar|consent|notice|pop-?up|modal|dialog|law|overlay|message|info|wall)|(?:^|-)cookies?$"
    r"|consent-?(?:banner|manager|popup|modal|bar)|onetrust|cookiebot|gdpr",
    re.IGNORECASE,
)
_LABELS = re.compile(r"breadcrumb|table of contents|pagination|on this page|skip to", re.IGNORECASE)
_MOSTLY = 0.5
_SOME = 0.25  # a table of contents has a name, which is no link
_OUTER_ROLES = frozenset({"banner", "complementary"})
_COPIES = re.compile(r"\bcopy|copied|clipboard", re.IGNORECASE)
_UNFOLDING = frozenset({"aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "data-target"})
_SPEAKING = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"})
_RUNNING = frozenset({"p", "li", "td", "th", "dd", "span", "b", "strong", "em"})
_WORDS_OF_A_BUTTON = 3
_TURN = re.compile(r"\s*[←«‹]?\s*(?:previous|prev|next)(?: page| up)?\s*[→»›]?\s*", re.IGNORECASE)  # noqa: RUF001
_LETTERS_OF_A_TURN = 16
_MARK = re.compile(r"\s*\[[^\[\]]*\]\s*")  # what stands for the picture beside a box, which names itself

_MAIN_IDS = ("mw-content-text", "bodyContent", "wikiContent", "main-content")
_MAIN_CLASSES = (
    *("mw-parser-output", "wiki-content", "theme-doc-markdown", "markdown-body", "md-content__inner", "vp-doc"),
    *("sl-markdown-content", "articleBody", "td-content", "entry-content", "post-content"),
)


def furniture(page: Page) -> set[int]:
    """Return the elements of a page that are around its content, or marks beside it."""
    inside = page.below({number for number, element in enumerate(page.elements) if _is_main(element)})
    quoted = page.below(
        {number for number, element in enumerate(page.elements) if element.tag in {"blockquote", "figure"}}
    )
    holding = _holding(page, inside)
    numbers, turning = set(), _turning(page)
    names_content = any(inside)
    marks = {mark for box in boxes(page).values() for mark in box}
    for number, element in enumerate(page.elements):
        framed = not inside[number] and not holding[number] and _is_outside(element)
        footer = element.tag == "footer" and not quoted[number]
        is_mark = number in marks and _MARK.fullmatch(element.attrs.get("alt", "")) is not None
        is_mark = is_mark or (names_content and not inside[number] and _is_title_of_book(page, number, element))
        is_aid = is_mark or _is_idle_button(page, number, element) or number in turning
        if framed or footer or is_aid or _is_furniture(element):
            numbers.add(number)
    return numbers


def _is_title_of_book(page: Page, number: int, element: Element) -> bool:
    """Tell whether a heading is that of mdBook in the bar above each page, which names the book."""
    if element.tag != "h1" or "menu-title" not in element.classes:
        return False
    return any(page.elements[outer].attrs.get("id", "").endswith("menu-bar") for outer in page.above(number))


def main_content(page: Page, skipped: set[int]) -> int | None:
    """Return the element that holds the content, where the page says which one that is."""
    gone = page.below(skipped)
    kept = [(number, element) for number, element in enumerate(page.elements) if not gone[number] and element.letters]
    for name in _MAIN_IDS:
        matches = [number for number, element in kept if element.attrs.get("id") == name]
        if len(matches) == 1:
            return matches[0]
    articles = [number for number, element in kept if element.tag == "article"]
    mains = [
        number for number, element in kept if element.tag == "main" or element.attrs.get("role", "").lower() == "main"
    ]
    if len(mains) == 1:
        return mains[0]
    if len(articles) == 1:
        return articles[0]
    for name in _MAIN_CLASSES:
        matches = [
            number for number, element in kept if name in element.classes or element.attrs.get("itemprop") == name
        ]
        if len(matches) == 1:
            return matches[0]
    return None


def is_frame(page: Page) -> list[bool]:
    """Return for each element whether it stands in a part of the page that more often frames it than not.

    A header with the top heading and a section below it, as pages of manuals have, is the beginning of the content.
    """
    headings = _headings_in(page)
    return page.below(
        {
            number
            for number, element in enumerate(page.elements)
            if _is_outside(element) and not (_is_header(element) and _begins_content(headings[number]))
        }
    )


def _is_header(element: Element) -> bool:
    return element.tag == "header" or any("header" in _plain(name) for name in _names(element))


def _begins_content(headings: set[str]) -> bool:
    return "h1" in headings and len(headings) > 1


def _headings_in(page: Page) -> list[set[str]]:
    """Return the kinds of headings in each element."""
    kinds = [{element.tag} & HEADINGS.keys() for element in page.elements]
    for number in range(len(page.elements) - 1, -1, -1):
        parent = page.elements[number].parent
        if parent >= 0:
            kinds[parent] |= kinds[number]
    return kinds


def _is_main(element: Element) -> bool:
    return element.tag in {"main", "article"} or element.attrs.get("role", "").lower() == "main"


def _is_furniture(element: Element) -> bool:
    attrs = element.attrs
    if element.tag == "nav" or attrs.get("role", "").lower() in _ROLES or _LABELS.search(attrs.get("aria-label", "")):
        return True
    if any(not _AS_CLASSES.isdisjoint(_plain(name)) for name in element.classes):
        return True
    for name in _names(element):
        plain = _plain(name)
        if not _ALWAYS.isdisjoint(plain) or _COOKIES.search(name):
            return True
        least = _SOME if "toc" in name.lower() or "contents" in name.lower() else _MOSTLY
        if not _OF_LINKS.isdisjoint(plain) and element.linked >= least * element.letters > 0:
            return True
    return False


def _turning(page: Page) -> set[int]:
    """Return the links to the page before and the one after: they say that, and its title."""
    links: list[int] = []
    turning: set[int] = set()
    for number, element in enumerate(page.elements):
        above = links[element.parent] if element.parent >= 0 else -1
        links.append(number if element.tag == "a" else above)
        is_part = above >= 0 and 0 < element.letters < page.elements[above].letters
        is_label = is_part and element.letters <= _LETTERS_OF_A_TURN and page.is_short(number)
        if is_label and _TURN.fullmatch(page.label(number)):
            turning.add(above)
    return turning


def _is_outside(element: Element) -> bool:
    if element.attrs.get("id") == _TITLE_OF_PANDOC:
        return False
    if element.tag in {"header", "footer", "aside"} or element.attrs.get("role", "").lower() in _OUTER_ROLES:
        return True
    if element.tag not in {"div", "section", "ul", "table", "td"}:
        return False
    return any(not _OUTSIDE.isdisjoint(_plain(name)) for name in _names(element))


def _holding(page: Page, inside: list[bool]) -> list[bool]:
    """Return for each element whether the content or a top heading stands in it; all do where no content is marked."""
    if not any(inside):
        return [True] * len(page.elements)
    holding = [inside[number] or element.tag == "h1" for number, element in enumerate(page.elements)]
    for number in range(len(page.elements) - 1, -1, -1):
        parent = page.elements[number].parent
        if parent >= 0:
            holding[parent] = holding[parent] or holding[number]
    return holding


def _is_idle_button(page: Page, number: int, element: Element) -> bool:
    """Tell whether a button is none that unfolds something, and no word of a sentence."""
    if element.tag != "button":
        return False
    says = element.attrs.get("aria-label", "") + " ".join(element.classes) + element.attrs.get("title", "")
    if _COPIES.search(says):
        return True
    if element.attrs.get("role") == "tab" or element.attrs.keys() & _UNFOLDING:
        return False
    parent = page.elements[element.parent] if element.parent >= 0 else element
    if not page.is_short(number):
        return False
    label = page.label(number)
    if parent.tag in _SPEAKING or (parent.tag in _RUNNING and parent.letters > element.letters):
        return False
    return "?" not in label and len(label.split()) <= _WORDS_OF_A_BUTTON


def _names(element: Element) -> list[str]:
    return [*element.classes, *([element.attrs["id"]] if element.attrs.get("id") else [])]


def _plain(name: str) -> set[str]:
    """Return a name as it is compared, with and without what looks like a hash at its end."""
    return {re.sub(r"[-_]", "", form).lower() for form in (name, _HASH.sub("", name))}
