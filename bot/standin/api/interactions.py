"""First responses to interactions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.standin.api.call import DONE, Answer, Call, Route
from bot.standin.payload import Json
from bot.standin.posting.post import Extras, edit, post
from bot.standin.refusal import Refusal, unknown
from bot.standin.rules.choices import check_choices
from bot.standin.rules.modal import check_modal
from bot.standin.rules.problems import Problems, invalid
from bot.standin.state.event import InteractionAnswered
from bot.standin.state.interaction import Interaction, InteractionKind, Reply, Standing
from bot.standin.state.message import Body, Message, MessageFlag, MessageKind
from bot.standin.wire.interaction import metadata, outcome

_MESSAGES = frozenset({Reply.MESSAGE, Reply.DEFERRED_MESSAGE})
_UPDATES = frozenset({Reply.DEFERRED_UPDATE, Reply.UPDATE})
_ALLOWED: dict[InteractionKind, frozenset[Reply]] = {
    InteractionKind.COMMAND: _MESSAGES | {Reply.MODAL},
    InteractionKind.COMPONENT: _MESSAGES | _UPDATES | {Reply.MODAL},
    InteractionKind.AUTOCOMPLETE: frozenset({Reply.CHOICES}),
    InteractionKind.MODAL: _MESSAGES | _UPDATES,
}


def _respond(call: Call) -> Answer:
    interaction = _open(call)
    data = call.object()
    reply = _reply(interaction, data.get("type"))
    _ACTS[reply](call, interaction, data.get("data") or {})
    interaction.reply = reply
    interaction.answered_at = call.world.clock.now()
    call.world.tell(InteractionAnswered(interaction))
    if call.query.get("with_response", "").lower() not in {"true", "1"}:
        return DONE
    return Answer(outcome(call.world, interaction, call.base))


def _open(call: Call) -> Interaction:
    interaction = call.world.interactions.get(call.path["interaction_token"])
    if interaction is None or interaction.id != call.number("interaction_id"):
        raise unknown("interaction")
    standing = interaction.standing(call.world.clock.now())
    if standing is Standing.LATE:
        raise unknown("interaction")
    if standing is not Standing.OPEN:
        raise Refusal(400, 40060, "Interaction has already been acknowledged.")
    return interaction


def _reply(interaction: Interaction, kind: object) -> Reply:
    allowed = _ALLOWED[interaction.kind]
    if interaction.kind is InteractionKind.MODAL and interaction.message is None:
        allowed -= _UPDATES
    if not isinstance(kind, int) or kind not in allowed:
        values = ", ".join(str(int(reply)) for reply in sorted(allowed))
        raise invalid(("type",), "BASE_TYPE_CHOICES", f"Value must be one of ({values}).")
    return Reply(kind)


def _message(call: Call, interaction: Interaction, data: Json) -> None:
    body = call.composer(interaction.channel, webhook=True).new(data, call.uploads)
    interaction.original = respond(call, interaction, body, hidden=is_hidden(data))


def _defer_message(call: Call, interaction: Interaction, data: Json) -> None:
    body = Body(flags=MessageFlag.LOADING, at=call.world.clock.now())
    interaction.original = respond(call, interaction, body, hidden=is_hidden(data))


def _defer_update(call: Call, interaction: Interaction, data: Json) -> None:  # noqa: ARG001 - one signature for every reply
    interaction.original = interaction.message


def _update(call: Call, interaction: Interaction, data: Json) -> None:
    if interaction.message is None or interaction.message.deleted:
        raise unknown("Message")
    body = call.composer(interaction.channel, webhook=True).edited(data, call.uploads, interaction.message)
    edit(call.world, interaction.message, body)
    interaction.original = interaction.message


def _choices(call: Call, interaction: Interaction, data: Json) -> None:  # noqa: ARG001 - one signature for every reply
    problems = Problems()
    choices = data.get("choices") or []
    check_choices(problems, ("data", "choices"), choices, _focused_kind(interaction.data))
    problems.refuse()
    interaction.choices = choices


def _modal(call: Call, interaction: Interaction, data: Json) -> None:  # noqa: ARG001 - one signature for every reply
    check_modal(data)
    interaction.modal = data


def respond(call: Call, interaction: Interaction, body: Body, *, hidden: bool, followup: bool = False) -> Message:
    """Post a message that answers an interaction; a `hidden` one is seen by whoever asked alone."""
    kind, reference = MessageKind.REPLY, interaction.original if followup else interaction.message
    if not followup and interaction.kind is InteractionKind.COMMAND:
        kind = MessageKind.MENU_COMMAND if "target_id" in interaction.data else MessageKind.SLASH_COMMAND
    elif reference is None:
        kind = MessageKind.DEFAULT
    extras = Extras(
        kind, reference, interaction=metadata(interaction), webhook=True, only_for=interaction.user if hidden else None
    )
    if hidden:
        body = replace(body, flags=body.flags | MessageFlag.EPHEMERAL)
    return post(call.world, interaction.channel, call.bot, body, extras)


def is_hidden(data: Json) -> bool:
    """Say whether a response asks to be ephemeral."""
    return MessageFlag.EPHEMERAL in MessageFlag(int(data.get("flags") or 0))


def _focused_kind(data: Json) -> int:
    for option in data.get("options") or []:
        if option.get("focused"):
            return int(option["type"])
        kind = _focused_kind(option)
        if kind:
            return kind
    return 0


_ACTS: dict[Reply, Callable[[Call, Interaction, Json], None]] = {
    Reply.MESSAGE: _message,
    Reply.DEFERRED_MESSAGE: _defer_message,
    Reply.DEFERRED_UPDATE: _defer_update,
    Reply.UPDATE: _update,
    Reply.CHOICES: _choices,
    Reply.MODAL: _modal,
}
ROUTES = [Route("POST", "/interactions/{interaction_id}/{interaction_token}/callback", _respond, open=True)]
