"""Written sentences, put above the quotes of an answer that is already shown."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.retry import FAILED, reason_of
from bot.writing.writer import Order
from index.errors import QuothError

if TYPE_CHECKING:
    from bot.access.rules import Audience
    from bot.services import Services
    from index.answer.asked import Asked
    from index.records import Answer

_log = logging.getLogger(__name__)


async def write_above(  # noqa: PLR0913 -- what is written, for whom, and how it is shown
    services: Services,
    asked: Asked,
    answer: Answer,
    audience: Audience,
    *,
    person: int,
    show: Callable[[Answer], Awaitable[object]],
    style: str | None = None,
) -> None:
    """Have sentences written for an answer and `show` them, where that is set up and asked for.

    `style` is what was asked for, or None. Where nothing is written, or not in time, the quotes stay alone: nobody is
    told, but the log.
    """
    writer = services.writer
    if writer is None or not answer.answered or (style or services.settings.writer_style) != "written":
        return
    try:
        sentences = await services.desk.sentences_for(asked, answer, audience)
        order = Order(asked, answer, sentences, person, audience.server)
        written = await writer.written(order, services.desk.model_thread.run)
        if written is not None:
            await show(replace(written, question=answer.question))
    except QuothError as error:
        _log.warning("nothing was written", extra={"reason": str(error)})
    except FAILED as error:
        _log.warning("what was written could not be shown", extra={"reason": reason_of(error)})
