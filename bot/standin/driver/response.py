"""What comes of a command, a click or a modal, as the person who did it sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.standin.driver.clicks import picked_values
from bot.standin.driver.errors import ClientRefusesError
from bot.standin.driver.seen import Seen, look
from bot.standin.driver.watch import until
from bot.standin.payload import Json
from bot.standin.rules.tree import Part, walk
from bot.standin.state.interaction import Interaction, Reply, Standing
from bot.standin.state.message import Message
from bot.standin.state.world import World

Submit = Callable[[Interaction, Json], Interaction]
_WAIT = 30.0


@dataclass(frozen=True)
class Response:
    """An interaction and its outcome. `before` is how many versions the clicked message had."""

    world: World
    interaction: Interaction
    submit: Submit
    before: int = 0

    @property
    def seconds(self) -> float | None:
        """How long the first response took; None while there is none."""
        return self.interaction.seconds_to_answer

    @property
    def failed(self) -> bool:
        """Whether "the application did not respond" stands there."""
        return self.interaction.standing(self.world.clock.now()) is Standing.LATE

    @property
    def versions(self) -> list[Seen]:
        """What the response looked like over time, the "thinking" included, oldest first."""
        original = self.interaction.original
        return [] if original is None else [Seen(original, body) for body in original.versions]

    @property
    def followups(self) -> list[Seen]:
        """The further messages, oldest first."""
        return [look(message) for message in self.interaction.followups if not message.deleted]

    async def first(self, seconds: float = _WAIT) -> Reply:
        """Return how the bot responded first; `NoAnswerError` where it does not."""
        return await until(self.world, lambda: self.interaction.reply, seconds, "response")

    async def answer(self, seconds: float = _WAIT) -> Seen:
        """Return the response once it is more than "thinking", or the clicked message once it is changed.

        Raises `NoAnswerError` where that does not come in time.
        """
        message = await until(self.world, self._answered, seconds, "answer")
        return look(message)

    async def when(self, so: Callable[[Seen], bool], seconds: float = _WAIT) -> Seen:
        """Return the response as soon as it is `so`: for what is edited more than once."""

        def matching() -> Seen | None:
            message = self._answered()
            return look(message) if message is not None and so(look(message)) else None

        return await until(self.world, matching, seconds, "such answer")

    async def followup(self, number: int = 0, seconds: float = _WAIT) -> Seen:
        """Return the further message of that number, from 0."""
        return await until(
            self.world, lambda: self.followups[number] if len(self.followups) > number else None, seconds, "followup"
        )

    async def modal(self, seconds: float = _WAIT) -> Modal:
        """Return the modal that opens."""
        shown = await until(self.world, lambda: self.interaction.modal, seconds, "modal")
        return Modal(self, shown)

    def _answered(self) -> Message | None:
        interaction = self.interaction
        if interaction.original is None or interaction.reply is None:
            return None
        if interaction.reply is Reply.DEFERRED_UPDATE and len(interaction.original.versions) == self.before:
            return interaction.followups[0] if interaction.followups else None
        return None if interaction.original.body.loading else interaction.original


@dataclass(frozen=True)
class Modal:
    """A modal that stands open."""

    response: Response
    shown: Json

    @property
    def title(self) -> str:
        """What stands above it."""
        return str(self.shown["title"])

    @property
    def inputs(self) -> dict[str, Json]:
        """The text inputs, by label."""
        inputs: dict[str, Json] = {}
        label = ""
        for _, part in walk(self.shown["components"]):
            if part["type"] == Part.LABEL:
                label = part["label"]
            if part["type"] == Part.TEXT_INPUT:
                inputs[part.get("label") or label] = part
        return inputs

    @property
    def selects(self) -> dict[str, Json]:
        """The string selects, by label."""
        labels = [part for _, part in walk(self.shown["components"]) if part["type"] == Part.LABEL]
        return {part["label"]: part["component"] for part in labels if part["component"]["type"] == Part.STRING_SELECT}

    def submit(self, **values: str | list[str]) -> Response:
        """Fill in the inputs, by custom_id or by label with `_` for spaces, and send; selects take lists of values.

        Raises `ClientRefusesError` where a required one is empty, or a text or what is picked does not fit.
        """
        filled: dict[str, str | list[str]] = {}
        for label, part in self.inputs.items():
            given = _given(values, label, part)
            filled[part["custom_id"]] = _checked(label, part, given if given is not None else part.get("value") or "")
        for label, part in self.selects.items():
            filled[part["custom_id"]] = _picked(label, part, _given(values, label, part) or [])
        if values:
            raise ClientRefusesError(f"The modal has no {', '.join(values)}.")
        components = [_filled(part, filled) for part in self.shown["components"]]
        data = {"custom_id": self.shown["custom_id"], "components": [part for part in components if part]}
        interaction = self.response.submit(self.response.interaction, data)
        message = interaction.message
        return Response(
            self.response.world, interaction, self.response.submit, 0 if message is None else len(message.versions)
        )


def _given(values: dict[str, str | list[str]], label: str, part: Json) -> str | list[str] | None:
    """Take out what is given for a component."""
    return values.pop(part["custom_id"], None) or values.pop(label.replace(" ", "_"), None)


def _checked(label: str, part: Json, value: str | list[str]) -> str:
    least, most = part.get("min_length") or 0, part.get("max_length") or 4000
    if not isinstance(value, str):
        raise ClientRefusesError(f"{label} takes a text.")
    if not value and part.get("required", True):
        raise ClientRefusesError(f"{label} must be filled in.")
    if value and not least <= len(value) <= most:
        raise ClientRefusesError(f"{label} takes {least} to {most} characters, and {len(value)} were given.")
    return value


def _picked(label: str, part: Json, values: str | list[str]) -> list[str]:
    picked = [values] if isinstance(values, str) else values
    if not picked and not part.get("required", True):
        return []
    try:
        return picked_values(part, picked)
    except ClientRefusesError as refusal:
        raise ClientRefusesError(f"{label}: {refusal}") from refusal


def _filled(part: Json, values: dict[str, str | list[str]]) -> Json:
    """Return what a client sends of a modal's component: custom_ids and values."""
    known: Json = {"type": part["type"], "id": part.get("id") or 0}
    if part["type"] == Part.TEXT_INPUT:
        return known | {"custom_id": part["custom_id"], "value": values[part["custom_id"]]}
    if part["type"] == Part.STRING_SELECT:
        return known | {"custom_id": part["custom_id"], "values": values[part["custom_id"]]}
    if part["type"] == Part.LABEL:
        return known | {"component": _filled(part["component"], values)}
    return known | {"components": [_filled(child, values) for child in part.get("components") or []]}
