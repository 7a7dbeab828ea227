"""Playwright and Chromium. Whatever imports this is skipped where one of them is not there."""

from __future__ import annotations

import shutil

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

CHROMIUM = shutil.which("chromium") or ""
"""Debian's browser: none is downloaded."""

FLAGS = (
    "--no-sandbox",  # tests may run as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

if not CHROMIUM:
    pytest.skip("Chromium is not installed: the page is not tried in a browser.", allow_module_level=True)

expect.set_options(timeout=20_000)
