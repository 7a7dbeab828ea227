"""The Discord client: what it listens to, and how it starts and stops."""

from __future__ import annotations

from bot.client.client import Handlers, QuothClient

__all__ = ["Handlers", "QuothClient"]
