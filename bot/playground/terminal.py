"""The playground as the terminal sees it: one address, the progress of the start, and Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import webbrowser
from contextlib import ExitStack

import click

from bot.playground.botstate import BotState, Phase
from bot.playground.game import Game
from bot.playground.running import opened
from bot.playground.server import listen
from bot.settings import Settings
from bot.terminal.progress import Bar


def play(settings: Settings, port: int | None, *, browser: bool, scripted: bool = False) -> None:
    """Run a playground until Ctrl-C or SIGTERM, where a script writes if it is `scripted`.

    Raises `QuothError` where it cannot begin.
    """
    asyncio.run(_play(settings, port, browser=browser, scripted=scripted))


async def _play(settings: Settings, port: int | None, *, browser: bool, scripted: bool) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    with listen(port) as listening:
        async with opened(settings, listening, scripted=scripted) as running:
            click.echo(f"The playground is at {running.address.url}\nCtrl-C ends it.")
            if browser and has_display():
                # a thread that nobody waits for: some browsers are waited for until they are closed
                threading.Thread(target=webbrowser.open, args=(running.address.url,), daemon=True).start()
            with ExitStack() as stack:
                _show(running.game, stack)
                await stopped.wait()


def has_display() -> bool:
    """Tell whether a browser would open in a window, or was named: one in the terminal would take that over."""
    if sys.platform in {"darwin", "win32"}:
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _show(game: Game, stack: ExitStack) -> None:
    """Show how far the start is, until the bot is ready or has stopped; why it stopped is printed already."""
    bar = stack.enter_context(Bar())

    def show(state: BotState) -> None:
        if state.phase in {Phase.STARTING, Phase.BUILDING}:
            bar.step(state.step, state.done, state.total)
            return
        stack.close()
        if state.phase is Phase.READY:
            click.echo(state.message, err=True)

    game.watchers.add(show)
    stack.callback(game.watchers.discard, show)
