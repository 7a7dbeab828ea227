"""From a request to a message's body: limits checked, files taken, pings worked out."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass

from bot.standin.payload import Json
from bot.standin.posting.finish import finish_components, finish_embeds
from bot.standin.refusal import Refusal
from bot.standin.rules.components import check_components
from bot.standin.rules.embeds import check_embeds
from bot.standin.rules.pings import Allowed, Sender, pings
from bot.standin.rules.problems import Problems
from bot.standin.rules.tree import texts
from bot.standin.state.message import Attachment, Body, Message, MessageFlag
from bot.standin.state.world import World
from bot.standin.wire.interaction import ATTACHMENT_BYTES

CONTENT = 2000
_FILES = 10
_SENDABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS | MessageFlag.IS_COMPONENTS_V2
_LEGACY_CODE = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"


@dataclass(frozen=True)
class Upload:
    """A file as it comes with a request; `key` is the number in its form field's name."""

    key: str
    filename: str
    content: bytes


@dataclass(frozen=True)
class Composer:
    """Makes bodies for one sender; `base` is where files are served."""

    world: World
    sender: Sender
    base: str

    def new(self, data: Json, uploads: Sequence[Upload] = (), replied: Message | None = None) -> Body:
        """Return a new message's body; raises `Refusal` where Discord would refuse it."""
        return self._compose(data, uploads, Body(), replied)

    def edited(self, data: Json, uploads: Sequence[Upload], message: Message) -> Body:
        """Return a message's next body: what `data` does not name stays."""
        return self._compose(data, uploads, message.body, None)

    def _compose(self, data: Json, uploads: Sequence[Upload], before: Body, replied: Message | None) -> Body:
        content = str(data["content"] or "").strip() if "content" in data else before.content
        embeds = list(data["embeds"] or []) if "embeds" in data else list(before.embeds)
        attachments = self._attachments(data, uploads, before)
        flags = _flags(data, before)
        named = {file.filename: file for file in attachments}
        problems = Problems()
        problems.length(("content",), content, 0, CONTENT)
        check_embeds(problems, embeds)
        problems.count(("attachments",), list(attachments), 0, _FILES)
        v2 = MessageFlag.IS_COMPONENTS_V2 in flags
        if data.get("components") is not None:
            check_components(problems, data["components"], v2=v2, files=named)
        if v2:
            _check_legacy(problems, content, embeds)
        problems.refuse()
        components = before.components
        if "components" in data:
            components = finish_components(data["components"] or [], named, self.base)
        if not (content or embeds or components or attachments):
            raise Refusal(400, 50006, "Cannot send an empty message")
        allowed = Allowed.read(data.get("allowed_mentions"))
        notified = pings(self.sender, [content, *texts(components)], allowed, replied)
        now = self.world.clock.now()
        return Body(content, finish_embeds(embeds), components, attachments, flags, notified, now)

    def _attachments(self, data: Json, uploads: Sequence[Upload], before: Body) -> tuple[Attachment, ...]:
        listed: list[Json] | None = data.get("attachments")
        kept = before.attachments
        if listed is not None:
            ids = {str(entry.get("id")) for entry in listed}
            kept = tuple(file for file in kept if str(file.id) in ids)
        described = {str(entry.get("id")): entry for entry in listed or []}
        return (*kept, *(self._take(upload, described.get(upload.key, {})) for upload in uploads))

    def _take(self, upload: Upload, described: Json) -> Attachment:
        if len(upload.content) > ATTACHMENT_BYTES:
            raise Refusal(413, 40005, "Request entity too large")
        name = str(described.get("filename") or upload.filename)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = Attachment(self.world.ids.make(), name, upload.content, kind, described.get("description"))
        self.world.files[file.id] = file
        return file


def _flags(data: Json, before: Body) -> MessageFlag:
    asked = MessageFlag(int(data.get("flags") or 0)) & _SENDABLE
    kept = before.flags & ~MessageFlag.LOADING
    return kept | asked


def _check_legacy(problems: Problems, content: str, embeds: list[Json]) -> None:
    for name, value in (("content", content), ("embeds", embeds)):
        if value:
            message = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            problems.add((name,), _LEGACY_CODE, message)
