"""What axe-core finds wrong with a page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import axe_playwright_python

from .visitor import Visitor

_RUN = """async () => {
    await Promise.all(document.getAnimations().map(one => one.finished.catch(() => {})));
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
        `${id}: ${html.slice(0, 200)}: ${failureSummary}`
    ));
}"""


@cache
def _axe() -> str:
    return (files(axe_playwright_python) / "axe.min.js").read_text("utf-8")


async def violations(visitor: Visitor) -> list[str]:
    """Return each element that breaks a rule, with the rule and why."""
    if not await visitor.page.evaluate("typeof axe === 'object'"):
        await visitor.page.evaluate(_axe())
    return list(await visitor.page.evaluate(_RUN))
