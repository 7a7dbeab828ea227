"""The bot as it is, watched: it reports when it is ready."""

from __future__ import annotations

from bot.client import QuothClient, serve
from bot.playground.page.reports import Reports
from bot.settings import Settings
from index.encoder import Encoder


def serve_watched(settings: Settings, model: Encoder, reports: Reports) -> None:
    """Answer as `quoth run` does, and report."""

    class WatchedClient(QuothClient):
        """Reports."""

        async def on_shard_connect(self, shard: int) -> None:
            """Report that interactions can be taken."""
            await super().on_shard_connect(shard)
            reports.send({"report": "ready"})

    serve(settings, model, WatchedClient)
