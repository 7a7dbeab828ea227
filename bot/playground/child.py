"""`python -m bot.playground.child`: the bot's process, told what to do by its standard input.

It brings the index up to date in the user's own data folder, so that the work is kept, then answers from the folders
that are played in. When its standard input ends, it ends: also where the process that started it was killed.
"""

from __future__ import annotations

import sys
from io import FileIO
from typing import TYPE_CHECKING

from bot.playground.lifeline import Lifeline
from bot.playground.orders import Orders
from bot.playground.reports import Reports
from bot.standin.redirect import redirect
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.settings import Settings


def main() -> None:
    """Do what standard input orders."""
    standard_input = FileIO(sys.stdin.fileno(), closefd=False)  # a buffered reader would be locked when Python ends
    line = standard_input.readline()
    if not line:  # whoever started it has gone
        return
    orders, reports = Orders.model_validate_json(line), Reports.on_standard_output()
    lifeline = Lifeline(standard_input)
    redirect(orders.addresses)
    try:
        _run(orders, reports, lifeline)
    except QuothError as error:
        print(f"quoth: {error}", file=sys.stderr)  # noqa: T201 -- as the command line tells it
        sys.exit(1)


def _run(orders: Orders, reports: Reports, lifeline: Lifeline) -> None:
    reports.step("loading the model", 0, 1)
    from bot import settings as settings_

    settings = settings_.load(documents=orders.documents, data=orders.data)
    from bot import compose
    from bot.playground.borrowed import borrow, has_index
    from bot.playground.botstate import Phase
    from bot.playground.watched import serve_watched
    from bot.rebuilding import refresh  # these take seconds: the lifeline is there before

    model = compose.encoder(settings)
    played = _played(settings, orders)
    _say(refresh.greet(model))
    if not has_index(played.data):
        reports.phase(Phase.BUILDING)
        _say(refresh.refresh(settings, model, reports.step))
        borrow(settings.data, played.data)
        reports.phase(Phase.STARTING)
    reports.step("logging in", 0, 1)
    _furnish(played, orders)
    serve_watched(played, model, reports, lifeline, suggests=orders.suggests)


def _played(settings: Settings, orders: Orders) -> Settings:
    """Return the user's settings, but for what belongs to another server, or to none."""
    from pydantic import SecretStr

    from bot.access.rules import rules_in

    played = settings.model_copy(
        update={
            "discord_token": SecretStr(orders.token),
            "documents": orders.played_documents,
            "data": orders.played_data,
            "access": rules_in(orders.access),
            "servers": (orders.server,),
            "channels": orders.channels,
            "manager_roles": (),
            "watch": False,  # what is dropped is taken in by a rebuild of the moderator's
            "health_port": None,
            "log_level": orders.log_level,
        }
    )
    if "channels" not in settings.model_fields_set:  # so that `/settings` can be tried with them
        played.model_fields_set.discard("channels")
    return played


def _furnish(played: Settings, orders: Orders) -> None:
    """Set the helpers, the tag of solved posts and where the digest goes, as a manager would in `/settings`."""
    from contextlib import closing

    from bot.preferences.store import Name, Preferences

    with closing(Preferences(played.data)) as stored:
        stored.change(orders.server, Name.HELPER_ROLE, (str(orders.helpers),), 0)
        stored.change(orders.server, Name.SOLVED_TAGS, (str(orders.solved),), 0)
        stored.change(orders.server, Name.DIGEST_CHANNEL, (str(orders.digest),), 0)


def _say(news: str | None) -> None:
    if news is not None:
        print(news, file=sys.stderr)  # noqa: T201 -- as `quoth run` does


if __name__ == "__main__":
    main()
