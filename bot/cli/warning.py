"""Warnings about a damaged index, on standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from index.store.base import Generation
    from index.store.fallback import Damage, Opened


def warn(damage: Damage) -> None:
    """Warn that the index in use is damaged, and say what to do."""
    click.echo(f"quoth: WARNING: {damage.message()} `quoth index build` makes it anew.", err=True)


def warned(opened: Opened) -> Generation:
    """Return the generation that was opened; warn if it is not the one in use."""
    if opened.damage is not None:
        warn(opened.damage)
    return opened.generation
