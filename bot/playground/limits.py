"""How much may be dropped on the page."""

from __future__ import annotations

FILE_BYTES = 50 * 1024 * 1024
FILES = 200
TOTAL_BYTES = 200 * 1024 * 1024
