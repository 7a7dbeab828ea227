"""Discord's Markdown, drawn by the page's own modules in the page."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.playground.running import Running

from .installed import Browser, expect
from .visitor import Visitor, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

_DRAW = """async texts => {
    const at = name => new URL(`static/js/${name}`, document.baseURI).href;
    const { markdown } = await import(at("markdown-view.js"));
    const names = {
        user: id => ({ text: `@user ${id}` }),
        role: id => ({ text: `@role ${id}` }),
        channel: id => ({ text: `#channel ${id}`, open: () => {} }),
    };
    return texts.map(text => markdown(text, names).innerHTML);
}"""

_TIME = "<t:0:d>"
P = '<div class="paragraph">{}</div>'
CASES = {
    "plain <b>words</b> & more": P.format("plain &lt;b&gt;words&lt;/b&gt; &amp; more"),
    "**bold** *italic* _italic_ __under__ ~~gone~~": P.format(
        "<strong>bold</strong> <em>italic</em> <em>italic</em> <u>under</u> <s>gone</s>"
    ),
    "***both***": P.format("<strong><em>both</em></strong>"),
    "snake_case_name": P.format("snake_case_name"),
    r"\*not italic\*": P.format("*not italic*"),
    "2 * 3 * 4": P.format("2 * 3 * 4"),
    "`code` and ``a ` b``": P.format("<code>code</code> and <code>a ` b</code>"),
    "```py\nprint(1)\n```": P.format('<pre data-language="py"><code>print(1)</code></pre>'),
    "one\ntwo": P.format("one<br>two"),
    "> quoted\n> lines": f"<blockquote><div>{P.format('quoted<br>lines')}</div></blockquote>",
    ">>> all\nthe rest": f"<blockquote><div>{P.format('all<br>the rest')}</div></blockquote>",
    ">not quoted": P.format("&gt;not quoted"),
    "# Large": '<div class="heading-1" role="heading" aria-level="3">Large</div>',
    "#no heading": P.format("#no heading"),
    "-# small": '<div class="subtext">small</div>',
    "- a\n- b": f"<ul><li>{P.format('a')}</li><li>{P.format('b')}</li></ul>",
    "- a\n  - b": f"<ul><li>{P.format('a')}<ul><li>{P.format('b')}</li></ul></li></ul>",
    "3. c": f'<ol start="3"><li>{P.format("c")}</li></ol>',
    "<@12345> <@&12345>": P.format('<span class="mention">@user 12345</span> <span class="mention">@role 12345</span>'),
    "<#12345>": P.format('<button type="button" class="mention">#channel 12345</button>'),
    "@everyone": P.format('<span class="mention">@everyone</span>'),
    "</source find:12345>": P.format('<span class="mention">/source find</span>'),
    "https://example.org/a_b_c.": P.format(
        '<a href="https://example.org/a_b_c" target="_blank" rel="noopener noreferrer">https://example.org/a_b_c</a>.'
    ),
    "[here](https://example.org/)": P.format(
        '<a href="https://example.org/" target="_blank" rel="noopener noreferrer" title="https://example.org/" '
        'data-masked="">here</a>'
    ),
    "[here](javascript:alert(1))": P.format("[here](javascript:alert(1))"),
    "<script>alert(1)</script>": P.format("&lt;script&gt;alert(1)&lt;/script&gt;"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def drawn(browser: Browser, running: Running) -> AsyncIterator[dict[str, str]]:
    """Return what each case is drawn as: all in one page."""
    async with visiting(browser, running.address.url) as visitor:
        texts = [*CASES, _TIME]
        yield dict(zip(texts, await visitor.page.evaluate(_DRAW, texts), strict=True))


@pytest.mark.parametrize("text", list(CASES))
async def test_it_is_drawn_as_discord_draws_it(drawn: dict[str, str], text: str) -> None:
    assert drawn[text] == CASES[text]


async def test_times_are_told_in_words(drawn: dict[str, str]) -> None:
    assert 'datetime="1970-01-01T00:00:00.000Z"' in drawn[_TIME]
    assert "01/01/1970" in drawn[_TIME]


async def test_a_spoiler_hides_until_it_is_asked_for(ada: Visitor) -> None:
    await ada.say("The murderer is ||the gardener||")
    spoiler = ada.last.get_by_role("button", name="Spoiler: show it")
    await spoiler.press("Enter")
    await expect(ada.last).to_contain_text("the gardener")
    await expect(spoiler).to_have_count(0)
