"""Which Chromium is started, and how: here and in bench/."""

from __future__ import annotations

import shutil

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
