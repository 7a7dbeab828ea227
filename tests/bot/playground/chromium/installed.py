"""Playwright and Chromium. Whatever imports this is skipped where one of them is not there."""

from __future__ import annotations

import pytest

pytest.importorskip(
    "playwright.async_api", reason="Playwright is not installed: the page is not tried in a browser (make test)."
)

from playwright.async_api import (
    Browser,
    BrowserContext,
    Dialog,
    Error,
    Locator,
    Page,
    async_playwright,
    expect,
)

from .started import CHROMIUM, FLAGS

__all__ = [
    "CHROMIUM",
    "FLAGS",
    "Browser",
    "BrowserContext",
    "Dialog",
    "Error",
    "Locator",
    "Page",
    "async_playwright",
    "expect",
]

if not CHROMIUM:
    pytest.skip("Chromium is not installed: the page is not tried in a browser.", allow_module_level=True)

expect.set_options(timeout=20_000)
